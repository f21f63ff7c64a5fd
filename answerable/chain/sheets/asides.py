"""Sheets beside the tables: covers, contents, notes. Their numbers are no figures."""

import re
from collections.abc import Sequence

from .grid import Grid, Notice
from .tokens import token_of
from .vocabulary import words

MOSTLY = 3
"""So many cells of words to each figure, and a sheet without a table is one of notes."""


def is_called_notes(grid: Grid) -> bool:
    """Whether the name of a sheet begins by saying that it holds no table."""
    name = re.sub(r"[\W\d_]+", " ", grid.name).strip().lower()
    return any(name == word or name.startswith(f"{word} ") for word in words("sheets", "notes"))


def are_notes(grid: Grid) -> bool:
    """Whether a sheet in which no table was found is one of notes: by its name or its words."""
    kinds = [token_of(cell).kind for cell in grid.cells.values()]
    figures = sum(kind in ("value", "year") for kind in kinds)
    return is_called_notes(grid) or kinds.count("words") >= MOSTLY * figures


def notice_of_notes(grids: Sequence[Grid]) -> list[Notice]:
    """One line for all sheets that were left out as notes; none where there is none."""
    if not grids:
        return []
    named = ", ".join(f"'{grid.name}'" for grid in grids)
    told = "sheets hold no table and were" if len(grids) > 1 else "sheet holds no table and was"
    which = "These" if len(grids) > 1 else "This"
    return [Notice("notes", f"{which} {told} left out as notes: {named}.")]
