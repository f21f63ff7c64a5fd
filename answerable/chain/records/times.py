"""Local times to UTC and back, by a small table of days and no time zone extension.

DuckDB's own zones need an extension that may not be there and may never be fetched. A
zone is a few hundred changes of offset; for each day of `FIRST` to `LAST` the table says
the offset before and after the change, and where on the clock it falls.
"""

from bisect import bisect_left
from collections.abc import Collection
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from functools import cache
from pathlib import Path
from zoneinfo import ZoneInfo

import duckdb

FIRST, LAST = datetime(1970, 1, 1, tzinfo=UTC), datetime(2101, 1, 1, tzinfo=UTC)

CERTAIN, TWICE, NEVER = 0, 1, 2
"""Whether a local time happens once, in the hour that happens twice, or not at all."""


@dataclass(frozen=True)
class Change:
    """One change of a zone's offset.

    at      the instant, naive UTC
    before, after   offsets from UTC
    """

    at: datetime
    before: timedelta
    after: timedelta


@cache
def changes(zone: str) -> tuple[Change, ...]:
    """Every change of offset of a zone, in order, to the second.

    Looks at every seventh day: two changes that undo each other within a week are not seen.
    """
    found = []
    low, end, week = int(FIRST.timestamp()), int(LAST.timestamp()), 7 * 86400
    after = _offset(zone, low)
    while low < end:
        high = min(low + week, end)
        before, after = after, _offset(zone, high)
        if before != after:
            at = bisect_left(range(low, high), 1, key=lambda s: int(_offset(zone, s) != before))
            instant = datetime.fromtimestamp(low + at, UTC).replace(tzinfo=None)
            found.append(Change(instant, before, after))
        low = high
    return tuple(found)


def _offset(zone: str, seconds: int) -> timedelta:
    moment = datetime.fromtimestamp(seconds, UTC).astimezone(ZoneInfo(zone))
    return moment.utcoffset() or timedelta()


def make_zone_tables(
    connection: duckdb.DuckDBPyConnection,
    zone: str,
    room: Path | None = None,
    clocks: Collection[bool] = (True, False),
) -> None:
    """Make `local_days` and `utc_days`: the offset on each day by either clock.

    Columns of both: `day`; `cut`, the time on that clock from which `after` holds instead
    of `before` (offsets as intervals). `local_days` also has `low` and `high`, between
    which a time happens twice or not at all, and `kind`, which of the two.

    room    where they are kept for the next file: making them takes longer than reading one
    clocks  with only True, where they are kept, `local_days` alone; with only False `utc_days`
    """
    kept = {
        table: room / f"{table}-{zone.replace('/', '-')}.parquet" if room else None
        for table in ("local_days", "utc_days")
    }
    if all(path and path.is_file() for path in kept.values()):
        for local, (table, path) in zip((True, False), kept.items(), strict=True):
            if local not in clocks:
                continue
            connection.execute(
                f"CREATE TEMP TABLE {table} AS SELECT * REPLACE ({_as('to_seconds({})')})"
                f" FROM read_parquet({_literal(path)})"
            )
        return
    _work_out(connection, zone)
    for table, path in kept.items():
        if path:
            connection.execute(
                f"COPY (SELECT * REPLACE ({_as('epoch({})::BIGINT')}) FROM {table})"
                f" TO {_literal(path)} (FORMAT parquet)"
            )


def _as(made: str) -> str:
    """Offsets in another form: Parquet has no interval below zero, and half the world does."""
    return ", ".join(f"{made.format(name)} AS {name}" for name in ("before", "after"))


def _literal(path: Path | None) -> str:
    return "'" + str(path).replace("'", "''") + "'"


def _work_out(connection: duckdb.DuckDBPyConnection, zone: str) -> None:
    found = changes(zone)
    first = found[0].before if found else _offset(zone, int(FIRST.timestamp()))
    connection.execute(
        "CREATE TEMP TABLE zone_changes AS SELECT unnest($at::TIMESTAMP[]) AS instant,"
        " unnest($before::INTERVAL[]) AS before, unnest($after::INTERVAL[]) AS after",
        {
            "at": [change.at for change in found],
            "before": [change.before for change in found],
            "after": [change.after for change in found],
        },
    )
    local = "greatest(instant + before, instant + after)"
    for table, cut in (("local_days", local), ("utc_days", "instant")):
        connection.execute(_DAYS.format(table=table, cut=cut), {"first": first})


_DAYS = """
CREATE TEMP TABLE {table} AS
WITH marked AS (
    SELECT {cut} AS cut, before, after,
           least(instant + before, instant + after) AS low,
           greatest(instant + before, instant + after) AS high,
           CASE WHEN after < before THEN 1 ELSE 2 END AS kind
    FROM zone_changes
), special AS (
    SELECT DISTINCT ON (day) * FROM (
        SELECT unnest([cut::DATE, low::DATE]) AS day, * FROM marked
    ) ORDER BY day, cut
), days AS (
    SELECT range::DATE AS day
    FROM range(TIMESTAMP '1970-01-01', TIMESTAMP '2101-01-01', INTERVAL 1 DAY)
)
SELECT days.day, special.cut, special.low, special.high,
       coalesce(special.before, m.after, $first) AS before,
       coalesce(special.after, m.after, $first) AS after,
       coalesce(special.kind, 0)::UTINYINT AS kind
FROM days
LEFT JOIN special ON special.day = days.day
ASOF LEFT JOIN marked m ON days.day::TIMESTAMP >= m.cut
"""
