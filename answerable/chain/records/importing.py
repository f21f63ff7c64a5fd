"""The import: from a body's extracts to a snapshot, or to the reasons why not.

What cannot be trusted leaves the last good snapshot in place. What has not changed since
the last import is not read again.
"""

import contextlib
import errno
import hashlib
import json
from collections.abc import Callable, Sequence
from dataclasses import asdict, dataclass, field
from functools import cache
from itertools import groupby
from pathlib import Path

import duckdb

from ..body import Body, InputMistake, Period, Problem
from .codes import code_files
from .contract import contracts
from .drift import History, against_last, jumps
from .engine import Connection, lock, open_engine, out_of_room
from .files import names_of
from .finding import Finding, Weight
from .mapping import Mapping
from .mappings import files_of, load_mappings
from .parts import Filed, make_parts
from .pieces import Read, in_order, outside, piece_of, put_together
from .reading import Source, read_source
from .remembered import Shelf, findings_of, source_of
from .remote import put
from .snapshot import Cover, Part, Snapshot, current_snapshot, read_snapshot
from .store import cannot_write, canonical, compact, workroom, write_whole

FORMAT = 4
"""Raised whenever the same input must give other parts; what was read before is read again."""

Progress = Callable[[str], None]


@dataclass(frozen=True)
class Import:
    """What an import came to.

    snapshot  the new one; when stopped the last good one, None where there is none
    sources   what each mapping gave, in the order of their names
    findings  every defect found, those of the sources among them
    """

    snapshot: Snapshot | None
    sources: tuple[Source, ...]
    findings: tuple[Finding, ...]

    @property
    def stopped(self) -> bool:
        """Whether the snapshot is an earlier one, because this import cannot be trusted."""
        return any(found.weight == Weight.STOPS for found in self.findings)


def import_body(body: Body, progress: Progress | None = None) -> Import:
    """Read every extract of a body and make a snapshot of its records.

    progress  called with a few words before each long step
    Raises InputMistake for mistakes in mappings, for a disk that is full, for an address
    of parts that cannot be written to and for a second import at the same time. Defects of
    the extracts are findings.
    """
    mappings = load_mappings(body)
    try:
        with workroom(body.var) as room, contextlib.closing(open_engine(room)) as engine:
            lock(engine, room, body.var / "staged")
            return _Run(body, room, engine, progress or (lambda _: None)).all(mappings)
    except duckdb.Error as error:
        if out_of_room(error):
            raise InputMistake(cannot_write(body.var, errno.ENOSPC)) from None
        raise


def last_import(body: Body) -> Import:
    """What the last import came to, stopped or not. Raises InputMistake before any."""
    path = body.var / "import.json"
    if not path.is_file():
        current_snapshot(body)  # says how to import
        raise InputMistake(
            Problem(str(path), "is not there", next_step=f"answerable import {body.folder}")
        )
    held = json.loads(path.read_text(encoding="utf-8"))
    return Import(
        read_snapshot(body.var, held["snapshot"], body.file.parts) if held["snapshot"] else None,
        tuple(source_of(source) for source in held["sources"]),
        tuple(findings_of(held["findings"])),
    )


@dataclass
class _Run:
    """One import under way.

    engine   for records that were read; it evaluates nothing that someone else wrote
    """

    body: Body
    room: Path
    engine: Connection
    tell: Progress
    marks: dict[str, str] = field(default_factory=dict)
    covers: dict[str, Period] = field(default_factory=dict)
    reads: dict[str, Read] = field(default_factory=dict)
    digest: Callable[[Path], str] = field(default_factory=lambda: cache(_digest))
    before: dict[str, Filed | None] = field(default_factory=dict)

    def all(self, mappings: Sequence[Mapping]) -> Import:
        sources = self._sources(mappings)
        history = History(self.body.var / "sources")
        findings = [found for source in sources for found in source.findings]
        for source in sources:
            findings += against_last(history, source, self.marks[source.name])
        if any(source.stopped for source in sources):
            return self._done(Import(self._last(), tuple(sources), tuple(findings)))
        covers = tuple(_cover(mapping) for mapping in mappings)
        self.covers = {mapping.name: mapping.period for mapping in mappings}
        parts, more = self._tables(sources)
        findings += [*more, *jumps(sources, covers)]
        if address := self.body.file.parts:
            put(address, self.body.var / "parts", [part.digest for part in parts], self.tell)
        snapshot = self._snapshot(parts, covers)
        write_whole(self.body.var / "current", snapshot.digest.encode("ascii"))
        for source in sources:
            history.remember(source, self.marks[source.name])
        self._shelf.prune(set(self.marks.values()))
        return self._done(Import(snapshot, tuple(sources), tuple(findings)))

    @property
    def _shelf(self) -> Shelf:
        return Shelf(self.body.var / "staged")

    def _sources(self, mappings: Sequence[Mapping]) -> list[Source]:
        """Read every mapping; the mistakes of all of them are told together."""
        sources: list[Source] = []
        problems: list[Problem] = []
        for mapping in mappings:
            try:
                sources.append(self._source(mapping))
            except InputMistake as mistake:
                problems.extend(mistake.problems)
        if problems:
            raise InputMistake(problems)
        return sources

    def _source(self, mapping: Mapping) -> Source:
        paths = files_of(mapping, self.body)
        whole = _rests_on(mapping, self.body, covers=True)
        mark = self.marks[mapping.name] = _fingerprint(whole, paths, self.digest)
        read = self._shelf.read(mark)
        if not read:
            self.tell(f"reading {mapping.name} ({len(paths)} file{'' if len(paths) == 1 else 's'})")
            apart = _rests_on(mapping, self.body, covers=False)
            read = self._by_file(mapping, paths, (apart, whole)) or self._together(
                mapping, paths, (apart, whole)
            )
            if not read.source.stopped:
                self._shelf.keep_read(mark, read)
        self.reads[mapping.name] = read
        self.marks |= {f"piece {piece.mark}": piece.mark for piece in read.pieces}
        return read.source

    def _by_file(
        self, mapping: Mapping, paths: Sequence[Path], rests_on: tuple[str, str]
    ) -> Read | None:
        """Read the files that were not read before, each by itself; None where they have to
        be read together."""
        if len(paths) < 2 or names_of(paths) != [path.name for path in paths]:
            return None
        found = []
        for path in paths:
            mark, source = self._file(mapping, path, rests_on)
            if source.stopped:
                return None
            found.append((mark, source))
        staged = [self._shelf.records(mark) for mark, _ in found]
        last = self._filed(mapping.table, mapping.force)
        known = {each.mark for name, each in last.pieces if name == mapping.name} if last else ()
        return put_together(self.engine, mapping, found, staged, known)

    def _file(self, mapping: Mapping, path: Path, rests_on: tuple[str, str]) -> tuple[str, Source]:
        """One file's mark and what it gave. Its records are the same whatever else the
        mapping covers, as long as none lies outside."""
        apart, whole = (_fingerprint(each, [path], self.digest) for each in rests_on)
        for mark in (apart, whole):
            if held := self._shelf.file(mark, mapping.period):
                return mark, held
        beside = self.room / f"{whole}.parquet"
        source = read_source(mapping, self.body, [path], self.room, beside)
        mark = whole if source.stopped or outside(source) else apart
        if not source.stopped:
            self._shelf.keep_file(mark, source, mapping.period, beside)
        return mark, source

    def _together(self, mapping: Mapping, paths: Sequence[Path], rests_on: tuple[str, str]) -> Read:
        if len(paths) == 1:
            mark, source = self._file(mapping, paths[0], rests_on)
            return Read(source, () if source.stopped else (piece_of(mark, source),))
        mark = f"{self.marks[mapping.name]}-together"
        beside = self.room / f"{mark}.parquet"
        source = in_order(read_source(mapping, self.body, paths, self.room, beside))
        if source.stopped:
            return Read(source, ())
        beside.replace(self._shelf.records(mark))
        return Read(source, (piece_of(mark, source),))

    def _tables(self, sources: Sequence[Source]) -> tuple[list[Part], list[Finding]]:
        """The parts of every table. A reference and a look-back stay within one force, so
        forces are filed one by one, which bounds the memory; unless records name theirs."""
        parts: list[Part] = []
        findings: list[Finding] = []
        ordered = sorted(sources, key=lambda source: source.table)
        for table, group in groupby(ordered, key=lambda source: source.table):
            mine = list(group)
            forces = dict.fromkeys(source.force for source in mine)
            for force in ("",) if "" in forces else forces:
                held = [source for source in mine if source.force == force or not force]
                made, found = self._table(table, force, held)
                parts += made
                findings += found
        place = {source.name: at for at, source in enumerate(ordered)}
        return sorted(parts, key=lambda part: place[part.source]), findings

    def _table(
        self, table: str, force: str, sources: list[Source]
    ) -> tuple[list[Part], list[Finding]]:
        """The parts of a table, made again only when one of its sources changed, and then
        only of the months that did."""
        under = [self.marks[source.name] for source in sources]
        mark = hashlib.sha256(canonical(under)).hexdigest()
        self.marks[f"table {table} {force}"] = mark
        if held := self._shelf.table(mark, self.body.var / "parts"):
            return held
        self.tell(f"filing {table}{f' of {force}' if force else ''}")
        reads = [self.reads[source.name] for source in sources]
        covers = [self.covers[source.name] for source in sources]
        filed, found = make_parts(
            self.engine, contracts()[table], reads, covers, self._shelf.folder, self.room,
            self.body.var / "parts", self._filed(table, force),
        )  # fmt: skip
        self._shelf.keep_table(mark, filed.parts, found)
        self._shelf.keep_filed(_filed_as(table, force), filed)
        return list(filed.parts), found

    def _filed(self, table: str, force: str) -> Filed | None:
        """What was filed of a table before this import, of one force or of all."""
        name = _filed_as(table, force)
        if name not in self.before:
            self.before[name] = self._shelf.filed(name)
        return self.before[name]

    def _snapshot(self, parts: Sequence[Part], covers: Sequence[Cover]) -> Snapshot:
        """Write what the records are, under the digest of exactly that."""
        listed = canonical(
            {"parts": [vars(part) for part in parts], "covers": [asdict(c) for c in covers]}
        )
        digest = hashlib.sha256(listed).hexdigest()
        path = self.body.var / "snapshots" / f"{digest}.json"
        if not path.is_file():
            write_whole(path, listed)
        return read_snapshot(self.body.var, digest, self.body.file.parts)

    def _last(self) -> Snapshot | None:
        return current_snapshot(self.body) if (self.body.var / "current").is_file() else None

    def _done(self, done: Import) -> Import:
        held = {
            "snapshot": done.snapshot.digest if done.snapshot else "",
            "sources": [asdict(source) for source in done.sources],
            "findings": [asdict(found) for found in done.findings],
        }
        write_whole(self.body.var / "import.json", compact(held))
        return done


def _filed_as(table: str, force: str) -> str:
    return f"{table}-{force}" if force else table


def _cover(mapping: Mapping) -> Cover:
    period = mapping.period
    return Cover(
        mapping.table, mapping.name, str(period.first), str(period.last), mapping.provisional
    )


def _fingerprint(rests_on: str, paths: Sequence[Path], digest: Callable[[Path], str]) -> str:
    """The mark of the records of some files of a mapping.

    rests_on  what else they rest on, as `_rests_on` says it
    digest    of a file, which is asked for once an import
    """
    files = [[path.name, digest(path)] for path in paths]
    return hashlib.sha256(compact([rests_on, files])).hexdigest()


def _rests_on(mapping: Mapping, body: Body, covers: bool) -> str:
    """The digest of what the records of a mapping rest on beside its files: the mapping itself,
    code lists, body, contract.

    covers   with False, without the months that the mapping covers and the files it names
    """
    said: object = mapping.digest
    if not covers:
        left_out = {"digest", "covers", "provisional", "file"}
        said = mapping.model_dump(mode="json", exclude=left_out)
    rests_on = {
        "format": FORMAT,
        "engine": duckdb.__version__,
        "contract": mapping.contract.digest,
        "mapping": [mapping.name, said],
        "codes": [hashlib.sha256(held).hexdigest() for held in code_files(mapping, body)],
        "body": [
            body.file.zone,
            [area.code for area in body.areas],
            [force.key for force in body.file.forces],
        ],
    }
    return hashlib.sha256(compact(rests_on)).hexdigest()


def _digest(path: Path) -> str:
    try:
        with path.open("rb") as file:
            return hashlib.file_digest(file, "sha256").hexdigest()
    except OSError:
        return "unreadable"
