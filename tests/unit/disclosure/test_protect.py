"""Single rules of what is withheld, on a handful of results."""

from dataclasses import replace
from typing import Any

import pytest

from answerable.chain.body import Appetite, Period, shipped
from answerable.chain.disclosure import Why, protect, protection
from answerable.chain.measures import (
    Definition,
    Grain,
    Result,
    Status,
    Unit,
    read_definition,
)

APPETITE = Appetite()
YEAR = "2022-12..2023-11"


def definitions(*keys: str) -> dict[str, Definition]:
    return {key: read_definition(shipped("measures", ".toml")[key]) for key in keys}


def figure(
    measure: str, statistic: str, n: int | None, count: int | None = None, **more: Any
) -> Result:
    unit = Unit.COUNT if count is None else Unit.SHARE
    value = None if n is None else float(n) if count is None else count / n if n else None
    status = Status.MISSING if n is None else Status.OK if n else Status.ZERO
    base = Result(
        measure=measure, version=1, definition="d", statistic=statistic, area="all",
        period=YEAR, grain=Grain.WINDOW, unit=unit, value=value, n=n, count=count, status=status,
        source="s",
    )  # fmt: skip
    return replace(base, **more)


def one(result: Result) -> tuple[Result, Why | None]:
    done = protection([result], definitions(result.measure), APPETITE, [Period.parse(YEAR)])
    return done.results[0], done.reasons[0]


@pytest.mark.parametrize(
    ("n", "why"),
    [(0, None), (1, Why.SMALL_COUNT), (4, Why.SMALL_COUNT), (5, None), (None, None)],
)
def test_a_count_of_one_to_four_is_withheld_and_none_at_all_is_a_zero(
    n: int | None, why: Why | None
) -> None:
    shown, found = one(figure("reports", "count", n))
    assert found == why
    assert (shown.status == Status.SUPPRESSED) == (why is not None)
    assert (shown.n is None) == (why is not None or n is None)


@pytest.mark.parametrize(
    ("n", "count", "why"),
    [
        (100, 4, Why.SMALL_COUNT),
        (100, 96, Why.SMALL_COUNT),  # what is left is as small
        (100, 0, None),
        (100, 100, None),
        (19, 9, Why.SMALL_BASE),
        (19, 0, Why.SMALL_BASE),  # nought of a few says it of each
        (19, 19, Why.SMALL_BASE),
        (20, 10, None),
        (0, 0, None),
    ],
)
def test_shares(n: int, count: int, why: Why | None) -> None:
    assert one(figure("repeat_victims", "rate", n, count))[1] == why


def test_a_withheld_figure_has_no_numbers_left() -> None:
    given = figure("repeat_victims", "rate", 100, 3, lower=0.01, upper=0.08, method="wilson",
                   excluded=(("no date", 40),))  # fmt: skip
    shown, _ = one(given)
    assert (shown.value, shown.n, shown.count, shown.lower, shown.upper) == (None,) * 5
    assert (shown.method, shown.excluded, shown.name) == ("", (), given.name)


@pytest.mark.parametrize(
    ("statistic", "n", "withheld", "interval"),
    [
        ("median", 19, True, False),
        ("median", 20, False, True),
        ("p90", 49, True, False),
        ("p90", 50, False, False),  # its interval would end on the longest but one
        ("p90", 200, False, True),
    ],
)
def test_quantiles_need_observations_beyond_them_and_beyond_their_interval(
    statistic: str, n: int, withheld: bool, interval: bool
) -> None:
    given = figure("response_time_priority", statistic, n, unit=Unit.SECONDS, value=900.0,
                   lower=800.0, upper=1000.0)  # fmt: skip
    shown, why = one(given)
    assert (why == Why.FEW_OBSERVATIONS) == withheld
    assert (shown.lower is not None, shown.upper is not None) == (interval, interval)


def test_a_post_in_an_area_is_a_person_and_a_force_has_an_establishment() -> None:
    by_area = figure("specialist_posts_filled", "open", 9, area="clunmoor")
    whole = figure("specialist_posts_filled", "open", 4)
    assert one(by_area)[1] == Why.POST_IS_A_PERSON
    assert one(whole)[0].value == 4


def test_statistics_that_show_the_same_count_stand_or_fall_together() -> None:
    given = [
        figure("reports", "count", 3),
        figure("reports", "per_day", 3, value=0.0082),
        figure("reports", "per_day", 3, value=0.0082, basis="standardised"),
    ]
    shown = protect(given, definitions("reports"), APPETITE)
    assert {each.status for each in shown} == {Status.SUPPRESSED}


def test_small_missing_counts_do_not_withhold_the_median() -> None:
    measure = "response_time_priority"
    given = [
        figure(measure, "median", 60, unit=Unit.SECONDS, value=900.0),
        figure(measure, "missing_share", 63, 3),
    ]
    done = protection(given, definitions(measure), APPETITE, [Period.parse(YEAR)])
    assert list(done.reasons) == [None, Why.SMALL_COUNT]


def test_reasons_for_exclusion_are_counts_of_people_too() -> None:
    measure = "victim_satisfaction"
    large = figure(measure, "satisfied", 200, 120, excluded=(("not safe", 12),))
    assert one(large)[0].excluded == (("not safe", 12),)
    small = replace(large, excluded=(("not safe", 12), ("died", 1)))
    assert one(small)[0].excluded == () and one(small)[0].value == large.value
    by_area = replace(large, area="clunmoor")
    shown = protect([large, by_area], definitions(measure), APPETITE, [Period.parse(YEAR)])
    assert shown[1].excluded == ()


def months_of(counts: dict[str, list[int]]) -> list[Result]:
    """Counts by area from April 2023, the whole with them, their quarters and the rest."""
    made = []
    whole = [sum(column) for column in zip(*counts.values(), strict=True)]
    for area, row in {**counts, "all": whole}.items():
        names = [f"2023-{4 + i:02d}" for i in range(len(row))]
        made += [
            figure("reports", "count", n, area=area, period=name, grain=Grain.MONTH)
            for name, n in zip(names, row, strict=True)
        ]
        made += [
            figure("reports", "count", sum(row[i : i + 3]), area=area,
                   period=f"2023-Q{2 + i // 3}", grain=Grain.QUARTER)
            for i in range(0, len(row), 3)
        ]  # fmt: skip
    return made


def test_one_small_month_takes_another_month_and_another_area_with_it() -> None:
    counts = {"a": [3, 20, 30, 40, 50, 60], "b": [50, 60, 70, 80, 90, 99]}
    done = protection(months_of(counts), definitions("reports"), APPETITE)
    withheld = {
        (true.area, true.period): why
        for true, why in zip(done.true, done.reasons, strict=True)
        if why
    }
    assert withheld.pop(("a", "2023-04")) == Why.SMALL_COUNT
    assert set(withheld.values()) == {Why.COMPLEMENTARY} and len(withheld) == 3
    assert {area for area, _ in withheld} == {"a", "b"}  # never the whole
    other = next(period for area, period in withheld if area == "a")
    assert other in ("2023-05", "2023-06")  # of the same quarter, which is then shown


def test_a_split_shown_by_area_may_not_leave_a_small_rest() -> None:
    """Of an area only one split is put forward: what it leaves of the area is a count too."""
    for rest, withheld in ((2, True), (0, False), (30, False)):
        given = months_of({"a": [50, 60, 70], "b": [50, 60, 70]})
        given += [
            figure("reports", "count", n - rest, area="a", period=name, grain=Grain.MONTH,
                   split="channel=999")
            for n, name in ((50, "2023-04"), (60, "2023-05"), (70, "2023-06"))
        ]  # fmt: skip
        shown = protect(given, definitions("reports"), APPETITE)
        assert all((each.n is None) == withheld for each in shown if each.split)
        assert all(each.n is not None for each in shown if not each.split)


def test_nothing_is_withheld_where_nothing_is_small() -> None:
    given = months_of({"a": [0, 20, 30], "b": [50, 60, 70]})
    assert protect(given, definitions("reports"), APPETITE) == tuple(given)


def test_a_stricter_appetite_withholds_more() -> None:
    given = [figure("reports", "count", 8)]
    strict = Appetite(count_under=10)
    assert protect(given, definitions("reports"), APPETITE)[0].value == 8
    assert protect(given, definitions("reports"), strict)[0].value is None


def test_the_private_table_keeps_the_true_figure_and_why() -> None:
    done = protection([figure("reports", "count", 3)], definitions("reports"), APPETITE)
    (cell,) = done.cells
    assert (cell.value, cell.n, cell.status) == (3.0, 3, Status.SUPPRESSED)
    assert cell.name == f"reports 1 count all {YEAR}" and cell.reason == str(Why.SMALL_COUNT)


def test_a_measure_without_a_definition_stops() -> None:
    with pytest.raises(KeyError):
        protect([figure("unheard_of", "count", 30)], {}, APPETITE)
