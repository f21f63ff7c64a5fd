"""Words that set something beside another, beside a standard, or in its place in a table."""

from .marks import Marked
from .matching import Match
from .vocabulary import Word

COMPARING = frozenset(("compared", "versus", "against", "v", "vs", "than"))


def opens_a_comparison(marked: Marked, begins: int) -> bool:
    """Whether a piece begins by setting another figure beside the one before."""
    return marked.word(begins) in COMPARING and marked.word(begins) != "than"


def nth(marked: Marked, first: int, last: int) -> bool:
    """A place in a table: "3rd", "31st", "fifteenth"."""
    for index in range(first, last):
        word = marked.word(index)
        if word in _ORDINALS and marked.word(index + 1) in _AFTER_A_PLACE:
            return True
        glued = index + 1 < last and marked.tokens[index + 1].start == marked.tokens[index].end
        if marked.tokens[index].kind == "number" and glued:
            after = (marked.word(index + 1), marked.word(index + 2))
            if after[0] in ("st", "nd", "rd", "th") and after[1] in _AFTER_A_PLACE:
                return True
    return False


_ORDINALS = frozenset(
    "first second third fourth fifth sixth seventh eighth ninth tenth eleventh twelfth thirteenth"
    " fourteenth fifteenth sixteenth seventeenth eighteenth nineteenth twentieth".split()
)
_AFTER_A_PLACE = frozenset("nationally out of in highest lowest best worst among overall".split())

_REACH = 8
"""Words after a verb of aligning among which its standard stands."""


def aligns(marked: Marked, first: int, last: int) -> bool:
    """Whether a piece holds a verb of aligning with its standard."""
    found = marked.within(marked.find("align"), first, last)
    return any(standard_of(marked, each) is not None for each in found)


def standard_of(marked: Marked, aligned: Match[Word]) -> Match[Word] | None:
    ends = aligned.last + _REACH
    near = (s for s in marked.find("standard") if aligned.last <= s.first <= ends)
    return next(near, None)
