"""One read of each table for all measures on it, and the tallies of every place and period.

The rows of a table are read once into a temporary table: where a row belongs, its month,
and what each measure needs of it. Tallies are counted once for each place, month and
split value and then added up to every other place and period.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

import duckdb

from ..records.contract import contracts
from ..records.expressions import quoted, text
from .places import Places
from .recipe import Frame, Recipe
from .source import Source
from .timeline import Slot

NOT_RECORDED = "not_recorded"
"""The value of a split where the record has none."""

PAIR = "coalesce(placed, unplaced, 0) AS pair"


@dataclass(frozen=True)
class Built:
    """A frame inside the engine: its recipes, and the names of its temporary tables."""

    frame: Frame
    recipes: tuple[Recipe, ...]
    rows: str
    month: str
    cells: str

    @property
    def splits(self) -> tuple[str, ...]:
        """Every column by which any recipe is taken apart."""
        return tuple(dict.fromkeys(c for r in self.recipes for c in (*r.splits, *r.inner)))


def lay_out(connection: duckdb.DuckDBPyConnection, places: Places, slots: Sequence[Slot]) -> None:
    """Write the small tables that everything joins: places, periods and their months."""
    connection.execute("CREATE TEMP TABLE pairs (pair INT, force VARCHAR, area VARCHAR)")
    connection.execute("CREATE TEMP TABLE pair_places (pair INT, level VARCHAR, place INT)")
    _fill(connection, "pairs", [(p.number, p.force_key, p.area_code) for p in places.pairs])
    _fill(connection, "pair_places", _pair_places(places))
    connection.execute("CREATE TEMP TABLE periods (period INT, grain VARCHAR, first INT, last INT,"
                       " days INT, ends DATE)")  # fmt: skip
    _fill(
        connection,
        "periods",
        [
            (s.number, str(s.grain), s.period.first.index, s.period.last.index, s.period.days,
             s.period.last.last_day.isoformat())
            for s in slots
        ],
    )  # fmt: skip
    connection.execute("CREATE TEMP TABLE period_months (period INT, m INT)")
    _fill(connection, "period_months", [(s.number, m.index) for s in slots for m in s.period])
    connection.execute("CREATE TEMP TABLE month_ends AS SELECT DISTINCT last AS month,"
                       " ends AS period_end FROM periods WHERE grain = 'month'")  # fmt: skip


def _pair_places(places: Places) -> list[tuple[object, ...]]:
    rows: list[tuple[object, ...]] = [(0, "all", 0)]
    for pair in places.pairs:
        rows.append((pair.number, "all", 0))
        if pair.force is not None:
            rows.append((pair.number, "force", pair.force))
        if pair.area is not None:
            rows.append((pair.number, "area", pair.area))
    return rows


def _fill(
    connection: duckdb.DuckDBPyConnection, table: str, rows: Iterable[tuple[object, ...]]
) -> None:
    """Insert literal rows in one statement; `executemany` would take one each."""
    values = ", ".join(
        "(" + ", ".join(text(v) if isinstance(v, str) else str(v) for v in row) + ")"
        for row in rows
    )
    if values:
        connection.execute(f"INSERT INTO {table} VALUES {values}")  # noqa: S608  # our own values


def read_frames(
    connection: duckdb.DuckDBPyConnection, source: Source, recipes: Sequence[Recipe]
) -> tuple[Built, ...]:
    """Read every table once and set it in time. Frames in the order of the recipes."""
    frames = dict.fromkeys(recipe.frame for recipe in recipes)
    dated = dict.fromkeys(frame.table for frame in frames if not frame.at_end)
    for table in dated:
        _read(connection, source, table, [r for r in recipes if _is_dated(r, table)])
    built = []
    for number, frame in enumerate(frames):
        mine = tuple(recipe for recipe in recipes if recipe.frame == frame)
        rows, month = f"rows_{frame.table}", f"month_{frame.at}"
        if frame.at_end:
            rows, month = f"standing_{number}", "month"
            _stand(connection, source, frame, mine, rows)
        made = Built(frame, mine, rows, month, f"cells_{number}")
        _tally(connection, made)
        built.append(made)
    return tuple(built)


def _is_dated(recipe: Recipe, table: str) -> bool:
    return recipe.frame.table == table and not recipe.frame.at_end


def _read(
    connection: duckdb.DuckDBPyConnection, source: Source, table: str, recipes: list[Recipe]
) -> None:
    """The shared read of rows that happen on a day: one temporary table for the table."""
    ats = dict.fromkeys(recipe.frame.at for recipe in recipes)
    months = [f"(year({quoted(at)}) * 12 + month({quoted(at)}) - 1)::INTEGER AS month_{at}"
              for at in ats]  # fmt: skip
    columns = [PAIR, *months, *_columns(connection, table, recipes)]
    connection.execute(
        f"CREATE TEMP TABLE rows_{table} AS SELECT {', '.join(columns)}"  # noqa: S608  # our names and checked expressions
        f" FROM {_placed(source, table)}"
    )


def _stand(
    connection: duckdb.DuckDBPyConnection,
    source: Source,
    frame: Frame,
    recipes: Sequence[Recipe],
    name: str,
) -> None:
    """The rows that stand open at each month's end, once for each such month."""
    opened, closed = quoted(frame.opened), quoted(frame.closed)
    columns = [PAIR, "month", *_columns(connection, frame.table, recipes)]
    connection.execute(
        f"CREATE TEMP TABLE {name} AS SELECT {', '.join(columns)}"  # noqa: S608  # our names and checked expressions
        f" FROM {_placed(source, frame.table)} JOIN month_ends"
        f" ON {opened} <= period_end AND ({closed} IS NULL OR period_end < {closed})"
    )


def _placed(source: Source, table: str) -> str:
    """The rows of a table beside the number of their force and area.

    An area that the body does not list is taken as not placed.
    """
    force, area = f"r.{quoted(source.force)}", f"r.{quoted(source.area)}"
    known = "(SELECT pair AS {0}, force AS {0}_force, area AS {0}_area FROM pairs)"
    return (
        f"{source.relation(table)} AS r"
        f" LEFT JOIN {known.format('placed')} ON placed_force = {force} AND placed_area = {area}"
        f" LEFT JOIN {known.format('unplaced')} ON unplaced_force = {force} AND unplaced_area = ''"
    )


def _columns(
    connection: duckdb.DuckDBPyConnection, table: str, recipes: Sequence[Recipe]
) -> list[str]:
    made = {name: sql for recipe in recipes for name, sql in recipe.columns.items()}
    kept = dict.fromkeys(
        name
        for recipe in recipes
        for name in (*recipe.splits, *recipe.inner, *recipe.definition.strata)
        if name != "area"
    )
    return [f"{sql} AS {name}" for name, sql in made.items()] + [
        f"{_code(connection, table, name)} AS {split_column(name)}" for name in kept
    ]


def split_column(name: str) -> str:
    """The name under which a column is kept for splits and strata."""
    return f"by_{name}"


def _code(connection: duckdb.DuckDBPyConnection, table: str, name: str) -> str:
    """A column as a code: one byte where the contract lists its codes, else its text."""
    codes = contracts()[table].field(name).enum
    if not codes:
        return f"{quoted(name)}::VARCHAR"
    kind = f"codes_{table}_{name}"
    listed = ", ".join(text(code) for code in codes)
    connection.execute(f"CREATE TYPE IF NOT EXISTS {kind} AS ENUM ({listed})")
    return f"TRY_CAST({quoted(name)}::VARCHAR AS {kind})"


def _tally(connection: duckdb.DuckDBPyConnection, built: Built) -> None:
    """Tallies of each place, period, split and value into `built.cells`.

    Each split brings only the tallies of the recipes that have it; the others stay empty.
    """
    connection.execute(f"CREATE TEMP TABLE {built.cells} AS {_cells(built, '')}")
    for split in built.splits:
        connection.execute(f"INSERT INTO {built.cells} BY NAME {_cells(built, split)}")


def _cells(built: Built, split: str) -> str:
    """The query of one split: by pair and month, then by place, then by period."""
    having = [r for r in built.recipes if not split or split in (*r.splits, *r.inner)]
    doubles = frozenset().union(*(recipe.doubles for recipe in having))
    tallies = {name: sql for recipe in having for name, sql in recipe.tallies.items()}
    kinds = {name: "DOUBLE" if name in doubles else "INTEGER" for name in tallies}
    value = f"coalesce({split_column(split)}::VARCHAR, '{NOT_RECORDED}')" if split else "''"
    made = ", ".join(f"({sql})::{kinds[name]} AS {name}" for name, sql in tallies.items())
    sums = ", ".join(f"sum({name})::{kind} AS {name}" for name, kind in kinds.items())
    return (
        f"WITH base AS (SELECT pair, {built.month} AS m, {value} AS value, {made}"  # noqa: S608  # our names and checked expressions
        f" FROM {built.rows} WHERE {built.month} IS NOT NULL GROUP BY ALL),"
        f" placed AS (SELECT place, m, value, {sums} FROM base"
        " JOIN pair_places USING (pair) GROUP BY ALL)"
        f" SELECT place, period, {text(split)} AS split, value, {sums.replace('INTEGER', 'BIGINT')}"
        f" FROM placed JOIN {months_of(built.frame)} AS q USING (m) GROUP BY ALL"
    )


def months_of(frame: Frame, grains: Iterable[str] = ()) -> str:
    """The months m that make each period: all of them, or only the last one."""
    listed = ", ".join(f"'{grain}'" for grain in grains)
    chosen = f" WHERE grain IN ({listed})" if listed else ""
    if frame.at_end:
        return f"(SELECT period, last AS m FROM periods{chosen})"  # noqa: S608  # our names and checked expressions
    return f"(SELECT period, m FROM period_months JOIN periods USING (period){chosen})"  # noqa: S608  # our names and checked expressions
