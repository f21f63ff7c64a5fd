"""A grid with a reader's corrections laid over it, asked cell by cell."""

from bisect import bisect_left
from collections import defaultdict
from collections.abc import Callable
from functools import cached_property

from ..body import Period
from .corrections import Corrected
from .grid import Cell, Grid
from .places import Box, Place, name_of, within
from .tokens import BLANK, Token, token_of


class Sheet:
    """What stands in a sheet, or in a part of it that a reader has marked as one table.

    box     only what lies in it is seen; None for the whole
    without boxes that are not seen: tables that were marked, while the rest is read
    of      the months that it says it is of, where its headings do not
    relative   what headings such as 'Last month' come to, once it is known what the sheet is of
    """

    def __init__(
        self,
        grid: Grid,
        corrected: Corrected,
        box: Box | None = None,
        without: tuple[Box, ...] = (),
    ):
        self.grid, self.corrected, self.box, self.without = grid, corrected, box, without
        self.name = grid.name
        changed = {
            place: Cell(text, text) if text.strip() else None
            for place, text in corrected.cells.items()
        }
        self.cells: dict[Place, Cell] = {
            place: cell
            for place, cell in {**grid.cells, **changed}.items()
            if cell is not None and self._seen(place) and _full(cell)
        }
        days = corrected.of("days")
        self._day_first = None if not days else days == "day first"
        self._tokens: dict[Place, Token] = {}
        self.relative: Callable[[str], Token | None] | None = None
        self.of: Period | None = None
        self.headed: dict[Place, bool] = {}

    def _seen(self, place: Place) -> bool:
        if self.box is not None and not within(place, self.box):
            return False
        return not any(within(place, box) for box in self.without)

    def cell(self, place: Place) -> Cell | None:
        return self.cells.get(place)

    def token(self, place: Place) -> Token:
        cell = self.cells.get(place)
        if cell is None:
            return BLANK
        if place not in self._tokens:
            token = token_of(cell, self._day_first)
            if token.kind == "words" and self.relative is not None:
                token = self.relative(self.text(place)) or token
            self._tokens[place] = token
        return self._tokens[place]

    def put(self, place: Place, cell: Cell, token: Token) -> None:
        """Adds a heading that the sheet says elsewhere, in row 0."""
        self.cells[place], self._tokens[place] = cell, token
        for name in ("by_row", "by_column", "rows"):
            self.__dict__.pop(name, None)

    def text(self, place: Place) -> str:
        """As a reader sees it, spaces as one; at most 80 characters, for headings."""
        cell = self.cells.get(place)
        if cell is None:
            return ""
        shown = cell.value if isinstance(cell.value, str) else cell.shown
        text = " ".join(str(shown).replace("\u00a0", " ").split())
        return text if len(text) <= LONGEST else text[: LONGEST - 1].rstrip() + "…"

    def place(self, place: Place) -> str:
        """`Sheet1!C7`. A heading that was put above the sheet is named by the first row."""
        place = (max(place[0], 1), place[1])
        return f"{self.name}!{name_of(place)}"

    @cached_property
    def by_row(self) -> dict[int, list[int]]:
        """Columns that hold something, by row."""
        found: dict[int, list[int]] = defaultdict(list)
        for row, column in sorted(self.cells):
            found[row].append(column)
        return dict(found)

    @cached_property
    def by_column(self) -> dict[int, list[int]]:
        """Rows that hold something, by column."""
        found: dict[int, list[int]] = defaultdict(list)
        for column, row in sorted((column, row) for row, column in self.cells):
            found[column].append(row)
        return dict(found)

    @cached_property
    def rows(self) -> list[int]:
        """Rows that hold something."""
        return sorted(self.by_row)

    def next_row(self, row: int) -> int | None:
        """The next row beneath that holds something."""
        at = bisect_left(self.rows, row + 1)
        return self.rows[at] if at < len(self.rows) else None

    @cached_property
    def _merged(self) -> dict[Place, Place]:
        found = {}
        for top, left, bottom, right in self.grid.merged:
            if (bottom - top + 1) * (right - left + 1) > MOST_MERGED:
                continue
            for row in range(top, bottom + 1):
                for column in range(left, right + 1):
                    found[row, column] = (top, left)
        return found

    def origin(self, place: Place) -> Place:
        """The cell that holds what is seen here: the first of a merged range, or itself."""
        return self._merged.get(place, place)

    def merged_from(self, place: Place) -> Place | None:
        """The first cell of the merged range that this lies in; None where it lies in none."""
        return self._merged.get(place)


LONGEST = 80
MOST_MERGED = 20_000


def _full(cell: Cell) -> bool:
    return not (isinstance(cell.value, str) and not cell.value.replace("\u00a0", " ").strip())
