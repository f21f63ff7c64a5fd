"""What is said to be in place, begun, done, or due at a time."""

from .completed import completed
from .found import Before, Found, atom_at, found, head, in_group, so, spoken_of
from .groups import Group
from .marks import Marked
from .matching import Match
from .vocabulary import Word

_AUXILIARY = frozenset("is are was were be been being has have had".split())
_NOT_VERBS = frozenset("a an the newly its their our of in for with these those".split())


def status(group: Group, before: Before) -> Found | None:
    """The status that a group asserts, of a measured thing or another that can be in place."""
    marked = group.marked
    anchor = _anchor(group)
    if group.words[0] in _SUBORDINATE or marked.word(group.atoms[0].begins) in _SUBORDINATE:
        return None  # "since video was introduced" says something of what follows
    if anchor is None or not so(group, anchor.first, ahead=True):
        return None
    measure = _what(group, anchor)
    pronoun = marked.word(group.atoms[0].begins) in _PRONOUNS
    if measure is None and pronoun and anchor.entry.form == "past":
        measure = before.spoken
    if measure is None and not _thing(group):
        return None
    scope = group.lead[0].first if group.lead else group.first
    timed = any(scope <= first < group.last for first, _, _ in marked.whens)
    definite = timed or any(atom.quantities for atom in group.atoms)
    to_come = _ahead(marked, group.first, anchor.first)
    if to_come and not definite and not _committed(group, anchor):
        return None
    if _only_says(marked, anchor) or not _enough(marked, anchor, measure, definite, timed):
        return None
    return found(group, "status", "none", measure, marked.said(anchor.first, anchor.last))


_PRONOUNS = frozenset(("it", "this", "they", "these", "both", "all"))


def _ahead(marked: Marked, first: int, last: int) -> bool:
    """Whether it is to come: "will be", and in minutes "would be"."""
    told = marked.within(marked.find("modal"), first, last)
    return marked.has("future", first, last) or any(m.entry.key == "would" for m in told)


def _only_says(marked: Marked, anchor: Match[Word]) -> bool:
    """ "was updated on vetting", "figures were not yet validated": of words, and of figures."""
    if anchor.entry.key in ("update", "advise", "brief"):
        return marked.word(anchor.last) in ("on", "that", "of", "about")
    at = anchor.first - 1
    while marked.word(at) in _AUXILIARY or marked.word(at) in ("not", "yet", "now"):
        at -= 1
    return marked.word(at) in ("figures", "figure", "data", "statistics", "numbers")


def _what(group: Group, anchor: Match[Word]) -> Match[Word] | None:
    """What it is said of: after a vague verb its object, else the subject."""
    named = [m for m in group.marked.measures if m.first <= anchor.first < m.last]
    if named and named[0].entry.key == "training":
        return named[0]
    own = [m for atom in group.atoms for m in atom.strong if m.first >= anchor.last]
    others = [m for atom in group.atoms for m in atom.strong if m not in named]
    if named and others and named[0].entry.key == "funding":
        return head(others)  # "the helpline is funded until March" is of the helpline
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
    brought, carried = (
        [m for m in in_group(group, role) if _done(marked, m, atom_at(group, m.first).last)]
        for role in ("establish", "carry")
    )
    states = [m for m in in_group(group, "state") if _says_when(marked, m)]
    known = next(iter(brought + states + carried), None)
    return known or next(
        filter(None, (completed(marked, each.first, each.last) for each in group.atoms)), None
    )


def _says_when(marked: Marked, state: Match[Word]) -> bool:
    """ "due to" is a date only before a verb: "due to be opened", not "due to a lack of space"."""
    if state.entry.phrase.rpartition(" ")[2] in ("no", "a"):
        return marked.has("thing", state.last, min(state.last + 4, len(marked.tokens)))
    if state.entry.phrase != "due to":
        return True
    roles = ("establish", "carry", "counting")
    verbs = (each for role in roles for each in marked.every(role, state.last))
    return marked.word(state.last) == "be" or any(each.entry.form == "base" for each in verbs)


def _in_a_relative(marked: Marked, at: int) -> bool:
    """ "the extension which had been agreed": told in passing of what is spoken of."""
    for index in range(at - 1, max(0, at - 4), -1):
        if marked.word(index) in ("which", "that", "who"):
            alone = marked.word(index - 1) not in (",", "–", "—", "(", "")
            if marked.word(index + 1) in ("is", "are") and marked.word(index) != "that":
                return True  # ", which is run by …" says who it is
            return alone and marked.word(index - 1).isalpha() and not _told_that(marked, index)
    return False


def _told_that(marked: Marked, index: int) -> bool:
    said = any(index - 4 <= each.last <= index for each in marked.find("saying"))
    glad = any(index - 3 <= each.last <= index for each in marked.find("so_it_is"))
    return marked.word(index) == "that" and (said or glad)


def _enough(
    marked: Marked, anchor: Match[Word], measure: Match[Word] | None, definite: bool, timed: bool
) -> bool:
    """Vague verbs need something that the families name, and a date, a number or a passive."""
    if anchor.entry.role != "carry":
        return True
    before = set(marked.words[max(0, anchor.first - 3) : anchor.first])
    passive, now = bool(before & _AUXILIARY), "now" in before
    strong = measure is not None and not measure.entry.weak
    if measure is not None and measure.entry.key in _PLACED and (timed or now):
        strong = True
    if strong and (passive or definite or now):
        return True
    return _of_a_thing(marked, anchor, now or "being" in before or (passive and timed))


def _of_a_thing(marked: Marked, anchor: Match[Word], current: bool) -> bool:
    """ "New guidance has been issued", "a desk now sits in the control room": a vague verb of a
    thing, done just now or said to be so at present."""
    if completed(marked, 0, anchor.last) or _just_done(marked, anchor):
        return True
    last = min(len(marked.tokens), anchor.last + 6)
    return current and marked.has("thing", max(0, anchor.first - 9), last)


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
    begin = max((stop + 1 for stop in marked.stops if stop < match.first), default=0)
    before = marked.words[max(begin, match.first - 3) : match.first]
    if _in_a_relative(marked, match.first):
        return False
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
    everybody = match.entry.key in _TAKING and marked.word(begin) in ("all", "every")
    return everybody or bool(set(before) & {"will", "now"})


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
