"""What is said to be in place, begun, done, or due at a time."""

from .found import Found, found, in_group, so, spoken_of
from .groups import Group
from .marks import Marked
from .matching import Match
from .vocabulary import Word

_AUXILIARY = frozenset("is are was were be been being has have had".split())
_NOT_VERBS = frozenset("a an the newly its their our of in for with and these those".split())


def status(group: Group) -> Found | None:
    """The status that a group asserts, of a measured thing or another that can be in place."""
    marked = group.marked
    anchor = _anchor(group)
    if anchor is None or not so(group, anchor.first, ahead=True):
        return None
    measure = spoken_of(group)
    if measure is None and not _thing(group):
        return None
    scope = group.lead[0].first if group.lead else group.first
    timed = any(scope <= first < group.last for first, _, _ in marked.whens)
    definite = timed or any(atom.quantities for atom in group.atoms)
    if marked.within(marked.find("future"), group.first, anchor.first) and not definite:
        return None
    if not _enough(marked, anchor, measure, definite):
        return None
    return found(group, "status", "none", measure, marked.said(anchor.first, anchor.last))


def _anchor(group: Group) -> Match[Word] | None:
    """The word that says it: a verb that brings in, a state, or a verb that goes on."""
    marked = group.marked
    brought = [m for m in in_group(group, "establish") if _done(marked, m, group.last)]
    carried = [m for m in in_group(group, "carry") if _done(marked, m, group.last)]
    return next(iter(brought + in_group(group, "state") + carried), None)


def _enough(
    marked: Marked, anchor: Match[Word], measure: Match[Word] | None, definite: bool
) -> bool:
    """Vague verbs need something that the families name, and a date, a number or a passive."""
    passive = bool(set(marked.words[max(0, anchor.first - 3) : anchor.first]) & _AUXILIARY)
    now = "now" in marked.words[max(0, anchor.first - 2) : anchor.first]
    if anchor.entry.role == "carry":
        strong = measure is not None and not measure.entry.weak
        return strong and (passive or definite or now)
    return measure is not None or definite or passive or anchor.entry.role == "state"


def _thing(group: Group) -> bool:
    """Something that can be in place: in the group, in what leads to it, or, where it begins
    with its verb, earlier in the sentence."""
    marked = group.marked
    first = group.lead[0].first if group.lead else group.first
    if marked.has("thing", first, group.last):
        return True
    anchor = _anchor(group)
    begins = anchor is not None and anchor.first - group.atoms[0].begins <= 1
    return begins and marked.has("thing", 0, group.first)


def _done(marked: Marked, match: Match[Word], last: int) -> bool:
    """Whether a verb says that it was done, goes on, or is to be."""
    before = marked.words[max(0, match.first - 3) : match.first]
    if match.entry.form == "past":
        if set(before) & _AUXILIARY:
            return True
        return bool(before) and before[-1] not in _NOT_VERBS and not _only_names(marked, match, last)
    if match.entry.form == "ing":
        return bool(set(before) & {"is", "are", "was", "were", "been"})
    if match.entry.form == "s":
        return match.entry.role == "establish" and before[-1:] not in (("the",), ("a",), ("of",))
    return bool(set(before) & {"will", "to", "now"})


def _only_names(marked: Marked, match: Match[Word], last: int) -> bool:
    """"the services commissioned by …", "officers recruited in May have …": no statement."""
    if marked.word(match.last) == "by":
        return True
    return bool(set(marked.words[match.last : last]) & _AUXILIARY)
