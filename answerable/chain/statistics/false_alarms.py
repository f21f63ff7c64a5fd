"""How many signals a page gives when nothing has changed.

One chart seldom cries wolf; forty beside each other are sure to. How often an unchanged series
signals hangs on the kind of chart, its rules and its length, and has no plain formula, so it was
found by simulation with the shipped rules: `benchmarks/false_alarms.py` made the table that is
read here. For a page, the numbers of its charts are added: that holds however much the charts
have in common. The chance of one signal or more takes the charts for unrelated.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import cache
from itertools import groupby
from math import prod
from pathlib import Path

import numpy as np

from ..body import Schema, read_toml
from .chart import Chart, Kind
from .funnel import FEW, Funnel
from .phases import LEAST_FOR_SIGNALS
from .scales import SCALES

FILE = Path(__file__).with_name("false_alarms.toml")


class Rates(Schema):
    """How often an unchanged series signals, by its number of points.

    points   lengths for which it was worked out, ascending
    signal   share of series with any signal: a point of it, or its runs
    outside  share with a point outside the limits
    latest   share whose last point signals
    """

    made: str
    points: tuple[int, ...]
    signal: tuple[float, ...]
    outside: tuple[float, ...]
    latest: tuple[float, ...]


class FunnelRates(Schema):
    """How often units that nothing sets apart lie beyond the 99.8% limits, by their number and by
    how far they differ.

    differ  the share of the variance between units of the middle size that lies beyond chance,
            as it is in truth; a row for each
    fitted  the same as it seems, on average: see `beyond_chance`
    each    share of all units
    some    share of funnels with at least one
    """

    made: str
    histories: int
    units: tuple[int, ...]
    differ: tuple[float, ...]
    fitted: tuple[tuple[float, ...], ...]
    each: tuple[tuple[float, ...], ...]
    some: tuple[tuple[float, ...], ...]


class Table(Schema):
    """The table as the benchmark wrote it."""

    made_by: str
    machine: str
    histories: int
    seed: int
    chart: dict[str, Rates]
    funnel: dict[str, FunnelRates]


@cache
def table() -> Table:
    """The shipped table."""
    return read_toml(FILE, Table)


@dataclass(frozen=True)
class FalseAlarms:
    """What chance alone gives on one page.

    what        'chart', or 'unit' of a funnel
    looked_at   how many of them may signal
    expected    how many of these would, if nothing had changed or stood apart
    some        the chance of one or more; what the page's series share is not allowed for
    latest      of charts: how many would signal at their last point; None for a funnel
    at_most     of a funnel of few units, which cannot show how far they differ: how many would
                lie beyond if they differed as much as is worst; None for any other
    """

    what: str
    looked_at: int
    expected: float
    some: float
    latest: float | None = None
    at_most: float | None = None

    @property
    def sentence(self) -> str:
        """What chance alone gives, in words; empty where nothing may signal."""
        if not self.looked_at:
            return ""
        if self.what == "unit":
            return (
                f"If nothing set any of these {self.looked_at} apart, and they differed as they"
                f" seem to, chance alone would put {number(self.expected)} of them beyond the"
                f" 99.8% limits: one or more in {hundred(self.some)} of 100 such pictures."
                f"{self._unsure}"
            )
        if self.looked_at == 1:
            return (
                f"If nothing had changed, this chart would still signal somewhere in"
                f" {hundred(self.some)} of 100 cases, and at its last point in"
                f" {hundred(self.latest or 0)}."
            )
        return (
            f"If nothing had changed, chance alone would put a signal somewhere on"
            f" {number(self.expected)} of these {self.looked_at} charts, and at the last point"
            f" of {number(self.latest or 0)}. The chance of at least one signal among them is"
            f" {hundred(self.some)} in 100."
        )

    @property
    def _unsure(self) -> str:
        if self.at_most is None:
            return ""
        return (
            " So few cannot show well how far such units differ anyway; it may be as many as"
            f" {number(self.at_most)}."
        )

    @property
    def of_one(self) -> str:
        """What a single unit beyond the limits must be read with; empty where nothing is told."""
        if self.what != "unit" or not self.looked_at:
            return ""
        share = hundred(self.expected / self.looked_at)
        more = (
            ""
            if self.at_most is None
            else (
                "; so few cannot show well how far areas differ anyway, and it may be"
                f" {hundred(self.at_most / self.looked_at)}"
            )
        )
        return (
            f"Of {self.looked_at} areas that differ as these seem to, chance alone puts one with"
            f" nothing the matter beyond such limits in {share} of 100 cases{more}."
        )


def false_alarms(charts: Iterable[Chart]) -> FalseAlarms:
    """What chance alone gives on charts that are shown together.

    Phases count as series of their own. What gives no signals (too few points, low counts, a
    line) counts for nothing.
    """
    found = [chances for chart in charts if (chances := _of_chart(chart)) is not None]
    return FalseAlarms(
        "chart",
        len(found),
        sum(signal for signal, _ in found),
        1 - prod(1 - signal for signal, _ in found),
        sum(latest for _, latest in found),
    )


def false_outliers(funnel: Funnel) -> FalseAlarms:
    """What chance alone puts beyond the 99.8% limits of a funnel.

    By the number of its units and by how far they seem to differ beyond chance. Under twenty say
    too little of that, so the worst is told too. Nothing is known of limits whose allowance was
    asked for otherwise than by the number of units.
    """
    told = sum(unit.outlier is not None for unit in funnel.units)
    count = len(funnel.units)
    none = funnel.method.startswith("no allowance")
    usual = none or (count < FEW) == funnel.method.startswith("each against the rest")
    if not told or not usual:
        return FalseAlarms("unit", 0, 0.0, 0.0)
    rates = table().funnel["none" if none else "auto"]
    fitted, each, some = (
        [_between(rates.units, row, count) for row in rows]
        for rows in (rates.fitted, rates.each, rates.some)
    )
    seems = beyond_chance(funnel)
    return FalseAlarms(
        "unit",
        told,
        told * _between(fitted, each, seems),
        _between(fitted, some, seems),
        at_most=told * max(each) if not none and count < FEW else None,
    )


def beyond_chance(funnel: Funnel) -> float:
    """The share of the variance between units of the middle size that seems to lie beyond chance:
    0 where chance alone is at work, near 1 where sizes explain next to nothing."""
    n = np.array([unit.n for unit in funnel.units])
    top = n * np.array([unit.value for unit in funnel.units])
    chance = float(np.median(SCALES[funnel.kind].error(top, n) ** 2))
    return funnel.tau2 / (funnel.tau2 + chance) if funnel.tau2 > 0 else 0.0


def _of_chart(chart: Chart) -> tuple[float, float] | None:
    """(chance of any signal, chance of one at the last point); None where there can be none."""
    if chart.kind == "line" or chart.variation == "cannot tell":
        return None
    phases = [list(points) for _, points in groupby(chart.points, lambda point: point.phase)]
    lengths = [sum(point.value is not None for point in phase) for phase in phases]
    quiet = 1.0
    for number_of_phase, length in enumerate(lengths):
        final = number_of_phase == len(lengths) - 1
        if length >= LEAST_FOR_SIGNALS or final:
            quiet *= 1 - _chance(chart.kind, length, final)
    rates = table().chart[chart.kind]
    return 1 - quiet, _between(rates.points, rates.latest, lengths[-1])


def _chance(kind: Kind, points: int, final: bool) -> float:
    """Of a phase: runs are looked at in the final one alone, save by XmR's rules."""
    rates = table().chart[kind]
    return _between(rates.points, rates.signal if final or kind == "xmr" else rates.outside, points)


def _between(at: Sequence[float], values: Sequence[float], wanted: float) -> float:
    """A value between those of a table; beyond its end, as often again for each such length."""
    if wanted <= at[0]:
        return values[0]
    for left, right, low, high in zip(at, at[1:], values, values[1:], strict=False):
        if wanted <= right:
            return low + (high - low) * (wanted - left) / (right - left)
    return values[-1]


def number(value: float) -> str:
    """A number of charts as it is said: '26', '1.3', 'fewer than 0.1'."""
    if value >= 10:
        return f"about {value:.0f}"
    return f"about {value:.1f}" if value >= 0.05 else "fewer than 0.1"


def hundred(share: float) -> str:
    """A chance in 100 cases: '8', 'more than 99', 'fewer than 1'."""
    if share > 0.995:
        return "more than 99"
    return f"about {100 * share:.0f}" if share >= 0.005 else "fewer than 1"
