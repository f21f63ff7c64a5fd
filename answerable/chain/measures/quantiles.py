"""Medians and percentiles from rows, one plain query a level, with their intervals."""

from collections.abc import Sequence

import duckdb

from .frames import NOT_RECORDED, Built, split_column
from .places import Places
from .recipe import QUANTILES, Recipe
from .result import Grain
from .timeline import Slot

AT_ONCE = 30_000_000
"""Rows that one query over rolling windows may take up: it bounds the memory."""

POINTS = tuple(sorted(set(QUANTILES.values())))
TABLE = (
    "(measure INT, place INT, period INT, split VARCHAR, value VARCHAR, n BIGINT,"
    " v50 DOUBLE, v90 DOUBLE, low50 DOUBLE, high50 DOUBLE, low90 DOUBLE, high90 DOUBLE)"
)
_GRAINS = {Grain.MONTH: "{m}", Grain.QUARTER: "{m} // 3", Grain.YEAR: "({m} - 3) // 12"}
_LEVELS = ("all", "force", "area")


def take_quantiles(
    connection: duckdb.DuckDBPyConnection,
    built: Built,
    numbers: dict[str, int],
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
            for inside in _spans(connection, built, slots):
                _level(connection, built, wanted, numbers, split, level, inside, intervals)


def _spans(
    connection: duckdb.DuckDBPyConnection, built: Built, slots: Sequence[Slot]
) -> list[tuple[str, str]]:
    """For each grain: how a row falls into its period, and the join that does it.

    Months, quarters and years follow from the month; windows overlap, so rows join
    them, so many windows at once as `AT_ONCE` allows.
    """
    month = f"r.{built.month}"
    if built.frame.at_end:
        return [("q.period", f"JOIN periods AS q ON {month} = q.last")]
    spans = []
    for grain, key in _GRAINS.items():
        keys = f"SELECT period, {key.format(m='first')} AS key FROM periods"  # noqa: S608
        join = f"JOIN ({keys} WHERE grain = '{grain}') AS q ON {key.format(m=month)} = q.key"
        spans.append(("q.period", join))
    windows = [slot for slot in slots if slot.grain == Grain.WINDOW]
    rows = connection.execute(f"SELECT count(*) FROM {built.rows}").fetchall()[0][0]  # noqa: S608
    a_month = max(1, rows // max(1, sum(slot.grain == Grain.MONTH for slot in slots)))
    batch: list[Slot] = []
    for slot in windows:
        if batch and a_month * sum(len(each.period) for each in (*batch, slot)) > AT_ONCE:
            spans.append(_windows(month, batch))
            batch = []
        batch.append(slot)
    return [*spans, _windows(month, batch)] if batch else spans


def _windows(month: str, batch: list[Slot]) -> tuple[str, str]:
    """The join of rows with a batch of windows, month by month so that it can be hashed."""
    pairs = ", ".join(f"({slot.number}, {m.index})" for slot in batch for m in slot.period)
    return "q.period", f"JOIN (VALUES {pairs}) AS q(period, month) ON {month} = q.month"


def _level(
    connection: duckdb.DuckDBPyConnection,
    built: Built,
    recipes: Sequence[Recipe],
    numbers: dict[str, int],
    split: str,
    level: str,
    inside: tuple[str, str],
    intervals: bool,
) -> None:
    value = f"coalesce(r.{split_column(split)}::VARCHAR, '{NOT_RECORDED}')" if split else "''"
    place = "0" if level == "all" else "l.place"
    by_level = f"JOIN pair_places AS l ON l.pair = r.pair AND l.level = '{level}'"
    period, join = inside
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
        f"CREATE OR REPLACE TEMP TABLE level AS SELECT {place} AS place, {period} AS period,"  # noqa: S608
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
            f" '{split}', value, n{j}, q{j}[1], q{j}[2], {bounds}"
            f" FROM (SELECT *{values} FROM level WHERE n{j} > 0) {joined}"
        )


def _ranks(connection: duckdb.DuckDBPyConnection, columns: list[str]) -> None:
    """The ranks that bound each quantile with 95% confidence, for every n that occurs.

    Order statistics, exactly: the number of observations below a quantile is binomial,
    so the interval from rank l to rank u covers it with probability
    P(l <= B < u) >= 0.95 (Conover, Practical Nonparametric Statistics, section 3.2).
    A rank outside 1..n means that there is no such bound.
    """
    import numpy as np
    from scipy.stats import binom

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
        low = binom.ppf(0.025, new, point).astype(np.int64)
        high = binom.ppf(0.975, new, point).astype(np.int64) + 1
        both = (low >= 1) & (high <= new)
        name = f"{point * 100:.0f}"
        table[f"low{name}"] = np.where(both, low, 0)
        table[f"high{name}"] = np.where(both, high, 0)
    connection.register("new_ranks", table)
    connection.execute("INSERT INTO ranks SELECT n, low50, high50, low90, high90 FROM new_ranks")
    connection.unregister("new_ranks")
