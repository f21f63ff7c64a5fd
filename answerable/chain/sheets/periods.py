"""Which months each heading of an axis stands for, with what stands round it."""

from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from itertools import pairwise

from ..body import Month, Period, Problem, financial_year_of
from ..body.spoken import Spoken, find_periods, read_period
from ..body.spoken.heard import Calendar, Heard
from .places import Place
from .sheet import Sheet
from .tokens import Token
from .understood import Remark

Year = int | Period | None


@dataclass
class Resolved:
    """The months of an axis.

    periods   by cell; a cell that is not there could not be resolved, and is a problem
    """

    periods: dict[Place, Heard] = field(default_factory=dict)
    remarks: list[Remark] = field(default_factory=list)
    problems: list[Problem] = field(default_factory=list)


def resolve(
    sheet: Sheet,
    places: Sequence[Place],
    years: Sequence[Place | None],
    title: str = "",
) -> Resolved:
    """The months of each heading.

    places   of the headings, in the order in which they stand
    years    for each, the heading of the year above or beside it
    title    may name the year of months that stand without one
    """
    resolved = Resolved()
    said = _year_from_words(sheet, places, title, resolved)
    spoken: list[Spoken | None] = []
    for place, year in zip(places, years, strict=True):
        context = year_at(sheet, year) if year is not None else None
        spoken.append(_spoken(sheet, place, context, said))
    _roll(sheet, places, years, spoken, said, resolved)
    _choose(sheet, places, spoken, resolved)
    _remark_on_order(sheet, places, resolved)
    _lengthen(sheet, places, resolved)
    return resolved


def _calendar(sheet: Sheet, place: Place) -> Calendar | None:
    value = sheet.corrected.of("calendar", place)
    return "calendar" if value == "calendar" else "financial" if value == "financial" else None


def _spoken(sheet: Sheet, place: Place, year: Year, said: Year) -> Spoken | None:
    token = sheet.token(place)
    calendar = _calendar(sheet, place)
    if token.kind == "bare":
        context = year if year is not None else said if _is_part(token) else None
        if context is None:
            return None
        text = token.spoken.text if token.spoken else ""
        return read_period(text, year=context, calendar=calendar)
    if token.kind in ("period", "year") and token.spoken is not None:
        if calendar and len(token.spoken.readings) > 1:
            return read_period(token.spoken.text, calendar=calendar)
        if calendar == "financial" and token.kind == "year":
            return read_period(token.spoken.text, calendar=calendar)
        return token.spoken
    return token.spoken


def _is_part(token: Token) -> bool:
    """Whether a bare heading is a quarter or a half, of which a year alone decides."""
    return token.spoken is not None and "quarter" in token.spoken.reason


def year_at(sheet: Sheet, place: Place) -> Year:
    """The year that a heading above names: 2023, or the months of 2023/24."""
    token = sheet.token(place)
    if token.spoken is None or not token.spoken.readings:
        return None
    first = token.spoken.readings[0]
    years = [one for one in token.spoken.readings if one.shape == "year"]
    if len(token.spoken.readings) > 1 and len(years) != 1:
        return None
    chosen = years[0] if years else first
    if chosen.shape != "year":
        return None
    if chosen.assumed and chosen.period.first.month == 1:
        return chosen.period.first.year
    return chosen.period


def _year_from_words(sheet: Sheet, places: Sequence[Place], title: str, resolved: Resolved) -> Year:
    """The year of months without one: from a correction, or the one year that a title names."""
    if not any(sheet.token(place).kind == "bare" for place in places):
        return None
    corrected = sheet.corrected.of("year", *places)
    if corrected:
        token = read_period(corrected)
        years = [one for one in token.readings if one.shape == "year"]
        if len(years) == 1:
            plain = years[0].assumed and years[0].period.first.month == 1
            return years[0].period.first.year if plain else years[0].period
        return None
    mentions = [m for m in find_periods(title) if m.spoken.shape == "year"]
    named = {(m.spoken.period.first, m.spoken.period.last) for m in mentions if m.spoken.period}
    of = read_period(sheet.name)
    if not named and of.period is not None and of.shape == "year":
        named = {(of.period.first, of.period.last)}
    if len(named) != 1:
        return None
    first, _ = named.pop()
    return financial_year_of(first) if first.month == 4 else first.year


def _roll(
    sheet: Sheet,
    places: Sequence[Place],
    years: Sequence[Place | None],
    spoken: list[Spoken | None],
    said: Year,
    resolved: Resolved,
) -> None:
    """Months without a year of their own follow one another from the year that is known."""
    bare = [i for i, place in enumerate(places) if sheet.token(place).kind == "bare"]
    alone = [i for i in bare if spoken[i] is None]
    _check_wrapping(sheet, places, years, spoken, bare, resolved)
    alone = _follow_on(sheet, places, spoken, alone, resolved)
    if not alone:
        return
    if said is None:
        resolved.problems.append(
            Problem(
                sheet.place(places[alone[0]]),
                "this month or quarter stands without its year, and nothing above says which",
                "a year above it, or a correction `year` such as 2023/24",
                "Say which year the first month lies in.",
            )
        )
        return
    last: Month | None = None
    for i in alone:
        token = sheet.token(places[i])
        text = token.spoken.text if token.spoken else ""
        year = said if last is None else _following(text, last)
        spoken[i] = read_period(text, year=year)
        found = spoken[i]
        if found is not None and found.period is not None:
            last = found.period.last
    words = said.text if isinstance(said, Period) else str(said)
    resolved.remarks.append(
        Remark("year", f"The months stand without a year: the first is read as one of {words}, and"
               " each as following the one before.", sheet.place(places[alone[0]]), "year")
    )  # fmt: skip


def _follow_on(
    sheet: Sheet,
    places: Sequence[Place],
    spoken: list[Spoken | None],
    alone: list[int],
    resolved: Resolved,
) -> list[int]:
    """Apr-23, May, Jun: a bare month just after one that is dated. Gives those that are not."""
    told, rest = "", []
    for i in alone:
        token, before = sheet.token(places[i]), spoken[i - 1] if i else None
        text = token.spoken.text if token.spoken else ""
        last = before.period if before is not None else None
        found = None
        if last is not None and len(last) == 1 and not sheet.corrected.of("year", places[i]):
            years = (last.first.year, last.first.year + 1)
            ways = [read_period(text, year=year) for year in years]
            fits = (last.first, last.first + 1)
            found = next((w for w in ways if w.period and w.period.first in fits), None)
        if found is None:
            rest.append(i)
            continue
        spoken[i] = found
        told = told or sheet.place(places[i])
    if told:
        words = "Months without a year are read as following the one that has it."
        resolved.remarks.append(Remark("year", words, told, "year"))
    return rest


def _following(text: str, last: Month) -> int:
    """The year in which a month of that name next follows."""
    this = read_period(text, year=last.year).period
    return last.year if this is not None and this.first > last else last.year + 1


def _check_wrapping(
    sheet: Sheet,
    places: Sequence[Place],
    years: Sequence[Place | None],
    spoken: Sequence[Spoken | None],
    bare: Sequence[int],
    resolved: Resolved,
) -> None:
    """December, January under one heading 2023: the heading cannot mean one calendar year."""
    months = [i for i in bare if (s := spoken[i]) and s.shape == "month"]
    for one, other in pairwise(months):
        if years[one] is None or years[one] != years[other]:
            continue
        a, b = spoken[one], spoken[other]
        if a and b and a.period and b.period and b.period.first <= a.period.first:
            resolved.problems.append(
                Problem(
                    sheet.place(places[other]),
                    "the months run over the new year under the heading of one year",
                    "a financial year such as 2023/24 above them, or a year above each",
                    "Correct the heading of the year.",
                )
            )
            return


def _choose(
    sheet: Sheet, places: Sequence[Place], spoken: Sequence[Spoken | None], resolved: Resolved
) -> None:
    """One reading for each; where the words allow several, the one that the others agree with."""
    shapes: set[object] = {one.shape for one in spoken if one and one.shape is not None}
    before: Heard | None = None
    for place, one in zip(places, spoken, strict=True):
        if one is None:
            continue
        chosen = _reading(one, shapes, before, _calendar(sheet, place), spoken)
        if chosen is None:
            resolved.problems.append(_unresolved(sheet, place, one))
            continue
        if len(one.readings) > 1 or (chosen.assumed and chosen.assumed[0].startswith("of the")):
            told = f"'{sheet.text(place)}' is read as {chosen.period.plain()}."
            resolved.remarks.append(Remark("period", told, sheet.place(place), "calendar"))
        elif chosen.assumed:
            told = f"{chosen.assumed[0][0].upper()}{chosen.assumed[0][1:]}."
            if not any(each.text == told for each in resolved.remarks):
                kind = "calendar" if chosen.shape in ("year", "quarter", "half") else ""
                resolved.remarks.append(Remark("period", told, sheet.place(place), kind))
        before = chosen
        resolved.periods[place] = chosen


def _reading(
    one: Spoken,
    shapes: set[object],
    before: Heard | None,
    calendar: Calendar | None,
    others: Sequence[Spoken | None],
) -> Heard | None:
    if len(one.readings) <= 1:
        return one.readings[0] if one.readings else None
    if len(shapes) == 1:
        fitting = [each for each in one.readings if each.shape in shapes]
        if len(fitting) == 1:
            return fitting[0]
    if calendar is not None:
        follows = [r for r in one.readings if before and r.period.first == before.period.last + 1]
        return follows[0] if follows else one.readings[0]
    return _by_steps(one, others)


def _by_steps(one: Spoken, others: Sequence[Spoken | None]) -> Heard | None:
    """2010-11 beside 2011-12: as years they follow each other, as months they do not."""
    ways: dict[str, list[Heard]] = {}
    for each in others:
        if each is None or {r.shape for r in each.readings} != {"month", "year"}:
            return None
        for reading in each.readings:
            ways.setdefault(reading.shape, []).append(reading)
    fitting = [
        shape
        for shape, readings in ways.items()
        if len(readings) > 1
        and all(b.period.first == a.period.last + 1 for a, b in pairwise(readings))
    ]
    if len(fitting) != 1:
        return None
    return next(reading for reading in one.readings if reading.shape == fitting[0])


def _unresolved(sheet: Sheet, place: Place, one: Spoken) -> Problem:
    if one.readings:
        quarter = any(each.shape in ("quarter", "half") for each in one.readings)
        step = "Say whether calendar or financial: a correction `calendar`."
        each = " or ".join(str(reading.period) for reading in one.readings)
        return Problem(
            sheet.place(place), one.reason, each,
            step if quarter else "Write it out: a correction `cell`.",
        )  # fmt: skip
    return Problem(
        sheet.place(place), one.reason, "whole months", "Correct the heading: a correction `cell`."
    )


def _remark_on_order(sheet: Sheet, places: Sequence[Place], resolved: Resolved) -> None:
    """A month that stands out of order may be a slip of the year."""
    known = [(place, resolved.periods[place]) for place in places if place in resolved.periods]
    if sheet.relative or len({(h.period.first, h.period.last) for _, h in known}) < len(known):
        return
    single = [(place, heard) for place, heard in known if len(heard.period) == 1]
    if len(single) < 3:
        return
    steps = [b[1].period.first - a[1].period.first for a, b in pairwise(single)]
    down = sum(step < 0 for step in steps)
    backwards = down > len(steps) / 2
    for (place, heard), step in zip(single[1:], steps, strict=True):
        if (step > 0) == backwards:
            told = f"{heard.period.plain()} stands out of order: check its year."
            resolved.remarks.append(Remark("order", told, sheet.place(place), "cell"))


def _lengthen(sheet: Sheet, places: Sequence[Place], resolved: Resolved) -> None:
    """Dates three months apart: quarters, where each is the last day of one."""
    months = {
        place: heard
        for place in places
        if (heard := resolved.periods.get(place)) is not None and heard.shape == "month"
    }
    wish = sheet.corrected.of("length", *places)
    distinct = sorted({heard.period.first for heard in months.values()})
    steps = [b - a for a, b in pairwise(distinct)]
    apart = len(distinct) > 2 and all(step % 3 == 0 for step in steps)
    if not wish and (not apart or len(months) < len(resolved.periods)):
        return
    at = sheet.place(next(iter(months))) if months else ""
    last_days = all(heard.day == "last" for heard in months.values())
    ends = all(month.month % 3 == 0 for month in distinct)
    if not wish and not (last_days and ends):
        told = (
            "The months stand three apart: each is read as a single month; if it stands for its"
            " quarter or its year, say so."
        )
        resolved.remarks.append(Remark("length", told, at, "length"))
        return
    if not wish:
        told = (
            "The dates are the last days of quarters: each is read as its quarter; if it stands"
            " for a single month or a rolling year, say so."
        )
        resolved.remarks.append(Remark("length", told, at, "length"))
    length = {"quarter": 3, "rolling year": 12, "month": 1}[wish or "quarter"]
    for place, heard in months.items():
        resolved.periods[place] = _longer(heard, length)


def _longer(heard: Heard, months: int) -> Heard:
    last = heard.period.last
    if months == 1:
        return heard
    shape = {3: "quarter", 12: "rolling"}[months]
    return replace(heard, period=Period.of(last + (1 - months), last), shape=shape)  # type: ignore[arg-type]
