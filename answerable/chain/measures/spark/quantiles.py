"""Medians and percentiles in Spark, without ever holding the values of a cell together.

Values are counted in each pair and month first. Sorted, a running count then tells at which
rank each stands, and only the wanted ranks are kept; which those are follows from how many
values a cell has, and that is known from its tallies.
"""

from collections.abc import Mapping, Sequence

import duckdb
import numpy as np

from ..bounds import rank_bounds
from ..frames import NOT_RECORDED, Built, months_of, split_column
from ..quantiles import POINTS
from ..recipe import Recipe
from .kinds import spark_text

CELL = "place, period, j, split, value"
_ENDS = ("from", "to", "low", "high")
COLUMNS = tuple(f"{end}{point * 100:.0f}" for point in POINTS for end in _ENDS)


def want_ranks(
    connection: duckdb.DuckDBPyConnection, built: Built, timed: Sequence[Recipe], intervals: bool
) -> None:
    """`wanted`: for every cell that has values, how many and the ranks that are asked for.

    from, to    between which the quantile lies (type 7)
    low, high   of its interval; 0 without one
    """
    listed = " UNION ALL ".join(
        f"SELECT place, period, {j} AS j, split, value, {tally_of(recipe)} AS n"  # noqa: S608  # our names and checked expressions
        f" FROM {built.cells} WHERE {tally_of(recipe)} > 0"
        for j, recipe in enumerate(timed)
    )
    connection.execute(f"CREATE OR REPLACE TEMP TABLE sizes AS {listed}")
    sizes = connection.execute("SELECT DISTINCT n FROM sizes").fetchnumpy()["n"]
    table: dict[str, object] = {"n": sizes}
    for point in POINTS:
        name, at = f"{point * 100:.0f}", (sizes - 1) * point
        table[f"from{name}"] = np.floor(at).astype(np.int64) + 1
        table[f"to{name}"] = np.ceil(at).astype(np.int64) + 1
        low, high = rank_bounds(sizes, point) if intervals and len(sizes) else (sizes * 0,) * 2
        table[f"low{name}"], table[f"high{name}"] = low, high
    connection.register("ranks_of", table)
    connection.execute(
        "CREATE OR REPLACE TEMP TABLE wanted AS SELECT * FROM sizes JOIN ranks_of USING (n)"
    )
    connection.unregister("ranks_of")


def tally_of(recipe: Recipe) -> str:
    """The tally of rows that have a time."""
    return f"u{recipe.time[1:]}"


def counted_values(built: Built, taken: str, by: str) -> str:
    """How often each value occurs in each pair and month."""
    return (
        f"SELECT pair, m, {by}, s, count(*) AS c FROM (SELECT pair, m, {taken}"  # noqa: S608  # our names and checked expressions
        f" FROM {built.rows} WHERE m IS NOT NULL) WHERE s IS NOT NULL GROUP BY pair, m, {by}, s"
    )


def quantile_query(built: Built, timed: Sequence[Recipe]) -> str:
    """The values at the wanted ranks, of every measure, place, period and split value."""
    items = ", ".join(
        f"struct({j} AS j, {recipe.time} AS s, {spark_text(split)} AS split,"
        f" {_value(split)} AS value)"
        for j, recipe in enumerate(timed)
        for split in ("", *recipe.splits)
    )
    held = counted_values(built, f"inline(array({items}))", "j, split, value")
    wanted = ", ".join(
        f"max(CASE WHEN upto >= {name} AND upto - c < {name} THEN s END) AS {name}"
        for name in COLUMNS
    )
    return (
        f"WITH held AS ({held}), cells AS (SELECT {CELL}, s, c FROM held"  # noqa: S608  # our names and checked expressions
        f" JOIN pair_places USING (pair) JOIN {months_of(built.frame)} AS q USING (m)),"
        f" stood AS (SELECT *, sum(c) OVER (PARTITION BY {CELL} ORDER BY s"
        " ROWS UNBOUNDED PRECEDING) AS upto FROM cells)"
        f" SELECT {CELL}, n, {wanted} FROM stood JOIN wanted USING ({CELL}) GROUP BY {CELL}, n"
    )


def _value(split: str) -> str:
    return f"coalesce({split_column(split)}, '{NOT_RECORDED}')" if split else "''"


def take_quantiles(
    connection: duckdb.DuckDBPyConnection, timed: Sequence[Recipe], numbers: Mapping[str, int]
) -> None:
    """What Spark found, as rows of `quantiles`; between two ranks a value is interpolated."""
    values = []
    for point in POINTS:
        name, at = f"{point * 100:.0f}", f"((n - 1)::DOUBLE * {point}::DOUBLE)"
        values.append(f"from{name} + (to{name} - from{name}) * ({at} - floor({at}))")
    bounds = ", ".join(f"low{p * 100:.0f}, high{p * 100:.0f}" for p in POINTS)
    for j, recipe in enumerate(timed):
        connection.execute(
            f"INSERT INTO quantiles SELECT {numbers[recipe.definition.key]}, place, period, split,"  # noqa: S608  # our names and checked expressions
            f" value, n, {', '.join(values)}, {bounds} FROM spark_level WHERE j = {j}"
        )
