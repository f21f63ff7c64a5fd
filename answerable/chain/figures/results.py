"""Figures → results: the same object as a figure from rows, with another grade of evidence."""

import hashlib
import json
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import replace

from ..body import Period, financial_year_of, quarter_of
from ..measures import Definition, Grade, Grain, Result, Status, Unit
from ..measures.figures import PLACES
from .certainty import interval
from .defined import definitions_of
from .figure import Figure
from .totals import Totals, Whole

YEAR = 12
Named = tuple[str, Grain, Period]


def results_of(
    figures: Iterable[Figure],
    definitions: Mapping[str, Definition],
    windows: Iterable[Period] = (),
) -> tuple[Result, ...]:
    """Results made from figures: as given, and what they make up.

    windows   periods beside quarters, financial years and rolling years, such as those that
              claims name
    Grade `monthly totals` where a series has monthly figures, else `two figures`. A longer
    period is put together where its parts allow it (see `Totals.whole`); where one of them is
    withheld, so is the whole. Each name is given once: see `differing.settled`.
    Raises InputMistake for figures that do not fit the measure that they name.
    """
    given = tuple(figures)
    made, _ = definitions_of(given, definitions)
    known = {**definitions, **made}
    source = digest_of(given)
    series: dict[tuple[str, str, str], list[Figure]] = defaultdict(list)
    for figure in given:
        series[figure.measure, figure.statistic, figure.area].append(figure)
    named = tuple(windows)
    return tuple(
        result
        for (key, _, _), mine in sorted(series.items())
        for result in _series(Totals(mine), known[key], named, source)
    )


def digest_of(figures: Iterable[Figure]) -> str:
    """sha256 of what the figures say and where it stands; who typed them is left out."""
    said = sorted(
        [f.measure, f.title, f.statistic, f.area, f.period.text, str(f.unit), f.per,
         str(f.status), repr(f.value), repr(f.numerator), repr(f.denominator), f.source, f.place]
        for f in figures
    )  # fmt: skip
    return hashlib.sha256(json.dumps(said).encode()).hexdigest()


def _series(
    totals: Totals, definition: Definition, windows: Sequence[Period], source: str
) -> Iterator[Result]:
    for text, grain, period in _periods(totals, windows):
        empty = _empty(totals, definition, text, grain, source)
        # What stands at a day is, for a longer period, what stands at its end.
        day = Period.of(period.last, period.last)
        whole = totals.whole(day if totals.standing and not totals.at(period) else period)
        if whole is not None:
            yield _filled(empty, totals, whole)
        elif totals.withheld(period):
            yield replace(empty, status=Status.SUPPRESSED)
        elif totals.at(period) is not None:
            yield empty


def _periods(totals: Totals, windows: Sequence[Period]) -> list[Named]:
    """Every period that may have a figure, by the spelling and grain of results."""
    found: dict[tuple[str, Grain], Period] = {}

    def add(text: str, grain: Grain, period: Period) -> None:
        found.setdefault((text, grain), period)

    for figure in totals.by_span.values():
        for named in _spellings(figure.period):
            add(*named)
    for month in totals.months:
        quarter, year = quarter_of(month), financial_year_of(month)
        add(quarter.text, Grain.QUARTER, quarter)
        add(year.text, Grain.YEAR, year)
        rolling = Period.of(month + (1 - YEAR), month)
        if all(each in totals.months for each in rolling):
            add(rolling.text, Grain.WINDOW, rolling)
    for window in windows:
        for named in _spellings(window):
            add(*named)
    return [
        (text, grain, period)
        for (text, grain), period in sorted(
            found.items(),
            key=lambda item: (list(Grain).index(item[0][1]), item[1].first, item[1].last),
        )
    ]


def _spellings(period: Period) -> Iterator[Named]:
    """A period as results name it: a financial year is a window of twelve months as well."""
    plain = Period.of(period.first, period.last)
    if len(period) == 1:
        yield plain.text, Grain.MONTH, plain
        return
    quarter = quarter_of(period.first)
    if _same(quarter, period):
        yield quarter.text, Grain.QUARTER, quarter
        return
    year = financial_year_of(period.first)
    if _same(year, period):
        yield year.text, Grain.YEAR, year
    yield plain.text, Grain.WINDOW, plain


def _same(one: Period, other: Period) -> bool:
    return (one.first, one.last) == (other.first, other.last)


def _filled(empty: Result, totals: Totals, whole: Whole) -> Result:
    lower, upper, method = interval(
        totals.unit, whole.period, whole.value, whole.numerator, whole.denominator,
        statistic=totals.statistic, per=totals.per,
    )  # fmt: skip
    value = round(whole.value, PLACES[totals.unit])
    count, n = _counted(totals, whole)
    return replace(
        empty,
        value=value,
        n=n,
        count=count,
        status=_status(totals, whole, value),
        lower=lower,
        upper=upper,
        method=method,
    )


def _counted(totals: Totals, whole: Whole) -> tuple[int | None, int | None]:
    """The numerator and what it rests on, as results hold them."""
    if totals.unit == Unit.COUNT:
        return None, int(whole.value) if whole.value == int(whole.value) else None
    n = None if whole.denominator is None else round(whole.denominator)
    top = whole.numerator
    if any(count is not None and count % 1 for count in (top, whole.denominator)):
        return None, n  # weighted counts are nobody's number
    shares = totals.unit in (Unit.SHARE, Unit.RATIO) and top is not None and n is not None
    return (round(top) if shares and top is not None else None), n


def _status(totals: Totals, whole: Whole, value: float) -> Status:
    statuses = {figure.status for figure in whole.parts}
    for status in (Status.PROVISIONAL, Status.REVISED):
        if status in statuses:
            return status
    return Status.ZERO if value == 0 and totals.unit == Unit.COUNT else Status.OK


def _empty(totals: Totals, definition: Definition, text: str, grain: Grain, source: str) -> Result:
    """The name of a figure, without a value."""
    return Result(
        measure=definition.key,
        version=definition.version,
        definition=definition.digest,
        statistic=totals.statistic,
        area=totals.area,
        period=text,
        grain=grain,
        unit=totals.unit,
        value=None,
        n=None,
        status=Status.MISSING,
        source=source,
        grade=Grade.MONTHS if totals.months else Grade.TWO,
    )
