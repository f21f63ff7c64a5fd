"""What the specifications of measures share: a definition in brief, rows in, one value out."""

import atexit
import shutil
from collections.abc import Iterable, Mapping
from datetime import date
from itertools import count
from pathlib import Path
from tempfile import mkdtemp
from typing import Any

from answerable.chain.body import Period
from answerable.chain.measures import Definition, Results, compute
from tests.snapshots import make_body, make_snapshot

SAID = {
    "version": 1,
    "title": "A measure",
    "question": "How many?",
    "why": "It matters.",
    "plain": "We count.",
    "technical": "Counted.",
    "family": "test",
    "better": "neither",
    "owner": "A library",
    "checked_by": "A review",
    "checked_on": date(2026, 1, 1),
    "next_check": date(2027, 1, 1),
    "status": "published",
}


def define(key: str = "measured", **said: Any) -> Definition:
    """A definition with everything that a test does not care about filled in."""
    first = said["statistics"][0]
    gives = 0 if first in ("count", "open", "numerator") else None
    no_rows = {"title": "no rows", "rows": (), "statistic": first, "gives": gives}
    return Definition.model_validate(
        {**SAID, "key": key, "digest": repr(sorted(said.items())), "cases": (no_rows,), **said}
    )


def measure(
    tables: Mapping[str, Iterable[Mapping[str, Any]]],
    *definitions: Definition,
    covers: str = "2024-01..2024-03",
    windows: Iterable[str] = (),
    provisional: tuple[str, ...] = (),
    areas: tuple[str, ...] = ("north", "south"),
    forces: tuple[str, ...] = ("testshire",),
    **options: Any,
) -> Results:
    """Compute on rows made by hand, in a folder that lasts as long as the tests."""
    body = make_body(_FOLDER / str(next(_NUMBERS)), areas, forces)
    snapshot = make_snapshot(body, tables, covers, provisional)
    return compute(
        body, {d.key: d for d in definitions}, snapshot, map(Period.parse, windows), **options
    )


_FOLDER = Path(mkdtemp())
_NUMBERS = count()
atexit.register(shutil.rmtree, _FOLDER, True)


def values(results: Results, statistic: str, measured: str = "measured", **name: str) -> list[Any]:
    """The values of a monthly series."""
    return [result.value for result in results.series(measured, statistic, **name)]
