"""Published results, shelved so that a page finds a series or a figure at once."""

from collections.abc import Iterable

from ..chain.body import WHOLE
from ..chain.measures import Gathered, Grain, Result, Status, period_of

YEAR = 12
SETTLED = (Status.OK, Status.ZERO, Status.REVISED)


class Shelf(Gathered):
    """Published results, with the twelve months that a page speaks of."""

    def years(
        self, measure: str, statistic: str, area: str = WHOLE, split: str = ""
    ) -> tuple[Result, ...]:
        """Every twelve months that are given, rolling or financial, in order of their ends."""
        name = (measure, statistic, area, split)
        rolling = [r for r in self.series(*name, grain=Grain.WINDOW) if _long(r) == YEAR]
        both = (*rolling, *self.series(*name, grain=Grain.YEAR))
        once = {period_of(r.period).last: r for r in reversed(both)}
        return tuple(once[last] for last in sorted(once))

    def headline(self, measure: str, statistic: str, areas: Iterable[str]) -> Result | None:
        """The twelve months that a measure's page opens with; None where none are published.

        Of the last settled year's ends, and those up to a year before it, the one at which
        most areas are published, and of these the last: rolling years of small areas are
        withheld where two neighbours would give a month away. Figures that have not settled
        are taken only where none have.
        """
        years = [r for r in self.years(measure, statistic) if r.value is not None]
        settled = [r for r in years if r.status in SETTLED] or years
        if not settled:
            return None
        latest = period_of(settled[-1].period).last
        near = [r for r in settled if latest - period_of(r.period).last < YEAR]
        codes = tuple(areas)

        def published(result: Result) -> tuple[int, int]:
            found = (self.one(measure, statistic, code, result.period) for code in codes)
            shown = sum(each is not None and each.value is not None for each in found)
            return shown, period_of(result.period).last.index

        return max(near, key=published)

    def latest_month(self, measure: str, statistic: str) -> Result | None:
        """The last month that is published, a settled one where there is any."""
        months = [r for r in self.series(measure, statistic) if r.value is not None]
        settled = [r for r in months if r.status in SETTLED]
        found = settled or months
        return found[-1] if found else None

    def year_before(self, result: Result) -> Result | None:
        """The twelve months before, of the same name."""
        first = period_of(result.period).first
        same = self.years(result.measure, result.statistic, result.area, result.split)
        before = [r for r in same if period_of(r.period).last + 1 == first]
        return before[0] if before and before[0].value is not None else None


def _long(result: Result) -> int:
    return len(period_of(result.period))
