"""The sheets of an XLSX or XLSM workbook, cell by cell as they are stored.

Read straight off the XML, because what must be known (what is hidden, bold, merged, worked
out; formulas without a value) stands nowhere else at once, and because no list of cells is
made for what is empty. No formula is worked out.

Source of the names: ECMA-376 part 1, 18.3 (worksheets), 18.4 (shared strings), 18.8 (styles).
"""

import re
import zipfile
from datetime import date, datetime, time, timedelta

from ..records.markup import Damaged, Walker, walk
from ..records.package import Sheet, Workbook
from ..records.spreadsheets import hidden
from .grid import Cell, Content, Grid
from .limits import COLUMNS, MERGED, ROWS, STYLES, TEXT, TEXTS, Budget
from .numberformat import (
    BUILT_IN,
    has_days,
    has_hours,
    is_elapsed,
    is_time,
    plain,
    show_number,
    show_time,
    stored_number,
)

_PLACE = re.compile(r"\$?([A-Z]{1,3})\$?([0-9]{1,7})")
_ESCAPED = re.compile(r"_x([0-9A-Fa-f]{4})_")
_LAST_DAY = 2_958_466
"""The day after 31 December 9999, counted from 1900."""


def read_sheets(package: zipfile.ZipFile, workbook: Workbook, budget: Budget) -> tuple[Grid, ...]:
    """The visible sheets of a workbook, hidden ones not even looked into.

    Raises Damaged, and InputMistake when they hold more than may be read.
    """
    strings, styles = _Strings(), _Styles()
    for kind, reader in (("sharedStrings", strings), ("styles", styles)):
        _read(package, workbook.kinds.get(kind, ""), reader)
    return tuple(
        _grid(package, sheet, strings.found, styles.looks, workbook.from_1904, budget)
        for sheet in workbook.sheets
        if sheet.state == "visible"
    )


def _read(package: zipfile.ZipFile, part: str, reader: Walker, cells: bool = False) -> int:
    if part not in package.namelist():
        return 0
    with package.open(part) as stream:
        return walk(stream, reader, skip_empty_cells=cells)


def _grid(
    package: zipfile.ZipFile,
    sheet: Sheet,
    strings: list[str],
    looks: list[tuple[str, bool]],
    from_1904: bool,
    budget: Budget,
) -> Grid:
    reader = _Cells(sheet, strings, looks, from_1904, budget)
    # A sheet that only holds a chart has none of the elements that are looked for.
    skipped = _read(package, sheet.part, reader, cells=True)
    if skipped and reader.unplaced:
        raise Damaged("some cells say where they stand, and others do not")
    return reader.grid()


class _Text(Walker):
    """Collects the text of some elements, up to the length that a cell may have."""

    def __init__(self) -> None:
        self._pieces: list[str] = []
        self._length = 0
        self._open = False

    def _begin(self) -> None:
        self._pieces, self._length = [], 0

    def text(self, data: str) -> None:
        if self._open and self._length <= TEXT:
            self._pieces.append(data)
            self._length += len(data)

    def _whole(self) -> str:
        """The text, in which `_x000D_` and the like stand for characters."""
        found = "".join(self._pieces)[:TEXT]
        return _ESCAPED.sub(_character, found) if "_x" in found else found


def _character(escaped: re.Match[str]) -> str:
    code = int(escaped[1], 16)
    if code < 32 and code not in (9, 10, 13):
        return ""
    return escaped[0] if 0xD800 <= code <= 0xDFFF else chr(code)


class _Strings(_Text):
    """The texts that cells share, in order; how they are pronounced is left out."""

    def __init__(self) -> None:
        super().__init__()
        self.found: list[str] = []
        self._spoken = False
        self._all = 0

    def start(self, name: str, attributes: dict[str, str]) -> None:
        if name == "si":
            self._begin()
        self._spoken = self._spoken or name == "rPh"
        self._open = name == "t" and not self._spoken

    def end(self, name: str) -> None:
        self._open = False
        self._spoken = self._spoken and name != "rPh"
        if name == "si":
            self.found.append(self._whole())
            self._all += len(self.found[-1]) + 8
            if self._all > TEXTS:
                raise Damaged("it holds more text than can be read")


class _Styles(Walker):
    """The looks that cells have: a number format, and whether it is bold."""

    def __init__(self) -> None:
        self.looks: list[tuple[str, bool]] = []
        self._formats = dict(BUILT_IN)
        self._bold: list[bool] = []
        self._within: list[str] = []

    def start(self, name: str, attributes: dict[str, str]) -> None:
        parent = self._within[-1] if self._within else ""
        if name == "numFmt" and parent == "numFmts":
            self._formats[_int(attributes.get("numFmtId"))] = attributes.get("formatCode", "")[:255]
        elif name == "font" and parent == "fonts":
            self._bold.append(False)
        elif name == "b" and parent == "font" and self._bold and "fonts" in self._within:
            self._bold[-1] = attributes.get("val", "1") not in ("0", "false")
        elif name == "xf" and parent == "cellXfs":
            font = _int(attributes.get("fontId"))
            code = self._formats.get(_int(attributes.get("numFmtId")), "General")
            bold = font < len(self._bold) and self._bold[font]
            self.looks.append(("" if code == "General" else code, bold))
        if max(len(self.looks), len(self._bold), len(self._formats), len(self._within)) > STYLES:
            raise Damaged("it has more styles than a workbook has")
        self._within.append(name)

    def end(self, name: str) -> None:
        self._within.pop()


def _int(text: str | None) -> int:
    return int(text) if text and text.isascii() and text.isdigit() else 0


class _Cells(_Text):
    """One sheet's cells, and what is merged and hidden in it."""

    def __init__(
        self,
        sheet: Sheet,
        strings: list[str],
        looks: list[tuple[str, bool]],
        from_1904: bool,
        budget: Budget,
    ):
        super().__init__()
        self.sheet, self.strings, self.looks, self.budget = sheet, strings, looks, budget
        self.epoch = datetime(1904, 1, 1) if from_1904 else datetime(1899, 12, 30)
        self.cells: dict[tuple[int, int], Cell] = {}
        self.merged: list[tuple[int, int, int, int]] = []
        self.hidden_rows: list[int] = []
        self.hidden_columns: list[tuple[int, int]] = []
        self.unplaced = self.filtered = False
        self._row = self._column = 0
        self._kind, self._look, self._formula = "n", 0, False

    def start(self, name: str, attributes: dict[str, str]) -> None:
        if name == "c":
            self._cell(attributes)
        elif name == "row":
            self._row = _int(attributes["r"]) if "r" in attributes else self._row + 1
            self._column = 0
            if not 0 < self._row <= ROWS:
                raise Damaged("a row lies outside the sheet")
            if hidden(attributes, "ht"):
                self.hidden_rows.append(self._row)
        elif name == "f":
            self._formula = True
        elif name == "mergeCell":
            self._merge(attributes.get("ref", ""))
        elif name == "filterColumn":
            self.filtered = True
        elif name == "col" and hidden(attributes, "width") and len(self.hidden_columns) < COLUMNS:
            self.hidden_columns.append((_int(attributes.get("min")), _int(attributes.get("max"))))
        self._open = name in ("v", "t")

    def end(self, name: str) -> None:
        self._open = False
        if name == "c":
            self._keep()

    def _cell(self, attributes: dict[str, str]) -> None:
        self._begin()
        self._kind, self._look = attributes.get("t", "n"), _int(attributes.get("s"))
        self._formula = False
        if "r" not in attributes:
            self.unplaced = True
            self._column += 1
            return
        row, self._column = _place(attributes["r"])
        if row != self._row:
            raise Damaged("a cell stands in another row than it says")

    def _keep(self) -> None:
        text = self._whole()
        style, bold = self.looks[self._look] if self._look < len(self.looks) else ("", False)
        value = self._value(text, style)
        if (value is None or value == "") and not (self._formula and self._kind != "str"):
            return
        at = self._row, self._column
        self.budget.take(value)
        if at[1] > COLUMNS:
            self.budget.width(self.sheet.name, f"{column_name(at[1])}{at[0]}", at[1])
        self.cells[at] = Cell(value, _shown(value, style), style, bold, self._formula)

    def _value(self, text: str, style: str) -> Content:
        if not text:
            return None
        if self._kind == "s":
            at = _int(text) if text.isdigit() else len(self.strings)
            if at >= len(self.strings):
                raise Damaged("a cell refers to a text that is not there")
            return self.strings[at]
        if self._kind == "b":
            return text == "1"
        if self._kind == "d":
            return _iso(text)
        if self._kind in ("str", "inlineStr", "e"):
            return text
        return _number(text, style, self.epoch)

    def _merge(self, ref: str) -> None:
        first, _, last = ref.partition(":")
        if last and len(self.merged) < MERGED:
            self.merged.append((*_place(first), *_place(last)))

    def grid(self) -> Grid:
        rows = max((row for row, _ in self.cells), default=0)
        columns = max((column for _, column in self.cells), default=0)
        self.sheet.merged = len(self.merged)
        unseen = frozenset(row for row in self.hidden_rows if row <= rows)
        unseen_columns = frozenset(
            at for first, last in self.hidden_columns for at in range(first, min(last, columns) + 1)
        )
        self.sheet.rows, self.sheet.columns = len(unseen), len(unseen_columns)
        self.sheet.filtered = self.filtered
        return Grid(
            self.sheet.name, self.cells, rows, columns, tuple(self.merged), unseen, unseen_columns
        )


def _place(name: str) -> tuple[int, int]:
    """(row, column) of a cell's name."""
    found = _PLACE.fullmatch(name)
    if not found or not 0 < int(found[2]) <= ROWS:
        raise Damaged("a cell lies outside the sheet")
    column = 0
    for letter in found[1]:
        column = column * 26 + ord(letter) - 64
    return int(found[2]), column


def column_name(column: int) -> str:
    """A column's letters: 28 is AB."""
    letters = ""
    while column:
        column, rest = divmod(column - 1, 26)
        letters = chr(65 + rest) + letters
    return letters


def _number(text: str, style: str, epoch: datetime) -> Content:
    number = stored_number(text)
    if number is None:
        return text
    return _moment(number, style, epoch) if style and is_time(style) else number


def _moment(number: int | float, style: str, epoch: datetime) -> Content:
    """A number of days as the date or time that its format makes of it."""
    if is_elapsed(style):
        return timedelta(seconds=round(number * 86_400, 3)) if abs(number) < _LAST_DAY else number
    if not 0 <= number < _LAST_DAY:
        return number
    # The first program took 1900 for a leap year, and all others followed.
    early = epoch.year == 1899 and 1 <= number < 60
    try:
        moment = epoch + timedelta(days=early) + timedelta(seconds=round(number * 86_400, 3))
    except OverflowError:
        return number
    if number < 1 and not has_days(style):
        return moment.time()
    return moment if has_hours(style) or moment.time() != time() else moment.date()


def _iso(text: str) -> Content:
    try:
        moment = datetime.fromisoformat(text.removesuffix("Z"))
    except ValueError:
        return text
    return moment.date() if "T" not in text else moment.replace(tzinfo=None)


def _shown(value: Content, style: str) -> str:
    if value is None:
        return ""
    if isinstance(value, bool):
        return "TRUE" if value else "FALSE"
    if isinstance(value, int | float):
        return show_number(value, style) if style else plain(value)
    if isinstance(value, date | time | timedelta):
        return show_time(value, style) if style and is_time(style) else str(value)
    return value
