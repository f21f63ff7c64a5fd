"""Cells that were pasted: from a spreadsheet, a page, a document or a message.

Tabs, Markdown, HTML, columns held apart by spaces, cells one under the other and CSV are told
apart, in that order.
"""

import hashlib
import re
from collections.abc import Iterable, Sequence
from html import unescape

from .grid import Cell, Grid, Notice, Pack
from .limits import CELLS, COLUMNS, MERGED, PASTED, ROWS, TEXT, Budget, refusal
from .onecolumn import LOST, are_out_of_step, put_back
from .plaintext import grid_of, read_delimited, tell_delimiter

NAME = "pasted cells"
_RULE = re.compile(r"\|?[ \t]*:?-{2,}:?[ \t]*(?:\|[ \t]*:?-{2,}:?[ \t]*)*\|?")
_TAGS = "table|tr|td|th|b|strong|br|p|div|script|style"
_MARKUP = re.compile(rf"<(/?)(?:({_TAGS})(?![\w-])([^<>]*)|[^<>]*)>|([^<]+)|<", re.IGNORECASE)
_HTML = re.compile(r"<(table|html|!doctype html)[\s>]", re.IGNORECASE)


def paste(text: str) -> Pack:
    """Pasted text as a pack of one grid, or one for each table of a piece of HTML.

    Raises InputMistake with one problem when it is empty, too long or damaged.
    """
    if len(text) > PASTED:
        raise refusal(
            NAME, f"they are longer than {PASTED >> 20} million characters", "Open the file."
        )
    if not text.strip("\0 \t\r\n\ufeff"):
        raise refusal(
            NAME, "nothing was pasted", "Copy the cells in the spreadsheet, and paste again."
        )
    if "\0" in text:
        raise refusal(NAME, "they hold zero bytes, which text does not", "Copy the cells again.")
    digest = hashlib.sha256(text.encode("utf-8", "surrogatepass")).hexdigest()
    found, words = _grids(text.removeprefix("\ufeff"))
    grids = [grid for grid in found if grid.cells]
    if not grids:
        raise refusal(
            NAME, "no cell of them holds anything", "Copy the cells in the spreadsheet again."
        )
    notices = (Notice("pasted", f"What was pasted is read as {words}."),)
    return Pack(NAME, digest, tuple(grids), notices)


def _grids(text: str) -> tuple[Sequence[Grid], str]:
    lines = text.splitlines()
    if looks_like_html(text):
        return read_html(text, NAME), "an HTML table"
    if "\t" in text:
        return [_named(read_delimited(text, NAME, "\t")[0])], "cells of a spreadsheet"
    if any(map(_is_rule, lines)):
        return [_grid(map(_barred, (line for line in lines if not _is_rule(line))))], "Markdown"
    if len(lines) < CELLS and (aligned := _aligned(lines)):
        return [_grid(aligned)], "columns held apart by spaces"
    if len(lines) < CELLS and (rows := put_back(lines)):
        return [_grid(rows)], "cells one under the other, put back into a table"
    if tell_delimiter(text):
        return [_named(read_delimited(text, NAME)[0])], "delimited text"
    words = f"a single column{LOST if are_out_of_step(lines) else ''}"
    return [_grid([line.strip()] for line in lines)], words


def _named(grid: Grid) -> Grid:
    return Grid("pasted", grid.cells, grid.rows, grid.columns)


def _grid(rows: Iterable[Sequence[str]]) -> Grid:
    return _named(grid_of(rows, NAME, Budget(NAME)))


def _is_rule(line: str) -> bool:
    """Whether a line is the rule under a Markdown table's heading."""
    return "|" in line and bool(_RULE.fullmatch(line.strip()))


def _barred(line: str) -> list[str]:
    """A line of a Markdown table; `\\|` is a bar in a cell."""
    if "|" not in line:
        return [line.strip()]
    inner = line.strip().removeprefix("|")
    inner = inner if inner.endswith("\\|") else inner.removesuffix("|")
    parts = re.split(r"(?<!\\)\|", inner)
    return [re.sub(r"^(\*\*|__)(.*)\1$", r"\2", part.strip()).replace("\\|", "|") for part in parts]


def _aligned(lines: Sequence[str]) -> list[list[str]]:
    """Rows of columns that two spaces or more hold apart, each text put under the heading over
    which or under which it stands; empty where lines are not made so."""
    found = [
        [(m.start(), m.end(), m[0]) for m in re.finditer(r"\S+(?: \S+)*", line)] for line in lines
    ]
    wide = [tokens for tokens in found if len(tokens) > 1]
    if len(wide) < 2 or 2 * len(wide) < sum(bool(tokens) for tokens in found):
        return []
    if max(map(len, wide)) > COLUMNS:
        return [[text for _, _, text in tokens] for tokens in found]
    columns = _columns(wide)
    rows = [_under(tokens, columns) if len(tokens) > 1 else [t for _, _, t in tokens]
            for tokens in found]  # fmt: skip
    # Where two texts of a line fall under one heading, only their order can be relied on.
    if any(len(list(filter(None, row))) < len(t) for row, t in zip(rows, found, strict=True)):
        return [[text for _, _, text in tokens] for tokens in found]
    return rows


def _columns(rows: Sequence[Sequence[tuple[int, int, str]]]) -> list[tuple[int, int]]:
    """Stretches of a line that texts of any row share."""
    merged: list[tuple[int, int]] = []
    for first, last in sorted((first, last) for row in rows for first, last, _ in row):
        if merged and first < merged[-1][1]:
            merged[-1] = merged[-1][0], max(last, merged[-1][1])
        else:
            merged.append((first, last))
    return merged


def _under(tokens: Sequence[tuple[int, int, str]], columns: Sequence[tuple[int, int]]) -> list[str]:
    row = [""] * len(columns)
    for first, _, text in tokens:
        at = next(i for i, (start, end) in enumerate(columns) if start <= first < end)
        row[at] = text
    return row


def looks_like_html(text: str) -> bool:
    """Whether a text is an HTML page or a piece of one with a table."""
    start = text[:4096].lstrip("\ufeff \t\r\n")
    return start.startswith("<") and bool(_HTML.search(text[:65536]))


def read_html(text: str, name: str) -> tuple[Grid, ...]:
    """The tables of a piece of HTML, as they stand: no style is followed, no script run.

    Raises InputMistake when there is none, or more than may be read.
    """
    if len(text) > PASTED:
        raise refusal(
            name,
            f"it is a web page of more than {PASTED >> 20} million characters",
            "Open it in a spreadsheet program, save it as .xlsx, and use that.",
        )
    reader = _Tables(name)
    reader.read(text)
    grids = tuple(reader.grids())
    if not grids:
        raise refusal(name, "there is no table in the page", "Copy the table, and paste that.")
    return grids


class _Tables:
    """Tables, cell by cell; a table within a cell is part of that cell's text."""

    def __init__(self, name: str):
        self.name = name
        self.budget = Budget(name)
        self.found: list[_Table] = []
        self._depth = self._silent = 0
        self._bold = False
        self._cell: tuple[int, int, bool] | None = None
        self._text: list[str] = []

    def read(self, text: str) -> None:
        """Take in a page, in time that grows no faster than its length."""
        for found in _MARKUP.finditer(_without_comments(text)):
            closing, tag, rest, plain = found.groups()
            if plain is not None:
                self._words(plain)
            elif tag and closing:
                self._close(tag.lower())
            elif tag:
                self._open(tag.lower(), rest)
        self._finish()

    def _open(self, tag: str, rest: str) -> None:
        self._silent += tag in ("script", "style")
        if tag == "table":
            self._depth += 1
            if self._depth == 1:
                self.found.append(_Table())
        elif self._depth == 1 and tag == "tr":
            self._finish()
            self.found[-1].row += 1
            self.found[-1].column = 0
        elif self._depth == 1 and tag in ("td", "th"):
            self._finish()
            self._cell = _span("rowspan", rest), _span("colspan", rest), tag == "th"
        elif tag in ("b", "strong"):
            self._bold = True
        elif tag in ("br", "p", "div") and self._text:
            self._text.append("\n")

    def _close(self, tag: str) -> None:
        self._silent -= tag in ("script", "style") and self._silent > 0
        if tag == "table" and self._depth:
            if self._depth == 1:
                self._finish()
            self._depth -= 1
        elif self._depth == 1 and tag in ("td", "th", "tr"):
            self._finish()

    def _words(self, text: str) -> None:
        if self._cell and not self._silent and len(self._text) < TEXT:
            self._text.append(text)

    def _finish(self) -> None:
        """Put the cell that is open in its place."""
        if self._cell is None:
            return
        rows, columns, heading = self._cell
        text = unescape("".join(self._text))
        text = "\n".join(" ".join(line.split()) for line in text.split("\n")).strip()[:TEXT]
        table = self.found[-1]
        row, column = table.next_place(rows, columns)
        self.budget.width(self.name, f"row {row} of a table", column + columns - 1)
        if text:
            self.budget.take()
            table.cells[row, column] = Cell(text, text, bold=heading or self._bold)
        self._cell, self._text, self._bold = None, [], False

    def grids(self) -> Iterable[Grid]:
        """A grid for each table that holds something."""
        kept = [table for table in self.found if table.cells]
        for number, table in enumerate(kept, 1):
            last = max(row for row, _ in table.cells), max(column for _, column in table.cells)
            name = "pasted" if self.name == NAME else self.name
            name = name if len(kept) == 1 else f"{name}, table {number}"
            yield Grid(name, table.cells, *last, tuple(table.merged))


class _Table:
    def __init__(self) -> None:
        self.cells: dict[tuple[int, int], Cell] = {}
        self.merged: list[tuple[int, int, int, int]] = []
        self.taken: set[tuple[int, int]] = set()
        self.row = self.column = 0

    def next_place(self, rows: int, columns: int) -> tuple[int, int]:
        """The next free place, taken for so many rows and columns."""
        self.row = max(self.row, 1)
        self.column += 1
        if self.row > ROWS:
            raise refusal(NAME, "a table has more rows than can be read", "Open the file.")
        while (self.row, self.column) in self.taken:
            self.column += 1
        place = self.row, self.column
        if rows * columns > 1 and len(self.taken) < CELLS and len(self.merged) < MERGED:
            last = self.row + rows - 1, self.column + columns - 1
            self.merged.append((*place, *last))
            self.taken |= {
                (row, column)
                for row in range(self.row, last[0] + 1)
                for column in range(self.column, last[1] + 1)
            }
        self.column += columns - 1
        return place


def _span(name: str, attributes: str) -> int:
    """How many rows or columns a cell takes up, within what a table can have."""
    found = re.search(name + r"""\s{0,9}=\s{0,9}["']?([0-9]{1,5})""", attributes, re.IGNORECASE)
    return max(1, min(int(found[1]), COLUMNS)) if found else 1


def _without_comments(text: str) -> str:
    """A page without what stands in comments, and without declarations."""
    first, *rest = text.split("<!--")
    return first + "".join(piece.partition("-->")[2] for piece in rest)
