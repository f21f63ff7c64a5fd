"""Worked cases: those of the library hold, and one that does not is told in full."""

from pathlib import Path

import pytest

from answerable.chain.body import InputMistake
from answerable.chain.measures import Definition, compute, load_definitions
from answerable.chain.measures.cases import check_cases, try_cases
from tests.snapshots import make_body, make_snapshot
from tests.spec.measuring import define


@pytest.fixture(scope="module")
def library(tmp_path_factory: pytest.TempPathFactory) -> dict[str, Definition]:
    return load_definitions(make_body(tmp_path_factory.mktemp("body")))


def counted(rows: list[dict[str, object]], gives: float | None, **case: object) -> Definition:
    return define(
        kind="count",
        table="crimes",
        include="strand = 'domestic_abuse'",
        at="recorded_on",
        statistics=("count",),
        splits=("risk_level",),
        cases=({"title": "so many", "rows": rows, "statistic": "count", "gives": gives, **case},),
    )


CRIME = {"strand": "domestic_abuse", "recorded_on": "2024-01-10"}


def test_every_case_of_the_library_holds(library: dict[str, Definition]) -> None:
    tried = try_cases(library)
    assert len(tried) == sum(len(each.cases) for each in library.values())
    assert [str(each.problem()) for each in tried if not each.holds] == []


def test_a_case_of_the_library_given_another_value_does_not_hold(
    library: dict[str, Definition],
) -> None:
    def spoilt(definition: Definition) -> Definition:
        other = [c.model_copy(update={"gives": (c.gives or 0) + 0.001}) for c in definition.cases]
        return definition.model_copy(update={"cases": tuple(other)})

    tried = try_cases({key: spoilt(each) for key, each in library.items()})
    assert [each.case.title for each in tried if each.holds] == []


def test_a_case_that_does_not_hold_names_file_case_found_and_expected() -> None:
    with pytest.raises(InputMistake) as caught:
        check_cases({"measured": counted([CRIME, CRIME], 3, n=3)})
    (problem,) = caught.value.problems
    assert problem.where == "measures/measured.toml"
    assert "so many" in problem.key
    assert (problem.found, problem.allowed) == ("it gives 2.0 (n = 2)", "3.0 (n = 3)")


def test_cases_do_not_meet_each_others_rows() -> None:
    one, two = counted([CRIME], 1), counted([CRIME, CRIME], 2)
    check_cases({"measured": one, "other": two.model_copy(update={"key": "other"})})


@pytest.mark.parametrize(
    ("case", "gives"),
    [
        ({"area": "north"}, 1),
        ({"split": "risk_level=high"}, 1),
        ({"period": "2023/24"}, 2),
        ({"period": "2023-12..2024-01"}, 2),
        ({"period": "2024-02"}, 0),
    ],
)
def test_a_case_may_name_area_split_and_period(case: dict[str, str], gives: float) -> None:
    rows = [{**CRIME, "area": "north", "risk_level": "high"}, {**CRIME, "area": "south"}]
    check_cases({"measured": counted(rows, gives, **case)})


@pytest.mark.parametrize(
    ("row", "found"),
    [
        ({"offence": "x"}, "the table crimes has no column offence"),
        ({"recorded_on": "soon"}, "a value is not of its column's type"),
        ({"table": "incidents"}, "a row is of the table 'incidents'"),
    ],
)
def test_a_row_that_is_not_one_of_the_table_is_told(row: dict[str, object], found: str) -> None:
    with pytest.raises(InputMistake) as caught:
        check_cases({"measured": counted([{**CRIME, **row}], 1)})
    (problem,) = caught.value.problems
    assert (problem.where, problem.found) == ("measures/measured.toml", found)


def test_compute_refuses_a_measure_whose_cases_do_not_hold(tmp_path: Path) -> None:
    body = make_body(tmp_path)
    snapshot = make_snapshot(body, {"crimes": [CRIME]})
    with pytest.raises(InputMistake):
        compute(body, {"measured": counted([CRIME], 2)}, snapshot)
    assert not list((body.var / "results").glob("*"))
