"""The engine: from definitions and rows to a table of results, all inside DuckDB."""

from collections.abc import Iterable, Mapping, Sequence
from itertools import groupby
from operator import itemgetter
from pathlib import Path

import duckdb

from ..body import Body, Period
from ..records.expressions import text
from . import figures, quantiles, standard
from .counting import Counting, OneMachine
from .definition import Definition
from .frames import Built, lay_out
from .increment import Increment
from .places import Places, places_of
from .recipe import Recipe, recipes, tables_of, unit_of
from .result import Status
from .source import Source
from .taken import Taken, metadata, relation
from .timeline import Slot, slots_of, standard_months, status_of

VERSION = 4
"""Raised whenever the same rows and definitions would give other results."""

MEMORY = "1500MB"
"""What DuckDB may hold; beyond it, it works on disk."""


def connect(read: Path | None = None, write: Path | None = None) -> duckdb.DuckDBPyConnection:
    """A connection of the engine's own, in memory, with its limits.

    read, write  the folders of the records and of the results: nothing else can then be
                 reached, whatever a definition says. What does not fit into memory is
                 put down under `write`, never where the command was started.
    """
    connection = duckdb.connect(config={"memory_limit": MEMORY, "preserve_insertion_order": False})
    connection.execute("SET enable_progress_bar = false")
    folders = [str(folder) for folder in (read, write) if folder]
    if write:
        connection.execute(f"SET temp_directory = {text(str(write / 'spill'))}")
    connection.execute(f"SET allowed_directories = [{', '.join(map(text, folders))}]")
    connection.execute("SET enable_external_access = false")
    connection.execute("SET lock_configuration = true")
    return connection


def run(
    connection: duckdb.DuckDBPyConnection,
    body: Body,
    definitions: Mapping[str, Definition],
    source: Source,
    windows: Iterable[Period] = (),
    *,
    intervals: bool = True,
    standardised: bool = True,
    counting: Counting | None = None,
    slots: Sequence[Slot] | None = None,
    only: Increment | None = None,
) -> None:
    """Compute every measure; the connection then holds the view `results`.

    intervals     order-statistic intervals of medians and percentiles
    standardised  the standardised basis beside the raw one
    counting      who counts the rows; DuckDB unless said
    slots         the periods, where those of the definitions' own tables are not all
    only          the periods that are counted, when the rest is known
    Raises InputMistake when a definition may not run.
    """
    counting = counting or OneMachine()
    chosen = list(definitions.values())
    slots = slots_of(source, chosen, windows) if slots is None else slots
    places = places_of(body)
    connection.execute(figures.MACROS)
    connection.execute(f"CREATE TEMP TABLE figures {figures.FIGURES}")
    connection.execute(f"CREATE TEMP TABLE quantiles {quantiles.TABLE}")
    _know(connection, chosen, slots, source, only)
    named = tuple(s for s in slots if s.period.text in only.replaced) if only else slots
    _name(connection, chosen, places, named, source)
    if only:
        source, slots = only.source, tuple(s for s in slots if s.period in only.periods)
    lay_out(connection, places, slots)
    planned = {each.key: recipes(each, number) for number, each in enumerate(chosen)}
    built = counting.frames(connection, source, [r for made in planned.values() for r in made])
    numbers = {each.key: number for number, each in enumerate(chosen)}
    for frame in built:
        counting.quantiles(connection, frame, numbers, places, slots, intervals)
    for number, each in enumerate(chosen):
        sides = tuple((recipe, _frame(built, recipe)) for recipe in planned[each.key])
        figures.make_figures(connection, number, sides)
        if standardised and each.strata:
            standard.standardise(connection, number, sides, slots, counting)
    connection.execute(_RESULTS)


def _frame(built: Sequence[Built], recipe: Recipe) -> Built:
    return next(frame for frame in built if frame.frame == recipe.frame)


def _name(
    connection: duckdb.DuckDBPyConnection,
    chosen: Sequence[Definition],
    places: Places,
    slots: Sequence[Slot],
    source: Source,
) -> None:
    """Tables that give numbers their names, and each measure's periods their status."""
    for table, columns in _NAMES.items():
        connection.execute(f"CREATE TEMP TABLE {table} ({columns})")
    groups = _groups(places, source, {table for d in chosen for table in tables_of(d)})
    first_of = {group: force for force, group in reversed(groups.items())}
    _insert(connection, "places", (
        (number, code, groups[force])
        for number, (code, force) in enumerate(zip(places.codes, places.force_of, strict=True))
    ))  # fmt: skip
    _insert(connection, "named_periods", ((s.number, s.period.text) for s in slots))
    _insert(connection, "measures", (
        (number, d.key, d.version, d.digest, source.digest) for number, d in enumerate(chosen)
    ))  # fmt: skip
    _insert(connection, "units", (
        (number, name, str(unit_of(d, name)))
        for number, d in enumerate(chosen) for name in d.statistics
    ))  # fmt: skip
    _insert(connection, "statuses", (
        (number, group, slot.number, str(_status(d, slot, source, force)))
        for number, d in enumerate(chosen)
        for group, force in first_of.items()
        for slot in slots
    ))  # fmt: skip


def _know(
    connection: duckdb.DuckDBPyConnection,
    chosen: Sequence[Definition],
    slots: Sequence[Slot],
    source: Source,
    only: Increment | None,
) -> None:
    """What does not lie in the rows that are counted: the months of each standard, and of
    an increment the standards themselves and the values met before."""
    for table, columns in _KNOWN.items():
        connection.execute(f"CREATE TEMP TABLE {table} ({columns})")
    _insert(connection, "standard_months", (
        (number, month)
        for number, d in enumerate(chosen) if d.strata and not (only and d.key in only.standards)
        for month in standard_months(d, slots, source)
    ))  # fmt: skip
    if only:
        _insert(connection, "met_before", (
            (number, *met) for number, d in enumerate(chosen)
            for met in sorted({(split, value) for split, value, _ in only.met_elsewhere(d.key)})
        ))  # fmt: skip
        for number, d in enumerate(chosen):
            if d.key in only.standards:
                standard.know(connection, number, only.standards[d.key])


_KNOWN = {
    "standard_months": "measure INT, m INT",
    "met_before": "measure INT, split VARCHAR, value VARCHAR",
    "met_months": "measure INT, split VARCHAR, value VARCHAR, m INT",
    "standards": standard.STANDARDS,
}


def _groups(places: Places, source: Source, tables: set[str]) -> dict[str, int]:
    """The forces, and "" for the whole, that are covered alike share a number."""
    numbers: dict[tuple[object, ...], int] = {}
    found = {}
    for force in dict.fromkeys(places.force_of):
        alike = tuple(source.coverage(table, force) for table in sorted(tables))
        found[force] = numbers.setdefault(alike, len(numbers))
    return found


def _status(definition: Definition, slot: Slot, source: Source, force: str) -> Status:
    coverage = [source.coverage(table, force) for table in tables_of(definition)]
    return status_of(definition, slot.period, coverage, at_end=bool(definition.opened))


_NAMES = {
    "places": "place INT, area VARCHAR, grouped INT",
    "named_periods": "period INT, text VARCHAR",
    "measures": "measure INT, key VARCHAR, version INT, digest VARCHAR, source VARCHAR",
    "units": "measure INT, statistic VARCHAR, unit VARCHAR",
    "statuses": "measure INT, grouped INT, period INT, known VARCHAR",
}


def _insert(
    connection: duckdb.DuckDBPyConnection, table: str, rows: Iterable[tuple[object, ...]]
) -> None:
    values = [
        "(" + ", ".join(text(v) if isinstance(v, str) else str(v) for v in row) + ")"
        for row in rows
    ]
    for start in range(0, len(values), 5_000):
        some = ", ".join(values[start : start + 5_000])
        connection.execute(f"INSERT INTO {table} VALUES {some}")  # noqa: S608  # our own values


_STATUS = """CASE WHEN known IN ('missing', 'not comparable', 'provisional') THEN known
  WHEN n = 0 THEN 'zero' ELSE 'ok' END"""

_RESULTS = f"""
CREATE TEMP VIEW results AS
SELECT key AS measure, version, digest AS definition, statistic, area, text AS period, grain,
  unit,
  CASE WHEN known <> 'missing' THEN value END AS value,
  CASE WHEN known <> 'missing' THEN n END AS n,
  {_STATUS} AS status, source, split, basis,
  CASE WHEN known <> 'missing' THEN count END AS count,
  CASE WHEN known <> 'missing' THEN lower END AS lower,
  CASE WHEN known <> 'missing' THEN upper END AS upper,
  CASE WHEN known <> 'missing' THEN method ELSE '' END AS method,
  CASE WHEN known <> 'missing' THEN excluded ELSE [] END AS excluded,
  'from rows' AS grade, first, last
FROM figures JOIN measures USING (measure) JOIN places USING (place)
  JOIN periods USING (period) JOIN named_periods USING (period)
  JOIN units USING (measure, statistic) JOIN statuses USING (measure, grouped, period)
"""  # noqa: S608  # no value of a record is in it


SORTED = 1_000_000
"""Figures up to which the file is sorted, so that the same figures give the same bytes."""


def write(
    connection: duckdb.DuckDBPyConnection, path: Path, more: str = "", taken: Sequence[Taken] = ()
) -> None:
    """Write the results as one Parquet file, in the order in which they are read.

    more   relations of further results, each with UNION ALL BY NAME before it
    taken  what is taken over from other files, where it lies
    Files of national size are left as they come; readers sort what they read.
    """
    size = 0
    if not taken:
        size = connection.execute(
            f"SELECT count(*) FROM (SELECT statistic FROM results {more})" if more  # noqa: S608  # our names and checked expressions
            else "SELECT count(*) FROM figures"
        ).fetchall()[0][0]  # fmt: skip
    order = "ORDER BY measure, statistic, basis, split, area, grain, first, last"
    connection.execute(
        f"COPY (SELECT * FROM results {more} {order if size <= SORTED else ''})"  # noqa: S608  # our names and checked expressions
        f" TO {text(str(path))} (FORMAT parquet, ROW_GROUP_SIZE 50000{metadata(taken)})"
    )


def what_was_met(connection: duckdb.DuckDBPyConnection) -> dict[str, list[tuple[str, str, int]]]:
    """By measure: the splits and values that were met, and in which month."""
    rows = connection.execute(
        "SELECT key, split, met_months.value, m FROM met_months JOIN measures USING (measure)"
        " ORDER BY ALL"
    ).fetchall()
    return {
        key: [(split, value, month) for _, split, value, month in each]
        for key, each in groupby(rows, itemgetter(0))
    }


def what_was_standard(
    connection: duckdb.DuckDBPyConnection,
) -> dict[str, tuple[tuple[str, str, tuple[float, ...]], ...]]:
    """By measure: the strata of its standard."""
    rows = connection.execute(
        "SELECT key, level, stratum, held FROM standards JOIN measures USING (measure) ORDER BY ALL"
    ).fetchall()
    return {
        key: tuple((level, stratum, tuple(held)) for _, level, stratum, held in each)
        for key, each in groupby(rows, itemgetter(0))
    }


def drop_strange(connection: duckdb.DuckDBPyConnection, only: Increment) -> set[str]:
    """Take out the measures that met a value for the first time, or one no longer: such a
    value stands in every period, so they are counted whole. Returns their keys."""
    met = what_was_met(connection)
    strange = {
        key
        for key in only.measures
        if {(s, v) for s, v, _ in (*only.met_elsewhere(key), *met.get(key, ()))}
        != {(s, v) for s, v, _ in only.earlier.ledger.met[key]}
    }
    for key in strange:
        connection.execute(
            "DELETE FROM figures WHERE measure IN (SELECT measure FROM measures WHERE key = ?)",
            [key],
        )
    return strange


def kept(only: Increment, source: str) -> str:
    """The relation of the earlier figures that hold but are said anew, for `write`.

    For a connection that has run `only`; periods that it has no name for are left out.
    """
    keys = ", ".join(map(text, sorted(only.measures))) or "NULL"
    return (
        f" UNION ALL BY NAME SELECT e.* REPLACE ({_STATUS} AS status, {text(source)} AS source)"  # noqa: S608  # our names and checked expressions
        f" FROM {relation(only.earlier.results, only.earlier.taken, source)} AS e"
        " JOIN (SELECT measure AS number, key FROM measures) AS d ON d.key = e.measure"
        " JOIN places ON places.area = e.area"
        " JOIN (SELECT period AS slot, text FROM named_periods) AS s ON s.text = e.period"
        " JOIN (SELECT measure AS number, grouped, period AS slot, known FROM statuses) AS t"
        " USING (number, grouped, slot)"
        f" WHERE e.measure IN ({keys}) AND slot NOT IN (SELECT period FROM periods)"
    )
