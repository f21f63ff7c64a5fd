"""Strata off the rows: their tallies, and quantiles of rows that weigh by their stratum."""

from collections.abc import Sequence

import duckdb

from .definition import Definition
from .frames import Built, split_column
from .recipe import Recipe
from .result import Grain

GRAINS = frozenset({Grain.MONTH, Grain.WINDOW})
"""Months are tested and windows give sizes; nothing reads a standardised quarter."""

LEVELS = ("all", "area")
EDGE = "chr(31)"
WEIGHTED = "(point DOUBLE, place INT, period INT, value DOUBLE)"
Sides = tuple[tuple[Recipe, Built], ...]


def stratum_key(definition: Definition, alias: str = "") -> str:
    """The stratum of a row apart from its area, as one text."""
    columns = [split_column(name) for name in definition.strata if name != "area"]
    parts = [f"coalesce({alias}{column}::VARCHAR, '')" for column in columns]
    return f" || {EDGE} || ".join(parts) or "''"


def with_area(definition: Definition, level: str, key: str, pair: str) -> str:
    """The stratum at a level: the whole also tells areas apart, where they are strata."""
    apart = level == "all" and "area" in definition.strata
    return f"({key} || {EDGE} || {pair}::VARCHAR)" if apart else key


def count_strata(connection: duckdb.DuckDBPyConnection, sides: Sides) -> None:
    """Tallies of each pair, month and stratum of one measure into `strata`."""
    definition = sides[0][0].definition
    join_strata(connection, [
        (
            f"(SELECT pair, {built.month} AS m, {stratum_key(definition)} AS stratum,"  # noqa: S608  # our names and checked expressions
            f" {', '.join(f'{sql} AS {name}' for name, sql in recipe.tallies.items())}"
            f" FROM {built.rows} WHERE {built.month} IS NOT NULL GROUP BY ALL)"
        )
        for recipe, built in sides
    ])  # fmt: skip


def join_strata(connection: duckdb.DuckDBPyConnection, parts: Sequence[str]) -> None:
    """The sides of one measure beside each other in `strata`."""
    joined = " FULL JOIN ".join(parts) + (" USING (pair, m, stratum)" if len(parts) > 1 else "")
    connection.execute(
        f"CREATE OR REPLACE TEMP TABLE strata AS SELECT * FROM {joined}"  # noqa: S608  # our names and checked expressions
    )


NEAR = 1e-12
"""How near two sums of the same weights come, whatever the order in which they are added."""
