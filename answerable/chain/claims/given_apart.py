"""Figures that were given for several areas, or of one day: an outlier, something in place.

Both are told by the code that tells them of records, on results made from the figures.
"""

from collections.abc import Sequence
from dataclasses import replace
from datetime import date

from ..body import WHOLE, Month, Period
from ..figures import Figure, Totals, results_of
from ..measures import Result, Unit
from .evidence import asked
from .footing import twice_in, wordy_of_totals
from .outlying import verdict_on_outlier
from .stating import verdict_in_place
from .undecided import cannot_tell, nothing_for
from .verdict import Verdict


def by_area(figures: Sequence[Figure]) -> dict[str, Totals]:
    """The figures of each area, in the order in which the areas come.

    Raises ValueError for figures of several measures, statistics or units, and for none.
    """
    areas = dict.fromkeys(figure.area for figure in figures)
    Totals(replace(figure, area=WHOLE) for figure in figures)  # of one series but for the area
    return {area: Totals(f for f in figures if f.area == area) for area in areas}


def outlying(places: dict[str, Totals], area: str, period: Period) -> Verdict:
    """Whether an area stands apart from the others over a period.

    An area for which different figures were given is set beside nothing. The whole is no area.
    Raises ValueError for an area that has no figures.
    """
    if area not in places:
        raise ValueError(f"no figures were given for '{area}'; there are {', '.join(places)}")
    mine = places[area]
    wordy = wordy_of_totals(mine)
    if mine.standing:  # what stands at a day is, for a longer period, what stands at its end
        period = Period.of(period.last, period.last)
    if twice := twice_in(mine, period):
        return cannot_tell(twice, wordy.unit, nothing_for(wordy.when(period)))
    results = {
        code: result
        for code, each in places.items()
        if (code != WHOLE or area == WHOLE)
        and not twice_in(each, period)
        and (result := result_of(each, period)) is not None
    }
    return verdict_on_outlier(wordy, results, area, period, mix_open=True)


def result_of(totals: Totals, period: Period) -> Result | None:
    """The figure of a period as a result; None where nothing was given for it."""
    made = results_of(totals.figures, {}, [period])
    spans = (period.first, period.last)
    found = next((r for r in made if _span(r.period) == spans), None)
    return found if found is None else _with_its_count(found, totals)


def _with_its_count(result: Result, totals: Totals) -> Result:
    """With the count that a percentage of so many comes to, where none was given.

    What people answered is left alone, since weights may make it the share of no count.
    """
    if result.count is not None or not result.n or result.value is None:
        return result
    if totals.unit != Unit.SHARE or asked(totals.title, totals.statistic, totals.unit):
        return result
    return replace(result, count=round(result.value * result.n))


def _span(text: str) -> tuple[Month, Month]:
    found = Period.parse(text)
    return found.first, found.last


def in_place(totals: Totals, on: date, stated: str | float | None, until: Period | None) -> Verdict:
    """Whether what was said to be in place by a day is so by the figure of its month."""
    month = Month.of(on)
    wordy = wordy_of_totals(totals)
    if twice := twice_in(totals, Period.of(month, month)):
        return cannot_tell(twice, wordy.unit, nothing_for(month.plain()))
    made = results_of(totals.figures, {})
    months = {Month.parse(r.period): r for r in made if r.grain == "month"}
    return verdict_in_place(wordy, months, on, stated, until)
