"""What a chart comes to in words: variation, assurance, one sentence."""

from collections.abc import Callable, Sequence

from .chart import SIGNAL_WORDS, Better, Point, Rebase
from .phases import side

Show = Callable[[float], str]

DECIDES = ("outside", "trend", "near_limit", "shift")
"""Which signal decides the variation of a point that carries several, as in NHSRplotthedots."""


def plain(value: float) -> str:
    """A number for a sentence where nobody said how its values are written."""
    return f"{round(value):,}" if abs(value) >= 1000 else f"{value:.4g}"


def direction(points: Sequence[Point], at: int) -> int:
    """Which way a point's deciding signal goes: 1 up, -1 down, 0 where it has none.

    Where several hold, the first of `DECIDES` decides: a series that has fallen for seven
    points is falling, on whichever side of the centre it still is.
    """
    point = points[at]
    if point.value is None or point.centre is None:
        return 0
    decides = next((name for name in DECIDES if name in point.signals), None)
    if decides is None:
        return 0
    return _heading(points, at) if decides == "trend" else side(point.value, point.centre)


def _heading(points: Sequence[Point], at: int) -> int:
    """The direction of the trend that a point is in: by the step to it, or else from it."""
    steps = [(at - 1, at)] if at and "trend" in points[at - 1].signals else []
    steps += [(at, at + 1)] if at + 1 < len(points) else []
    for i, j in steps:
        before, after = points[i].value, points[j].value
        if before is not None and after is not None and before != after:
            return 1 if after > before else -1
    return 0


def variation(points: Sequence[Point], better: Better, signalled: bool) -> str:
    """The variation of the last point that has a value. See `Chart`."""
    at = last(points)
    if at is None or not signalled:
        return "cannot tell"
    way = direction(points, at)
    if not way:
        return "common cause"
    if better == "neither":
        return "neutral high" if way > 0 else "neutral low"
    return "improvement" if (way > 0) == (better == "higher") else "concern"


def assurance(points: Sequence[Point], target: float | None, better: Better) -> str | None:
    """Whether the limits at the last point lie wholly on one side of the target."""
    at = last(points)
    if target is None or better == "neither":
        return None
    if at is None or points[at].lower is None or points[at].upper is None:
        return "cannot tell"
    lower, upper = points[at].lower, points[at].upper
    if lower is not None and lower > target:
        return "meets" if better == "higher" else "misses"
    if upper is not None and upper < target:
        return "misses" if better == "higher" else "meets"
    return "cannot tell"


def last(points: Sequence[Point]) -> int | None:
    """The position of the last point that has a value."""
    return next((i for i in reversed(range(len(points))) if points[i].value is not None), None)


_SAYS = {
    "improvement": "an improvement beyond ordinary variation",
    "concern": "a cause for concern, beyond ordinary variation",
    "neutral high": "high, beyond ordinary variation",
    "neutral low": "low, beyond ordinary variation",
    "common cause": "within ordinary variation",
    "cannot tell": "whether that is ordinary variation cannot be told from this chart",
}

_ASSURES = {
    "meets": "If nothing changes, the target of {} can be expected to be met each time.",
    "misses": "If nothing changes, the target of {} can be expected to be missed each time.",
    "cannot tell": "The target of {} may be met or missed by ordinary variation alone.",
}


def sentence(
    points: Sequence[Point],
    says: str,
    assured: str | None,
    target: float | None,
    rebases: Sequence[Rebase],
    show: Show,
    notes: Sequence[str],
) -> str:
    """What the chart says, made from its own parts alone, with the last thing to note."""
    at = last(points)
    if at is None:
        return "There are no points to show."
    point = points[at]
    value = point.value if point.value is not None else 0.0
    text = f"{point.x}: {show(value)}"
    if point.lower is not None and point.upper is not None:
        text += f" (limits {show(point.lower)} to {show(point.upper)})"
    text += f"; {_SAYS[says]}"
    if point.signals:
        text += f": {', '.join(SIGNAL_WORDS[name] for name in point.signals)}"
    parts = [text + "."]
    if assured and target is not None and point.lower is not None:
        parts.append(_ASSURES[assured].format(show(target)))
    parts += [f"Limits were worked out afresh from {r.at}: {r.reason}." for r in rebases]
    return " ".join([*parts, *notes[-1:]])
