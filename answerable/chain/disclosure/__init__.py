"""What may be shown: suppression, and the audits that ask whether it holds."""

from .audit import Exposure
from .offered import offered
from .protect import Cell, Protection, protect, protection
from .reader import exposed, recoverable
from .small import Why, few, small

__all__ = [
    "Cell",
    "Exposure",
    "Protection",
    "Why",
    "exposed",
    "few",
    "offered",
    "protect",
    "protection",
    "recoverable",
    "small",
]
