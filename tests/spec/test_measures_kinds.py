"""Each kind of measure: rows in, the figure that they give."""

import pytest

from answerable.chain.measures import Status
from tests.spec.measuring import define, measure, values

REPORTS = define(
    kind="count",
    table="incidents",
    include="strand = 'domestic_abuse' and duplicate is not true",
    at="received_on",
    statistics=("count", "per_day"),
    splits=("channel",),
)
DA = {"strand": "domestic_abuse"}


def test_a_count_is_of_the_included_by_month() -> None:
    results = measure(
        {
            "incidents": [
                {**DA, "received_at": "2024-01-10 10:00:00"},
                {**DA, "received_at": "2024-01-31 23:59:59"},
                {**DA, "received_at": "2024-01-11 10:00:00", "duplicate": True},
                {"strand": "stalking", "received_at": "2024-01-11 10:00:00"},
                {**DA, "received_at": "2024-03-01 00:00:00"},
            ]
        },
        REPORTS,
    )
    assert values(results, "count") == [2, 0, 1]
    assert values(results, "per_day") == [pytest.approx(2 / 31, abs=1e-4), 0, 0.0323]
    assert [r.status for r in results.series("measured", "count")] == ["ok", "zero", "ok"]


def test_a_month_begins_at_midnight_of_the_civil_day() -> None:
    results = measure(
        {"incidents": [{**DA, "received_at": "2024-05-31 23:30:00"}]},  # 00:30 in British summer
        REPORTS,
        covers="2024-05..2024-06",
    )
    assert values(results, "count") == [0, 1]


def test_a_proportion_counts_the_unknown_as_not() -> None:
    results = measure(
        {
            "crimes": [
                {**DA, "recorded_on": "2024-01-10", "outcome_code": 1},
                {**DA, "recorded_on": "2024-01-11", "outcome_code": None},
                {**DA, "recorded_on": "2024-01-12", "outcome_code": 16},
                {**DA, "recorded_on": "2024-01-12", "outcome_code": 8},
            ]
        },
        define(
            kind="proportion",
            table="crimes",
            include="strand = 'domestic_abuse'",
            of="outcome_code in (1, 8)",
            mix="outcome_code",
            at="recorded_on",
            statistics=("rate", "mix"),
        ),
    )
    january = results.one("measured", "rate", period="2024-01")
    assert january is not None
    assert (january.value, january.n, january.count) == (0.5, 4, 2)
    assert values(results, "mix", split="outcome_code=8") == [0.25, None, None]
    assert values(results, "mix", split="outcome_code=not_recorded") == [0.25, None, None]


WAIT = define(
    kind="duration",
    table="incidents",
    include="strand = 'domestic_abuse' and response_method = 'attended'",
    eligible="strand = 'domestic_abuse'",
    at="received_on",
    start="received_at",
    stop="first_arrived_at",
    statistics=("median", "p90", "within_target", "eligible_within_target", "missing_share"),
    target={"at_most": "60 minutes", "since": "2020-01-01", "source": "a test"},
)


def attended(arrived: str | None) -> dict[str, object]:
    return {
        **DA,
        "received_at": "2024-01-10 10:00:00",
        "first_arrived_at": arrived,
        "response_method": "attended",
    }


def test_a_duration_is_taken_from_those_with_both_times() -> None:
    results = measure(
        {
            "incidents": [
                attended("2024-01-10 10:20:00"),
                attended("2024-01-10 10:40:00"),
                attended("2024-01-10 11:30:00"),
                attended(None),
                attended("2024-01-10 09:50:00"),
                {**DA, "received_at": "2024-01-10 10:00:00", "response_method": "video"},
            ]
        },
        WAIT,
    )
    found = {name: results.one("measured", name, period="2024-01") for name in WAIT.statistics}
    assert {name: result.value for name, result in found.items() if result} == {
        "median": 2400,
        "p90": 4800,  # type 7: four fifths of the way from 40 to 90 minutes
        "within_target": 0.666667,
        "eligible_within_target": 0.333333,
        "missing_share": 0.4,
    }
    median = found["median"]
    assert median is not None
    assert median.excluded == (("no stop time", 1), ("stopped before it started", 1))


def test_a_ratio_has_two_tables() -> None:
    results = measure(
        {
            "arrests": [{**DA, "arrested_at": "2024-01-10 10:00:00"}],
            "crimes": [{**DA, "recorded_on": f"2024-01-0{day}"} for day in range(1, 5)],
        },
        define(
            kind="ratio",
            numerator={"table": "arrests", "include": "true", "at": "arrested_on"},
            denominator={"table": "crimes", "include": "true", "at": "recorded_on"},
            statistics=("ratio", "numerator", "denominator"),
        ),
    )
    assert values(results, "ratio") == [25, None, None]
    assert values(results, "numerator") == [1, 0, 0]
    assert values(results, "denominator") == [4, 0, 0]


def test_the_whole_holds_those_that_were_not_placed() -> None:
    results = measure(
        {
            "incidents": [
                {**DA, "received_at": "2024-01-10 10:00:00", "area": area}
                for area in ("north", "north", None)
            ]
        },
        REPORTS,
    )
    assert values(results, "count", area="all") == [3, 0, 0]
    assert values(results, "count", area="north") == [2, 0, 0]
    assert values(results, "count", area="south") == [0, 0, 0]


def test_months_that_no_source_covers_are_missing() -> None:
    results = measure({"incidents": []}, REPORTS, windows=["2023-11..2024-02"])
    window = results.one("measured", "count", period="2023-11..2024-02")
    assert window is not None
    assert (window.value, window.status) == (None, Status.MISSING)
