"""The periods for which figures are made, and what is known of each.

Months, calendar quarters, financial years, the rolling year that ends with each month,
and the periods that claims name.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import timedelta

from ..body import Month, Period, financial_year_of, quarter_of
from .definition import Definition
from .recipe import tables_of
from .result import Grain, Status
from .source import Coverage, Source

ROLLING = 12
"""Months in a rolling window."""

YEAR_ENDS = 3
"""The month that ends a financial year."""


@dataclass(frozen=True)
class Slot:
    """One period in the order of a timeline. `number` stands for it inside the engine."""

    number: int
    period: Period
    grain: Grain


def timeline(span: Period, windows: Iterable[Period] = ()) -> tuple[Slot, ...]:
    """Every period that lies in or overlaps `span`, and every window, each once.

    A window whose months are those of a period that is there already is not added: it
    is found by its months.
    """
    found: dict[Period, Grain] = {}
    found |= {Period.of(month, month): Grain.MONTH for month in span}
    found |= {quarter_of(month): Grain.QUARTER for month in span}
    found |= {financial_year_of(month): Grain.YEAR for month in span}
    for first in list(span)[: max(0, len(span) - ROLLING + 1)]:
        found[Period.of(first, first + (ROLLING - 1))] = Grain.WINDOW
    known = {(period.first, period.last) for period in found}
    for window in windows:
        if (window.first, window.last) not in known:
            known.add((window.first, window.last))
            found[window] = Grain.WINDOW
    return tuple(Slot(i, period, grain) for i, (period, grain) in enumerate(found.items()))


def slots_of(
    source: Source, definitions: Iterable[Definition], windows: Iterable[Period]
) -> tuple[Slot, ...]:
    """The periods of a source: those that any table of the definitions covers, and the windows."""
    span = source.span({table for each in definitions for table in tables_of(each)})
    return timeline(span, windows) if span else ()


def status_of(
    definition: Definition, period: Period, coverage: Iterable[Coverage], at_end: bool
) -> Status:
    """What is known of a period before any record of it is looked at.

    coverage  of each table that the measure reads; every one must cover the period
    at_end    the measure is taken on the last day of the period, so only its last month counts
    Missing outweighs not comparable, which outweighs provisional. `ok` may yet be `zero`.
    """
    months = (period.last,) if at_end else tuple(period)
    tables = tuple(coverage)
    if not tables or any(month not in table.months for table in tables for month in months):
        return Status.MISSING
    if not at_end and any(_across(period, each.on.toordinal()) for each in definition.breaks):
        return Status.NOT_COMPARABLE
    settled_on = period.last.last_day + timedelta(days=definition.settles_days)
    unsettled = any(settled_on > table.last_day for table in tables)
    if unsettled or any(month in table.provisional for table in tables for month in months):
        return Status.PROVISIONAL
    return Status.OK


def _across(period: Period, day: int) -> bool:
    return period.first.first_day.toordinal() < day <= period.last.last_day.toordinal()


def settled(month: Month, definition: Definition, coverage: Iterable[Coverage]) -> bool:
    """Whether a month belongs to the settled source."""
    status = status_of(definition, Period.of(month, month), coverage, at_end=False)
    return status in (Status.OK, Status.NOT_COMPARABLE)


def standard_months(
    definition: Definition, slots: Iterable[Slot], source: Source
) -> tuple[int, ...]:
    """The months whose mix is the standard of a measure, as numbers from year 0.

    The settled months up to the end of the last financial year of which they reach the
    last month, if those are a year at least; else every settled month. So the standard
    stands for a year, and a new month does not move what was said of the others.
    """
    coverage = [source.coverage(table) for table in tables_of(definition)]
    months = dict.fromkeys(s.period.first for s in slots if s.grain == Grain.MONTH)
    found = [month for month in months if settled(month, definition, coverage)]
    ends = [month for month in found if month.month == YEAR_ENDS]
    held = [month for month in found if ends and not month > max(ends)]
    return tuple(month.index for month in (held if len(held) >= ROLLING else found))
