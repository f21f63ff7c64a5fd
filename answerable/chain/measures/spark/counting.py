"""Counting rows in Spark. What is worked out of the counts is worked out as ever."""

from collections.abc import Iterator, Mapping, Sequence
from typing import TYPE_CHECKING

import duckdb

from ...body import InputMistake, Problem
from ...records.contract import contracts
from ...records.expressions import text
from ..frames import NOT_RECORDED, Built, months_of, split_column
from ..places import Places
from ..recipe import Frame, Recipe
from ..source import Source
from ..strata import Sides, join_strata
from ..timeline import Slot
from .dialect import carry
from .kinds import Kind, NotCarried, kind_of, spark_name, spark_text
from .quantiles import quantile_query, take_quantiles, want_ranks
from .tables import Tables
from .weights import near_query, weigh, weights_of

if TYPE_CHECKING:
    from pyspark.sql import SparkSession

EDGE = "char(31)"


class OnSpark:
    """Counts rows in Spark, on this machine or on several.

    What passes between the engines lies where DuckDB puts down what does not fit into memory,
    beside the results: every machine of a cluster must see that folder.
    """

    def __init__(self, session: "SparkSession"):
        self.session = session
        self.tables = Tables(session)
        self.near: set[str] = set()

    def close(self) -> None:
        """Leave nothing behind."""
        self.tables.close()

    def frames(
        self, connection: duckdb.DuckDBPyConnection, source: Source, recipes: Sequence[Recipe]
    ) -> tuple[Built, ...]:
        carried = carried_all(recipes)
        self.near.clear()
        self.tables.between(connection)
        for table in ("pairs", "pair_places", "period_months", "month_ends"):
            self.tables.hand_over(connection, table, table)
        self.tables.hand_over(connection, "periods", "periods")
        for table in dict.fromkeys(recipe.frame.table for recipe in recipes):
            self._records(connection, source, table)
        return tuple(
            self._frame(connection, source, number, frame, carried)
            for number, frame in enumerate(dict.fromkeys(r.frame for r in recipes))
        )

    def quantiles(
        self,
        connection: duckdb.DuckDBPyConnection,
        built: Built,
        numbers: Mapping[str, int],
        places: Places,
        slots: Sequence[Slot],
        intervals: bool,
    ) -> None:
        timed = [recipe for recipe in built.recipes if recipe.quantiles]
        if not timed:
            return
        want_ranks(connection, built, timed, intervals)
        self.tables.hand_over(connection, "wanted", "wanted")
        self.tables.take_back(connection, quantile_query(built, timed), "spark_level")
        take_quantiles(connection, timed, numbers)

    def strata(self, connection: duckdb.DuckDBPyConnection, sides: Sides) -> None:
        join_strata(connection, [
            (
                f"(SELECT pair, m, value AS stratum, {', '.join(recipe.tallies)}"  # noqa: S608  # our names and checked expressions
                f" FROM {_base(built)} WHERE split = {text(_stratum(recipe))})"
            )
            for recipe, built in sides
        ])  # fmt: skip

    def weighted(
        self,
        connection: duckdb.DuckDBPyConnection,
        side: tuple[Recipe, Built],
        points: Sequence[float],
        slots: Sequence[Slot],
        tally: str,
        standard: str,
    ) -> None:
        recipe, built = side
        near = f"near_{recipe.time}"
        if near not in self.near:
            self.near.add(near)
            weights = weights_of(tally, standard)
            self.tables.hand_over(connection, weights, "weights")
            query = near_query(built, recipe, _key(recipe))
            self.tables.take_back(connection, query, near)
        weigh(connection, near, points)

    def _records(self, connection: duckdb.DuckDBPyConnection, source: Source, table: str) -> None:
        """The rows of a table as a view: read where they lie, or handed over."""
        if files := source.files.get(table):
            self.tables.read(contracts()[table], list(files), f"records_{table}")
        else:
            self.tables.hand_over(connection, source.relation(table), f"records_{table}")

    def _frame(
        self,
        connection: duckdb.DuckDBPyConnection,
        source: Source,
        number: int,
        frame: Frame,
        carried: Mapping[int, "Carried"],
    ) -> Built:
        mine = tuple(each for each in carried.values() if each.recipe.frame == frame)
        built = Built(
            frame, tuple(each.recipe for each in mine), f"rows_{number}", "m", f"cells_{number}"
        )
        rows = self.session.sql(_rows(source, frame, mine))
        rows.persist()
        rows.createOrReplaceTempView(built.rows)
        self.tables.take_back(connection, _tallies(built, mine), _base(built))
        connection.execute(f"CREATE TEMP TABLE {built.cells} AS {_cells(built)}")
        return built


class Carried:
    """A recipe in Spark's words. Raises NotCarried."""

    def __init__(self, recipe: Recipe):
        contract = contracts()[recipe.frame.table]
        kinds = {field.name: kind_of(field) for field in contract.fields}
        kinds["period_end"] = Kind("date")
        self.recipe = recipe
        made = {name: carry(sql, kinds) for name, sql in recipe.columns.items()}
        self.columns = {name: piece.sql for name, piece in made.items()}
        known = {name: piece.kind for name, piece in made.items()}
        self.tallies = {name: carry(sql, known).sql for name, sql in recipe.tallies.items()}
        self.kept = {
            name: _code(recipe.frame.table, name)
            for name in dict.fromkeys((*recipe.splits, *recipe.inner, *recipe.definition.strata))
            if name != "area"
        }


def carried_all(recipes: Sequence[Recipe]) -> dict[int, Carried]:
    """Every recipe in Spark's words.

    Raises InputMistake with every rule of which Spark would not give DuckDB's answer.
    """
    found, problems = {}, []
    for number, recipe in enumerate(recipes):
        try:
            found[number] = Carried(recipe)
        except NotCarried as reason:
            problems.append(
                Problem(
                    f"measures/{recipe.definition.key}.toml",
                    str(reason),
                    "what both engines answer alike: see docs/how-to/run-on-spark.md",
                    "Write the rule in another way, or count with DuckDB.",
                )
            )
    if problems:
        raise InputMistake(list(dict.fromkeys(problems)))
    return found


def _code(table: str, name: str) -> str:
    """A column as a text: one of its codes where the contract lists them."""
    field = contracts()[table].field(name)
    if field.type == "number":
        raise NotCarried(f"it shows figures by {name}, which is a fraction")
    column = f"CAST({spark_name(name)} AS STRING)"
    if not field.enum:
        return column
    listed = ", ".join(spark_text(code) for code in field.enum)
    return f"CASE WHEN {column} IN ({listed}) THEN {column} END"


def _rows(source: Source, frame: Frame, mine: Sequence[Carried]) -> str:
    """The rows of a frame, with all that its measures need and nothing else."""
    force, area = spark_name(source.force), spark_name(source.area)
    month = f"(year({spark_name(frame.at)}) * 12 + month({spark_name(frame.at)}) - 1)"
    standing = ""
    if frame.at_end:
        opened, closed = spark_name(frame.opened), spark_name(frame.closed)
        month = "month"
        standing = (
            f" JOIN month_ends ON {opened} <= period_end"
            f" AND ({closed} IS NULL OR period_end < {closed})"
        )
    made = {name: sql for each in mine for name, sql in each.columns.items()}
    kept = {name: sql for each in mine for name, sql in each.kept.items()}
    columns = [f"{sql} AS {name}" for name, sql in made.items()]
    columns += [f"{sql} AS {split_column(name)}" for name, sql in kept.items()]
    known = "(SELECT pair AS {0}, force AS {0}_force, area AS {0}_area FROM pairs)"
    return (
        f"SELECT coalesce(placed, unplaced, 0) AS pair, {month} AS m, {', '.join(columns)}"  # noqa: S608  # our names and checked expressions
        f" FROM records_{frame.table} AS r"
        f" LEFT JOIN {known.format('placed')} ON placed_force = r.{force}"
        f" AND placed_area = r.{area}"
        f" LEFT JOIN {known.format('unplaced')} ON unplaced_force = r.{force}"
        f" AND unplaced_area = ''{standing}"
    )


def _base(built: Built) -> str:
    return f"spark_{built.cells}"


def _stratum(recipe: Recipe) -> str:
    """What stands for a split where tallies are by a measure's strata."""
    return f"={recipe.definition.key}"


def _key(recipe: Recipe) -> str:
    columns = [split_column(name) for name in recipe.definition.strata if name != "area"]
    return f" || {EDGE} || ".join(f"coalesce({column}, '')" for column in columns) or "''"


def _tallies(built: Built, mine: Sequence[Carried]) -> str:
    """Tallies by pair, month and split value, and by stratum: one query for all of them."""
    names = [name for each in mine for name in each.recipe.tallies]
    return " UNION ALL ".join(
        f"SELECT pair, m, {spark_text(split)} AS split, {value} AS value,"  # noqa: S608  # our names and checked expressions
        f" {', '.join(_tally(name, having) for name in names)}"
        f" FROM {built.rows} WHERE m IS NOT NULL GROUP BY pair, m, {value}"
        for split, value, having in _parted(built, mine)
    )


def _tally(name: str, having: Sequence[Carried]) -> str:
    for each in having:
        if name in each.tallies:
            kind = "DOUBLE" if name in each.recipe.doubles else "BIGINT"
            return f"CAST({each.tallies[name]} AS {kind}) AS {name}"
    return f"NULL AS {name}"


def _parted(built: Built, mine: Sequence[Carried]) -> Iterator[tuple[str, str, Sequence[Carried]]]:
    """Each way in which the tallies are taken apart, and the recipes that want it."""
    yield "", "''", mine
    for split in built.splits:
        having = [c for c in mine if split in (*c.recipe.splits, *c.recipe.inner)]
        yield split, f"coalesce({split_column(split)}, '{NOT_RECORDED}')", having
    for each in mine:
        if each.recipe.definition.strata:
            yield _stratum(each.recipe), _key(each.recipe), [each]


def _cells(built: Built) -> str:
    """The tallies of every place and period, added up from those of pairs and months."""
    doubles = frozenset().union(*(recipe.doubles for recipe in built.recipes))
    names = [name for recipe in built.recipes for name in recipe.tallies]
    sums = ", ".join(
        f"sum({name})::{'DOUBLE' if name in doubles else 'BIGINT'} AS {name}" for name in names
    )
    return (
        f"WITH placed AS (SELECT place, m, split, value, {sums} FROM {_base(built)}"  # noqa: S608  # our names and checked expressions
        " JOIN pair_places USING (pair) WHERE split NOT LIKE '=%' GROUP BY ALL)"
        f" SELECT place, period, split, value, {sums}"
        f" FROM placed JOIN {months_of(built.frame)} AS q USING (m) GROUP BY ALL"
    )
