"""Two shares compared."""

import math

from .intervals import Interval, normal_quantile, wilson


def newcombe(
    count: float, n: float, other_count: float, other_n: float, level: float = 0.95
) -> Interval:
    """The interval for the first share minus the second; the one that we use.

    Newcombe, R. G., Interval estimation for the difference between independent
    proportions, Statistics in Medicine 17, 1998, method 10.
    """
    low, high = wilson(count, n, level)
    other_low, other_high = wilson(other_count, other_n, level)
    share, other = count / n, other_count / other_n
    down = math.hypot(share - low, other_high - other)
    up = math.hypot(high - share, other - other_low)
    return share - other - down, share - other + up


def wald(
    count: float, n: float, other_count: float, other_n: float, level: float = 0.95
) -> Interval:
    """The textbook interval, as R's `prop.test(correct = FALSE)` gives it.

    Too narrow for small n and for shares near 0 or 1; offered to compare with others.
    """
    share, other = count / n, other_count / other_n
    error = math.sqrt(share * (1 - share) / n + other * (1 - other) / other_n)
    reach = normal_quantile(level) * error
    return max(share - other - reach, -1.0), min(share - other + reach, 1.0)


def chi_square(
    count: float, n: float, other_count: float, other_n: float
) -> tuple[float, float] | None:
    """Pearson's chi-square without correction, and its p, on one degree of freedom.

    None where both shares are 0 or both are 1: there is nothing to compare.
    """
    pooled = (count + other_count) / (n + other_n)
    if pooled <= 0 or pooled >= 1:
        return None
    gap = count / n - other_count / other_n
    value = gap * gap / (pooled * (1 - pooled) * (1 / n + 1 / other_n))
    return value, math.erfc(math.sqrt(value / 2))
