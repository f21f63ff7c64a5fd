"""A period as people write it, read into whole months."""

from ..periods import Period
from .atoms import read_atom
from .heard import Calendar, Context, Heard, Refused, Spoken
from .spans import read_span
from .vocabulary import plain

LONGEST = 120
"""A period is not longer than this; whatever is, is something else."""


def read_period(
    text: str,
    *,
    year: "int | Period | None" = None,
    calendar: Calendar | None = None,
    day_first: bool | None = None,
) -> Spoken:
    """Read a period in any of the field's spellings.

    year       completes a month or quarter that stands without its year: a year (2023), or a
               Period, as a heading above says it (2023/24: April to March)
    calendar   whose quarters, halves and years are meant where the words do not say. Without
               it, 'Q3 2023' has one reading of each, and the caller or a correction decides
    day_first  how 04/01/2023 is meant; without it the day is first, unless that is no day
    Nothing is raised: words that are no period, or a period of part-months, give a `Spoken`
    without readings and with the reason. 'Nov 23', '2023-11', '12m to Apr-15', 'YTD Sept 2023',
    'Apr–Sep 2023' and many more: see `docs/reference/spreadsheets.md`.
    """
    context = Context(year, calendar, day_first)
    if len(text) > LONGEST:
        return Spoken(text[:LONGEST], (), "this is too long to be a period")
    said = " ".join(plain(text).split()).strip(" :;,*")
    try:
        readings = read_span(said, context) or read_atom(said, context)
    except Refused as refused:
        return Spoken(text, (), str(refused))
    if not readings:
        return Spoken(text, (), "this is not a period in any spelling that is known here")
    readings = _distinct(readings)
    return Spoken(text, readings, _what_decides(readings) if len(readings) > 1 else "")


def _distinct(readings: tuple[Heard, ...]) -> tuple[Heard, ...]:
    """One for each run of months."""
    seen: dict[tuple[object, object], Heard] = {}
    for one in readings:
        seen.setdefault((one.period.first, one.period.last), one)
    return tuple(seen.values())


def _what_decides(readings: tuple[Heard, ...]) -> str:
    each = ", or ".join(_because(one) for one in readings)
    return f"this may be {each}: say which"


def _because(one: Heard) -> str:
    first, last = one.period.first, one.period.last
    span = first.plain() if first == last else f"{first.plain()} to {last.plain()}"
    return f"{span} ({one.assumed[0]})" if one.assumed else span
