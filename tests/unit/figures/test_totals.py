"""Figures put together by period, and charted for what they are."""

import pytest

from answerable.chain.body import Period
from answerable.chain.claims import Series, judge_figures, judge_series
from answerable.chain.figures import Totals, chart_of, interval
from answerable.chain.measures import Status, Unit
from tests.given import MONTHS, NOW, THEN, counts, figure, longer, shares


def test_a_period_is_put_together_without_gap_or_overlap() -> None:
    given = [
        figure("2022/23", 120.0), figure("2023-04", 9.0), figure("2023-05", 11.0),
        figure("2023/24-Q1", 31.0), figure("2023-06..2023-08", 30.0), figure("2023-06", 10.0),
    ]  # fmt: skip
    totals = Totals(given)
    for period, value in {
        "2022/23": 120, "2023-04..2023-05": 20, "2023/24-Q1": 31, "2023-04..2023-08": 50,
        "2022-04..2023-08": 170, "2022-04..2023-06": 151,
    }.items():  # fmt: skip
        whole = totals.whole(Period.parse(period))
        assert whole is not None and whole.value == value, period
    assert totals.whole(Period.parse("2023-04..2023-07")) is None
    assert totals.whole(Period.parse("2022-05..2023-03")) is None


def test_shares_pool_by_their_counts_and_not_by_their_mean() -> None:
    given = [
        figure("2023-04", None, Unit.SHARE, numerator=9.0, denominator=10.0),
        figure("2023-05", None, Unit.SHARE, numerator=10.0, denominator=100.0),
    ]
    whole = Totals(given).whole(Period.parse("2023-04..2023-05"))
    assert whole is not None
    assert (whole.value, whole.numerator, whole.denominator) == (19 / 110, 19, 110)


def test_means_pool_by_how_many_they_rest_on() -> None:
    given = [
        figure("2023-04", 60.0, Unit.SECONDS, statistic="mean", denominator=10.0),
        figure("2023-05", 120.0, Unit.SECONDS, statistic="mean", denominator=30.0),
    ]
    whole = Totals(given).whole(Period.parse("2023-04..2023-05"))
    assert whole is not None and whole.value == 105


@pytest.mark.parametrize(
    ("more", "pooled"),
    [
        ({"statistic": "open"}, 15.0),
        ({"statistic": "per_day"}, None),
        ({"statistic": "median", "unit": Unit.SECONDS}, None),
        ({"unit": Unit.RATIO}, None),
        ({}, 30.0),
    ],
)
def test_what_does_not_add_up(more: dict[str, object], pooled: float | None) -> None:
    totals = Totals([figure("2023-04", 10.0, **more), figure("2023-05", 20.0, **more)])
    whole = totals.whole(Period.parse("2023-04..2023-05"))
    assert (None if whole is None else whole.value) == pooled


def test_a_fraction_is_not_a_count() -> None:
    totals = Totals([figure("2023-04", 7.5), figure("2023-05", 8.0)])
    assert not totals.adds_up
    assert totals.whole(Period.parse("2023-04..2023-05")) is None


def test_a_withheld_part_is_not_counted_as_nothing() -> None:
    given = [figure("2023-04", 10.0), figure("2023-05", None, status=Status.SUPPRESSED)]
    totals = Totals(given)
    period = Period.parse("2023-04..2023-05")
    assert totals.whole(period) is None
    assert [str(month) for month in totals.withheld(period)] == ["2023-05"]


def test_intervals_by_hand() -> None:
    """Wilson for 8 of 10 (0.4902, 0.9433: Newcombe 1998, table I) and Garwood for 10 (4.7954,
    18.3904), as printed in tables."""
    low, high, method = interval(Unit.SHARE, NOW, 0.8, 8, 10)
    assert (round(low or 0, 4), round(high or 0, 4), method) == (0.4902, 0.9433, "Wilson")
    low, high, method = interval(Unit.COUNT, NOW, 10, None, None)
    assert (round(low or 0, 4), round(high or 0, 4), method) == (4.7954, 18.3904, "exact Poisson")
    low, high, _ = interval(Unit.RATIO, NOW, 20, 10, 50, per=100)
    assert (round(low or 0, 2), round(high or 0, 2)) == (9.59, 36.78)
    assert interval(Unit.SECONDS, NOW, 1800, None, 200) == (None, None, "")
    assert interval(Unit.SHARE, NOW, 0.8, None, None) == (None, None, "")
    assert interval(Unit.COUNT, NOW, 12, None, None, statistic="open") == (None, None, "")


def test_the_same_months_get_the_same_verdict_as_a_bare_series() -> None:
    given = shares(0.1)
    bare = Series(
        "Calls answered",
        {},
        {f.period.first: f.numerator or 0 for f in given},
        {f.period.first: f.denominator or 0 for f in given},
    )
    one = judge_figures(given, "rose", "higher", NOW, THEN)
    other = judge_series(bare, "rose", "higher", NOW, THEN)
    for name in ("verdict", "size", "lower", "upper", "smallest_visible", "rule", "recorded"):
        assert getattr(one, name) == getattr(other, name), name


def test_charts_are_labelled_for_what_they_are() -> None:
    assert chart_of(counts(), "neither").kind == "xmr"
    assert chart_of(shares(), "higher").kind == "p-prime"
    ratios = [
        figure(m, None, Unit.RATIO, numerator=20.0 + i % 4, denominator=90.0)
        for i, m in enumerate(MONTHS)
    ]
    assert chart_of(ratios, "neither").kind == "u-prime"
    bare = chart_of(shares(counted=False), "higher")
    assert bare.kind == "xmr" and "without the counts behind them" in bare.sentence


def test_rolling_years_have_no_limits_and_no_signals() -> None:
    given = [figure(Period.of(m, m + 11), 500.0 + 9 * i) for i, m in enumerate(MONTHS)]
    chart = chart_of(given, "lower", 400)
    assert chart.kind == "line" and len(chart.points) == 24
    assert not any(p.signals or p.lower is not None or p.centre is not None for p in chart.points)
    assert (chart.variation, chart.assurance) == ("cannot tell", None)
    assert "shares months with the next" in chart.sentence


def test_a_gap_is_a_gap() -> None:
    given = counts()
    short = [*given[:5], *given[6:20], figure(MONTHS[20], 900.0, status=Status.PROVISIONAL)]
    chart = chart_of(short, "neither")
    assert [point.x for point in chart.points][:6] == [str(month) for month in MONTHS[:6]]
    assert [point.value is None for point in chart.points] == [i == 5 for i in range(20)]


def test_quarters_are_charted_where_there_are_enough() -> None:
    quarters = longer(counts(months=24), 3)
    assert len(chart_of(quarters, "neither").points) == 8
    from_months = chart_of(counts(), "neither", months=3)
    assert [point.x for point in from_months.points][:2] == ["2022-Q1", "2022-Q2"]
    assert chart_of([figure(NOW, 3.0)], "neither") is None


def test_one_share_of_other_counts_is_another_figure() -> None:
    half = {"unit": Unit.SHARE, "denominator": 10.0}
    one = figure("2023-04", None, numerator=5.0, **half)
    same = figure("2023-04", 0.5, Unit.SHARE)
    other = figure("2023-04", None, Unit.SHARE, numerator=50.0, denominator=100.0)
    assert Totals([one, same]).conflicts == ()
    assert Totals([one, other]).conflicts == ((one, other),)


def test_a_figure_that_one_paper_withholds_and_another_gives_is_a_difference() -> None:
    given = figure("2023-04", 3.0)
    hidden = figure("2023-04", None, status=Status.SUPPRESSED)
    assert Totals([hidden, given]).conflicts == ((given, hidden),)
    assert Totals([figure("2023-04", None, status=Status.MISSING), given]).conflicts == ()
