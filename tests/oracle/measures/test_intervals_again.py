"""Intervals, by their formulas or by what they must leave beyond them."""

import math
from statistics import NormalDist

import pytest

from answerable.chain.body import Period
from tests.oracle.measures.kinds import is_attended, is_da, seconds_of
from tests.oracle.measures.recount import Counted, in_period, values_of

Z = NormalDist().inv_cdf(0.975)


def wilson(p: float, n: float) -> tuple[float, float]:
    middle = (p + Z * Z / (2 * n)) / (1 + Z * Z / n)
    half = Z / (1 + Z * Z / n) * math.sqrt(p * (1 - p) / n + Z * Z / (4 * n * n))
    return middle - half, middle + half


def test_shares_have_wilson_intervals(counted: Counted) -> None:
    _, results = counted
    for _, _, found in values_of(results, "proportion", "rate"):
        if found.n:
            assert found.count is not None
            assert (found.lower, found.upper) == pytest.approx(
                wilson(found.count / found.n, found.n), abs=1e-6
            )
        else:
            assert (found.lower, found.upper, found.method) == (None, None, "")


def test_a_weighted_share_counts_its_effective_answers(counted: Counted) -> None:
    rows, results = counted
    period = Period.parse("2023-01..2023-12")
    done = [
        r for r in in_period(rows["survey_contacts"], "eligible_on", period)
        if is_da(r) and r["excluded_reason"] is None and r["sampled"] and r["overall"]
        and r["weight"] is not None
    ]  # fmt: skip
    found = results.one("survey", "satisfied", period=period)
    assert found is not None
    effective = sum(r["weight"] for r in done) ** 2 / sum(r["weight"] ** 2 for r in done)
    assert effective < len(done)
    assert (found.lower, found.upper) == pytest.approx(
        wilson(found.value or 0.0, effective), abs=2e-6
    )


def test_counts_have_exact_poisson_limits(counted: Counted) -> None:
    """The limits put exactly 2.5% beyond them: sums of the mass function say so."""
    _, results = counted
    found = results.one("count", "count", period="2023-05")
    assert found is not None
    assert found.value
    assert found.lower is not None
    assert found.upper is not None
    x = int(found.value)

    def mass(k: int, mean: float) -> float:
        return math.exp(k * math.log(mean) - mean - math.lgamma(k + 1))

    at_least = 1 - sum(mass(k, found.lower) for k in range(x))
    at_most = sum(mass(k, found.upper) for k in range(x + 1))
    assert (at_least, at_most) == pytest.approx((0.025, 0.025), abs=1e-5)


def test_a_median_lies_between_order_statistics(counted: Counted) -> None:
    """With the fewest ranks on each side that leave at most 2.5% beyond them."""
    rows, results = counted
    for period in ("2023-05", "2023/24", "2023-02..2023-09"):
        found = results.one("duration", "median", period=period)
        assert found is not None
        assert found.n
        mine = in_period(rows["incidents"], "received_at", Period.parse(period))
        waits = sorted(s for r in mine if is_attended(r) for s in [seconds_of(r)] if s is not None)
        n = len(waits)
        below = [math.comb(n, k) / 2**n for k in range(n + 1)]
        rank = max((r for r in range(1, n) if sum(below[:r]) <= 0.025), default=0)
        if rank:
            assert (found.lower, found.upper) == (waits[rank - 1], waits[n - rank])
        else:
            assert (found.lower, found.upper) == (None, None)
