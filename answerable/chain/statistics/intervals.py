"""Intervals for one share, one rate and one quantile.

Each returns `(lower, upper)`. Shares run from 0 to 1. SciPy is loaded only by those that
need it.
"""

import math
from collections.abc import Callable, Sequence
from functools import cache
from statistics import NormalDist

Interval = tuple[float, float]


@cache
def normal_quantile(level: float) -> float:
    """How many standard errors an interval of this level reaches: 1.96 for .95."""
    if not 0 < level < 1:
        raise ValueError(f"a level lies between 0 and 1, not at {level}")
    return NormalDist().inv_cdf((1 + level) / 2)


def _check(count: float, n: float) -> None:
    if n <= 0 or not 0 <= count <= n:
        raise ValueError("a share needs 0 ≤ count ≤ n and n > 0")


def wilson(count: float, n: float, level: float = 0.95) -> Interval:
    """Wilson's score interval (Wilson 1927); the one used wherever none is named."""
    _check(count, n)
    z = normal_quantile(level)
    share, scale = count / n, z * z / n
    middle = (share + scale / 2) / (1 + scale)
    reach = z * math.sqrt(share * (1 - share) / n + scale / (4 * n)) / (1 + scale)
    # Exactly 0 and 1 at the ends: what arithmetic leaves there is not a bound.
    lower = 0.0 if count == 0 else max(0.0, middle - reach)
    return lower, 1.0 if count == n else min(1.0, middle + reach)


def wilson_corrected(count: float, n: float, level: float = 0.95) -> Interval:
    """Wilson's interval with continuity correction, as R's `prop.test` gives it.

    R shrinks the correction where the share is within ½n⁻¹ of one half; so does this.
    """
    _check(count, n)
    z = normal_quantile(level)
    half = z * z / (2 * n)
    shift = min(0.5, abs(count - n / 2)) / n

    def bound(share: float, sign: int) -> float:
        root = math.sqrt(max(share * (1 - share), 0.0) / n + half / (2 * n))
        return (share + half + sign * z * root) / (1 + 2 * half)

    low, high = count / n - shift, count / n + shift
    lower = 0.0 if low <= 0 else max(0.0, bound(low, -1))
    return lower, 1.0 if high >= 1 else min(1.0, bound(high, 1))


def clopper_pearson(count: float, n: float, level: float = 0.95) -> Interval:
    """The exact binomial interval (Clopper and Pearson 1934)."""
    from scipy.special import betaincinv

    _check(count, n)
    tail = (1 - level) / 2
    lower = 0.0 if count == 0 else float(betaincinv(count, n - count + 1, tail))
    upper = 1.0 if count == n else float(betaincinv(count + 1, n - count, 1 - tail))
    return lower, upper


def agresti_coull(count: float, n: float, level: float = 0.95) -> Interval:
    """Agresti and Coull (1998). It can pass below 0 and above 1, and is left so."""
    _check(count, n)
    z = normal_quantile(level)
    wide = n + z * z
    share = (count + z * z / 2) / wide
    reach = z * math.sqrt(share * (1 - share) / wide)
    return share - reach, share + reach


def poisson_rate(count: float, exposure: float = 1, level: float = 0.95) -> Interval:
    """The exact interval for a rate: `count` events in so much `exposure` (Garwood 1936)."""
    from scipy.special import gammaincinv

    if exposure <= 0 or count < 0:
        raise ValueError("a rate needs a count of 0 or more and an exposure above 0")
    tail = (1 - level) / 2
    lower = 0.0 if count == 0 else float(gammaincinv(count, tail)) / exposure
    return lower, float(gammaincinv(count + 1, 1 - tail)) / exposure


def quantile_ranks(n: int, share: float = 0.5, level: float = 0.95) -> tuple[int, int] | None:
    """Ranks (from 1) of the order statistics between which a quantile lies.

    No assumption but independence: the number of observations under the quantile is
    binomial. The level is met or passed, each tail kept to its half. None where so few
    observations cannot give the level.
    """
    from scipy.special import bdtr

    if n < 1 or not 0 < share < 1:
        raise ValueError("ranks need an observation and a share between 0 and 1")
    tail = (1 - level) / 2
    lower = _first(n, lambda k: bdtr(k, n, share) > tail)
    upper = _first(n, lambda k: bdtr(k, n, share) >= 1 - tail) + 1
    return None if lower < 1 or upper > n else (lower, upper)


def quantile_interval(
    values: Sequence[float], share: float = 0.5, level: float = 0.95
) -> Interval | None:
    """The order-statistic interval for a quantile; None where there are too few."""
    ranks = quantile_ranks(len(values), share, level) if values else None
    if ranks is None:
        return None
    ranked = sorted(values)
    return ranked[ranks[0] - 1], ranked[ranks[1] - 1]


def _first(n: int, holds: Callable[[int], bool]) -> int:
    """The smallest k from 0 to n for which a condition holds that, once true, stays so."""
    low, high = 0, n
    while low < high:
        middle = (low + high) // 2
        low, high = (low, middle) if holds(middle) else (middle + 1, high)
    return low
