"""Words that set something beside another, beside a standard, or in its place in a table."""

from .assertion import Direction
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


_FOLDS = {"twice": "above", "double": "above", "thrice": "above", "half": "below"}
_OF_OTHERS = frozenset("of in for among".split())
_FAR = 12
"""Words from the first 'as' within which the second stands."""


def times_as(marked: Marked, first: int, last: int) -> tuple[int, Direction] | None:
    """Where a piece says "twice as likely as", "half that of", "three times as many as": at which
    token, and on which side. What is so many times an earlier time moved, and is not meant."""
    for index in range(first, last):
        side = _FOLDS.get(marked.word(index)) or ("above" if _so_many(marked, index) else None)
        if side is None:
            continue
        after = _second(marked, index + 1, last)
        timed = any(index < begins <= (after or 0) + 4 for begins, _, _ in marked.whens)
        if after is not None and not timed:
            return index, "below" if side == "below" else "above"
    return None


def _so_many(marked: Marked, index: int) -> bool:
    counted = any(q.last in (index, index + 1) for q in marked.quantities)
    return marked.word(index) == "times" and counted


def _second(marked: Marked, index: int, last: int) -> int | None:
    """Where that stands beside which it is so many times as much."""
    if marked.word(index) in ("that", "those") and marked.word(index + 1) in _OF_OTHERS:
        return index
    if marked.word(index) != "as":
        return None
    return next(
        (i for i in range(index + 2, min(last, index + _FAR)) if marked.word(i) == "as"), None
    )


_HAVING = frozenset("had has have recorded records saw sees reported reports".split())
_AREAS = frozenset(
    "division divisions district districts borough boroughs area areas command county region city"
    " town north south east west force".split()
)


def extreme_of_a_place(marked: Marked, first: int, last: int) -> Match[Word] | None:
    """ "the eastern division had the lowest charge rate": a place's rank among the others."""
    if marked.has("over_time", first, last):
        return None
    for each in marked.within(marked.find("extreme"), first, last):
        before = marked.words[first : each.first]
        placed = set(before) & _AREAS or any(
            first <= place.first < each.first for place in marked.places
        )
        if placed and set(before) & _HAVING and marked.word(each.first - 1) == "the":
            return each
    return None


def no_other(marked: Marked, first: int, last: int) -> bool:
    """ "no other force took longer", "only two forces answered more slowly"."""
    for index in range(first, last):
        following = marked.words[index + 1 : index + 3]
        if marked.word(index) == "no" and following[:1] == ("other",):
            return True
        if marked.word(index) == "only" and following[1:] in (("forces",), ("areas",), ("others",)):
            return True
    return False
