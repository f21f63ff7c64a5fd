"""Do missing times decide the verdict? The excess is dealt against the claim.

Where the share without a usable time differs between the two periods, the cases that one
period lacks and the other has may be the slow ones or the quick ones. They are taken to be
whichever speaks against the claim; if the verdict does not survive that, nothing can be
told.
"""

import math
from collections.abc import Mapping
from dataclasses import dataclass
from itertools import pairwise

from ..body import Month, Period
from ..statistics import Moved, compare


@dataclass(frozen=True)
class Times:
    """Monthly values of one statistic of a duration.

    level   the quantile of a time (0.5, 0.9), or None for a share within a target
    other   monthly values of a second quantile and its level, from which the shape of the
            distribution is read; empty where there is none
    """

    values: Mapping[Month, float]
    level: float | None
    other: Mapping[Month, float]
    other_level: float = 0.9


def excess(missing: Mapping[Month, float], period: Period, baseline: Period) -> float | None:
    """How far the missing share moved, beyond ordinary variation; None where that cannot be
    tested, 0 where it did not move."""
    change = compare(missing, period, baseline)
    if change.moved == Moved.UNTESTABLE:
        return 0.0 if _still(missing, period, baseline) else None
    if change.moved == Moved.WITHIN or change.size is None:
        return 0.0
    return change.size


def _still(missing: Mapping[Month, float], period: Period, baseline: Period) -> bool:
    """A share that never varies has not moved, though no test can say so."""
    values = {missing.get(month) for span in (period, baseline) for month in span}
    return None not in values and len({round(value or 0.0, 9) for value in values}) == 1


def dealt_against(
    times: Times,
    missing: Mapping[Month, float],
    moved_by: float,
    claimed: Moved,
    period: Period,
    baseline: Period,
) -> dict[Month, float]:
    """The monthly values with the excess dealt against a claim that they `claimed`.

    moved_by   how much larger the missing share is in the period than in the baseline
    More missing in the period: they are put back there on the side against the claim; more
    missing in the baseline: there, on the side that makes the baseline look better.
    """
    span = period if moved_by > 0 else baseline
    # In the period the adverse value is opposite to the claim, in the baseline along it.
    upward = (claimed == Moved.FELL) == (moved_by > 0)
    dealt = dict(times.values)
    for month in span:
        if month in dealt and month in missing:
            put_back = abs(moved_by) / (1 - missing[month] + abs(moved_by))
            dealt[month] = _with(times, month, put_back, upward)
    return dealt


def _with(times: Times, month: Month, share: float, upward: bool) -> float:
    """One month's value once `share` of its cases are very large (or very small)."""
    value = times.values[month]
    if times.level is None:  # a share: those put back are all within, or all not
        return value * (1 - share) + (share if upward else 0.0)
    level = times.level / (1 - share) if upward else (times.level - share) / (1 - share)
    return _quantile(times, month, level)


def _quantile(times: Times, month: Month, level: float) -> float:
    """The quantile at another level, out of the one or two that are known.

    Below the highest known one by straight lines from zero on, which for times skewed to
    the right lie above the truth; beyond it along an exponential tail.
    """
    assert times.level is not None  # noqa: S101
    known = [(0.0, 0.0), (times.level, times.values[month])]
    if month in times.other and times.other_level != times.level:
        known.append((times.other_level, times.other[month]))
    known.sort()
    if level > known[-1][0]:
        (low, below), (high, above) = known[-2:]
        slope = (above - below) / math.log((1 - low) / (1 - high))
        return above + slope * math.log((1 - high) / max(1 - level, 1e-6))
    for (low, below), (high, above) in pairwise(known):
        if level <= high:
            return below + (above - below) * max(level - low, 0.0) / (high - low)
    return times.values[month]
