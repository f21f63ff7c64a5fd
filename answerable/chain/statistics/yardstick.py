"""How far the months of two periods differ anyway: the yardstick for a change.

Every month on record within three years tells how much months vary once season and level are
taken out of them, so a third year sharpens the yardstick that two years give. Months lean on each
other; how much that costs is not guessed but worked out, for just these months, under a
first-order autoregression.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from functools import lru_cache

import numpy as np

from .autocorrelation import ALLOWANCE, Floats

YEAR = 12
LONGEST = 36
"""How many months up to the period's last are looked at."""
_HIGHEST = 0.9
_GRID = np.linspace(-0.2, _HIGHEST, 56)


@dataclass(frozen=True)
class Measured:
    """Each of shape (series,).

    size     mean of the period less mean of the baseline
    error    its standard error at the allowance
    scatter  standard deviation of a month, season and level apart, before any allowance for
             how autocorrelation shrinks it
    allowance  the lag 1 autocorrelation allowed for
    """

    size: Floats
    error: Floats
    scatter: Floats
    allowance: Floats


@dataclass(frozen=True)
class Yardstick:
    """The test of a period against a baseline, for one pattern of months on record.

    residual    (n, n): leaves of n months what season and level do not explain
    contrast    (n,): mean of the period less mean of the baseline
    neighbours  (n, n): halves where one month follows another, else 0
    freedom     degrees of freedom of the residuals
    trust       how much of an excess over the allowance is believed: 0 at 24 months, since two
                years cannot tell it, rising with each month to all of it at 36
    of_squares, of_size   what the sum of squared residuals and the variance of the size are
                expected to be for months of variance 1, as polynomials in the autocorrelation
    shown       the lag 1 autocorrelation that the residuals show for each true one of `_GRID`:
                season and level pull it below the truth
    """

    residual: Floats
    contrast: Floats
    neighbours: Floats
    freedom: int
    trust: float
    of_squares: Floats
    of_size: Floats
    shown: Floats

    def measure(self, values: Floats) -> Measured:
        """values   (series, n): the months of the pattern, oldest first"""
        rest = values @ self.residual
        squares = np.sum(rest**2, axis=1)
        rho = np.full(len(values), ALLOWANCE)
        if self.trust:
            products = np.sum((rest @ self.neighbours) * rest, axis=1)
            seen = products / np.where(squares > 0, squares, 1.0)
            rho = rho + self.trust * np.maximum(np.interp(seen, self.shown, _GRID) - ALLOWANCE, 0)
        variance = squares / _poly(self.of_squares, rho)
        return Measured(
            size=values @ self.contrast,
            error=np.sqrt(variance * _poly(self.of_size, rho)),
            scatter=np.sqrt(squares / self.freedom),
            allowance=rho,
        )

    def error_at(self, rho: float) -> float:
        """Standard error of the size, in standard deviations of a month, at one coefficient."""
        return float(np.sqrt(_poly(self.of_size, np.array([rho]))[0]))


def ages_of(ages: Iterable[int], length: int, apart: int) -> tuple[int, ...]:
    """Which months on record the yardstick rests on, oldest first, by their age in months
    before the period's last: three years, or as far as the baseline reaches."""
    reach = max(LONGEST, apart + length)
    return tuple(sorted((age for age in ages if 0 <= age < reach), reverse=True))


@lru_cache(maxsize=512)
def yardstick(ages: tuple[int, ...], length: int, apart: int) -> Yardstick:
    """The yardstick for a pattern of months on record.

    ages    as `ages_of` gives them; both periods are among them
    length  of the two periods, in months
    apart   how many months the baseline lies before the period: whole years

    Season is one level for each month of the year. A period shorter than a year has its own
    level in each year and the rest of the year another, so that a change which began with the
    period does not widen its own yardstick.
    """
    age = np.array(ages)
    years, within = age // YEAR, age % YEAR
    levels = years * 2 + (within >= length)
    design = np.hstack([_dummies(within), _dummies(levels)])
    residual: Floats = np.eye(len(age)) - design @ np.linalg.pinv(design)
    period, baseline = age < length, (age >= apart) & (age < apart + length)
    contrast = (period.astype(float) - baseline) / length
    lag = np.abs(np.subtract.outer(age, age))
    neighbours = (lag == 1) / 2
    of_squares = _by_lag(lag, residual)
    of_products = _by_lag(lag, residual @ neighbours @ residual)
    shown = _poly(of_products, _GRID) / _poly(of_squares, _GRID)
    return Yardstick(
        residual,
        contrast,
        neighbours,
        freedom=len(age) - int(np.linalg.matrix_rank(design)),
        trust=min(max(len(age) - 2 * YEAR, 0) / YEAR, 1.0),
        of_squares=of_squares,
        of_size=_by_lag(lag, np.outer(contrast, contrast)),
        shown=np.maximum.accumulate(shown),
    )


def _dummies(codes: np.typing.NDArray[np.int64]) -> Floats:
    return np.asarray(codes[:, None] == np.unique(codes), dtype=np.float64)


def _by_lag(lag: np.typing.NDArray[np.int64], weights: Floats) -> Floats:
    """Σ weights · ρ^lag as the coefficients of a polynomial in ρ."""
    return np.asarray(np.bincount(lag.ravel(), weights.ravel()), dtype=np.float64)


def _poly(coefficients: Floats, rho: Floats) -> Floats:
    return np.asarray(rho[:, None] ** np.arange(len(coefficients)) @ coefficients)
