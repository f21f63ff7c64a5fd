"""The private table of cells: what a release put forward, and why it withheld what it did.

`cells.parquet` has a line for every figure put forward, shown or withheld, with its true numbers.
It is what later releases are protected against, and it must never leave: only its owner can read
it, and nothing that is published is made from it.
"""

import json
import os
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import duckdb

from ..body import Appetite, InputMistake, Problem
from ..measures import Grade, Grain, Result, Status, Unit
from ..records.engine import path_literal
from .ground import Ground

FILE = "cells.parquet"
OWNER_ONLY = 0o600

COLUMNS = {
    "measure": "VARCHAR", "version": "INTEGER", "definition": "VARCHAR", "statistic": "VARCHAR",
    "area": "VARCHAR", "period": "VARCHAR", "grain": "VARCHAR", "unit": "VARCHAR",
    "split": "VARCHAR", "basis": "VARCHAR", "grade": "VARCHAR", "source": "VARCHAR",
    "status": "VARCHAR", "value": "DOUBLE", "n": "BIGINT", "count": "BIGINT",
    "excluded": "VARCHAR", "reason": "VARCHAR", "primary": "BOOLEAN",
}  # fmt: skip
"""The columns, in their order. The numbers are true ones, of withheld figures too; `excluded` has
only what was shown of it; `reason` says why a figure is withheld and is empty where it is shown;
`primary` is whether that was for its own sake."""


@dataclass(frozen=True)
class Earlier:
    """One release as it was, for those that come after it.

    name      for people: 'release 3', 'bundle 12'
    true      every figure that it put forward, as it truly was; `excluded` as it was shown
    reasons   why each was withheld, empty where it was shown
    ground    how its places lay to each other, and what was drawn from what
    """

    name: str
    true: tuple[Result, ...]
    reasons: tuple[str, ...]
    appetite: Appetite
    ground: Ground = field(default_factory=Ground)


def write_cells(path: Path, release: Earlier, primary: Sequence[bool]) -> None:
    """Write a release's cells, readable by their owner alone, whole or not at all.

    Raises OSError where that is not possible.
    """
    import numpy as np

    columns: dict[str, list[Any]] = {name: [] for name in COLUMNS}
    for result, reason, first in zip(release.true, release.reasons, primary, strict=True):
        for name in COLUMNS:
            if name not in ("reason", "primary", "excluded"):
                columns[name].append(_plain(getattr(result, name)))
        columns["excluded"].append(json.dumps(result.excluded) if result.excluded else "")
        columns["reason"].append(reason)
        columns["primary"].append(first)
    told = {"name": release.name, "appetite": release.appetite.model_dump()}
    drawn = {area: sorted(givers) for area, givers in release.ground.drawn_from.items()}
    within, places = dict(release.ground.within), list(release.ground.places)
    lay = {"within": within, "drawn_from": drawn, "places": places}
    kept = json.dumps({**told, **lay}, sort_keys=True)
    table = {name: np.array(values, dtype=object) for name, values in columns.items()}
    path.parent.mkdir(parents=True, exist_ok=True)
    beside = path.with_name(f".{path.name}.{os.getpid()}.tmp")
    os.close(os.open(beside, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, OWNER_ONLY))
    try:
        _copy(table, beside, kept)
        beside.chmod(OWNER_ONLY)
        with beside.open("rb+") as file:
            os.fsync(file.fileno())
        beside.replace(path)
    finally:
        beside.unlink(missing_ok=True)


def _copy(table: Mapping[str, Any], path: Path, kept: str) -> None:
    picked = ", ".join(f'"{name}"::{kind} AS "{name}"' for name, kind in COLUMNS.items())
    literal = kept.replace("'", "''")
    with duckdb.connect() as connection:
        connection.register("cells", table)
        try:
            connection.execute(
                f"COPY (SELECT {picked} FROM cells) TO {path_literal(path)}"  # noqa: S608  # our own columns and a quoted path
                f" (FORMAT parquet, COMPRESSION zstd, KV_METADATA {{release: '{literal}'}})"
            )
        except duckdb.Error as error:
            raise OSError(f"cells could not be written: {type(error).__name__}") from None


def read_cells(path: Path) -> Earlier:
    """A release's cells. Raises InputMistake where the file is not whole, or not private."""
    if os.name == "posix" and path.stat().st_mode & 0o077:
        raise _unusable(path, "others than its owner may read it", f"Run: chmod 600 {path}")
    listed = ", ".join(f'"{name}"' for name in COLUMNS)
    try:
        with duckdb.connect() as connection:
            file = path_literal(path)
            (kept,) = connection.execute(
                f"SELECT value FROM parquet_kv_metadata({file}) WHERE key = 'release'"  # noqa: S608  # our own columns and a quoted path
            ).fetchall()
            rows = connection.execute(
                f"SELECT {listed} FROM read_parquet({file})"  # noqa: S608  # our own columns and a quoted path
            ).fetchall()
        told = json.loads(bytes(kept[0]).decode())
        return Earlier(
            name=told["name"],
            true=tuple(_result(dict(zip(COLUMNS, row, strict=True))) for row in rows),
            reasons=tuple(row[-2] for row in rows),
            appetite=Appetite(**told["appetite"]),
            ground=Ground(
                told["within"], told.get("drawn_from", {}), tuple(told.get("places", ()))
            ),
        )
    except (duckdb.Error, ValueError, KeyError, TypeError):
        raise _unusable(
            path,
            "it cannot be read, so nobody can tell what was published before",
            "Put the file back from a copy. Until then nothing more can be published safely.",
        ) from None


def _result(row: dict[str, Any]) -> Result:
    del row["reason"], row["primary"]
    return Result(
        **row
        | {
            "grain": Grain(row["grain"]),
            "unit": Unit(row["unit"]),
            "grade": Grade(row["grade"]),
            "status": Status(row["status"]),
            "excluded": tuple((why, n) for why, n in json.loads(row["excluded"] or "[]")),
        }
    )


def _plain(value: Any) -> Any:
    """Codes as text: an enumeration is no plain string to everybody."""
    return str(value) if isinstance(value, str) else value


def _unusable(path: Path, found: str, next_step: str) -> InputMistake:
    return InputMistake(Problem(str(path), found, next_step=next_step))
