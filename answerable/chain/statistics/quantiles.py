"""Quantiles of observations."""

import math
from collections.abc import Sequence


def quantile(values: Sequence[float], share: float) -> float:
    """The quantile by linear interpolation between order statistics (Hyndman and Fan's 7).

    This is what R and NumPy give unless told otherwise, and DuckDB's `quantile_cont`.
    share   0 to 1
    Raises ValueError for no values, or a share outside 0 to 1.
    """
    if not values:
        raise ValueError("there are no values")
    if not 0 <= share <= 1:
        raise ValueError(f"a share lies from 0 to 1, not at {share}")
    ranked = sorted(values)
    at = (len(ranked) - 1) * share
    below = math.floor(at)
    above = min(below + 1, len(ranked) - 1)
    return ranked[below] + (at - below) * (ranked[above] - ranked[below])
