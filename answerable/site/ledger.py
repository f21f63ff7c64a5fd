"""The ledger of claims: what was said, beside what the record shows, and how many."""

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from django.utils.safestring import SafeString

from ..chain.claims import VerdictKind
from ..chain.claims.claim import COMPARES
from .markup import verdict
from .words import NOT_A_FIGURE, NOT_TESTABLE, Mark, day_words, mark_of, mark_of_wording

BY_CHANCE = 0.025
"""Each reading of change is falsely 'supported' at most so often: the bar to which the rule
is calibrated (docs/explanation on verdicts)."""


@dataclass(frozen=True)
class Entry:
    """A claim on one line of the ledger."""

    key: str
    words: str
    who: str
    said_on: str
    marks: tuple[SafeString, ...]
    recorded: tuple[str, ...]


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
    readings  how many readings were tested, over all claims
    counts    verdicts of those readings, then of the claims without one; none is left out
    changes   how many readings are of a change
    by_chance at most so many of them would be 'supported' if nothing had changed
    """

    claims: int
    tested: int
    readings: int
    counts: tuple[Count, ...]
    changes: int
    by_chance: str


def marks_of(checked: Any) -> list[Mark]:
    """The verdicts of a claim: of each reading, else of its words."""
    if checked.readings:
        return [mark_of(r.verdict.verdict, r.verdict.label) for r in checked.readings]
    return [mark_of_wording(checked.claim.as_worded) or NOT_TESTABLE]


def entry(checked: Any) -> Entry:
    claim = checked.claim
    return Entry(
        claim.key,
        claim.words,
        claim.attributed_to or claim.published_by,
        day_words(claim.said_on),
        tuple(verdict(mark) for mark in dict.fromkeys(marks_of(checked))),
        tuple(dict.fromkeys(r.verdict.recorded for r in checked.readings)),
    )


def entries(claims: Iterable[Any]) -> list[Entry]:
    """The ledger, in the order of the register."""
    return [entry(checked) for checked in claims]


def tally(claims: Iterable[Any]) -> Tally:
    """Count verdicts by kind, without hiding any."""
    claims = list(claims)
    readings = [reading for checked in claims for reading in checked.readings]
    changes = sum(reading.reading.says in COMPARES for reading in readings)
    numbers = Counter(mark_of(reading.verdict.verdict) for reading in readings)
    counts = [
        Count(verdict(mark), mark.means, numbers[mark])
        for mark in dict.fromkeys(map(mark_of, VerdictKind))
        if numbers[mark]
    ]
    for mark in (NOT_TESTABLE, NOT_A_FIGURE):
        bare = [c for c in claims if not c.readings and marks_of(c)[0] == mark]
        if bare:
            counts.append(Count(verdict(mark), mark.means, len(bare)))
    return Tally(
        len(claims),
        sum(bool(checked.readings) for checked in claims),
        len(readings),
        tuple(counts),
        changes,
        f"{changes * BY_CHANCE:.1f}",
    )
