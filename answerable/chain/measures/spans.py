"""How rows fall into periods: the joins that give each row the number of its period."""

from collections.abc import Iterator, Sequence

import duckdb

from .frames import Built
from .result import Grain
from .timeline import Slot

AT_ONCE = 30_000_000
"""Rows that one query over rolling windows may take up: it bounds the memory."""

_KEYS = {Grain.MONTH: "{m}", Grain.QUARTER: "{m} // 3", Grain.YEAR: "({m} - 3) // 12"}
"""Months, quarters and financial years follow from the number of the month by arithmetic."""


def spans_of(
    connection: duckdb.DuckDBPyConnection,
    built: Built,
    slots: Sequence[Slot],
    grains: frozenset[Grain] = frozenset(Grain),
) -> Iterator[str]:
    """Joins of the rows `r` of a frame that give `q.period`, which together reach every
    period of the grains. Windows overlap, so rows meet each of theirs, so many windows
    at once as `AT_ONCE` allows.
    """
    month = f"r.{built.month}"
    if built.frame.at_end:
        listed = ", ".join(f"'{grain}'" for grain in grains)
        chosen = f"(SELECT period, last FROM periods WHERE grain IN ({listed}))"  # noqa: S608
        yield f"JOIN {chosen} AS q ON {month} = q.last"
        return
    for grain, key in _KEYS.items():
        if grain in grains:
            keys = f"SELECT period, {key.format(m='first')} AS key FROM periods"  # noqa: S608
            own = key.format(m=month)
            yield f"JOIN ({keys} WHERE grain = '{grain}') AS q ON {own} = q.key"
    if Grain.WINDOW in grains:
        for batch in _batches(connection, built, slots):
            pairs = ", ".join(f"({s.number}, {m.index})" for s in batch for m in s.period)
            yield f"JOIN (VALUES {pairs}) AS q(period, month) ON {month} = q.month"


def _batches(
    connection: duckdb.DuckDBPyConnection, built: Built, slots: Sequence[Slot]
) -> Iterator[list[Slot]]:
    rows = connection.execute(f"SELECT count(*) FROM {built.rows}").fetchall()[0][0]  # noqa: S608
    a_month = max(1, rows // max(1, sum(slot.grain == Grain.MONTH for slot in slots)))
    batch: list[Slot] = []
    for slot in (slot for slot in slots if slot.grain == Grain.WINDOW):
        if batch and a_month * sum(len(each.period) for each in (*batch, slot)) > AT_ONCE:
            yield batch
            batch = []
        batch.append(slot)
    if batch:
        yield batch
