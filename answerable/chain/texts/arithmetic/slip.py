"""What a text says that does not follow from its own figures."""

import math
from dataclasses import dataclass
from typing import Literal

from .quantities import Quantity
from .statements import Statement

Kind = Literal["sum", "share", "change", "points", "two_figures", "fraction", "multiple", "span"]
TIMES = ((86400.0, "day"), (3600.0, "hour"), (60.0, "minute"), (1.0, "second"))


@dataclass(frozen=True)
class Slip:
    """Figures in a text that do not agree with each other.

    kind       sum: parts and their total; share: a percentage and its counts; change: a change
               and its two figures; points: per cent said for percentage points, or the reverse;
               two_figures: two for one thing; fraction: a fraction and its percentage;
               multiple: doubled, halved, twice; span: a range of dates and its length
    text       the words, as they stand from start to end
    said       the figure as the text has it
    works_out  what follows from the other figures
    sentence   both in plain words; which of the figures is right it cannot tell
    """

    kind: Kind
    text: str
    start: int
    end: int
    said: str
    works_out: str
    sentence: str


def slip_between(
    kind: Kind,
    statement: Statement,
    figures: list[Quantity],
    said: str,
    works_out: str,
    follows: str,
) -> Slip:
    """A slip that spans the figures it is about. `follows` says what follows, as a clause."""
    start, end = min(f.start for f in figures), max(f.end for f in figures)
    words = statement.words[start - statement.start : end - statement.start]
    opened = words.count("(") > words.count(")")
    if opened and statement.words[end - statement.start :].startswith(")"):
        words, end = f"{words})", end + 1
    sentence = f"The text says {said}; {follows}."
    return Slip(kind, words, start, end, said, works_out, sentence)


def shown(value: float, sort: str) -> str:
    """A value as it is read: `30%`, `6.7%`, `£300,000`, `12 minutes`, `1,046`."""
    if sort in "PF":
        return f"{rounded(value)}%"
    if sort == "Q":
        number = rounded(value)
        return f"{number} percentage point{'' if number == '1' else 's'}"
    if sort == "L":
        return f"£{value:,.0f}"
    if sort == "D":
        return _time(value)
    return f"{value:,.0f}" if float(value).is_integer() else f"{value:,.1f}"


def rounded(value: float) -> str:
    """To one decimal, and none where it is nought."""
    text = f"{value:.1f}" if math.isfinite(value) else "more than can be said"
    return text.removesuffix(".0")


def _time(seconds: float) -> str:
    size, name = next(((s, n) for s, n in TIMES if seconds >= s), TIMES[-1])
    number = rounded(seconds / size)
    return f"{number} {name}{'' if number == '1' else 's'}"
