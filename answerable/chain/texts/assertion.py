"""What a sentence asserts that could be checked."""

from dataclasses import dataclass
from typing import Literal

Kind = Literal["trend", "target", "level", "count", "comparison", "status"]
Direction = Literal["up", "down", "flat", "above", "below", "none"]


@dataclass(frozen=True)
class Assertion:
    """One checkable assertion in a text.

    text         the words, as they stand from start to end
    start, end   offsets in characters of the text that was read
    measure_family  as in `library/vocabulary`: response_time, outcome_rate, …, other
    kind         trend (moved), target (against a target), level (a rate, time or score),
                 count (a number of things), comparison (against others), status (in place,
                 begun, done)
    direction    of the figure itself, not of its merit: quicker responses are `down`
    value, unit  numbers in the order of the words, and the unit of each
    period       in the spelling of `chain.body.Period` where the words fix one, else the words
    area         the place or force named; empty where none is
    speaker      who is said to have said it; empty where nobody is
    missing      what the words leave open: measure, period, baseline, area, size, target
    because      the words that led to each part, by part, so that it can be explained
    """

    text: str
    start: int
    end: int
    measure_family: str
    kind: Kind
    direction: Direction
    value: tuple[float, ...] = ()
    unit: tuple[str, ...] = ()
    period: str = ""
    area: str = ""
    speaker: str = ""
    missing: tuple[str, ...] = ()
    because: tuple[tuple[str, str], ...] = ()
