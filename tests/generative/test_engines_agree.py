"""DuckDB and Spark give the same figures, for random rules over random rows."""

from typing import TYPE_CHECKING, Any

import pytest
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st

from answerable.chain.body import InputMistake
from answerable.chain.measures import Definition
from answerable.chain.measures.recipe import recipes
from answerable.chain.measures.spark import OnSpark, carried_all
from answerable.chain.measures.spark.dialect import carry
from answerable.chain.measures.spark.kinds import NotCarried, kind_of
from answerable.chain.records.contract import contracts
from answerable.chain.records.expressions import check_expression
from tests.both_engines import KINDS, ROWS, Both, plain
from tests.generative.rules import Rules, rule
from tests.oracle.measures.kinds import ALL
from tests.oracle.measures.rows import AREAS, COVERS, made
from tests.spec.measuring import define, measure

if TYPE_CHECKING:
    from pyspark.sql import SparkSession

pytestmark = pytest.mark.spark
RULES = Rules(KINDS)
HOW: dict[str, Any] = {
    "deadline": None,
    "suppress_health_check": list(HealthCheck),
    "phases": (Phase.explicit, Phase.generate),
}
"""A rule that disagrees is short enough to read; to shorten it would take minutes."""

AT_ONCE = 25
"""Rules in one query: to plan it takes longer than to count."""


def any_row() -> st.SearchStrategy[dict[str, Any]]:
    """A row whose values come from those that engines differ over, in any mixture."""
    values = {name: [row.get(name) for row in ROWS] for name in KINDS}
    return st.fixed_dictionaries({name: st.sampled_from(seen) for name, seen in values.items()})


def carries(sql: str) -> bool:
    try:
        carry(check_expression(sql, KINDS, "here"), KINDS)
    except NotCarried:
        return False
    return True


@settings(max_examples=3, **HOW)
@given(
    rows=st.lists(any_row(), min_size=8, max_size=8),
    rules=st.lists(rule(RULES), min_size=AT_ONCE, max_size=AT_ONCE, unique=True),
)
def test_random_rules(
    spark: "SparkSession",
    tmp_path_factory: pytest.TempPathFactory,
    rows: list[dict[str, Any]],
    rules: list[str],
):
    both = Both(spark, tmp_path_factory.mktemp("rules"), rows)
    found = {sql: both.in_duckdb(sql) for sql in rules if carries(sql)}
    # DuckDB stops at a number that is too large; see the dialect's own table.
    answered = {sql: answers for sql, answers in found.items() if answers is not None}
    in_spark = both.in_spark(*answered) if answered else []
    for (sql, expected), answers in zip(answered.items(), in_spark, strict=True):
        assert plain(answers) == plain(expected), sql


def restricted(definition: Definition, more: dict[str, str]) -> Definition:
    """A definition whose rules are held to one more condition each, where their table has one."""
    said = definition.model_dump(exclude_defaults=True)
    for key in ("include", "of", "eligible"):
        if said.get(key):
            said[key] = f"({said[key]}) and {more[definition.table]}"
    for key in ("numerator", "denominator"):
        if side := said.get(key):
            side["include"] = f"({side['include']}) or {more[side['table']]}"
    said.pop("cases", None)
    return define(**{name: value for name, value in said.items() if name != "digest"})


TABLES = ("incidents", "crimes", "arrests", "survey_contacts", "training", "service_returns",
          "video_responses")  # fmt: skip


def on_table(table: str) -> Rules:
    """Rules over the columns of a contract by which a person could count."""
    fields = contracts()[table].fields
    return Rules({field.name: kind_of(field) for field in fields if field.plain})


ON_TABLE = {table: rule(on_table(table), 1) for table in TABLES}


@settings(max_examples=1, **HOW)
@given(seed=st.integers(0, 999), more=st.fixed_dictionaries(ON_TABLE))
def test_random_definitions_of_every_kind(spark: "SparkSession", seed: int, more: dict[str, str]):
    chosen = []
    for each in (restricted(definition, more) for definition in ALL):
        try:
            carried_all(recipes(each, 0))
        except InputMistake:
            continue
        chosen.append(each)
    same_figures(spark, made(seed), chosen)


def same_figures(spark: "SparkSession", rows: dict[str, Any], chosen: list[Definition]) -> None:
    """Both engines write the same file, to the last byte."""
    how: dict[str, Any] = {
        "covers": str(COVERS), "areas": AREAS, "windows": ["2023-02..2023-09"],
        "provisional": (str(COVERS.last),),
    }  # fmt: skip
    here = measure(rows, *chosen, **how)
    there = measure(rows, *chosen, **how, engine=OnSpark(spark))
    assert there.digest == here.digest
    if there.path.read_bytes() != here.path.read_bytes():
        for one, other in zip(here, there, strict=True):
            assert one == other
        raise AssertionError("the files differ, and no figure in them does")


def test_every_kind_of_measure(spark: "SparkSession"):
    same_figures(spark, made(11), list(ALL))
