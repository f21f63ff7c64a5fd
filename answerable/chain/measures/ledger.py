"""What stands beside a file of results, so that the next month need not count the rest again.

`var/results/<digest>.json`: which parts were counted, what they covered, which values each
split met in which month, and the standard that standardised figures were weighed by.
"""

import json
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from ..body import Month
from ..records import Part
from ..records.store import compact, write_whole
from .source import Coverage, Source
from .taken import Taken, standing

MOST = 12
"""How many earlier results are looked at, the newest first."""


@dataclass(frozen=True)
class Standard:
    """A measure's standard: the months that it is taken from, and their tallies by stratum.

    strata    level, stratum, and its tallies in the order of the recipe's
    """

    months: tuple[int, ...] = ()
    strata: tuple[tuple[str, str, tuple[float, ...]], ...] = ()


@dataclass(frozen=True)
class Ledger:
    """What one file of results was counted from.

    asked      digest of the question: everything but the records and the definitions' text
    definitions  the digest of each definition by its key, in the order of their numbers
    met        by measure: split, value and month, as numbers from year 0
    """

    asked: str
    definitions: dict[str, str]
    parts: tuple[Part, ...]
    covers: dict[str, Coverage]
    by_force: dict[tuple[str, str], Coverage]
    met: dict[str, tuple[tuple[str, str, int], ...]]
    standards: dict[str, Standard]

    @property
    def source(self) -> Source:
        """The months that were covered; it has no rows."""
        return Source("", {}, self.covers, self.by_force)

    def rows_of(self, table: str) -> frozenset[Part]:
        """The parts of a table that hold rows."""
        return frozenset(part for part in self.parts if part.table == table and part.rows)


@dataclass(frozen=True)
class Earlier:
    """Results that answer the same question on other records.

    results   their file
    taken     what it takes over from others
    """

    results: Path
    ledger: Ledger
    taken: tuple[Taken, ...]


def earlier(folder: Path, asked: str) -> Iterator[Earlier]:
    """Results that answer the same question, and of which every file stands, the newest first."""
    files = sorted(folder.glob("*.json"), key=lambda path: (-path.stat().st_mtime_ns, path.name))
    for path in files[:MOST]:
        results = path.with_suffix(".parquet")
        held = _read(path)
        if held.get("asked") == asked and (taken := standing(results)) is not None:
            yield Earlier(results, _ledger(held), taken)


def keep_ledger(path: Path, ledger: Ledger) -> None:
    """Write the ledger of the results at `path`. Raises OSError."""
    held = {
        "asked": ledger.asked,
        "definitions": list(ledger.definitions.items()),
        "parts": [vars(part) for part in ledger.parts],
        "covers": [[table, *_told(each)] for table, each in ledger.covers.items()],
        "by_force": [[*key, *_told(each)] for key, each in ledger.by_force.items()],
        "met": ledger.met,
        "standards": {key: vars(each) for key, each in ledger.standards.items()},
    }
    write_whole(path.with_suffix(".json"), compact(held))


def _read(path: Path) -> dict[str, Any]:
    try:
        held = json.loads(path.read_text(encoding="utf-8"))
    except (OSError, ValueError):
        return {}  # written by something else, or gone: the figures are then counted whole
    return held if isinstance(held, dict) else {}


def _ledger(held: dict[str, Any]) -> Ledger:
    return Ledger(
        held["asked"],
        dict(held["definitions"]),
        tuple(Part(**part) for part in held["parts"]),
        {table: _coverage(*told) for table, *told in held["covers"]},
        {(table, force): _coverage(*told) for table, force, *told in held["by_force"]},
        {key: tuple((s, v, m) for s, v, m in met) for key, met in held["met"].items()},
        {
            key: Standard(
                tuple(each["months"]),
                tuple((level, name, tuple(row)) for level, name, row in each["strata"]),
            )
            for key, each in held["standards"].items()
        },
    )


def _told(coverage: Coverage) -> tuple[list[int], list[int]]:
    return _numbers(coverage.months), _numbers(coverage.provisional)


def _numbers(months: Iterable[Month]) -> list[int]:
    return sorted(month.index for month in months)


def _coverage(months: list[int], provisional: list[int]) -> Coverage:
    return Coverage(frozenset(map(_month, months)), frozenset(map(_month, provisional)))


def _month(index: int) -> Month:
    return Month(index // 12, index % 12 + 1)
