"""'Cannot tell', made in one place; and what is said of figures that may still change."""

from dataclasses import replace

from ..measures import Unit
from ..statistics import Moved
from . import doubt, sentences
from .doubt import Doubt
from .verdict import LABELS, Verdict, VerdictKind

K = VerdictKind
STATED = "stated value"
PROVISIONAL = "Provisional: some of these months may still change."

__all__ = ["PROVISIONAL", "STATED", "cannot_tell", "marked", "nothing_for", "unsettled"]


def cannot_tell(
    why: Doubt,
    unit: Unit | str,
    recorded: str,
    *,
    rule: str = "",
    notes: tuple[str, ...] = (),
    before: str = "",
    size: float | None = None,
    lower: float | None = None,
    upper: float | None = None,
    smallest_visible: float | None = None,
    may_say: str = "",
) -> Verdict:
    """The verdict 'cannot tell': the recorded fact, the reason, and what would settle it.

    before   a sentence that stands before the reason, such as the interval of a survey
    """
    said = sentences.together(before, sentences.cannot_be_told(why.reason))
    return Verdict(
        verdict=K.CANNOT_TELL,
        label=LABELS[K.CANNOT_TELL],
        recorded=recorded,
        ordinary=said,
        rule=rule or "none",
        sentence=sentences.together(recorded, said, *notes),
        size=size,
        lower=lower,
        upper=upper,
        smallest_visible=smallest_visible,
        may_say=may_say,
        to_settle=why.settle,
        notes=notes,
        unit=str(unit),
    )


def nothing_for(when: str) -> str:
    """The recorded fact where there is none to show."""
    return f"Recorded: nothing that can be shown for {when}."


def marked(verdict: Verdict) -> Verdict:
    """The verdict, marked provisional."""
    return replace(
        verdict,
        provisional=True,
        notes=(*verdict.notes, PROVISIONAL),
        sentence=sentences.together(verdict.sentence, PROVISIONAL),
    )


def unsettled(
    verdict: Verdict, lean: Moved | None, claimed: Moved | None, settles_days: int
) -> Verdict:
    """Marked provisional; 'cannot tell' only where immaturity favours what was said.

    lean   which way figures of this kind err while records are still to come; None where
           that is not known
    """
    helped = verdict.verdict in (K.SUPPORTED, K.MIX_ONLY, K.IN_PLACE) and lean is not None
    if not helped or claimed != lean or verdict.rule == STATED:
        return marked(verdict)
    why = doubt.immature(settles_days)
    said = sentences.cannot_be_told(why.reason)
    return replace(
        marked(verdict),
        verdict=K.CANNOT_TELL,
        label=LABELS[K.CANNOT_TELL],
        ordinary=said,
        sentence=sentences.together(verdict.recorded, said, *verdict.notes, PROVISIONAL),
        may_say="",
        to_settle=why.settle,
    )
