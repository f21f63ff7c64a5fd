"""Numbers of records that are far from those before them, beyond chance."""

import math
from collections.abc import Sequence
from itertools import pairwise

from .catalogue import finding
from .engine import Connection
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


def file_jumps(
    connection: Connection, records: str, file: str, mapping: Mapping, names: Sequence[str] = ()
) -> list[Finding]:
    """Files with far more or fewer records a day than the file that ends before they begin.

    records   a relation of the records that are used
    file      its column that names the file, or gives its place among `names`
    Files that overlap in time are no series (one for each area, say) and are not compared.
    """
    day = quoted(mapping.contract.month)
    rows = connection.execute(
        f"SELECT {file}, count(*), min({day}), max({day}), max({day})::DATE - min({day})::DATE + 1"
        f" FROM {records} GROUP BY {file}"
    ).fetchall()
    files = [(names[at] if names else at, *rest) for at, *rest in rows]
    files.sort(key=lambda row: (row[2], row[3], row[0]))
    found = []
    for (before, count, _, end, days), (name, now, start, _, length) in pairwise(files):
        if start > end and far(count, now, days / length):
            said = f"{now} in {length} days, after {count} in {days} days in {before}"
            found.append(finding("volume_jump", mapping.table, name, 1, "", said))
    return found
