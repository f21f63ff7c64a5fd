"""Text as a grid: CSV with commas, semicolons, tabs or bars, in the encodings of the field.

What stands in the file stays text; what is a number is for whoever understands the table.
"""

import csv
import io
from collections import Counter
from collections.abc import Iterable, Sequence

from ..body import InputMistake
from .grid import Cell, Grid, Notice
from .limits import COLUMNS, ROWS, TEXT, Budget, refusal
from .onecolumn import are_out_of_step

DELIMITERS = {",": "commas", ";": "semicolons", "\t": "tabs", "|": "bars"}
LOOKED_AT = 200
LONGEST_START = 1 << 17
"""Lines from which the delimiter is told."""


def read_plain(data: bytes, name: str) -> tuple[Sequence[Grid], Sequence[Notice]]:
    """The one grid of a text file, or those of the tables of an HTML page.

    Many systems write an HTML page and call it .xls. Raises InputMistake.
    """
    from .pasted import looks_like_html, read_html

    text, notices = decoded(data, name)
    if looks_like_html(text):
        notices.append(Notice("html", "The file is a web page; its tables are read."))
        return read_html(text, name), notices
    if text.lstrip().startswith("<?xml"):
        raise refusal(
            name,
            "it is XML, and not a spreadsheet that can be read",
            "Open it in a spreadsheet program, save it as .xlsx, and use that.",
        )
    if are_out_of_step(text[:LONGEST_START].splitlines()):
        # 1,204 under the name of its month is a number, and not two columns.
        return [grid_of(([line] for line in text.splitlines()), name, Budget(name))], notices
    grid, delimiter = read_delimited(text, name)
    if delimiter != ",":
        words = DELIMITERS.get(delimiter)
        told = f"The file's columns are told apart by {words}."
        notices.append(Notice("delimiter", told if words else "The file has one column."))
    return [grid], notices


def decoded(data: bytes, name: str) -> tuple[str, list[Notice]]:
    """A file's text. UTF-8, UTF-16 and the encoding of Windows in the west are tried."""
    for mark, encoding in ((b"\xff\xfe", "utf-16"), (b"\xfe\xff", "utf-16")):
        if data.startswith(mark):
            return _utf16(data, encoding, name), []
    if b"\0" in data:
        return _utf16(data, _half_empty(data, name), name), []
    try:
        return data.decode("utf-8-sig"), []
    except UnicodeDecodeError:
        pass
    try:
        text = data.decode("cp1252")
    except UnicodeDecodeError:
        raise refusal(
            name,
            "it is neither a spreadsheet nor text in a known encoding",
            "Save it as .xlsx, or as CSV in UTF-8.",
        ) from None
    if _is_binary(text):
        raise refusal(
            name, "it is neither a spreadsheet nor text", "Save it as .xlsx, or as CSV in UTF-8."
        )
    return text, [
        Notice("encoding", "The file is read as Windows text (cp1252), as it is not UTF-8.")
    ]


def _utf16(data: bytes, encoding: str, name: str) -> str:
    try:
        return data.decode(encoding)
    except UnicodeDecodeError:
        raise refusal(
            name, "its text is damaged or cut short", "Ask for it to be sent again, whole."
        ) from None


def _half_empty(data: bytes, name: str) -> str:
    """The order of bytes of UTF-16 without a mark: of western text, every other one is zero."""
    start = data[:4096]
    for encoding, zeros, others in (
        ("utf-16-le", start[1::2], start[::2]),
        ("utf-16-be", start[::2], start[1::2]),
    ):
        if zeros.count(0) > 0.9 * len(zeros) and others.count(0) == 0:
            return encoding
    raise refusal(
        name,
        "it holds zero bytes, which neither a spreadsheet nor text does",
        "Ask for it to be sent again, as .xlsx or CSV.",
    )


def _is_binary(text: str) -> bool:
    start = text[:4096]
    control = sum(char < " " and char not in "\t\r\n\f" for char in start)
    return control > len(start) / 100


def read_delimited(text: str, name: str, delimiter: str = "") -> tuple[Grid, str]:
    """A grid of delimited text, and the delimiter that it has; `""` where there is but one
    column. Raises InputMistake."""
    delimiter = delimiter or tell_delimiter(text)
    grid = grid_of(_rows(text, delimiter or "\x1f", name), name, Budget(name))
    return grid, delimiter


def tell_delimiter(text: str) -> str:
    """The mark that parts most lines into the same number of columns; empty where none does."""
    lines = text[: 1 << 17].splitlines(keepends=True)[:LOOKED_AT]
    best, score = "", 0.0
    for delimiter in DELIMITERS:
        widths = Counter(len(row) for row in _quietly(lines, delimiter) if len(row) > 1)
        if not widths:
            continue
        width, lines_of_it = max(widths.items(), key=lambda item: (item[1], item[0]))
        # A comma inside numbers or prose parts some lines; the true mark parts nearly all alike.
        agreed = lines_of_it**2 / sum(widths.values()) * min(width, 10) ** 0.5
        if agreed > score:
            best, score = delimiter, agreed
    return best


def _quietly(lines: Sequence[str], delimiter: str) -> Iterable[list[str]]:
    try:
        yield from csv.reader(lines, delimiter=delimiter)
    except csv.Error:
        return


def _rows(text: str, delimiter: str, name: str) -> Iterable[list[str]]:
    if any(line.count(delimiter) > 50 * COLUMNS for line in io.StringIO(text)):
        raise refusal(
            name,
            f"a line of it has far more than {COLUMNS:,} columns",
            "Ask for it to be sent again, with a line for each row.",
        )
    if text.count('"') % 2 and (line := _never_closed(text, delimiter)):
        raise _unclosed(name, line)
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=delimiter)
    try:
        yield from reader
    except csv.Error:
        raise _unclosed(name, reader.line_num) from None


def _never_closed(text: str, delimiter: str) -> int:
    """The line of the row within which the text ends, in the middle of a quotation; else 0."""
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=delimiter, strict=True)
    began = 1
    try:
        for _ in reader:
            began = reader.line_num + 1
    except csv.Error as error:
        return began if "end of data" in str(error) else 0
    return 0


def _unclosed(name: str, line: int) -> InputMistake:
    return refusal(
        name,
        f"a quotation mark near line {line} is never closed, so the rows after it are lost in it",
        "Ask for it to be sent again, whole, or close the quotation mark.",
    )


def grid_of(rows: Iterable[Sequence[str]], name: str, budget: Budget) -> Grid:
    """A grid of texts; what is blank is left out."""
    cells: dict[tuple[int, int], Cell] = {}
    last_row = last_column = 0
    for row_number, row in enumerate(rows, 1):
        if row_number > ROWS:
            raise refusal(
                name,
                f"it has more than {ROWS:,} lines",
                "Save the table with the totals on its own.",
            )
        for column, value in enumerate(row, 1):
            if value and not value.isspace():
                budget.take(value)
                budget.width(name, f"row {row_number}", column)
                value = value[:TEXT]
                cells[row_number, column] = Cell(value, value)
                last_row, last_column = row_number, max(last_column, column)
    return Grid(name, cells, last_row, last_column)
