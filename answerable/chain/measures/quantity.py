"""Quantities as people write them: '60 minutes', '80%', '28 days', '12.5'."""

import re

from .result import Unit

SECONDS = {"second": 1, "minute": 60, "hour": 3_600, "day": 86_400, "week": 604_800}
ALLOWED = "a number, a share such as 80%, or a time such as 60 minutes, 2 hours or 28 days"
_WRITTEN = re.compile(
    r"([-+]?\d+(?:\.\d+)?)\s*(%|percentage points?|seconds?|minutes?|hours?|days?|weeks?)?"
)


def quantity(written: str | float, unit: Unit) -> float:
    """The value in `unit` of a quantity as written. Raises ValueError with a plain reason.

    A time is turned into seconds, or into days where the unit is days; '80%' into 0.8.
    A bare number stands in the unit itself.
    """
    match = _WRITTEN.fullmatch(str(written).strip())
    if not match:
        raise ValueError(f"'{written}' is not a quantity: write {ALLOWED}")
    number, word = float(match[1]), (match[2] or "").rstrip("s")
    if not word:
        return number
    if word in ("%", "percentage point"):
        if unit != Unit.SHARE:
            raise ValueError(f"'{written}' is a share, and this is measured in {unit}")
        return number / 100
    if unit not in (Unit.SECONDS, Unit.DAYS):
        raise ValueError(f"'{written}' is a time, and this is measured in {unit}")
    seconds = number * SECONDS[word]
    return seconds / SECONDS["day"] if unit == Unit.DAYS else seconds
