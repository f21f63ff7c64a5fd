"""One month, quarter, half or year as written, with or without its year."""

import re
from collections.abc import Callable
from datetime import date

from ..periods import Month, Period
from . import patterns as p
from .heard import Context, Heard, Refused, financial, month_labelled_by
from .vocabulary import any_of, words

Readings = tuple[Heard, ...]
_w = words()
_MONTHS = any_of(_w.months)

FINANCIAL = "of the financial year, April to March"
CALENDAR = "of the calendar year"


def read_atom(said: str, context: Context) -> Readings:
    """The readings of one month, quarter, half or year; none where it is something else.

    said   in lower case, as `vocabulary.plain` makes it. Raises Refused.
    """
    for pattern, reader in _FORMS:
        match = pattern.fullmatch(said)
        if match:
            found = reader(match, context)
            if found:
                return found
    return ()


def whole_year(text: str) -> int:
    """A year of two or four digits: 23 is 2023, 87 is 1987."""
    digits = text.strip("' ")
    if len(digits) == 4:
        return int(digits)
    return int(digits) + (1900 if int(digits) >= 70 else 2000)


def _month(month: Month, *assumed: str) -> Heard:
    return Heard(Period.of(month, month), "month", assumed)


def _number(word: str) -> int:
    return _w.months[word.rstrip(".")]


def _named_month(match: re.Match[str], context: Context) -> Readings:
    return (_month(Month(whole_year(match["y"]), _number(match["m"]))),)


def _month_of_financial_year(match: re.Match[str], context: Context) -> Readings:
    (year,) = read_atom(match["fy"].strip(), context)[:1] or (None,)
    if year is None or len(year.period) != 12:
        return ()
    return (_month(_within(_number(match["m"]), year.period), *year.assumed),)


def _within(number: int, year: Period) -> Month:
    """The month of that number in a year, calendar or financial."""
    return next(month for month in year if month.month == number)


def _bare_month(match: re.Match[str], context: Context) -> Readings:
    number = _number(match["m"])
    if context.year is None:
        raise Refused("the month stands without its year")
    if isinstance(context.year, Period):
        return (_month(_within(number, context.year)),)
    return (_month(Month(context.year, number)),)


def _numeric_month(match: re.Match[str], context: Context) -> Readings:
    return (_month(Month(int(match["y"]), int(match["m"]))),)


def _dashed(match: re.Match[str], context: Context) -> Readings:
    """2011-12: a month, or the year that runs into the next."""
    year, two = int(match["y"]), int(match["m"])
    if (year + 1) % 100 != two:
        return (_month(Month(year, two)),)
    return (
        _month(Month(year, two), "as year and month"),
        Heard(financial(year), "year", ("as a financial year",)),
    )


def _two_digits(match: re.Match[str], context: Context) -> Readings:
    """04/23: a month and a year; 11/12 may be a financial year instead."""
    first, second = int(match["a"]), int(match["b"])
    month = Month(whole_year(match["b"]), first) if 1 <= first <= 12 else None
    if (first + 1) % 100 != second:
        return (_month(month, "as month and year"),) if month else ()
    year = financial(whole_year(match["a"]))
    if month is None:
        return (Heard(year, "year"),)
    return (Heard(year, "year", ("as a financial year",)), _month(month, "as month and year"))


def _iso_date(match: re.Match[str], context: Context) -> Readings:
    return (month_labelled_by(_day(int(match["y"]), int(match["m"]), int(match["d"]))),)


def _named_date(match: re.Match[str], context: Context) -> Readings:
    day = _day(whole_year(match["y"]), _number(match["m"]), int(match["d"]))
    return (month_labelled_by(day),)


def _day(year: int, month: int, day: int) -> date:
    try:
        return date(year, month, day)
    except ValueError:
        raise Refused("there is no such day") from None


def numeric_date(match: re.Match[str], context: Context) -> list[date]:
    """The day that 01/04/2023 is, the day first unless the context says otherwise.

    04/30/2023 can only be written with the month first. Without being told, 04/01/2023 is the
    fourth of January: a list of days must never pass for a list of months.
    """
    year, a, b = whole_year(match["y"]), int(match["a"]), int(match["b"])
    orders = {True: [(a, b)], False: [(b, a)], None: [(a, b) if b <= 12 else (b, a)]}
    days: list[date] = []
    for day, month in orders[context.day_first]:
        try:
            days.append(date(year, month, day))
        except ValueError:
            continue
    return days


def _numeric_date(match: re.Match[str], context: Context) -> Readings:
    days = numeric_date(match, context)
    if not days:
        raise Refused("there is no such day")
    return tuple(month_labelled_by(day) for day in days)


def _financial_year(match: re.Match[str], context: Context) -> Readings:
    first, second = match["a"], match["b"]
    start = whole_year(first)
    if (start + 1) % 100 != int(second) % 100 or (len(second) == 4 and int(second) != start + 1):
        if len(second) == 4:
            return ()
        raise Refused("these two years do not follow each other")
    return (Heard(financial(start), "year"),)


def _named_financial_year(match: re.Match[str], context: Context) -> Readings:
    """FY23: the year that ends in 2023, or the one that begins in it."""
    year = whole_year(match["y"])
    return (
        Heard(financial(year - 1), "year", ("named for the year in which it ends",)),
        Heard(financial(year), "year", ("named for the year in which it begins",)),
    )


def calendar_year(year: int) -> Period:
    return Period.of(Month(year, 1), Month(year, 12))


def _calendar_year(match: re.Match[str], context: Context) -> Readings:
    return (Heard(calendar_year(whole_year(match["y"])), "year"),)


def _bare_year(match: re.Match[str], context: Context) -> Readings:
    year = int(match["y"])
    if context.calendar == "financial":
        return (Heard(financial(year), "year", (f"{year} is the financial year begun in it",)),)
    return (Heard(calendar_year(year), "year", ("a year alone is the calendar year",)),)


def _part_of_year(match: re.Match[str], context: Context) -> Readings:
    """A quarter or a half with its year, which may be calendar or financial."""
    which, months = _which(match["part"])
    year = match["year"].strip(" ()")
    if re.fullmatch(p.FY, year):
        years = read_atom(year, context)
        return tuple(
            _slice(one.period, which, months, *one.assumed)
            for one in years
            if len(one.period) == 12
        )
    return _part(which, months, whole_year(year), context)


def _own_quarter(match: re.Match[str], context: Context) -> Readings:
    if context.calendar == "financial":
        return _part(int(match["q"]), 3, int(match["y"]), context)
    return (
        Heard(Period.parse(match[0].upper()), "quarter",
              ("written as 2023-Q4, this is a calendar quarter",)),
    )  # fmt: skip


def _part(which: int, months: int, year: int, context: Context) -> Readings:
    of_calendar = _slice(calendar_year(year), which, months, CALENDAR)
    of_financial = [_slice(financial(year), which, months, FINANCIAL)]
    last = which * months == 12
    if context.calendar == "calendar":
        return (of_calendar,)
    if last:  # Q4 lies in the year after: 'Q4 2024' may be meant for January to March 2024
        of_financial.append(
            _slice(financial(year - 1), which, months, "of the financial year that ends in it")
        )
    if context.calendar == "financial":
        return tuple(of_financial)
    return (of_calendar, *of_financial)


def _slice(year: Period, which: int, months: int, *assumed: str) -> Heard:
    first = year.first + (which - 1) * months
    if months == 6:
        return Heard(Period.of(first, first + 5), "half", assumed)
    name = f"{year.text}-Q{which}" if "/" in year.text else f"{year.first.year}-Q{which}"
    return Heard(Period.parse(name), "quarter", assumed)


def _which(part: str) -> tuple[int, int]:
    """(2, 3) for 'q2' or 'second quarter'; (1, 6) for 'h1'. Months are the length of one."""
    months = 6 if re.search(r"half|^h", part) else 3
    digit = re.search(r"[1-4]", part)
    if digit:
        return int(digit[0]), months
    word = next(word for word in _w.ordinals if part.startswith(word))
    number = _w.ordinals[word]
    if number * months > 12:
        raise Refused("a year has no such half")
    return number, months


def _bare_part(match: re.Match[str], context: Context) -> Readings:
    which, months = _which(match["part"])
    if context.year is None:
        raise Refused("the quarter or half stands without its year")
    if isinstance(context.year, Period):
        return (_slice(context.year, which, months),)
    return _part(which, months, context.year, context)


def _refuse_week(match: re.Match[str], context: Context) -> Readings:
    raise Refused("this is a week; a period here is whole months")


def _forms() -> list[tuple[re.Pattern[str], Callable[[re.Match[str], Context], Readings]]]:
    months = rf"(?P<m>{_MONTHS})\.?"
    listed = [
        (rf"{p.WEEK}(?![a-z]).*\d.*", _refuse_week),
        (r"(?P<y>\d{4})-q(?P<q>[1-4])", _own_quarter),
        (rf"(?P<y>{p.YEAR4})-(?P<m>0[1-9]|1[0-2])", _dashed),
        (rf"(?P<y>{p.YEAR4})[/.](?P<m>0[1-9]|1[0-2])", _slashed),
        (rf"(?P<y>{p.YEAR4})(?P<m>0[1-9]|1[0-2])", _numeric_month),
        (rf"(?P<m>0?[1-9]|1[0-2])[-/.](?P<y>{p.YEAR4})", _numeric_month),
        (rf"(?P<y>{p.YEAR4})[-/.](?P<m>\d\d?)[-/.](?P<d>\d\d?)(?:[ t]0?0:00.*)?", _iso_date),
        (rf"(?P<a>\d\d?)[-/.](?P<b>\d\d?)[-/.](?P<y>{p.YEAR4}|\d\d)(?:[ t]0?0:00.*)?",
         _numeric_date),
        (rf"(?P<d>{p.DAY})(?:st|nd|rd|th)?(?:\s+of)?[\s\-]*{months}{p.GAP}(?P<y>{p.YEAR4}|'?\d\d)",
         _named_date),
        (rf"{months}[\s,(]*(?P<fy>{p.FY})\)?", _month_of_financial_year),
        (rf"{months}{p.GAP}(?P<y>{p.YEAR4}|'?\d\d)", _named_month),
        (rf"(?P<y>{p.YEAR4}){p.GAP}{months}", _named_month),
        (rf"{p.MONTH_ENDING}\s+(?P<rest>.+)", _month_said),
        (r"(?P<a>\d\d)[/\-](?P<b>\d\d)", _two_digits),
        (rf"(?:{p.FY_WORD}\s*)?(?P<a>{p.YEAR4}|\d\d)\s*[/\-]\s*(?P<b>{p.YEAR4}|\d\d)"
         r"(?:\s+(?:financial|fiscal) year)?", _financial_year),
        (rf"{p.FY_WORD}\s*(?P<y>{p.YEAR4}|'?\d\d)", _named_financial_year),
        (rf"(?:{p.CALENDAR_YEAR}\s*(?P<y>{p.YEAR4}))", _calendar_year),
        (rf"(?P<y>{p.YEAR4})\s+(?:calendar year|cal year)", _calendar_year),
        (rf"(?P<part>{p.PART})[\s\-/,(:]*(?:of\s+)?(?:the\s+)?"
         rf"(?P<year>{p.FY}|{p.YEAR4}|'?\d\d)\)?", _part_of_year),
        (rf"(?P<year>{p.FY}|{p.YEAR4})[\s\-/,:(]*(?P<part>{p.PART})\)?", _part_of_year),
        (rf"(?P<y>{p.YEAR4})", _bare_year),
        (months, _bare_month),
        (rf"(?P<part>{p.PART})", _bare_part),
    ]  # fmt: skip
    return [(re.compile(pattern), reader) for pattern, reader in listed]


def _month_said(match: re.Match[str], context: Context) -> Readings:
    return tuple(one for one in read_atom(match["rest"], context) if one.shape == "month")


def _slashed(match: re.Match[str], context: Context) -> Readings:
    """2003/04: a financial year, as this is written here; 2023/11 can only be a month."""
    year, two = int(match["y"]), int(match["m"])
    if (year + 1) % 100 == two:
        return (Heard(financial(year), "year"),)
    return (_month(Month(year, two)),)


_FORMS = _forms()
