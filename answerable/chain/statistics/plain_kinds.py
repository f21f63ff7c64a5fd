"""Run, c, g and t charts: for any series, for counts, and for what seldom happens.

Held to qicharts2 (J. Anhøj) in `tests/oracle/test_reference_plain_kinds.py`. Sources: c, D. C.
Montgomery, Introduction to Statistical Quality Control, 7.3; g, J. C. Benneyan, Statistical
quality control methods in infection control and hospital epidemiology, 1998, with the
median as centre; t, L. S. Nelson, A control chart for parts-per-million nonconforming
items, Journal of Quality Technology 26(3), 1994.
"""

import math
from collections.abc import Callable, Collection, Sequence
from statistics import median

from .chart import Better, Chart, Kind, Point, Rebase
from .phases import LEAST_FOR_LIMITS, Phase, phases
from .reading import Show, assurance, plain, sentence, variation
from .rules import outside
from .runs import anhoej, unusual
from .xmr import RANGE_TO_SIGMA, mean_range, too_few

NELSON = 3.6
"""Times between rare events to this root are nearly normal."""

Limits = tuple[float | None, float | None, float | None]
Numbers = Sequence[float | None]
Made = Callable[[Numbers, Phase, bool], Limits]


def run(x: Sequence[str], values: Numbers, **options: object) -> Chart:
    """A run chart: the median, no limits, and the rules for runs and crossings.

    Arguments as for `xmr`; `freeze`, `exclude` and `rebases` say what the median rests on.
    """
    return _chart("run", _median, x, values, **options)  # type: ignore[arg-type]


def c(x: Sequence[str], counts: Numbers, **options: object) -> Chart:
    """A c chart of counts from equal stretches of exposure, as if from a Poisson law.

    Counts of a force are rarely so regular: for large ones XmR is the safer chart.
    Raises ValueError for a value that is not a whole number from 0.
    """
    _whole(counts)
    return _chart("c", _poisson, x, counts, **options)  # type: ignore[arg-type]


def g(x: Sequence[str], gaps: Numbers, **options: object) -> Chart:
    """A g chart of how many cases lie between one event and the next.

    The centre is the median, since such gaps are skewed; the limit rests on the mean.
    Raises ValueError for a value that is not a whole number from 0.
    """
    _whole(gaps)
    return _chart("g", _geometric, x, gaps, **options)  # type: ignore[arg-type]


def t(x: Sequence[str], times: Numbers, **options: object) -> Chart:
    """A t chart of the times between one event and the next, in any unit.

    Raises ValueError for a time below 0.
    """
    if any(value is not None and value < 0 for value in times):
        raise ValueError("a time between events is below 0")
    return _chart("t", _nelson, x, times, **options)  # type: ignore[arg-type]


def _whole(values: Numbers) -> None:
    if any(value is not None and (value < 0 or value != int(value)) for value in values):
        raise ValueError("a value is no count: it is below 0 or not whole")


def _chart(
    kind: Kind,
    limits: Made,
    x: Sequence[str],
    values: Numbers,
    *,
    better: Better = "neither",
    target: float | None = None,
    rebases: Sequence[Rebase] = (),
    freeze: int | None = None,
    exclude: Collection[str] = (),
    screen: bool = True,
    any_length: bool = False,
    show: Show = plain,
) -> Chart:
    points: list[Point] = []
    notes: list[str] = []
    signalled = False
    runs: dict[str, int | bool] | None = None
    for phase in phases(x, values, rebases, freeze, exclude):
        why_not = too_few(x, phase, any_length)
        signalled = bool(phase.baseline) and not why_not
        centre, lower, upper = limits(values, phase, screen)
        if not any_length and len(phase.baseline) < LEAST_FOR_LIMITS:
            lower = upper = None
        here = [values[i] for i in phase.rows]
        beyond = outside(here, lower, upper) if signalled else [False] * len(here)
        made = [
            Point(x[i], value, None, centre, lower, upper, ("outside",) if out else (),
                  x[i] in exclude, phase.number)
            for i, value, out in zip(phase.rows, here, beyond, strict=True)
        ]  # fmt: skip
        usable = [p.value for p in made if p.value is not None and not p.excluded]
        runs = anhoej(usable, centre) if signalled and centre is not None and usable else None
        points += made
        notes += why_not
    if runs and runs["signal"]:
        notes.append(unusual(runs))
    says = variation(points, better, signalled)
    assured = assurance(points, target, better)
    return Chart(
        kind, tuple(points), runs, says, assured,
        sentence(points, says, assured, target, rebases, show, notes),
        target, better, tuple(rebases), tuple(notes),
    )  # fmt: skip


def _base(values: Numbers, phase: Phase) -> list[float]:
    return [value for i in phase.baseline if (value := values[i]) is not None]


def _mean(values: Sequence[float]) -> float:
    return math.fsum(values) / len(values)


def _median(values: Numbers, phase: Phase, screen: bool) -> Limits:
    base = _base(values, phase)
    return (median(base) if base else None, None, None)


def _poisson(values: Numbers, phase: Phase, screen: bool) -> Limits:
    base = _base(values, phase)
    if not base:
        return None, None, None
    mean = _mean(base)
    reach = 3 * math.sqrt(mean)
    return (mean, max(mean - reach, 0.0), mean + reach) if reach else (mean, None, None)


def _geometric(values: Numbers, phase: Phase, screen: bool) -> Limits:
    base = _base(values, phase)
    if not base:
        return None, None, None
    mean = _mean(base)
    reach = 3 * math.sqrt(mean * (mean + 1))
    return (median(base), 0.0, mean + reach) if reach else (median(base), None, None)


def _nelson(values: Numbers, phase: Phase, screen: bool) -> Limits:
    """Limits of an XmR chart of the transformed times, transformed back."""
    roots = [None if value is None else value ** (1 / NELSON) for value in values]
    base = _base(roots, phase)
    if not base:
        return None, None, None
    centre = _mean(base)
    reach = 3 / RANGE_TO_SIGMA * mean_range(roots, phase, screen)
    if not reach:
        return centre**NELSON, None, None
    return centre**NELSON, max(centre - reach, 0.0) ** NELSON, (centre + reach) ** NELSON
