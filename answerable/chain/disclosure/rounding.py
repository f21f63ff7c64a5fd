"""Figures to the nearest 5, where a body's appetite asks for it.

Rounding comes last, on what may be shown anyway, and whatever follows from counts follows from
the rounded ones: shares, ratios, counts a day and their intervals. What does not follow from
counts alone (a weighted or standardised figure) is set to the nearest that a rounded count
could give, its interval outwards. Times are not counts; only how many they rest on is rounded.
`docs/adr/0008-rounding.md` says why in this way.
"""

import math
from functools import lru_cache

from ..body import Appetite, Period
from ..figures.certainty import interval
from ..measures import Definition, Result, Unit, period_of
from ..measures.figures import PLACES, POISSON, WILSON

_interval = lru_cache(maxsize=65_536)(interval)


def rounded(result: Result, definition: Definition, appetite: Appetite) -> dict[str, object]:
    """What becomes other in a result that is shown: its fields with their new values.

    Nothing of what is returned can be traced to more than the rounded counts, but for times.
    """
    if appetite.round_to == 1 or result.n is None:
        return {}
    n = appetite.rounded(result.n)
    count = None if result.count is None else appetite.rounded(result.count)
    counts: dict[str, object] = {
        "n": n,
        "count": count,
        "excluded": tuple((why, appetite.rounded(number)) for why, number in result.excluded),
        "rounded_to": appetite.round_to,
    }
    if result.value is None or result.unit in (Unit.SECONDS, Unit.DAYS):
        return counts
    follows = result.unit == Unit.COUNT or count is not None
    if follows and result.method in ("", WILSON, POISSON) and result.basis == "raw":
        return counts | _followed(result, definition, n, count)
    return counts | _stepped(result, definition, n, appetite.round_to)


def _followed(
    result: Result, definition: Definition, n: int, count: int | None
) -> dict[str, object]:
    """Value and interval out of the rounded counts, as they came out of the exact ones."""
    period, places = period_of(result.period), PLACES[result.unit]
    value: float = n
    if result.unit != Unit.COUNT:
        if not n or count is None:
            return {"value": None, "lower": None, "upper": None, "method": ""}
        value = round(count * (definition.per if result.unit == Unit.RATIO else 1) / n, places)
    elif result.value != result.n:
        value = round(n / period.days, places)
    if result.lower is None:
        return {"value": value}
    lower, upper = _ends(result, period, value, n, count, definition.per)
    return {"value": value, "lower": lower, "upper": upper}


def _ends(
    result: Result, period: Period, value: float, n: int, count: int | None, per: int
) -> tuple[float | None, float | None]:
    if result.unit == Unit.COUNT and value != n:
        lower, upper, _ = _interval(Unit.COUNT, period, n, None, None, statistic="count")
        days, places = period.days, PLACES[Unit.COUNT]
        return (
            None if lower is None else round(lower / days, places),
            None if upper is None else round(upper / days, places),
        )
    named = "count" if result.unit == Unit.COUNT else result.statistic
    over = n if count is not None else None
    lower, upper, _ = _interval(result.unit, period, value, count, over, statistic=named, per=per)
    return lower, upper


def _stepped(result: Result, definition: Definition, n: int, base: int) -> dict[str, object]:
    """Value to the nearest step that a rounded count makes of it, its interval outwards."""
    steps = {
        Unit.SHARE: base / n if n else 0.0,
        Unit.RATIO: base * definition.per / n if n else 0.0,
    }
    step = steps.get(result.unit, float(base))
    if not step or result.value is None:
        return {"value": None, "lower": None, "upper": None, "method": ""}
    top = 1.0 if result.unit == Unit.SHARE else math.inf
    places = PLACES[result.unit]

    def at(number: float) -> float:
        return round(min(top, step * number), places)

    return {
        "value": at(round(result.value / step)),
        "lower": None if result.lower is None else at(math.floor(result.lower / step + 1e-9)),
        "upper": None if result.upper is None else at(math.ceil(result.upper / step - 1e-9)),
    }
