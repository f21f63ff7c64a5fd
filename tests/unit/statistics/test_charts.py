"""What charts do where no reference file reaches: gaps, short and low series, mistakes."""

from itertools import pairwise

import pytest

from answerable.chain.statistics import Chart, Rebase, p, u, xmr

STEADY = [52.0, 48, 51, 49, 53, 47, 50, 52, 49, 51, 48, 50]


def months(count: int) -> list[str]:
    return [f"{2021 + i // 12}-{i % 12 + 1:02d}" for i in range(count)]


def chart(values: list[float | None], **options: object) -> Chart:
    return xmr(months(len(values)), values, **options)  # type: ignore[arg-type]


def test_under_eight_points_there_are_no_limits_and_under_twelve_no_signals() -> None:
    seven, eight, twelve = (chart([*STEADY[: n - 1], 500]) for n in (7, 8, 12))
    assert seven.points[-1].upper is None and seven.points[-1].centre is not None
    assert eight.points[-1].upper is not None and eight.points[-1].signals == ()
    assert eight.variation == "cannot tell" and "signals 12" in eight.sentence
    assert twelve.points[-1].signals == ("outside",)
    assert twelve.variation == "neutral high" and not twelve.notes


def test_a_phase_too_short_for_signals_is_told_from_the_others() -> None:
    made = chart([*STEADY, *STEADY[:8], 900.0], rebases=[Rebase("2022-01", "a new system")])
    assert made.points[12].centre != made.points[0].centre
    assert made.points[-1].signals == () and made.variation == "cannot tell"
    assert "From 2022-01 there are 9 points" in made.notes[0]
    assert "a new system" in made.sentence


def test_limits_frozen_on_too_few_points_give_no_signals() -> None:
    assert not any(point.signals for point in chart([*STEADY, 900.0], freeze=10).points)
    assert chart([*STEADY, 900.0], freeze=12).points[-1].signals == ("outside",)


def test_a_constant_series_has_no_limits_and_no_signals_even_where_sums_round() -> None:
    made = chart([0.1] * 15)
    assert {(point.lower, point.upper, point.signals) for point in made.points} == {
        (None, None, ())
    }
    assert made.variation == "common cause"


def test_no_range_spans_a_gap_and_a_gap_ends_a_run() -> None:
    with_gap = chart([*STEADY[:6], None, *[value + 100 for value in STEADY[:6]]], screen=False)
    inside = [abs(a - b) for a, b in pairwise(STEADY[:6])]
    reach = 2.66 * sum(inside) / len(inside)
    point = with_gap.points[0]
    assert point.upper is not None and point.centre is not None
    assert point.upper - point.centre == pytest.approx(reach)
    rising = [float(i) for i in range(100, 113)]
    assert all("trend" in point.signals for point in chart(rising).points)
    broken = [*rising[:6], None, *rising[7:]]
    assert not any("trend" in point.signals for point in chart(broken).points)


@pytest.mark.parametrize(
    ("values", "signals"),
    [
        ([6.0, 7, 5] * 4 + [40], False),  # a mean of 8.6
        ([6.5, 7, 5] * 4 + [40], True),  # not counts
        ([26.0, 27, 25] * 4 + [80], True),
    ],
)
def test_low_counts_are_given_no_signals(values: list[float | None], signals: bool) -> None:
    made = chart(values)
    assert bool(made.points[-1].signals) == signals
    assert ("another kind" in made.sentence) != signals


def test_excluded_points_are_shown_but_carry_no_weight() -> None:
    made = chart([*STEADY, 900.0], exclude=["2022-01"])
    assert made.points[0].centre == pytest.approx(50) and made.points[-1].excluded
    assert made.points[-1].signals == ("outside",)


def test_assurance_and_variation_follow_the_direction_of_good() -> None:
    for better, meets, moved in (
        ("lower", "meets", "concern"),
        ("higher", "misses", "improvement"),
    ):
        made = chart([*STEADY, *STEADY, 90.0], better=better, target=200)
        assert (made.assurance, made.variation) == (meets, moved)
    assert chart(list(STEADY), target=50, better="lower").assurance == "cannot tell"
    assert chart(list(STEADY), target=50).assurance is None


def test_a_share_is_missing_where_nothing_was_counted() -> None:
    made = p(months(13), [5] * 12 + [0], [50] * 12 + [0])
    assert made.points[-1].value is None and made.points[-1].lower is None
    assert made.points[0].lower == 0.0
    assert made.sentence.startswith("2021-12: 0.1")


def test_a_rate_may_pass_one_and_a_share_may_not() -> None:
    made = u(months(12), [60, 70] * 6, [50] * 12)
    assert made.points[0].upper is not None and made.points[0].upper > 1
    with pytest.raises(ValueError, match="larger than its denominator"):
        p(months(12), [60] * 12, [50] * 12)


def test_shares_that_are_all_the_same_have_no_prime_limits() -> None:
    assert p(months(12), [5] * 12, [50] * 12, prime=True).points[0].upper is None


def test_a_series_that_shifted_is_told_by_its_runs() -> None:
    made = p(months(24), [20] * 12 + [30] * 12, [100] * 24)
    assert made.runs == {
        "longest": 12, "longest_max": 8, "crossings": 1, "crossings_min": 8, "signal": True
    }  # fmt: skip
    assert "not steady" in made.sentence


@pytest.mark.parametrize(
    ("options", "words"),
    [
        ({"rebases": [Rebase("2030-01", "x")]}, "no point has the label 2030-01"),
        ({"exclude": ["1999-01"]}, "no point has the label 1999-01"),
        ({"freeze": 0}, "1 point or more"),
    ],
)
def test_mistakes_of_the_caller(options: dict[str, object], words: str) -> None:
    with pytest.raises(ValueError, match=words):
        chart(list(STEADY), **options)


def test_a_label_twice_and_a_rebase_without_a_reason_are_refused() -> None:
    with pytest.raises(ValueError, match="twice"):
        xmr(["a", "a"], [1, 2])
    with pytest.raises(ValueError, match="no reason"):
        Rebase("2022-01", " ")


def test_an_empty_series_is_a_chart_without_points() -> None:
    assert chart([]).sentence == "There are no points to show."
    assert chart([None, None]).variation == "cannot tell"


def test_json_has_the_agreed_keys_and_no_others() -> None:
    made = chart([*STEADY, 900.0]).as_json()
    assert list(made) == ["kind", "points", "runs", "variation", "assurance", "sentence"]
    assert list(made["points"][0]) == ["x", "value", "n", "centre", "lower", "upper", "signals"]
    assert made["points"][-1]["signals"] == ["outside"] and made["runs"] is None


def test_near_a_limit_begins_at_two_thirds_of_the_way() -> None:
    """Centre 50, limits 30 and 70: near is beyond 63⅓ or under 36⅔."""
    from answerable.chain.statistics.rules import signals

    for value, near in ((63.3, False), (63.4, True), (70.0, True)):
        found = signals([value, value, 51.0], 50, 30, 70)
        assert found == [("near_limit",) if near else ()] * 2 + [()]
    assert signals([63.4, 63.4, 50.0], 50, 30, 70)[0] == ()  # not all on one side
