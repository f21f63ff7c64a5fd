"""What is said to be in place, begun, done, or due at a time."""

from .found import Found, found, head, in_group, so, spoken_of
from .groups import Group
from .marks import Marked
from .matching import Match
from .vocabulary import Word

_AUXILIARY = frozenset("is are was were be been being has have had".split())
_NOT_VERBS = frozenset("a an the newly its their our of in for with these those".split())


def status(group: Group) -> Found | None:
    """The status that a group asserts, of a measured thing or another that can be in place."""
    marked = group.marked
    anchor = _anchor(group)
    if group.words[0] in _SUBORDINATE or marked.word(group.atoms[0].begins) in _SUBORDINATE:
        return None  # "since video was introduced" says something of what follows
    if anchor is None or not so(group, anchor.first, ahead=True):
        return None
    measure = _what(group, anchor)
    if measure is None and not _thing(group):
        return None
    scope = group.lead[0].first if group.lead else group.first
    timed = any(scope <= first < group.last for first, _, _ in marked.whens)
    definite = timed or any(atom.quantities for atom in group.atoms)
    to_come = marked.within(marked.find("future"), group.first, anchor.first)
    if to_come and not definite and not _committed(group, anchor):
        return None
    if not _enough(marked, anchor, measure, definite, timed):
        return None
    return found(group, "status", "none", measure, marked.said(anchor.first, anchor.last))


def _what(group: Group, anchor: Match[Word]) -> Match[Word] | None:
    """What it is said of: after a vague verb its object, else the subject."""
    named = [m for m in group.marked.measures if m.first <= anchor.first < m.last]
    if named and named[0].entry.key == "training":
        return named[0]
    own = [m for atom in group.atoms for m in atom.strong if m.first >= anchor.last]
    if anchor.entry.role == "carry" and anchor.entry.key in _TAKING and own:
        return head(own)
    measure = spoken_of(group)
    if measure is not None and measure.entry.weak and measure.entry.key not in _PLACED:
        return None  # a "domestic abuse strategy" is no volume
    return measure


_PLACED = frozenset(("staffing", "scrutiny_panels", "services", "other"))
_TAKING = frozenset(("receive", "attend", "undertake", "partake", "take part", "deliver"))


def _committed(group: Group, anchor: Match[Word]) -> bool:
    """Whether what is to come is a thing that will be made, not what a thing will do: "a hub
    will open", "the force will recruit advocates"; not "the plan will create trust"."""
    if anchor.entry.role != "establish":
        return False
    marked = group.marked
    passive = marked.word(anchor.first - 1) in ("be", "been") or anchor.entry.key in _BY_ITSELF
    first, last = (group.first, anchor.first) if passive else (anchor.last, anchor.last + 7)
    named = [m for m in marked.measures if first <= m.first < last and not m.entry.weak]
    return bool(named) or marked.has("thing", first, min(last, group.last))


_BY_ITSELF = frozenset(("open", "begin", "start", "go live", "commence", "launch", "take effect"))


_SUBORDINATE = frozenset(("since", "when", "once", "before", "until", "whenever", "if"))


def _anchor(group: Group) -> Match[Word] | None:
    """The word that says it: a verb that brings in, a state, or a verb that goes on."""
    marked = group.marked
    brought = [m for m in in_group(group, "establish") if _done(marked, m, group.last)]
    carried = [m for m in in_group(group, "carry") if _done(marked, m, group.last)]
    return next(iter(brought + in_group(group, "state") + carried), None)


def _enough(
    marked: Marked, anchor: Match[Word], measure: Match[Word] | None, definite: bool, timed: bool
) -> bool:
    """Vague verbs need something that the families name, and a date, a number or a passive."""
    passive = bool(set(marked.words[max(0, anchor.first - 3) : anchor.first]) & _AUXILIARY)
    now = "now" in marked.words[max(0, anchor.first - 2) : anchor.first]
    if anchor.entry.role == "carry":
        strong = measure is not None and not measure.entry.weak
        if measure is not None and measure.entry.key in _PLACED and timed:
            strong = True
        return (strong and (passive or definite or now)) or _just_done(marked, anchor)
    return True


def _just_done(marked: Marked, anchor: Match[Word]) -> bool:
    """ "New guidance has been issued": a thing that can be in place stands right before."""
    if marked.words[max(0, anchor.first - 2) : anchor.first][-2:] not in (
        ("has", "been"), ("have", "been"),
    ):  # fmt: skip
        return False
    return any(0 <= anchor.first - 2 - m.last <= 1 for m in marked.find("thing"))


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
        return (
            bool(before) and before[-1] not in _NOT_VERBS and not _only_names(marked, match, last)
        )
    if match.entry.form == "ing":
        return bool(set(before) & {"is", "are", "was", "were", "been"})
    if match.entry.form == "s":
        going = match.entry.role == "establish" or "now" in before or _until(marked, match)
        if match.entry.role == "establish" and marked.word(match.last) not in _AFTER_A_VERB:
            return False  # "all new recruits" are people
        return going and before[-1:] not in (("the",), ("a",), ("of",))
    return bool(set(before) & {"will", "now"})


_AFTER_A_VERB = frozenset(
    "a an the its their new in on at from with until today next this to more for by another".split()
)


def _until(marked: Marked, match: Match[Word]) -> bool:
    """ "runs until March 2026"."""
    return marked.word(match.last) in ("until", "from", "to", "in", "on") and any(
        0 <= first - match.last <= 2 for first, _, _ in marked.whens
    )


def _only_names(marked: Marked, match: Match[Word], last: int) -> bool:
    """ "the services commissioned by …", "officers recruited in May have …": no statement."""
    if marked.word(match.last) == "by":
        return True
    return bool(set(marked.words[match.last : last]) & _AUXILIARY)
