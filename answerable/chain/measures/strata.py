"""Strata off the rows: their tallies, and quantiles of rows that weigh by their stratum."""

from collections.abc import Sequence

import duckdb

from .definition import Definition
from .frames import Built, split_column
from .recipe import Recipe
from .result import Grain
from .spans import spans_of
from .timeline import Slot

GRAINS = frozenset({Grain.MONTH, Grain.WINDOW})
"""Months are tested and windows give sizes; nothing reads a standardised quarter."""

LEVELS = ("all", "area")
EDGE = "chr(31)"
WEIGHTED = "(place INT, period INT, value DOUBLE)"
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
            f"(SELECT pair, {built.month} AS m, {stratum_key(definition)} AS stratum,"  # noqa: S608
            f" {', '.join(f'{sql} AS {name}' for name, sql in recipe.tallies.items())}"
            f" FROM {built.rows} WHERE {built.month} IS NOT NULL GROUP BY ALL)"
        )
        for recipe, built in sides
    ])  # fmt: skip


def join_strata(connection: duckdb.DuckDBPyConnection, parts: Sequence[str]) -> None:
    """The sides of one measure beside each other in `strata`."""
    joined = " FULL JOIN ".join(parts) + (" USING (pair, m, stratum)" if len(parts) > 1 else "")
    connection.execute(
        f"CREATE OR REPLACE TEMP TABLE strata AS SELECT * FROM {joined}"  # noqa: S608
    )


def weigh_rows(
    connection: duckdb.DuckDBPyConnection,
    side: tuple[Recipe, Built],
    point: float,
    slots: Sequence[Slot],
    tally: str,
    standard: str,
) -> None:
    """A weighted quantile of the rows of every place and period into `weighted`.

    tally     the tally of rows that have a time
    standard  a relation of level, stratum and the share w that the stratum has in the standard
    Sorted by value, row k stands at (W before k) / (W - w of k), from 0 to 1; between rows
    the value is interpolated. With equal weights it is type 7.
    """
    recipe, built = side
    definition = recipe.definition
    connection.execute(f"CREATE OR REPLACE TEMP TABLE weighted {WEIGHTED}")
    for level in LEVELS:
        key = with_area(definition, level, stratum_key(definition, "r."), "r.pair")
        for join in spans_of(connection, built, slots, GRAINS):
            connection.execute(
                _weighted(built, recipe.time, level, key, join, tally, point, standard)
            )


def _weighted(
    built: Built,
    time: str,
    level: str,
    key: str,
    join: str,
    tally: str,
    point: float,
    standard: str,
) -> str:
    """The query of one level and span into `weighted`."""
    at = point + NEAR
    return (
        f"INSERT INTO weighted WITH r AS (SELECT l.place, q.period, {key} AS stratum,"  # noqa: S608
        f" r.{time} AS s FROM {built.rows} AS r {join} JOIN pair_places AS l"
        f" ON l.pair = r.pair AND l.level = '{level}' WHERE r.{time} IS NOT NULL),"
        f" heavy AS (SELECT place, period, s, w / {tally} AS w FROM r"
        f" JOIN (SELECT * FROM stratum_cells WHERE level = '{level}')"
        f" USING (place, period, stratum) JOIN {standard} AS t"
        f" ON t.level = '{level}' AND t.stratum = r.stratum),"
        " summed AS (SELECT *, sum(w) OVER (PARTITION BY place, period ORDER BY s, w"
        " ROWS UNBOUNDED PRECEDING) AS upto, sum(w) OVER (PARTITION BY place, period) AS total"
        " FROM heavy),"
        " stood AS (SELECT place, period, s, CASE WHEN total - w > total * 1e-12"
        " THEN (upto - w) / (total - w) ELSE 0 END AS p FROM summed),"
        f" near AS (SELECT place, period, max(s) FILTER (WHERE p <= {at}) AS low,"
        f" min(s) FILTER (WHERE p > {at}) AS high, max(p) FILTER (WHERE p <= {at}) AS below,"
        f" min(p) FILTER (WHERE p > {at}) AS above FROM stood GROUP BY ALL)"
        f" SELECT place, period, {between(point)} FROM near"
    )


NEAR = 1e-12
"""How near two sums of the same weights come, whatever the order in which they are added."""


def between(point: float) -> str:
    """The value at a point that lies between the rows `low` and `high`."""
    return f"low + coalesce((high - low) * greatest({point} - below, 0) / (above - below), 0)"
