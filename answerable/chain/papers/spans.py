"""Which periods are read before anybody has said anything."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from ..body import WHOLE, Month, Period, quarter_of
from ..claims import Figures
from ..measures import Definition, Result, Status

YEAR, HALF, QUARTER = 12, 6, 3


@dataclass(frozen=True)
class Spans:
    """The periods on which one statistic of a measure can be read.

    settled   the last twelve months that have all settled; the last twelve on record where
              there are none
    months    how many months are on record up to the last settled one
    latest    the last twelve months on record, where some of them may still change; else None
    quarter   the last whole calendar quarter within the settled months
    """

    settled: Period
    quarter: Period
    months: int
    latest: Period | None = None

    @property
    def half(self) -> Period:
        """The last six of the settled months."""
        return Period.of(self.settled.last + (1 - HALF), self.settled.last)

    @property
    def years(self) -> tuple[Period, Period]:
        """The settled year and the one before it."""
        return self.settled, self.settled.earlier(YEAR)

    @property
    def halves(self) -> tuple[Period, ...]:
        """The last six settled months, and the same a year earlier."""
        return self.half, self.half.earlier(YEAR)


def spans_of(
    figures: Figures, definition: Definition, statistic: str, places: Iterable[str] = (WHOLE,)
) -> Spans | None:
    """The periods to read, from the months of the first place that has any; None where none has.

    Areas are read over the months of the whole, so that they can be read together.
    """
    for place in places:
        found = spans_in(figures.series(definition.key, statistic, place))
        if found is not None:
            return found
    return None


def spans_in(months: Sequence[Result]) -> Spans | None:
    """As `spans_of`, from the monthly results themselves."""
    there = [Month.parse(each.period) for each in months if each.status != Status.MISSING]
    if not there:
        return None
    open_ = (Status.MISSING, Status.PROVISIONAL)
    settled = [Month.parse(each.period) for each in months if each.status not in open_]
    last = max(settled, default=max(there))
    year = _year(last)
    latest = _year(max(there))
    return Spans(year, _quarter(last), last - min(there) + 1, latest if latest != year else None)


def _year(last: Month) -> Period:
    return Period.of(last + (1 - YEAR), last)


def _quarter(last: Month) -> Period:
    """The last calendar quarter that has ended by a month."""
    inside = quarter_of(last)
    return inside if inside.last <= last else quarter_of(last + -QUARTER)
