"""A snapshot: what the body's records were, under one digest.

`var/parts/<sha256>.parquet` hold rows, one part for each table, source file and month;
`var/snapshots/<digest>.json` lists them; `var/current` names one snapshot. None of the
three is ever changed once written; `var/current` is replaced in one move.
"""

import json
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path

from ..body import Body, InputMistake, Month, Period, Problem


@dataclass(frozen=True)
class Part:
    """Rows of one table, out of one source file, in one month."""

    table: str
    source: str  # name of the mapping that supplied it
    month: str
    rows: int
    digest: str  # sha256 of the parquet file, and its name


@dataclass(frozen=True)
class Cover:
    """Which months one source declares for one table: a month inside with no rows is
    zero, outside missing; `provisional` months are half covered."""

    table: str
    source: str
    first: str
    last: str
    provisional: tuple[str, ...] = ()


@dataclass(frozen=True)
class Snapshot:
    """The parts and covers, with the digest of the whole. Holds no time of day."""

    digest: str
    parts: tuple[Part, ...]
    covers: tuple[Cover, ...]
    folder: Path  # the body's var/

    def files(self, table: str, months: Iterable[str] | None = None) -> list[str]:
        """Paths of the parquet files of a table, in a fixed order."""
        wanted = None if months is None else set(months)
        return [
            str(self.folder / "parts" / f"{part.digest}.parquet")
            for part in self.parts
            if part.table == table and part.rows and (wanted is None or part.month in wanted)
        ]

    def covered(self, table: str) -> Period | None:
        """The months that the sources of a table cover together; None without any."""
        covers = [cover for cover in self.covers if cover.table == table]
        if not covers:
            return None
        return Period.of(
            min(Month.parse(cover.first) for cover in covers),
            max(Month.parse(cover.last) for cover in covers),
        )


def read_snapshot(var: Path, digest: str) -> Snapshot:
    """Read one snapshot by its digest."""
    text = json.loads((var / "snapshots" / f"{digest}.json").read_text(encoding="utf-8"))
    return Snapshot(
        digest=digest,
        parts=tuple(Part(**part) for part in text["parts"]),
        covers=tuple(
            Cover(**{**cover, "provisional": tuple(cover["provisional"])})
            for cover in text["covers"]
        ),
        folder=var,
    )


def current_snapshot(body: Body) -> Snapshot:
    """The snapshot that `var/current` names. Raises InputMistake before any import."""
    pointer = body.var / "current"
    if not pointer.is_file():
        raise InputMistake(
            Problem(
                str(body.folder),
                "nothing has been imported yet",
                next_step=f"Import the extracts first: answerable import {body.folder}",
            )
        )
    return read_snapshot(body.var, pointer.read_text(encoding="utf-8").strip())
