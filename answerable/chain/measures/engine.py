"""The engine: from definitions and rows to a table of results, all inside DuckDB."""

from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path

import duckdb

from ..body import Body, Period
from ..records.expressions import text
from . import figures, quantiles, standard
from .counting import Counting, OneMachine
from .definition import Definition
from .frames import Built, lay_out
from .places import Places, places_of
from .recipe import Recipe, recipes, tables_of, unit_of
from .result import Grain, Status
from .source import Source
from .timeline import Slot, settled, status_of, timeline

VERSION = 2
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
) -> None:
    """Compute every measure; the connection then holds the view `results`.

    intervals     order-statistic intervals of medians and percentiles
    standardised  the standardised basis beside the raw one
    counting      who counts the rows; DuckDB unless said
    Raises InputMistake when a definition may not run.
    """
    counting = counting or OneMachine()
    chosen = list(definitions.values())
    read = {table for each in chosen for table in tables_of(each)}
    span = source.span(read)
    slots = timeline(span, windows) if span else ()
    places = places_of(body)
    connection.execute(figures.MACROS)
    connection.execute(f"CREATE TEMP TABLE figures {figures.FIGURES}")
    connection.execute(f"CREATE TEMP TABLE quantiles {quantiles.TABLE}")
    lay_out(connection, places, slots)
    _name(connection, chosen, places, slots, source)
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
    _insert(connection, "settled_months", (
        (number, month.index)
        for number, d in enumerate(chosen)
        for month in dict.fromkeys(s.period.first for s in slots if s.grain == Grain.MONTH)
        if settled(month, d, [source.coverage(table) for table in tables_of(d)])
    ))  # fmt: skip
    _insert(connection, "statuses", (
        (number, group, slot.number, str(_status(d, slot, source, force)))
        for number, d in enumerate(chosen)
        for group, force in first_of.items()
        for slot in slots
    ))  # fmt: skip


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
    "settled_months": "measure INT, m INT",
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


def write(connection: duckdb.DuckDBPyConnection, path: Path) -> None:
    """Write the results as one Parquet file, in the order in which they are read.

    Files of national size are left as they come; readers sort what they read.
    """
    size = connection.execute("SELECT count(*) FROM figures").fetchall()[0][0]
    order = "ORDER BY measure, statistic, basis, split, area, grain, first, last"
    connection.execute(
        f"COPY (SELECT * FROM results {order if size <= SORTED else ''})"  # noqa: S608
        f" TO {text(str(path))} (FORMAT parquet, ROW_GROUP_SIZE 50000)"
    )
