"""Where a value lies on a drawing, and which values are written beside it."""

import math
from collections.abc import Callable, Sequence
from dataclasses import dataclass

Show = Callable[[float], str]

_CLOCK = tuple(
    unit * many
    for unit, manies in ((60, (1, 2, 5, 10, 15, 20, 30)), (3600, (1, 2, 3, 6, 12)), (86400, (1, 2)))
    for many in manies
)
"""Steps that suit seconds."""


@dataclass(frozen=True)
class Scale:
    """A straight scale from values to units of the drawing."""

    low: float
    high: float
    start: float
    end: float

    def __call__(self, value: float) -> float:
        return self.start + (value - self.low) / (self.high - self.low) * (self.end - self.start)


def span(values: Sequence[float]) -> tuple[float, float]:
    """The range to draw: a little more than the values take, and never below 0 for nothing."""
    if not values:
        return 0.0, 1.0
    low, high = min(values), max(values)
    room = (high - low) * 0.06 or abs(high) * 0.1 or 1.0
    return (max(low - room, 0.0) if low >= 0 else low - room), high + room


def ticks(low: float, high: float, show: Show) -> list[tuple[float, str]]:
    """Three to six round values and their words.

    What is round depends on the unit, which is not known here: 900 seconds is, written as
    15 minutes. So of several ladders of steps the one with the shortest words is taken.
    """
    rough = (high - low) / 4
    power = 10 ** math.floor(math.log10(rough))
    decimal = min((power * many for many in (1, 2, 5, 10)), key=lambda step: abs(step - rough))
    clock = min(_CLOCK, key=lambda step: abs(step - rough))
    ladders = []
    for step in dict.fromkeys((decimal, float(clock))):
        first, last = math.ceil(low / step - 1e-9), math.floor(high / step + 1e-9)
        if 2 <= last - first + 1 <= 7:
            ladders.append([(i * step, show(i * step)) for i in range(first, last + 1)])
    return min(ladders, key=_wordy, default=[(low, show(low)), (high, show(high))])


def _wordy(ladder: list[tuple[float, str]]) -> tuple[bool, int]:
    words = [word for _, word in ladder]
    # Two ticks that read alike mean that the step is finer than the words.
    return len(set(words)) < len(words), max(len(word) for word in words)
