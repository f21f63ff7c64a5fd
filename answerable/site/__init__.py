"""A Release → static pages, open data and their verification. Imports chain, no model."""

from .build import build, render
from .release import Arrived, Letter, PublicFinding, Release

__all__ = ["Arrived", "Letter", "PublicFinding", "Release", "build", "render"]
