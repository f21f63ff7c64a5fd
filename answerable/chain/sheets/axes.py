"""Where periods stand in a row or in a column, with figures beside them."""

from bisect import bisect_left
from dataclasses import dataclass
from functools import cached_property
from itertools import pairwise
from typing import Literal

from ..body.spoken.heard import Heard
from .naming import kind_of
from .places import Place
from .sheet import Sheet
from .vocabulary import begins_or_ends, has

Way = Literal["across", "down"]


@dataclass(frozen=True)
class Axis:
    """Periods in a row (across) or a column (down).

    at      the row, or the column
    along   the columns, or the rows, in which they stand
    first   the first row of figures
    """

    way: Way
    at: int
    along: tuple[int, ...]
    first: int
    lower: int = 0

    @cached_property
    def stands(self) -> frozenset[int]:
        """The columns, or the rows, for looking them up."""
        return frozenset(self.along)

    def places(self) -> list[Place]:
        if self.way == "across":
            return [(self.at, column) for column in self.along]
        return [(row, self.at) for row in self.along]


LOOK = 4
"""Figures begin at most so many filled rows beneath their headings."""


def axes_across(sheet: Sheet) -> list[Axis]:
    """Every row that holds periods with figures beneath them, one axis for each table in it."""
    found = []
    forced = forced_rows(sheet)
    for row in sheet.rows:
        if row not in forced and any(abs(row - other) <= NEAR for other in forced):
            continue
        columns = _dated(sheet, row)
        for group in parted(sheet, row, columns):
            first, lower = _beneath(sheet, row, group)
            if first and (len(group) > 1 or _single(sheet, row, group[0]) or row in forced):
                found.append(Axis("across", row, tuple(group), first, lower))
    return found


NEAR = 4
"""A row that a reader names as the headings is chosen over others so near to it."""


def forced_rows(sheet: Sheet) -> set[int]:
    """The rows that a reader says hold headings."""
    return {one.box[0] for one in sheet.corrected.all("header") if one.box}


def _dated(sheet: Sheet, row: int) -> list[int]:
    """Columns of a row that hold periods. Bare years count only where they can be no figures."""
    columns = sheet.by_row[row]
    dated = [c for c in columns if sheet.token((row, c)).dated]
    years = [c for c in columns if sheet.token((row, c)).kind == "year"]
    if years and not _are_years(sheet, row, years):
        return dated
    return sorted({*dated, *years})


def _are_years(sheet: Sheet, row: int, columns: list[int]) -> bool:
    """Whether numbers such as 2021, 2022, 2023 head columns: one after the other, with nothing
    but figures beneath and no headings of words above."""
    if any(sheet.token((row, c)).kind == "value" for c in sheet.by_row[row]):
        return False
    if any(_first_above(sheet, row, c) for c in columns):
        return False
    named = [heard for c in columns if (heard := _heard(sheet, (row, c)))]
    steps = {b.period.first - a.period.first for a, b in pairwise(named)}
    if len(columns) > 1 and steps not in ({len(named[0].period)}, {-len(named[0].period)}):
        return False
    if any(kind_of(sheet.text((row, c))) for c in sheet.by_row[row] if c < columns[0]):
        return True
    above = [sheet.text((row - 1, c)) for c in columns if sheet.cell((row - 1, c))]
    return not above or len(above) < len(columns) or len(columns) == 1


def _first_above(sheet: Sheet, row: int, column: int) -> bool:
    """Whether the next cell above is a month: then 2022 is how many there were in it."""
    rows = sheet.by_column[column]
    at = bisect_left(rows, row)
    return at > 0 and row - rows[at - 1] <= LOOK and sheet.token((rows[at - 1], column)).dated


def _heard(sheet: Sheet, place: Place) -> Heard | None:
    spoken = sheet.token(place).spoken
    return spoken.readings[0] if spoken is not None and spoken.readings else None


def parted(sheet: Sheet, row: int, columns: list[int]) -> list[list[int]]:
    """Columns of one row, apart where another table's names stand between them."""
    groups: list[list[int]] = []
    for column in columns:
        between = range(groups[-1][-1] + 1, column) if groups else range(0)
        if groups and not any(names_stand(sheet, row, c) for c in between):
            groups[-1].append(column)
        else:
            groups.append([column])
    return groups


def names_stand(sheet: Sheet, row: int, column: int) -> bool:
    """Whether a column holds the names of rows, rather than comments or a rating."""
    heading = sheet.text((row, column))
    if heading and any(
        begins_or_ends(heading, "roles", kind) for kind in ("change", "rating", "note")
    ):
        return False
    beneath = [sheet.token((r, column)) for r in range(row + 1, row + 4)]
    kinds = [token.kind for token in beneath if token.kind != "blank"]
    return bool(kinds) and all(kind == "words" for kind in kinds)


def _beneath(sheet: Sheet, row: int, columns: list[int]) -> tuple[int, int]:
    """(first row of figures, row of headings between), 0 where there are none."""
    lower = 0
    at = sheet.next_row(row)
    for _ in range(LOOK):
        if at is None:
            return 0, 0
        kinds = [sheet.token((at, c)).kind for c in columns]
        held = [kind for kind in kinds if kind != "blank"]
        if any(kind in ("value", "year") for kind in held):
            return at, lower
        if any(kind in ("period", "bare", "day") for kind in held):
            return 0, 0
        if held:
            if lower:
                return 0, 0
            lower = at
        at = sheet.next_row(at)
    return 0, 0


def _single(sheet: Sheet, row: int, column: int) -> bool:
    """Whether one period alone heads a column of figures: with a heading of names beside it."""
    beside = [c for c in sheet.by_row[row] if c < column]
    return (
        bool(beside)
        and all(sheet.token((row, c)).kind == "words" for c in beside[-1:])
        and (len(beside) < 4)
    )


def axes_down(sheet: Sheet) -> list[Axis]:
    """Every column that holds periods with figures in the same rows."""
    found = []
    for column, rows in sheet.by_column.items():
        for group in _runs(sheet, column, rows):
            found.append(Axis("down", column, tuple(group), group[0]))
    return found


GAP = 2
"""A run of periods may be broken by so many empty rows."""


def _runs(sheet: Sheet, column: int, rows: list[int]) -> list[list[int]]:
    """Periods beneath one another. Those without figures count where they adjoin others."""
    runs: list[list[int]] = [[]]
    waiting: list[int] = []
    last = 0
    for row in rows:
        if runs[-1] and _blank_between(sheet, last, row) > GAP:
            runs.append([])
        if _in_axis(sheet, row, column):
            joins = bool(runs[-1]) and runs[-1][-1] == row - 1
            if _has_figures(sheet, row, column):
                runs[-1] += [*_adjoining(sheet, waiting, row, column), row]
                waiting = []
            elif joins and _alike(sheet, row - 1, row, column):
                runs[-1].append(row)
            else:
                waiting.append(row)
        elif _ends_run(sheet, row, column, runs[-1]):
            runs.append([])
        last = row
    return [run for run in runs if len(run) > 1]


def _ends_run(sheet: Sheet, row: int, column: int, run: list[int]) -> bool:
    words = sheet.token((row, column)).kind == "words"
    return words and bool(run) and not _interlude(sheet, row, column, run)


def _in_axis(sheet: Sheet, row: int, column: int) -> bool:
    token = sheet.token((row, column))
    dated = token.dated or token.kind == "day"
    dated = dated or (token.kind == "year" and _headed_as_period(sheet, row, column))
    return dated and not token.rest


def _adjoining(sheet: Sheet, waiting: list[int], row: int, column: int) -> list[int]:
    """Periods without figures just above the first that has some."""
    found: list[int] = []
    for above in reversed(waiting):
        if above != row - 1 - len(found) or not _alike(sheet, above, row, column):
            break
        found.insert(0, above)
    return found


def _alike(sheet: Sheet, one: int, other: int, column: int) -> bool:
    """Whether two cells are periods of one kind: a year above bare months is a heading."""
    a, b = sheet.token((one, column)), sheet.token((other, column))
    shapes = [None if t.spoken is None else t.spoken.shape for t in (a, b)]
    return a.kind == b.kind and shapes[0] == shapes[1]


def _blank_between(sheet: Sheet, one: int, other: int) -> int:
    return sum(row not in sheet.by_row for row in range(one + 1, min(other, one + GAP + 2)))


def _has_figures(sheet: Sheet, row: int, column: int) -> bool:
    return any(
        sheet.token((row, c)).kind in ("value", "year") for c in sheet.by_row[row] if c != column
    )


def _headed_as_period(sheet: Sheet, row: int, column: int) -> bool:
    """Whether the nearest words above a year, with nothing but years between, say that it is one.

    What was found for the row above holds for the next, so that a long list is read once.
    """
    known = sheet.headed
    if (row, column) not in known:
        rows = sheet.by_column[column]
        at = bisect_left(rows, row)
        above = (rows[at - 1], column) if at else None
        kind = sheet.token(above).kind if above else "blank"
        if above and kind == "words":
            known[row, column] = has(sheet.text(above), "headings", "period")
        else:
            known[row, column] = above is not None and kind == "year" and known.get(above, False)
    return known[row, column]


def _interlude(sheet: Sheet, row: int, column: int, run: list[int]) -> bool:
    """Whether words in a column of periods belong to the table: its heading again, a total."""
    text = sheet.text((row, column))
    if any(begins_or_ends(text, "roles", kind) for kind in ("total", "average", "to_date")):
        return True
    if any(begins_or_ends(text, "roles", kind) for kind in ("change", "target")):
        return True
    heading = next(
        (sheet.text((r, column)) for r in range(run[0] - 1, 0, -1) if sheet.cell((r, column))), ""
    )
    return text == heading or has(text, "headings", "period")
