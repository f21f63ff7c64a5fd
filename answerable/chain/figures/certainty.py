"""How sure a figure is: the same intervals that figures from rows carry."""

from ..body import Period
from ..measures import Unit
from ..measures.figures import PLACES, POISSON, WILSON
from ..statistics import poisson_rate, wilson


def interval(
    unit: Unit,
    period: Period,
    value: float,
    numerator: float | None,
    denominator: float | None,
    *,
    statistic: str = "value",
    per: int = 100,
) -> tuple[float | None, float | None, str]:
    """The 95% interval of a figure and its method; None, None and "" where its counts were
    not given, and of times, whose spread counts do not tell.

    A share has Wilson's interval, of its value where only how many it rests on is known; a
    ratio and a count of what happened the exact interval of a Poisson count. `per_day` is a
    count over the days of the period. Rounded as a measured figure is.
    """
    places = PLACES[unit]
    if unit == Unit.SHARE and numerator is None and denominator:
        numerator = value * denominator
    if unit == Unit.SHARE and numerator is not None and denominator:
        if not 0 <= numerator <= denominator:
            return None, None, ""
        low, high = wilson(numerator, denominator)
        return round(low, places), round(high, places), WILSON
    if unit == Unit.RATIO and numerator is not None and denominator:
        low, high = poisson_rate(numerator, denominator / per)
        return round(low, places), round(high, places), POISSON
    if unit == Unit.COUNT and statistic in ("count", "numerator", "denominator", "value"):
        if value < 0 or value != int(value):
            return None, None, ""
        low, high = poisson_rate(value)
        return round(low, places), round(high, places), POISSON
    if unit == Unit.COUNT and statistic == "per_day":
        count = round(value * period.days)
        if abs(count / period.days - value) > 1e-4:
            return None, None, ""
        low, high = poisson_rate(count, period.days)
        return round(low, places), round(high, places), POISSON
    return None, None, ""
