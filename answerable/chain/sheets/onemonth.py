"""Tables without a period in their headings, on a sheet that is of one."""

from ..body.spoken import Spoken
from .anchors import Anchor
from .axes import GAP, Axis, parted
from .grid import Cell
from .places import ABOVE, Place
from .regions import Region, region_across
from .sheet import Sheet
from .tokens import Token

LEAST = 2
"""So many figures make a table: one number beneath a date may be anything."""
MOST_ROWS = 500
"""More rows than this are records, one by one, and no table of a pack."""


def first_figures(sheet: Sheet) -> int:
    """The row of headings over the first figures, or else the row of those; 0 without figures."""
    rows = [row for row in sheet.rows if _figures(sheet, row)]
    if not rows:
        return 0
    headings = _headings(sheet, rows)
    return headings[0] if headings and headings[0] < rows[0] else rows[0]


def regions_of_one_period(sheet: Sheet, anchor: Anchor) -> list[Region]:
    """A region for each table on the sheet: the period stands over every column of figures."""
    rows = [row for row in sheet.rows if _figures(sheet, row)]
    if sum(len(_figures(sheet, row)) for row in rows) < LEAST or len(rows) > MOST_ROWS:
        return []
    headings = _headings(sheet, rows)
    groups: list[tuple[int, list[int]]] = []
    for at, end in zip(headings, [*headings, 10**7][1:], strict=True):
        inside = [row for row in rows if at < row < end]
        columns = [c for c in sheet.by_row[at] if any(c in _figures(sheet, r) for r in inside)]
        groups += [(at, group) for group in parted(sheet, at, columns)]
    if not headings:
        columns = sorted({c for row in rows for c in _figures(sheet, row)})
        groups = [(ABOVE, columns)] if len(columns) == 1 else []
    for _, columns in groups:
        for column in columns:
            _put(sheet, (ABOVE, column), anchor)
    found = [_region(sheet, at, columns) for at, columns in groups]
    return [region for region in found if region is not None]


def _figures(sheet: Sheet, row: int) -> list[int]:
    """The columns of a row that hold figures."""
    return [c for c in sheet.by_row.get(row, []) if sheet.token((row, c)).kind in ("value", "year")]


def _headings(sheet: Sheet, rows: list[int]) -> list[int]:
    """Rows of words just above figures, with none of their own."""
    found: list[int] = []
    for row in sheet.rows:
        beneath = next((r for r in rows if r > row), 0)
        if not beneath or _figures(sheet, row) or beneath - row > GAP + 1:
            continue
        held = {c for c in sheet.by_row[row] if sheet.token((row, c)).kind == "words"}
        if held & set(_figures(sheet, beneath)):
            found = [
                at for at in found if not at < row < beneath or _figures_between(rows, at, row)
            ]
            found.append(row)
    return found


def _figures_between(rows: list[int], one: int, other: int) -> bool:
    return any(one < row < other for row in rows)


def _put(sheet: Sheet, place: Place, anchor: Anchor) -> None:
    text = anchor.period.plain()
    sheet.put(place, Cell(text, text), Token("period", Spoken(text, (anchor.heard,))))


def _region(sheet: Sheet, at: int, columns: list[int]) -> Region | None:
    """None where nothing names the rows. Numbers in the first column may: calls to 999 and 101."""
    for along in (columns, columns[1:]):
        beneath = [row for row in sheet.rows if row > at and set(along) & set(_figures(sheet, row))]
        if not along or not beneath:
            return None
        axis = Axis("across", ABOVE, tuple(along), beneath[0], at)
        region = region_across(sheet, axis, [axis])
        if region.rows and region.labels:
            return region
    return None
