"""Words for movements that only name something, or move nothing that is measured."""

from .marks import Marked

_NAMED_FOR = frozenset(
    "programme plan scheme project target targets strategy team fund agenda board group unit"
    " campaign recommendation recommendations".split()
)
"""After a noun for a movement: "the uplift programme", "a reduction target"."""
_PARTICLES = frozenset(("in", "off", "out", "up", "back", "through", "down"))
_ISSUES = frozenset(
    "concern concerns issue issues question questions matter matters point points awareness profile"
    " alarm fact possibility length topic subject query queries money funds".split()
)
_BE = frozenset(("is", "are", "was", "were", "be", "been", "being"))
_OBJECTS = 5
"""Words after `raise` among which its object stands."""


def names_something(marked: Marked, first: int, last: int) -> bool:
    """Whether a word for a movement is part of a name or of a turn of speech."""
    word, after = marked.word(first), marked.word(last)
    if after in _NAMED_FOR and marked.word(last + 1) != "of":
        return True
    if word.startswith("rais"):
        return bool(set(marked.words[last : last + _OBJECTS]) & _ISSUES)
    if _turned(marked, first, last):
        return True
    if word in ("improvement", "improvements") and marked.word(first - 1) in ("for", "of"):
        return True  # "areas for improvement"
    if set(marked.words[last : last + 4]) >= {"to", "the", "way"}:
        return True  # "improvements to the way officers take statements"
    if word in ("declined", "dropped") and marked.word(first - 1) in _BE:
        return True  # "referrals were declined": turned away
    if word in ("better", "more", "extra", "further") and _presupposed(marked, first):
        return True
    return _hyphened(marked, first)


def _turned(marked: Marked, first: int, last: int) -> bool:
    """ "falls short of", "good or better", "43% of the increase", "slipped to the new year"."""
    word, after = marked.word(first), marked.word(last)
    if after == "short" and word.startswith(("fall", "fell")):
        return True
    if marked.word(first - 1) == "or" and word in ("better", "more", "higher", "less", "lower"):
        return True
    if marked.words[max(0, first - 2) : first] == ("of", "the"):
        return any(q.last == first - 2 and "%" in q.unit for q in marked.quantities)
    counted = any(last <= q.first <= last + 2 for q in marked.quantities)
    return word.startswith("slip") and after in ("to", "into") and not counted


def _presupposed(marked: Marked, first: int) -> bool:
    """ "do better", "the extra money": no change is said to have come."""
    before = marked.word(first - 1)
    if marked.word(first) == "better":
        return before in ("do", "does", "doing", "did", "perform", "for")
    return marked.word(first) == "extra" and before in ("the", "this", "that", "these", "its")


def _hyphened(marked: Marked, first: int) -> bool:
    """ "drop-in", "cut-off", "fall-out"."""
    if first + 1 >= len(marked.tokens) or marked.word(first + 1) not in _PARTICLES:
        return False
    this, after = marked.tokens[first], marked.tokens[first + 1]
    return after.start == this.end + 1 and not marked.text[this.end].isspace()
