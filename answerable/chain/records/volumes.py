"""Numbers of records that are far from those before them, beyond chance."""

import math
from collections.abc import Iterable
from datetime import date
from itertools import pairwise
from pathlib import Path

from .catalogue import finding
from .engine import Connection, path_literal
from .expressions import quoted
from .finding import Finding
from .mapping import Mapping

JUMP = 1.5
"""A period with so many times the records a day of another is worth a question …"""
BEYOND = 3.0
"""… when the difference is also so many times its standard error under Poisson counts."""


def far(before: int, after: int, scale: float = 1.0) -> bool:
    """Whether two counts differ by `JUMP` times and by more than chance would make them.

    scale  what the second count is multiplied by, where it is of a longer or shorter time
    """
    low, high = sorted((before, after * scale))
    return high >= JUMP * low and high - low > BEYOND * math.sqrt(high + low)


Span = tuple[str, int, date, date]
"""A file's name, its records that are used, and their first and last day."""


def file_jumps(files: Iterable[Span], mapping: Mapping) -> list[Finding]:
    """Files with far more or fewer records a day than the file that ends before they begin.

    Files that overlap in time are no series (one for each area, say) and are not compared.
    """
    ordered = sorted(files, key=lambda file: (file[2], file[3], file[0]))
    found = []
    for (before, count, start, end), (name, now, first, last) in pairwise(ordered):
        days, length = (end - start).days + 1, (last - first).days + 1
        if first > end and far(count, now, days / length):
            said = f"{now} in {length} days, after {count} in {days} days in {before}"
            found.append(finding("volume_jump", mapping.table, name, 1, "", said))
    return found


def spans(connection: Connection, records: str, mapping: Mapping) -> list[Span]:
    """The span of each file of a relation of records that names it in `_file`."""
    day = quoted(mapping.contract.month)
    return connection.execute(
        f"SELECT _file, count(*), min({day}), max({day}) FROM {records} GROUP BY _file"
    ).fetchall()


def span_of(connection: Connection, name: str, staged: Path, mapping: Mapping) -> list[Span]:
    """The span of the one file whose records lie at `staged`; nothing where it has none."""
    day = quoted(mapping.contract.month)
    rows = connection.execute(
        f"SELECT count(*), min({day}), max({day}) FROM read_parquet({path_literal(staged)})"
    ).fetchall()
    return [(name, *row) for row in rows if row[0]]
