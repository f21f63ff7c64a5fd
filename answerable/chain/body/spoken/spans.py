"""Runs of months: twelve months to, year ending, year to date, one month to another."""

import re
from datetime import date

from ..periods import Month, Period
from . import patterns as p
from .atoms import Readings, numeric_date, read_atom, whole_year
from .heard import Context, Heard, Refused, Shape
from .vocabulary import words

_w = words()


def read_span(said: str, context: Context) -> Readings:
    """The readings of a run of months; none where it is something else. Raises Refused."""
    for reader in (_rolling, _ending, _to_date, _range):
        found = reader(said, context)
        if found:
            return found
    return ()


_TO_END = rf"(?:[\s\-,:]*{p.TO})?[\s\-,:(]*"
_ROLLING = [
    re.compile(rf"{p.LENGTH}{_TO_END}(?P<end>{p.END}|{p.MONTH})\)?"),
    re.compile(rf"(?P<end>{p.END})[\s,\-:(]*{p.LENGTH}(?:\s+to date)?\)?"),
]


def _rolling(said: str, context: Context) -> Readings:
    for pattern in _ROLLING:
        match = pattern.fullmatch(said)
        if match:
            months = 12 if match["r12"] else _count(match["n"])
            shape: Shape = "rolling" if months == 12 else "span"
            return _counted_back(match["end"], months, shape, context)
    return ()


def _count(text: str) -> int:
    number = int(text) if text.isdigit() else _w.numbers[" ".join(re.split(r"[\s-]+", text))]
    if number < 1:
        raise Refused("no months at all")
    return number


def _counted_back(text: str, months: int, shape: Shape, context: Context) -> Readings:
    return tuple(
        Heard(Period.of(one.period.last + (1 - months), one.period.last), shape, one.assumed)
        for one in _ends(text, context)
    )


def _ends(text: str, context: Context) -> Readings:
    """What a run ends with: a month, or the last day of one."""
    found = read_atom(text.strip(" ()"), context)
    if any(one.day == "first" for one in found):
        raise Refused("it ends on the first day of a month; a period here is whole months")
    return found


_ENDING = [
    (re.compile(rf"(?:the\s+)?{p.YEAR_ENDING}[\s\-:]*(?P<end>{p.END}|{p.MONTH})"), 12, "rolling"),
    (re.compile(rf"(?:the\s+)?{p.QUARTER_ENDING}[\s\-:]*(?P<end>{p.END}|{p.MONTH})"), 3, "quarter"),
    (re.compile(rf"(?:the\s+)?half[\s\-]+year (?:to|ending|ended)\s+(?P<end>{p.END}|{p.MONTH})"),
     6, "half"),
]  # fmt: skip


def _ending(said: str, context: Context) -> Readings:
    for pattern, months, shape in _ENDING:
        match = pattern.fullmatch(said)
        if match:
            return _counted_back(match["end"], months, shape, context)  # type: ignore[arg-type]
    return ()


_TO_DATE = [
    re.compile(rf"(?P<what>{p.YTD}|{p.CYTD})(?![a-z]){_TO_END}(?P<end>{p.END}|{p.MONTH})\)?"),
    re.compile(rf"(?P<end>{p.END}|{p.MONTH})[\s,\-:(]*(?P<what>{p.YTD}|{p.CYTD})\)?"),
]


_SOME_YEAR = rf"(?:{p.FY}|{p.YEAR4})?"
_NO_END = re.compile(rf"{_SOME_YEAR}[\s(]*(?:{p.YTD}|{p.CYTD})\)?[\s(]*{_SOME_YEAR}\)?")


def _to_date(said: str, context: Context) -> Readings:
    if _NO_END.fullmatch(said):
        raise Refused("a year to date must say which month it goes to, as 'YTD Sept 2023'")
    for pattern in _TO_DATE:
        match = pattern.fullmatch(said)
        if match:
            calendar = bool(re.fullmatch(p.CYTD, match["what"])) or context.calendar == "calendar"
            return tuple(_since_january(one) if calendar else _since_april(one)
                         for one in _ends(match["end"], context))  # fmt: skip
    return ()


def _since_april(one: Heard) -> Heard:
    end = one.period.last
    start = Month(end.year if end.month >= 4 else end.year - 1, 4)
    said = "the year to date is counted from April"
    return Heard(Period.of(start, end), "to date", (*one.assumed, said))


def _since_january(one: Heard) -> Heard:
    end = one.period.last
    said = "the year to date is counted from January"
    return Heard(Period.of(Month(end.year, 1), end), "to date", (*one.assumed, said))


_EDGE = rf"{p.ATOM}|{p.MONTH}|{p.PART}"
_RANGE = re.compile(
    rf"(?:{p.RANGE_OPENS}\s+)?(?P<from>{_EDGE})\s*(?P<join>{p.RANGE})\s*(?P<to>{_EDGE})"
    rf"(?:[\s(]*{p.YTD}\)?)?"
)
_DAYS = re.compile(rf"(?P<a>\d\d?)[-/.](?P<b>\d\d?)[-/.](?P<y>{p.YEAR4}|\d\d)(?:[ t]0?0:00.*)?")
_BEFORE_YEAR = re.compile(rf"(?P<m>{p.MONTH})|(?P<part>{p.PART})")


def _range(said: str, context: Context) -> Readings:
    match = _RANGE.fullmatch(said)
    if not match or read_whole(said, context):
        return ()
    left, right = match["from"], match["to"]
    if _DAYS.fullmatch(left) and _DAYS.fullmatch(right):
        return _days(left, right, context)
    found: list[Heard] = []
    for end in _edges(right, context, left):
        for start in _starts(left, end, right, context):
            found += _joined(start, end)
    return tuple(found)


def read_whole(said: str, context: Context) -> bool:
    """Whether this is one month, quarter or year after all, as 2022-23 or Apr-23."""
    try:
        return bool(read_atom(said, context))
    except Refused:
        return False


def _edges(right: str, context: Context, left: str) -> Readings:
    """The end of a range; a month that stands without its year follows the beginning."""
    bare = re.fullmatch(p.MONTH, right)
    if bare and context.year is None:
        number = _w.months[right.rstrip(".")]
        return tuple(
            Heard(Period.of(month, month), "month", ("the year is that of the first month",))
            for one in read_atom(left, context)
            for month in [_next(number, one.period.first)]
        )
    return read_atom(right, context)


def _next(number: int, after: Month) -> Month:
    return after + (number - after.month) % 12


def _starts(left: str, end: Heard, right: str, context: Context) -> Readings:
    if re.fullmatch(p.MONTH, left):
        number = _w.months[left.rstrip(".")]
        month = end.period.last + -((end.period.last.month - number) % 12)
        return (Heard(Period.of(month, month), "month", end.assumed),)
    if re.fullmatch(p.PART, left):
        tail = re.sub(rf"^(?:{p.PART})|(?:{p.PART})$", "", right).strip(" -/,()") or None
        year = _year_of(tail, end)
        return tuple(
            one
            for one in read_atom(left, Context(year, context.calendar, context.day_first))
            if one.assumed == end.assumed or not one.assumed
        )
    return read_atom(left, context)


def _year_of(tail: str | None, end: Heard) -> "int | Period | None":
    if tail and re.fullmatch(p.FY, tail):
        return next((one.period for one in read_atom(tail, Context())), None)
    if tail and re.fullmatch(p.YEAR, tail):
        return whole_year(tail)
    return end.period.last.year


def _joined(start: Heard, end: Heard) -> list[Heard]:
    if start.day == "last":
        raise Refused("it begins on the last day of a month; a period here is whole months")
    if end.day == "first":
        raise Refused("it ends on the first day of a month; a period here is whole months")
    first, last = start.period.first, end.period.last
    if last < first:
        raise Refused("it ends before it begins")
    period = Period.of(first, last)
    return [Heard(period, _shape(period), _once(start.assumed, end.assumed))]


def _once(one: tuple[str, ...], other: tuple[str, ...]) -> tuple[str, ...]:
    return tuple(dict.fromkeys((*one, *other)))


def _shape(period: Period) -> Shape:
    if len(period) == 1:
        return "month"
    if len(period) == 12:
        return "year" if period.first.month in (1, 4) else "rolling"
    if len(period) == 3 and period.first.month in (1, 4, 7, 10):
        return "quarter"
    return "span"


def _days(left: str, right: str, context: Context) -> Readings:
    """From a first day to a last day, as numbers: 01/04/2022 - 31/03/2023."""
    starts = [day for day in _each(left, context) if day.day == 1]
    ends = [day for day in _each(right, context) if day == Month.of(day).last_day]
    found = {(Month.of(start), Month.of(end)) for start in starts for end in ends if start <= end}
    if not found:
        raise Refused(
            "it does not run from the first day of a month to the last day of one; a period here"
            " is whole months"
        )
    return tuple(Heard(Period.of(a, b), _shape(Period.of(a, b))) for a, b in sorted(found))


def _each(text: str, context: Context) -> list[date]:
    match = _DAYS.fullmatch(text)
    return numeric_date(match, context) if match else []
