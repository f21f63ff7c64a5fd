"""How large a spreadsheet may be, and how one that will not do is refused.

A pack of figures is a few hundred kilobytes. These limits are a hundred times that, and
small enough that nothing sent to this software can exhaust an office computer: opening takes
less than 300 MiB beyond the software itself (`tests/unit/sheets/test_hostile_spreadsheets.py`).
"""

from ..body import InputMistake, Problem

FILE = 50 << 20
"""Bytes of a file. A larger one is refused by its size, before any of it is read."""
PLAIN = 20 << 20
"""Bytes of a text file, which takes several times as much to read as it is long."""
UNPACKED = 256 << 20
"""Bytes that a package may unpack to."""
PASTED = 5 << 20
"""Characters of a paste."""
CELLS = 500_000
"""Cells that hold something, in all visible sheets together."""
COLUMNS = 1_000
ROWS = 1_048_576
"""The last row that a spreadsheet program has."""
TEXT = 32_767
"""Characters of one cell, which is as many as a spreadsheet program keeps."""
TEXTS = 64 << 20
"""Characters of all texts of a workbook."""
MERGED = 50_000
STYLES = 65_000
"""Looks of cells, about as many as a spreadsheet program keeps."""


def refusal(name: str, found: str, next_step: str) -> InputMistake:
    """The one sentence that says why a file is not opened, to be raised."""
    return InputMistake(Problem(name, found, next_step=next_step))


class Budget:
    """The cells that a pack may still hold."""

    def __init__(self, name: str):
        self.name = name
        self.cells = self.texts = 0

    def take(self, value: object = None) -> None:
        """Count a cell and its text. Raises InputMistake when it is one too many."""
        self.cells += 1
        self.texts += len(value) if isinstance(value, str) else 0
        if self.texts > TEXTS:
            raise refusal(
                self.name,
                "it holds more text than a table of figures does",
                "Save the sheet with the totals on its own.",
            )
        if self.cells > CELLS:
            raise refusal(
                self.name,
                f"it holds more than {CELLS:,} filled cells, which is no table of figures",
                "Save the sheet with the totals on its own, or import records with a mapping.",
            )

    def width(self, sheet: str, cell: str, column: int) -> None:
        """Raises InputMistake when something stands further right than tables reach."""
        if column > COLUMNS:
            raise refusal(
                self.name,
                f"sheet '{sheet}' has something in {cell}, beyond column {COLUMNS:,}",
                "Delete what stands so far to the right, and save.",
            )
