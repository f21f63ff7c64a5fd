"""The control chart of a series of figures, labelled for what it is."""

from collections.abc import Iterable, Sequence
from dataclasses import replace
from itertools import pairwise

from ..body import Period, quarter_of
from ..measures import Status, Unit, shown
from ..statistics import Chart, Point, p, u, xmr
from ..statistics.chart import Better
from .figure import Figure
from .totals import Totals, Whole

LEAST = 2
"""A drawing needs this many points."""
ENOUGH = 8
"""Limits need this many, so a finer series with fewer gives way to a coarser one with more."""

ROLLING = (
    "Each point shares months with the next, so neighbouring points move together whatever"
    " happens: no limits and no signals are given. Monthly figures can be charted."
)
NO_COUNTS = (
    "The percentages came without the counts behind them, so every point weighs the same in the"
    " limits."
)


def chart_of(
    figures: Iterable[Figure],
    better: Better = "neither",
    target: float | None = None,
    *,
    months: int | None = None,
) -> Chart | None:
    """The control chart of a series; None where there are fewer than two points.

    better, target   as for `statistics.xmr`; the target in the unit of the figures
    months   how long a point's period is: 1, 3 (calendar quarters, put together from months
             where they are not given and can be) or 12; None for months where there are
             enough, else the longer periods that have most points
    Shares with counts, or with how many each rests on, are drawn as p′, ratios with counts as
    u′, all else as XmR. Rolling periods share months: they are drawn as a line without limits.
    A provisional, withheld or missing figure is a gap.
    Raises ValueError for figures of several series, and for none at all.
    """
    totals = Totals(figures)
    lengths = [months] if months is not None else _lengths(totals)
    best: list[tuple[Period, Whole | None]] = []
    for length in lengths:
        points = _points(totals, length)
        enough = _present(points) >= ENOUGH
        if enough or _present(points) > _present(best):
            best = points
        if enough:
            break
    if _present(best) < LEAST:
        return None
    return _drawn(totals, best, better, target)


def _present(points: Sequence[tuple[Period, Whole | None]]) -> int:
    return sum(whole is not None for _, whole in points)


def _lengths(totals: Totals) -> list[int]:
    return sorted({len(figure.period) for figure in totals.by_span.values()})


def _points(totals: Totals, length: int) -> list[tuple[Period, Whole | None]]:
    """Every period of a length from the first figure to the last, with its figure or a gap."""
    given = [f for f in totals.by_span.values() if len(f.period) == length and _settled(f)]
    periods = {f.span: f.period for f in given}
    if length == 3 and not given:
        whole = (quarter_of(month) for month in totals.monthly)
        periods = {(q.first.index, q.last.index): q for q in whole if totals.covered(q)}
    if not periods:
        return []
    spans = sorted(periods)
    if not _overlap(spans):
        steps = range(spans[0][0], spans[-1][1] + 1, length)
        if all((span[0] - spans[0][0]) % length == 0 for span in spans):
            first = periods[spans[0]].first
            for start in steps:
                month = first + (start - spans[0][0])
                gap = Period.of(month, month + (length - 1))
                periods.setdefault((start, start + length - 1), gap)
    return [(periods[span], _figure(totals, periods[span])) for span in sorted(periods)]


def _settled(figure: Figure) -> bool:
    return figure.known is not None and figure.status != Status.PROVISIONAL


def _figure(totals: Totals, period: Period) -> Whole | None:
    whole = totals.whole(period)
    return whole if whole is not None and all(map(_settled, whole.parts)) else None


def _overlap(spans: Sequence[tuple[int, int]]) -> bool:
    return any(one[1] >= other[0] for one, other in pairwise(spans))


def _drawn(
    totals: Totals,
    points: Sequence[tuple[Period, Whole | None]],
    better: Better,
    target: float | None,
) -> Chart:
    x = [period.text for period, _ in points]
    wholes = [whole for _, whole in points]
    values = [None if whole is None else whole.value for whole in wholes]
    if _overlap([(period.first.index, period.last.index) for period, _ in points]):
        return _line(totals, x, values, better, target)
    tops = [None if w is None else _top(w) for w in wholes]
    sizes = [None if w is None else w.denominator for w in wholes]
    counted = all(w is None or _counts(w) for w in wholes)

    def show(value: float) -> str:
        return shown(value, totals.unit, totals.per)

    if totals.unit == Unit.SHARE and counted:
        return p(x, tops, sizes, prime=True, better=better, target=target, show=show)
    if totals.unit == Unit.RATIO and counted:
        return u(
            x, tops, sizes, per=totals.per, prime=True, better=better, target=target, show=show
        )
    counts = totals.unit == Unit.COUNT and totals.adds_up
    made = xmr(x, values, better=better, target=target, counts=counts, show=show)
    return _noted(made, NO_COUNTS) if totals.unit == Unit.SHARE else made


def _counts(whole: Whole) -> bool:
    """Whether a share or ratio has both of its counts, and they are possible."""
    top, n = _top(whole), whole.denominator
    return top is not None and bool(n) and (whole.parts[0].unit != Unit.SHARE or top <= (n or 0))


def _top(whole: Whole) -> float | None:
    """The numerator; of a share of which only the denominator was given, what it comes to."""
    share = whole.parts[0].unit == Unit.SHARE
    if whole.numerator is None and share and whole.denominator:
        return whole.value * whole.denominator
    return whole.numerator


def _line(
    totals: Totals,
    x: Sequence[str],
    values: Sequence[float | None],
    better: Better,
    target: float | None,
) -> Chart:
    """Rolling periods: the points alone."""
    made = tuple(
        Point(label, value, None, None, None, None) for label, value in zip(x, values, strict=True)
    )
    last = next(point for point in reversed(made) if point.value is not None)
    assert last.value is not None  # noqa: S101
    words = f"{last.x}: {shown(last.value, totals.unit, totals.per)}."
    said = f"{words} {ROLLING}"
    return Chart("line", made, None, "cannot tell", None, said, target, better, (), (ROLLING,))


def _noted(chart: Chart, note: str) -> Chart:
    return replace(chart, notes=(*chart.notes, note), sentence=f"{chart.sentence} {note}")
