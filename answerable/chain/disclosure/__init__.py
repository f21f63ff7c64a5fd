"""What may be shown: suppression now; differencing and audit find their place here."""

from .offered import offered
from .protect import Cell, Protection, protect, protection
from .small import Why

__all__ = ["Cell", "Protection", "Why", "offered", "protect", "protection"]
