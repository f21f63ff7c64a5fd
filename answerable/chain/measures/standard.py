"""The standardised basis: what the figure would be at one standing mix of the settled source.

Direct standardisation (Rothman, Modern Epidemiology, chapter on standardisation): rates of
strata are averaged with weights that are the same for every period and place. For a
median or percentile the rows are weighted so that each stratum has its standard share.
"""

from collections.abc import Sequence

import duckdb

from ..records.expressions import text
from .counting import Counting
from .definition import Definition
from .figures import KISH, PLACES, excluded_list, settled
from .frames import months_of
from .ledger import Standard
from .recipe import DAY, QUANTILES, Figure, Recipe, unit_of
from .result import Unit
from .strata import GRAINS, LEVELS, Sides, with_area
from .timeline import Slot


def standardise(
    connection: duckdb.DuckDBPyConnection,
    number: int,
    sides: Sides,
    slots: Sequence[Slot],
    counting: Counting,
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
    counting.strata(connection, sides)
    _strata(connection, number, sides)
    for figure in figures:
        _figure(connection, number, recipe.definition, figure)
    if recipe.quantiles:
        points, tally = [QUANTILES[each] for each in recipe.quantiles], f"u{number}"
        counting.weighted(connection, sides[0], points, slots, tally, _standard(tally))
    for statistic in recipe.quantiles:
        _quantile(connection, number, recipe, statistic)


def _strata(connection: duckdb.DuckDBPyConnection, number: int, sides: Sides) -> None:
    """Tallies by stratum: `stratum_cells` of each place and period, `stratum_whole` of the
    months that are the standard. A standard that is known is taken as it stands."""
    definition, frame = sides[0][0].definition, sides[0][1].frame
    names = [name for recipe, _ in sides for name in recipe.tallies]
    sums = ", ".join(f"coalesce(sum({name}), 0) AS {name}" for name in names)
    levels = " UNION ALL ".join(
        f"SELECT '{level}' AS level, l.place, m,"  # noqa: S608  # our names and checked expressions
        f" {with_area(definition, level, 'stratum', 'pair')} AS stratum, {', '.join(names)}"
        f" FROM strata JOIN pair_places AS l USING (pair) WHERE l.level = '{level}'"
        for level in LEVELS
    )
    connection.execute(f"CREATE OR REPLACE TEMP TABLE stratum_rows AS {levels}")
    connection.execute(
        f"CREATE OR REPLACE TEMP TABLE stratum_cells AS SELECT level, place, period, stratum,"  # noqa: S608  # our names and checked expressions
        f" {sums} FROM stratum_rows JOIN {months_of(frame, sorted(GRAINS))} AS q USING (m)"
        " GROUP BY ALL"
    )
    if not _known(connection, number):
        whole = " UNION ALL ".join(
            f"SELECT '{level}' AS level, m, {', '.join(names)},"  # noqa: S608  # our names and checked expressions
            f" {with_area(definition, level, 'stratum', 'pair')} AS stratum FROM strata"
            for level in LEVELS
        )
        doubles = ", ".join(f"coalesce(sum({name}), 0)::DOUBLE" for name in names)
        connection.execute(
            f"INSERT INTO standards SELECT {number}, level, stratum, [{doubles}]"  # noqa: S608  # our names and checked expressions
            f" FROM ({whole}) JOIN standard_months USING (m) WHERE measure = {number} GROUP BY ALL"
        )
    each = ", ".join(f"held[{at}] AS {name}" for at, name in enumerate(names, 1))
    connection.execute(
        f"CREATE OR REPLACE TEMP TABLE stratum_whole AS SELECT level, stratum, {each}"  # noqa: S608  # our names and checked expressions
        f" FROM standards WHERE measure = {number}"
    )


STANDARDS = "measure INT, level VARCHAR, stratum VARCHAR, held DOUBLE[]"
"""The columns of `standards`: the tallies by stratum that each measure is weighed by."""


def know(connection: duckdb.DuckDBPyConnection, number: int, standard: Standard) -> None:
    """Take a measure's standard as it was."""
    if standard.strata:
        levels, strata, tallies = map(list, zip(*standard.strata, strict=True))
        connection.execute(
            f"INSERT INTO standards SELECT {number}, unnest($levels), unnest($strata),"
            " unnest($tallies::DOUBLE[][])",
            {"levels": levels, "strata": strata, "tallies": [list(each) for each in tallies]},
        )


def _known(connection: duckdb.DuckDBPyConnection, number: int) -> bool:
    found = connection.execute(
        "SELECT count(*) FROM standards WHERE measure = ?", [number]
    ).fetchone()
    return bool(found and found[0])


def _standard(n: str) -> str:
    """The standard: each stratum's share of it, by the tally n."""
    return (
        f"(SELECT level, stratum, {n} / sum({n}) OVER (PARTITION BY level) AS w"  # noqa: S608  # our names and checked expressions
        f" FROM stratum_whole WHERE {n} > 0)"
    )


def _cells(n: str) -> str:
    """The cells beside the standard share w of their stratum; NULL where they have no n."""
    return (
        f"(SELECT c.*, CASE WHEN {n} > 0 THEN w END AS w FROM stratum_cells AS c"  # noqa: S608  # our names and checked expressions
        f" LEFT JOIN {_standard(n)} USING (level, stratum))"
    )


def _gaps(n: str) -> str:
    """What of the standard a cell lacks, and how many of it the standard lacks."""
    strange = f"sum({n}) FILTER (WHERE w IS NULL AND {n} > 0)"
    return f"{settled('1 - sum(w)')} AS absent, coalesce({strange}, 0) AS strange"


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
    mean = f"sum(w * {top} / {weight}) / sum(w) * {per}"
    bounds = [
        f"round(wilson(value, effective, {side}), {places})" if share else "NULL"
        for side in (-1, 1)
    ]
    connection.execute(
        f"WITH summed AS (SELECT place, period, {settled(mean)} AS value,"  # noqa: S608  # our names and checked expressions
        f" sum({n}) AS n, sum({x}) AS x,"
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
    recipe: Recipe,
    statistic: str,
) -> None:
    """A quantile of the rows, each weighing what its stratum weighs in the standard."""
    definition, tally = recipe.definition, f"u{number}"
    unit = unit_of(definition, statistic)
    scale = DAY if unit == Unit.DAYS else 1
    reasons = "".join(f", sum({name}) AS {name}" for _, name in recipe.time_excluded)
    # Sums of weights differ in their last bits from engine to engine, and a half would be
    # rounded now up, now down.
    value = f"round(value, 6) / {scale}"
    connection.execute(
        f"WITH summed AS (SELECT place, period, sum({tally}) AS n, {_gaps(tally)}{reasons}"  # noqa: S608  # our names and checked expressions
        f" FROM {_cells(tally)} GROUP BY ALL)"
        f" INSERT INTO figures SELECT {number}, '{statistic}', 'standardised', place, period, '',"
        f" round({value}, {PLACES[unit]}), coalesce(n, 0), NULL, NULL, NULL,"
        f" {_method(definition, '')}, {excluded_list(recipe.time_excluded, 'c')}"
        f" FROM {_GRID} LEFT JOIN summed AS c USING (place, period)"
        f" LEFT JOIN (SELECT * FROM weighted WHERE point = {QUANTILES[statistic]}::DOUBLE)"
        " USING (place, period)"
    )
