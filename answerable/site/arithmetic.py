"""Figures that follow from other published figures, worked out again."""

import math
from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass

from ..chain.body import WHOLE, Month
from ..chain.measures import Definition, Gathered, Grade, Grain, Result, Status, Unit, period_of
from ..chain.statistics import wilson
from .release import Release

NUMBERLESS = (Status.SUPPRESSED, Status.MISSING)
GIVEN = (Grade.MONTHS, Grade.TWO)
_LAST_PLACE = {
    Unit.SHARE: 1e-6,
    Unit.RATIO: 1e-4,
    Unit.COUNT: 1e-4,
    Unit.DAYS: 0.1,
    Unit.SECONDS: 0.1,
}
"""One unit of the last place to which a value of each unit is rounded."""


@dataclass(frozen=True)
class Followed:
    """wrong: sentences. followed: how many figures were worked out. cannot: sentences."""

    wrong: tuple[str, ...]
    followed: int
    cannot: tuple[str, ...]


def follow(release: Release) -> Followed:
    """Work out every figure that can be; say which kinds cannot be."""
    figures = Gathered(release.results, release.source)
    definitions = {each.key: each for each in release.definitions}
    wrong: list[str] = []
    followed = 0
    rests_on_rows: dict[str, int] = defaultdict(int)
    for result in release.results:
        if result.status in NUMBERLESS:
            rests_on_rows["are withheld or missing"] += 1
            if any(x is not None for x in (result.value, result.count, result.lower)):
                wrong.append(f"{result.name}: {result.status}, and yet a number is published.")
            continue
        checks = list(_checks(result, definitions[result.measure], figures))
        followed += bool(checks)
        if any(each % result.rounded_to for each in (result.n or 0, result.count or 0)):
            wrong.append(f"{result.name}: said to be rounded to {result.rounded_to}, and is not.")
        if not checks:
            rests_on_rows[_why_not(result)] += 1
        wrong += [f"{result.name}: {what}." for holds, what in checks if not holds]
    cannot = tuple(f"{number:,} figures {why}." for why, number in sorted(rests_on_rows.items()))
    return Followed(tuple(wrong), followed, cannot)


def _why_not(result: Result) -> str:
    if result.grade in GIVEN:
        return "were given without records, and are shown as they stood"
    if result.basis != "raw":
        return "are standardised, which needs the rows"
    if result.unit in (Unit.SECONDS, Unit.DAYS):
        return "are medians or percentiles, which need the rows"
    if "Kish" in result.method:
        return "are weighted survey shares, which need each answer's weight"
    return "are first counts, which need the rows"


def _checks(
    result: Result, definition: Definition, figures: Gathered
) -> Iterator[tuple[bool, str]]:
    """Pairs: whether it holds, and what does not where it does not."""
    if result.value is None or result.basis != "raw":
        return
    last = _LAST_PLACE[result.unit]
    if result.unit == Unit.SHARE and result.count is not None and "Kish" not in result.method:
        if result.n and result.method == "Wilson":
            yield (
                abs(result.count / result.n - result.value) <= last,
                "the share is not count over n",
            )
            yield _same_interval(result), "the interval does not follow from count and n"
    elif result.unit == Unit.RATIO and result.n and result.count is not None:
        ratio = result.count * definition.per / result.n
        yield (
            abs(ratio - result.value) <= last,
            "the ratio is not its numerator over its denominator",
        )
    elif result.statistic == "per_day" and result.n is not None:
        daily = result.n / period_of(result.period).days
        yield abs(daily - result.value) <= last, "the count per day is not the count over the days"
    elif result.statistic == "count" and definition.kind == "count" and result.grade not in GIVEN:
        yield from _adds_up(result, figures)


def _same_interval(result: Result) -> bool:
    if result.lower is None or result.upper is None or result.count is None or not result.n:
        return False
    lower, upper = wilson(result.count, result.n)
    return math.isclose(lower, result.lower, abs_tol=2e-6) and math.isclose(
        upper, result.upper, abs_tol=2e-6
    )


def _adds_up(result: Result, figures: Gathered) -> Iterator[tuple[bool, str]]:
    """A count of several months is the sum of its months; areas are no more than the whole."""
    name = (result.measure, result.statistic)
    if result.grain != Grain.MONTH:
        months = [
            figures.one(*name, result.area, str(month), result.split) for month in _each(result)
        ]
        if all(m is not None and m.value is not None for m in months):
            total = sum(m.value for m in months if m is not None and m.value is not None)
            apart = abs(total - (result.value or 0))
            slack = (result.rounded_to // 2) * (len(months) + 1)
            yield apart <= slack, "the months do not add up to it"
    if result.area == WHOLE:
        areas = {r.area for r in figures.of(result.measure)} - {WHOLE}
        parts = [figures.one(*name, area, result.period, result.split) for area in areas]
        total = sum(p.value for p in parts if p is not None and p.value is not None)
        slack = (result.rounded_to // 2) * (len(areas) + 1)
        yield total <= (result.value or 0) + slack, "its areas come to more than the whole"


def _each(result: Result) -> tuple[Month, ...]:
    return tuple(period_of(result.period))
