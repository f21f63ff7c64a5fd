"""From staged records to parts: across files, looked back over, sorted, named by digest.

A part holds the records of one table, out of one mapping, in one month. Its rows are in
the order of their keys, so that the same records give the same bytes.
"""

import hashlib
import os
from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

from ..body import Month, Period
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
        CASE WHEN victim_key IS NOT NULL AND seen THEN
            count(*) FILTER (NOT coalesce(duplicate, false)) OVER (
                PARTITION BY kind, victim_key ORDER BY received_at
                RANGE BETWEEN INTERVAL 12 MONTHS PRECEDING AND INTERVAL 1 MICROSECOND PRECEDING
            )
        END
    """,
}
"""How each look-back column is made from all records of its table.

`kind` is a small number for each force and strand, because sorting by it is nearly twice
as quick as by two texts. A log that the force closed as a duplicate of another is not an
earlier incident. `seen` says whether every month looked back over is covered: where one
is not, how often someone had reported before is not known, and nothing is put in its
place.
"""

MONTHS_BACK = 12

_USES = ("force", "strand", "victim_key", "received_at", "received_on", "duplicate")


def make_parts(
    contract: Contract,
    sources: Sequence[Source],
    covers: Sequence[Period],
    staged: Sequence[Path],
    room: Path,
    parts: Path,
) -> tuple[list[Part], list[Finding]]:
    """Write the parts of one table.

    sources, covers, staged  what each mapping gave, the months that it covers and where
             its records lie, all in one order
    room     where files are made; on the same disk as `parts`
    Raises OSError or duckdb.Error when it cannot write.
    """
    with open_engine(room) as connection:
        lock(connection, room, *{path.parent for path in staged})
        _list_keys(connection, contract, staged)
        findings = _repeats(connection, contract, sources)
        findings += _look_back(connection, contract, sources, covers)
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


def _look_back(
    connection: Connection, contract: Contract, sources: Sequence[Source], covers: Sequence[Period]
) -> list[Finding]:
    """`looked`: the look-back columns of every record, by source and row."""
    made = [f"{LOOK_BACK[field.name]} AS {quoted(field.name)}" for field in contract.derived]
    columns = ["_source", "_row", *made]
    rows = "listed ANTI JOIN dropped USING (_source, _row)"
    findings = []
    if contract.derived:
        seen = _seen(sources, covers)
        connection.execute(
            "CREATE TABLE seen_months AS SELECT unnest($forces::VARCHAR[]) AS force,"
            " unnest($months::DATE[]) AS month",
            {
                "forces": [force for force, _ in seen],
                "months": [month.first_day for _, month in seen],
            },
        )
        connection.execute(
            "CREATE TABLE kinds AS SELECT force, strand, row_number() OVER ()::UINTEGER AS kind"
            " FROM (SELECT DISTINCT force, strand FROM listed)"
        )
        # Three joins, each to at most one row, so that no record is doubled.
        month = "month = date_trunc('month', listed.received_on)"
        rows = (
            "(SELECT listed.*, kind, own.month IS NOT NULL OR any_.month IS NOT NULL AS seen"
            " FROM listed LEFT JOIN kinds"
            " ON kinds.force = listed.force AND kinds.strand = listed.strand"
            f" LEFT JOIN seen_months own ON own.{month} AND own.force = listed.force"
            f" LEFT JOIN seen_months any_ ON any_.{month} AND any_.force = '')"
            " AS listed ANTI JOIN dropped USING (_source, _row)"
        )
        findings = _short(contract, sources, covers, seen)
    connection.execute(f"CREATE TABLE looked AS SELECT {', '.join(columns)} FROM {rows}")
    connection.execute("DROP TABLE listed")
    return findings


def _seen(sources: Sequence[Source], covers: Sequence[Period]) -> set[tuple[str, Month]]:
    """Force and month of which the year before is covered too, month by month.

    A mapping whose records name their force covers its months for every force, told as
    the force `''`.
    """
    covered: dict[str, set[Month]] = {source.force: set() for source in sources}
    for force, months in covered.items():
        for source, period in zip(sources, covers, strict=True):
            if source.force in (force, ""):
                months.update(period)
    return {
        (force, month)
        for force, months in covered.items()
        for month in months
        if all(month + -back in months for back in range(1, MONTHS_BACK + 1))
    }


def _short(
    contract: Contract,
    sources: Sequence[Source],
    covers: Sequence[Period],
    seen: set[tuple[str, Month]],
) -> list[Finding]:
    """Months for which it is not known who had reported before."""
    found = []
    for source, period in zip(sources, covers, strict=True):
        blind = [month for month in period if not {(source.force, month), ("", month)} & seen]
        if blind:
            columns = ", ".join(field.name for field in contract.derived)
            said = f"{blind[0]} to {blind[-1]}, {len(blind)} months"
            found.append(
                finding("short_look_back", contract.name, source.name, len(blind), columns, said)
            )
    return found


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
