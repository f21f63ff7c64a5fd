"""A value in words, by its unit. The one place where a figure becomes text.

Values are rounded once, half to even, and only here; what is stored keeps its precision.
"""

from decimal import ROUND_HALF_EVEN, Decimal

from .result import Result, Unit

MINUTE, HOUR, DAY = 60, 3_600, 86_400
_PARTS = ((DAY, "day"), (HOUR, "hour"), (MINUTE, "minute"), (1, "second"))
MINUS = "−"


def shown(value: float, unit: Unit | str, per: int = 100, *, exact: bool = False) -> str:
    """A value as a sentence says it: '38 minutes', '63.2%', '1,204', '12.3 per 100'.

    value   in the unit's own measure: seconds, a share from 0 to 1, a ratio `per` that many
    per     of a ratio only
    exact   a number that someone set, such as a target: '80%' rather than '80.0%'
    Raises ValueError for a unit that is not known.
    """
    unit = Unit(unit)
    sign = MINUS if value < 0 else ""
    text = _magnitude(abs(value), unit, per, exact)
    return text if text.startswith("0 ") or text in ("0", "0%", "0.0%") else sign + text


def _magnitude(value: float, unit: Unit, per: int, exact: bool) -> str:
    if unit == Unit.SECONDS:
        return _duration(value)
    if unit == Unit.SHARE:
        return f"{_trimmed(value * 100) if exact or value in (0, 1) else _places(value * 100)}%"
    if unit == Unit.DAYS:
        return _counted(_trimmed(value), "day")
    if unit == Unit.RATIO:
        return f"{_trimmed(value) if exact else _ratio(value)} per {per:,}"
    return _trimmed(value) if exact or value == int(value) else _places(value)


def shown_interval(result: Result, per: int = 100) -> str:
    """'37 minutes to 39 minutes'; empty where there is no interval."""
    if result.lower is None or result.upper is None:
        return ""
    return " to ".join(shown(end, result.unit, per) for end in (result.lower, result.upper))


def shown_change(change: float, unit: Unit | str, per: int = 100, *, signed: bool = False) -> str:
    """The size of a change: '4.1 percentage points', '6 minutes'; never its direction.

    signed   with + or − before it, for intervals and tables
    A change too small to show at all is 'less than 0.1 percentage points', never zero.
    """
    unit = Unit(unit)
    size = abs(change)
    if unit == Unit.SHARE:
        text = f"{_places(size * 100)} percentage points"
    elif unit == Unit.RATIO:
        text = f"{_ratio(size)} per {per:,}"
    else:
        text = _magnitude(size, unit, per, False)
    if change and float(text.split()[0].replace(",", "")) == 0:
        return "less than " + _LEAST[unit].format(per=f"{per:,}")
    if not signed or not change:
        return text
    return ("+" if change > 0 else MINUS) + text


_LEAST = {
    Unit.SHARE: "0.1 percentage points",
    Unit.RATIO: "0.01 per {per}",
    Unit.SECONDS: "1 second",
    Unit.DAYS: "0.1 days",
    Unit.COUNT: "0.1",
}


def _duration(seconds: float) -> str:
    """The two largest parts: '1 hour 5 minutes', '38 minutes 20 seconds', '3 days 2 hours'.

    Rounded to the smaller of the two before it is split, so 59.9 minutes never reads
    '59 minutes 60 seconds'.
    """
    step = MINUTE if seconds >= HOUR else 1
    step = HOUR if seconds >= 2 * DAY else step
    whole = int(_rounded(seconds / step, 0)) * step
    parts = []
    for size, word in _PARTS:
        if size == DAY and whole < 2 * DAY:
            continue
        count, whole = divmod(whole, size)
        if count:
            parts.append(_counted(f"{count:,}", word))
    return " ".join(parts[:2]) or "0 seconds"


def _counted(number: str, word: str) -> str:
    return f"{number} {word}" if number == "1" else f"{number} {word}s"


def _ratio(value: float) -> str:
    """One decimal; two below 1, where one would say too little."""
    return _places(value, 2 if 0 < value < 1 else 1)


def _rounded(value: float, places: int) -> Decimal:
    return Decimal(repr(float(value))).quantize(Decimal(1).scaleb(-places), ROUND_HALF_EVEN)


def _places(value: float, places: int = 1) -> str:
    return f"{_rounded(_steady(value), places):,}"


def _trimmed(value: float) -> str:
    text = _places(value)
    return text.removesuffix(".0")


def _steady(value: float) -> float:
    """Without the last bits that arithmetic leaves: 0.2925 × 100 is 29.25, not 29.249999…"""
    return round(value, 9)
