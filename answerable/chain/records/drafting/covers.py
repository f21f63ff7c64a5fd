"""Which months a file covers, by the dates under which its records are filed."""

from datetime import date, timedelta

from ...body import Month
from .contents import Column, Contents
from .guess import FAIRLY, NOT, Choice, Filled, Guess

FEW = 100
"""Of fewer records the first and the last tell little of the months that a file covers."""


def covers_of(contents: Contents, choice: Choice) -> tuple[str, tuple[str, ...], Guess]:
    """The months that the file covers, those half covered, and the guess.

    Months at either end with hardly a record in them (under a hundredth of the usual) are taken
    for mistakes of dates. The period is empty where no date can be read.
    """
    contract = choice.contract
    filed = next((f for f in contract.fields if f.name == contract.month), None)
    source = choice.filled.get((filed.civil_date_of or filed.name) if filed else "")
    days = _days(contents.columns[source.column], source) if source else {}
    if source is None or not days:
        return "", (), Guess("covers", "", "no column of dates was found", NOT)
    months: dict[Month, int] = {}
    for day, count in days.items():
        month = Month(day.year, day.month)
        months[month] = months.get(month, 0) + count
    usual = sorted(months.values())[len(months) // 2]
    kept = sorted(month for month, count in months.items() if 100 * count >= usual)
    first, last = kept[0], kept[-1]
    half = () if source.months_alone else _half_covered(days, first, last)
    why = f"the first and last months in {contents.columns[source.column].name}"
    if strays := len(months) - len(kept):
        why += f"; {strays} months with hardly a record were left out"
    if half:
        why += f"; {' and '.join(half)} only in part"
    whole = contents.sample.whole and not strays and sum(days.values()) >= FEW
    covers = str(first) if first == last else f"{first}..{last}"
    return covers, half, Guess("covers", covers, why, FAIRLY if whole else NOT)


def _days(column: Column, source: Filled) -> dict[date, int]:
    """How many records lie on each day; a month that is told alone lies on its first."""
    found = column.when("day", source.formats, "-01" if source.months_alone else "")
    return {day.date(): count for day, count in found.items()}


def _half_covered(days: dict[date, int], first: Month, last: Month) -> tuple[str, ...]:
    """The first or last month, where records of most days stop well within it."""
    inside = [day for day in days if first.first_day <= day <= last.last_day]
    if len(inside) < 0.8 * ((max(inside) - min(inside)).days + 1):
        return ()
    half = []
    if min(inside) > first.first_day + timedelta(days=1):
        half.append(str(first))
    if max(inside) < last.last_day - timedelta(days=1):
        half.append(str(last))
    return tuple(dict.fromkeys(half))
