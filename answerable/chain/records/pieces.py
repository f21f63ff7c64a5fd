"""Each file of a mapping read by itself, so that a month that is added reads one file.

Files are read together only where they have to be: when their columns differ, when a
reference stands in two of them, or when one cannot be used.
"""

from collections import Counter
from collections.abc import Collection, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

from .contract import Contract
from .engine import Connection, path_literal
from .expressions import quoted
from .finding import Finding
from .layout import key_of
from .mapping import Mapping
from .reading import Source
from .volumes import file_jumps, span_of


@dataclass(frozen=True)
class Piece:
    """Records that were read at one go: those of one file, or of several read together.

    mark     names them: `staged/<mark>.parquet`
    months   those in which there are any
    """

    mark: str
    months: tuple[str, ...]


@dataclass(frozen=True)
class Read:
    """What one mapping gave, and where its records lie."""

    source: Source
    pieces: tuple[Piece, ...]


def piece_of(mark: str, source: Source) -> Piece:
    """The records of a source that was read at one go."""
    return Piece(mark, tuple(month for month, _ in source.months))


def outside(source: Source) -> int:
    """How many records lie outside the months that the mapping covers."""
    return sum(each.count for each in source.findings if each.name == "outside_covers")


def put_together(
    connection: Connection,
    mapping: Mapping,
    found: Sequence[tuple[str, Source]],
    staged: Sequence[Path],
    known: Collection[str],
) -> Read | None:
    """What a mapping gave whose files were read one by one; None where they must be read
    together.

    found    the mark and what was read, of each file
    staged   where the records of each lie
    known    marks of files that were put together before, so that they share no reference
    """
    sources = [source for _, source in found]
    shapes = {frozenset(map(key_of, source.files[0].columns)) for source in sources}
    if any(source.stopped for source in sources) or len(shapes) > 1:
        return None
    pairs = list(zip(found, staged, strict=True))
    new = [path for (mark, _), path in pairs if mark not in known]
    old = [path for (mark, _), path in pairs if mark in known]
    if _twice(connection, mapping.contract, new, old):
        return None
    files = [file for source in sources for file in source.files]
    jumps = file_jumps(
        [span for file, path in zip(files, staged, strict=True)
         for span in span_of(connection, file.name, path, mapping)],
        mapping,
    )  # fmt: skip
    months: Counter[str] = Counter()
    for source in sources:
        months.update(dict(source.months))
    whole = replace(
        sources[0],
        files=tuple(files),
        read=sum(source.read for source in sources),
        kept=sum(source.kept for source in sources),
        used=sum(source.used for source in sources),
        months=tuple(sorted(months.items())),
        findings=tuple(f for source in sources for f in source.findings) + tuple(jumps),
    )
    return Read(in_order(whole), tuple(piece_of(mark, source) for mark, source in found))


def in_order(source: Source) -> Source:
    """A source with its findings in the order of its files."""
    at = {file.name: number for number, file in enumerate(source.files)}
    found: list[Finding] = sorted(source.findings, key=lambda each: at.get(each.file, len(at)))
    return replace(source, findings=tuple(found))


def _twice(
    connection: Connection, contract: Contract, new: Sequence[Path], old: Sequence[Path]
) -> bool:
    """Whether a reference stands in two of the files. No two of `old` share one."""
    key = ", ".join(quoted(name) for name in ("force", *contract.key))
    read_new, read_old = (
        f"(SELECT {key} FROM read_parquet([{', '.join(map(path_literal, paths))}]))"
        for paths in (new, old)
    )
    queries = (
        [f"SELECT 1 FROM {read_new} GROUP BY {key} HAVING count(*) > 1 LIMIT 1"] if new else []
    )
    if new and old:
        queries.append(f"SELECT 1 FROM {read_old} SEMI JOIN {read_new} USING ({key}) LIMIT 1")
    return any(connection.execute(query).fetchone() for query in queries)
