"""Every shipped measure is readable, complete and honest about what it counts."""

import json
import re
import tomllib
from pathlib import Path
from typing import Any

import pytest

from answerable.chain.body import shipped
from answerable.chain.measures import Definition, read_definition
from answerable.chain.measures.cases import try_cases

DEMO = Path(__file__).resolve().parents[2] / "demo" / "severnshire_police" / "measures"
SHIPPED = sorted(shipped("measures", ".toml").values())
ALL = [*SHIPPED, *sorted(DEMO.glob("*.toml"))]
TABLES = {
    key: json.loads(path.read_text(encoding="utf-8"))
    for key, path in shipped("tables", ".json").items()
}
EXPRESSIONS = ("include", "of", "eligible", "asked")
SQL = frozenset("and or not in is null true false between date_diff period_end".split())
FREE = frozenset({"second", "domestic_abuse_matters"})
"""Texts in expressions that no contract lists: a unit of time, the name of a course."""


def columns(table: str) -> dict[str, dict[str, Any]]:
    """Columns of a table by name, with the civil date that import adds beside each time."""
    fields = {field["name"]: field for field in TABLES[table]["fields"]}
    days = {
        name.removesuffix("_at") + "_on": {"name": name, "type": "date"}
        for name, field in fields.items()
        if field["type"] == "datetime"
    }
    return fields | days


def codes(table: str) -> set[str]:
    """Every code that the contract of a table allows in any column."""
    enums = [field.get("constraints", {}).get("enum", ()) for field in TABLES[table]["fields"]]
    return {str(code) for enum in enums for code in enum}


def expressions(definition: Definition) -> list[tuple[str, str]]:
    """Each expression of a definition with the table that it reads."""
    own = [(definition.table, getattr(definition, name)) for name in EXPRESSIONS]
    own += [(definition.table, step.when) for step in definition.steps]
    two = (definition.numerator, definition.denominator)
    own += [(side.table, side.include) for side in two if side]
    return [(table, text) for table, text in own if text]


@pytest.fixture(params=ALL, ids=lambda path: f"{path.parent.parent.name}-{path.stem}")
def path(request: pytest.FixtureRequest) -> Path:
    return request.param


@pytest.fixture
def definition(path: Path) -> Definition:
    return read_definition(path)


def test_the_file_is_named_for_its_measure(path: Path, definition: Definition) -> None:
    assert path.stem == definition.key


def test_at_least_two_worked_cases_show_the_edge(definition: Definition) -> None:
    assert len(definition.cases) >= 2
    assert len({case.title for case in definition.cases}) == len(definition.cases)


def test_cases_ask_for_statistics_that_the_measure_gives(definition: Definition) -> None:
    assert {case.statistic for case in definition.cases} <= set(definition.statistics)


def test_cases_have_rows_of_known_columns_and_codes(definition: Definition) -> None:
    for case in definition.cases:
        for row in case.rows:
            known = columns(row.get("table", definition.table))
            for name, value in row.items():
                if name == "table":
                    continue
                assert name in known, f"{case.title}: {name}"
                allowed = known[name].get("constraints", {}).get("enum")
                assert allowed is None or value in allowed, f"{case.title}: {name} = {value}"


def test_words_in_an_expression_are_columns_or_plain_sql(definition: Definition) -> None:
    for table, text in expressions(definition):
        words = set(re.findall(r"[a-z_][a-z_0-9]*", re.sub(r"'[^']*'", "", text)))
        assert words - SQL <= set(columns(table)), text


def test_codes_in_an_expression_are_in_the_contract(definition: Definition) -> None:
    for table, text in expressions(definition):
        assert set(re.findall(r"'([^']*)'", text)) <= codes(table) | FREE, text


def test_strata_and_splits_are_columns(definition: Definition) -> None:
    two = (definition.numerator, definition.denominator)
    tables = [definition.table] if definition.table else [side.table for side in two if side]
    for name in definition.strata:
        assert all(name in columns(table) for table in tables), name
    for name in definition.splits:
        assert any(name in columns(table) for table in tables), name


def test_the_response_is_never_part_of_the_case_mix(definition: Definition) -> None:
    """A consequence of policy is shown apart and never standardised away."""
    assert not {"response_method", "outcome_code", "decision"} & set(definition.strata)


def test_shares_within_a_target_need_a_target(definition: Definition) -> None:
    shares = {"within_target", "eligible_within_target"} & set(definition.statistics)
    if definition.kind == "duration":
        assert bool(shares) == bool(definition.target)


def test_what_has_a_direction_says_what_size_matters(definition: Definition) -> None:
    assert definition.better == "neither" or definition.matters


def test_every_reason_has_plain_words(definition: Definition) -> None:
    if column := definition.lost_reason or definition.excluded_by:
        assert set(definition.reasons) == set(
            columns(definition.table)[column]["constraints"]["enum"]
        )


def test_the_words_are_for_a_reader(definition: Definition) -> None:
    assert definition.question.endswith("?")
    for text in (definition.why, definition.plain, definition.technical):
        assert text.strip().endswith(".")
    assert definition.next_check > definition.checked_on


def test_owner_and_checker_are_offices_never_a_person(path: Path) -> None:
    values = tomllib.loads(path.read_text(encoding="utf-8"))
    for key in ("owner", "checked_by"):
        assert re.search(r"library|review|office|police", values[key], re.IGNORECASE), key


@pytest.mark.parametrize("own", sorted(DEMO.glob("*.toml")), ids=lambda path: path.stem)
def test_an_override_of_the_demo_counts_the_same_rows(own: Path) -> None:
    """It may set a target and name its owner; it may not quietly count something else."""
    mine, theirs = read_definition(own), read_definition(shipped("measures", ".toml")[own.stem])
    assert mine.replaces == f"{theirs.key}@{theirs.version}"
    said = {"title", "plain", "technical", "owner", "checked_by", "checked_on", "next_check"}
    set_here = {"target", "statistics", "replaces", "cases", "digest", "version"}
    assert mine.model_dump(exclude=said | set_here) == theirs.model_dump(exclude=said | set_here)


def test_every_case_of_an_override_of_the_demo_holds() -> None:
    own = {path.stem: read_definition(path) for path in DEMO.glob("*.toml")}
    tried = try_cases(own)
    assert len(tried) == sum(len(each.cases) for each in own.values())
    assert [str(each.problem()) for each in tried if not each.holds] == []
