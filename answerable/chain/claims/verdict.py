"""A verdict: what the record says of one reading, and nothing more."""

from dataclasses import dataclass
from enum import StrEnum


class VerdictKind(StrEnum):
    """The verdicts of a reading."""

    SUPPORTED = "supported"
    MIX_ONLY = "supported only by a change in mix"
    NOT_SHOWN = "not shown"
    CONTRADICTED = "contradicted"
    IN_PLACE = "in place"
    NOT_IN_PLACE = "not in place"
    CANNOT_TELL = "cannot tell"


LABELS = {
    VerdictKind.SUPPORTED: "the record shows this",
    VerdictKind.MIX_ONLY: "only the mix changed",
    VerdictKind.NOT_SHOWN: "within ordinary variation",  # refined with the direction: see sentence
    VerdictKind.CONTRADICTED: "the record shows the opposite",
    VerdictKind.IN_PLACE: "the record shows this",
    VerdictKind.NOT_IN_PLACE: "the record does not show this in place",
    VerdictKind.CANNOT_TELL: "cannot tell",
}
"""Public labels in plain words; a claim as worded may also be 'cannot be tested as worded'."""

ASSURING = frozenset({VerdictKind.SUPPORTED, VerdictKind.IN_PLACE})


@dataclass(frozen=True)
class Verdict:
    """What one reading of a claim comes to.

    verdict     one of the seven
    label       the same in public words
    recorded    the fact, first: 'Recorded: a median of 38 minutes, down from 44'
    ordinary    whether that is beyond ordinary variation, in a sentence
    smallest_visible  the smallest change these data could have shown (80% power), in the
                unit of the value; None where there is none
    size, lower, upper  the change (or the value, for a target) with its 95% interval
    rule        the name of the rule in the manual, e.g. 'paired months'
    may_say     the strongest true sentence; empty when there is none
    to_settle   what would decide it; empty when decided
    notes       what else must be read with it: mix, missing times, provisional, chart
    grade       what it rests on
    provisional whether any month of the period may still change
    source      digest of the snapshot or of the file
    sentence    recorded, ordinary and notes as one paragraph: what a page shows
    unit        as in `chain.measures.Unit`
    """

    verdict: VerdictKind
    label: str
    recorded: str
    ordinary: str
    rule: str
    sentence: str
    size: float | None = None
    lower: float | None = None
    upper: float | None = None
    smallest_visible: float | None = None
    may_say: str = ""
    to_settle: str = ""
    notes: tuple[str, ...] = ()
    grade: str = ""
    provisional: bool = False
    source: str = ""
    unit: str = ""
    name: str = ""
