"""Snapshots made by hand for tests: rows in, a body's folder with a snapshot out."""

import hashlib
import json
from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

import duckdb

from answerable.chain.body import Body, open_body
from answerable.chain.measures.rows import table_of_rows
from answerable.chain.records import Cover, Part, Snapshot

BODY = """
key = "testshire"
name = "Office for Testshire"
zone = "Europe/London"
{forces}
{areas}
"""


def make_body(
    folder: Path, areas: Iterable[str] = ("north", "south"), forces: Iterable[str] = ("testshire",)
) -> Body:
    """A body with these areas, shared out among the forces in turn."""
    forces = tuple(forces)
    folder.mkdir(parents=True, exist_ok=True)
    (folder / "body.toml").write_text(
        BODY.format(
            forces="\n".join(f'[[forces]]\nkey = "{key}"\nname = "{key}"' for key in forces),
            areas="\n".join(
                f'[[areas]]\ncode = "{code}"\nname = "{code.title()}"\n'
                f'force = "{forces[i % len(forces)]}"'
                for i, code in enumerate(areas)
            ),
        )
    )
    return open_body(folder)


def make_snapshot(
    body: Body,
    tables: Mapping[str, Iterable[Mapping[str, Any]]],
    covers: str = "2024-01..2024-03",
    provisional: tuple[str, ...] = (),
) -> Snapshot:
    """Write one part a table. Columns that a row does not name are empty; `force` is the
    body's first, and `*_on` follows from `*_at`, unless said."""
    parts, first, last = [], *covers.split("..")
    (body.var / "parts").mkdir(parents=True, exist_ok=True)
    for table, rows in tables.items():
        listed = [{"force": body.file.forces[0].key, **row} for row in rows]
        with duckdb.connect() as connection:
            table_of_rows(connection, table, "made", listed, ZoneInfo("Europe/London"))
            digest = hashlib.sha256(json.dumps([table, listed], default=str).encode()).hexdigest()
            path = body.var / "parts" / f"{digest}.parquet"
            connection.execute(f"COPY made TO '{path}' (FORMAT parquet)")
        parts.append(Part(table, "made", first, len(listed), digest))
    return Snapshot(
        hashlib.sha256("".join(part.digest for part in parts).encode()).hexdigest(),
        tuple(parts),
        tuple(Cover(table, "made", first, last, provisional) for table in tables),
        body.var,
    )
