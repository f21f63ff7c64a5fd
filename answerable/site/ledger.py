"""The ledger of claims: what was said, beside what the record shows, and how many."""

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass

from django.utils.safestring import SafeString

from ..chain.body import WHOLE
from ..chain.claims import CheckedClaim, Reading, VerdictKind, Wording, supported_by_chance
from ..chain.claims.check import FALSE_ALARM
from .markup import verdict
from .public import Public
from .words import (
    NOT_A_FIGURE,
    NOT_TESTABLE,
    NOT_TESTED,
    Mark,
    day_words,
    mark_of,
    split_words,
)

WORDED = {
    Wording.NOT_TESTABLE: NOT_TESTABLE,
    Wording.NOT_A_FIGURE: NOT_A_FIGURE,
    Wording.TESTABLE: NOT_TESTED,
}
"""How a claim without a reading is shown."""


@dataclass(frozen=True)
class Line:
    """A verdict and the recorded fact that it rests on; no fact where there is no reading.

    of   the measure, and the part or the place of it, that the fact is of
    """

    mark: SafeString
    of: str
    recorded: str


@dataclass(frozen=True)
class Entry:
    """A claim in the ledger, with a line for each reading."""

    key: str
    words: str
    who: str
    said_on: str
    lines: tuple[Line, ...]
    tested: bool


@dataclass(frozen=True)
class Count:
    """How many of one verdict."""

    mark: SafeString
    means: str
    number: int


@dataclass(frozen=True)
class Tally:
    """The ledger in numbers.

    claims    how many claims there are
    tested    how many of them have a reading
    readings  how many readings there are, over all claims
    counts    verdicts of those readings
    others    how many claims have none
    untested  the same by what their words are; nothing is left out
    changes   how many readings are of a change
    by_chance at most so many of them would be 'supported' if nothing had changed
    """

    claims: int
    tested: int
    readings: int
    counts: tuple[Count, ...]
    others: int
    untested: tuple[Count, ...]
    changes: int
    by_chance: str


def marks_of(checked: CheckedClaim) -> list[Mark]:
    """The verdicts of a claim: of each reading, else of its words. Each once."""
    if checked.readings:
        marks = [mark_of(each.verdict.verdict, each.verdict.label) for each in checked.readings]
        return list(dict.fromkeys(marks))
    return [WORDED[checked.claim.as_worded]]


def entry(checked: CheckedClaim, public: Public) -> Entry:
    """A claim as the ledger shows it."""
    claim = checked.claim
    lines = [
        Line(
            verdict(mark_of(each.verdict.verdict, each.verdict.label)),
            _measured(each.reading, public),
            each.verdict.recorded.removeprefix("Recorded: "),
        )
        for each in checked.readings
    ]
    return Entry(
        claim.key,
        claim.words,
        claim.attributed_to or claim.published_by,
        day_words(claim.said_on),
        tuple(dict.fromkeys(lines)) or (Line(verdict(WORDED[claim.as_worded]), "", ""),),
        bool(checked.readings),
    )


def _measured(reading: Reading, public: Public) -> str:
    """What a reading is measured by, in few words; empty where no measure says it."""
    definition = public.definitions.get(reading.measure)
    if definition is None:
        return ""
    part = split_words(reading.split, definition, public.release.codes) if reading.split else ""
    place = public.area_name(reading.area) if reading.area != WHOLE else ""
    return ": ".join(filter(None, (definition.title, part, place)))


def entries(public: Public) -> list[Entry]:
    """The ledger, in the order of the register."""
    return [entry(checked, public) for checked in public.claims]


def tally(claims: Iterable[CheckedClaim]) -> Tally:
    """Count verdicts by kind, without hiding any."""
    claims = list(claims)
    read = [each.verdict.verdict for checked in claims for each in checked.readings]
    bare = [WORDED[checked.claim.as_worded] for checked in claims if not checked.readings]
    chance = supported_by_chance(claims)
    return Tally(
        claims=len(claims),
        tested=len(claims) - len(bare),
        readings=len(read),
        counts=_counts((mark_of(kind) for kind in read), map(mark_of, VerdictKind)),
        others=len(bare),
        untested=_counts(bare, WORDED.values()),
        changes=round(chance / FALSE_ALARM),
        by_chance=f"{chance:.1f}" if chance >= 0.1 else f"{chance:.2g}",
    )


def _counts(marks: Iterable[Mark], order: Iterable[Mark]) -> tuple[Count, ...]:
    numbers = Counter(marks)
    return tuple(
        Count(verdict(mark), mark.means, numbers[mark])
        for mark in dict.fromkeys(order)
        if numbers[mark]
    )
