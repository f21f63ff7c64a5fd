"""The forms of claim on a change, and what is done instead of testing one."""

import math
from collections.abc import Callable
from dataclasses import dataclass

import numpy as np

from answerable.chain.body import Month, Period
from answerable.chain.statistics import Moved, at_a_date, compare, xmr
from answerable.chain.statistics.change import FREED_OF_DRIFT, contrast_of, t_quantile
from answerable.chain.statistics.steps import ages_within, steps_of
from answerable.chain.statistics.yardstick import ages_of, yardstick

from .histories import Floats, Histories

FIRST = Month(2020, 12)
CHECKED = 50
"""Of how many histories the quick way is held to the function that verdicts call."""


@dataclass(frozen=True)
class Form:
    """A form of claim on so many months of history.

    length   of the period, the last months; its baseline lies `apart` months earlier
    at_date  whether a change at the period's first month is claimed
    standing whether the figures stand at a day and carry over
    """

    name: str
    months: int
    length: int
    at_date: bool = False
    apart: int = 12
    standing: bool = False

    @property
    def period(self) -> Period:
        last = FIRST + (self.months - 1)
        return Period.of(last + (1 - self.length), last)

    def one(self, row: Floats) -> bool:
        """Whether one history is said to have risen, by the function that verdicts call."""
        months = months_of(row)
        if self.at_date:
            found = at_a_date(months, self.period.first, standing=self.standing)
            return found.moved == Moved.ROSE
        baseline = self.period.earlier(self.apart)
        found = compare(months, self.period, baseline, standing=self.standing)
        return found.moved == Moved.ROSE

    def rose(self, made: Histories) -> Floats:
        """The same of each history: like months all at once, the others one by one."""
        if self.standing:
            return self._checked(made, *self._by_steps(made))
        if self.at_date or self.length < 6:
            return np.array([self.one(row) for row in made.values])
        ages = ages_of(range(self.months), self.length, self.apart)
        rule = yardstick(ages, self.length, self.apart)
        found = rule.measure(made.values[:, [self.months - 1 - age for age in ages]])
        return self._checked(made, found.size, found.error, rule.freedom)

    def _by_steps(self, made: Histories) -> tuple[Floats, Floats, int]:
        weights = FREED_OF_DRIFT if self.at_date else contrast_of(self.length, self.apart)
        ages = ages_within(range(self.months), weights)
        rule = steps_of(ages, weights, self.length)
        size, error = rule.measure(made.values[:, [self.months - 1 - age for age in ages]])
        return size, error, rule.freedom

    def _checked(self, made: Histories, size: Floats, error: Floats, freedom: int) -> Floats:
        """Who rose, held for some of them to what verdicts call."""
        largest = np.maximum(1.0, np.abs(made.values).max(axis=1))
        said = (size > t_quantile(0.975, freedom) * error) & (error > 1e-12 * largest)
        assert said[:CHECKED].tolist() == [self.one(row) for row in made.values[:CHECKED]]
        return np.asarray(said)


def months_of(row: Floats) -> dict[Month, float]:
    return {FIRST + i: float(value) for i, value in enumerate(row)}


YEAR = Form("12 months against the 12 before, 24 on record", 24, 12)
FORMS = (
    YEAR,
    Form("the same, 36 on record", 36, 12),
    Form("6 months against the same 6, 18 on record", 18, 6),
    Form("the same, 24 on record", 24, 6),
    Form("a quarter against the same quarter, 36 on record", 36, 3),
    Form("changed at a date, 24 before and 12 after", 36, 12, at_date=True),
)

ON_STANDING = (
    Form("12 months against the 12 before, 24 on record", 24, 12, standing=True),
    Form("the same, 36 on record", 36, 12, standing=True),
    Form("6 months against the same 6, 24 on record", 24, 6, standing=True),
    Form("a quarter against the same quarter, 36 on record", 36, 3, standing=True),
    Form("changed at a date, 24 before and 12 after", 36, 12, at_date=True, standing=True),
)
"""The forms of claim on what stands at a day."""


def two_figures(made: Histories) -> Floats:
    """This year's figure is higher than last year's."""
    return made.values[:, 12:].mean(1) > made.values[:, :12].mean(1)


def row_test(made: Histories) -> Floats:
    """A test at 2.5% that takes records for the evidence, as if months did not vary."""
    size = made.values[:, 12:].mean(1) - made.values[:, :12].mean(1)
    return size / (made.error * math.sqrt(2 / 12)) > 1.959964


def nhs_icon(made: Histories) -> Floats:
    """The last point's icon, 'improvement', where higher is better."""
    x = [str(FIRST + i) for i in range(made.values.shape[1])]
    return np.array(
        [
            xmr(x, row.tolist(), better="higher", any_length=True, counts=False).variation
            == "improvement"
            for row in made.values
        ]
    )


INSTEAD: dict[str, Callable[[Histories], Floats]] = {
    "two figures": two_figures,
    "a test on the records": row_test,
    "NHS icon read as a verdict": nhs_icon,
}
