"""Rows written by hand, as a table of the contract: for worked cases."""

from collections.abc import Iterable, Mapping
from datetime import UTC, datetime
from typing import Any
from zoneinfo import ZoneInfo

import duckdb

from ..records.contract import contracts
from ..records.expressions import quoted

AT_ONCE = 200
"""Rows that one statement inserts."""


class UnknownColumn(ValueError):
    """A row names a column that the contract does not have."""


def table_of_rows(
    connection: duckdb.DuckDBPyConnection,
    table: str,
    name: str,
    rows: Iterable[Mapping[str, Any]],
    zone: ZoneInfo,
    more: Iterable[str] = (),
) -> None:
    """Make a table `name` with the contract's columns, and `more` columns of text.

    Columns that a row does not name are empty; each `*_on` that it does not name is the
    civil date of its `*_at`, which is UTC, in `zone`. Raises UnknownColumn, and
    duckdb.Error for a value that is not of its column's type.
    """
    fields = contracts()[table].fields
    more = tuple(more)
    columns = ", ".join(
        [f"{quoted(f.name)} {f.stored_as}" for f in fields] + [f"{n} VARCHAR" for n in more]
    )
    connection.execute(f"CREATE TABLE {name} ({columns})")
    names = {field.name for field in fields} | set(more)
    made = []
    for row in rows:
        if strays := sorted(set(row) - names):
            raise UnknownColumn(f"the table {table} has no column {', '.join(strays)}")
        filled = dict(row)
        for field in fields:
            if field.civil_date_of and filled.get(field.name) is None:
                filled[field.name] = _civil(row.get(field.civil_date_of), zone)
        made.append([filled.get(f.name) for f in fields] + [filled.get(n) for n in more])
    for start in range(0, len(made), AT_ONCE):
        some = made[start : start + AT_ONCE]
        marks = ", ".join("(" + ", ".join("?" for _ in row) + ")" for row in some)
        values = [value for row in some for value in row]
        connection.execute(f"INSERT INTO {name} VALUES {marks}", values)  # noqa: S608  # our own name and placeholders


def _civil(moment: Any, zone: ZoneInfo) -> Any:
    if moment is None:
        return None
    if isinstance(moment, str):
        moment = datetime.fromisoformat(moment)
    return moment.replace(tzinfo=UTC).astimezone(zone).date()
