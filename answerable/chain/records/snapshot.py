"""A snapshot: what the body's records were, under one digest.

`var/parts/<sha256>.parquet` hold rows, one part for each table, source file and month, or
the address that `body.toml` names holds them and `var/parts` what was fetched of it;
`var/snapshots/<digest>.json` lists them; `var/current` names one snapshot. None of the
three is ever changed once written; `var/current` is replaced in one move.
"""

import json
from collections.abc import Iterable
from dataclasses import dataclass, field
from pathlib import Path

from ..body import Body, InputMistake, Month, Period, Problem
from .remote import fetch


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
    address: str = field(default="", repr=False)  # where the parts lie, if not there

    def files(self, table: str, months: Iterable[str] | None = None) -> list[str]:
        """Paths of the parquet files of a table, in a fixed order.

        Raises InputMistake where parts lie at an address and cannot be fetched.
        """
        wanted = None if months is None else set(months)
        return self.paths(
            part.digest
            for part in self.parts
            if part.table == table and part.rows and (wanted is None or part.month in wanted)
        )

    def paths(self, digests: Iterable[str]) -> list[str]:
        """Paths of parts on this machine, fetched before if need be. Raises as `files` does."""
        named, parts = list(digests), self.folder / "parts"
        if self.address:
            fetch(self.address, parts, named)
        return [str(parts / f"{digest}.parquet") for digest in named]

    def covered(self, table: str) -> Period | None:
        """The months that the sources of a table cover together; None without any."""
        covers = [cover for cover in self.covers if cover.table == table]
        if not covers:
            return None
        return Period.of(
            min(Month.parse(cover.first) for cover in covers),
            max(Month.parse(cover.last) for cover in covers),
        )


def read_snapshot(var: Path, digest: str, address: str = "") -> Snapshot:
    """Read one snapshot by its digest; `address` as `body.toml` names it."""
    text = json.loads((var / "snapshots" / f"{digest}.json").read_text(encoding="utf-8"))
    return Snapshot(
        digest=digest,
        parts=tuple(Part(**part) for part in text["parts"]),
        covers=tuple(
            Cover(**{**cover, "provisional": tuple(cover["provisional"])})
            for cover in text["covers"]
        ),
        folder=var,
        address=address,
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
    digest = pointer.read_text(encoding="utf-8").strip()
    return read_snapshot(body.var, digest, body.file.parts)
