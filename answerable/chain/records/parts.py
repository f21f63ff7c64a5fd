"""From staged records to parts: across files, looked back over, sorted, named by digest.

A part holds the records of one table, out of one mapping, in one month. Its rows are in
the order of their keys, so that the same records give the same bytes.
"""

import hashlib
import os
from collections import Counter
from collections.abc import Iterable, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, replace
from pathlib import Path

import duckdb

from ..body import Month, Period
from .catalogue import finding
from .contract import Contract, Field
from .engine import Connection, path_literal
from .expressions import quoted
from .finding import Finding
from .pieces import Piece, Read
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


@dataclass(frozen=True)
class Filed:
    """Parts, and what they were made of: enough to tell which of them still hold.

    pieces   the source and piece of all records; none where a reference stood twice
    seen     force and month of which the year before is covered too
    """

    rests_on: str
    pieces: frozenset[tuple[str, Piece]]
    seen: frozenset[tuple[str, str]]
    parts: tuple[Part, ...]


def make_parts(
    connection: Connection,
    contract: Contract,
    reads: Sequence[Read],
    covers: Sequence[Period],
    staged: Path,
    room: Path,
    parts: Path,
    last: Filed | None = None,
) -> tuple[Filed, list[Finding]]:
    """Write the parts of one table, of one force or of all.

    connection     one that sees `room` and `staged`; what it held of another table goes
    reads, covers  what each mapping gave and the months that it covers, in one order
    staged   where the records of their pieces lie
    room     where files are made; on the same disk as `parts`
    last     what was filed before: months that it holds as they are now are not made again
    Raises OSError or duckdb.Error when it cannot write.
    """
    sources = [read.source for read in reads]
    pieces = [(at, piece) for at, read in enumerate(reads) for piece in read.pieces]
    seen = frozenset(_seen(sources, covers))
    now = Filed(
        _rests_on(contract),
        frozenset((sources[at].name, piece) for at, piece in pieces),
        frozenset((force, str(month)) for force, month in seen),
        (),
    )
    again = _again(contract, now, last, parts)
    _list_keys(connection, contract, staged, [piece for _, piece in pieces],
               again if len(sources) < 2 else None)  # fmt: skip
    findings = _repeats(connection, contract, sources, [at for at, _ in pieces])
    if findings:
        again, now = None, replace(now, pieces=frozenset())
    _look_back(connection, contract, seen)
    made: list[Part] = []
    for number, source in enumerate(sources):
        mine = [(k, p) for k, (at, p) in enumerate(pieces) if at == number]
        if again is not None and last:
            made += [p for p in last.parts if p.source == source.name and p.month not in again]
        made += _write(connection, contract, source, staged, mine, again, room, parts)
    if contract.derived:
        findings += _short(contract, sources, covers, seen)
    order = {source.name: at for at, source in enumerate(sources)}
    made.sort(key=lambda part: (order[part.source], part.month))
    return replace(now, parts=tuple(made)), findings


def _rests_on(contract: Contract) -> str:
    return f"{contract.digest} {duckdb.__version__}"


def _again(contract: Contract, now: Filed, last: Filed | None, parts: Path) -> set[str] | None:
    """The months whose parts have to be made; None for all.

    A record tells of the twelve months before it, so what changes in a month reaches the
    twelve after it.
    """
    if not last or not last.pieces or last.rests_on != now.rests_on:
        return None
    months = {Month.parse(month) for _, piece in now.pieces ^ last.pieces for month in piece.months}
    if contract.derived:
        months |= {month + ahead for month in set(months) for ahead in range(1, MONTHS_BACK + 1)}
        months |= {Month.parse(month) for _, month in now.seen ^ last.seen}
    again = {str(month) for month in months}
    kept = [part for part in last.parts if part.month not in again]
    return again if all((parts / f"{part.digest}.parquet").is_file() for part in kept) else None


def _list_keys(
    connection: Connection,
    contract: Contract,
    staged: Path,
    pieces: Sequence[Piece],
    again: set[str] | None,
) -> None:
    """`listed`: the key and what look-backs need of every record, by piece and row.

    again   the months whose parts are made, where no other record can be one of theirs
    """
    names = ["force", *contract.key]
    if contract.derived:
        names += [name for name in _USES if name not in names]
    listed = ", ".join(quoted(name) for name in names)
    months = None
    if again is not None:
        # A month more than twelve back, because times are in UTC and months are not.
        months = {str(Month.parse(m) + -back) for m in again
                  for back in range(MONTHS_BACK + 2 if contract.derived else 1)}  # fmt: skip
    each = [
        f"SELECT {n} AS _source, file_row_number AS _row, {listed} FROM {rows}"
        for n, rows in _rows_of(staged, list(enumerate(pieces)), months)
    ]
    connection.execute(f"CREATE OR REPLACE TABLE listed AS {' UNION ALL '.join(each)}")


def _rows_of(
    staged: Path, pieces: Sequence[tuple[int, Piece]], months: set[str] | None
) -> list[tuple[int, str]]:
    """The number of each piece beside its records in some months, with their places in its
    file. Files without such a month are left out, but for one, so that there is something."""
    having = [(n, p) for n, p in pieces if months is None or not months.isdisjoint(p.months)]
    only = "" if months is None else f" WHERE {_in_months(months)}"
    return [
        (n, f"read_parquet({path_literal(staged / f'{p.mark}.parquet')}, file_row_number = true)"
            + only)
        for n, p in having or pieces[:1]
    ]  # fmt: skip


def _in_months(months: Iterable[str]) -> str:
    listed = ", ".join(f"DATE '{month}-01'" for month in sorted(months))
    return f"_month IN ({listed})" if listed else "false"


def _repeats(
    connection: Connection, contract: Contract, sources: Sequence[Source], owners: Sequence[int]
) -> list[Finding]:
    """Drop records whose reference stands in an earlier mapping; the earlier is kept.

    owners   the place of each piece's mapping among the sources
    """
    connection.execute("CREATE OR REPLACE TABLE dropped (_source INTEGER, _row BIGINT)")
    if len(sources) < 2:
        return []
    key = ", ".join(quoted(name) for name in ("force", *contract.key))
    connection.execute(
        f"INSERT INTO dropped SELECT _source, _row FROM (SELECT _source, _row, row_number() OVER"
        f" (PARTITION BY {key} ORDER BY _source, _row) AS place FROM listed SEMI JOIN (SELECT {key}"
        f" FROM listed GROUP BY {key} HAVING count(*) > 1) USING ({key})) WHERE place > 1"
    )
    dropped: Counter[int] = Counter()
    for piece, count in connection.execute(
        "SELECT _source, count(*) FROM dropped GROUP BY 1"
    ).fetchall():
        dropped[owners[piece]] += count
    return [
        finding(
            "conflicting_key",
            contract.name,
            sources[number].name,
            count,
            ", ".join(contract.key),
            "the references stand in an extract before this one too",
        )
        for number, count in sorted(dropped.items())
    ]


def _look_back(
    connection: Connection, contract: Contract, seen: Iterable[tuple[str, Month]]
) -> None:
    """`looked`: the look-back columns of every record listed, by piece and row."""
    made = [f"{LOOK_BACK[field.name]} AS {quoted(field.name)}" for field in contract.derived]
    columns = ["_source", "_row", *made]
    rows = "listed ANTI JOIN dropped USING (_source, _row)"
    if contract.derived:
        seen = sorted(seen)
        connection.execute(
            "CREATE OR REPLACE TABLE seen_months AS SELECT unnest($forces::VARCHAR[]) AS force,"
            " unnest($months::DATE[]) AS month",
            {
                "forces": [force for force, _ in seen],
                "months": [month.first_day for _, month in seen],
            },
        )
        connection.execute(
            "CREATE OR REPLACE TABLE kinds AS SELECT *, row_number() OVER ()::UINTEGER AS kind"
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
    connection.execute(f"CREATE OR REPLACE TABLE looked AS SELECT {', '.join(columns)} FROM {rows}")
    connection.execute("DROP TABLE listed")


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
    seen: frozenset[tuple[str, Month]],
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
    source: Source,
    staged: Path,
    pieces: Sequence[tuple[int, Piece]],
    again: set[str] | None,
    room: Path,
    parts: Path,
) -> list[Part]:
    """The parts of one source; `pieces` are its own, each with its number in `looked`."""
    key = ", ".join(quoted(name) for name in ("force", *contract.key))
    columns = ", ".join(_stored(field) for field in contract.fields)
    records = " UNION ALL BY NAME ".join(
        f"SELECT *, {number} AS _piece FROM {rows}"
        for number, rows in _rows_of(staged, pieces, again)
    )
    connection.execute(
        f"CREATE OR REPLACE TABLE whole AS SELECT {columns}, _month FROM ({records}) s"
        " JOIN looked ON looked._source = s._piece AND looked._row = s.file_row_number"
        f" ORDER BY _month, {key}"
    )
    # DuckDB writes a column in which it knows of no NULL without saying so of each row. A row
    # of nothing keeps the bytes of a month from telling what stands in the others.
    connection.execute("INSERT INTO whole (_month) VALUES (NULL)")
    months = connection.execute(
        "SELECT strftime(_month, '%Y-%m'), _month::VARCHAR, count(*) FROM whole"
        " WHERE _month IS NOT NULL GROUP BY ALL ORDER BY 1"
    ).fetchall()
    beside = [room / f"{contract.name}-{source.name}-{name}.parquet" for name, _, _ in months]

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
