"""Medians and percentiles from rows, one plain query a level, with their intervals."""

from collections.abc import Mapping, Sequence

import duckdb

from .bounds import rank_bounds
from .frames import NOT_RECORDED, Built, split_column
from .places import Places
from .recipe import QUANTILES, Recipe
from .spans import spans_of
from .timeline import Slot

POINTS = tuple(sorted(set(QUANTILES.values())))
TABLE = (
    "(measure INT, place INT, period INT, split VARCHAR, value VARCHAR, n BIGINT,"
    " v50 DOUBLE, v90 DOUBLE, low50 DOUBLE, high50 DOUBLE, low90 DOUBLE, high90 DOUBLE)"
)
_LEVELS = ("all", "force", "area")


def take_quantiles(
    connection: duckdb.DuckDBPyConnection,
    built: Built,
    numbers: Mapping[str, int],
    places: Places,
    slots: Sequence[Slot],
    intervals: bool,
) -> None:
    """Write the quantiles of every timed recipe of a frame into `quantiles`.

    numbers    the number of each measure by its key
    intervals  whether order-statistic intervals are taken too, which keeps each cell's
               values in a list and so costs memory
    """
    timed = [recipe for recipe in built.recipes if recipe.quantiles]
    if not timed:
        return
    for split in ("", *dict.fromkeys(c for recipe in timed for c in recipe.splits)):
        wanted = [recipe for recipe in timed if not split or split in recipe.splits]
        for level in _LEVELS:
            if level == "force" and not places.several:
                continue
            for join in spans_of(connection, built, slots):
                _level(connection, built, wanted, numbers, split, level, join, intervals)


def _level(
    connection: duckdb.DuckDBPyConnection,
    built: Built,
    recipes: Sequence[Recipe],
    numbers: Mapping[str, int],
    split: str,
    level: str,
    join: str,
    intervals: bool,
) -> None:
    # Grouped as it is stored, and put into words once a group: a row is in twelve rolling years.
    value = f"r.{split_column(split)}" if split else "NULL"
    words = f"coalesce(value::VARCHAR, '{NOT_RECORDED}')" if split else "''"
    place = "0" if level == "all" else "l.place"
    by_level = f"JOIN pair_places AS l ON l.pair = r.pair AND l.level = '{level}'"
    taken = ", ".join(
        f"count(r.{recipe.time}) AS n{j},"
        f" quantile_cont(r.{recipe.time}, [{', '.join(map(str, POINTS))}]) AS q{j}"
        + (
            f", list(r.{recipe.time}) FILTER (r.{recipe.time} IS NOT NULL) AS v{j}"
            if intervals
            else ""
        )
        for j, recipe in enumerate(recipes)
    )
    anything = " OR ".join(f"r.{recipe.time} IS NOT NULL" for recipe in recipes)
    connection.execute(
        f"CREATE OR REPLACE TEMP TABLE level AS SELECT {place} AS place, q.period AS period,"  # noqa: S608
        f" {value} AS value, {taken} FROM {built.rows} AS r {join}"
        f" {'' if level == 'all' else by_level} WHERE {anything} GROUP BY ALL"
    )
    if intervals:
        _ranks(connection, [f"n{j}" for j in range(len(recipes))])
    for j, recipe in enumerate(recipes):
        bounds = "NULL, NULL, NULL, NULL"
        joined = ""
        if intervals:
            bounds = "s[low50], s[high50], s[low90], s[high90]"
            joined = f"JOIN ranks ON ranks.n = n{j}"
        values = f", list_sort(v{j}) AS s" if intervals else ""
        connection.execute(
            f"INSERT INTO quantiles SELECT {numbers[recipe.definition.key]}, place, period,"  # noqa: S608
            f" '{split}', {words}, n{j}, q{j}[1], q{j}[2], {bounds}"
            f" FROM (SELECT *{values} FROM level WHERE n{j} > 0) {joined}"
        )


def _ranks(connection: duckdb.DuckDBPyConnection, columns: list[str]) -> None:
    """Add to `ranks` the bounds for every n that occurs and is not there yet."""
    connection.execute("CREATE TEMP TABLE IF NOT EXISTS ranks (n BIGINT PRIMARY KEY,"
                       " low50 INT, high50 INT, low90 INT, high90 INT)")  # fmt: skip
    any_n = " UNION ".join(f"SELECT {column} AS n FROM level" for column in columns)  # noqa: S608
    new = connection.execute(
        f"SELECT DISTINCT n FROM ({any_n}) WHERE n > 0 AND n NOT IN (SELECT n FROM ranks)"  # noqa: S608
    ).fetchnumpy()["n"]
    if not len(new):
        return
    table: dict[str, object] = {"n": new}
    for point in POINTS:
        name = f"{point * 100:.0f}"
        table[f"low{name}"], table[f"high{name}"] = rank_bounds(new, point)
    connection.register("new_ranks", table)
    connection.execute("INSERT INTO ranks SELECT n, low50, high50, low90, high90 FROM new_ranks")
    connection.unregister("new_ranks")
