"""How far a table reaches from its axis of periods: its rows, columns, names, title, footnotes."""

import re
from dataclasses import dataclass, field

from .axes import GAP, Axis, forced_rows
from .places import Box, span_name
from .roles import is_aside, role_of
from .sheet import Sheet
from .vocabulary import begins_or_ends, folded, has, words


@dataclass
class Region:
    """A table's parts, before its headings are understood.

    headings   rows of headings above the figures, top first; the last one is nearest to them
    labels     columns of names beside the figures
    rows       rows that hold figures
    columns    columns that hold figures, periods among them
    sections   by row: the heading that stands in a row of its own above it
    empty      rows with a name and nothing else
    repeated   rows in which the headings stand again
    beside     whether another table stands in the same rows, so that a title may be of both
    """

    sheet: Sheet
    axis: Axis
    headings: list[int]
    labels: list[int]
    rows: list[int]
    columns: list[int]
    sections: dict[int, str] = field(default_factory=dict)
    empty: list[int] = field(default_factory=list)
    repeated: list[int] = field(default_factory=list)
    titles: list[str] = field(default_factory=list)
    banner: str = ""
    footnotes: list[str] = field(default_factory=list)
    beside: bool = False

    @property
    def box(self) -> Box:
        across = [*self.labels, *self.columns, *([self.axis.at] if self.axis.way == "down" else [])]
        down = [*(row for row in self.headings if row), *self.rows]
        return min(down), min(across), max(down), max(across)

    @property
    def span(self) -> str:
        return span_name(self.box)

    @property
    def title(self) -> str:
        """The words nearest above that say what is counted."""
        telling = [t for t in self.titles if not is_aside(t)]
        return telling[-1] if telling else self.banner or (self.titles[-1] if self.titles else "")

    @property
    def words(self) -> list[str]:
        """The words over the whole table, the most telling first."""
        return list(dict.fromkeys([self.title, self.banner, *reversed(self.titles)]))

    @property
    def all_titles(self) -> str:
        return "; ".join(dict.fromkeys([*self.titles, *([self.banner] if self.banner else [])]))


def is_footnote(text: str) -> bool:
    """Whether words read as a note beneath a table, not as a title or a name."""
    start = folded(text) or text.strip()
    if re.match(r"[(\[]?(?:\d{1,2}|[a-z])[)\].:]\s", text.strip().lower()):
        return True
    if re.match(r"[*†‡§<¹²³]", text.strip()):
        return True
    return any(
        start == word or start.startswith((f"{word} ", f"{word}:", f"{word}."))
        for word in words("roles", "footnote")
    )


FURTHEST = 3
"""So many rows of words in a row end a table."""


def region_across(sheet: Sheet, axis: Axis, axes: list[Axis]) -> Region:
    """The table whose periods stand in a row."""
    beside = [one for one in axes if one.at == axis.at and one is not axis]
    left = max((one.along[-1] for one in beside if one.along[-1] < axis.along[0]), default=0)
    right = min((one.along[0] for one in beside if one.along[0] > axis.along[-1]), default=0)
    region = Region(sheet, axis, [axis.at, *([axis.lower] if axis.lower else [])], [], [], [])
    _rows_across(region, axes)
    _columns_across(region, left, right)
    return region


def _rows_across(region: Region, axes: list[Axis]) -> None:
    sheet, axis = region.sheet, region.axis
    ends = {one.at for one in axes if one.at > axis.at and _overlap(one, axis)}
    heading = _heading_text(sheet, axis, axis.at)
    waiting: list[int] = []
    last = axis.lower or axis.at
    at = sheet.next_row(last)
    parted = True
    while at is not None and at - last <= GAP + 1:
        kinds = [sheet.token((at, c)).kind for c in axis.along]
        if at in ends:
            if waiting or _heading_text(sheet, axis, at) != heading:
                break
            region.repeated.append(at)
        elif any(kind in ("value", "year") for kind in kinds):
            _settle(region, waiting, at)
            waiting, parted = [], False
            region.rows.append(at)
        elif any(kind in ("words", "period", "bare", "day") for kind in kinds):
            break
        elif _in_reach(sheet, at, axis):
            if at - last > 1 or parted or waiting or _is_bold(sheet, at, axis):
                waiting.append(at)
            elif not is_footnote(_first_words(sheet, at, axis)):
                region.empty.append(at)
            else:
                break
            if len(waiting) > FURTHEST:
                break
        last = at
        at = sheet.next_row(at)
    _promote(region)
    while region.empty and region.rows and region.empty[-1] > region.rows[-1]:
        row = region.empty.pop()
        if len(_first_words(sheet, row, axis)) <= 40 and row == region.rows[-1] + 1:
            region.empty.append(row)
            break


def _overlap(one: Axis, other: Axis) -> bool:
    return bool(set(one.along) & set(other.along))


def _heading_text(sheet: Sheet, axis: Axis, row: int) -> tuple[str, ...]:
    return tuple(sheet.text((row, c)) for c in axis.along)


def _in_reach(sheet: Sheet, row: int, axis: Axis) -> bool:
    """Whether words in a row stand before the figures of this table."""
    return any(c < axis.along[0] + 1 for c in sheet.by_row[row])


def _is_bold(sheet: Sheet, row: int, axis: Axis) -> bool:
    cells = [sheet.cell((row, c)) for c in sheet.by_row[row] if c <= axis.along[-1]]
    return any(cell is not None and cell.bold for cell in cells)


def _first_words(sheet: Sheet, row: int, axis: Axis) -> str:
    return next((sheet.text((row, c)) for c in sheet.by_row[row] if c <= axis.along[-1]), "")


def _settle(region: Region, waiting: list[int], row: int) -> None:
    """Words in rows of their own, above figures: the last is the heading of what follows."""
    if waiting:
        region.sections[row] = _first_words(region.sheet, waiting[-1], region.axis)


def _promote(region: Region) -> None:
    """A name without figures heads what follows where the names begin again beneath it, or where
    a total has just closed what stood above: otherwise arrests would pass for crimes."""
    sheet, axis = region.sheet, region.axis
    for row in list(region.empty):
        above = [r for r in region.rows if r < row]
        next_row = next((r for r in region.rows if r > row), None)
        held = [c for c in sheet.by_row[row] if c <= axis.along[-1]]
        if not above or next_row is None or len(held) != 1:
            continue
        named = {_first_words(sheet, r, axis) for r in above}
        closed = role_of(_first_words(sheet, above[-1], axis)) == "total"
        if closed or _first_words(sheet, next_row, axis) in named:
            region.sections[next_row] = _first_words(sheet, row, axis)
            region.empty.remove(row)


def _columns_across(region: Region, left: int, right: int) -> None:
    sheet, axis = region.sheet, region.axis
    before: list[int] = []
    column, blank = axis.along[0] - 1, 0
    while column > left and blank < 2:
        if not _used(region, column):
            blank += 1
        elif left and not _is_names(region, column):
            break
        else:
            blank = 0
            before.append(column)
        column -= 1
        if blank and before and not _is_names(region, column):
            break
    region.labels = sorted(c for c in before if _is_names(region, c))
    if not region.labels and before and _are_numbered_names(region, before[-1]):
        region.labels = [before[-1]]
    after = _after(region, right)
    outer = [c for c in before if c not in region.labels]
    inner = [c for c in range(axis.along[0], axis.along[-1] + 1) if _used(region, c)]
    region.columns = sorted({*outer, *inner, *after})
    if axis.lower:
        region.columns = sorted({*region.columns, *_under(sheet, axis)})


def _under(sheet: Sheet, axis: Axis) -> list[int]:
    """Columns with a heading of their own beneath the periods."""
    reach = range(axis.along[0], max(sheet.by_row[axis.lower]) + 1)
    return [c for c in reach if sheet.cell((axis.lower, c))]


def _after(region: Region, right: int) -> list[int]:
    """Columns that follow the last period: totals, changes, ratings."""
    sheet, axis = region.sheet, region.axis
    found: list[int] = []
    column, blank = axis.along[-1] + 1, 0
    end = max((max(sheet.by_row[row]) for row in [axis.at, *region.rows]), default=0)
    while column <= end and blank < 2 and (not right or column < right):
        if right and _is_names(region, column) and not _is_remark(region, column):
            break
        if not _used(region, column):
            blank += 1
        elif blank and not _has_role(region, column):
            break
        else:
            found.append(column)
            blank = 0
        column += 1
    return found


def _used(region: Region, column: int) -> bool:
    cells = region.sheet.cells
    return any((row, column) in cells for row in [region.axis.at, *region.rows])


def _heading(region: Region, column: int) -> str:
    return next(
        (t for row in reversed(region.headings) if (t := region.sheet.text((row, column)))), ""
    )


def _is_remark(region: Region, column: int) -> bool:
    heading = _heading(region, column)
    return bool(heading) and any(
        begins_or_ends(heading, "roles", kind) for kind in ("change", "rating", "note")
    )


def _has_role(region: Region, column: int) -> bool:
    heading = _heading(region, column)
    kinds = ("change", "rating", "note", "total", "to_date", "target", "average")
    return bool(heading) and any(begins_or_ends(heading, "roles", kind) for kind in kinds)


def _is_names(region: Region, column: int) -> bool:
    """Whether a column holds names: more words than figures."""
    kinds = [region.sheet.token((row, column)).kind for row in region.rows]
    named = sum(kind in ("words", "period", "bare", "day", "to date") for kind in kinds)
    figures = sum(kind in ("value", "year") for kind in kinds)
    if named == figures == 0:
        return False
    heading = _heading(region, column)
    if figures > named and all(kind in ("year", "blank") for kind in kinds):
        return has(heading, "headings", "period")
    return named >= figures


def _are_numbered_names(region: Region, column: int) -> bool:
    """Whether whole numbers, each another, name the rows: calls to 999 and 101, grades 1 and 2."""
    texts = [region.sheet.text((row, column)) for row in region.rows]
    return all(re.fullmatch(r"\d{1,4}", text) for text in texts) and len(set(texts)) == len(texts)


def region_down(sheet: Sheet, axis: Axis, axes: list[Axis]) -> Region | None:
    """The table whose periods stand in a column; None where nothing heads its figures."""
    rows = list(axis.along)
    region = Region(sheet, axis, [], [], rows, [])
    reach = range(rows[0], _last_row(sheet, axis) + 1)
    heads = _heads(sheet, axis)
    region.headings = heads[-1:]
    others = {
        one.at
        for one in axes
        if one is not axis and one.stands & axis.stands and not _same_periods(sheet, one, axis)
    }
    columns = _contiguous(region, others)
    region.labels = [c for c in columns if _is_names(region, c)]
    region.columns = [c for c in columns if c not in region.labels]
    for row in reach:
        if row in axis.stands or row not in sheet.by_row:
            continue
        held = [c for c in region.columns if (row, c) in sheet.cells]
        if region.headings and all(
            sheet.text((row, c)) == sheet.text((region.headings[-1], c))
            for c in [axis.at, *columns]
        ):
            region.repeated.append(row)
        elif any(sheet.token((row, c)).kind in ("value", "year") for c in held):
            region.rows.append(row)
    region.rows.sort()
    return region if region.columns else None


def _last_row(sheet: Sheet, axis: Axis) -> int:
    """The last row of a long table: totals, averages and targets beneath the periods are its."""
    last = axis.along[-1]
    while (row := sheet.next_row(last)) is not None and row - last <= GAP:
        if role_of(sheet.text((row, axis.at))) in ("line", "note"):
            break
        last = row
    return last


def _same_periods(sheet: Sheet, one: Axis, other: Axis) -> bool:
    """Whether a second column of periods says the same in every row: a table pasted twice."""
    rows = one.along
    return one.stands == other.stands and all(
        sheet.text((row, one.at)) == sheet.text((row, other.at)) for row in rows
    )


def _heads(sheet: Sheet, axis: Axis) -> list[int]:
    """The row of headings just above the first figures."""
    above = [row for row in forced_rows(sheet) if row < axis.first]
    if above:
        return [max(above)]
    for row in range(axis.first - 1, max(0, axis.first - 3), -1):
        columns = [c for c in sheet.by_row.get(row, []) if c != axis.at]
        if any(sheet.token((row, c)).kind in ("words", "period", "value", "year") for c in columns):
            return [row]
    return []


def _contiguous(region: Region, others: set[int]) -> list[int]:
    """Columns on both sides of the periods, as far as they are filled without a gap.

    Another column of periods further off begins a table of its own.
    """
    at = region.axis.at
    right = [c for c in others if c > at + 1]
    left = [c for c in others if c < at - 1]
    found: list[int] = []
    for step, end in ((-1, max(left, default=0)), (1, min(right, default=0))):
        column, side = at + step, []
        while column > 0 and column != end:
            if _filled(region, column):
                side.append(column)
            elif not (side and _continues(region, column + step, others)):
                break
            column += step
        if not (step == -1 and column == end and end):
            found += side
    return sorted(found)


def _continues(region: Region, column: int, others: set[int]) -> bool:
    """Whether a table goes on beyond one empty column: headings and figures, no periods."""
    sheet = region.sheet
    if column in others or not region.headings:
        return False
    headed = sheet.token((region.headings[-1], column)).kind == "words"
    kinds = {sheet.token((row, column)).kind for row in region.rows}
    return headed and bool(kinds & {"value", "year"}) and not kinds & {"period", "bare", "day"}


def _filled(region: Region, column: int) -> bool:
    cells = region.sheet.cells
    if any((row, column) in cells for row in region.headings):
        return True
    return any((row, column) in cells for row in region.rows)
