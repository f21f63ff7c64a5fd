"""What a spreadsheet says: opened safely, understood, and put right by whoever knows better."""

from .grid import Cell, Grid, Notice, Pack

__all__ = ["Cell", "Grid", "Notice", "Pack"]
