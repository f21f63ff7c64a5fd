"""The standardised basis: what the figure would be at the mix of the whole settled source.

Direct standardisation (Rothman, Modern Epidemiology, chapter on standardisation): rates of
strata are averaged with weights that are the same for every period and place. For a
median or percentile the rows are weighted so that each stratum has its standard share.
"""

from collections.abc import Sequence

import duckdb

from ..records.expressions import text
from .definition import Definition
from .figures import KISH, PLACES, excluded_list
from .frames import Built, months_of, split_column
from .recipe import DAY, QUANTILES, Figure, Recipe, unit_of
from .result import Grain, Unit
from .spans import spans_of
from .timeline import Slot

GRAINS = frozenset({Grain.MONTH, Grain.WINDOW})
"""Months are tested and windows give sizes; nothing reads a standardised quarter."""

_LEVELS = ("all", "area")
_EDGE = "chr(31)"
Sides = tuple[tuple[Recipe, Built], ...]


def standardise(
    connection: duckdb.DuckDBPyConnection, number: int, sides: Sides, slots: Sequence[Slot]
) -> None:
    """Write the standardised figures of one measure into `figures`.

    Shares, ratios and quantiles have them; counts and what takes a numerator apart do not.
    For an area the stratum `area` is the area itself and drops out.
    """
    recipe = sides[0][0]
    figures = [
        f for f in recipe.figures
        if f.rule in ("share", "weighted", "ratio") and not f.by and not f.fixed
    ]  # fmt: skip
    if not figures and not recipe.quantiles:
        return
    _strata(connection, number, sides)
    for figure in figures:
        _figure(connection, number, recipe.definition, figure)
    for statistic in recipe.quantiles:
        _quantile(connection, number, sides[0], statistic, slots)


def _key(definition: Definition, alias: str = "") -> str:
    """The stratum of a row apart from its area, as one text."""
    columns = [split_column(name) for name in definition.strata if name != "area"]
    parts = [f"coalesce({alias}{column}::VARCHAR, '')" for column in columns]
    return f" || {_EDGE} || ".join(parts) or "''"


def _with_area(definition: Definition, level: str, key: str, pair: str) -> str:
    """The stratum at a level: the whole also tells areas apart, where they are strata."""
    apart = level == "all" and "area" in definition.strata
    return f"({key} || {_EDGE} || {pair}::VARCHAR)" if apart else key


def _strata(connection: duckdb.DuckDBPyConnection, number: int, sides: Sides) -> None:
    """Tallies by stratum: `stratum_cells` of each place and period, `stratum_whole` of the
    settled source."""
    definition, frame = sides[0][0].definition, sides[0][1].frame
    names = [name for recipe, _ in sides for name in recipe.tallies]
    parts = [
        f"(SELECT pair, {built.month} AS m, {_key(definition)} AS stratum,"  # noqa: S608
        f" {', '.join(f'{sql} AS {name}' for name, sql in recipe.tallies.items())}"
        f" FROM {built.rows} WHERE {built.month} IS NOT NULL GROUP BY ALL)"
        for recipe, built in sides
    ]
    joined = " FULL JOIN ".join(parts) + (" USING (pair, m, stratum)" if len(parts) > 1 else "")
    sums = ", ".join(f"coalesce(sum({name}), 0) AS {name}" for name in names)
    levels = " UNION ALL ".join(
        f"SELECT '{level}' AS level, l.place, m,"  # noqa: S608
        f" {_with_area(definition, level, 'stratum', 'pair')} AS stratum, {', '.join(names)}"
        f" FROM strata JOIN pair_places AS l USING (pair) WHERE l.level = '{level}'"
        for level in _LEVELS
    )
    connection.execute(
        f"CREATE OR REPLACE TEMP TABLE strata AS SELECT * FROM {joined}"  # noqa: S608
    )
    connection.execute(f"CREATE OR REPLACE TEMP TABLE stratum_rows AS {levels}")
    connection.execute(
        f"CREATE OR REPLACE TEMP TABLE stratum_cells AS SELECT level, place, period, stratum,"  # noqa: S608
        f" {sums} FROM stratum_rows JOIN {months_of(frame, sorted(GRAINS))} AS q USING (m)"
        " GROUP BY ALL"
    )
    whole = " UNION ALL ".join(
        f"SELECT '{level}' AS level, m, {', '.join(names)},"  # noqa: S608
        f" {_with_area(definition, level, 'stratum', 'pair')} AS stratum FROM strata"
        for level in _LEVELS
    )
    connection.execute(
        f"CREATE OR REPLACE TEMP TABLE stratum_whole AS SELECT level, stratum, {sums}"  # noqa: S608
        f" FROM ({whole}) JOIN settled_months USING (m) WHERE measure = {number} GROUP BY ALL"
    )


def _standard(n: str) -> str:
    """The standard: each stratum's share of the settled source, by the tally n."""
    return (
        f"(SELECT level, stratum, {n} / sum({n}) OVER (PARTITION BY level) AS w"  # noqa: S608
        f" FROM stratum_whole WHERE {n} > 0)"
    )


def _cells(n: str) -> str:
    """The cells beside the standard share w of their stratum; NULL where they have no n."""
    return (
        f"(SELECT c.*, CASE WHEN {n} > 0 THEN w END AS w FROM stratum_cells AS c"  # noqa: S608
        f" LEFT JOIN {_standard(n)} USING (level, stratum))"
    )


def _gaps(n: str) -> str:
    """What of the standard a cell lacks, and how many of it the standard lacks."""
    strange = f"sum({n}) FILTER (WHERE w IS NULL AND {n} > 0)"
    # Sums of floats differ in their last bits from run to run, and a half would then be told
    # now one way, now the other.
    return f"round(1 - sum(w), 9) AS absent, coalesce({strange}, 0) AS strange"


def _figure(
    connection: duckdb.DuckDBPyConnection, number: int, definition: Definition, figure: Figure
) -> None:
    """Σ w · rate over the strata that the cell has, as a share of their Σ w."""
    n, x, effective = figure.n, figure.x, figure.n
    top, weight = figure.x, figure.n
    if figure.rule == "weighted":
        weight, top, squared = figure.weights
        effective = f"({weight} * {weight} / nullif({squared}, 0))"
    places = PLACES[unit_of(definition, figure.statistic)]
    per = definition.per if figure.rule == "ratio" else 1
    reasons = "".join(f", sum({tally}) AS {tally}" for _, tally in figure.excluded)
    share = figure.rule != "ratio"
    bounds = [
        f"round(wilson(value, effective, {side}), {places})" if share else "NULL"
        for side in (-1, 1)
    ]
    connection.execute(
        f"WITH summed AS (SELECT place, period, sum(w * {top} / {weight}) / sum(w) * {per}"  # noqa: S608
        f" AS value, sum({n}) AS n, sum({x}) AS x,"
        f" sum(w) * sum(w) / sum(w * w / {effective}) AS effective, {_gaps(weight)}{reasons}"
        f" FROM {_cells(weight)} GROUP BY ALL)"
        f" INSERT INTO figures SELECT {number}, '{figure.statistic}', 'standardised', place,"
        f" period, '', round(value, {places}), coalesce(n, 0), coalesce(x, 0), {', '.join(bounds)},"
        f" {_method(definition, KISH if share else '')}, {excluded_list(figure.excluded, 'c')}"
        f" FROM {_GRID} LEFT JOIN summed AS c USING (place, period)"
    )


_GRID = (
    "(SELECT place, period FROM (SELECT DISTINCT place FROM pair_places"
    " WHERE level IN ('all', 'area')) CROSS JOIN periods WHERE grain IN ('month', 'window'))"
)


def _method(definition: Definition, interval: str) -> str:
    """How it was standardised, with what of the standard the cell does not have."""
    of_whole = [name.replace("_", " ") for name in definition.strata]
    of_area = [name for name in of_whole if name != "area"]
    said = [
        "standardised directly" + (f" over {', '.join(names)}" if names else "")
        + (f"; {interval}" if interval else "")
        for names in (of_whole, of_area)
    ]  # fmt: skip
    return (
        f"CASE WHEN value IS NULL THEN '' ELSE CASE WHEN place = 0 THEN {text(said[0])}"
        f" ELSE {text(said[1])} END ||"
        " CASE WHEN absent > 0.0005 THEN '; strata with ' || round(absent * 100, 1)::VARCHAR"
        " || '% of the standard mix are absent here and weigh nothing' ELSE '' END ||"
        " CASE WHEN strange > 0 THEN '; ' || strange::VARCHAR || ' of strata that the standard"
        " does not have are left out' ELSE '' END END"
    )


def _quantile(
    connection: duckdb.DuckDBPyConnection,
    number: int,
    side: tuple[Recipe, Built],
    statistic: str,
    slots: Sequence[Slot],
) -> None:
    """A weighted quantile of the rows; with equal weights it is type 7.

    Sorted by value, row k stands at (W before k) / (W - w of k), from 0 to 1; between rows
    the value is interpolated.
    """
    recipe, built = side
    definition, point = recipe.definition, QUANTILES[statistic]
    tally = f"u{number}"
    connection.execute(
        "CREATE OR REPLACE TEMP TABLE weighted (place INT, period INT, value DOUBLE)"
    )
    for level in _LEVELS:
        key = _with_area(definition, level, _key(definition, "r."), "r.pair")
        for join in spans_of(connection, built, slots, GRAINS):
            connection.execute(_weighted(built, recipe.time, level, key, join, tally, point))
    unit = unit_of(definition, statistic)
    scale = DAY if unit == Unit.DAYS else 1
    reasons = "".join(f", sum({name}) AS {name}" for _, name in recipe.time_excluded)
    connection.execute(
        f"WITH summed AS (SELECT place, period, sum({tally}) AS n, {_gaps(tally)}{reasons}"  # noqa: S608
        f" FROM {_cells(tally)} GROUP BY ALL)"
        f" INSERT INTO figures SELECT {number}, '{statistic}', 'standardised', place, period, '',"
        f" round(value / {scale}, {PLACES[unit]}), coalesce(n, 0), NULL, NULL, NULL,"
        f" {_method(definition, '')}, {excluded_list(recipe.time_excluded, 'c')}"
        f" FROM {_GRID} LEFT JOIN summed AS c USING (place, period)"
        " LEFT JOIN weighted USING (place, period)"
    )


def _weighted(
    built: Built, time: str, level: str, key: str, join: str, tally: str, point: float
) -> str:
    """The query of one level and span into `weighted`."""
    at = point + 1e-12
    return (
        f"INSERT INTO weighted WITH r AS (SELECT l.place, q.period, {key} AS stratum,"  # noqa: S608
        f" r.{time} AS s FROM {built.rows} AS r {join} JOIN pair_places AS l"
        f" ON l.pair = r.pair AND l.level = '{level}' WHERE r.{time} IS NOT NULL),"
        f" heavy AS (SELECT place, period, s, w / {tally} AS w FROM r"
        f" JOIN (SELECT * FROM stratum_cells WHERE level = '{level}')"
        f" USING (place, period, stratum) JOIN {_standard(tally)} AS t"
        f" ON t.level = '{level}' AND t.stratum = r.stratum),"
        " summed AS (SELECT *, sum(w) OVER (PARTITION BY place, period ORDER BY s, w"
        " ROWS UNBOUNDED PRECEDING) AS upto, sum(w) OVER (PARTITION BY place, period) AS total"
        " FROM heavy),"
        " stood AS (SELECT place, period, s, CASE WHEN total - w > total * 1e-12"
        " THEN (upto - w) / (total - w) ELSE 0 END AS p FROM summed),"
        f" near AS (SELECT place, period, max(s) FILTER (WHERE p <= {at}) AS low,"
        f" min(s) FILTER (WHERE p > {at}) AS high, max(p) FILTER (WHERE p <= {at}) AS below,"
        f" min(p) FILTER (WHERE p > {at}) AS above FROM stood GROUP BY ALL)"
        f" SELECT place, period, low + coalesce((high - low) * greatest({point} - below, 0)"
        " / (above - below), 0) FROM near"
    )
