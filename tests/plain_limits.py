"""Centre lines and limits in plain Python, from a series of points of which some are not shown."""

import math
from collections.abc import Sequence
from itertools import pairwise
from statistics import fmean, median

Points = Sequence[tuple[float, float | None] | None]
"""Value (or numerator) and denominator of each month; None where nothing is shown."""
Line = tuple[float | None, float | None, float | None]
"""Centre, lower and upper."""


def limits(kind: str, points: Points, per: float = 1) -> list[Line]:
    """What a chart of a kind has at each month. Nothing where fewer than 8 points are shown, but
    the centre."""
    seen = [point for point in points if point is not None]
    if kind[0] in "pu" and kind != "run":
        lines = _of_counts(kind, points, seen)
    else:
        lines = [_of_values(kind, [point and point[0] for point in points])] * len(points)
    if len(seen) < 8:  # or, below, where nothing varies
        lines = [(centre, None, None) for centre, _, _ in lines]
    lines = [(c, None, None) if low == high else (c, low, high) for c, low, high in lines]
    return [tuple(None if x is None else x * per for x in line) for line in lines]  # type: ignore[misc]


def _of_values(kind: str, values: Sequence[float | None]) -> Line:
    seen = [value for value in values if value is not None]
    mean = fmean(seen)
    if kind == "run":
        return median(seen), None, None
    if kind == "c":
        return mean, max(0.0, mean - 3 * math.sqrt(mean)), mean + 3 * math.sqrt(mean)
    if kind == "g":
        return median(seen), 0.0, mean + 3 * math.sqrt(mean * (mean + 1))
    if kind == "t":
        roots = [None if value is None else value ** (1 / 3.6) for value in values]
        centre = fmean([root for root in roots if root is not None])
        reach = 3 / 1.128 * _range(roots)
        return centre**3.6, max(0.0, centre - reach) ** 3.6, (centre + reach) ** 3.6
    reach = 2.66 * _range(values)
    return mean, mean - reach, mean + reach


def _of_counts(kind: str, points: Points, seen: Points) -> list[Line]:
    centre = sum(p[0] for p in seen if p) / sum(p[1] or 0 for p in seen if p)
    variance = centre * (1 - centre) if kind[0] == "p" else centre

    def sigma(n: float | None) -> float:
        return math.sqrt(variance / (n or 1))

    widen = 1.0
    if kind.endswith("prime"):
        z = [p and (p[0] / (p[1] or 1) - centre) / (sigma(p[1]) or 1) for p in points]
        widen = _range(z) / 1.128
    most = 1.0 if kind[0] == "p" else math.inf
    return [
        (
            centre,
            max(0.0, centre - 3 * sigma(p[1]) * widen),
            min(most, centre + 3 * sigma(p[1]) * widen),
        )
        if p
        else (centre, None, None)
        for p in points
    ]


def _range(values: Sequence[float | None]) -> float:
    """The mean range of neighbours that are both shown; those above 3.267 times it left out."""
    ranges = [abs(b - a) for a, b in pairwise(values) if a is not None and b is not None]
    mean = fmean(ranges or [0.0])
    return mean and fmean([size for size in ranges if size <= 3.267 * mean])
