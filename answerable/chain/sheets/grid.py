"""What stands in a sheet, cell by cell, before anything is understood of it."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta

Content = str | int | float | bool | date | datetime | time | timedelta | None


@dataclass(frozen=True, slots=True)
class Cell:
    """One cell that holds something.

    value   as the file stores it; numbers that stand as text are text
    shown   as a reader sees it where that is known (`12.4%`, `Apr-23`), else the value's text
    style   the number format, as `0.0%` or `mmm-yy`; empty where there is none
    bold    a hint at headings
    formula whether it is worked out by a formula; the value is the one last stored, and None
            where none was stored
    """

    value: Content
    shown: str
    style: str = ""
    bold: bool = False
    formula: bool = False


@dataclass(frozen=True)
class Grid:
    """A sheet. Rows and columns count from 1; only cells that hold something are there.

    name     of the sheet; `pasted` or the file's name where there are no sheets
    cells    by (row, column)
    merged   (first row, first column, last row, last column) of each merged range; only the
             first cell of one holds anything
    hidden_rows, hidden_columns   read, but said to be hidden
    """

    name: str
    cells: Mapping[tuple[int, int], Cell]
    rows: int
    columns: int
    merged: tuple[tuple[int, int, int, int], ...] = ()
    hidden_rows: frozenset[int] = frozenset()
    hidden_columns: frozenset[int] = frozenset()


@dataclass(frozen=True)
class Notice:
    """Something found in a file that a reader should know of, and that was not followed.

    code   a stable name, as in `chain.records.FINDINGS`: macro, hidden_sheet, hidden_rows,
           pivot_cache, external_link, embedded_file, embedded_workbook, data_connection,
           comments, formula_without_value, …; or `encoding`, `delimiter`, `filter`; or `notes`,
           of sheets that hold no table
    text   one plain sentence, with counts and names of sheets, never the content of a cell
    """

    code: str
    text: str


@dataclass(frozen=True)
class Pack:
    """A file or a paste, opened: visible sheets as grids, and what else was found.

    name     of the file, without its folder; `pasted cells` for a paste
    digest   sha256 of the bytes, or of the pasted text
    """

    name: str
    digest: str
    grids: tuple[Grid, ...]
    notices: tuple[Notice, ...] = ()
