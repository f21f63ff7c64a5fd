"""Published results, shelved so that a page finds a series or a figure at once."""

from ..chain.body import WHOLE
from ..chain.measures import Gathered, Grain, Result, Status, period_of

YEAR = 12


class Shelf(Gathered):
    """Published results, with the twelve months that a page speaks of."""

    def years(
        self, measure: str, statistic: str, area: str = WHOLE, split: str = ""
    ) -> tuple[Result, ...]:
        """Every twelve months that are given: rolling years first, else financial years."""
        name = (measure, statistic, area, split)
        rolling = [r for r in self.series(*name, grain=Grain.WINDOW) if _long(r) == YEAR]
        return tuple(rolling) or self.series(*name, grain=Grain.YEAR)

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


def _long(result: Result) -> int:
    return len(period_of(result.period))
