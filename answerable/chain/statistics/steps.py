"""How far what stands at a day moves from month to month: the yardstick for such a figure.

People trained, cases open, posts filled: this month's figure is last month's, and what came and
went between. Months lean on each other almost wholly, so how far they lie from their level says
little about how far the level strays by itself. The steps from one month to the next do not carry
over. The change between two periods is a weighted sum of steps, so how much it strays is worked
out from them, as if nothing ever drew the figure back to its level. What is drawn back strays
less, so the rule holds for it too, and finds less.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from functools import lru_cache

import numpy as np

from .autocorrelation import ALLOWANCE, Floats

YEAR = 12
LONGEST = 36
"""How many months up to the period's last are looked at."""
LEAST_FREEDOM = 8
"""What two years leave of the steps once season and drift are taken out of them."""


@dataclass(frozen=True)
class Steps:
    """The test of a contrast of months, for one pattern of months on record.

    residual  (n months, steps): what season and drift leave of each step that is kept
    contrast  (n,): the weight of each month in the change
    freedom   degrees of freedom of the residuals; under `LEAST_FREEDOM` they are too few
    per_square  variance of the change for each unit of the sum of squared residuals, exact for
              steps that lean on each other by `ALLOWANCE`
    """

    residual: Floats
    contrast: Floats
    freedom: int
    per_square: float

    @property
    def steps(self) -> int:
        """How many steps the yardstick rests on."""
        return len(self.residual.T)

    def measure(self, values: Floats) -> tuple[Floats, Floats]:
        """The change and its standard error, each of shape (series,).

        values   (series, n): the months of the pattern, oldest first
        """
        squares = np.sum((values @ self.residual) ** 2, axis=1)
        return values @ self.contrast, np.sqrt(squares * self.per_square)


def ages_within(ages: Iterable[int], weights: tuple[float, ...]) -> tuple[int, ...]:
    """Which months on record are looked at, oldest first, by their age in months before the
    period's last: three years, or as far as the baseline reaches."""
    reach = max(LONGEST, len(weights))
    return tuple(sorted((age for age in ages if 0 <= age < reach), reverse=True))


def edges(length: int) -> frozenset[int]:
    """The ages, within a year, of the first month of the tested stretch and of the rest."""
    return frozenset({(length - 1) % YEAR, YEAR - 1})


@lru_cache(maxsize=512)
def steps_of(ages: tuple[int, ...], weights: tuple[float, ...], length: int) -> Steps:
    """The yardstick for a pattern of months on record.

    ages     as `ages_within` gives them; every month that has a weight is among them
    weights  the weight of each month in the change, by its age; they add up to 0
    length   of the tested period, in months: the steps at its edges, in each year, are left
             out, so that a change which comes with it does not widen its own yardstick

    Season is one level of the steps for each month of the year; drift one for each year, and of
    a period shorter than a year one for it and one for the rest.
    """
    place = {age: i for i, age in enumerate(ages)}
    kept = [age for age in ages if age + 1 in place and age % YEAR not in edges(length)]
    taken = np.zeros((len(ages), len(kept)))
    for i, age in enumerate(kept):
        taken[place[age], i], taken[place[age + 1], i] = 1.0, -1.0
    at = np.array(kept, dtype=np.int64)
    years, within = at // YEAR, at % YEAR
    design = np.hstack([_dummies(within), _dummies(years * 2 + (within >= length))])
    residual: Floats = np.eye(len(at)) - design @ np.linalg.pinv(design)
    freedom = len(at) - int(np.linalg.matrix_rank(design)) if kept else 0
    # A step moves every month from its own on: its weight is that of all months no older.
    of_steps = np.cumsum(np.array(weights))[:-1]
    of_size = float(of_steps @ _leaning(np.arange(len(of_steps))) @ of_steps)
    of_squares = float(np.trace(residual @ _leaning(at)))
    return Steps(
        taken @ residual,
        np.array([weights[each] if each < len(weights) else 0.0 for each in ages]),
        freedom,
        of_size / of_squares if freedom else 0.0,
    )


def _leaning(at: np.typing.NDArray[np.int64]) -> Floats:
    """Covariance of steps of variance 1, by their ages."""
    return np.asarray(ALLOWANCE ** np.abs(np.subtract.outer(at, at)), dtype=np.float64)


def _dummies(codes: np.typing.NDArray[np.int64]) -> Floats:
    return np.asarray(codes[:, None] == np.unique(codes), dtype=np.float64)
