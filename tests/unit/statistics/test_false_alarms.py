"""What chance alone gives on a page: the table, and what is made of it."""

import numpy as np
import pytest

from answerable.chain.statistics import Rebase, false_alarms, false_outliers, funnel, run, xmr
from answerable.chain.statistics.chart import Chart
from answerable.chain.statistics.false_alarms import table

KINDS = {"run", "xmr", "p", "p-prime", "u", "u-prime", "c", "g", "t"}


def quiet(points: int, seed: int = 0) -> Chart:
    values = np.random.default_rng(seed).standard_normal(points) + 100
    return xmr([str(i) for i in range(points)], values.tolist())


def test_the_table_has_every_kind_and_is_made_of_chances() -> None:
    assert set(table().chart) == KINDS
    for rates in table().chart.values():
        assert list(rates.points) == sorted(rates.points)
        for signal, outside, latest in zip(rates.signal, rates.outside, rates.latest, strict=True):
            assert 0 <= latest <= 1 and 0 <= outside <= signal <= 1
        assert rates.signal[-1] >= rates.signal[0]  # a longer series has more chances


def test_numbers_of_charts_add_up_and_the_chance_of_one_is_theirs_together() -> None:
    one = false_alarms([quiet(36)])
    many = false_alarms([quiet(36, seed) for seed in range(10)])
    assert many.looked_at == 10 and many.expected == pytest.approx(10 * one.expected)
    assert many.some == pytest.approx(1 - (1 - one.some) ** 10)
    assert many.latest == pytest.approx(10 * (one.latest or 0))
    assert "of these 10 charts" in many.sentence and "this chart" in one.sentence


def test_lengths_between_those_of_the_table_lie_between() -> None:
    at = [false_alarms([quiet(points)]).expected for points in (24, 27, 30)]
    assert at[1] == pytest.approx((at[0] + at[2]) / 2)


def test_what_gives_no_signals_counts_for_nothing() -> None:
    low = xmr([str(i) for i in range(20)], [2, 3] * 10)
    assert false_alarms([quiet(8), low]).looked_at == 0
    assert false_alarms([]).sentence == ""


def test_a_phase_is_a_series_of_its_own() -> None:
    x, values = [str(i) for i in range(48)], np.random.default_rng(1).standard_normal(48)
    split = xmr(x, values.tolist(), rebases=[Rebase("24", "a change")])
    half = false_alarms([quiet(24)]).expected
    assert false_alarms([split]).expected == pytest.approx(1 - (1 - half) ** 2)
    runs = run(x, values.tolist(), rebases=[Rebase("24", "a change")])
    assert false_alarms([runs]).expected == pytest.approx(
        false_alarms([run(x[:24], values[:24].tolist())]).expected
    )


def test_the_shares_of_the_table_are_what_unchanged_series_give() -> None:
    """A small re-run of the simulation, five standard errors wide."""
    rng = np.random.default_rng(20)
    x = [str(i) for i in range(24)]
    found = [xmr(x, rng.standard_normal(24).tolist()) for _ in range(400)]
    share = np.mean([any(point.signals for point in chart.points) for chart in found])
    expected = false_alarms([quiet(24)]).expected
    assert abs(share - expected) < 5 * np.sqrt(expected * (1 - expected) / 400)


def test_units_beyond_the_limits_by_chance_are_told_for_those_that_may_be() -> None:
    made = funnel(["a", "b", "c", "d"], [40, 50, 60, 1], [100, 100, 100, 2])
    found = false_outliers(made)
    assert found.looked_at == 3 and 0 < found.expected < 1
    assert "these 3 apart" in found.sentence
    assert false_outliers(funnel(["a", "b"], [1, 2], [3, 4])).sentence == ""
