"""Levels and counts: a rate, a time, a score at one time; a number of things."""

from .assertion import Direction, Kind
from .found import Before, Found, found, head, in_group, so, spoken_of
from .groups import Group
from .marks import Marked
from .matching import Match
from .numbers import Quantity
from .vocabulary import Word

_RATES = frozenset(
    ("%", "percentage points", "points", "minutes", "seconds", "hours", "days", "weeks", "months")
)
_NOT_COUNTED = frozenset(("years", "times"))
_SHARED_OUT = frozenset(("recorded_volume", "staffing", "call_answering", "services"))
"""Families that are what a share is of, where another is named: "38% of crimes led to arrest"."""


def amount(group: Group, before: Before) -> Found | None:
    """The figure that a group states, with what it is a figure of."""
    unused = _underused(group)
    if unused:
        return unused
    quantities = [q for atom in group.atoms for q in atom.quantities]
    if not quantities or not so(group, quantities[0].first) or not _carried(group):
        return None
    rate = _is_rate(group.marked, quantities)
    measure = _measure(group, quantities[0], before, rate)
    if measure is None and not (rate and _has_share(quantities)):
        return None
    if not rate and not _counted(group, quantities, measure):
        return None
    kind: Kind = "level" if rate else "count"
    bound = next((q.bound for q in quantities if q.bound != "none"), "none")
    side: Direction = "above" if bound == "above" else "below" if bound == "below" else "none"
    words = group.marked.said(quantities[0].first, quantities[0].last)
    return found(group, kind, side, measure, words, because=words if side != "none" else "")


def _underused(group: Group) -> Found | None:
    """"could be better utilised", of something that can be measured: a level without a number."""
    for each in in_group(group, "underused")[:1]:
        measure = spoken_of(group)
        if measure is not None and not measure.entry.weak:
            words = group.marked.said(each.first, each.last)
            return found(group, "level", "none", measure, words)
    return None


def _is_rate(marked: Marked, quantities: list[Quantity]) -> bool:
    """A share, a time, a score, one thing per another; money over time is not."""
    for quantity in quantities:
        if set(quantity.unit) & _RATES or len(quantity.value) == 2 and quantity.unit[0] != "pounds":
            return True
        if 0 < quantity.value[0] < 1 and quantity.unit[0] != "times":
            return True
        if "per" in marked.words[quantity.last : quantity.last + 3]:
            return "pounds" not in quantity.unit
    return False


def _has_share(quantities: list[Quantity]) -> bool:
    return any("%" in q.unit or len(q.value) == 2 or q.value[0] < 1 for q in quantities)


def _measure(
    group: Group, first: Quantity, before: Before, rate: bool
) -> Match[Word] | None:
    own = [m for atom in group.atoms for m in atom.measures]
    if rate and group.marked.word(first.last) == "of" or first.unit[0] in ("victims", "people"):
        beyond = [m for m in own if not m.entry.weak and m.entry.key not in _SHARED_OUT]
        if beyond:
            return head(beyond)
    measure = spoken_of(group)
    if measure is None and (rate or not own):
        return before.measure
    return measure


def _counted(group: Group, quantities: list[Quantity], measure: Match[Word] | None) -> bool:
    """Whether a number counts things of its clause, and is not only beside them."""
    named = any(q.unit[0] and q.unit[0] not in _NOT_COUNTED for q in quantities)
    listed = group.marked.sentence.form != "prose" and measure is not None
    if not named and not listed:
        return False
    return not _established(group, quantities[0])


def _established(group: Group, quantity: Quantity) -> bool:
    """Whether the verb nearest the number brings something in: a status, not a count."""
    marked = group.marked
    atom = next(a for a in group.atoms if a.first <= quantity.first < a.last)
    verbs = [
        m
        for role in ("establish", "counting")
        for m in marked.within(marked.find(role), atom.first, atom.last)
        if m.entry.form != "base" and not _in_a_measure(marked, m)
    ]
    nearest = min(verbs, key=lambda m: (abs(m.first - quantity.last), m.entry.role), default=None)
    if nearest is None or nearest.entry.role != "establish":
        return False
    return all(nearest.first != other.first for other in verbs if other.entry.role == "counting")


def _in_a_measure(marked: Marked, match: Match[Word]) -> bool:
    return any(m.first <= match.first < m.last for m in marked.measures)


def _carried(group: Group) -> bool:
    """A figure is asserted by a verb; in a list or a heading its line is enough."""
    if group.marked.sentence.form != "prose":
        return True
    return any(atom.finite for atom in (*group.lead, *group.atoms))
