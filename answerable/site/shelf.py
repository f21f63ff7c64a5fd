"""Published results, shelved so that a page finds a series or a figure at once."""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from functools import lru_cache

from ..chain.body import WHOLE, Period
from ..chain.measures import Grain, Result, Status

YEAR = 12


@lru_cache(maxsize=4096)
def period_of(text: str) -> Period:
    """A result's period, read once for each spelling."""
    return Period.parse(text)


class Shelf:
    """Results by measure, by series and by full name, in order of time.

    It answers as `chain.measures.Results` does, so that claims can be checked on what is
    published and on nothing else.
    """

    def __init__(self, results: Iterable[Result], source: str):
        self.source = source
        self._measures: dict[str, list[Result]] = defaultdict(list)
        series: dict[tuple[str, ...], list[Result]] = defaultdict(list)
        self._one: dict[tuple[str, ...], Result] = {}
        self._months: dict[tuple[object, ...], Result] = {}
        for result in results:
            name = (result.measure, result.statistic, result.area, result.split, result.basis)
            self._measures[result.measure].append(result)
            series[(*name, result.grain)].append(result)
            self._one[(*name, result.period)] = result
            period = period_of(result.period)
            self._months.setdefault((*name, period.first, period.last), result)
        self._series = {name: tuple(sorted(of, key=_when)) for name, of in series.items()}

    def of(self, measure: str) -> list[Result]:
        """Every result of a measure, in the order in which they came."""
        return self._measures.get(measure, [])

    def series(
        self,
        measure: str,
        statistic: str,
        area: str = WHOLE,
        split: str = "",
        basis: str = "raw",
        grain: Grain = Grain.MONTH,
    ) -> tuple[Result, ...]:
        """One series, in order of time."""
        return self._series.get((measure, statistic, area, split, basis, grain), ())

    def one(
        self,
        measure: str,
        statistic: str,
        area: str = WHOLE,
        period: Period | str = "",
        split: str = "",
        basis: str = "raw",
    ) -> Result | None:
        """One figure; a period that is not there as spelled is found by its months."""
        name = (measure, statistic, area, split, basis)
        found = self._one.get((*name, str(period)))
        if found is None:
            asked = period if isinstance(period, Period) else period_of(period)
            found = self._months.get((*name, asked.first, asked.last))
        return found

    def splits(self, measure: str, statistic: str) -> list[str]:
        """The splits that a statistic is given by, in a fixed order."""
        found = {r.split for r in self.of(measure) if r.split and r.statistic == statistic}
        return sorted(found)

    def years(
        self, measure: str, statistic: str, area: str = WHOLE, split: str = ""
    ) -> Sequence[Result]:
        """Every twelve months that are given: rolling years first, else financial years."""
        name = (measure, statistic, area, split)
        rolling = [r for r in self.series(*name, grain=Grain.WINDOW) if _long(r) == YEAR]
        return rolling or self.series(*name, grain=Grain.YEAR)

    def latest_year(
        self, measure: str, statistic: str, area: str = WHOLE, split: str = ""
    ) -> Result | None:
        """The last settled twelve months; the last that there are where none has settled."""
        years = [r for r in self.years(measure, statistic, area, split) if r.value is not None]
        settled = [r for r in years if r.status in (Status.OK, Status.ZERO, Status.REVISED)]
        return (settled or years or [None])[-1]

    def year_before(self, result: Result) -> Result | None:
        """The twelve months before, of the same name."""
        first = period_of(result.period).first
        same = self.years(result.measure, result.statistic, result.area, result.split)
        before = [r for r in same if period_of(r.period).last + 1 == first]
        return before[0] if before else None


def _when(result: Result) -> tuple[int, int]:
    period = period_of(result.period)
    return period.last.index, period.first.index


def _long(result: Result) -> int:
    return len(period_of(result.period))
