"""One table on many sheets, each of its own month: its lines joined into series."""

import re
from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass, field, replace

from ..body import Month, Period, Problem
from ..body.spoken import read_period
from ..figures import Figure
from ..measures import Status
from .anchors import Anchor
from .lines import Read, gathered
from .pairs import add_numerators, join_pairs
from .regions import Region
from .roles import is_aside
from .surroundings import without_period
from .understood import Line, Remark, Table

MONTHS_OF_A_YEAR = 12
ALIKE = 0.5
"""Tables with this share of their lines in common, or more, are one table."""


@dataclass(frozen=True)
class Found:
    """A table, and what joining it to others needs.

    of      what its sheet is of: where it says so and not its headings, or where the table has
            no other period, or no other year
    steps   as in `Read`
    called  what its sheet and title are called but for that; of areas they are not the same
    """

    table: Table
    of: Period | None = None
    steps: dict[str, float] = field(default_factory=dict)
    called: tuple[str, ...] = ()

    @property
    def names(self) -> set[tuple[str, str]]:
        return {(line.name, line.area) for line in self.table.lines}


def anchored(one: Found, anchor: Anchor, region: Region) -> Found:
    """A table with what its sheet says it is of, which is told as a remark."""
    sheet = region.sheet
    heads = [place for place in region.axis.places() if place[0]]
    if sheet.relative and heads:
        first = heads[0]
        told = f"'{sheet.text(first)}' and the like are told by {anchor.period.plain()}"
    else:
        told = f"No heading names a period: the figures are read as of {anchor.period.plain()}"
    box = region.box
    remark = Remark("month", f"{told} ({anchor.by}).", sheet.place((box[0], box[1])), "month")
    table = replace(one.table, remarks=(remark, *one.table.remarks))
    return replace(one, table=table, of=anchor.period, called=called(region, anchor.period))


def found(region: Region, table: Table, steps: dict[str, float]) -> Found:
    """A table of which nothing but its own headings says what it is of."""
    spans = {figure.span: figure.period for line in table.lines for figure in line.figures}
    of = next(iter(spans.values())) if len(spans) == 1 else None
    year = read_period(table.sheet).period
    if len(spans) > 1 and year is not None and len(year) == MONTHS_OF_A_YEAR:
        of = year if all(year.covers(period) for period in spans.values()) else None
    return Found(table, of, steps, called(region, of) if of is not None else ())


def called(region: Region, period: Period) -> tuple[str, ...]:
    """The name of a sheet and the titles of a table without the period, and without numbers."""
    name = region.sheet.name
    name = "" if read_period(name).reason.endswith("its year") else without_period(name, period)
    titles = [without_period(each, period) for each in region.titles if not is_aside(each)]
    return tuple(re.sub(r"\d+", "", each).strip().casefold() for each in (name, *titles))


def join_sheets(found: Sequence[Found]) -> tuple[list[Table], list[Problem]]:
    """The tables, with those that stand on several sheets, each of its own months, as one."""
    groups: list[list[Found]] = []
    for one in found:
        group = next((g for g in groups if _belongs(one, g)), None)
        if group is None:
            groups.append([one])
        else:
            group.append(one)
    tables: list[Table] = []
    problems: list[Problem] = []
    for group in groups:
        table, wrong = _joined(group) if len(group) > 1 else (group[0].table, [])
        tables.append(table)
        problems += wrong
    return tables, problems


def _belongs(one: Found, group: Sequence[Found]) -> bool:
    first = group[0]
    if one.of is None or first.of is None or not one.names or not first.names:
        return False
    if one.called != first.called or one.of in {each.of for each in group}:
        return False
    if one.table.sheet in {each.table.sheet for each in group}:
        return False
    return len(one.names & first.names) >= ALIKE * max(len(one.names), len(first.names))


def _joined(group: Sequence[Found]) -> tuple[Table, list[Problem]]:
    """The table of the first sheet, with the lines of all, in order of time."""
    in_order = sorted(group, key=_when)
    every = [remark for each in in_order for remark in each.table.remarks]
    remarks = [remark for remark in every if remark.code != "month"]
    problems: list[Problem] = []
    parts: dict[tuple[str, str], list[Line]] = defaultdict(list)
    for each in in_order:
        for line in each.table.lines:
            parts[line.name, line.area].append(line)
    lines = [_line(same, remarks, problems) for same in parts.values()]
    read = Read([line for line in lines if line is not None], steps={})
    for each in in_order:
        read.steps |= each.steps
    join_pairs(read)
    add_numerators(read)
    first, last = in_order[0].table, in_order[-1].table
    told = _told(in_order)
    left_out = {(o.heading, o.why): o for each in in_order for o in each.table.left_out}
    targets = {t.name: t for each in in_order for t in each.table.targets}
    table = replace(
        last,
        title=last.title,
        lines=tuple(read.lines),
        targets=tuple(targets.values()),
        footnotes=tuple(dict.fromkeys([*first.footnotes, *last.footnotes])),
        left_out=tuple(left_out.values()),
        remarks=(told, *gathered([*remarks, *read.remarks])),
    )
    return table, problems


def _when(one: Found) -> tuple[Month, int]:
    assert one.of is not None  # noqa: S101  # none is joined that is of nothing
    return one.of.last, -len(one.of)


def _told(group: Sequence[Found]) -> Remark:
    periods = [each.of for each in group if each.of is not None]
    span = Period.of(periods[0].first, max(p.last for p in periods))
    places = tuple(f"{each.table.sheet}!{each.table.span}" for each in group)
    told = (
        f"This table stands on {len(group)} sheets, of {span.plain()}, each of what its name, its"
        " title or its headings say: its lines are joined."
    )
    months = {month for period in periods for month in period}
    absent = [month for month in span if month not in months]
    if absent:
        told += f" No sheet is of {absent[0].plain()}"
        told += f" and {len(absent) - 1} more months." if len(absent) > 1 else "."
    return Remark("sheets", told, f"{places[0]} to {places[-1]}", "", places)


def _line(same: Sequence[Line], remarks: list[Remark], problems: list[Problem]) -> Line | None:
    """The figures of one line from every sheet; None where they do not fit together."""
    last = same[-1]
    odd = next((each for each in same if _measured(each) != _measured(last)), None)
    if odd is not None:
        problems.append(
            Problem(
                odd.figures[0].place,
                f"'{odd.name}' is read as {odd.unit} here and as {last.unit} on another sheet"
                f" ({last.figures[0].place})",
                "one unit on all sheets",
                "Say what it is: a correction `unit`. Until then the line is left out.",
            )
        )
        return None
    found: dict[tuple[int, int], Figure] = {}
    for line in same:
        for figure in line.figures:
            before = found.get(figure.span)
            found[figure.span] = figure if before is None else _later(before, figure, remarks)
    # What people were asked on one sheet they were asked on all.
    asked = {f.statistic for f in found.values()} > {"satisfied"}
    in_order = sorted(found, key=lambda span: (span[1], -span[0]))
    figures = [found[span] for span in in_order]
    figures = [replace(f, statistic="satisfied") for f in figures] if asked else figures
    return replace(last, figures=tuple(figures))


def _measured(line: Line) -> tuple[object, ...]:
    return line.unit, line.figures[0].per


def _later(before: Figure, now: Figure, remarks: list[Remark]) -> Figure:
    """Of two figures for one period the one of the later sheet, which is marked as revised where
    it differs; a missing one says nothing."""
    if now.status == Status.MISSING:
        return before
    if before.status == Status.MISSING or (before.value, before.status) == (now.value, now.status):
        return now
    told = (
        f"{now.period.plain()} says something else in {before.place}, on an earlier sheet: this"
        " figure is used, as revised."
    )
    remarks.append(Remark("revised", told, now.place, "cell"))
    return replace(now, status=Status.REVISED) if now.status == Status.OK else now
