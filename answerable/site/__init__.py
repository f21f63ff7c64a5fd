"""A Release → static pages, open data and their verification. Imports chain, no model."""

from .build import build, render
from .release import Release

__all__ = ["Release", "build", "render"]
