"""Results that do not lie in a file: after disclosure control, or read back from a site."""

from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator
from functools import lru_cache

from ..body import WHOLE, Period
from .result import Grain, Result, Status


@lru_cache(maxsize=4096)
def period_of(text: str) -> Period:
    """A result's period, read once for each spelling."""
    return Period.parse(text)


class Gathered:
    """The same questions as `Results` answers, of results held in memory.

    source   digest of the snapshot or file on which they rest
    """

    def __init__(self, results: Iterable[Result], source: str):
        self.source = source
        self._measures: dict[str, list[Result]] = defaultdict(list)
        self._series: dict[tuple[str, ...], list[Result]] = defaultdict(list)
        self._one: dict[tuple[str | int, ...], Result] = {}
        self._spelled: dict[tuple[str, ...], Result] = {}
        self._splits: dict[str, dict[str, set[str]]] = defaultdict(lambda: defaultdict(set))
        for result in results:
            name = (result.measure, result.statistic, result.area, result.split, result.basis)
            self._measures[result.measure].append(result)
            self._splits[result.measure][result.statistic].add(result.split)
            self._series[(*name, result.grain)].append(result)
            self._one.setdefault((*name, *_months(result.period)), result)
            self._spelled[(*name, result.period)] = result
        for series in self._series.values():
            series.sort(key=_when)

    def one(
        self,
        measure: str,
        statistic: str,
        area: str = WHOLE,
        period: Period | str = "",
        split: str = "",
        basis: str = "raw",
    ) -> Result | None:
        """One result, or None where there is none of that name.

        A period that is not there as spelled is found by its months. Raises ValueError
        for text that is not a period.
        """
        name = (measure, statistic, area, split, basis)
        found = self._spelled.get((*name, str(period)))
        return found or self._one.get((*name, *_months(str(period))))

    def series(
        self,
        measure: str,
        statistic: str,
        area: str = WHOLE,
        split: str = "",
        basis: str = "raw",
        grain: Grain = Grain.MONTH,
    ) -> tuple[Result, ...]:
        """Every period of one grain in order of time; empty where there is none."""
        return tuple(self._series.get((measure, statistic, area, split, basis, grain), ()))

    def of(self, measure: str) -> tuple[Result, ...]:
        """Every result of a measure, in the order in which they came."""
        return tuple(self._measures.get(measure, ()))

    def at(self, measure: str, areas: Collection[str]) -> tuple[Result, ...]:
        """The results of a measure in some areas alone; splits only of the whole."""
        return tuple(
            result
            for result in self.of(measure)
            if result.area in areas and (not result.split or result.area == WHOLE)
        )

    def splits(self, measure: str, statistic: str) -> tuple[str, ...]:
        """The splits of a statistic, without the whole, in the order of their names."""
        return tuple(sorted(self._splits[measure][statistic] - {""}))

    def statistics(self, measure: str) -> tuple[str, ...]:
        """The statistics that a measure has results for, in the order of their names."""
        return tuple(sorted(self._splits[measure]))

    @property
    def measures(self) -> tuple[str, ...]:
        """The keys of the measures that have results."""
        return tuple(sorted(self._measures))

    @property
    def counted(self) -> tuple[str, ...]:
        """The keys of the measures of which anything was supplied at all."""
        return tuple(
            key for key in self.measures
            if any(result.status != Status.MISSING for result in self._measures[key])
        )  # fmt: skip

    def __iter__(self) -> Iterator[Result]:
        for results in self._measures.values():
            yield from results


def _months(text: str) -> tuple[int, int]:
    period = period_of(text)
    return period.first.index, period.last.index


def _when(result: Result) -> tuple[int, int]:
    first, last = _months(result.period)
    return last, first
