"""Figures that are taken over where they lie, so that a new month does not write them again.

A file of results names the files whose figures it takes over, and which of them, in its own
Parquet metadata: both are written in one move, and no reader sees the one without the other.
"""

import json
from collections.abc import Iterable, Sequence
from dataclasses import asdict, dataclass
from pathlib import Path

import duckdb

from ..records.expressions import text

KEY = "taken"
"""The key of the metadata under which a file names what it takes over."""

MOST = 24
"""Files that results are read from at most; beyond it all figures go into one file again."""


@dataclass(frozen=True)
class Taken:
    """Figures that are taken over from one file.

    digest    of the results that the file was made for, and its name
    measures  those that are taken over; figures of any other were counted again
    without   the periods that are not: a later file holds them, or nothing does any more
    """

    digest: str
    measures: tuple[str, ...]
    without: tuple[str, ...]


def taken_by(connection: duckdb.DuckDBPyConnection, path: Path) -> tuple[Taken, ...]:
    """What a file of results takes over from others beside it; the latest file first."""
    held = connection.execute(
        "SELECT value FROM parquet_kv_metadata(?) WHERE key = ?::BLOB", [str(path), KEY]
    ).fetchone()
    return tuple(
        Taken(each["digest"], tuple(each["measures"]), tuple(each["without"]))
        for each in (json.loads(held[0]) if held else ())
    )


def standing(path: Path) -> tuple[Taken, ...] | None:
    """What a file of results takes over; None where it, or a file that it rests on, is gone."""
    if not path.is_file():
        return None
    with duckdb.connect() as connection:
        taken = taken_by(connection, path)
    return taken if all(_beside(path, each).is_file() for each in taken) else None


def taken_over(
    path: Path, taken: Sequence[Taken], measures: Iterable[str], without: Iterable[str]
) -> tuple[Taken, ...]:
    """What is taken over from the results at `path`, and so from those that they rest on.

    taken     what they take over themselves
    measures  those whose figures still hold
    without   the periods whose figures do not
    """
    whole, gone = frozenset(measures), frozenset(without)
    first = Taken(path.stem, tuple(sorted(whole)), tuple(sorted(gone)))
    rest = (
        Taken(
            each.digest,
            tuple(sorted(whole & set(each.measures))),
            tuple(sorted(gone | set(each.without))),
        )
        for each in taken
    )
    return tuple(each for each in (first, *rest) if each.measures)


def metadata(taken: Sequence[Taken]) -> str:
    """The option of COPY that names what is taken over; nothing where nothing is."""
    told = json.dumps([asdict(each) for each in taken])
    return f", KV_METADATA {{{KEY}: {text(told)}}}" if taken else ""


def relation(path: Path, taken: Sequence[Taken], source: str) -> str:
    """All figures of the results at `path`, as a relation that DuckDB can read.

    taken    what they take over
    source   the digest that each of them states; what was taken over was first counted on another
    """
    parts = [f"SELECT * FROM {_file(path)}"]  # noqa: S608  # a quoted path
    for each in taken:
        listed = ", ".join(map(text, each.measures))
        but = f" AND period NOT IN ({', '.join(map(text, each.without))})" if each.without else ""
        parts.append(
            f"SELECT * REPLACE ({text(source)} AS source) FROM {_file(_beside(path, each))}"  # noqa: S608  # quoted paths and names
            f" WHERE measure IN ({listed}){but}"
        )
    return f"({' UNION ALL BY NAME '.join(parts)})"


def _beside(path: Path, each: Taken) -> Path:
    return path.with_name(f"{each.digest}.parquet")


def _file(path: Path) -> str:
    return f"read_parquet({text(str(path))})"
