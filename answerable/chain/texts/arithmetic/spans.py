"""A range of dates that is not as long as it is said to be."""

import re
from collections.abc import Iterator

from .slip import Slip

MONTHS = "jan feb mar apr may jun jul aug sep oct nov dec".split()
MONTH = (
    r"(?:January|February|March|April|May|June|July|August|September|October|November|December"
    r"|Jan|Feb|Mar|Apr|Jun|Jul|Aug|Sept?|Oct|Nov|Dec)\.?"
)
NUMBERS = {"twelve": 12, "twelve-month": 12, "six": 6, "three": 3, "nine": 9, "four": 4, "five": 5}
DATE = (
    r"(?:(?P<day{0}>\d{{1,2}})(?:st|nd|rd|th)? )?"
    rf"(?P<month{{0}}>{MONTH})(?: (?P<year{{0}}>(?:19|20)\d\d))?"
)
LENGTH = (
    r"(?:(?P<number>\d{1,2}|three|four|five|six|nine|twelve)[- ]months?(?: period)?"
    r"|(?P<year>(?:full )?year)"
    r"|(?P<quarter>quarter))"
)
SPAN = re.compile(
    rf"\b{LENGTH},? ?(?:running |covering |spanning )?(?:from |between |\(|, )"
    rf"{DATE.format(1)} ?(?:to|and|until|–|-|—) ?(?:the end of )?{DATE.format(2)}(?!\s?\d)"
)


def spans(text: str) -> Iterator[Slip]:
    """Slips between a length (`12 months`, `the year`, `quarter`) and its first and last date.

    Both counts pass: `March 2023 to March 2024` is twelve months from one to the other, and
    thirteen with both.
    """
    for found in SPAN.finditer(text):
        said = _said(found)
        both = _months(found)
        loose = not found.group("number") and not found.group("year2")
        if both is None or loose or said in _lengths(found, both):
            continue
        words = found.group()
        length = (
            f"{said} months" if not found.group("number") else f"{found.group('number')} months"
        )
        works_out = f"{both} month{'' if both == 1 else 's'}"
        first, last = (_date(found, end) for end in (1, 2))
        sentence = f"The text says {length}; {first} to {last}, both included, is {works_out}."
        start, end = found.span()
        yield Slip("span", words, start, end, length, works_out, sentence)


def _said(found: re.Match[str]) -> int:
    number = found.group("number")
    if number:
        return int(number) if number.isdigit() else NUMBERS[number]
    return 12 if found.group("year") else 3


def _months(found: re.Match[str]) -> int | None:
    """Months from the first to the last, both included; None where the words do not fix it."""
    years = [found.group("year1"), found.group("year2")]
    if years[1] is None and years[0] is not None:
        return None
    first, last = (MONTHS.index(found.group(f"month{at}")[:3].lower()) for at in (1, 2))
    if years[0] is not None and years[1] is not None:
        count = 12 * (int(years[1]) - int(years[0])) + last - first + 1
    else:
        count = (last - first) % 12 + 1
    return count if count > 0 else None


def _lengths(found: re.Match[str], both: int) -> set[int]:
    """The lengths that the dates may be said to have."""
    days = [found.group("day1"), found.group("day2")]
    if days[0] is None or days[1] is None:
        return {both, both - 1}
    gone = int(days[1]) - int(days[0])
    # From the 1st to the 30th is a month more than the difference of the months.
    return {both} if gone > 20 else {both - 1} if abs(gone) <= 1 else {both, both - 1}


def _date(found: re.Match[str], end: int) -> str:
    parts = (found.group(f"{name}{end}") for name in ("day", "month", "year"))
    return " ".join(part for part in parts if part)
