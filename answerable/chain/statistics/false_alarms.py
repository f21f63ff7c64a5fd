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

from ..body import Schema, read_toml
from .chart import Chart, Kind
from .funnel import Funnel
from .phases import LEAST_FOR_SIGNALS

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
    """How often units that nothing sets apart lie beyond the 99.8% limits, by their number.

    each   share of all units
    some   share of funnels with at least one
    """

    made: str
    units: tuple[int, ...]
    each: tuple[float, ...]
    some: tuple[float, ...]


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
    """

    what: str
    looked_at: int
    expected: float
    some: float
    latest: float | None = None

    @property
    def sentence(self) -> str:
        """What chance alone gives, in words; empty where nothing may signal."""
        if not self.looked_at:
            return ""
        if self.what == "unit":
            return (
                f"If nothing set any of these {self.looked_at} apart, chance alone would put"
                f" {number(self.expected)} of them beyond the 99.8% limits: one or more in"
                f" {hundred(self.some)} of 100 such pictures."
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
    """What chance alone puts beyond the 99.8% limits of a funnel."""
    told = sum(unit.outlier is not None for unit in funnel.units)
    if not told:
        return FalseAlarms("unit", 0, 0.0, 0.0)
    how = "none" if funnel.method.startswith("no allowance") else "auto"
    rates = table().funnel[how]
    return FalseAlarms(
        "unit",
        told,
        told * _between(rates.units, rates.each, len(funnel.units)),
        _between(rates.units, rates.some, len(funnel.units)),
    )


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


def _between(at: Sequence[int], values: Sequence[float], wanted: int) -> float:
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
