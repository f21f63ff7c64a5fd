"""How much neighbouring months resemble each other, and what that costs in certainty.

A month's figure leans on the month before it. A test that takes twelve such months for
twelve separate pieces of evidence is too sure of itself. Two remedies stand here: a fixed
allowance, and where three years are there an estimate out of the series.
"""

import math
from functools import cache

import numpy as np
from numpy.typing import NDArray

Floats = NDArray[np.float64]

ALLOWANCE = 0.35
"""The lag 1 autocorrelation that every comparison of like months allows for."""
_HIGHEST = 0.9


def variance_of_mean(m: int, rho: float) -> float:
    """v: how many times the variance of a mean of m independent months becomes under a
    first-order autoregression with coefficient `rho`."""
    lags = np.arange(1, m)
    return float(1 + 2 * np.sum((1 - lags / m) * rho**lags))


def widening(m: int, rho: float = ALLOWANCE) -> float:
    """√(v/b): the factor on the standard error of a mean of m like-month differences.

    b = (m − v)/(m − 1) makes up for the sample variance, which autocorrelation shrinks.
    1.456 at m = 12 and rho = .35.
    """
    v = variance_of_mean(m, rho)
    return math.sqrt(v / ((m - v) / (m - 1)))


def years_of(values: Floats) -> Floats:
    """The last whole years of a series of months, shaped (years, 12)."""
    years = len(values) // 12
    return values[len(values) - 12 * years :].reshape(years, 12)


def lag_one(values: Floats) -> float:
    """Lag 1 autocorrelation of a series of months, freed of season and of level by year.

    values   consecutive months; the last whole years are used, at least three
    Residuals of the two-way (month, year) fit are pulled below the truth, because the fit
    takes part of every run with it. What a coefficient would give in such residuals is
    worked out exactly and read backwards. Raises ValueError for under 36 months.
    """
    table = years_of(values)
    years = len(table)
    if years < 3:
        raise ValueError("an estimate of autocorrelation needs 36 months")
    rest = (table - table.mean(0) - table.mean(1, keepdims=True) + table.mean()).ravel()
    total = float(rest @ rest)
    if total <= 1e-24 * max(1.0, float(table.ravel() @ table.ravel())):
        return 0.0
    seen = float(rest[1:] @ rest[:-1]) / total
    truths, expected = _expected_lag_one(years)
    return float(np.interp(seen, expected, truths))


@cache
def _expected_lag_one(years: int) -> tuple[Floats, Floats]:
    """What lag 1 the residuals would show for each true coefficient, on a grid."""
    n = 12 * years
    remove = np.kron(np.eye(years) - 1 / years, np.eye(12) - 1 / 12)
    truths = np.linspace(-0.2, _HIGHEST, 56)
    apart = np.abs(np.subtract.outer(np.arange(n), np.arange(n)))
    shown = []
    for rho in truths:
        # A negative coefficient to the power 0 is 1, as it should be.
        left = remove @ rho**apart @ remove
        shown.append(float(np.trace(left, offset=1) / np.trace(left)))
    return truths, np.array(shown)


def allowance_for(values: Floats) -> float:
    """The allowance for a series: .35, or the estimate from 36 months where that is more."""
    if len(values) < 36:
        return ALLOWANCE
    return max(ALLOWANCE, lag_one(values))
