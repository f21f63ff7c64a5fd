"""What chance alone gives on a page: the table, and what is made of it."""

import math
from pathlib import Path

import numpy as np
import pytest

from answerable.chain.statistics import Rebase, false_alarms, false_outliers, funnel, run, xmr
from answerable.chain.statistics.chart import Chart
from answerable.chain.statistics.false_alarms import beyond_chance, table
from answerable.chain.statistics.funnel import Funnel

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
    nothing = false_outliers(funnel(["a", "b"], [1, 2], [3, 4]))
    assert (nothing.sentence, nothing.of_one) == ("", "")


def units(count: int, differ: float, seed: int = 3, sizes: tuple[int, int] = (300, 300)) -> Funnel:
    """Shares of about 0.4 that differ beyond chance by so much of the variance."""
    rng = np.random.default_rng(seed)
    n = np.exp(rng.uniform(*np.log(sizes), count)).round().astype(int)
    angle = math.asin(math.sqrt(0.4)) + math.sqrt(
        differ / (1 - differ) / 1_200
    ) * rng.standard_normal(count)
    top = rng.binomial(n, np.sin(angle) ** 2)
    return funnel([str(i) for i in range(count)], top.tolist(), n.tolist())


def test_the_funnel_table_has_a_row_for_each_amount_and_a_column_for_each_number() -> None:
    for rates in table().funnel.values():
        for rows in (rates.fitted, rates.each, rates.some):
            assert [len(row) for row in rows] == [len(rates.units)] * len(rates.differ)
        for each, some in zip(rates.each, rates.some, strict=True):
            assert all(0 <= e <= s <= 1 for e, s in zip(each, some, strict=True))
    assert table().funnel["none"].differ == (0.0,)


def test_the_page_on_funnels_shows_the_table() -> None:
    page = (Path(__file__).parents[3] / "docs" / "reference" / "funnels.md").read_text("utf-8")
    rates = table().funnel["auto"]
    shown = [rates.units.index(count) for count in (3, 5, 8, 12, 19, 20, 43, 100)]
    for differ, row in zip(rates.differ, rates.each, strict=True):
        told = " | ".join(f"{1000 * row[i]:.0f}" for i in shown)
        assert f"| {differ:.0%} | {told} |" in page


def test_what_chance_gives_hangs_on_how_far_units_differ() -> None:
    """By name it is 2 in 1,000: so it is where chance alone is at work, and not beyond."""
    alike, apart = (false_outliers(units(43, differ)) for differ in (0.0, 0.9))
    assert alike.expected / 43 < 0.004 < 0.012 < apart.expected / 43 < 0.03
    assert alike.at_most is None and apart.at_most is None
    assert alike.expected < alike.some * 43 and "as they seem to" in apart.sentence


def test_few_units_are_told_the_most_that_it_may_be() -> None:
    found = false_outliers(units(5, 0.0))
    worst = max(row[1] for row in table().funnel["auto"].each)
    assert found.at_most == pytest.approx(5 * worst)
    assert found.expected < 5 * worst
    assert "it may be as many as about 0." in found.sentence
    assert found.of_one.startswith("Of 5 areas that differ as these seem to")
    assert f"it may be about {100 * worst:.0f}." in found.of_one


def test_of_limits_made_otherwise_nothing_is_known() -> None:
    few = funnel(list("abcde"), [40, 50, 60, 45, 55], [100] * 5, dispersion="additive")
    many = funnel([str(i) for i in range(25)], [40 + i for i in range(25)], [100] * 25,
                  dispersion="rest")  # fmt: skip
    alone = funnel(list("abcde"), [40, 50, 60, 45, 55], [100] * 5, dispersion="none")
    assert false_outliers(few).sentence == false_outliers(many).sentence == ""
    assert "about" in false_outliers(alone).sentence or "fewer" in false_outliers(alone).sentence


def test_the_variance_beyond_chance_is_a_share() -> None:
    assert beyond_chance(units(100, 0.0)) < 0.2
    assert 0.4 < beyond_chance(units(100, 0.75)) < 0.8
    made = units(100, 0.9)
    assert beyond_chance(made) == pytest.approx(made.tau2 / (made.tau2 + 1 / 1_200))


@pytest.mark.parametrize(("count", "differ"), [(43, 0.9), (5, 0.75)])
def test_the_funnels_of_the_table_are_what_innocent_units_give(count: int, differ: float) -> None:
    """A small re-run of the simulation, in the sizes of the table and on other seeds."""
    rates = table().funnel["auto"]
    row, column = rates.differ.index(differ), rates.units.index(count)
    found = [units(count, differ, seed, (60, 1_500)) for seed in range(250)]
    each = np.mean([bool(unit.outlier) for made in found for unit in made.units])
    assert 0.7 * rates.each[row][column] < each < 1.4 * rates.each[row][column]
