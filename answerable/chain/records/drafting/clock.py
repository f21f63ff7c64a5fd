"""Whether times are the clock on the wall or UTC, where nothing says so: told by the hours that
the wall's clock leaves out in spring.

A system on the wall's clock has no record in them; one on UTC has as many as on other nights.
"""

from collections import Counter
from collections.abc import Iterable, Sequence
from datetime import datetime, timedelta

import duckdb

from ..expressions import text
from ..times import changes
from ..values import iso
from .contents import Column

ZONE = "Europe/London"
EXPECTED = 4
"""So many records must be expected in the hours left out before their absence says anything."""


def clock_of(columns: Iterable[tuple[Column, Sequence[str]]], zone: str) -> tuple[str, str]:
    """(`local`, `utc` or nothing, why), from all times of a file together.

    columns  each with its formats; none where it is written as ISO 8601
    """
    hours: Counter[datetime] = Counter()
    for column, formats in columns:
        hours.update(_hours(column, formats))
    if not hours:
        return "", "no time of day stands in it"
    seen, expected = _in_the_gap(hours, zone)
    if seen >= max(2, expected / 3):
        return "utc", f"{seen} times lie in hours that the clock on the wall leaves out in spring"
    if not seen and expected >= EXPECTED:
        why = f"no time lies in the hours left out in spring, where {expected:.0f} would"
        return "local", why
    return "", "nothing tells whether it is the clock on the wall or UTC"


def _in_the_gap(hours: Counter[datetime], zone: str) -> tuple[int, float]:
    """Times in the hours left out, and as many as the same hours of other days let expect."""
    first, last = min(hours), max(hours)
    days = (last - first).days + 1
    by_hour: Counter[int] = Counter()
    for hour, count in hours.items():
        by_hour[hour.hour] += count
    seen, expected = 0, 0.0
    for change in changes(zone):
        gap = change.at + change.before
        if change.after > change.before and first <= gap <= last:
            span = int((change.after - change.before) / timedelta(hours=1))
            for step in range(span):
                hour = (gap + timedelta(hours=step)).replace(minute=0)
                seen += hours[hour]
                expected += by_hour[hour.hour] / days
    return seen, expected


def _hours(column: Column, formats: Sequence[str]) -> dict[datetime, int]:
    """How many values lie in each hour."""
    read = [f"TRY_STRPTIME(v, {text(form)})" for form in formats] or [iso("v")]
    connection = duckdb.connect()
    try:
        found = connection.execute(
            f"SELECT date_trunc('hour', coalesce({', '.join(read)})) AS hour, sum(n)::BIGINT FROM"
            " (SELECT unnest($v::VARCHAR[]) AS v, unnest($n::BIGINT[]) AS n)"
            " GROUP BY 1 HAVING hour BETWEEN TIMESTAMP '1970-01-02' AND TIMESTAMP '2100-01-01'",
            {"v": list(column.counts), "n": list(column.counts.values())},
        ).fetchall()
    finally:
        connection.close()
    return {hour: int(count) for hour, count in found}
