"""Reading definitions: what is refused, in which words, and that all of it is told at once."""

from pathlib import Path

import pytest

from answerable.chain.body import InputMistake, Problem, shipped
from answerable.chain.measures import Unit, load_definitions, quantity, unit_of
from answerable.chain.measures.definitions import check
from tests.snapshots import make_body
from tests.spec.measuring import define

COUNT = {
    "kind": "count",
    "table": "crimes",
    "include": "true",
    "at": "recorded_on",
    "statistics": ("count",),
}
WAIT = {
    "kind": "duration",
    "table": "incidents",
    "include": "true",
    "eligible": "true",
    "at": "received_on",
    "start": "received_at",
    "stop": "first_arrived_at",
    "statistics": ("median",),
}


def found(**said: object) -> list[Problem]:
    return check(define(**said), "measures/measured.toml")


@pytest.mark.parametrize(
    ("said", "key", "words", "allowed"),
    [
        ({"table": "crime"}, "table", "no table 'crime'", "crimes"),
        ({"include": "outcome = 1"}, "include", "no column 'outcome'", "outcome_code"),
        ({"include": "sum(outcome_code) > 1"}, "include", "total over records", "one expression"),
        ({"at": "outcome_from"}, "at", "no column 'outcome_from'", "outcome_on"),
        ({"splits": ("victim_key",)}, "splits", "tells people apart", "offence_group"),
        ({"strata": ("crime_id",)}, "strata", "tells people apart", "offence_group"),
        ({"settles_after": "some days"}, "settles_after", "", ""),
        ({"matters": {"by": "3 minutes", "why": "x"}}, "matters.by", "is a time", "80%"),
        (
            {"target": {"at_least": "80%", "since": "2024-01-01", "source": "x"}},
            "target", "is a share", "80%",
        ),
    ],
)  # fmt: skip
def test_a_defect_is_told_with_its_key(
    said: dict[str, object], key: str, words: str, allowed: str
) -> None:
    (problem,) = found(**{**COUNT, **said})
    assert (problem.where, problem.key) == ("measures/measured.toml", key)
    assert words in problem.found
    assert allowed in problem.allowed


@pytest.mark.parametrize("unit", ["minute", "hour", "month"])
def test_time_is_counted_in_seconds_only(unit: str) -> None:
    rule = f"date_diff('{unit}', received_at, first_arrived_at) <= 60"
    (problem,) = found(**{**WAIT, "include": rule})
    assert f"date_diff counts in {unit}" in problem.found


def test_days_may_be_counted_between_dates_but_not_between_times() -> None:
    assert found(**{**COUNT, "include": "date_diff('day', recorded_on, outcome_on) < 5"}) == []
    rule = "date_diff('day', received_at, first_arrived_at) < 5"
    assert len(found(**{**WAIT, "include": rule})) == 1


def test_a_share_within_target_needs_a_target() -> None:
    (problem,) = found(**{**WAIT, "statistics": ("median", "within_target")})
    assert problem.key == "target"


def test_only_what_is_taken_at_a_period_end_may_name_it() -> None:
    (problem,) = found(**{**COUNT, "include": "outcome_on <= period_end"})
    assert "period_end" in problem.found


def own(folder: Path, key: str, text: str) -> None:
    (folder / "measures").mkdir(exist_ok=True)
    (folder / "measures" / f"{key}.toml").write_text(text, encoding="utf-8")


@pytest.fixture
def reports() -> str:
    return shipped("measures", ".toml")["reports"].read_text(encoding="utf-8")


def test_a_body_may_replace_a_shipped_measure_by_its_version(tmp_path: Path, reports: str) -> None:
    body = make_body(tmp_path)
    own(tmp_path, "reports", reports.replace("version = 1", 'version = 7\nreplaces = "reports@1"'))
    assert load_definitions(body)["reports"].version == 7


@pytest.mark.parametrize("replaces", ["", 'replaces = "reports@0"', 'replaces = "other@1"'])
def test_a_replacement_of_what_has_moved_on_is_refused(
    tmp_path: Path, reports: str, replaces: str
) -> None:
    body = make_body(tmp_path)
    own(tmp_path, "reports", reports.replace("version = 1", f"version = 7\n{replaces}"))
    with pytest.raises(InputMistake) as caught:
        load_definitions(body)
    (problem,) = caught.value.problems
    assert (problem.key, problem.allowed) == ("replaces", "reports@1")


def test_a_new_measure_stands_beside_the_shipped_ones(tmp_path: Path, reports: str) -> None:
    body = make_body(tmp_path)
    own(tmp_path, "our_reports", reports.replace('key = "reports"', 'key = "our_reports"'))
    assert {"reports", "our_reports"} <= set(load_definitions(body))


def test_problems_of_all_files_are_told_together(tmp_path: Path, reports: str) -> None:
    body = make_body(tmp_path)
    own(tmp_path, "one", reports)  # its key is not its name
    own(tmp_path, "two", "key = 2")
    own(tmp_path, "three", "not toml")
    with pytest.raises(InputMistake) as caught:
        load_definitions(body)
    assert {problem.where for problem in caught.value.problems} >= {
        "measures/one.toml", "measures/two.toml", "measures/three.toml"
    }  # fmt: skip


@pytest.mark.parametrize(
    ("written", "unit", "value"),
    [
        ("60 minutes", Unit.SECONDS, 3600),
        ("1.5 hours", Unit.SECONDS, 5400),
        ("28 days", Unit.DAYS, 28),
        ("36 hours", Unit.DAYS, 1.5),
        ("80%", Unit.SHARE, 0.8),
        ("2 percentage points", Unit.SHARE, 0.02),
        (12.5, Unit.RATIO, 12.5),
        ("-3", Unit.COUNT, -3),
    ],
)
def test_quantities_are_read_in_the_unit_of_the_figure(
    written: str | float, unit: Unit, value: float
) -> None:
    assert quantity(written, unit) == pytest.approx(value)


@pytest.mark.parametrize(
    ("written", "unit"),
    [("80%", Unit.SECONDS), ("3 minutes", Unit.SHARE), ("soon", Unit.DAYS), ("", Unit.COUNT)],
)
def test_a_quantity_of_another_unit_is_refused(written: str, unit: Unit) -> None:
    with pytest.raises(ValueError, match=r"quantity|measured in"):
        quantity(written, unit)


def test_a_wait_between_days_is_in_days() -> None:
    assert unit_of(define(**WAIT), "median") == Unit.SECONDS
    between = {"table": "service_returns", "at": "referred_on", "start": "referred_on",
               "stop": "first_seen_on"}  # fmt: skip
    assert unit_of(define(**{**WAIT, **between}), "median") == Unit.DAYS
