"""A first draft of a mapping, from a sample of the file that it is for."""

from .draft import Draft, draft_mapping
from .guess import Guess

__all__ = ["Draft", "Guess", "draft_mapping"]
