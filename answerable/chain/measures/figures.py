"""From tallies to figures: values with their intervals, each period of each place present."""

import duckdb

from ..records.expressions import text
from .bounds import poisson_bounds
from .definition import Definition
from .frames import Built
from .quantiles import POINTS
from .recipe import DAY, QUANTILES, Figure, Recipe, unit_of
from .result import Unit

PLACES = {Unit.SHARE: 6, Unit.RATIO: 4, Unit.SECONDS: 1, Unit.DAYS: 1, Unit.COUNT: 4}
"""Decimals to which a value is rounded, once, by unit; counts are whole, per day has four."""

SETTLED = 12
"""Decimals to which sums of floats are held before they are rounded for good."""

FIGURES = (
    "(measure INT, statistic VARCHAR, basis VARCHAR, place INT, period INT, split VARCHAR,"
    " value DOUBLE, n BIGINT, count BIGINT, lower DOUBLE, upper DOUBLE, method VARCHAR,"
    " excluded STRUCT(reason VARCHAR, count BIGINT)[])"
)
Z = 1.959963984540054
MACROS = f"""
CREATE TEMP MACRO wilson(p, n, side) AS CASE WHEN n > 0 THEN greatest(0, least(1,
  (p + {Z**2} / (2.0 * n) + side * {Z} * sqrt(p * (1 - p) / n + {Z**2} / (4.0 * n) / n))
  / (1 + {Z**2} / n))) END
"""
"""Wilson's score interval (Wilson 1927): side is -1 for the lower end, 1 for the upper."""

WILSON = "Wilson"
KISH = "Wilson, with the effective n (Kish)"
POISSON = "exact Poisson"
ORDER = "order statistics"


def make_figures(
    connection: duckdb.DuckDBPyConnection, number: int, sides: tuple[tuple[Recipe, Built], ...]
) -> None:
    """Write every figure of one measure on the raw basis into `figures`.

    sides   its recipe beside the frame on which it stands; two for a ratio
    """
    _cells(connection, number, sides)
    recipe = sides[0][0]
    for figure in recipe.figures:
        _figure(connection, number, recipe.definition, figure)
    for statistic in recipe.quantiles:
        _quantile(connection, number, recipe, statistic)


def _cells(
    connection: duckdb.DuckDBPyConnection, number: int, sides: tuple[tuple[Recipe, Built], ...]
) -> None:
    """The measure's tallies in `cell`, with a row for every place, period and split value.

    A value of a split is one that the measure meets anywhere in the source, counted now or
    before; `met_months` takes down which met when. Splits that
    only take a numerator apart stand there too, for the figures that use them.
    """
    splits = dict.fromkeys(("", *sides[0][0].splits, *sides[0][0].inner))
    listed = ", ".join(text(split) for split in splits)
    tallies = [name for recipe, _ in sides for name in recipe.tallies]
    parts = [
        f"(SELECT place, period, split, value, {', '.join(recipe.tallies)} FROM {built.cells}"  # noqa: S608  # our names and checked expressions
        f" WHERE split IN ({listed}) AND {recipe.present} > 0)"
        for recipe, built in sides
    ]
    raw = " FULL JOIN ".join(parts) + (
        " USING (place, period, split, value)" if len(parts) > 1 else ""
    )
    filled = ", ".join(f"coalesce({name}, 0) AS {name}" for name in tallies)
    connection.execute(
        f"CREATE OR REPLACE TEMP TABLE raw_cell AS SELECT * FROM {raw}"  # noqa: S608  # our names and checked expressions
    )
    connection.execute(
        f"INSERT INTO met_months SELECT {number}, split, value, first FROM raw_cell"  # noqa: S608  # our names and checked expressions
        " JOIN periods USING (period) WHERE place = 0 AND grain = 'month' AND split <> ''"
    )
    connection.execute(
        "CREATE OR REPLACE TEMP TABLE cell AS WITH"  # noqa: S608  # our names and checked expressions
        " met AS (SELECT DISTINCT split, value FROM raw_cell UNION SELECT '', ''"
        f" UNION SELECT split, value FROM met_before WHERE measure = {number})"
        f" SELECT place, period, split, value, {filled} FROM places CROSS JOIN periods"
        " CROSS JOIN met LEFT JOIN raw_cell USING (place, period, split, value)"
    )
    if any(figure.rule in ("count", "per_day", "ratio") for figure in sides[0][0].figures):
        _poisson(connection, [f.x or f.n for f in sides[0][0].figures])


def _poisson(connection: duckdb.DuckDBPyConnection, columns: list[str]) -> None:
    """Exact (Garwood) limits of a Poisson mean, for every count that occurs."""
    connection.execute(
        "CREATE TEMP TABLE IF NOT EXISTS poisson (x BIGINT PRIMARY KEY, low DOUBLE, high DOUBLE)"
    )
    union = " UNION ".join(f"SELECT {column} AS x FROM cell" for column in dict.fromkeys(columns))  # noqa: S608  # our names and checked expressions
    new = connection.execute(
        f"SELECT DISTINCT x FROM ({union}) WHERE x NOT IN (SELECT x FROM poisson)"  # noqa: S608  # our names and checked expressions
    ).fetchnumpy()["x"]
    if not len(new):
        return
    low, high = poisson_bounds(new)
    connection.register("new_x", {"x": new, "low": low, "high": high})
    connection.execute("INSERT INTO poisson SELECT x, low, high FROM new_x")
    connection.unregister("new_x")


def _figure(
    connection: duckdb.DuckDBPyConnection, number: int, definition: Definition, figure: Figure
) -> None:
    """One statistic. What it says of a split is decided here: see `Figure.by` and `fixed`."""
    places = PLACES[unit_of(definition, figure.statistic)]
    value, lower, upper, method = _calculation(figure, definition)
    count = "NULL" if figure.rule in ("count", "per_day") else "x"
    joined = " JOIN poisson ON poisson.x = c.x" if method == POISSON else ""
    rounded = ", ".join(f"round({each}, {places})" for each in (lower, upper))
    connection.execute(
        f"INSERT INTO figures SELECT {number}, '{figure.statistic}', 'raw', c.place, c.period,"  # noqa: S608  # our names and checked expressions
        f" c.label, round({value}, {places}), c.n, c.{count},".replace("c.NULL", "NULL")
        + f" {rounded}, CASE WHEN {lower} IS NOT NULL THEN '{method}' ELSE '' END,"
        f" {excluded_list(figure.excluded, 'c')} FROM ({_source(definition, figure)}) AS c{joined}"
        " JOIN periods USING (period)"
    )


def _calculation(figure: Figure, definition: Definition) -> tuple[str, str, str, str]:
    """Value, lower, upper and method of a figure, over the columns n and x."""
    if figure.rule == "count" and definition.kind == "stock":
        return "c.n", "NULL", "NULL", ""
    if figure.rule == "count":
        return "c.n", "poisson.low", "poisson.high", POISSON
    if figure.rule == "per_day":
        return "c.n / days", "poisson.low / days", "poisson.high / days", POISSON
    if figure.rule == "ratio":
        per = f"{definition.per}.0 / nullif(c.n, 0)"
        return f"c.x * {per}", f"poisson.low * {per}", f"poisson.high * {per}", POISSON
    if figure.rule == "weighted":
        all_weight, counted, squared = figure.weights
        share = settled(f"{counted} / nullif({all_weight}, 0)")
        effective = f"({all_weight} * {all_weight} / nullif({squared}, 0))"
        return share, f"wilson({share}, {effective}, -1)", f"wilson({share}, {effective}, 1)", KISH
    share = "(c.x / nullif(c.n, 0))"
    return share, f"wilson({share}, c.n, -1)", f"wilson({share}, c.n, 1)", WILSON


def settled(value: str) -> str:
    """A quotient of sums of floats, without its last bits: those differ with the order of
    adding, which differs from run to run, and a half would be rounded now up, now down."""
    return f"round({value}, {SETTLED})"


def _source(definition: Definition, figure: Figure) -> str:
    """The rows of `cell` that a figure is made of, with n, x and the label of the split."""
    n, x = figure.n, figure.x or figure.n
    if figure.by:
        whole = f"(SELECT place, period, {n} AS n FROM cell WHERE split = '')"  # noqa: S608  # our names and checked expressions
        return (
            f"SELECT a.place, a.period, w.n, a.{x} AS x,"  # noqa: S608  # our names and checked expressions
            f" {text(figure.label + '=')} || a.value AS label FROM cell AS a"
            f" JOIN {whole} AS w USING (place, period) WHERE a.split = {text(figure.by)}"
        )
    if figure.fixed:
        return (
            f"SELECT *, {n} AS n, {x} AS x, {text(figure.fixed)} AS label FROM cell"  # noqa: S608  # our names and checked expressions
            " WHERE split = ''"
        )
    shown = ", ".join(text(split) for split in ("", *definition.splits))
    return f"SELECT *, {n} AS n, {x} AS x, {LABEL} AS label FROM cell WHERE split IN ({shown})"  # noqa: S608  # our names and checked expressions


LABEL = "CASE WHEN split = '' THEN '' ELSE split || '=' || value END"


def excluded_list(reasons: tuple[tuple[str, str], ...], table: str) -> str:
    """Reasons beside the tallies of a table that count them, as a list of those met."""
    items = ", ".join(
        f"{{'reason': {text(why)}, 'count': {table}.{name}}}" for why, name in reasons
    )
    return f"list_filter([{items}], lambda e: e.count > 0)" if items else "[]"


def _quantile(
    connection: duckdb.DuckDBPyConnection, number: int, recipe: Recipe, statistic: str
) -> None:
    """A median or percentile: n and value from the rows, exclusions from the tallies."""
    point = QUANTILES[statistic]
    assert point in POINTS  # noqa: S101
    name = f"{point * 100:.0f}"
    unit = unit_of(recipe.definition, statistic)
    scale = DAY if unit == Unit.DAYS else 1
    values = ", ".join(
        f"round({column}{name} / {scale}, {PLACES[unit]})" for column in ("v", "low", "high")
    ).split(", round")
    value, low, high = values[0], "round" + values[1], "round" + values[2]
    shown = ", ".join(text(split) for split in ("", *recipe.splits))
    connection.execute(
        f"INSERT INTO figures SELECT {number}, '{statistic}', 'raw', c.place, c.period, {LABEL},"  # noqa: S608  # our names and checked expressions
        f" {value}, coalesce(k.n, 0), NULL, {low}, {high},"
        f" CASE WHEN low{name} IS NOT NULL THEN '{ORDER}' ELSE '' END,"
        f" {excluded_list(recipe.time_excluded, 'c')} FROM (SELECT * FROM cell"
        f" WHERE split IN ({shown})) AS c LEFT JOIN (SELECT * FROM quantiles"
        f" WHERE measure = {number}) AS k USING (place, period, split, value)"
    )
