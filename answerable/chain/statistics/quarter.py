"""A quarter against the same quarter a year earlier, on three years or more.

Three differences are too few to estimate their own spread, so the spread comes from the
whole record, freed of season and of level by year. The tested quarter is kept out of that
estimate: a real change in it would otherwise widen its own yardstick. One odd month must
not decide, so the change has to hold without the month that favours it most.
"""

import math
from dataclasses import dataclass
from functools import cache

import numpy as np

from .autocorrelation import Floats, variance_of_mean, years_of

ALLOWANCE_OF_A_QUARTER = 0.30
_VISIBLE = 3.85
"""Monthly standard deviations that both hurdles together find four times in five
(simulated: tests/unit/statistics/test_change.py)."""


@dataclass(frozen=True)
class Quarter:
    """The ingredients of the test; `spread` is the monthly standard deviation."""

    size: float
    error: float
    freedom: int
    spread: float
    smallest_visible: float
    allowance: float
    holds_without_best_month: bool


def quarter_on_quarter(history: Floats) -> Quarter:
    """Test the last three months against the same three a year earlier.

    history   consecutive months, at least 36, ending with the quarter
    """
    from scipy.special import stdtrit

    table = years_of(history)
    residual, freedom, shrink = _residual_maker(len(table))
    rest = residual @ table.ravel()
    spread = math.sqrt(float(rest @ rest) / freedom / shrink)
    differences = table[-1, -3:] - table[-2, -3:]
    size = float(np.mean(differences))
    # Without the month that favours the direction of the whole most.
    ordered = np.sort(differences if size > 0 else -differences)
    others = float(np.mean(ordered[:2]))
    beyond = float(stdtrit(freedom, 0.975))
    return Quarter(
        size=size,
        error=spread * _error(3),
        freedom=freedom,
        spread=spread,
        smallest_visible=_VISIBLE * spread,
        allowance=ALLOWANCE_OF_A_QUARTER,
        holds_without_best_month=others > beyond * spread * _error(2),
    )


def _error(months: int) -> float:
    """Standard error of the mean of so many differences, in monthly standard deviations."""
    return math.sqrt(2 / months * variance_of_mean(months, ALLOWANCE_OF_A_QUARTER))


@cache
def _residual_maker(years: int) -> tuple[Floats, int, float]:
    """The matrix that leaves residuals of month, year and the three tested months; its
    degrees of freedom; and how far autocorrelation shrinks the variance in them."""
    n = 12 * years
    tested = np.zeros((n, 3))
    tested[n - 3 :] = np.eye(3)
    design = np.hstack(
        [np.repeat(np.eye(years), 12, axis=0), np.tile(np.eye(12), (years, 1)), tested]
    )
    residual: Floats = np.eye(n) - design @ np.linalg.pinv(design)
    freedom = n - int(np.linalg.matrix_rank(design))
    apart = np.abs(np.subtract.outer(np.arange(n), np.arange(n)))
    shrink = float(np.trace(residual @ ALLOWANCE_OF_A_QUARTER**apart)) / freedom
    return residual, freedom, shrink
