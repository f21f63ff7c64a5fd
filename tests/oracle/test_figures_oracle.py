"""Verdicts and intervals of figures as given, worked out again in plain Python."""

import math
from statistics import NormalDist, fmean, stdev

import pytest

from answerable.chain.body import Period
from answerable.chain.claims import judge_figures
from answerable.chain.figures import Totals, interval, results_of
from answerable.chain.measures import Unit
from tests.given import NOW, THEN, counts, figure, shares

T = 2.200985160082949
"""t at .975 with 11 degrees of freedom, as printed in tables."""


def widening(rho: float = 0.35) -> float:
    """The factor on the plain standard error, from the covariance of 24 leaning months."""
    sign = [-1 / 12] * 12 + [1 / 12] * 12
    of_size = sum(sign[i] * sign[j] * rho ** abs(i - j) for i in range(24) for j in range(24))
    kept = (12 * (1 - rho**12) - 6 * of_size) / 11
    return math.sqrt(6 * of_size / kept)


def paired(now: list[float], then: list[float]) -> tuple[float, float]:
    """The mean of like months' differences, and half of its 95% interval."""
    d = [a - b for a, b in zip(now, then, strict=True)]
    return fmean(d), T * widening() * stdev(d) / math.sqrt(12)


@pytest.mark.parametrize("seed", range(5))
def test_counts_are_tested_by_the_day_and_told_for_the_year(seed: int) -> None:
    given = counts(25, seed=seed)
    daily = [(f.value or 0) / f.period.days for f in given]
    size, half = paired(daily[12:], daily[:12])
    found = judge_figures(given, "rose", "neither", NOW, THEN)
    total = [sum(f.value or 0 for f in given[at]) for at in (slice(12), slice(12, 24))]
    days = NOW.days
    assert found.size == pytest.approx(total[1] - total[0] / THEN.days * days)
    assert found.lower == pytest.approx((size - half) * days)
    assert found.upper == pytest.approx((size + half) * days)
    assert (str(found.verdict) == "supported") == (size > half)


@pytest.mark.parametrize("seed", range(5))
def test_shares_are_pooled_by_their_counts_and_tested_by_month(seed: int) -> None:
    given = shares(0.03, seed=seed)
    months = [(f.numerator or 0) / (f.denominator or 1) for f in given]
    _, half = paired(months[12:], months[:12])
    found = judge_figures(given, "rose", "higher", NOW, THEN)
    pooled = [
        sum(f.numerator or 0 for f in given[at]) / sum(f.denominator or 0 for f in given[at])
        for at in (slice(12), slice(12, 24))
    ]
    assert found.size == pytest.approx(pooled[1] - pooled[0])
    assert (found.upper - found.lower) / 2 == pytest.approx(half)


def test_percentages_without_counts_are_averaged_and_say_so() -> None:
    given = shares(0.03, counted=False)
    values = [f.value or 0 for f in given]
    found = judge_figures(given, "rose", "higher", NOW, THEN)
    assert found.size == pytest.approx(fmean(values[12:]) - fmean(values[:12]))
    assert "a monthly average of" in found.recorded


def test_wilson_by_its_formula() -> None:
    z = NormalDist().inv_cdf(0.975)
    for top, n in ((0, 20), (7, 31), (98, 100), (512, 1204)):
        p = top / n
        middle = (p + z * z / (2 * n)) / (1 + z * z / n)
        reach = z / (1 + z * z / n) * math.sqrt(p * (1 - p) / n + z * z / (4 * n * n))
        low, high, _ = interval(Unit.SHARE, NOW, p, top, n)
        assert (low, high) == pytest.approx((middle - reach, middle + reach), abs=6e-7)


def test_garwood_by_sums_of_the_poisson() -> None:
    """At the lower limit 2.5% of such counts are as large; at the upper, as small."""
    for count in (3, 10, 57):
        low, high, _ = interval(Unit.COUNT, NOW, count, None, None)

        def upto(k: int, mean: float) -> float:
            return sum(math.exp(-mean + i * math.log(mean) - math.lgamma(i + 1))
                       for i in range(k + 1))  # fmt: skip

        assert 1 - upto(count - 1, low) == pytest.approx(0.025, abs=1e-4)
        assert upto(count, high) == pytest.approx(0.025, abs=1e-4)


def test_pooled_by_hand() -> None:
    """9 of 10, 10 of 100 and 1 of 40: 20 of 150, which is 13.3%, and not their mean, 34.2%."""
    given = [
        figure(f"2023-0{i}", None, Unit.SHARE, numerator=float(top), denominator=float(n))
        for i, (top, n) in enumerate([(9, 10), (10, 100), (1, 40)], start=4)
    ]
    whole = Totals(given).whole(Period.parse("2023/24-Q1"))
    assert whole is not None and whole.value == pytest.approx(2 / 15)
    quarter = next(r for r in results_of(given, {}) if r.grain == "quarter")
    assert (quarter.value, quarter.count, quarter.n) == (0.133333, 20, 150)
    assert quarter.period == "2023-Q2"


def test_a_leap_day_is_no_rise() -> None:
    """Ten a day in both years: 3,650 and then 3,660, with a month that is odd by a day's worth."""
    months = [Period.parse("2022-03..2024-02").first + i for i in range(24)]
    odd = [(3, 0), (0, 2), (1, 1), (2, 0), (0, 3), (1, 0), (0, 1), (2, 2), (0, 0), (1, 2), (3, 1),
           (0, 1)]  # fmt: skip
    extra = [pair[0] for pair in odd] + [pair[1] for pair in odd]
    given = [figure(m, 10.0 * m.days + e) for m, e in zip(months, extra, strict=True)]
    found = judge_figures(
        given, "rose", "neither", Period.parse("2023-03..2024-02"), Period.parse("2022-03..2023-02")
    )
    totals = [sum(f.value or 0 for f in given[at]) for at in (slice(12), slice(12, 24))]
    assert totals == [3663, 3673]
    assert found.recorded.startswith("Recorded: 3,673")
    assert found.size == pytest.approx(3673 - 3663 / 365 * 366)
    assert found.size < 0.01
    assert str(found.verdict) == "not shown"
