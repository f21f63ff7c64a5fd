"""What was left out and why: what arrived, what could not be used, what is withheld."""

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence

from ...chain.measures import Status
from ...chain.measures.recipe import tables_of
from ..markup import table
from ..page import Page
from ..public import Public
from ..release import PublicFinding
from ..shelf import period_of


def pages(public: Public) -> Iterator[Page]:
    letter = public.release.letter
    by_table: dict[str, list[PublicFinding]] = {}
    for finding in letter.findings:
        by_table.setdefault(finding.table, []).append(finding)
    titles = {arrived.table: arrived.title for arrived in letter.arrived}
    yield Page(
        "left-out/index.html",
        "left_out.html",
        "What was left out and why",
        {
            "arrived": _arrived(public),
            "tables": [
                (
                    name,
                    titles.get(name, name.replace("_", " ").capitalize()),
                    _findings(name, by_table.get(name, [])),
                    name in titles,
                )
                for name in _every_table(public, by_table)
            ],
            "blocks": [
                (public.definitions[key], why)
                for key, why in letter.blocks
                if key in public.definitions
            ],
            "withheld": _withheld(public),
            "appetite": public.release.body.appetite,
            "below": public.release.body.appetite.count_under - 1,
        },
    )


def _every_table(public: Public, found: Mapping[str, object]) -> Iterator[str]:
    """Tables that arrived, had findings, or that a definition counts from."""
    arrived = [each.table for each in public.release.letter.arrived]
    counted = [name for d in public.release.definitions for name in tables_of(d)]
    yield from dict.fromkeys((*arrived, *found, *counted))


def _arrived(public: Public) -> str:
    rows = [
        (
            arrived.title,
            period_of(arrived.first).plain(),
            period_of(arrived.last).plain(),
            f"{arrived.rows:,}",
        )
        for arrived in public.release.letter.arrived
    ]
    return table("What arrived", ("Records", "From", "To", "Number"), rows)


def _findings(name: str, findings: Sequence[PublicFinding]) -> str:
    if not findings:
        return ""
    rows = [
        (
            f.words,
            f.column.replace("_", " ") or "the whole",
            "fewer than 5" if f.count is None else f"{f.count:,}",
            f.weight,
        )
        for f in findings
    ]
    caption = f"What was found in: {name.replace('_', ' ')}"
    return table(
        caption, ("Finding", "Column", "How many", "What it means"), rows, words=frozenset({1, 3})
    )


def _withheld(public: Public) -> str:
    rows = []
    for definition in public.measures:
        statuses = Counter(result.status for result in public.shelf.of(definition.key))
        rows.append(
            (
                definition.title,
                *(
                    f"{statuses[s]:,}"
                    for s in (
                        Status.SUPPRESSED,
                        Status.MISSING,
                        Status.PROVISIONAL,
                        Status.NOT_COMPARABLE,
                    )
                ),
                f"{statuses.total():,}",
            )
        )
    columns = (
        "Measure",
        "Withheld",
        "Not supplied",
        "May still change",
        "Not comparable",
        "All figures",
    )
    return table("Figures by status, for each measure", columns, rows)
