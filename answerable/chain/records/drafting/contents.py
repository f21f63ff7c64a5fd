"""What stands in the columns of a sample, asked of the same engine that an import uses.

So a format that is said to read a column reads it at import too.
"""

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import datetime
from functools import cached_property
from typing import Any, Literal

import duckdb

from ..expressions import text
from ..values import FALSE, NULL_WORDS, TRUE, iso
from .sample import Sample

TRIED = 5_000
"""So many different values of a column are tried against every format."""
_DATES = (
    "%d/%m/%Y", "%d-%m-%Y", "%d.%m.%Y", "%d/%m/%y", "%d-%b-%Y", "%d-%b-%y", "%d %b %Y",
    "%d %B %Y", "%Y/%m/%d", "%Y%m%d", "%m/%d/%Y",
)  # fmt: skip
_TIMES = (" %H:%M:%S", " %H:%M", "T%H:%M:%S", " %H:%M:%S.%f", " %I:%M:%S %p", " %I:%M %p")
_MARKED = tuple(
    f"%Y-%m-%d{part}%H:%M:%S{fraction}{mark}"
    for part in "T "
    for fraction in ("", ".%f")
    for mark in ("Z", "+00:00")
)
ISO = ""
"""Among formats: as ISO 8601 writes it, which needs none."""
_FORMATS = (ISO, *_DATES, *(day + time for day in _DATES for time in _TIMES), *_MARKED)
_TESTS = [f"({iso('v')} IS NOT NULL AND v LIKE '____-%')"] + [
    f"(TRY_STRPTIME(v, {text(form)}) IS NOT NULL)" for form in _FORMATS[1:]
]
MOST_FORMATS = 3
MOST_CODES = 60
LONGEST_CODE = 40
Part = Literal["hour", "day"]


@dataclass(frozen=True)
class Written:
    """How the times of a column are written.

    formats  in turn, `ISO` where none is needed
    share    of the values that one of them reads
    hours    whether a time of day is told
    utc      whether each value is marked as UTC
    unclear  whether no value shows if the day or the month comes first
    """

    formats: tuple[str, ...]
    share: float
    hours: bool
    utc: bool
    unclear: bool = False


class Contents:
    """The columns of a sample by their place."""

    def __init__(self, sample: Sample):
        self.sample = sample
        self.columns = [
            Column(sample.columns[at], [row[at] for row in sample.rows])
            for at in range(len(sample.columns))
        ]


class Column:
    """One column: its values with how often each stands there, empty ones left out."""

    def __init__(self, name: str, values: Sequence[str | None]):
        self.name = name
        self.rows = len(values)
        counts: dict[str, int] = {}
        for value in values:
            stripped = value.strip(" \t\r\n") if value else ""
            if stripped and stripped not in NULL_WORDS:
                counts[stripped] = counts.get(stripped, 0) + 1
        self.counts = counts
        self.filled = sum(counts.values())
        self._spelled: dict[str, str] | None = None
        self._shares: dict[str, float] = {}

    @property
    def distinct(self) -> int:
        return len(self.counts)

    def share(self, test: re.Pattern[str]) -> float:
        """The share of values that match as a whole."""
        if test.pattern not in self._shares:
            matched = sum(n for value, n in self.counts.items() if test.fullmatch(value))
            self._shares[test.pattern] = matched / self.filled if self.filled else 0.0
        return self._shares[test.pattern]

    def commonest(self) -> list[str]:
        """Its values, the commonest first."""
        return sorted(self.counts, key=lambda value: (-self.counts[value], value))

    def spelled(self, how: Callable[[str], str]) -> dict[str, str]:
        """Each value with its plain spelling, worked out once."""
        if self._spelled is None:
            self._spelled = {value: how(value) for value in self.counts}
        return self._spelled

    @property
    def may_be_told(self) -> bool:
        """Whether its values are so few, short and often used that they are codes and not
        names, places or notes. Only then may a message tell them."""
        return (
            0 < self.distinct <= MOST_CODES
            and self.filled >= 2 * self.distinct
            and max(map(len, self.counts)) <= LONGEST_CODE
        )

    @cached_property
    def booleans(self) -> bool:
        """Whether all values are words that an import takes for yes and no."""
        return bool(self.counts) and all(v.lower() in TRUE + FALSE for v in self.counts)

    @cached_property
    def written(self) -> Written:
        """How its times are written."""
        tried = self.commonest()[:TRIED]
        if not tried or not re.fullmatch(r"(?=.*\d).{4,35}", tried[0]):
            return Written((), 0.0, False, False)
        return _written(tried)

    @property
    def times(self) -> bool:
        """Whether nearly all values are times."""
        return self.written.share > 0.9

    def when(self, part: Part, formats: Sequence[str], ending: str = "") -> dict[datetime, int]:
        """How many values lie in each hour or day; those of other centuries left out.

        formats  none where they are written as ISO 8601
        ending   what must be written behind each to make it a time
        """
        given = f"concat(v, {text(ending)})" if ending else "v"
        read = [f"TRY_STRPTIME({given}, {text(form)})" for form in formats] or [iso(given)]
        found = _rows(
            f"SELECT date_trunc('{part}', coalesce({', '.join(read)}))::TIMESTAMP AS moment,"
            " sum(n)::BIGINT FROM (SELECT unnest($v::VARCHAR[]) AS v, unnest($n::BIGINT[]) AS n)"
            " GROUP BY 1 HAVING moment BETWEEN TIMESTAMP '1970-01-02' AND TIMESTAMP '2100-01-01'",
            {"v": list(self.counts), "n": list(self.counts.values())},
        )
        return {at: int(count) for at, count in found}


def _written(values: Sequence[str]) -> Written:
    """The fewest formats that read nearly all, each the one that reads most of the rest."""
    left, chosen = list(values), list[str]()
    unclear = False
    while left and len(chosen) < MOST_FORMATS:
        found = _tried(left)
        best = max(found, key=lambda form: (sum(found[form]), -_rank(form)), default=None)
        if best is None or sum(found[best]) < max(1, len(values) // 1000):
            break
        other = found.get(best.replace("%d/%m", "%m/%d"), [])
        unclear = unclear or ("%d/%m" in best and sum(other) == sum(found[best]))
        chosen.append(best)
        left = [value for value, read in zip(left, found[best], strict=True) if not read]
    timed = _timed(values)
    return Written(
        tuple(chosen),
        1 - len(left) / len(values),
        bool(chosen) and all(re.search(r"%[HI]", f) or (f == ISO and timed) for f in chosen),
        bool(chosen) and all(form in _MARKED for form in chosen),
        unclear,
    )


def _tried(values: Sequence[str]) -> dict[str, list[bool]]:
    """Which of the values each format reads; formats that read none of a few are left out."""
    few = values[:: max(1, len(values) // 20)]
    live = [at for at, reads in enumerate(zip(*_ask(few, _TESTS), strict=True)) if any(reads)]
    rows = _ask(values, [_TESTS[at] for at in live]) if live else []
    return {_FORMATS[at]: [bool(row[place]) for row in rows] for place, at in enumerate(live)}


def _ask(values: Sequence[str], asked: Sequence[str]) -> list[tuple[bool, ...]]:
    return _rows(
        f"SELECT {', '.join(asked)} FROM (SELECT unnest($values::VARCHAR[]) AS v,"
        " generate_subscripts($values::VARCHAR[], 1) AS i) ORDER BY i",
        {"values": list(values)},
    )


def _rows(query: str, values: dict[str, Any]) -> list[tuple[Any, ...]]:
    connection = duckdb.connect()
    try:
        return connection.execute(query, values).fetchall()
    finally:
        connection.close()


def _rank(form: str) -> int:
    """Which of two formats that read as much is taken: ISO, then the day first."""
    return 0 if form == ISO else 2 if form.startswith("%m/") else 1


def _timed(values: Sequence[str]) -> bool:
    """Whether values tell a time of day, and not midnight alone."""
    timed = [value for value in values if len(value) > 10]
    return len(timed) > 0.9 * len(values) and not all(" 00:00:00" in value for value in timed)
