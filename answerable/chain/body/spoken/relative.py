"""Periods that only the day of speaking fixes: 'last year', 'since May', 'by March 2025'."""

import re
from collections.abc import Callable
from datetime import date
from typing import Literal

from ..periods import Month, Period, quarter_of
from .atoms import calendar_year
from .heard import Heard, Spoken, financial
from .patterns import NUMBER
from .vocabulary import any_of, words

_w = words()
_NO_DAY = "only the day on which this was said fixes the period"


def _pattern(word: str) -> str:
    return any_of([word]).replace(r"\{n\}", NUMBER)


_RULES = [
    (re.compile(_pattern(word)), one.means)
    for one in _w.relative
    for word in sorted(one.words, key=len, reverse=True)
]
RELATIVE = re.compile(
    r"(?<!\w)(?:"
    + "|".join(
        _pattern(word)
        for word in sorted((w for one in _w.relative for w in one.words), key=len, reverse=True)
    )
    + r")(?!\w)"
)
_MONTH = re.compile(rf"(?:(?P<which>last|next)\s+)?(?P<m>{any_of(_w.months)})")


def read_relative(said: str, said_on: date | None) -> Spoken:
    """The readings of relative words on a day; without the day none, and the reason.

    Months count as complete when they had ended before that day, so 'the past 12 months', said
    in December 2023, ends with November 2023.
    """
    month = _MONTH.fullmatch(said)
    means = "bare_month" if month else _meaning(said)
    if means in ("same_period", "recent"):
        return Spoken(said, (), _UNBOUND[means], relative=True)
    if said_on is None:
        return Spoken(said, (), _NO_DAY, relative=True)
    now = Month.of(said_on)
    readings = _bare(month, now) if month else _READ[means](now, said)
    reason = "" if len(readings) == 1 else _several(readings)
    return Spoken(said, readings, reason, relative=True)


_UNBOUND = {
    "same_period": "the period that this is compared with fixes it",
    "recent": "the words name no number of months",
}


def _several(readings: tuple[Heard, ...]) -> str:
    each = ", or ".join(
        f"{one.period.first.plain()} to {one.period.last.plain()}"
        if len(one.period) > 1
        else one.period.first.plain()
        for one in readings
    )
    return f"this may be {each}: say which"


def _meaning(said: str) -> str:
    return next((means for pattern, means in _RULES if pattern.fullmatch(said)), "recent")


def _year_begun(now: Month) -> int:
    return now.year if now.month >= 4 else now.year - 1


def _before(now: Month, months: int) -> Period:
    return Period.of(now + -months, now + -1)


def _months_before(now: Month, said: str) -> tuple[Heard, ...]:
    match = re.search(rf"(?<!\w){NUMBER}(?!\w)", said)
    text = match[0] if match else "12"
    months = int(text) if text.isdigit() else _w.numbers[" ".join(re.split(r"[\s-]+", text))]
    if not months:
        return ()
    assumed = ("complete months before the day of speaking",)
    return (Heard(_before(now, months), "rolling" if months == 12 else "span", assumed),)


def _year_before(now: Month, said: str) -> tuple[Heard, ...]:
    assumed = ("the 12 complete months before the day of speaking",)
    return (Heard(_before(now, 12), "rolling", assumed),)


def _last_year(now: Month, said: str) -> tuple[Heard, ...]:
    return (
        Heard(calendar_year(now.year - 1), "year", ("the calendar year before",)),
        Heard(financial(_year_begun(now) - 1), "year", ("the financial year before",)),
        *_year_before(now, said),
    )


def _this_year(now: Month, said: str) -> tuple[Heard, ...]:
    return (
        Heard(calendar_year(now.year), "year", ("the calendar year",)),
        Heard(financial(_year_begun(now)), "year", ("the financial year",)),
    )


def _next_year(now: Month, said: str) -> tuple[Heard, ...]:
    return (
        Heard(calendar_year(now.year + 1), "year", ("the calendar year after",)),
        Heard(financial(_year_begun(now) + 1), "year", ("the financial year after",)),
    )


def _one_year(years: int) -> Callable[[Month, str], tuple[Heard, ...]]:
    return lambda now, said: (Heard(financial(_year_begun(now) + years), "year"),)


def _one_quarter(quarters: int) -> Callable[[Month, str], tuple[Heard, ...]]:
    assumed = ("whole quarters, from January, April, July or October",)
    return lambda now, said: (Heard(quarter_of(now + 3 * quarters), "quarter", assumed),)


def _one_month(months: int) -> Callable[[Month, str], tuple[Heard, ...]]:
    return lambda now, said: (Heard(Period.of(now + months, now + months), "month"),)


_READ: dict[str, Callable[[Month, str], tuple[Heard, ...]]] = {
    "months_before": _months_before,
    "year_before": _year_before,
    "last_year": _last_year,
    "this_year": _this_year,
    "next_year": _next_year,
    "last_financial_year": _one_year(-1),
    "this_financial_year": _one_year(0),
    "last_quarter": _one_quarter(-1),
    "this_quarter": _one_quarter(0),
    "last_month": _one_month(-1),
    "this_month": _one_month(0),
    "next_month": _one_month(1),
}


def _bare(match: re.Match[str], now: Month) -> tuple[Heard, ...]:
    """A month without its year: the last one of that name, the next one, or either."""
    number = _w.months[match["m"]]
    last = now + -(((now.month - number) % 12) or 12)
    upcoming = now + (((number - now.month) % 12) or 12)
    this = [now] if number == now.month else []
    found = {"last": [last], "next": [upcoming]}.get(match["which"] or "", [last, *this, upcoming])
    return tuple(Heard(Period.of(each, each), "month") for each in found)


def opened(
    spoken: Spoken, kind: Literal["since", "by"] | str, words_: str, said_on: date | None
) -> Spoken:
    """'since' or 'by' a period: from its first month to the last complete one, or up to it."""
    way: Literal["since", "by"] = "since" if kind == "since" else "by"
    if said_on is None:
        return Spoken(words_, (), _NO_DAY, relative=True, open=way)
    now = Month.of(said_on)
    readings = []
    for one in spoken.readings:
        first, last = (one.period.first, now + -1) if way == "since" else (now, one.period.last)
        if first <= last:
            readings.append(Heard(Period.of(first, last), "span", one.assumed))
    reason = "" if len(readings) == 1 else _several(tuple(readings)) if readings else _CLOSED[way]
    return Spoken(words_, tuple(readings), reason or spoken.reason, relative=True, open=way)


_CLOSED = {
    "since": "no month had been completed since then on the day of speaking",
    "by": "that day had passed on the day of speaking",
}
