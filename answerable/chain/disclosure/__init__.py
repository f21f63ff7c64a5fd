"""What may be shown: suppression now; differencing and audit find their place here."""

from .protect import Cell, Protection, protect, protection
from .small import Why

__all__ = ["Cell", "Protection", "Why", "protect", "protection"]
