"""What stands at a day: how often the rule is wrong, what it finds, and what it refuses."""

import math

import numpy as np
import pytest

from answerable.chain.body import Month, Period
from answerable.chain.statistics import Moved, Obstacle, at_a_date, compare
from answerable.chain.statistics.change import BY_STEPS, contrast_of, t_quantile
from answerable.chain.statistics.steps import ages_within, steps_of
from answerable.chain.statistics.yardstick import ages_of, yardstick

HISTORIES = 2_000
ALLOWED = 0.025 + 2 * math.sqrt(0.025 * 0.975 / HISTORIES)
END = Month(2023, 11)
YEAR = Period.of(END + -11, END)


def series(values: np.ndarray) -> dict[Month, float]:
    return {END + (i + 1 - len(values)): float(v) for i, v in enumerate(values)}


def totals(lean: float, months: int = 24, count: int = HISTORIES) -> np.ndarray:
    """Running totals of steps of standard deviation 1."""
    noise = np.random.default_rng(20_231_213).standard_normal((count, months))
    for i in range(1, months):
        noise[:, i] = lean * noise[:, i - 1] + math.sqrt(1 - lean**2) * noise[:, i]
    return np.cumsum(noise, axis=1)


def drawn_back(lean: float, months: int = 24) -> np.ndarray:
    noise = np.diff(totals(0.0, months), axis=1, prepend=0.0)
    for i in range(1, months):
        noise[:, i] = lean * noise[:, i - 1] + math.sqrt(1 - lean**2) * noise[:, i]
    return noise


def rose(values: np.ndarray, length: int) -> np.ndarray:
    weights = contrast_of(length, 12)
    months = values.shape[1]
    ages = ages_within(range(months), weights)
    rule = steps_of(ages, weights, length)
    size, error = rule.measure(values[:, [months - 1 - age for age in ages]])
    return size > t_quantile(0.975, rule.freedom) * error


def test_what_the_rates_are_measured_on_is_the_rule() -> None:
    values = totals(0.3, count=60)
    values[:, 12:] += 6
    slow = [
        compare(series(row), YEAR, YEAR.earlier(12), standing=True).moved == Moved.ROSE
        for row in values
    ]
    assert rose(values, 12).tolist() == slow
    assert 0 < sum(slow) < len(slow)


@pytest.mark.parametrize(("months", "length"), [(24, 12), (36, 12), (24, 6), (36, 3)])
@pytest.mark.parametrize("lean", [0.0, 0.3])
def test_a_running_total_is_called_risen_no_more_often_than_the_bar(
    months: int, length: int, lean: float
) -> None:
    assert rose(totals(lean, months), length).mean() <= ALLOWED


@pytest.mark.parametrize("lean", [0.5, 0.9])
def test_so_is_a_level_on_which_months_lean(lean: float) -> None:
    assert rose(drawn_back(lean), 12).mean() <= ALLOWED


def test_the_rule_for_what_is_counted_afresh_would_not_do() -> None:
    rule = yardstick(ages_of(range(24), 12, 12), 12, 12)
    found = rule.measure(totals(0.3))
    assert (found.size > t_quantile(0.975, rule.freedom) * found.error).mean() > 0.2


def test_a_change_of_many_steps_is_found() -> None:
    values = drawn_back(0.9)
    values[:, 12:] += 10 * math.sqrt(0.2)
    assert rose(values, 12).mean() > 0.5


def test_a_change_is_found_four_times_in_five_at_the_size_that_is_told() -> None:
    """On the records that the rule takes for granted: steps that lean as it allows."""
    values = totals(0.35, count=400)
    sizes = [
        compare(series(row), YEAR, YEAR.earlier(12), standing=True).smallest_visible or 0.0
        for row in values
    ]
    values[:, 12:] += np.array(sizes).mean()
    assert 0.7 < rose(values, 12).mean() < 0.9


def test_a_step_that_comes_with_the_period_does_not_widen_its_own_yardstick() -> None:
    values = totals(0.0, count=1)[0]
    moved = values + np.where(np.arange(24) >= 12, 40.0, 0.0)
    calm, stepped = (
        compare(series(each), YEAR, YEAR.earlier(12), standing=True) for each in (values, moved)
    )
    assert stepped.size == pytest.approx((calm.size or 0) + 40)
    assert (stepped.upper or 0) - (stepped.lower or 0) == pytest.approx(
        (calm.upper or 0) - (calm.lower or 0)
    )
    assert (stepped.rule, stepped.rests_on) == (BY_STEPS, 22)


@pytest.mark.parametrize(
    ("months", "length", "obstacle", "absent", "offers"),
    [(18, 6, Obstacle.HISTORY, 6, []), (23, 12, Obstacle.HISTORY, 1, []),
     (35, 3, Obstacle.HISTORY, 1, [12, 6])],
)  # fmt: skip
def test_less_than_two_years_cannot_be_tested(
    months: int, length: int, obstacle: Obstacle, absent: int, offers: list[int]
) -> None:
    period = Period.of(END + (1 - length), END)
    found = compare(series(totals(0.0, months, 1)[0]), period, period.earlier(12), standing=True)
    assert (found.moved, found.obstacle) == (Moved.UNTESTABLE, obstacle)
    assert len(found.absent) == absent
    assert [len(offer) for offer in found.offers] == offers


def test_what_never_moves_cannot_be_tested() -> None:
    flat = np.where(np.arange(36) >= 24, 5.0, 4.0)
    for found in (
        compare(series(flat), YEAR, YEAR.earlier(12), standing=True),
        at_a_date(series(flat), YEAR.first, standing=True),
    ):
        assert found.obstacle == Obstacle.STILL
