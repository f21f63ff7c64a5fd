"""Where the rows of each table come from, and which months they cover."""

import json
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date
from functools import cached_property

from ..body import Body, Month, Period
from ..records import Cover, Snapshot
from ..records.contract import Contract, contracts
from ..records.expressions import quoted, text
from ..records.store import compact, write_whole


@dataclass(frozen=True)
class Coverage:
    """The months that a table covers, for one force or for all of them together."""

    months: frozenset[Month] = frozenset()
    provisional: frozenset[Month] = frozenset()

    @cached_property
    def last_day(self) -> date:
        """The last day of the last covered month."""
        return max(self.months).last_day if self.months else date.min


@dataclass(frozen=True)
class Source:
    """Rows by table, as relations that DuckDB can read, under one digest.

    relations  table → the text of a relation with the contract's columns
    covers     table → coverage of the whole
    by_force   (table, force) → coverage of that force; filled only for several forces
    files      table → paths of its Parquet files, where rows lie in files
    force, area  names of the columns that place a row; worked cases place theirs apart
    """

    digest: str
    relations: Mapping[str, str]
    covers: Mapping[str, Coverage]
    by_force: Mapping[tuple[str, str], Coverage] = field(default_factory=dict)
    force: str = "force"
    area: str = "area"
    folder: str = ""
    files: Mapping[str, tuple[str, ...]] = field(default_factory=dict)

    def relation(self, table: str) -> str:
        """The rows of a table; none where the source does not have it."""
        return self.relations.get(table) or empty(contracts()[table])

    def coverage(self, table: str, force: str = "") -> Coverage:
        """The coverage of a table for the whole, or for one force of several."""
        whole = self.covers.get(table, Coverage())
        return self.by_force.get((table, force), whole) if force else whole

    def span(self, tables: Iterable[str]) -> Period | None:
        """From the first to the last month that any of the tables covers."""
        months = [month for table in tables for month in self.coverage(table).months]
        months += [m for (table, _), each in self.by_force.items() if table in set(tables)
                   for m in each.months]  # fmt: skip
        return Period.of(min(months), max(months)) if months else None


def empty(contract: Contract) -> str:
    """A relation with a contract's columns and no row."""
    columns = ", ".join(f"NULL::{f.stored_as} AS {quoted(f.name)}" for f in contract.fields)
    return f"(SELECT {columns} WHERE false)"


def source_of(snapshot: Snapshot, body: Body) -> Source:
    """The rows of a snapshot.

    With several forces a month counts as covered for the whole only when each force
    covers it; a force's sources are those that hold a row of it.
    """
    tables = sorted({cover.table for cover in snapshot.covers} & set(contracts()))
    files = {table: tuple(found) for table in tables if (found := snapshot.files(table))}
    relations = {
        table: f"read_parquet([{', '.join(map(text, found))}])" for table, found in files.items()
    }
    covers = {t: _coverage(c for c in snapshot.covers if c.table == t) for t in tables}
    by_force = _by_force(snapshot, body, tables) if len(body.file.forces) > 1 else {}
    for table in tables if by_force else ():
        each = [by_force[table, force.key] for force in body.file.forces]
        covers[table] = Coverage(
            frozenset.intersection(*(one.months for one in each)),
            frozenset.union(*(one.provisional for one in each)),
        )
    return Source(
        snapshot.digest,
        relations,
        covers,
        by_force,
        folder=str(snapshot.folder / "parts"),
        files=files,
    )


def _coverage(covers: Iterable[Cover]) -> Coverage:
    months: set[Month] = set()
    provisional: set[Month] = set()
    for cover in covers:
        months |= set(Period.of(Month.parse(cover.first), Month.parse(cover.last)))
        provisional |= {Month.parse(month) for month in cover.provisional}
    return Coverage(frozenset(months), frozenset(provisional))


def _by_force(
    snapshot: Snapshot, body: Body, tables: Iterable[str]
) -> dict[tuple[str, str], Coverage]:
    """The coverage of each force in each table, by the sources that hold rows of it."""
    held = _forces_held(snapshot)
    forces: dict[tuple[str, str], set[str]] = {}
    for part in snapshot.parts:
        for force in held.get(part.digest, ()):
            forces.setdefault((part.table, force), set()).add(part.source)
    covers: dict[tuple[str, str], list[Cover]] = {}
    for cover in snapshot.covers:
        covers.setdefault((cover.table, cover.source), []).append(cover)
    return {
        (table, force.key): _coverage(
            cover
            for source in sorted(forces.get((table, force.key), ()))
            for cover in covers.get((table, source), ())
        )
        for table in tables
        for force in body.file.forces
    }


def _forces_held(snapshot: Snapshot) -> dict[str, list[str]]:
    """The forces of which each part holds rows. Parts never change, so each is asked once:
    `var/forces.json` remembers."""
    import duckdb

    path = snapshot.folder / "forces.json"
    known = json.loads(path.read_text(encoding="utf-8")) if path.is_file() else {}
    digests = {part.digest for part in snapshot.parts if part.rows}
    held = {digest: known[digest] for digest in sorted(digests & known.keys())}
    new = snapshot.paths(sorted(digests - held.keys()))
    if new:
        with duckdb.connect() as connection:
            rows = connection.execute(
                "SELECT parse_filename(filename, true), list(DISTINCT force ORDER BY force)"
                " FROM read_parquet(?, filename = true) GROUP BY 1 ORDER BY 1",
                [new],
            ).fetchall()
        held |= dict(rows)
        write_whole(path, compact(held))
    return held
