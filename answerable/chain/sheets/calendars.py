"""A calendar of figures: a year in each row, the months across."""

from ..body import Period
from ..body.spoken import read_period
from ..body.spoken.heard import Heard
from .naming import NAMELESS
from .periods import year_at
from .regions import Region
from .roles import WHY, role_of
from .strands import Check, Strand, Woven
from .understood import LeftOut


def is_calendar(region: Region) -> bool:
    """Whether the months across lack a year, and every row is named by one."""
    sheet, axis = region.sheet, region.axis
    if len(region.labels) != 1 or region.headings[0] != axis.at or len(region.rows) < 1:
        return False
    if any(sheet.token((axis.at, c)).kind != "bare" for c in axis.along):
        return False
    labels = [(row, region.labels[0]) for row in region.rows]
    named = [p for p in labels if role_of(sheet.text(p)) == "line"]
    return bool(named) and all(year_at(sheet, p) is not None for p in named)


def weave_calendar(region: Region) -> Woven:
    """One line, row after row."""
    sheet, axis, woven = region.sheet, region.axis, Woven()
    strand = Strand(region.title or NAMELESS, place=(region.rows[0], region.labels[0]))
    strand.above = region.words
    for row in region.rows:
        label = (row, region.labels[0])
        year = year_at(sheet, label)
        if role_of(sheet.text(label)) != "line" or year is None:
            role = role_of(sheet.text(label))
            why = WHY.get(role, "its heading is no year")
            woven.left_out.append(LeftOut(sheet.place(label), sheet.text(label), why))
            continue
        for column in axis.along:
            heard = _month(sheet.text((axis.at, column)), year)
            if heard is not None:
                strand.cells.append((heard, (row, column)))
        own = tuple((row, column) for column in axis.along)
        for column in region.columns:
            heading = sheet.text((axis.at, column))
            if column not in axis.along and role_of(heading) in ("total", "to date"):
                strand.checks.append(Check((row, column), heading, (own,)))
    for column in region.columns:
        if column not in axis.along:
            heading = sheet.text((axis.at, column))
            why = WHY.get(role_of(heading), "its heading is not a period")
            woven.left_out.append(LeftOut(sheet.place((axis.at, column)), heading, why))
    woven.seen = {(row, column) for row in region.rows for column in region.columns}
    woven.strands.append(strand)
    return woven


def _month(text: str, year: int | Period) -> Heard | None:
    readings = read_period(text, year=year).readings
    return readings[0] if len(readings) == 1 else None
