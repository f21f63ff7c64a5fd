"""The yardstick for a change, worked out again from its definition.

Residuals by least squares, expectations by the covariance matrix of a first-order
autoregression, with none of the polynomials that the product uses.
"""

import math

import numpy as np
import pytest
from scipy.stats import t as student

from answerable.chain.body import Month, Period
from answerable.chain.statistics import compare

LAST = Month(2023, 11)


def covariance(ages: list[int], rho: float) -> np.ndarray:
    return np.array([[rho ** abs(a - b) if a != b else 1.0 for b in ages] for a in ages])


def by_hand(known: dict[int, float], length: int, apart: int = 12) -> tuple[float, float, float]:
    """Size, half of the 95% interval, and the coefficient allowed for; months by their age."""
    ages = sorted((age for age in known if age < max(36, apart + length)), reverse=True)
    y = np.array([known[age] for age in ages])
    columns = [[float(age % 12 == m) for age in ages] for m in range(12)]
    columns += [
        [float(age // 12 == year and (age % 12 < length) == inside) for age in ages]
        for year in range(max(ages) // 12 + 1)
        for inside in (True, False)
    ]
    design = np.array(columns).T
    leave = np.eye(len(ages)) - design @ np.linalg.pinv(design)
    freedom = round(float(np.trace(leave)))
    rest = y - design @ np.linalg.lstsq(design, y, rcond=None)[0]
    next_to = [(i, i + 1) for i in range(len(ages) - 1) if ages[i] - ages[i + 1] == 1]

    def lean(matrix: np.ndarray) -> float:
        return float(sum(matrix[i, j] for i, j in next_to))

    seen = lean(np.outer(rest, rest)) / float(rest @ rest)
    grid = np.linspace(-0.2, 0.9, 56)
    left = [leave @ covariance(ages, r) @ leave for r in grid]
    estimate = float(np.interp(seen, [lean(m) / np.trace(m) for m in left], grid))
    trust = min(max(len(ages) - 24, 0) / 12, 1)
    rho = 0.35 + trust * max(estimate - 0.35, 0)
    sign = np.array([(age < length) / length - (apart <= age < apart + length) / length
                     for age in ages])  # fmt: skip
    at = covariance(ages, rho)
    variance = float(rest @ rest) / float(np.trace(leave @ at)) * float(sign @ at @ sign)
    return float(sign @ y), student.ppf(0.975, freedom) * math.sqrt(variance), rho


@pytest.mark.parametrize(
    ("months", "lost", "length", "apart"),
    [(24, [], 12, 12), (36, [], 12, 12), (36, [30], 12, 12), (36, [24, 27, 35], 12, 12),
     (31, [], 12, 12), (18, [], 6, 12), (24, [], 6, 12), (36, [8, 20, 33], 6, 12),
     (24, [], 9, 12), (36, [], 12, 24), (48, [], 24, 24)],
)  # fmt: skip
@pytest.mark.parametrize("rho", [0.0, 0.8])
def test_the_rule_is_its_definition(
    months: int, lost: list[int], length: int, apart: int, rho: float
) -> None:
    dice = np.random.default_rng(months * 100 + length + int(10 * rho))
    values = dice.standard_normal(months)
    for i in range(1, months):
        values[i] = rho * values[i - 1] + math.sqrt(1 - rho**2) * values[i]
    known = {age: float(100 + values[-1 - age]) for age in range(months) if age not in lost}
    size, half, allowed = by_hand(known, length, apart)
    period = Period.of(LAST + (1 - length), LAST)
    found = compare(
        {LAST + -age: value for age, value in known.items()}, period, period.earlier(apart)
    )
    assert found.size == pytest.approx(size)
    assert found.lower == pytest.approx(size - half) and found.upper == pytest.approx(size + half)
    assert found.allowance == pytest.approx(allowed)
    assert found.rests_on == len([age for age in known if age < max(36, apart + length)])
