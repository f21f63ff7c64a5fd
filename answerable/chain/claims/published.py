"""Figures in hand: results that did not come straight from the engine.

A page must not tell through a verdict what disclosure withheld, so the claims on it are
checked against the results that it shows.
"""

from collections.abc import Iterable

from ..body import Period
from ..measures import Grain, Result


class Published:
    """A set of results under the names by which claims ask for them.

    results   each of a full name of its own, such as those that `protect` gives
    source    digest of the snapshot or file that they rest on
    """

    def __init__(self, results: Iterable[Result], source: str):
        self.source = source
        self._series: dict[tuple[str, str, str, str, str], list[Result]] = {}
        for result in results:
            key = (result.measure, result.statistic, result.area, result.split, result.basis)
            self._series.setdefault(key, []).append(result)
        for found in self._series.values():
            found.sort(key=lambda result: Period.parse(result.period).first)

    def one(
        self,
        measure: str,
        statistic: str,
        area: str = "all",
        period: Period | str = "",
        split: str = "",
        basis: str = "raw",
    ) -> Result | None:
        """The result of a period by its months; as it is spelled where there are several."""
        wanted = Period.parse(str(period))
        same = [
            result
            for result in self._series.get((measure, statistic, area, split, basis), ())
            if _months(result.period) == (wanted.first, wanted.last)
        ]
        return next((r for r in same if r.period == str(period)), same[0] if same else None)

    def series(
        self,
        measure: str,
        statistic: str,
        area: str = "all",
        split: str = "",
        basis: str = "raw",
        grain: Grain = Grain.MONTH,
    ) -> tuple[Result, ...]:
        """Every period of one grain in order of time."""
        found = self._series.get((measure, statistic, area, split, basis), ())
        return tuple(result for result in found if result.grain == grain)


def _months(text: str) -> tuple[object, object]:
    period = Period.parse(text)
    return period.first, period.last
