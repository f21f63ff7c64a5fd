"""p and u charts: shares and rates, each point with its own denominator.

The prime variants widen the limits for what large denominators hide: Laney, D. B.,
Improved control charts for attributes, Quality Engineering 14(4), 2002.
"""

import math
from collections.abc import Callable, Collection, Sequence
from dataclasses import dataclass, replace

from .chart import Better, Chart, Kind, Point, Rebase
from .phases import LEAST_FOR_LIMITS, Phase, phases
from .reading import Show, assurance, plain, sentence, variation
from .rules import outside
from .runs import anhoej, unusual
from .xmr import RANGE_TO_SIGMA, mean_range, too_few

Numbers = Sequence[float | None]


def p(
    x: Sequence[str],
    numerators: Numbers,
    denominators: Numbers,
    *,
    prime: bool = False,
    screen: bool = True,
    better: Better = "neither",
    target: float | None = None,
    rebases: Sequence[Rebase] = (),
    freeze: int | None = None,
    exclude: Collection[str] = (),
    any_length: bool = False,
    show: Show = plain,
) -> Chart:
    """A p chart of shares from 0 to 1, or p′ with `prime`.

    A point is missing where its numerator or denominator is None or its denominator 0.
    `screen` concerns the ranges of p′ alone; other arguments as for `xmr`. Points signal
    only `outside`; `runs` are those of the last phase.
    Raises ValueError for a numerator above its denominator.
    """
    for top, n in zip(numerators, denominators, strict=True):
        if top is not None and n is not None and top > n:
            raise ValueError("a numerator is larger than its denominator")
    law = Law("p-prime" if prime else "p", lambda share: share * (1 - share), most=1.0)
    settings = Settings(better, target, rebases, freeze, exclude, screen, any_length, show)
    return _chart(law, x, numerators, denominators, settings)


def u(
    x: Sequence[str],
    numerators: Numbers,
    denominators: Numbers,
    *,
    per: float = 1,
    prime: bool = False,
    screen: bool = True,
    better: Better = "neither",
    target: float | None = None,
    rebases: Sequence[Rebase] = (),
    freeze: int | None = None,
    exclude: Collection[str] = (),
    any_length: bool = False,
    show: Show = plain,
) -> Chart:
    """A u chart of events `per` so many of the denominator, or u′ with `prime`.

    As `p`, but a numerator may exceed its denominator and there is no highest value.
    """
    law = Law("u-prime" if prime else "u", lambda rate: rate, per=per)
    settings = Settings(better, target, rebases, freeze, exclude, screen, any_length, show)
    return _chart(law, x, numerators, denominators, settings)


@dataclass(frozen=True)
class Law:
    """What tells one kind from another: the variance of a value at n = 1, and its highest."""

    kind: Kind
    variance: Callable[[float], float]
    most: float = math.inf
    per: float = 1.0

    @property
    def prime(self) -> bool:
        return self.kind.endswith("prime")


@dataclass(frozen=True)
class Settings:
    """The options that p and u charts share. See `xmr`."""

    better: Better
    target: float | None
    rebases: Sequence[Rebase]
    freeze: int | None
    exclude: Collection[str]
    screen: bool
    any_length: bool
    show: Show


def _chart(
    law: Law, x: Sequence[str], tops: Numbers, bottoms: Numbers, settings: Settings
) -> Chart:
    rates = [
        None if top is None or not n else top / n for top, n in zip(tops, bottoms, strict=True)
    ]
    points: list[Point] = []
    notes: list[str] = []
    signalled = False
    runs: dict[str, int | bool] | None = None
    for phase in phases(x, rates, settings.rebases, settings.freeze, settings.exclude):
        why_not = too_few(x, phase, settings.any_length)
        signalled = bool(phase.baseline) and not why_not
        widen = _sigma_of_z(phase, tops, bottoms, rates, law, settings.screen) if law.prime else 1.0
        limits = _limits(phase, tops, bottoms, law, widen)
        if not settings.any_length and len(phase.baseline) < LEAST_FOR_LIMITS:
            limits = [(centre, None, None) for centre, _, _ in limits]
        made = [
            _point(x[i], rates[i], bottoms[i], limit, signalled, law.per)
            for i, limit in zip(phase.rows, limits, strict=True)
        ]
        made = [
            replace(point, excluded=point.x in settings.exclude, phase=phase.number)
            for point in made
        ]
        runs = _runs(made) if signalled else None
        points += made
        notes += why_not
    if runs and runs["signal"]:
        notes.append(unusual(runs))
    says = variation(points, settings.better, signalled)
    assured = assurance(points, settings.target, settings.better)
    return Chart(
        kind=law.kind,
        points=tuple(points),
        runs=runs,
        variation=says,
        assurance=assured,
        sentence=sentence(
            points, says, assured, settings.target, settings.rebases, settings.show, notes
        ),
        target=settings.target,
        better=settings.better,
        rebases=tuple(settings.rebases),
        notes=tuple(notes),
    )


Limits = tuple[float | None, float | None, float | None]


def _centre(phase: Phase, tops: Numbers, bottoms: Numbers) -> float | None:
    exposure = math.fsum(bottoms[i] or 0 for i in phase.baseline)
    return math.fsum(tops[i] or 0 for i in phase.baseline) / exposure if exposure else None


def _limits(
    phase: Phase,
    tops: Numbers,
    bottoms: Numbers,
    law: Law,
    widen: float,
) -> list[Limits]:
    """Centre and limits at each point of a phase; None for limits where nothing varies."""
    centre = _centre(phase, tops, bottoms)
    if centre is None:
        return [(None, None, None) for _ in phase.rows]
    limits: list[Limits] = []
    for i in phase.rows:
        n = bottoms[i]
        reach = 3 * math.sqrt(law.variance(centre) / n) * widen if n else 0.0
        between = (
            (max(centre - reach, 0.0), min(centre + reach, law.most)) if reach else (None, None)
        )
        limits.append((centre, *between))
    return limits


def _sigma_of_z(
    phase: Phase,
    tops: Numbers,
    bottoms: Numbers,
    rates: Numbers,
    law: Law,
    screen: bool,
) -> float:
    """Laney's factor: the mean range of the standardised values, as a standard deviation.

    Ranges are screened as on an XmR chart, which is what qicharts2 does.
    """
    centre = _centre(phase, tops, bottoms)
    if centre is None or law.variance(centre) <= 0:
        return 0.0
    z = [
        None if rate is None or not n else (rate - centre) / math.sqrt(law.variance(centre) / n)
        for rate, n in zip(rates, bottoms, strict=True)
    ]
    return mean_range(z, phase, screen) / RANGE_TO_SIGMA


def _point(
    label: str, rate: float | None, n: float | None, limits: Limits, signalled: bool, per: float
) -> Point:
    centre, lower, upper = limits
    flags = ("outside",) if signalled and outside([rate], lower, upper)[0] else ()
    value, centre, lower, upper = (
        None if number is None else number * per for number in (rate, centre, lower, upper)
    )
    return Point(label, value, n, centre, lower, upper, flags)


def _runs(points: Sequence[Point]) -> dict[str, int | bool] | None:
    usable = [point.value for point in points if point.value is not None and not point.excluded]
    centre = points[0].centre
    return None if centre is None or not usable else anhoej(usable, centre)
