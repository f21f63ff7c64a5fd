"""From staged records to parts: across files, looked back over, sorted, named by digest.

A part holds the records of one table, out of one mapping, in one month. Its rows are in
the order of their keys, so that the same records give the same bytes.
"""

import hashlib
import os
from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

from .catalogue import finding
from .contract import Contract, Field
from .engine import Connection, lock, open_engine, path_literal
from .expressions import quoted
from .finding import Finding
from .reading import Source
from .snapshot import Part
from .store import flush, move

LOOK_BACK = {
    "prior_incidents_12m": """
        CASE WHEN victim_key IS NOT NULL THEN
            count(*) FILTER (NOT coalesce(duplicate, false)) OVER (
                PARTITION BY force, strand, victim_key ORDER BY received_at
                RANGE BETWEEN INTERVAL 12 MONTHS PRECEDING AND INTERVAL 1 MICROSECOND PRECEDING
            )
        END
    """,
}
"""How each look-back column is made from all records of its table.

A log that the force closed as a duplicate of another is not an earlier incident."""

_USES = ("force", "strand", "victim_key", "received_at", "duplicate")


def make_parts(
    contract: Contract, sources: Sequence[Source], staged: Sequence[Path], room: Path, parts: Path
) -> tuple[list[Part], list[Finding]]:
    """Write the parts of one table.

    sources, staged  what each mapping gave and where its records lie, in one order
    room     where files are made; on the same disk as `parts`
    Raises OSError or duckdb.Error when it cannot write.
    """
    with open_engine(room) as connection:
        lock(connection, room, *{path.parent for path in staged})
        _list_keys(connection, contract, staged)
        findings = _repeats(connection, contract, sources)
        _look_back(connection, contract)
        made: list[Part] = []
        for number, source in enumerate(sources):
            made += _write(connection, contract, number, source, staged[number], room, parts)
    return made, findings


def _list_keys(connection: Connection, contract: Contract, staged: Sequence[Path]) -> None:
    """`listed`: the key and what look-backs need of every record, by source and row."""
    names = ["force", *contract.key]
    if contract.derived:
        names += [name for name in _USES if name not in names]
    listed = ", ".join(quoted(name) for name in names)
    each = [
        f"SELECT {n} AS _source, file_row_number AS _row, {listed}"
        f" FROM read_parquet({path_literal(path)}, file_row_number = true)"
        for n, path in enumerate(staged)
    ]
    connection.execute(f"CREATE TABLE listed AS {' UNION ALL '.join(each)}")


def _repeats(
    connection: Connection, contract: Contract, sources: Sequence[Source]
) -> list[Finding]:
    """Drop records whose reference stands in an earlier mapping; the earlier is kept."""
    connection.execute("CREATE TABLE dropped (_source INTEGER, _row BIGINT)")
    if len(sources) < 2:
        return []
    key = ", ".join(quoted(name) for name in ("force", *contract.key))
    connection.execute(
        f"INSERT INTO dropped SELECT _source, _row FROM (SELECT _source, _row, row_number() OVER"
        f" (PARTITION BY {key} ORDER BY _source, _row) AS place FROM listed SEMI JOIN (SELECT {key}"
        f" FROM listed GROUP BY {key} HAVING count(*) > 1) USING ({key})) WHERE place > 1"
    )
    counted = connection.execute(
        "SELECT _source, count(*) FROM dropped GROUP BY 1 ORDER BY 1"
    ).fetchall()
    return [
        finding(
            "conflicting_key",
            contract.name,
            sources[number].name,
            count,
            ", ".join(contract.key),
            "the references stand in an extract before this one too",
        )
        for number, count in counted
    ]


def _look_back(connection: Connection, contract: Contract) -> None:
    """`looked`: the look-back columns of every record, by source and row."""
    made = [f"{LOOK_BACK[f.name]} AS {quoted(f.name)}" for f in contract.derived]
    connection.execute(
        f"CREATE TABLE looked AS SELECT {', '.join(['_source', '_row', *made])}"
        " FROM listed ANTI JOIN dropped USING (_source, _row)"
    )
    connection.execute("DROP TABLE listed")


def _write(
    connection: Connection,
    contract: Contract,
    number: int,
    source: Source,
    staged: Path,
    room: Path,
    parts: Path,
) -> list[Part]:
    key = ", ".join(quoted(name) for name in ("force", *contract.key))
    columns = ", ".join(_stored(field) for field in contract.fields)
    connection.execute(
        f"CREATE OR REPLACE TABLE whole AS SELECT {columns}, _month FROM"
        f" (SELECT * FROM read_parquet({path_literal(staged)}, file_row_number = true)) s"
        f" JOIN looked ON looked._source = {number} AND looked._row = s.file_row_number"
        f" ORDER BY _month, {key}"
    )
    months = connection.execute(
        "SELECT strftime(_month, '%Y-%m'), _month::VARCHAR, count(*) FROM whole"
        " GROUP BY ALL ORDER BY 1"
    ).fetchall()
    beside = [room / f"{contract.name}-{number}-{name}.parquet" for name, _, _ in months]

    def write(at: int) -> Part:
        name, first, rows = months[at]
        with connection.cursor() as cursor:
            cursor.execute(
                f"COPY (SELECT * EXCLUDE (_month) FROM whole WHERE _month = DATE '{first}')"
                f" TO {path_literal(beside[at])} (FORMAT parquet)"
            )
        return Part(contract.name, source.name, name, rows, _keep(beside[at], parts))

    # One month is too little for DuckDB to share out among threads, so months are.
    with ThreadPoolExecutor(max_workers=min(4, os.cpu_count() or 1)) as pool:
        return list(pool.map(write, range(len(months))))


def _stored(field: Field) -> str:
    return f"{quoted(field.name)}::{field.stored_as} AS {quoted(field.name)}"


def _keep(beside: Path, parts: Path) -> str:
    """Flush a part and name it by its digest."""
    flush(beside)
    digest = hashlib.sha256(beside.read_bytes()).hexdigest()
    kept = parts / f"{digest}.parquet"
    if kept.is_file() and kept.stat().st_size == beside.stat().st_size:
        beside.unlink()
    else:
        move(beside, kept)
    return digest
