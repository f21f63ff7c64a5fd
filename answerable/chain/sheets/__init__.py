"""What a spreadsheet says: opened safely, understood, and put right by whoever knows better."""

from .corrections import ALLOWED, EXPLAINED, Correction
from .grid import Cell, Grid, Notice, Pack
from .opening import open_bytes, open_pack
from .pasted import paste
from .understanding import understand
from .understood import LeftOut, Line, Remark, Table, Target, Understood

__all__ = [
    "ALLOWED",
    "EXPLAINED",
    "Cell",
    "Correction",
    "Grid",
    "LeftOut",
    "Line",
    "Notice",
    "Pack",
    "Remark",
    "Table",
    "Target",
    "Understood",
    "open_bytes",
    "open_pack",
    "paste",
    "understand",
]
