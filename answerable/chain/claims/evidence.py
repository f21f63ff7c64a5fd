"""What the results hold on one reading: its months, its windows, and what is wrong with them."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Protocol

from ..body import Month, Period
from ..measures import Definition, Grade, Grain, Result, Status, Unit, at_end, unit_of
from .claim import Reading
from .footing import stands_by_title


class Figures(Protocol):
    """What a claim is checked against: `chain.measures.Results`, or figures of another
    origin under the same names."""

    source: str

    def one(
        self,
        measure: str,
        statistic: str,
        area: str = "all",
        period: Period | str = "",
        split: str = "",
        basis: str = "raw",
    ) -> Result | None: ...

    def series(
        self,
        measure: str,
        statistic: str,
        area: str = "all",
        split: str = "",
        basis: str = "raw",
        grain: Grain = Grain.MONTH,
    ) -> tuple[Result, ...]: ...


@dataclass(frozen=True)
class Evidence:
    """The figures of one measure, area and split, asked for by statistic."""

    figures: Figures
    definition: Definition
    reading: Reading

    @property
    def at_end(self) -> bool:
        """Whether a period's figure is that of its last day: by its measure, or by the title of
        figures as given."""
        return at_end(self.definition, self.reading.statistic) or self._stands_by_title

    @property
    def _stands_by_title(self) -> bool:
        if not self.definition.as_given or self.reading.statistic != "value":
            return False
        return stands_by_title(self.definition.title, self.unit())

    @property
    def adds_up(self) -> bool:
        """Whether the statistic is a count of what happened, which a longer month makes larger."""
        return self._per_day("")

    def one(self, period: Period, statistic: str = "") -> Result | None:
        """The window result of a period; a period of one month is that month."""
        return self.figures.one(
            self.definition.key,
            statistic or self.reading.statistic,
            self.reading.area,
            period,
            self.reading.split,
        )

    def months(self, statistic: str = "", basis: str = "raw") -> dict[Month, Result]:
        """The monthly results."""
        found = self.figures.series(
            self.definition.key,
            statistic or self.reading.statistic,
            self.reading.area,
            self.reading.split,
            basis,
        )
        return {Month.parse(result.period): result for result in found}

    def tested(self, statistic: str = "", basis: str = "raw") -> dict[Month, float]:
        """The usable monthly values as they are tested: counts per day, all else as it is."""
        return {
            month: value / month.days if self._per_day(statistic) else value
            for month, value in usable(self.months(statistic, basis)).items()
        }

    def _per_day(self, statistic: str) -> bool:
        name = statistic or self.reading.statistic
        if name == "value" and self._stands_by_title:
            return False
        if name != "value" or unit_of(self.definition, name) != Unit.COUNT:
            return name in ("count", "numerator", "denominator")
        return all(value % 1 == 0 for value in usable(self.months(name)).values())

    @property
    def survey(self) -> bool:
        """Whether a share is of people who were asked."""
        if self.definition.as_given:
            return asked(self.definition.title, self.reading.statistic, self.unit())
        return self.definition.kind == "survey" and self.reading.statistic == "satisfied"

    @property
    def on_totals(self) -> bool:
        """Whether no records stand behind the months."""
        return any(result.grade in TOTALS for result in self.months().values())

    def mean(self, period: Period) -> float | None:
        """The plain mean of the months of a period; None where one is not usable."""
        known = usable(self.months())
        if not all(month in known for month in period):
            return None
        return sum(known[month] for month in period) / len(period)

    def value(self, period: Period, statistic: str = "") -> float | None:
        """The figure of a whole period, from rows. For what stands at a day (coverage,
        stock) the mean over the month ends, since one day says nothing of a year."""
        if self.at_end and len(period) > 1:
            known = usable(self.months(statistic))
            if not all(month in known for month in period):
                return None
            return sum(known[month] for month in period) / len(period)
        result = self.one(period, statistic)
        return result.value if result is not None and result.usable else None

    def unit(self) -> Unit:
        return unit_of(self.definition, self.reading.statistic)


TOTALS = (Grade.MONTHS, Grade.TWO)
SURVEY_WORDS = ("survey", "satisf", "confiden", "respondent", "agree", "trust in", "feel safe")
"""Words of a title that say people were asked: then a percentage needs how many answered."""


def asked(title: str, statistic: str, unit: Unit) -> bool:
    """Whether a share that was given is of people who were asked, by its name."""
    named = statistic == "satisfied" or any(word in title.lower() for word in SURVEY_WORDS)
    return unit == Unit.SHARE and named


def usable(months: Mapping[Month, Result]) -> dict[Month, float]:
    """The values of the months that may be compared."""
    return {
        month: result.value
        for month, result in months.items()
        if result.usable and result.value is not None
    }


def since_the_last_break(
    values: Mapping[Month, float], definition: Definition, before: Month
) -> dict[Month, float]:
    """The months that are counted in one way with `before`: from the last break up to it on."""
    breaks = [b.on for b in definition.breaks if b.on <= before.first_day]
    start = max(breaks, default=date.min)
    return {month: value for month, value in values.items() if month.first_day >= start}


def grade_of(results: Mapping[Month, Result], windows: tuple[Result | None, ...]) -> Grade:
    """The weakest grade that a verdict rests on."""
    order = list(Grade)
    found = [r.grade for r in (*results.values(), *windows) if r is not None]
    if not results and found:
        return Grade.TWO
    return max(found, key=order.index, default=Grade.TWO)


def any_status(results: Mapping[Month, Result], span: Period, status: Status) -> bool:
    """Whether any month of a span has a status."""
    return any(month in results and results[month].status == status for month in span)
