"""The letter to the data owner: what arrived, what could not be used, what that blocks.

Two editions are made from one import. The owner's names files, columns and codes, so
that they can act. The public one tells small counts as "fewer than 5" and names no code.
"""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace

from ..body import Appetite, Body, Period
from .catalogue import FINDINGS
from .contract import contracts
from .finding import Finding, Weight
from .importing import Import
from .mappings import load_mappings
from .reading import Source

Uses = Mapping[str, Mapping[str, Iterable[str]]]
"""For each measure, the columns that it uses of each table."""


@dataclass(frozen=True)
class Arrived:
    """What one mapping brought. A number that is None is withheld, because it is small.

    read      records in the files; not told in the public edition, from which the small
              numbers could be reckoned
    left_out  what `keep` left out, with the reason
    """

    source: str
    table: str
    covers: str
    files: tuple[str, ...]
    read: int | None
    used: int | None
    left_out: int | None
    left_out_because: str


@dataclass(frozen=True)
class Unusable:
    """One defect, in plain words, with what to do about it. A count of None is withheld."""

    name: str
    weight: str
    where: str
    column: str
    count: int | None
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
    """The letter as an object; `as_text` writes it out.

    least    numbers from 1 to one less are withheld; 0 in the owner's edition
    stopped  whether the records were not taken in, and the last good snapshot stands
    source   digest of the snapshot that stands
    """

    body: str
    least: int
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
    public  counts under the body's threshold are not told, nor are codes and columns' names;
            the others are rounded where the body rounds its figures
    """
    least = body.file.appetite.count_under if public else 0
    mappings = {mapping.name: mapping for mapping in load_mappings(body)}
    arrived = [
        _arrived(
            source, mappings[source.name].covers, mappings[source.name].left_out_because, least
        )
        for source in imported.sources
        if source.name in mappings
    ]
    letter = Letter(
        body=body.file.name,
        least=least,
        stopped=imported.stopped,
        source=imported.snapshot.digest if imported.snapshot else "",
        arrived=tuple(arrived),
        unusable=tuple(_unusable(found, least) for found in _by_weight(imported.findings)),
        blocked=tuple(_blocked(imported, uses, claims)),
    )
    return _rounded(letter, body.file.appetite) if public else letter


def _rounded(letter: Letter, appetite: Appetite) -> Letter:
    """The letter with its counts as the body's figures are shown: an exact number of records
    would undo the rounding of what is counted from them."""

    def shown(count: int | None) -> int | None:
        return None if count is None else appetite.rounded(count)

    return replace(
        letter,
        arrived=tuple(
            replace(each, used=shown(each.used), left_out=shown(each.left_out))
            for each in letter.arrived
        ),
        unusable=tuple(replace(each, count=shown(each.count)) for each in letter.unusable),
    )


def _arrived(source: Source, covers: str, because: str, least: int) -> Arrived:
    left_out = source.read - source.kept if source.kept else 0
    return Arrived(
        source=source.name,
        table=source.table,
        covers=Period.parse(covers).plain(),
        files=() if least else tuple(file.name for file in source.files),
        read=None if least else source.read,
        used=_safe(source.used, least),
        left_out=_safe(left_out, least),
        left_out_because=because,
    )


def _safe(count: int, least: int) -> int | None:
    return None if 0 < count < least else count


def _told(count: int | None, least: int) -> str:
    return f"fewer than {least}" if count is None else f"{count:,}"


def _by_weight(findings: Sequence[Finding]) -> list[Finding]:
    order = list(Weight)
    return sorted(findings, key=lambda found: order.index(found.weight))


def _unusable(found: Finding, least: int) -> Unusable:
    defect = FINDINGS[found.name]
    return Unusable(
        name=found.name,
        weight=found.weight.value,
        where=found.table if least else found.file,
        column=found.column
        if found.column in contracts()[found.table].columns or not least
        else "",
        count=_safe(found.count, least),
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
    used = {
        (table, contracts()[table].field(column).civil_date_of or column)
        for table, columns in tables.items()
        for column in columns
    }
    found = dict.fromkeys(
        f"{each.table}.{each.column}"
        for each in imported.findings
        if each.weight != Weight.NOTES and (each.table, each.column) in used
    )
    return ", ".join(found)


def as_text(letter: Letter) -> str:
    """The letter as Markdown, which reads as plain text too."""
    return "\n".join(_lines(letter)) + "\n"


def _lines(letter: Letter) -> Iterator[str]:
    yield f"# Records received by {letter.body}"
    if letter.stopped:
        yield "\n**The records were not taken in.** What was taken in before still stands."
    yield "\n## What arrived\n"
    yield from (_arrival(each, letter.least) for each in letter.arrived)
    yield "\n## What could not be used, or needs a word\n"
    yield from (_defect(found, letter.least) for found in letter.unusable)
    if not letter.unusable:
        yield "Nothing was found."
    yield "\n## What this blocks\n"
    yield from (_block(block) for block in letter.blocked)
    if not letter.blocked:
        yield "No measure is blocked or touched."


def _arrival(each: Arrived, least: int) -> str:
    files = f" ({', '.join(each.files)})" if each.files else ""
    said = [f"{_told(each.used, least)} records used"]
    if each.read is not None:
        said.insert(0, f"{_told(each.read, least)} records in it")
    if each.left_out != 0:
        said.append(f"{_told(each.left_out, least)} left out: {each.left_out_because}")
    return f"- **{each.source}**{files}: {each.table}, {each.covers}. {', '.join(said)}."


def _defect(found: Unusable, least: int) -> str:
    where = f"{found.where}, {found.column}" if found.column else found.where
    said = [f"- **{where}** ({found.weight}): {found.words} Found: {_told(found.count, least)}."]
    if found.detail:
        said.append(f"{found.detail[0].upper()}{found.detail[1:]}.")
    return "\n  ".join([*said, found.to_do])


def _block(block: Blocked) -> str:
    on = f" Claims: {', '.join(block.claims)}." if block.claims else ""
    if block.kind == "blocked":
        return f"- **{block.measure}** cannot be counted: {block.because}.{on}"
    return f"- **{block.measure}** is touched by defects in {block.because}.{on}"
