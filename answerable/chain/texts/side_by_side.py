"""Two figures of different places or people, set side by side."""

from .found import Before, Found, found, so, spoken_of
from .groups import Group
from .ranking import COMPARING
from .standing import by_numbers

_OTHER = frozenset(
    "average national nationally regional region county group force elsewhere control rest overall"
    " country".split()
)


def set_beside(group: Group, before: Before) -> Found | None:
    """ "45%, against a force average of 38%"; "22 days, compared with 31 in Thornmouth": two
    figures of one unit, the second of others, and no time between them."""
    marked = group.marked
    measure = spoken_of(group) or before.spoken
    at = next((i for i in range(group.first, group.last) if marked.word(i) in COMPARING), None)
    if measure is None or at is None or not so(group, at):
        return None
    if not _of_others(group, at) or any(at < first < group.last for first, _, _ in marked.whens):
        return None
    side = by_numbers(group)
    if side == "none":
        return None
    words = marked.said(at, group.last)
    return found(group, "comparison", side, measure, words, because="the two figures")


def _of_others(group: Group, at: int) -> bool:
    marked = group.marked
    after = [q for atom in group.atoms for q in atom.quantities if q.first > at]
    if not after:
        return False
    if any(at < p.first < group.last for p in marked.places):
        return True
    near = set(marked.words[at + 1 : min(group.last, after[0].last + 7)])
    named = [m for role in ("others", "people") for m in marked.find(role)]
    return bool(near & _OTHER) or any(at < m.first < group.last for m in named)
