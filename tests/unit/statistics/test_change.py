"""The rule on a change: its numbers, its shapes, and its rates of false findings and power."""

import math

import numpy as np
import pytest

from answerable.chain.body import Month, Period
from answerable.chain.statistics import Moved, Obstacle, at_a_date, compare, unchanged_within
from answerable.chain.statistics.autocorrelation import (
    allowance_for,
    lag_one,
    variance_of_mean,
    widening,
)
from answerable.chain.statistics.change import t_quantile
from answerable.chain.statistics.quarter import _residual_maker, quarter_on_quarter
from answerable.chain.statistics.yardstick import ages_of, yardstick

YEAR = Period.parse("2022-12..2023-11")
BEFORE = Period.parse("2021-12..2022-11")
HISTORIES = 2_000


def series(values: list[float] | np.ndarray, last: str = "2023-11") -> dict[Month, float]:
    end = Month.parse(last)
    return {end + (i + 1 - len(values)): float(v) for i, v in enumerate(values)}


def wobble(months: int, level: float = 100.0, seed: int = 4) -> np.ndarray:
    return level + np.random.default_rng(seed).normal(size=months)


# --- the numbers of the rule


def test_the_factor_at_twelve_months() -> None:
    assert widening(12) == pytest.approx(1.456, abs=5e-4)


FACTOR = 1.424915141
"""On the plain standard error of the mean of twelve differences, where two years are on record."""


def test_a_plain_paired_t_must_pass_3_14() -> None:
    assert t_quantile(0.975, 11) * FACTOR == pytest.approx(3.14, abs=0.005)


def test_without_autocorrelation_nothing_is_widened() -> None:
    assert widening(12, 0.0) == pytest.approx(1.0)
    assert variance_of_mean(12, 0.0) == 1.0


def test_the_interval_is_the_paired_one_widened() -> None:
    values = wobble(24)
    change = compare(series(values), YEAR, BEFORE)
    d = values[12:] - values[:12]
    half = 2.200985 * d.std(ddof=1) / math.sqrt(12) * FACTOR
    assert change.size == pytest.approx(d.mean())
    assert change.lower == pytest.approx(d.mean() - half, rel=1e-5)
    assert change.upper == pytest.approx(d.mean() + half, rel=1e-5)
    assert change.months == 12
    assert change.allowance == 0.35


def test_scipys_paired_t_at_zero_allowance() -> None:
    """The statistic, with the factor taken out again, is the textbook's paired t."""
    from scipy.stats import ttest_rel

    values = wobble(24)
    change = compare(series(values), YEAR, BEFORE)
    assert change.size is not None and change.upper is not None
    error = (change.upper - change.size) / t_quantile(0.975, 11) / FACTOR
    assert change.size / error == pytest.approx(
        ttest_rel(values[12:], values[:12]).statistic, rel=1e-5
    )


def test_the_smallest_visible_change_is_about_1_75_monthly_standard_deviations() -> None:
    sizes = []
    for seed in range(200):
        change = compare(series(wobble(24, seed=seed)), YEAR, BEFORE)
        assert change.smallest_visible is not None
        sizes.append(change.smallest_visible**2)
    assert math.sqrt(np.mean(sizes)) == pytest.approx(1.75, abs=0.05)


# --- shapes of comparison


@pytest.mark.parametrize(
    ("period", "baseline", "obstacle"),
    [
        ("2023-06..2023-11", "2022-12..2023-05", Obstacle.SEASON),
        ("2023-11", "2023-10", Obstacle.SEASON),
        ("2023-Q3", "2023-Q2", Obstacle.SEASON),
        ("2023-11", "2022-11", Obstacle.SHORT),
        ("2023-07..2023-11", "2022-07..2022-11", Obstacle.SHORT),
        ("2022-12..2023-11", "2022-06..2023-05", Obstacle.OVERLAP),
        ("2023-01..2023-11", "2021-12..2022-11", Obstacle.LENGTHS),
        ("2021-12..2022-11", "2022-12..2023-11", Obstacle.ORDER),
        ("2023-Q3", "2021-Q3", Obstacle.SHORT),
    ],
)
def test_what_cannot_be_compared_is_refused(period: str, baseline: str, obstacle: Obstacle) -> None:
    change = compare(series(wobble(40)), Period.parse(period), Period.parse(baseline))
    assert change.moved == Moved.UNTESTABLE
    assert change.obstacle == obstacle
    assert change.size is None and change.smallest_visible is None


def test_the_preceding_half_year_is_refused_and_like_months_offered() -> None:
    change = compare(
        series(wobble(24)), Period.parse("2023-06..2023-11"), Period.parse("2022-12..2023-05")
    )
    assert [str(offer) for offer in change.offers] == ["2022-12..2023-11"]


@pytest.mark.parametrize(("months", "offered"), [(17, []), (18, [6]), (23, [6])])
def test_with_less_than_two_years_six_months_are_offered(months: int, offered: list[int]) -> None:
    change = compare(series(wobble(months)), YEAR, BEFORE)
    assert change.obstacle == Obstacle.HISTORY
    assert [len(offer) for offer in change.offers] == offered
    assert len(change.absent) == 24 - months


def test_a_month_missing_inside_is_a_gap() -> None:
    months = series(wobble(24))
    del months[Month(2023, 3)]
    change = compare(months, YEAR, BEFORE)
    assert change.obstacle == Obstacle.GAPS
    assert change.absent == (Month(2023, 3),)


def test_months_after_the_period_are_not_looked_at() -> None:
    values = wobble(36)
    alone = compare(series(values), YEAR, BEFORE)
    more = compare(series(np.append(values, [900.0, 5.0]), "2024-01"), YEAR, BEFORE)
    assert alone == more


def test_a_series_that_does_not_vary_cannot_be_tested() -> None:
    flat = compare(series([0.1] * 12 + [0.1 + 0.2] * 12), YEAR, BEFORE)
    assert flat.obstacle == Obstacle.STILL
    quarter = compare(
        series([5.0] * 36, "2023-12"), Period.parse("2023-Q4"), Period.parse("2022-Q4")
    )
    assert quarter.obstacle == Obstacle.STILL


def test_a_quarter_needs_three_years() -> None:
    period, baseline = Period.parse("2023-Q3"), Period.parse("2022-Q3")
    short = compare(series(wobble(35), "2023-09"), period, baseline)
    assert short.obstacle == Obstacle.HISTORY
    enough = compare(series(wobble(36), "2023-09"), period, baseline)
    assert enough.moved == Moved.WITHIN
    for change in (short, enough):
        assert [len(offer) for offer in change.offers] == [12, 6]


def test_one_odd_month_does_not_make_a_quarter() -> None:
    values = wobble(36)
    values[-2] += 40
    period, baseline = Period.parse("2023-Q3"), Period.parse("2022-Q3")
    change = compare(series(values, "2023-09"), period, baseline)
    assert change.size is not None and change.size > 10
    assert change.moved == Moved.WITHIN
    values[-3:] += 12
    assert compare(series(values, "2023-09"), period, baseline).moved == Moved.ROSE


def test_directions_mirror() -> None:
    values = wobble(36)
    values[-12:] += 5
    assert compare(series(values), YEAR, BEFORE).moved == Moved.ROSE
    assert compare(series(-values), YEAR, BEFORE).moved == Moved.FELL


def test_an_effect_at_a_date_is_refused_without_the_months() -> None:
    """Something begun in May 2023 and looked at in December 2023 has 7 months."""
    change = at_a_date(series(wobble(29)), Month(2023, 5))
    assert change.obstacle == Obstacle.DATE_HISTORY
    assert [len(offer) for offer in change.offers] == [12, 6]


def test_a_step_at_a_date_is_found() -> None:
    values = wobble(36)
    values[24:] += 5
    change = at_a_date(series(values), Month(2022, 12))
    assert change.moved == Moved.ROSE
    assert change.size == pytest.approx(5, abs=1)
    assert at_a_date(series(-values), Month(2022, 12)).moved == Moved.FELL


def test_a_steady_drift_is_no_step() -> None:
    values = wobble(36) + np.arange(36)
    assert compare(series(values), YEAR, BEFORE).moved == Moved.ROSE
    assert at_a_date(series(values), Month(2022, 12)).moved == Moved.WITHIN


def test_months_after_the_year_from_the_date_are_not_looked_at() -> None:
    values = wobble(40)
    values[36:] += 50
    early = at_a_date(series(values, "2024-03"), Month(2022, 12))
    assert early == at_a_date(series(values[:36]), Month(2022, 12))


def test_a_missing_month_before_the_date_is_named() -> None:
    months = series(wobble(36))
    del months[Month(2021, 7)]
    change = at_a_date(months, Month(2022, 12))
    assert change.obstacle == Obstacle.DATE_HISTORY
    assert change.absent == (Month(2021, 7),)


@pytest.mark.parametrize("kind", ["independent", "ar", "season", "season and ar"])
def test_where_nothing_changed_at_a_date_it_is_seldom_said(kind: str) -> None:
    rose = sum(
        at_a_date(series(values), Month(2022, 12)).moved == Moved.ROSE for values in histories(kind)
    )
    bar = 0.025
    assert rose / HISTORIES <= bar + 2 * (bar * (1 - bar) / HISTORIES) ** 0.5


def test_a_step_of_three_deviations_is_found_four_times_in_five() -> None:
    values = histories("independent")
    values[:, 24:] += 3
    found = sum(at_a_date(series(v), Month(2022, 12)).moved == Moved.ROSE for v in values)
    assert found / HISTORIES == pytest.approx(0.82, abs=0.03)


def test_unchanged_is_an_interval_inside_the_margin() -> None:
    change = compare(series(wobble(24)), YEAR, BEFORE)
    assert change.lower_90 is not None and change.upper_90 is not None
    widest = max(abs(change.lower_90), abs(change.upper_90))
    assert unchanged_within(change, widest + 0.01)
    assert not unchanged_within(change, widest - 0.01)


# --- rates, by simulation


def histories(kind: str, months: int = 36, seed: int = 20_231_212) -> np.ndarray:
    """Unchanged histories of one kind, with a monthly standard deviation of 1."""
    random = np.random.default_rng(seed)
    rho = {"ar": 0.3, "season and ar": 0.3, "ar .5": 0.5}.get(kind, 0.0)
    burn = 30
    noise = random.standard_normal((HISTORIES, months + burn))
    for i in range(1, months + burn):
        noise[:, i] = rho * noise[:, i - 1] + math.sqrt(1 - rho**2) * noise[:, i]
    values = noise[:, burn:]
    if "season" in kind:
        values = values + 2 * np.sin(2 * np.pi * np.arange(months) / 12)
    if kind == "counts":
        values = random.negative_binomial(20, 0.25, (HISTORIES, months)).astype(float)
    if kind == "small proportions":
        values = random.binomial(60, 0.08, (HISTORIES, months)) / 60
    if kind == "medians":
        values = np.median(random.lognormal(0, 1, (HISTORIES, months, 25)), axis=2)
    if kind == "one odd month":
        values = values.copy()
        values[np.arange(HISTORIES), random.integers(months - 12, months, HISTORIES)] += 6
    return values


def fast(values: np.ndarray, length: int) -> np.ndarray:
    """Where the rule says 'rose', for many histories at once."""
    months = values.shape[1]
    if length == 3:
        return fast_quarter(values, values[:, -3:] - values[:, -15:-12])
    ages = ages_of(range(months), length, 12)
    rule = yardstick(ages, length, 12)
    found = rule.measure(values[:, [months - 1 - age for age in ages]])
    return found.size > t_quantile(0.975, rule.freedom) * found.error


def fast_quarter(values: np.ndarray, d: np.ndarray) -> np.ndarray:
    residual, freedom, shrink = _residual_maker(values.shape[1] // 12)
    spread = np.sqrt(((values @ residual) ** 2).sum(1) / freedom / shrink)
    t = t_quantile(0.975, freedom)
    whole = d.mean(1) > t * spread * math.sqrt(2 / 3 * (1 + 0.4 + 0.06))
    rest = np.sort(d, axis=1)[:, :2].mean(1) > t * spread * math.sqrt(1.3)
    return whole & rest


def rose(values: np.ndarray, period: Period) -> float:
    return float(np.mean(fast(values, len(period))))


@pytest.mark.parametrize(("months", "length"), [(24, 12), (36, 12), (18, 6), (36, 3)])
def test_the_fast_rule_is_the_rule(months: int, length: int) -> None:
    """What the rates below are measured on says of every history what `compare` says."""
    values = histories("ar .5", months)[:150]
    values[:, -length:] += 2.0
    end = Month.parse("2023-11")
    period = Period.of(end + (1 - length), end)
    slow = [compare(series(row), period, period.earlier(12)).moved == Moved.ROSE for row in values]
    assert fast(values, length).tolist() == slow
    assert 0 < sum(slow) < len(slow)


ALLOWED = 0.025 + 2 * math.sqrt(0.025 * 0.975 / HISTORIES)


@pytest.mark.parametrize(
    "kind",
    [
        "independent",
        "ar",
        "season",
        "season and ar",
        "counts",
        "small proportions",
        "medians",
        "one odd month",
    ],
)
@pytest.mark.parametrize("months", [24, 36])
def test_an_unchanged_series_is_seldom_called_changed(kind: str, months: int) -> None:
    assert rose(histories(kind, months), YEAR) <= ALLOWED


@pytest.mark.parametrize("kind", ["independent", "ar", "season and ar", "one odd month"])
def test_an_unchanged_half_year_and_quarter_too(kind: str) -> None:
    values = histories(kind)
    half, quarter = Period.parse("2023-06..2023-11"), Period.parse("2023-09..2023-11")
    if kind != "one odd month":
        assert rose(values, half) <= ALLOWED
    assert rose(values, quarter) <= ALLOWED


def test_a_rule_without_the_factor_would_fail_this_bar() -> None:
    """The bar can fail: a plain paired t calls 7% of leaning series changed."""
    values = histories("ar", 24)
    d = values[:, 12:] - values[:, :12]
    plain = d.mean(1) > t_quantile(0.975, 11) * d.std(1, ddof=1) / math.sqrt(12)
    assert plain.mean() > ALLOWED


@pytest.mark.parametrize(
    ("kind", "months", "length", "shift", "power"),
    [
        ("independent", 24, 12, 1.5, 0.695),
        ("ar", 24, 12, 1.5, 0.69),
        ("season and ar", 24, 12, 1.5, 0.69),
        ("ar", 24, 12, 2.0, 0.91),
        ("ar", 24, 12, 1.75, 0.81),
        ("independent", 36, 12, 1.5, 0.75),
        ("ar", 36, 12, 1.5, 0.665),
        ("season and ar", 36, 12, 1.5, 0.665),
        ("ar", 36, 12, 2.0, 0.885),
        ("ar", 24, 6, 2.0, 0.63),
        ("ar", 18, 6, 1.5, 0.33),
        ("ar", 18, 6, 2.0, 0.54),
        ("ar", 18, 6, 3.0, 0.86),
        ("ar", 36, 3, 2.0, 0.22),
        ("ar", 36, 3, 3.0, 0.53),
        ("independent", 36, 3, 3.85, 0.80),
    ],
)
def test_power(kind: str, months: int, length: int, shift: float, power: float) -> None:
    values = histories(kind, months)
    values[:, -length:] += shift
    end = Month.parse("2023-11")
    period = Period.of(end + (1 - length), end)
    assert rose(values, period) == pytest.approx(power, abs=0.035)


def test_a_third_year_helps_where_months_lean_hard() -> None:
    two, three = histories("ar .5", 24), histories("ar .5")
    assert rose(three, YEAR) < rose(two, YEAR)
    assert rose(three, YEAR) <= 0.035 + 2 * math.sqrt(0.035 * 0.965 / HISTORIES)
    three[:, -12:] += 1.5
    assert rose(three, YEAR) >= 0.5


@pytest.mark.parametrize("lost", [0, 7, 11])
@pytest.mark.parametrize("shift", [0.6, 1.2])
def test_one_month_lost_from_the_third_year_seldom_turns_a_verdict(lost: int, shift: float) -> None:
    """The yardstick bends with each month; nothing tips at 36."""
    values = histories("ar")[:500]
    values[:, -12:] += shift
    turned = 0
    for row in values:
        months = series(row)
        whole = compare(months, YEAR, BEFORE).moved
        del months[Month.parse("2023-11") + (lost - 35)]
        turned += compare(months, YEAR, BEFORE).moved != whole
    assert turned / len(values) <= 0.04


def test_two_and_a_half_years_lie_between_two_and_three() -> None:
    """Half of the way there, half of the trust."""
    trust = [yardstick(ages_of(range(n), 12, 12), 12, 12).trust for n in (24, 30, 36, 48)]
    assert trust == pytest.approx([0, 0.5, 1, 1])


def test_months_older_than_three_years_are_not_looked_at() -> None:
    values = wobble(48)
    assert compare(series(values), YEAR, BEFORE) == compare(series(values[12:]), YEAR, BEFORE)


@pytest.mark.parametrize("rho", [0.0, 0.3, 0.5])
def test_the_estimate_of_autocorrelation_is_nearly_unbiased(rho: float) -> None:
    kind = {0.0: "independent", 0.3: "ar", 0.5: "ar .5"}[rho]
    found = np.mean([lag_one(row) for row in histories(kind)[:1000]])
    assert found == pytest.approx(rho, abs=0.05)


def test_the_allowance_never_falls_below_35() -> None:
    assert allowance_for(wobble(36)) == 0.35
    assert allowance_for(histories("ar .5")[0][:24]) == 0.35
    leaning = [allowance_for(row) for row in histories("ar .5")[:50]]
    assert max(leaning) > 0.4


def test_estimating_needs_three_years() -> None:
    with pytest.raises(ValueError, match="36"):
        lag_one(wobble(35))


def test_the_quarters_spread_ignores_the_quarter_itself() -> None:
    values = wobble(36)
    moved = values.copy()
    moved[-3:] += 50
    assert quarter_on_quarter(moved).spread == pytest.approx(quarter_on_quarter(values).spread)
