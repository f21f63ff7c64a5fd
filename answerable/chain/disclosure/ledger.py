"""A measure's results laid out as counts that add up: areas, months, parts.

Everything that a result shows is a count or follows from counts. A `Ledger` holds, for
each table of a measure (the whole, and each column by which it is split), the counts of
each area and month, which results show them, and which rows are withheld so far.

A row is one area (or the whole) in one period. The results of one row of one family are
shown or withheld together: what shares a denominator stands or falls together.
"""

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from itertools import pairwise

import numpy as np
from numpy.typing import NDArray

from ..body import WHOLE, Period
from ..measures import Definition, Grain, Result, Unit, at_end

ABSENT, SHOWN, PRIMARY, COMPLEMENT = 9, 0, 1, 2
"""States of a row: nothing to show, shown, withheld for itself, withheld for another."""

Ints = NDArray[np.int64]
States = NDArray[np.int8]


@dataclass
class Table:
    """One table of a measure: the whole (column '') or one column's splits.

    parts    its counts, by (split, type); types are letters of `parts_of`
    counts   [area, month, part], areas without the whole
    whole    [month, part]
    placed   [month, part]: the sum of the areas, where each has the part; else the whole
    states   by family: [area…, whole; period], the whole last
    """

    column: str
    parts: dict[tuple[str, str], int] = field(default_factory=dict)
    counts: Ints = field(default_factory=lambda: np.zeros((0, 0, 0), np.int64))
    whole: Ints = field(default_factory=lambda: np.zeros((0, 0), np.int64))
    placed: Ints = field(default_factory=lambda: np.zeros((0, 0), np.int64))
    states: dict[str, States] = field(default_factory=dict)

    def of_type(self, kind: str) -> list[int]:
        return [i for (_, each), i in self.parts.items() if each == kind]


@dataclass
class Ledger:
    """A measure's tables, with its areas and periods.

    periods    months first, in order of time, then all others
    member     [period, month]: whether the period's figure takes in the month
    rolling    whether a period is a rolling year that nobody named
    rows       positions of results by (family, column, area, period)
    """

    definition: Definition
    areas: tuple[str, ...]
    periods: tuple[Period, ...]
    months: int
    member: NDArray[np.bool_]
    rolling: NDArray[np.bool_]
    tables: dict[str, Table]
    rows: dict[tuple[str, str, int, int], list[int]]
    single: bool
    """Whether there are no areas: the whole is then the one area, and its own row."""

    @property
    def families(self) -> tuple[str, ...]:
        return tuple(dict.fromkeys(f for table in self.tables.values() for f in table.states))

    def action_codes(self) -> set[str]:
        """Of a mix, the codes that the measure's own numerator counts."""
        return set(re.findall(r"\w+", self.definition.of))


def family(kind: str, statistic: str) -> str:
    """Which results stand or fall together: those that show the same counts."""
    if kind == "duration":
        return "time" if statistic in ("median", "p90") else "share"
    return "main"


def parts_of(kind: str, result: Result) -> list[tuple[str, str, int]]:
    """The counts that a result shows: (split, type, count). Each count once a measure.

    Types: n a count or observations; x and f the numerator and the rest; a and b the
    sides of a ratio; t and u within target and not; v eligible and not within; m missing;
    d dissatisfied, r no answer, e excluded, k not excluded; c a code of a mix; s reached a
    step, and in the ledger lost after it; l lost for a reason.
    """
    n, count = result.n or 0, result.count or 0
    key = (kind, result.statistic)
    split = result.split
    if kind == "figures":
        return _given(result, n, count)
    if key in (("count", "count"), ("stock", "open"), ("duration", "median")):
        return [(split, "n", n)]
    if key in (("ratio", "numerator"), ("ratio", "denominator")):
        return [(split, "a" if result.statistic == "numerator" else "b", n)]
    if key in (("proportion", "rate"), ("coverage", "coverage")):
        return [(split, "x", count), (split, "f", n - count)]
    if key == ("pathway", "completed"):
        return [(split, "x", count), (split, "f", n - count)]
    if result.statistic == "mix":
        return [(split, "c", count)] if split else []
    if key == ("duration", "within_target"):
        return [(split, "t", count), (split, "u", n - count)]
    if key == ("duration", "eligible_within_target"):
        return [(split, "v", n - count)]
    if key == ("duration", "missing_share"):
        return [(split, "m", count)]
    if kind == "survey":
        kinds = {"satisfied": "xd", "response_rate": "-r", "excluded_share": "ek"}
        pair = zip(kinds[result.statistic], (count, n - count), strict=True)
        return [(split, each, number) for each, number in pair if each != "-"]
    if key == ("pathway", "reached"):
        return [(split, "s", count)]
    if key == ("pathway", "lost") and split.startswith("reason="):
        return [(split, "l", count)]
    return []


def _given(result: Result, n: int, count: int) -> list[tuple[str, str, int]]:
    """The counts of a figure as given: by its unit, whatever it is called."""
    if result.unit == Unit.SHARE and result.count is not None:
        return [(result.split, "x", count), (result.split, "f", n - count)]
    if result.unit == Unit.RATIO and result.count is not None:
        return [(result.split, "a", count), (result.split, "b", n)]
    return [(result.split, "n", n)]


def at_measures(results: Iterable[Result]) -> dict[str, list[int]]:
    """Positions of results by measure, in the order in which they come."""
    at: dict[str, list[int]] = {}
    for i, result in enumerate(results):
        at.setdefault(result.measure, []).append(i)
    return at


def lay_out(
    results: Sequence[Result],
    at: Sequence[int],
    definition: Definition,
    named: Iterable[Period],
) -> Ledger:
    """The ledger of one measure.

    at      positions in `results` of the measure's own
    named   periods of grain `window` that are kept; other windows are rolling
    """
    kind = definition.kind
    mine = [results[i] for i in at]
    found = {result.area for result in mine}
    areas = tuple(sorted(found - {WHOLE})) or (WHOLE,)
    single = areas == (WHOLE,)
    grains = {result.period: result.grain for result in mine}
    read = {text: Period.parse(text) for text in grains}
    months = sorted((read[t] for t, g in grains.items() if g == Grain.MONTH), key=lambda p: p.first)
    others = sorted(
        (read[t] for t, g in grains.items() if g != Grain.MONTH),
        key=lambda p: (p.first, p.last, p.text),
    )
    periods = (*months, *others)
    where_period = {period.text: i for i, period in enumerate(periods)}
    where_area = {area: i for i, area in enumerate(areas)} | ({} if single else {WHOLE: len(areas)})
    tables: dict[str, Table] = {}
    rows: dict[tuple[str, str, int, int], list[int]] = {}
    cells: list[tuple[str, int, int, int, int]] = []
    for i, result in zip(at, mine, strict=True):
        column = result.split.partition("=")[0]
        group = family(kind, result.statistic)
        if column not in tables:
            tables[column] = Table(column)
        table = tables[column]
        area, period = where_area[result.area], where_period[result.period]
        rows.setdefault((group, column, area, period), []).append(i)
        if group not in table.states:
            table.states[group] = np.full((len(areas) + 1, len(periods)), ABSENT, np.int8)
        if result.n is not None:
            table.states[group][area, period] = SHOWN
        if result.basis == "raw" and period < len(months):
            for split, each, count in parts_of(kind, result):
                part = table.parts.setdefault((split, each), len(table.parts))
                cells.append((column, area, period, part, count))
    for table in tables.values():
        table.counts = np.zeros((len(areas) + 1, len(months), len(table.parts)), np.int64)
    for column, area, period, part, count in cells:
        tables[column].counts[area, period, part] = count
    for table in tables.values():
        if table.column == "step":
            _losses(table, definition)
        table.whole = table.counts[0 if single else len(areas)]
        table.counts = table.counts[: len(areas)]
        seen = {(area, part) for column, area, _, part, _ in cells if column == table.column}
        everywhere = [
            all((area, part) in seen for area in range(len(areas)))
            for part in range(len(table.parts))
        ]
        table.placed = np.where(everywhere, table.counts.sum(axis=0), table.whole)
    keep = {(period.first, period.last) for period in named}
    return Ledger(
        definition=definition,
        areas=areas,
        periods=periods,
        months=len(months),
        member=_membership(definition, months, periods),
        rolling=np.array(
            [grains[p.text] == Grain.WINDOW and (p.first, p.last) not in keep for p in periods]
        ),
        tables=tables,
        rows=rows,
        single=single,
    )


def _membership(
    definition: Definition, months: Sequence[Period], periods: Sequence[Period]
) -> NDArray[np.bool_]:
    """What is taken at a period's end takes in its last month alone."""
    last = all(at_end(definition, statistic) for statistic in definition.statistics)
    at = np.array([month.first.index for month in months], dtype=np.int64)
    ends = np.array([period.last.index for period in periods], dtype=np.int64)[:, None]
    starts = np.array([period.first.index for period in periods], dtype=np.int64)[:, None]
    inside = at == ends if last else (starts <= at) & (at <= ends)
    return np.asarray(inside, dtype=bool).reshape(len(periods), len(months))


def _losses(table: Table, definition: Definition) -> None:
    """Steps reached, as how many were lost before each: those add up, and may be small."""
    steps = [f"step={step.key}" for step in definition.steps]
    at = [table.parts[(step, "s")] for step in steps if (step, "s") in table.parts]
    for before, after in pairwise(at):
        table.counts[..., before] -= table.counts[..., after]
    # Each step but the last now holds those lost after it. Those who reached the last are
    # the whole's own numerator, and are kept there.
    if at:
        table.counts[..., at[-1]] = 0
