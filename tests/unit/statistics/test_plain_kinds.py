"""Run, c, g and t charts: what is refused, what stands alone, what signals."""

import pytest

from answerable.chain.statistics import c, g, run, t

X = [str(i) for i in range(14)]


@pytest.mark.parametrize("make", [c, g])
@pytest.mark.parametrize("bad", [-1, 2.5])
def test_a_count_is_whole_and_not_below_nought(make: object, bad: float) -> None:
    with pytest.raises(ValueError, match="no count"):
        make(X, [3] * 13 + [bad])  # type: ignore[operator]


def test_a_time_is_not_below_nought() -> None:
    with pytest.raises(ValueError, match="below 0"):
        t(X, [1.0] * 13 + [-0.1])


def test_a_run_chart_has_a_centre_and_no_limits() -> None:
    chart = run(X, [1, 9, 2, 8, 3, 7, 4, 6, 5, 5, 1, 9, 2, 8])
    assert {(p.centre, p.lower, p.upper) for p in chart.points} == {(5, None, None)}
    assert all(not p.signals for p in chart.points)


def test_a_long_run_on_one_side_is_said() -> None:
    chart = run(X, [1, 2, 1, 2, 1, 2, 1, 9, 8, 9, 8, 9, 8, 9])
    assert chart.runs is not None
    assert chart.runs["signal"]
    assert "not steady" in chart.sentence


def test_the_upper_limit_of_counts_is_three_roots_of_the_mean_above_it() -> None:
    chart = c(X, [16] * 13 + [29])
    mean = (16 * 13 + 29) / 14
    assert chart.points[0].upper == pytest.approx(mean + 3 * mean**0.5)
    assert chart.points[-1].signals == ()
    assert c(X, [16] * 13 + [40]).points[-1].signals == ("outside",)


@pytest.mark.parametrize("make", [c, g, t, run])
def test_under_eight_points_there_are_no_limits_and_under_twelve_no_signals(make: object) -> None:
    short = make(X[:7], [5, 6, 5, 6, 5, 6, 90])  # type: ignore[operator]
    assert {(p.lower, p.upper) for p in short.points} == {(None, None)}
    assert short.runs is None
    some = make(X[:11], [5, 6] * 5 + [90])  # type: ignore[operator]
    assert all(not p.signals for p in some.points)
