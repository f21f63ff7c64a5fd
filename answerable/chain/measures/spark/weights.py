"""Weighted quantiles in Spark, of values that were counted first."""

from collections.abc import Sequence

import duckdb

from ..frames import Built, months_of
from ..quantiles import POINTS
from ..recipe import Recipe
from ..strata import GRAINS, LEVELS, NEAR, WEIGHTED
from .quantiles import counted_values

_ENDS = ("low", "high", "below", "above")


def near_query(built: Built, recipe: Recipe, key: str) -> str:
    """The values on either side of each point, and where they stand from 0 to 1.

    Reads the view `weights`: what a row weighs by place, period and stratum. Rows of one
    value and weight stand one after the other: the first at `before / (total - w)`, each
    next one `w / (total - w)` further on; `j` is the last of them at or before the point.
    """
    area = "area" in recipe.definition.strata
    stratum = "CASE WHEN level = 'all' THEN stratum || char(31) || pair ELSE stratum END"
    months = months_of(built.frame, sorted(GRAINS))
    levels = ", ".join(f"'{level}'" for level in LEVELS)
    stands = ", ".join(
        f"CASE WHEN total - w > total * {NEAR} THEN"
        f" least(floor(({point + NEAR} * (total - w) - before) / w), c - 1) ELSE c - 1 END AS j{p}"
        for point, p in _points()
    )
    ends = ", ".join(
        f"max(s) FILTER (WHERE j{p} >= 0) AS low{p}, min(s) FILTER (WHERE j{p} < c - 1) AS high{p},"
        f" max({_at(f'j{p}')}) FILTER (WHERE j{p} >= 0) AS below{p},"
        f" min({_at(f'greatest(j{p}, -1) + 1')}) FILTER (WHERE j{p} < c - 1) AS above{p}"
        for _, p in _points()
    )
    held = counted_values(built, f"{key} AS stratum, {recipe.time} AS s", "stratum")
    return (
        f"WITH held AS ({held}),"  # noqa: S608  # our names and checked expressions
        f" cells AS (SELECT place, period, {stratum if area else 'stratum'} AS stratum, s, c"
        f" FROM held JOIN pair_places USING (pair) JOIN {months} AS q USING (m)"
        f" WHERE level IN ({levels})),"
        " summed AS (SELECT place, period, s, c, w, total, sum(c * w) OVER ("
        "PARTITION BY place, period ORDER BY s, w ROWS UNBOUNDED PRECEDING) - c * w AS before"
        " FROM cells JOIN weights USING (place, period, stratum)),"
        f" stood AS (SELECT *, {stands} FROM summed)"
        f" SELECT place, period, {ends} FROM stood GROUP BY place, period"
    )


def weights_of(tally: str, standard: str) -> str:
    """What a row weighs by place, period and stratum, and all rows there together."""
    return (
        "(SELECT place, period, stratum, w / n AS w, sum(w) OVER (PARTITION BY place, period)"  # noqa: S608  # our names and checked expressions
        f" AS total FROM (SELECT place, period, stratum, w, {tally} AS n FROM stratum_cells"
        f" JOIN {standard} USING (level, stratum) WHERE {tally} > 0))"
    )


def _points() -> list[tuple[float, str]]:
    return [(point, f"{point * 100:.0f}") for point in POINTS]


def _at(j: str) -> str:
    """Where the row stands; a row that is alone stands at the beginning."""
    return (
        f"CASE WHEN total - w > total * {NEAR} THEN (before + ({j}) * w) / (total - w) ELSE 0D END"
    )


def weigh(connection: duckdb.DuckDBPyConnection, near: str, points: Sequence[float]) -> None:
    """The quantiles at some points into `weighted`."""
    connection.execute(f"CREATE OR REPLACE TEMP TABLE weighted {WEIGHTED}")
    for point in points:
        name = f"{point * 100:.0f}"
        ends = ", ".join(f"{end}{name} AS {end}" for end in _ENDS)
        share = f"greatest({point} - below, 0) / (above - below)"
        connection.execute(
            f"INSERT INTO weighted SELECT {point}, place, period,"  # noqa: S608  # our names and checked expressions
            f" low + coalesce((high - low) * {share}, 0)"
            f" FROM (SELECT place, period, {ends} FROM {near})"
        )
