"""Which figures are too small to show, one by one.

A figure is small when it, or what is left of its denominator, counts 1 to 4 people or
events (the appetite's `count_under`), or when a share or ratio rests on fewer than
`rate_needs`. None at all is not small: it is a zero, and shown as one. A quantile on too
few observations is withheld by itself: it adds up to nothing, so it gives nothing away.
"""

from enum import StrEnum
from functools import cache

from ..body import Appetite
from ..measures import Result, Unit
from ..statistics import quantile_ranks

QUANTILES = {"median": 0.5, "p90": 0.9, "median_open_days": 0.5}
"""Statistics that are quantiles, and which."""


ESTABLISHMENTS = frozenset({"posts"})
"""Tables of posts. By area a post is a person; for the whole it is an establishment, which
is public, so its numbers are shown however small."""


class Why(StrEnum):
    """Why a figure is withheld."""

    SMALL_COUNT = "a count under the threshold"
    SMALL_BASE = "a rate on too few"
    FEW_OBSERVATIONS = "a quantile on too few"
    NEARLY_ANOTHER = "a quantile of all but a few of the records of another"
    SMALL_BESIDE = "beside a small count of the same records"
    COMPLEMENTARY = "another figure could be worked out from it"
    SAME_RECORDS = "another measure that counts the same records gives it away"
    UNKNOWN_BASE = "a rate by area on a number that was not given"
    MOVED = "it moved by few since an earlier release showed it"
    EARLIER = "another figure could be worked out from it and an earlier release"
    AT_FORCE = "withheld at the force"
    POST_IS_A_PERSON = "posts by area are persons"


FOR_ITSELF = frozenset(Why) - {
    Why.COMPLEMENTARY,
    Why.SAME_RECORDS,
    Why.NEARLY_ANOTHER,
    Why.EARLIER,
    Why.AT_FORCE,
}
"""Reasons for the figure's own sake; the others are for the sake of another, or not known here."""


def small(result: Result, appetite: Appetite) -> Why | None:
    """Why this figure may not be shown for its own sake; None when it may.

    One that is rounded already is too small only where nothing that it stands for is enough.
    """
    n, count = result.n, result.count
    if n is None:
        return None
    if count is None and result.unit == Unit.SHARE and result.value is not None:
        count = round(result.value * n)  # whoever sees both works it out as well
    under = appetite.count_under
    shares = result.unit == Unit.SHARE and count is not None
    more = result.rounded_to // 2
    if any(0 < part < under - more for part in (n, count or 0)):
        return Why.SMALL_COUNT
    if shares and 0 < n - (count or 0) < under - 2 * more:
        return Why.SMALL_COUNT
    if result.unit in (Unit.SHARE, Unit.RATIO) and 0 < n < appetite.rate_needs - more:
        return Why.SMALL_BASE
    return None


def few(result: Result, appetite: Appetite) -> bool:
    """Whether a quantile rests on too few, or has too few beyond it."""
    share = QUANTILES.get(result.statistic)
    if share is None or not result.n:
        return False
    n = result.n + result.rounded_to // 2
    beyond = n * min(share, 1 - share)
    return n < appetite.quantile_needs or beyond < appetite.quantile_beyond - 1e-9


@cache
def bounds_show_extremes(n: int, statistic: str, beyond: int) -> bool:
    """Whether a quantile's interval ends on one of the most extreme observations."""
    ranks = quantile_ranks(n, QUANTILES[statistic])
    return ranks is None or ranks[0] - 1 < beyond or n - ranks[1] < beyond
