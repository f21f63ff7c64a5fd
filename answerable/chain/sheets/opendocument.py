"""The sheets of an OpenDocument spreadsheet (ODS), cell by cell as they are stored.

Read straight off the XML: a document model of a sheet takes many times its size, and a cell
or row may say that it is repeated a million times. Only what holds something is repeated,
and that is counted against what a pack may hold.

Source of the names: OASIS OpenDocument 1.3, part 3 (9 tables, 16 styles, 19 attributes).
"""

import re
import zipfile
from collections import Counter
from collections.abc import Sequence
from datetime import date, datetime, time, timedelta

from ..records.defects import Defects, few
from ..records.markup import Damaged, Walker, walk
from ..records.package import elements
from .grid import Cell, Content, Grid, Notice
from .limits import MERGED, ROWS, STYLES, TEXT, Budget, refusal
from .notices import notice_of
from .numberformat import plain, stored_number

SPREADSHEET = "application/vnd.oasis.opendocument.spreadsheet"
_LENGTH = re.compile(r"(-?)PT(?:(\d{1,6})H)?(?:(\d{1,6})M)?(?:(\d{1,6})(?:[.,]\d*)?S)?")


def is_opendocument(package: zipfile.ZipFile) -> bool:
    """Whether a zip package is an OpenDocument file of any kind."""
    return {"content.xml", "mimetype"} <= set(package.namelist())


def read_opendocument(
    package: zipfile.ZipFile, name: str
) -> tuple[Sequence[Grid], Sequence[Notice]]:
    """The visible sheets, and what else was found. Raises Damaged and InputMistake."""
    kind = package.read("mimetype")[:100].decode("ascii", "replace").strip()
    if not kind.startswith(SPREADSHEET):
        raise refusal(
            name,
            "it is an OpenDocument file, and not a spreadsheet",
            "Use the spreadsheet that its figures come from, or copy its table and paste that.",
        )
    if "META-INF/manifest.xml" in package.namelist() and any(
        elements(package, "META-INF/manifest.xml", "encryption-data")
    ):
        raise refusal(name, "it is protected by a password", "Ask for it without one.")
    reader = _Content(name)
    with package.open("content.xml") as stream:
        walk(stream, reader)
    return [sheet.grid() for sheet in reader.sheets if not sheet.hidden], _notices(package, reader)


def _notices(package: zipfile.ZipFile, reader: "_Content") -> list[Notice]:
    defects = Defects("", reader.name)
    names = package.namelist()
    reader.met["macro"] += sum(bool(re.match(r"(Basic|Scripts)/.", name)) for name in names)
    objects = {found[1] for name in names if (found := re.match(r"(Object [^/]+)/", name))}
    reader.met["embedded_file"] += len(objects)
    for finding in ("macro", "embedded_file", "external_link", "data_connection",
                    "outside_reference", "comments"):  # fmt: skip
        if count := reader.met[finding]:
            defects.notes(finding, count=count)
    if unseen := [sheet.name for sheet in reader.sheets if sheet.hidden]:
        defects.notes("hidden_sheet", f"named {few(unseen)}", len(unseen))
    seen = [(sheet.name, sheet.grid()) for sheet in reader.sheets if not sheet.hidden]
    for finding, counted in (
        ("hidden_rows", [(name, len(grid.hidden_rows)) for name, grid in seen]),
        ("hidden_columns", [(name, len(grid.hidden_columns)) for name, grid in seen]),
        ("merged_cells", [(name, len(grid.merged)) for name, grid in seen]),
    ):
        if total := sum(count for _, count in counted):
            said = few(f"{count} on {name}" for name, count in counted if count)
            defects.notes(finding, said, total)
    return [notice_of(finding) for finding in defects.found]


class _Style:
    """A style's own facts: its number format, whether it is bold, whether it is shown."""

    def __init__(self, data: str = ""):
        self.data = data
        self.bold = False
        self.shown = True


class _Sheet:
    def __init__(self, name: str, hidden: bool):
        self.name, self.hidden = name, hidden
        self.cells: dict[tuple[int, int], Cell] = {}
        self.merged: list[tuple[int, int, int, int]] = []
        self.hidden_rows: list[tuple[int, int]] = []
        self.hidden_columns: list[tuple[int, int]] = []
        self.row = self.column = self.columns = 0

    def grid(self) -> Grid:
        rows = max((row for row, _ in self.cells), default=0)
        columns = max((column for _, column in self.cells), default=0)
        return Grid(
            self.name,
            self.cells,
            rows,
            columns,
            tuple(merged for merged in self.merged if merged[0] <= rows),
            _within(self.hidden_rows, rows),
            _within(self.hidden_columns, columns),
        )


def _within(spans: Sequence[tuple[int, int]], most: int) -> frozenset[int]:
    return frozenset(at for first, last in spans for at in range(first, min(last, most) + 1))


class _Content(Walker):
    """The whole of `content.xml`: styles first, then sheets."""

    def __init__(self, name: str):
        self.name = name
        self.budget = Budget(name)
        self.sheets: list[_Sheet] = []
        self.met: Counter[str] = Counter()
        self.styles: dict[str, _Style] = {}
        self.formats: dict[str, str] = {}
        self._stack: list[str] = []
        self._format: list[str] | None = None
        self._cell: dict[str, str] = {}
        self._text: list[str] = []
        self._length = 0
        self._filled: list[tuple[int, int, Cell, int, int]] = []
        self._row: tuple[int, bool] = (1, False)

    def start(self, name: str, attributes: dict[str, str]) -> None:
        self._stack.append(name)
        given = {key.rpartition("}")[2]: value for key, value in attributes.items()}
        if begin := getattr(self, "_begin_" + name.replace("-", "_"), None):
            begin(given)
        elif name in _MEANS:
            self.met[_MEANS[name]] += 1
        elif name.endswith("-style") and "name" in given:
            self._format_name, self._format = given["name"], []
        elif self._format is not None:
            self._format.append(_format_part(name, given))
        if given.get("href", "").startswith(("http", "file", "ftp", "//")):
            self.met["outside_reference"] += 1

    def end(self, name: str) -> None:
        self._stack.pop()
        if name in ("table-cell", "covered-table-cell") and self._cell:
            self._end_cell()
        elif name == "table-row" and self.sheets:
            self._end_row()
        elif name.endswith("-style") and self._format is not None:
            if len(self.formats) < STYLES:
                self.formats[self._format_name] = "".join(self._format)
            self._format = None

    def text(self, data: str) -> None:
        if self._format is not None and self._stack[-1] == "text":
            self._format.append(data)
        # A comment, a shape or a former value lies in the cell too, and is not its text.
        elif self._cell and "p" in self._stack[-4:] and not _ASIDE & set(self._stack[-12:]):
            if self._length <= TEXT:
                self._text.append(data)
            self._length += len(data)

    def _begin_style(self, given: dict[str, str]) -> None:
        if len(self.styles) < STYLES:
            self.styles[given.get("name", "")] = _Style(given.get("data-style-name", ""))

    def _begin_text_properties(self, given: dict[str, str]) -> None:
        if self.styles:
            self._last_style().bold = given.get("font-weight") == "bold"

    def _begin_table_properties(self, given: dict[str, str]) -> None:
        if self.styles:
            self._last_style().shown = given.get("display") != "false"

    def _last_style(self) -> _Style:
        return self.styles[next(reversed(self.styles))]

    def _begin_table(self, given: dict[str, str]) -> None:
        style = self.styles.get(given.get("style-name", ""))
        hidden = style is not None and not style.shown
        self.sheets.append(_Sheet(given.get("name", ""), hidden))

    def _begin_table_column(self, given: dict[str, str]) -> None:
        sheet, count = self.sheets[-1], _count(given.get("number-columns-repeated"))
        if given.get("visibility") in ("collapse", "filter"):
            sheet.hidden_columns.append((sheet.columns + 1, sheet.columns + count))
        sheet.columns += count

    def _begin_table_row(self, given: dict[str, str]) -> None:
        hidden = given.get("visibility") in ("collapse", "filter")
        self._row = _count(given.get("number-rows-repeated")), hidden
        self._filled = []
        self.sheets[-1].column = 0

    def _begin_table_cell(self, given: dict[str, str]) -> None:
        self._cell, self._text, self._length = {"": "", **given}, [], 0

    _begin_covered_table_cell = _begin_table_cell

    def _begin_s(self, given: dict[str, str]) -> None:
        self.text(" " * min(_count(given.get("c")), 100))

    def _begin_tab(self, given: dict[str, str]) -> None:
        self.text("\t")

    def _begin_p(self, given: dict[str, str]) -> None:
        if self._text:
            self.text("\n")

    def _end_cell(self) -> None:
        given, self._cell = self._cell, {}
        sheet, count = self.sheets[-1], _count(given.get("number-columns-repeated"))
        first = sheet.column + 1
        sheet.column += count
        self.met["external_link"] += bool(re.search(r"file:|://", given.get("formula", "")))
        shown = "".join(self._text)[:TEXT]
        value = _value(given, shown)
        if sheet.hidden or ((value is None or value == "") and not _unsaved(given)):
            return
        style = self.styles.get(given.get("style-name", ""), _Style())
        cell = Cell(
            value,
            shown if value is not None else "",
            self.formats.get(style.data, "") or _PLAIN.get(given.get("value-type", ""), ""),
            style.bold,
            "formula" in given,
        )
        if not shown and isinstance(value, int | float):
            cell = Cell(value, plain(value), cell.style, cell.bold, cell.formula)
        spans = (
            _count(given.get("number-rows-spanned")),
            _count(given.get("number-columns-spanned")),
        )
        self.budget.width(sheet.name, f"row {sheet.row + 1}", sheet.column)
        self._filled.append((first, sheet.column, cell, *spans))

    def _end_row(self) -> None:
        sheet, (count, hidden) = self.sheets[-1], self._row
        if hidden:
            sheet.hidden_rows.append((sheet.row + 1, sheet.row + count))
        if self._filled and sheet.row + count > ROWS:
            raise Damaged("a row lies outside the sheet")
        for row in range(sheet.row + 1, sheet.row + count + 1) if self._filled else ():
            for first, last, cell, rows, columns in self._filled:
                if rows * columns > 1 and len(sheet.merged) < MERGED:
                    sheet.merged.append((row, first, row + rows - 1, first + columns - 1))
                for column in range(first, last + 1):
                    self.budget.take(cell.value)
                    sheet.cells[row, column] = cell
        sheet.row = min(sheet.row + count, ROWS + 1)


_ASIDE = frozenset(
    "annotation frame custom-shape shapes object rect text-box change-track-table-cell".split()
)
_MEANS = {
    "annotation": "comments",
    "table-source": "external_link",
    "cell-range-source": "external_link",
    "dde-link": "external_link",
    "database-source-sql": "data_connection",
    "database-source-table": "data_connection",
    "database-source-query": "data_connection",
}
_PLAIN = {"percentage": "0%", "date": "dd/mm/yyyy"}
_PARTS = {
    "day": ("d", "dd"), "year": ("yy", "yyyy"), "hours": ("h", "hh"), "minutes": ("m", "mm"),
    "seconds": ("s", "ss"), "day-of-week": ("ddd", "dddd"),
}  # fmt: skip


def _format_part(name: str, given: dict[str, str]) -> str:
    """A part of a number format in the letters that spreadsheet programs write."""
    long = given.get("style") == "long"
    if name == "month":
        return ("mmmm" if long else "mmm") if given.get("textual") == "true" else "mm"[: 1 + long]
    if name in _PARTS:
        return _PARTS[name][long]
    if name == "number":
        places = min(_count(given.get("decimal-places"), least=0), 15)
        whole = "#,##0" if given.get("grouping") == "true" else "0"
        return whole + ("." + "0" * places if places else "")
    return ""


def _count(text: str | None, least: int = 1) -> int:
    """A number of repetitions, within what a sheet has."""
    if not text or not (text.isascii() and text.isdigit()):
        return least
    return max(least, min(int(text[:9]), ROWS))


def _unsaved(given: dict[str, str]) -> bool:
    return "formula" in given and "value-type" not in given


def _value(given: dict[str, str], shown: str) -> Content:
    kind = given.get("value-type", "")
    if kind in ("float", "percentage", "currency"):
        return _number(given.get("value", ""))
    if kind == "boolean":
        return given.get("boolean-value") == "true"
    if kind == "date":
        return _moment(given.get("date-value", ""))
    if kind == "time":
        return _length(given.get("time-value", ""))
    return given.get("string-value", shown) or None


def _number(text: str) -> Content:
    number = stored_number(text)
    if number is None:
        raise Damaged("a number is not a number")
    return int(number) if abs(number) < 1e15 and float(number).is_integer() else number


def _moment(text: str) -> date | datetime:
    try:
        moment = datetime.fromisoformat(text.removesuffix("Z"))
    except ValueError:
        raise Damaged("a date is not a date") from None
    if "T" not in text or moment.time() == time():
        return moment.date()
    return moment.replace(tzinfo=None)


def _length(text: str) -> Content:
    found = _LENGTH.fullmatch(text)
    if not found:
        raise Damaged("a time is not a time")
    hours, minutes, seconds = (int(found[at] or 0) for at in (2, 3, 4))
    length = timedelta(hours=hours, minutes=minutes, seconds=seconds)
    if found[1]:
        return -length
    return (datetime.min + length).time() if length < timedelta(days=1) else length
