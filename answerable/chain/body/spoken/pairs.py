"""Two periods set against each other: `12m to Apr-15 v 12m to Apr-14`."""

import re

from . import patterns as p
from .heard import Calendar, Spoken
from .reading import read_period
from .vocabulary import plain

_AGAINST = re.compile(rf"\s{p.AGAINST}\s")


def read_pair(text: str, *, calendar: Calendar | None = None) -> tuple[Spoken, Spoken] | None:
    """The period and what it is compared with; None where the words are no such pair.

    The second may lean on the first: in `12m to Apr-15 v Apr-14` it is twelve months too.
    """
    said = plain(text)
    for match in _AGAINST.finditer(said):
        one = read_period(text[: match.start()], calendar=calendar)
        other = read_period(text[match.end() :], calendar=calendar)
        if one.readings and other.readings:
            return one, _leaning(one, other, text[match.end() :])
    return None


def _leaning(one: Spoken, other: Spoken, words: str) -> Spoken:
    """The second with the length of the first, where it names only the month of its end."""
    if one.shape == "rolling" and other.shape == "month":
        longer = read_period(f"12m to {words.strip()}")
        if longer.readings:
            said = "as long as the period that it is compared with"
            first = longer.readings[0]
            return Spoken(
                other.text,
                (type(first)(first.period, first.shape, (*first.assumed, said)),),
            )
    return other
