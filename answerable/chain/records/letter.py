"""The letter to the data owner: what arrived, what could not be used, what that blocks.

Two editions are made from one import. The owner's names files, columns and codes, so
that they can act. The public one tells small counts as "fewer than 5" and names no code.
"""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass

from ..body import Body, Period
from .catalogue import FINDINGS
from .contract import contracts
from .finding import Finding, Weight
from .importing import Import
from .mapping import load_mappings
from .reading import Source

Uses = Mapping[str, Mapping[str, Iterable[str]]]
"""For each measure, the columns that it uses of each table."""


@dataclass(frozen=True)
class Arrived:
    """What one mapping brought: `left_out` is what its `keep` left out, and why."""

    source: str
    table: str
    covers: str
    files: tuple[str, ...]
    read: str
    used: str
    left_out: str
    left_out_because: str


@dataclass(frozen=True)
class Unusable:
    """One defect, in plain words, with what to do about it."""

    name: str
    weight: str
    where: str
    column: str
    count: str
    words: str
    detail: str
    to_do: str


@dataclass(frozen=True)
class Blocked:
    """A measure that an extract blocks, or that defects touch, with the claims on it.

    kind  `blocked`: there is nothing to count; `touched`: some values could not be used
    """

    measure: str
    kind: str
    because: str
    claims: tuple[str, ...]


@dataclass(frozen=True)
class Letter:
    """The letter as an object; `text` writes it out."""

    body: str
    public: bool
    stopped: bool
    source: str
    arrived: tuple[Arrived, ...]
    unusable: tuple[Unusable, ...]
    blocked: tuple[Blocked, ...]


def write_letter(
    body: Body,
    imported: Import,
    uses: Uses,
    claims: Mapping[str, Iterable[str]],
    public: bool = False,
) -> Letter:
    """The letter on one import.

    uses    measure → table → columns
    claims  claim → the measures that it rests on
    public  counts under the body's threshold are not told, nor are codes and columns' names
    """
    least = body.file.appetite.count_under if public else 0
    mappings = {mapping.name: mapping for mapping in load_mappings(body)}
    arrived = [
        _arrived(source, mappings[source.name].covers, mappings[source.name].left_out_because, least)
        for source in imported.sources
        if source.name in mappings
    ]
    return Letter(
        body=body.file.name,
        public=public,
        stopped=imported.stopped,
        source=imported.snapshot.digest if imported.snapshot else "",
        arrived=tuple(arrived),
        unusable=tuple(_unusable(found, least) for found in _by_weight(imported.findings)),
        blocked=tuple(_blocked(imported, uses, claims)),
    )


def _arrived(source: Source, covers: str, because: str, least: int) -> Arrived:
    left_out = source.read - source.kept if source.kept else 0
    return Arrived(
        source=source.name,
        table=source.table,
        covers=Period.parse(covers).plain(),
        files=() if least else tuple(file.name for file in source.files),
        read=told(source.read, least),
        used=told(source.used, least),
        left_out=told(left_out, least),
        left_out_because=because,
    )


def told(count: int, least: int) -> str:
    """A count in words that give nothing away: 'fewer than 5' for 1 to 4."""
    return f"fewer than {least}" if 0 < count < least else f"{count:,}"


def _by_weight(findings: Sequence[Finding]) -> list[Finding]:
    order = list(Weight)
    return sorted(findings, key=lambda found: order.index(found.weight))


def _unusable(found: Finding, least: int) -> Unusable:
    defect = FINDINGS[found.name]
    return Unusable(
        name=found.name,
        weight=found.weight.value,
        where=found.table if least else found.file,
        column=found.column if found.column in contracts()[found.table].columns or not least else "",
        count=told(found.count, least),
        words=defect.words,
        detail="" if least else found.detail,
        to_do=defect.to_do,
    )


def _blocked(
    imported: Import, uses: Uses, claims: Mapping[str, Iterable[str]]
) -> Iterator[Blocked]:
    """Measures without what they count first, then those that defects touch."""
    on: dict[str, list[str]] = {}
    for claim, measures in claims.items():
        for measure in measures:
            on.setdefault(measure, []).append(claim)
    touched: list[Blocked] = []
    for measure, tables in uses.items():
        claimed = tuple(dict.fromkeys(on.get(measure, ())))
        if why := _nothing_to_count(imported, tables):
            yield Blocked(measure, "blocked", why, claimed)
        elif why := _touched(imported, tables):
            touched.append(Blocked(measure, "touched", why, claimed))
    yield from touched


def _nothing_to_count(imported: Import, tables: Mapping[str, Iterable[str]]) -> str:
    for table, columns in tables.items():
        sources = [source for source in imported.sources if source.table == table]
        if not sources:
            return f"no extract of {table} arrived"
        if all(source.stopped for source in sources):
            return f"the extract of {table} could not be used"
        empty = [name for name in columns if not any(name in s.filled for s in sources)]
        if empty:
            return f"no extract of {table} has {', '.join(sorted(empty))}"
    return ""


def _touched(imported: Import, tables: Mapping[str, Iterable[str]]) -> str:
    used = {(table, column) for table, columns in tables.items() for column in columns}
    found = dict.fromkeys(
        f"{each.table}.{each.column}"
        for each in imported.findings
        if each.weight != Weight.NOTES and (each.table, _source_of(each.column)) in used
    )
    return ", ".join(found)


def _source_of(column: str) -> str:
    return column


def as_text(letter: Letter) -> str:
    """The letter as Markdown, which reads as plain text too."""
    return "\n".join(_lines(letter)) + "\n"


def _lines(letter: Letter) -> Iterator[str]:
    yield f"# Records received by {letter.body}"
    yield ""
    if letter.stopped:
        yield "**The records were not taken in.** What was taken in before still stands."
        yield ""
    yield "## What arrived"
    yield ""
    for each in letter.arrived:
        files = f" ({', '.join(each.files)})" if each.files else ""
        yield f"- **{each.source}**{files}: {each.table}, {each.covers}."
        said = f"  {each.read} records in it, {each.used} used"
        if each.left_out != "0":
            said += f", {each.left_out} left out: {each.left_out_because}"
        yield said + "."
    yield ""
    yield "## What could not be used, or needs a word"
    yield ""
    if not letter.unusable:
        yield "Nothing was found."
    for found in letter.unusable:
        where = f"{found.where}, {found.column}" if found.column else found.where
        yield f"- **{where}** ({found.weight}): {found.words} Found: {found.count}."
        if found.detail:
            yield f"  {found.detail}."
        yield f"  {found.to_do}"
    yield ""
    yield "## What this blocks"
    yield ""
    if not letter.blocked:
        yield "No measure is blocked or touched."
    for block in letter.blocked:
        on = f" Claims: {', '.join(block.claims)}." if block.claims else ""
        word = "cannot be counted" if block.kind == "blocked" else "is touched by defects in"
        sep = ": " if block.kind == "blocked" else " "
        yield f"- **{block.measure}** {word}{sep}{block.because}.{on}"
