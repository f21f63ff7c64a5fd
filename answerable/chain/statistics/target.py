"""A figure against a target.

A complete count is arithmetic: 79.9% of all cases is under 80%, whatever its interval,
which is only a note. A survey speaks for people who were not asked, so its interval
decides, and under 50 answers nothing does.
"""

from dataclasses import dataclass
from enum import StrEnum
from typing import Literal

LEAST_ANSWERS = 50

Side = Literal["at_least", "at_most"]
Stand = Literal["meets", "misses", "just_misses"]


class Unsettled(StrEnum):
    """Why a target cannot be judged."""

    FEW = "fewer than 50 answers"
    INTERVAL = "the interval reaches across"
    NO_INTERVAL = "there is no interval"
    NO_MARGIN = "how near counts as near is not said"


@dataclass(frozen=True)
class Standing:
    """How a figure stands against a target.

    holds       whether what was said is so; None when that cannot be told, with `why`
    shortfall   how far on the wrong side of the target; negative when it is met
    lower, upper   the same for the ends of the interval
    """

    holds: bool | None
    shortfall: float
    lower: float | None = None
    upper: float | None = None
    why: Unsettled | None = None


def stand(
    says: Stand,
    value: float,
    target: float,
    side: Side,
    *,
    lower: float | None = None,
    upper: float | None = None,
    survey: bool = False,
    n: int | None = None,
    margin: float | None = None,
) -> Standing:
    """Judge 'meets', 'misses' or 'just misses'.

    lower, upper   the 95% interval of `value`
    margin         'just misses' is short of the target by at most this
    Met at equality. Raises ValueError for a word that is none of the three.
    """
    if says not in ("meets", "misses", "just_misses"):
        raise ValueError(f"'{says}' is not said of a target")
    sign = 1.0 if side == "at_least" else -1.0
    # Rounded where subtraction leaves noise: .80 − .78 is .02 here, not .0200…018.
    short = round(sign * (target - value), 9)
    ends = sorted(round(sign * (target - end), 9) for end in (lower, upper) if end is not None)
    low, high = (ends[0], ends[1]) if len(ends) == 2 else (None, None)
    if says == "just_misses" and margin is None:
        return Standing(None, short, low, high, Unsettled.NO_MARGIN)
    if not survey:
        return Standing(_so(says, short, short, margin), short, low, high)
    if n is None or n < LEAST_ANSWERS:
        return Standing(None, short, low, high, Unsettled.FEW)
    if low is None or high is None:
        return Standing(None, short, low, high, Unsettled.NO_INTERVAL)
    holds = _so(says, low, high, margin)
    return Standing(holds, short, low, high, Unsettled.INTERVAL if holds is None else None)


def _so(says: Stand, low: float, high: float, margin: float | None) -> bool | None:
    """Whether every shortfall from `low` to `high` agrees, none does, or some do."""
    if says == "meets":
        inside, outside = high <= 0, low > 0
    elif says == "misses":
        inside, outside = low > 0, high <= 0
    else:
        near = margin or 0.0
        inside, outside = low > 0 and high <= near, high <= 0 or low > near
    if inside:
        return True
    return False if outside else None
