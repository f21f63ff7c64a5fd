"""Levels and counts: a rate, a time, a score at one time; a number of things."""

from functools import cache

from .assertion import Direction, Kind
from .found import Before, Found, found, head, in_group, labelled, so, spoken_of
from .groups import Group
from .marks import Marked
from .matching import Match
from .numbers import Quantity
from .vocabulary import Word, vocabulary

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
    if not quantities or not so(group, quantities[0].first):
        return None
    told = _carried(group) or _more_of_them(group, before)
    if not told and not _of_a_rate(group, quantities[0]):
        return None
    if _to_come(group, quantities[0]):
        return None
    rate = _is_rate(group.marked, quantities)
    measure = measured(group, quantities[0], before, rate)
    if any("pounds" in q.unit for q in quantities):
        measure = _money()
    averaged = bool(set(group.words) & _AVERAGES) and "pounds" not in quantities[0].unit
    shared = rate and (averaged or _has_share(quantities))
    if measure is None and not shared and not _many(group, quantities):
        return None
    if not rate and not _counted(group, quantities, measure, before):
        return None
    kind: Kind = "level" if rate or averaged else "count"
    if not _told_of(group, quantities):
        return None
    bound = quantities[0].bound
    side: Direction = "above" if bound == "above" else "below" if bound == "below" else "none"
    words = group.marked.said(quantities[0].first, quantities[0].last)
    because = words if side != "none" else ""
    return found(group, kind, side, measure, words, because=because)


_AVERAGES = frozenset(("average", "averaged", "mean", "median", "averaging"))


@cache
def _money() -> Match[Word]:
    """Pounds are funding, whatever they are for."""
    words = vocabulary().phrases["measure"]
    return Match(0, 0, next(iter(words.at(("funding",), 0, frozenset()))).entry)


_TOLD_OF = frozenset(("after", "later", "afterwards", "ago", "earlier", "before", "old"))


def _told_of(group: Group, quantities: list[Quantity]) -> bool:
    """ "six weeks after the report" is when, not how long."""
    timed = [q for q in quantities if q.unit[-1] in _RATES - {"%", "points", "percentage points"}]
    if not timed or any("%" in q.unit for q in quantities):
        return True
    return not any(group.marked.word(q.last) in _TOLD_OF for q in timed)


def _many(group: Group, quantities: list[Quantity]) -> bool:
    """A number of something that no family names, with a verb that counts."""
    one = quantities[0]
    plural = one.unit[0].lower().endswith("s") or one.unit[0].lower() in (
        "people",
        "staff",
        "women",
        "children",
    )
    if not plural or one.unit[0].lower() in _NOT_COUNTED | _OF_THE_TEXT or one.value[0] < MANY:
        return False
    marked = group.marked
    if marked.words[max(0, one.first - 2) : one.first] == ("total", "of"):
        return True
    before = marked.words[max(0, one.first - 2) : one.first]
    given = before[-1:] == ("to",) and before[0] in _GIVEN
    if marked.word(one.first - 1) in _BESIDE and not given:
        return False  # "figures from 30 forces"
    if one.first - group.atoms[0].begins <= 2 and group.atoms[0].finite:
        return True
    return any(m.entry.key not in ("have", "be", "there be") for m in in_group(group, "counting"))


_GIVEN = frozenset(("given", "provided", "offered", "issued", "sent", "made", "awarded"))
_OF_THE_TEXT = frozenset(
    "forces ways reasons areas occasions members councillors questions priorities responses pages"
    " respondents measures indicators points items".split()
)
_BESIDE = frozenset(("from", "by", "in", "for", "with", "to", "of", "within", "at", "the"))
MANY = 10
"""Fewer of something that no family names is told in passing."""


def _underused(group: Group) -> Found | None:
    """ "could be better utilised", of something that can be measured: a level without a number."""
    for each in in_group(group, "underused")[:1]:
        measure = spoken_of(group)
        if measure is not None and not measure.entry.weak:
            words = group.marked.said(each.first, each.last)
            return found(group, "level", "none", measure, words)
    return None


def _is_rate(marked: Marked, quantities: list[Quantity]) -> bool:
    """A share, a time, a score, one thing per another; money over time is not."""
    for quantity in quantities:
        if set(quantity.unit) & _RATES or (
            len(quantity.value) == 2 and quantity.unit[0] != "pounds"
        ):
            return True
        if 0 < quantity.value[0] < 1 and quantity.unit[0] != "times":
            return True
        after = marked.words[max(quantity.first, quantity.last - 1) : quantity.last + 3]
        if (
            "per" in after
            or _for_every(marked, quantity)
            or "averaged" in marked.words[max(0, quantity.first - 2) : quantity.first]
        ):
            return "pounds" not in quantity.unit
    return False


def _for_every(marked: Marked, quantity: Quantity) -> bool:
    """ "For every 100 crimes there were 38 arrests"."""
    before = marked.words[max(0, quantity.first - 8) : quantity.first]
    return "every" in before and "for" in before


def _to_come(group: Group, quantity: Quantity) -> bool:
    """ "Two advocates will join": not yet a number of anything."""
    marked = group.marked
    atom = next(a for a in group.atoms if a.first <= quantity.first < a.last)
    return any(
        m.first > quantity.first and m.entry.key != "would" and not _timed(marked, m)
        for role in ("future", "modal")
        for m in marked.within(marked.find(role), atom.first, atom.last)
    )


def _timed(marked: Marked, match: Match[Word]) -> bool:
    """The `May` of "in May 2023"."""
    return any(first <= match.first < last for first, last, _ in marked.whens)


def _has_share(quantities: list[Quantity]) -> bool:
    return any("%" in q.unit or len(q.value) == 2 or q.value[0] < 1 for q in quantities)


def measured(group: Group, first: Quantity, before: Before, rate: bool) -> Match[Word] | None:
    own = [m for atom in group.atoms for m in atom.measures]
    counted = [m for m in own if m.first < first.last <= m.last and not m.entry.weak]
    if counted:
        return head(counted)
    if (rate and group.marked.word(first.last) == "of") or first.unit[0] in ("victims", "people"):
        beyond = [m for m in own if not m.entry.weak and m.entry.key not in _SHARED_OUT]
        if beyond:
            return head(beyond)
    measure = spoken_of(group)
    if measure is None and (rate or not own):
        return before.spoken
    told = group.marked.word(group.atoms[0].begins) in ("it", "this", "they", "these", "that")
    if told and before.measure and measure and measure.entry.key in _SHARED_OUT:
        return before.measure  # "It has been completed by 93% of officers"
    return measure


def _counted(
    group: Group, quantities: list[Quantity], measure: Match[Word] | None, before: Before
) -> bool:
    """Whether a number counts things of its clause, and is not only beside them."""
    if any("pounds" in q.unit for q in quantities):
        return True
    several = [q for q in quantities if q.in_digits or q.value[0] != 1]  # "one of the priorities"
    named = any(q.unit[0] and q.unit[0] not in _NOT_COUNTED for q in several)
    listed = measure is not None and (
        labelled(group)
        or group.marked.sentence.form != "prose"
        or _number_of(group, quantities[0], measure)
    )
    if not named and not listed and not _more_of_them(group, before):
        return False
    return not in_group(group, "state") and not _established(group, quantities[0])


def _more_of_them(group: Group, before: Before) -> bool:
    """ "of which 18 were …", "and 12 convicted": of the number before."""
    counted = before.found is not None and before.found.kind in ("count", "level")
    begins = group.atoms[0].begins
    return counted and any(q.first - begins <= 4 for q in group.atoms[0].quantities)


def _number_of(group: Group, quantity: Quantity, measure: Match[Word]) -> bool:
    """ "The number of crimes was 13,895", "the caseload is 18"."""
    if measure.entry.sort not in ("volume", "money") or measure.last > quantity.first:
        return False
    if not quantity.in_digits and quantity.value[0] == 1:
        return False
    return bool(set(group.marked.words[max(0, quantity.first - 3) : quantity.first]) & _COPULAS)


_COPULAS = frozenset(
    "is are was were at totalled totals reached stood stands numbered been".split()
)


def _established(group: Group, quantity: Quantity) -> bool:
    """Whether the verb nearest the number brings something in: a status, not a count."""
    marked = group.marked
    atom = next(a for a in group.atoms if a.first <= quantity.first < a.last)
    verbs = [
        m
        for role in ("establish", "counting", "carry")
        for m in marked.within(marked.find(role), atom.first, atom.last)
        if m.entry.form in ("past", "s")
        and (role == "counting" or not _in_a_measure(marked, m))
        and not _helps(marked, m)
    ]
    verbs = [m for m in verbs if not any(_longer(other, m) for other in verbs)]
    nearest = min(verbs, key=lambda m: (abs(m.first - quantity.last), m.entry.role), default=None)
    if nearest is None or nearest.entry.role == "counting":
        return False
    return all(nearest.first != other.first for other in verbs if other.entry.role == "counting")


def _helps(marked: Marked, match: Match[Word]) -> bool:
    """The `had` of "had been filled"."""
    if match.entry.key not in ("have", "be"):
        return False
    after = marked.words[match.last : match.last + 3]
    return "been" in after or any(word.endswith("ed") for word in after[:2])


def _in_a_measure(marked: Marked, match: Match[Word]) -> bool:
    return any(m.first <= match.first < m.last and _longer(m, match) for m in marked.measures)


def _longer(one: Match[Word], other: Match[Word]) -> bool:
    """Whether a phrase holds another and more: "take up … posts" and "take"."""
    holds = one.first <= other.first and other.last <= one.last
    return holds and one.last - one.first > other.last - other.first


def _of_a_rate(group: Group, quantity: Quantity) -> bool:
    """ "with an average answer time of 48 seconds", "pass rate currently 81%": without a verb."""
    return any(
        0 <= quantity.first - m.last <= 6
        and (m.entry.sort in ("time", "share", "score") or " rate" in m.entry.phrase)
        for atom in group.atoms
        for m in atom.strong
    )


def _carried(group: Group) -> bool:
    """A figure is asserted by a verb; in a list or a heading its line is enough."""
    if group.marked.sentence.form != "prose" or labelled(group):
        return True
    return any(atom.finite for atom in (*group.lead, *group.atoms))
