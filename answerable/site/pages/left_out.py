"""What was left out and why: what arrived, what could not be used, what is withheld."""

from collections import Counter
from collections.abc import Iterator

from django.utils.safestring import SafeString

from ...chain.measures import Grade, Status
from ...chain.measures.recipe import tables_of
from ...chain.records import contracts
from ..markup import folding_table, table
from ..page import Page
from ..public import Public

GIVEN = (Grade.MONTHS, Grade.TWO)
WEIGHT = {
    "stops": "could not be used at all",
    "rejects": "could not be used",
    "notes": "used, and worth knowing",
}


def pages(public: Public) -> Iterator[Page]:
    letter, appetite = public.release.letter, public.release.body.appetite
    yield Page(
        "left-out/index.html",
        "left_out.html",
        "What was left out and why",
        {
            "given": _given(public),
            "papers": [paper for source in public.release.sources for paper in source.papers],
            "differing": public.release.differing,
            "stopped": letter.stopped,
            "arrived": _arrived(public),
            "tables": [
                (name, title_of(name), _unusable(public, name), name in _came(public))
                for name in _every_table(public)
            ],
            "blocked": _blocked(public, "blocked"),
            "touched": _blocked(public, "touched"),
            "withheld": _withheld(public),
            "appetite": appetite,
            "below": appetite.count_under - 1,
        },
    )


def _given(public: Public) -> SafeString | str:
    """The measures that rest on figures as given."""
    rows = []
    for definition in public.measures:
        found = [r for r in public.shelf.of(definition.key) if r.grade in GIVEN]
        if found:
            least = max((r.grade for r in found), key=list(Grade).index)
            rows.append((definition.title, f"{len(found):,}", str(least)))
    if not rows:
        return ""
    columns = ("Measure", "Figures", "Grade of evidence, at least")
    return folding_table("Figures as given", columns, rows)


def title_of(name: str) -> str:
    """The title of a table of records."""
    return contracts()[name].title


def _came(public: Public) -> set[str]:
    return {each.table for each in public.release.letter.arrived}


def _every_table(public: Public) -> Iterator[str]:
    """Tables that arrived, had findings, or that a definition counts from."""
    letter = public.release.letter
    yield from dict.fromkeys(
        (
            *(each.table for each in letter.arrived),
            *(each.where for each in letter.unusable),
            *(name for d in public.release.definitions for name in tables_of(d)),
        )
    )


def _arrived(public: Public) -> SafeString:
    least = public.release.letter.least
    rows = [
        (
            title_of(each.table),
            each.covers,
            _number(each.used, least),
            _number(each.left_out, least),
            each.left_out_because if each.left_out != 0 else "",
        )
        for each in public.release.letter.arrived
    ]
    columns = ("Records", "Months covered", "Used", "Left out", "Why left out")
    return folding_table("What arrived", columns, rows)


def _number(count: int | None, least: int) -> str:
    return f"fewer than {least}" if count is None else f"{count:,}"


def _unusable(public: Public, name: str) -> SafeString | str:
    letter = public.release.letter
    rows = [
        (
            each.words,
            each.column.replace("_", " "),
            _number(each.count, letter.least),
            WEIGHT[each.weight],
            each.to_do,
        )
        for each in letter.unusable
        if each.where == name
    ]
    if not rows:
        return ""
    columns = ("Finding", "Column", "How many", "What became of it", "What we asked for")
    caption = f"What was found in: {title_of(name).lower()}"
    return folding_table(caption, columns, rows)


def _blocked(public: Public, kind: str) -> list[tuple[str, str, str]]:
    """Measures with the reason, for those that this release defines."""
    return [
        (
            block.measure,
            public.definitions[block.measure].title,
            block.because.replace("_", " ").replace(".", ": "),
        )
        for block in public.release.letter.blocked
        if block.kind == kind and block.measure in public.definitions
    ]


def _withheld(public: Public) -> SafeString:
    told = (Status.SUPPRESSED, Status.MISSING, Status.PROVISIONAL, Status.NOT_COMPARABLE)
    rows = []
    for definition in public.measures:
        statuses = Counter(result.status for result in public.shelf.of(definition.key))
        rows.append(
            (definition.title, *(f"{statuses[s]:,}" for s in told), f"{statuses.total():,}")
        )
    columns = ("Measure", "Withheld", "Not supplied", "May still change", "Not comparable", "All")
    return table("Figures by status, for each measure", columns, rows)
