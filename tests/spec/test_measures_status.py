"""What is known of a figure beside its value: covered, settled, comparable, of which force."""

from datetime import date

import pytest

from answerable.chain.measures import Definition, Grain
from tests.spec.measuring import define, measure, values

DA = {"strand": "domestic_abuse"}


def crimes(**said: object) -> Definition:
    return define(
        kind="count", table="crimes", include="true", at="recorded_on", statistics=("count",),
        **said,
    )  # fmt: skip


ROWS = {"crimes": [{**DA, "recorded_on": f"2024-0{month}-10"} for month in (1, 3)]}


def test_a_covered_month_without_rows_is_zero() -> None:
    series = measure(ROWS, crimes()).series("measured", "count")
    assert [(r.value, r.status) for r in series] == [(1, "ok"), (0, "zero"), (1, "ok")]


def test_recent_months_are_provisional_until_they_have_settled() -> None:
    series = measure(ROWS, crimes(settles_after="30 days")).series("measured", "count")
    assert [r.status for r in series] == ["ok", "zero", "provisional"]
    series = measure(ROWS, crimes(settles_after="32 days")).series("measured", "count")
    assert [r.status for r in series] == ["ok", "provisional", "provisional"]


def test_a_half_covered_month_is_provisional_and_so_is_what_holds_it() -> None:
    results = measure(ROWS, crimes(), provisional=("2024-01",))
    assert [r.status for r in results.series("measured", "count")] == ["provisional", "zero", "ok"]
    quarter = results.one("measured", "count", period="2024-Q1")
    assert quarter is not None
    assert (quarter.value, quarter.status) == (2, "provisional")


def test_a_period_across_a_break_is_not_comparable() -> None:
    broken = crimes(breaks=[{"on": date(2024, 2, 1), "why": "a new system"}])
    results = measure(ROWS, broken, windows=["2024-01..2024-02", "2024-02..2024-03"])
    found = {
        period: results.one("measured", "count", period=period)
        for period in ("2024-01", "2024-02", "2024-01..2024-02", "2024-02..2024-03", "2024-Q1")
    }
    assert {period: str(result.status) for period, result in found.items() if result} == {
        "2024-01": "ok",
        "2024-02": "zero",
        "2024-01..2024-02": "not comparable",
        "2024-02..2024-03": "ok",
        "2024-Q1": "not comparable",
    }


def test_a_month_in_which_the_break_falls_is_not_comparable() -> None:
    broken = crimes(breaks=[{"on": date(2024, 2, 15), "why": "a new system"}])
    series = measure(ROWS, broken).series("measured", "count")
    assert [r.status for r in series] == ["ok", "not comparable", "ok"]


def test_a_year_of_which_months_are_not_covered_is_missing() -> None:
    year = measure(ROWS, crimes()).one("measured", "count", period="2023/24")
    assert year is not None
    assert (year.value, year.n, year.count, year.status) == (None, None, None, "missing")


def test_what_is_counted_at_a_period_end_needs_only_its_last_month() -> None:
    posts = {"posts": [{"role": "vawg_specialist", "state": "filled", "from_on": "2024-02-01"}]}
    filled = define(
        kind="stock", table="posts", include="state = 'filled'", opened="from_on", closed="to_on",
        statistics=("open",),
    )  # fmt: skip
    results = measure(posts, filled)
    assert values(results, "open") == [0, 1, 1]
    year = results.one("measured", "open", period="2023/24")
    assert year is not None
    assert (year.value, year.status) == (1, "ok")


def test_a_ratio_is_missing_where_either_table_is() -> None:
    ratio = define(
        kind="ratio",
        numerator={"table": "arrests", "include": "true", "at": "arrested_on"},
        denominator={"table": "crimes", "include": "true", "at": "recorded_on"},
        statistics=("ratio",),
    )
    assert {r.status for r in measure(ROWS, ratio).series("measured", "ratio")} == {"missing"}


def test_a_rolling_year_ends_with_each_month_once_there_are_twelve() -> None:
    results = measure(ROWS, crimes(), covers="2023-03..2024-04")
    windows = results.series("measured", "count", grain=Grain.WINDOW)
    assert [(r.period, r.value) for r in windows] == [
        ("2023-03..2024-02", 1),
        ("2023-04..2024-03", 2),
        ("2023-05..2024-04", 2),
    ]


def test_a_period_is_found_however_it_is_spelled() -> None:
    results = measure(ROWS, crimes(), windows=["2024-01..2024-01", "2024-01..2024-03"])
    for spelling in ("2024-Q1", "2023/24-Q4", "2024-01..2024-03"):
        found = results.one("measured", "count", period=spelling)
        assert found is not None
        assert (found.period, found.grain, found.value) == ("2024-Q1", Grain.QUARTER, 2)
    assert results.one("measured", "count", period="2024-01..2024-02") is None


FORCES = {
    "crimes": [
        {**DA, "recorded_on": "2024-01-10", "force": force, "area": area}
        for force, area in (
            ("east", "north"), ("east", None), ("west", "south"), ("west", "south"),
            ("west", "north"),  # an area of another force: in the force, in no area
        )
    ]
}  # fmt: skip


@pytest.mark.parametrize(
    ("area", "value"), [("all", 5), ("east", 2), ("west", 3), ("north", 1), ("south", 2)]
)
def test_several_forces_are_places_of_their_own(area: str, value: int) -> None:
    results = measure(FORCES, crimes(), forces=("east", "west"))
    found = results.one("measured", "count", area, "2024-01")
    assert found is not None
    assert found.value == value


def test_where_one_force_sent_nothing_the_whole_is_missing() -> None:
    rows = {"crimes": [{**DA, "recorded_on": "2024-01-10", "force": "east", "area": "north"}]}
    results = measure(rows, crimes(), forces=("east", "west"))
    statuses = {
        area: str(found.status)
        for area in ("all", "east", "north", "west", "south")
        if (found := results.one("measured", "count", area, "2024-01"))
    }
    assert statuses == {
        "all": "missing", "east": "ok", "north": "ok", "west": "missing", "south": "missing"
    }  # fmt: skip


def test_a_later_step_without_an_earlier_one_is_told() -> None:
    rows = [
        {**DA, "received_at": "2024-01-10 10:00:00", "eligible": eligible, "offered": offered}
        for eligible, offered in ((True, True), (True, False), (False, True))
    ]
    pathway = define(
        kind="pathway", table="video_responses", include="true", at="received_on",
        steps=[{"key": "safe", "title": "Safe", "when": "eligible"},
               {"key": "offered", "title": "Offered", "when": "offered"}],
        lost_reason="lost_reason", statistics=("completed", "reached"),
    )  # fmt: skip
    found = measure({"video_responses": rows}, pathway).one(
        "measured", "completed", period="2024-01"
    )
    assert found is not None
    assert (found.count, found.n) == (1, 3)
    assert found.excluded == (("a later step recorded without an earlier one", 1),)
