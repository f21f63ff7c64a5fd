"""Rounding: what is shown follows from rounded counts, and nothing of it from the exact ones."""

from dataclasses import replace
from itertools import product
from typing import Any

import pytest

from answerable.chain.body import Appetite, InputMistake, Period, open_body
from answerable.chain.disclosure import protect
from answerable.chain.measures import Grain, Result, Status, Unit
from answerable.chain.measures.figures import KISH, POISSON, WILSON
from answerable.chain.statistics import poisson_rate, wilson
from tests.unit.disclosure.test_protect import YEAR, definitions, figure

FIVE = Appetite(round_to=5)
WINDOWS = [Period.parse(YEAR)]


def shown(result: Result, appetite: Appetite = FIVE) -> Result:
    (one,) = protect([result], definitions(result.measure), appetite, WINDOWS)
    return one


@pytest.mark.parametrize(
    ("count", "as_shown"),
    [(0, 0), (1, 5), (5, 5), (7, 5), (8, 10), (22, 20), (23, 25), (1203, 1205)],
)
def test_a_count_to_the_nearest_5_and_only_none_is_none(count: int, as_shown: int) -> None:
    assert FIVE.rounded(count) == as_shown
    assert Appetite().rounded(count) == count


def test_a_share_and_its_interval_follow_from_the_rounded_counts() -> None:
    one = shown(
        replace(figure("repeat_victims", "rate", 203, 48), method=WILSON, lower=0.1, upper=0.3)
    )
    assert (one.n, one.count, one.value, one.rounded_to) == (205, 50, round(50 / 205, 6), 5)
    assert (one.lower, one.upper) == pytest.approx(wilson(50, 205), abs=1e-6)


def test_a_count_and_its_daily_rate() -> None:
    number = replace(figure("reports", "count", 203), method=POISSON, lower=1.0, upper=2.0)
    daily = replace(number, statistic="per_day", value=round(203 / 365, 4))
    one, other = shown(number), shown(daily)
    low, high = poisson_rate(205)
    assert (one.value, one.lower, one.upper) == pytest.approx((205, low, high), abs=1e-4)
    assert (other.n, other.value) == (205, round(205 / 365, 4))
    assert (other.lower, other.upper) == pytest.approx((low / 365, high / 365), abs=1e-4)


def test_a_ratio() -> None:
    ratio = figure("arrests_per_100_crimes", "ratio", 203, 48)
    one = shown(replace(ratio, unit=Unit.RATIO, method=POISSON, lower=1.0, upper=2.0))
    assert one.value == round(100 * 50 / 205, 4)
    assert (one.lower, one.upper) == pytest.approx(poisson_rate(50, 2.05), abs=1e-4)


def test_a_time_stays_and_what_it_rests_on_is_rounded() -> None:
    time = replace(figure("response_time_priority", "median", 203), unit=Unit.SECONDS, value=1234.5)
    assert (shown(time).value, shown(time).n) == (1234.5, 205)


WEIGHTED = replace(figure("victim_satisfaction", "satisfied", 200, 120), method=KISH)
STANDARD = replace(
    figure("repeat_victims", "rate", 200, 120), method="standardised directly", basis="standardised"
)


@pytest.mark.parametrize("result", [WEIGHTED, STANDARD], ids=["weighted", "standardised"])
def test_what_does_not_follow_from_counts_is_set_to_what_a_rounded_count_could_give(
    result: Result,
) -> None:
    one = shown(replace(result, value=0.5934, lower=0.521, upper=0.667))
    assert (one.value, one.lower, one.upper) == (0.6, 0.5, 0.675)


MADE: dict[str, Any] = {
    "count": lambda n, x: figure("reports", "count", n, method=POISSON, lower=n - 9.0, upper=1.0),
    "per day": lambda n, x: figure(
        "reports", "per_day", n, value=n / 365, method=POISSON, lower=n - 9.0, upper=n + 9.0
    ),
    "share": lambda n, x: figure(
        "repeat_victims", "rate", n, x, method=WILSON, lower=x / n, upper=1.0
    ),
    "standardised": lambda n, x: replace(
        STANDARD, n=n, count=x, value=0.5934 + (n - x) / 1e5, lower=0.521 + x / 1e6, upper=0.667
    ),
    "excluded": lambda n, x: figure("repeat_victims", "rate", n, x, excluded=(("no age", x),)),
}


@pytest.mark.parametrize("kind", MADE)
def test_nothing_shown_tells_apart_counts_that_are_rounded_alike(kind: str) -> None:
    """The proof that nothing leaks: every record that rounds alike gives the very same figure."""
    seen = {shown(MADE[kind](n, x)) for n, x in product(range(198, 203), range(118, 123))}
    assert len(seen) == 1
    exact = {shown(MADE[kind](n, 120), Appetite()) for n in range(198, 203)}
    assert len(exact) == 5


def test_what_is_withheld_is_decided_on_the_true_counts() -> None:
    """4 would be shown as 5, and 19 as 20."""
    assert shown(figure("reports", "count", 4)).status == Status.SUPPRESSED
    assert shown(figure("repeat_victims", "rate", 19, 9)).status == Status.SUPPRESSED
    assert shown(figure("reports", "count", 4)).rounded_to == 1


def test_parts_are_rounded_each_for_itself() -> None:
    months = [
        figure("reports", "count", 22, period=p, grain=Grain.MONTH) for p in ("2023-01", "2023-02")
    ]
    quarter = figure("reports", "count", 66, period="2023-Q1", grain=Grain.QUARTER)
    done = protect([*months, quarter], definitions("reports"), FIVE)
    assert [one.n for one in done] == [20, 20, 65]


def test_no_other_base_may_be_asked_for(tmp_path: Any) -> None:
    (tmp_path / "body.toml").write_text(
        'key = "b"\nname = "B"\n[appetite]\nround_to = 10\n', encoding="utf-8"
    )
    with pytest.raises(InputMistake, match="round_to"):
        open_body(tmp_path)
