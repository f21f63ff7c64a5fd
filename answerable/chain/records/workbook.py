"""One sheet of an XLSX workbook, read as text through openpyxl."""

import datetime as dt
import itertools
import warnings
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from typing import Any

import duckdb

from .defects import Defects, few
from .layout import LOOKED_AT, Header, accept_header
from .package import Workbook
from .sources import Read, Reading, Source
from .spreadsheets import inspect_workbook
from .texttable import TextTable

BATCH = 5_000
ERRORS = frozenset("#N/A #REF! #DIV/0! #VALUE! #NAME? #NULL! #NUM! #SPILL! #CALC!".split())
Row = tuple[Any, ...]


def read_workbook(table: TextTable, source: Source, defects: Defects, reading: Reading) -> Read:
    """Append one sheet of a workbook to `table`.

    Whole numbers become `15`, times `2023-11-02 14:05:00`, yes and no `true` and `false`.
    Rows without any value are passed over. Hidden rows and columns are read like others.
    """
    workbook = inspect_workbook(source.path, defects)
    name = _sheet(workbook, reading.sheet, defects) if workbook else None
    if name is None:
        return None
    from openpyxl import load_workbook

    try:
        with warnings.catch_warnings():
            # It warns of styles and extensions that it drops; no value depends on them.
            warnings.simplefilter("ignore")
            book = load_workbook(source.path, read_only=True, data_only=True, keep_links=False)
            try:
                return _append(table, source.name, _rows(book[name]), defects, reading)
            finally:
                book.close()
    except (duckdb.Error, MemoryError):
        raise
    except Exception:
        # openpyxl raises whatever its parts raise, and their text may quote a cell.
        defects.stops("unreadable_file", "its sheet is damaged")
        return None


def _sheet(workbook: Workbook, wanted: str, defects: Defects) -> str | None:
    """The sheet to read: the one that is named, or the only one that can be seen."""
    names = [sheet.name for sheet in workbook.sheets]
    visible = workbook.visible()
    if wanted in names:
        return wanted
    if wanted:
        defects.stops("sheet_not_found", f"the mapping names {wanted}; there is {few(visible)}")
    elif len(visible) == 1:
        return visible[0]
    else:
        defects.stops(
            "sheet_not_found",
            f"the mapping names no sheet, and {len(visible)} can be seen: {few(visible)}",
        )
    return None


def _rows(sheet: Any) -> Iterator[Row]:
    """Rows as text from row 1. The size that the file claims for the sheet is not believed."""
    if hasattr(sheet, "reset_dimensions"):
        sheet.reset_dimensions()
    return (tuple(map(as_text, row)) for row in sheet.iter_rows(values_only=True))


def as_text(value: object) -> str | None:
    """A cell's value as text; None for an empty cell."""
    if value is None or value == "":
        return None
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, float) and value.is_integer() and abs(value) < 1e15:
        return str(int(value))
    if isinstance(value, dt.datetime):
        return value.isoformat(" ")
    if isinstance(value, dt.timedelta):
        seconds = round(value.total_seconds())
        sign, seconds = ("-", -seconds) if seconds < 0 else ("", seconds)
        return f"{sign}{seconds // 3600:02d}:{seconds // 60 % 60:02d}:{seconds % 60:02d}"
    return str(value)


def _append(
    table: TextTable, file: str, rows: Iterator[Row], defects: Defects, reading: Reading
) -> Read:
    first = list(itertools.islice(rows, reading.header_row - 1 + LOOKED_AT))
    cells = [[cell or "" for cell in row] for row in map(_trimmed, first)]
    header = accept_header(cells, reading.header_row, reading.wanted, defects)
    if header is None:
        return None
    width = len(header.names)
    beyond, errors, total = 0, Counter[str](), 0
    for batch in _batches(itertools.chain(first[reading.header_row :], rows)):
        beyond += sum(any(cell is not None for cell in row[width:]) for row in batch)
        columns = [_column(batch, at, name, errors) for at, name in enumerate(header.names)]
        total += table.insert(file, header.names, f"(select {_unnested(width)})", columns)
    _report(header, total, beyond, errors, defects)
    return header.names, total


def _trimmed(row: Row) -> Row:
    """A row without the empty cells at its end."""
    filled = [at for at, cell in enumerate(row) if cell is not None]
    return row[: filled[-1] + 1] if filled else ()


def _batches(rows: Iterable[Row]) -> Iterator[list[Row]]:
    filled = (row for row in rows if any(cell is not None for cell in row))
    while batch := list(itertools.islice(filled, BATCH)):
        yield batch


def _column(batch: Sequence[Row], at: int, name: str, errors: Counter[str]) -> list[str | None]:
    values = [row[at] if at < len(row) else None for row in batch]
    for number, value in enumerate(values):
        if value in ERRORS:
            values[number] = None
            errors[name] += 1
    return values


def _unnested(width: int) -> str:
    return ", ".join(["unnest(?::varchar[])"] * width)


def _report(header: Header, rows: int, beyond: int, errors: Counter[str], defects: Defects) -> None:
    for name, count in errors.items():
        defects.rejects("spreadsheet_error", "an error stands where a value should", count, name)
    if beyond:
        defects.notes(
            "stray_cells", f"cells to the right of the last column, {header.names[-1]}", beyond
        )
    if not rows:
        defects.notes("no_rows")
