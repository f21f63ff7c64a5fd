"""Periods inside running text, with their places."""

import re
from bisect import bisect_left
from dataclasses import dataclass
from datetime import date
from functools import cache

from . import patterns as p
from .heard import Spoken
from .reading import read_period
from .relative import RELATIVE, opened, read_relative
from .vocabulary import any_of, plain, words

_w = words()


@dataclass(frozen=True)
class Mention:
    """A period in a text: from `start` to `end`, in characters, and what was understood."""

    start: int
    end: int
    text: str
    spoken: Spoken


@cache
def _patterns() -> tuple[re.Pattern[str], ...]:
    """What may be a period, in any of its lengths; each find is then read, or let go."""
    end = rf"(?:{p.END}|{p.MONTH})"
    length, to_end = p.nameless(p.LENGTH), rf"[\s,:]*{p.TO}[\s(]*"
    edge = rf"(?:{p.ATOM}|{p.MONTH}|{p.Q})"
    return tuple(
        re.compile(rf"(?<![\w/.\-£$])(?:{each})(?![\w%]|[.,/]\d)")
        for each in (
            rf"{length}{to_end}{end}",
            rf"{length}[\s,:(]+{p.END}\)?",
            rf"(?:{p.YEAR_ENDING}|{p.QUARTER_ENDING}|{p.MONTH_ENDING})\s+{end}",
            rf"half[\s\-]+year (?:to|ending|ended)\s+{end}",
            rf"(?:{p.YTD}|{p.CYTD})[\s,:(]*(?:{p.TO}\s+)?{p.END}",
            rf"{p.END}[\s(]*(?:{p.YTD}|{p.CYTD})\)?",
            rf"(?:{p.RANGE_OPENS}\s+)?{edge}\s*{p.RANGE}\s*{edge}",
            rf"(?:calendar year|cal year|cy)\s+{p.YEAR4}|{p.YEAR4}\s+calendar year",
            p.ATOM,
        )
    )


def find_periods(text: str, said_on: date | None = None) -> tuple[Mention, ...]:
    """Every period in a text, in order, none within another.

    said_on   the day of speaking: with it 'last year' and 'since May' are resolved, without it
              they are marked as relative and have no readings
    A period that cannot be used (a single day, a week) is found too, with the reason.
    """
    said = plain(text)
    found: list[Mention] = []
    for pattern in _patterns():
        for match in pattern.finditer(said):
            spoken = read_period(text[match.start() : match.end()])
            if (spoken.readings or _is_a_day(match[0])) and _meant(match, said):
                found.append(_mention(match.start(), match.end(), text, spoken))
    found = _longest(found)
    found += _relative(text, said, said_on)
    found += _bare_months(text, said, said_on)
    return tuple(_open(each, text, said, said_on) for each in _longest(found))


def _mention(start: int, end: int, text: str, spoken: Spoken) -> Mention:
    return Mention(start, end, text[start:end], spoken)


def _is_a_day(said: str) -> bool:
    return bool(re.fullmatch(p.DATE, said))


_TWO_NUMBERS = re.compile(r"\d\d[-/]\d\d")
_BEFORE_YEAR = re.compile(rf"(?:[(\[:;|]|(?<!\w){any_of(_w.before_bare_year)})\s*$")


def _meant(match: re.Match[str], said: str) -> bool:
    """Whether bare numbers stand for a period: 'in 2023' does, '2023 reports' need not."""
    if _TWO_NUMBERS.fullmatch(match[0]):
        return int(match[0][:2]) > 12
    if re.fullmatch(p.YEAR4, match[0]):
        before = _just_before(said, match.start())
        return bool(_BEFORE_YEAR.search(before)) or said.startswith(":", match.end())
    return True


def _longest(found: list[Mention]) -> list[Mention]:
    """Of mentions that overlap, the longest; then in order of the text."""
    kept: list[Mention] = []
    for one in sorted(found, key=lambda each: (each.start - each.end, each.start)):
        at = bisect_left(kept, one.start, key=lambda each: each.start)
        free_before = at == 0 or kept[at - 1].end <= one.start
        if free_before and (at == len(kept) or one.end <= kept[at].start):
            kept.insert(at, one)
    return kept


def _relative(text: str, said: str, said_on: date | None) -> list[Mention]:
    return [
        _mention(match.start(), match.end(), text, read_relative(match[0], said_on))
        for match in RELATIVE.finditer(said)
    ]


_BARE = re.compile(rf"(?<!\w)(?:{any_of(_w.before_bare_month)})\s+(?P<m>{any_of(_w.months)})(?!\w)")


def _bare_months(text: str, said: str, said_on: date | None) -> list[Mention]:
    """A month without its year, written with a capital after 'in', 'since', 'last', …"""
    found = []
    for match in _BARE.finditer(said):
        start = match.start("m")
        if text[start].isupper():
            began = match.start() if match[0].startswith(("last", "next")) else start
            words_ = said[began : match.end()]
            found.append(_mention(began, match.end(), text, read_relative(words_, said_on)))
    return found


NEAR = 40


def _just_before(said: str, start: int) -> str:
    """The few words that stand before a place."""
    return said[max(0, start - NEAR) : start]


_SINCE = re.compile(rf"(?<!\w){any_of(_w.since)}\s+$")
_BY = re.compile(rf"(?<!\w){any_of(_w.by)}\s+$")


def _open(one: Mention, text: str, said: str, said_on: date | None) -> Mention:
    """'since May 2023' begins with that month; 'by March 2025' is a deadline."""
    before = _just_before(said, one.start)
    for pattern, kind in ((_SINCE, "since"), (_BY, "by")):
        match = pattern.search(before)
        if match and not (kind == "since" and match[0].strip() == "from"):
            start = one.start - len(match[0])
            spoken = opened(one.spoken, kind, text[start : one.end], said_on)
            return _mention(start, one.end, text, spoken)
    return one
