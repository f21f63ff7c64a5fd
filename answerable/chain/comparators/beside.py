"""A result beside those of similar forces and of the country: side by side, never in ranks.

Others are listed by name, not by value: forces differ in what they meet and in how they
count, so a place in an order says nothing of how well a force does. Whose figure counts
otherwise than ours, or nobody knows, is said to be not like for like and is left out of what
a group comes to together.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Protocol

from ..body import WHOLE, Appetite, Period
from ..figures import Figure, results_of
from ..measures import Definition, Result, Status, Unit, period_of, quantity, unit_of
from .comparator import Comparators, Elsewhere, Group, Same, Stated

TOGETHER = "together"


class Ours(Protocol):
    """What is asked of our own results; `Results` and `Gathered` both answer it."""

    def one(
        self, measure: str, statistic: str, area: str = ..., period: Period | str = ...
    ) -> Result | None: ...


@dataclass(frozen=True)
class Line:
    """One figure of somebody else, with how they count it."""

    name: str
    result: Result
    how: str
    same: Same
    differs: str
    source: str

    @property
    def like(self) -> bool:
        """Whether it is counted as ours is."""
        return self.same == "same"


@dataclass(frozen=True)
class Grouped:
    """A group over one period.

    lines     members with a figure, by name
    left_out  members without one, with why
    together  the members counted as we count, added up; None without counts of at least two
    added     how many members that is
    note      where the group was issued anew within the period
    """

    group: Group
    lines: tuple[Line, ...]
    left_out: tuple[tuple[str, str], ...]
    together: Result | None
    added: int
    note: str = ""


@dataclass(frozen=True)
class Beside:
    """One statistic over one period: ours, the country's, and each group's."""

    measure: str
    statistic: str
    period: Period
    ours: Result
    nations: tuple[Line, ...]
    groups: tuple[Grouped, ...]


def beside(
    definition: Definition, ours: Ours, comparators: Comparators, appetite: Appetite
) -> tuple[Beside, ...]:
    """Each statistic of a measure for which others have figures, over the latest period that
    they and we both have.

    ours   our own results, as they may be shown
    Others' figures too small for our appetite are withheld, whoever published them.
    """
    found = []
    for statistic in definition.statistics:
        series = [
            each
            for each in comparators.elsewhere
            if (each.measure, each.statistic) == (definition.key, statistic)
        ]
        period = _latest(definition, statistic, series, ours)
        if period is not None:
            found.append(
                _beside(definition, statistic, period, series, ours, comparators, appetite)
            )
    return tuple(found)


def _latest(
    definition: Definition, statistic: str, series: list[Elsewhere], ours: Ours
) -> Period | None:
    """The latest period of others' for which we have a figure; of two that end together, the
    longer."""
    spans = {period_of(stated.period) for each in series for stated in each.figures}
    for period in sorted(spans, key=lambda p: (p.last, len(p), p.text), reverse=True):
        result = ours.one(definition.key, statistic, WHOLE, period)
        if result is not None and result.usable:
            return period
    return None


def _beside(
    definition: Definition,
    statistic: str,
    period: Period,
    series: list[Elsewhere],
    ours: Ours,
    comparators: Comparators,
    appetite: Appetite,
) -> Beside:
    result = ours.one(definition.key, statistic, WHOLE, period)
    assert result is not None  # noqa: S101  # the period was chosen by it
    lines = {
        each.who: line
        for each in series
        if (line := _line(each, definition, period, comparators.names, appetite)) is not None
    }
    groups = (
        _group(group, period, lines, definition, note)
        for group, note in _editions(comparators, period)
    )
    return Beside(
        definition.key,
        statistic,
        period,
        result,
        tuple(lines[n.key] for n in comparators.nation if n.key in lines),
        tuple(group for group in groups if group.lines),
    )


def _line(
    series: Elsewhere,
    definition: Definition,
    period: Period,
    names: Mapping[str, str],
    appetite: Appetite,
) -> Line | None:
    stated = next((s for s in series.figures if _same_months(s.period, period)), None)
    if stated is None:
        return None
    figure = _figure(series, stated, definition, appetite)
    result = results_of((figure,), {definition.key: definition})[0]
    name = names[series.who]
    return Line(name, result, series.how, series.same, series.differs, series.source)


def _same_months(text: str, period: Period) -> bool:
    other = period_of(text)
    return (other.first, other.last) == (period.first, period.last)


def _figure(
    series: Elsewhere, stated: Stated, definition: Definition, appetite: Appetite
) -> Figure:
    unit = unit_of(definition, series.statistic)
    bare = _withheld(stated, unit, appetite)
    return Figure(
        measure=definition.key,
        title=definition.title,
        statistic=series.statistic,
        period=period_of(stated.period),
        area=series.who,
        unit=unit,
        value=None if bare or stated.value is None else quantity(stated.value, unit),
        numerator=None if bare else stated.numerator,
        denominator=None if bare else stated.denominator,
        status=Status.SUPPRESSED if bare and stated.status != "missing" else Status(stated.status),
        source=series.source,
        place=stated.period,
    )


def _withheld(stated: Stated, unit: Unit, appetite: Appetite) -> bool:
    if stated.status in ("suppressed", "missing"):
        return True
    top, n, under = stated.numerator, stated.denominator, appetite.count_under
    if top is None or n is None:
        return unit == Unit.COUNT and stated.value is not None and 0 < float(stated.value) < under
    left = [top, n, n - top] if unit == Unit.SHARE else [top, n]
    return n < appetite.rate_needs or any(0 < part < under for part in left)


def _editions(comparators: Comparators, period: Period) -> Iterator[tuple[Group, str]]:
    """The edition of each group that stood at a period's end, and a word where it was new."""
    for key in dict.fromkeys(group.key for group in comparators.group):
        for group in comparators.editions(key):
            if group.stood(period.last.last_day):
                new = group.since > period.first.first_day
                yield group, "The group was chosen anew within these months." if new else ""


def _group(
    group: Group, period: Period, lines: Mapping[str, Line], definition: Definition, note: str
) -> Grouped:
    stood = {member.key for member in group.through(period)}
    found, left_out = [], []
    for member in sorted(group.members, key=lambda m: m.name):
        if member.key not in stood and not note:
            left_out.append((member.name, "not a member for all of these months"))
        elif member.key not in lines:
            left_out.append((member.name, "no figure for these months"))
        else:
            found.append(lines[member.key])
    added = [line for line in found if line.like and _counted(line.result)]
    together = _together(added, period, definition) if len(added) > 1 else None
    return Grouped(group, tuple(found), tuple(left_out), together, len(added), note)


def _counted(result: Result) -> bool:
    return result.usable and result.count is not None and bool(result.n)


def _together(lines: list[Line], period: Period, definition: Definition) -> Result:
    """Counts over counts: the members as if they were one force, not a mean of their rates."""
    figure = Figure(
        measure=definition.key,
        title=definition.title,
        statistic=lines[0].result.statistic,
        period=period,
        area=TOGETHER,
        unit=lines[0].result.unit,
        numerator=float(sum(line.result.count or 0 for line in lines)),
        denominator=float(sum(line.result.n or 0 for line in lines)),
    )
    return results_of((figure,), {definition.key: definition})[0]
