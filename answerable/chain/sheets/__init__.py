"""What a spreadsheet says: opened safely, understood, and put right by whoever knows better."""

from .grid import Cell, Grid, Notice, Pack
from .opening import open_bytes, open_pack
from .pasted import paste

__all__ = ["Cell", "Grid", "Notice", "Pack", "open_bytes", "open_pack", "paste"]
