"""What may not be said of a figure, and why not."""

from dataclasses import dataclass

from ..body import Body
from ..claims import Verdict, VerdictKind
from ..claims.direction import Better
from ..claims.sentences import cannot_be_told
from ..measures import Unit

K = VerdictKind
_OPENING = cannot_be_told("").rstrip(".")
"""How a verdict opens the reason why it cannot be told."""


@dataclass(frozen=True)
class Never:
    """Words that the figures do not bear.

    words   'that it got better'
    why     the reason, in a sentence
    always  whether it holds of any figure of its kind, whatever the figure is
    """

    words: str
    why: str
    always: bool = False


def never(
    better: Better,
    unit: Unit,
    year: Verdict,
    same: Verdict,
    before: Verdict,
    body: Body,
) -> tuple[Never, ...]:
    """What may not be said, by where the readings stand.

    year    the verdict on the change over twelve months
    same    that on 'it did not change'
    before  that on the last quarter against the quarter before it
    """
    found = [
        *_change(better, year),
        *_no_change(year, same),
        Never("that it moved since the month or the quarter before", reason(before)),
        Never(
            "that it moved because of anything that was done",
            "The figures show whether something changed, never why. An effect at a date needs"
            f" {_AT_A_DATE}, and even then it is 'changed at', not 'because'.",
            always=True,
        ),
    ]
    if better == "neither":
        found.append(
            Never(
                "that more of it is good, or bad",
                "Neither more nor less is better in itself: more reports can mean more harm, or"
                " more trust.",
            )
        )
    if unit == Unit.SHARE:
        found.append(
            Never(
                "of a share, a change in per cent",
                "The figure is a share, so its change is in percentage points: from 50% to 55% is"
                " 5 percentage points.",
                always=True,
            )
        )
    if body.areas:
        found.append(
            Never(
                "that one area does better than another",
                "A league table, or limits at 95%, calls areas different that are not. Only an"
                " area beyond the 99.8% limits, held against the rest, stands apart.",
                always=True,
            )
        )
    return tuple(found)


_AT_A_DATE = "24 months before it and 12 after"


def _change(better: Better, year: Verdict) -> list[Never]:
    words = "rose or fell" if better == "neither" else "got better or worse"
    if year.verdict == K.NOT_SHOWN:
        return [Never(f"that it {words}", year.ordinary)]
    if year.verdict == K.MIX_ONLY:
        return [Never(f"that it {words} for like cases", year.ordinary)]
    if year.verdict == K.CANNOT_TELL:
        return [Never(f"that it {words}", reason(year))]
    return []


def _no_change(year: Verdict, same: Verdict) -> list[Never]:
    if year.verdict != K.NOT_SHOWN or same.verdict == K.SUPPORTED:
        return []
    why = reason(same) if same.verdict == K.CANNOT_TELL else same.ordinary
    return [Never("that it stayed the same, or is stable", why)]


def reason(verdict: Verdict) -> str:
    """Why something cannot be told, as a sentence of its own."""
    return _sentence(verdict.ordinary.removeprefix(_OPENING))


def _sentence(text: str) -> str:
    return f"{text[:1].upper()}{text[1:].rstrip('.')}."
