"""The XmR chart: individual values against the range from each to the next."""

import math
from collections.abc import Collection, Sequence

from .chart import Better, Chart, Point, Rebase
from .phases import LEAST_FOR_LIMITS, LEAST_FOR_SIGNALS, Phase, phases
from .reading import Show, assurance, plain, sentence, variation
from .rules import signals

NHS_CONSTANT = 2.66
"""2.66 × the mean moving range, as NHS England rounds 3 ÷ 1.128."""
SCREEN = 3.267
"""A range above so many mean ranges is left out of the limits (once)."""
LEAST_MEAN_OF_COUNTS = 10
RANGE_TO_SIGMA = 1.128
"""The mean range of two standard normal values."""


def xmr(
    x: Sequence[str],
    values: Sequence[float | None],
    *,
    better: Better = "neither",
    target: float | None = None,
    rebases: Sequence[Rebase] = (),
    freeze: int | None = None,
    exclude: Collection[str] = (),
    constant: float = NHS_CONSTANT,
    screen: bool = True,
    counts: bool | None = None,
    any_length: bool = False,
    show: Show = plain,
) -> Chart:
    """An XmR chart with the NHS rules.

    x          labels in order of time, each once
    values     in any unit; None where there is none to show
    rebases    recorded changes: limits, screening and rules start afresh at each
    freeze     limits rest on the first so many points of each phase
    exclude    labels of points that are shown but left out of the limits
    constant   limits lie so many mean moving ranges from the centre (2.66, or 3/1.128)
    screen     leave ranges above 3.267 × the mean range out of the limits, once
    counts     whether the values are counts; None: they are if all are whole and none is
               negative. Counts with a mean under 10 are given no signals.
    any_length limits and signals for phases of any length, as NHSRplotthedots gives them;
               without it limits need 8 points and signals 12
    show       how a value is written in the sentence
    Raises ValueError for labels that are not there, and for a re-base without a reason.
    """
    cut = phases(x, values, rebases, freeze, exclude)
    if counts is None:
        counts = all(value is None or (value >= 0 and value == int(value)) for value in values)
    points: list[Point] = []
    notes: list[str] = []
    signalled = False
    for phase in cut:
        made, signalled, why_not = _points(
            x, values, phase, constant, screen, counts, any_length, exclude
        )
        points += made
        notes += why_not
    says = variation(points, better, signalled)
    assured = assurance(points, target, better)
    return Chart(
        kind="xmr",
        points=tuple(points),
        runs=None,
        variation=says,
        assurance=assured,
        sentence=sentence(points, says, assured, target, rebases, show, notes),
        target=target,
        better=better,
        rebases=tuple(rebases),
        notes=tuple(notes),
    )


def _points(
    x: Sequence[str],
    values: Sequence[float | None],
    phase: Phase,
    constant: float,
    screen: bool,
    counts: bool,
    any_length: bool,
    exclude: Collection[str],
) -> tuple[list[Point], bool, list[str]]:
    """The points of one phase, whether it may signal, and why it may not."""
    base = [value for i in phase.baseline if (value := values[i]) is not None]
    centre = math.fsum(base) / len(base) if base else None
    why_not = too_few(x, phase, any_length) + _low_counts(base, counts)
    lower, upper = None, None
    if centre is not None and (any_length or len(base) >= LEAST_FOR_LIMITS):
        reach = constant * mean_range(values, phase, screen)
        if reach > 0:
            lower, upper = centre - reach, centre + reach
    here = [values[i] for i in phase.rows]
    flags: list[tuple[str, ...]] = [()] * len(here)
    if centre is not None and not why_not:
        flags = signals(here, centre, lower, upper)
    points = [
        Point(x[i], value, None, centre, lower, upper, flag, x[i] in exclude, phase.number)
        for i, value, flag in zip(phase.rows, here, flags, strict=True)
    ]
    return points, bool(base) and not why_not, why_not


def mean_range(values: Sequence[float | None], phase: Phase, screen: bool) -> float:
    """The mean range from each point of the baseline to the next; 0 where there is none."""
    ranges = []
    for i, j in phase.steps():
        before, after = values[i], values[j]
        if before is not None and after is not None:
            ranges.append(abs(after - before))
    if not ranges:
        return 0.0
    mean = math.fsum(ranges) / len(ranges)
    if screen:
        kept = [size for size in ranges if size <= SCREEN * mean]
        mean = math.fsum(kept) / len(kept)
    return mean


def too_few(x: Sequence[str], phase: Phase, any_length: bool) -> list[str]:
    """Why a phase is too short for signals, or for limits; empty when it is not."""
    count = len(phase.baseline)
    if any_length or count >= LEAST_FOR_SIGNALS or not phase.rows:
        return []
    given = "limits but no signals" if count >= LEAST_FOR_LIMITS else "no limits and no signals"
    points = "1 point" if count == 1 else f"{count} points"
    return [
        f"From {x[phase.rows[0]]} there are {points} to work from, so {given} are given:"
        f" limits need {LEAST_FOR_LIMITS} and signals {LEAST_FOR_SIGNALS}."
    ]


def _low_counts(base: Sequence[float], counts: bool) -> list[str]:
    if not counts or not base or math.fsum(base) / len(base) >= LEAST_MEAN_OF_COUNTS:
        return []
    return [
        f"These are counts with a mean under {LEAST_MEAN_OF_COUNTS}, for which this chart is not"
        " fit, so no signals are given: counts so low need a chart of another kind (c, g or t)."
    ]
