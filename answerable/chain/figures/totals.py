"""The figures of one series: what is given for a period, what adds up to it, and what does not."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import cached_property

from ..body import Month, Period
from ..measures import Status, Unit
from .figure import STANDING, Figure

APART = ("per_day", "average", "mean", "median", "p90")
"""Statistics of which a longer period's figure is not the sum of its months."""


@dataclass(frozen=True)
class Whole:
    """The figure of a period.

    parts   the figures that it is made of; one where it was given as it stands
    """

    period: Period
    value: float
    parts: tuple[Figure, ...]
    numerator: float | None = None
    denominator: float | None = None

    @property
    def given(self) -> bool:
        """Whether it was given for this very period, rather than put together."""
        return len(self.parts) == 1


class Totals:
    """The figures of one measure, statistic and area, by period.

    Raises ValueError for figures of several series, and for none at all.
    """

    def __init__(self, figures: Iterable[Figure]):
        self.figures = tuple(figures)
        names = {(f.measure, f.statistic, f.area, f.unit, f.per) for f in self.figures}
        if len(names) != 1:
            raise ValueError(
                f"figures of {len(names)} series; give those of one measure, statistic, area and"
                " unit"
            )
        first = self.figures[0]
        self.title, self.unit, self.per = first.title, first.unit, first.per
        self.statistic, self.area = first.statistic, first.area

    @property
    def standing(self) -> bool:
        """Whether each figure is of what stands at a day."""
        return self.statistic in STANDING

    @cached_property
    def adds_up(self) -> bool:
        """Whether these are whole counts of what happened, so that months add up to a year."""
        if self.unit != Unit.COUNT or self.standing or self.statistic in APART:
            return False
        values = [f.known for f in self.figures]
        return all(v is None or v == int(v) for v in values)

    @cached_property
    def by_span(self) -> dict[tuple[int, int], Figure]:
        """One figure for each period: a usable one where there is one, else a withheld one."""
        found: dict[tuple[int, int], Figure] = {}
        for figure in self.figures:
            if figure.span not in found or _rank(figure) < _rank(found[figure.span]):
                found[figure.span] = figure
        return dict(sorted(found.items()))

    @cached_property
    def conflicts(self) -> tuple[tuple[Figure, Figure], ...]:
        """Figures of one period that say different things, each beside the one that is used.

        A missing figure says nothing. One that is withheld here and given there is a
        difference too.
        """
        return tuple(
            (self.by_span[figure.span], figure)
            for figure in self.figures
            if figure.status != Status.MISSING
            and self.by_span[figure.span].status != Status.MISSING
            and not _same(figure, self.by_span[figure.span])
        )

    @cached_property
    def months(self) -> dict[Month, Figure]:
        """The monthly figures, usable or not."""
        single = (f for f in self.by_span.values() if len(f.period) == 1)
        return {figure.period.first: figure for figure in single}

    @cached_property
    def monthly(self) -> dict[Month, float]:
        """The usable monthly values, in order of time."""
        found = {month: figure.known for month, figure in self.months.items()}
        return {month: value for month, value in found.items() if value is not None}

    def at(self, period: Period) -> Figure | None:
        """The figure given for a period, however it was spelled."""
        return self.by_span.get((period.first.index, period.last.index))

    def covered(self, period: Period) -> bool:
        """Whether every month of a period has a usable figure of its own."""
        return all(month in self.monthly for month in period)

    def withheld(self, period: Period) -> tuple[Month, ...]:
        """The months of a period that lie in a figure that is withheld, and in no usable one."""
        usable = [f.period for f in self.by_span.values() if f.known is not None]
        hidden = [f.period for f in self.by_span.values() if f.status == Status.SUPPRESSED]
        return tuple(
            month
            for month in period
            if any(month in span for span in hidden)
            and not any(month in span and period.covers(span) for span in usable)
        )

    def parts(self, period: Period) -> tuple[Figure, ...]:
        """Usable figures that make up a period without gap or overlap, the fewest there are;
        the one given for it where there is one; none where nothing does."""
        usable = [f for f in self.by_span.values() if f.known is not None]
        reach: dict[int, tuple[Figure, ...]] = {period.first.index: ()}
        for index in range(period.first.index, period.last.index + 1):
            for figure in usable if index in reach else ():
                first, last = figure.span
                made = (*reach[index], figure)
                if first == index and len(made) < len(reach.get(last + 1, (*made, figure))):
                    reach[last + 1] = made
        return reach.get(period.last.index + 1, ())

    def whole(self, period: Period) -> Whole | None:
        """The figure of a period: as given, else put together from its parts.

        None where no figures make it up, and where they cannot be put together: percentages
        without at least how many each rests on, medians, and anything else of which a mean of
        the parts is not the figure of the whole.
        """
        return self.pooled(period, self.parts(period))

    def pooled(self, period: Period, parts: Sequence[Figure]) -> Whole | None:
        """The figure of a period from these parts of it; None as for `whole`."""
        if not parts:
            return None
        values = [value for figure in parts if (value := figure.known) is not None]
        if len(parts) == 1:
            one = parts[0]
            return Whole(period, values[0], (one,), one.numerator, one.denominator)
        if self.adds_up:
            return Whole(period, sum(values), tuple(parts))
        if self.standing and all(len(figure.period) == 1 for figure in parts):
            return Whole(period, sum(values) / len(values), tuple(parts))
        if all(figure.counted for figure in parts):
            top = sum(figure.numerator or 0 for figure in parts)
            n = sum(figure.denominator or 0 for figure in parts)
            scale = self.per if self.unit == Unit.RATIO else 1
            return Whole(period, scale * top / n, tuple(parts), top, n)
        weighs = self.unit == Unit.SHARE or self.statistic == "mean"
        if weighs and all(figure.denominator for figure in parts):
            n = sum(figure.denominator or 0 for figure in parts)
            total = sum(v * (f.denominator or 0) for v, f in zip(values, parts, strict=True))
            return Whole(period, total / n, tuple(parts), None, n)
        return None

    def mean(self, period: Period) -> float | None:
        """The plain mean of the monthly figures; None where one is not known."""
        if not self.covered(period):
            return None
        return sum(self.monthly[month] for month in period) / len(period)


def _rank(figure: Figure) -> int:
    """How much a figure says: a value, that it is withheld, nothing."""
    if figure.known is not None:
        return 0
    return 1 if figure.status == Status.SUPPRESSED else 2


def _same(one: Figure, other: Figure) -> bool:
    if (one.known is None) != (other.known is None):
        return False
    if one.known is not None and other.known is not None:
        close = abs(one.known - other.known) <= 1e-9 * max(1.0, abs(one.known))
        counts = (one.numerator, one.denominator) == (other.numerator, other.denominator)
        return close and (counts or not (one.counted and other.counted))
    return True
