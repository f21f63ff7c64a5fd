"""The yardstick for what stands at a day, worked out again from its definition.

Steps by plain differences, residuals by least squares, and the variance of the change from the
covariance of the months themselves, as a running total of steps that lean on each other.
"""

import math

import numpy as np
import pytest
from scipy.stats import t as student

from answerable.chain.body import Month, Period
from answerable.chain.statistics import Change, at_a_date, compare

LAST = Month(2023, 11)
LEAN = 0.35


def by_hand(known: dict[int, float], weight: dict[int, float], length: int) -> tuple[float, float]:
    """The change and half of its 95% interval; months and weights by their age."""
    reach = max(36, max(weight) + 1)
    edges = {(length - 1) % 12, 11}
    ages = [a for a in range(reach) if a in known and a + 1 in known and a + 1 < reach]
    ages = [a for a in ages if a % 12 not in edges]
    y = np.array([known[a] - known[a + 1] for a in ages])
    columns = [[float(a % 12 == m) for a in ages] for m in range(12)]
    columns += [
        [float(a // 12 == year and (a % 12 < length) == inside) for a in ages]
        for year in range(reach // 12 + 1)
        for inside in (True, False)
    ]
    design = np.array(columns).T
    rest = y - design @ np.linalg.lstsq(design, y, rcond=None)[0]
    leave = np.eye(len(ages)) - design @ np.linalg.pinv(design)
    lean = np.array([[LEAN ** abs(a - b) for b in ages] for a in ages])
    spread = float(rest @ rest) / float(np.trace(leave @ lean))
    # A month is the sum of the steps up to it: months as totals of steps, oldest first.
    oldest = max(weight)
    totals = np.tril(np.ones((oldest + 1, oldest + 1)))[:, 1:]
    steps = np.array([[LEAN ** abs(i - j) for j in range(oldest)] for i in range(oldest)])
    w = np.array([weight.get(oldest - i, 0.0) for i in range(oldest + 1)])
    variance = float(w @ totals @ steps @ totals.T @ w)
    freedom = round(float(np.trace(leave)))
    size = sum(value * known[age] for age, value in weight.items())
    return size, float(student.ppf(0.975, freedom)) * math.sqrt(spread * variance)


def standing(months: int, seed: int) -> dict[int, float]:
    dice = np.random.default_rng(seed)
    values = 200 + np.cumsum(dice.normal(0, 4, months))
    return {months - 1 - i: float(value) for i, value in enumerate(values)}


def agrees(found: Change, size: float, half: float) -> None:
    assert found.size == pytest.approx(size)
    assert found.lower == pytest.approx(size - half)
    assert found.upper == pytest.approx(size + half)


@pytest.mark.parametrize(
    ("months", "lost", "length", "apart"),
    [(24, [], 12, 12), (36, [], 12, 12), (36, [30], 12, 12), (48, [], 12, 12), (24, [], 6, 12),
     (36, [8, 20], 6, 12), (24, [], 9, 12), (36, [], 3, 12), (36, [], 12, 24), (48, [], 24, 24)],
)  # fmt: skip
def test_the_rule_is_its_definition(months: int, lost: list[int], length: int, apart: int) -> None:
    known = {age: v for age, v in standing(months, months + length).items() if age not in lost}
    weight = dict.fromkeys(range(length), 1 / length)
    for age in range(apart, apart + length):
        weight[age] = weight.get(age, 0.0) - 1 / length
    period = Period.of(LAST + (1 - length), LAST)
    found = compare(
        {LAST + -age: value for age, value in known.items()},
        period, period.earlier(apart), standing=True,
    )  # fmt: skip
    agrees(found, *by_hand(known, weight, length))


def test_a_change_at_a_date_is_too() -> None:
    known = standing(36, 5)
    weight = {age: (1, -2, 1)[age // 12] / 12 for age in range(36)}
    months = {LAST + -age: value for age, value in known.items()}
    agrees(at_a_date(months, LAST + -11, standing=True), *by_hand(known, weight, 12))
