"""What a group of pieces asserts: its kind, direction, measure and figures."""

from collections.abc import Iterator
from dataclasses import dataclass

from .asserted import said_to_be_so
from .assertion import Direction, Kind
from .groups import Atom, Group
from .marks import Marked
from .matching import Match
from .numbers import Quantity
from .vocabulary import Word

_BEFORE_AN_OBJECT = frozenset(
    "the our their its a an both overall average number of numbers volume rate rates level levels"
    " proportion"
    " percentage amount victim victims' police force's domestic abuse reported local public"
    " in".split()
)
_NEGATIVES = frozenset(
    (
        "not n't no hasn't haven't didn't isn't wasn't aren't weren't don't doesn't never hadn't"
        " little"
    ).split()
)


@dataclass(frozen=True)
class Found:
    """An assertion before it is given its period, place, speaker and what it lacks.

    first, last   the tokens of the words that assert it
    measure       the phrase that says what is measured, None where only the noun counted does
    scope         from where its time, place and numbers may be taken
    """

    group: Group
    kind: Kind
    direction: Direction
    measure: Match[Word] | None
    family: str
    first: int
    last: int
    quantities: tuple[Quantity, ...]
    because: tuple[tuple[str, str], ...]


def found_in(group: Group, before: Match[Word] | None) -> Iterator[Found]:
    """The assertions of a group.

    before   the measure of which was spoken last, for "it fell to 71%"
    """
    marked = group.atoms[0].marked
    predicates = group.predicates
    if "trend" in predicates:
        trends = list(_trends(group, before))
        yield from trends
        if trends or not predicates - {"trend"}:
            return
    if "target" in predicates:
        target = _target(group, before)
        if target:
            yield target
        return
    if "comparison" in predicates:
        comparison = _comparison(group, before)
        if comparison:
            yield comparison
        return
    if "figure" in predicates:
        figure = _figure(group, before)
        if figure:
            yield figure
            return
    if predicates & {"status", "figure"}:
        status = _status(group, marked)
        if status:
            yield status


def _trends(group: Group, before: Match[Word] | None) -> Iterator[Found]:
    marked = group.atoms[0].marked
    spoken: list[tuple[Match[Word], Match[Word] | None, Atom]] = []
    for atom in group.atoms:
        for move in atom.moves:
            if not said_to_be_so(marked, move.first, atom.scope, atom.purpose):
                continue
            measure = _measure_of(move, atom, group)
            if measure is None and spoken:
                continue  # "fell by 5%, a fall of …" is one
            if measure is not None and any(m is measure for _, m, _ in spoken):
                continue
            spoken.append((move, measure or before, atom))
    for place, (move, measure, atom) in enumerate(spoken):
        if measure is None and not _figure_near(group, move):
            continue
        if measure is None and not _subject(group, move):
            continue
        if _compared_with_others(group, move):
            yield _beside(group, move, measure)
            continue
        last = spoken[place + 1][0].first if place + 1 < len(spoken) else group.last
        if place + 1 < len(spoken):
            following = spoken[place + 1]
            last = min(last, following[1].first if following[1] else last)
            last = max(
                last, move.last, measure.last if measure and measure.first >= group.first else 0
            )
        first = (
            group.first if place == 0 else min(move.first, measure.first if measure else move.first)
        )
        first = max(first, group.first)
        yield _found(
            group, "trend", _direction(move, measure, marked), measure, first, last,
            _moved_by(marked, move),
        )  # fmt: skip
        yield from _also(group, move, measure, atom)
    if not spoken:
        yield from _extreme(group, before)


def _also(
    group: Group, move: Match[Word], measure: Match[Word] | None, atom: Atom
) -> Iterator[Found]:
    """ "increases in arrests and charges": another measure of the same predicate."""
    marked = atom.marked
    if measure is None:
        return
    place = group.atoms.index(atom)
    lead = group.lead[-1:] if place == 0 else []
    subject = [
        m for each in lead for m in each.strong[-1:]
        if m.entry.key != measure.entry.key and measure.first < move.first
        and marked.word(atom.first) in ("and", ",", "as") and each.last - m.last <= 3
    ]  # fmt: skip
    following = []
    for after in group.atoms[place + 1 :]:
        if after.predicate or after.finite or marked.word(after.first) not in ("and", "as"):
            break
        following += [
            m for m in after.strong[:1]
            if m.first - after.begins <= 3
            and m.entry.key != measure.entry.key
            and move.first < measure.first
        ]  # fmt: skip
    for other in subject + following:
        first = min(other.first, group.first) if other in subject else group.first
        last = max(group.last if other in subject else other.last, move.last)
        yield _found(
            group, "trend", _direction(move, other, marked), other, first, last,
            _moved_by(marked, move),
        )  # fmt: skip


def _moved_by(marked: Marked, move: Match[Word]) -> tuple[tuple[str, str], ...]:
    words = marked.said(move.first, move.last)
    return (("kind", words), ("direction", words))


def _figure_near(group: Group, move: Match[Word]) -> bool:
    return any(q.first >= group.first for atom in group.atoms for q in atom.quantities)


def _subject(group: Group, move: Match[Word]) -> bool:
    """Whether something stands before or after the movement that could have moved."""
    marked = group.atoms[0].marked
    return any(marked.tokens[i].kind == "word" for i in range(group.first, move.first))


def _measure_of(move: Match[Word], atom: Atom, group: Group) -> Match[Word] | None:
    marked = atom.marked
    measures = [m for each in (*group.lead, *group.atoms) for m in each.measures]
    measures = [m for m in measures if not (m.first >= move.first and m.last <= move.last)]
    after = [m for m in measures if m.first >= move.last and m.first < atom.last]
    before = [m for m in measures if m.last <= move.first]
    if move.entry.form in ("noun", "comparative", "past", "base", "ing", "s"):
        joined = marked.word(move.last) in ("in", "of", "to") and move.entry.form == "noun"
        reach = 9 if joined else 5
        near = [
            m for m in after if m.first - move.last <= reach and _direct(marked, move, m, joined)
        ]
        if near:
            return _head(near)
    own = [m for m in before if m.first >= atom.first]
    if own:
        return _head(own)
    if before:
        return _head(before)
    if after:
        return _head(after)
    later = [m for m in measures if m.first >= atom.last]
    return _head(later) if later else None


def _direct(marked: Marked, move: Match[Word], measure: Match[Word], joined: bool) -> bool:
    between = marked.words[move.last : measure.first]
    if joined:
        return True
    return not set(between) & {
        "to",
        "by",
        "from",
        "in",
        "on",
        "at",
        "since",
        "over",
        "during",
        "than",
        "for",
        "and",
        "with",
    }


def _head(measures: list[Match[Word]]) -> Match[Word]:
    """The first that is not a weak word; of a compound, the phrase that runs furthest."""
    strong = [m for m in measures if not m.entry.weak] or measures
    head = strong[0]
    for other in strong[1:]:
        if other.first <= head.last and other.last > head.last:
            head = other
    return head


def _direction(move: Match[Word], measure: Match[Word] | None, marked: Marked) -> Direction:
    negated = bool(set(marked.words[max(0, move.first - 3) : move.first]) & _NEGATIVES)
    key = move.entry.key
    if key == "flat" or (negated and move.entry.form != "comparative"):
        return "flat"
    if key in ("up", "down"):
        return "up" if key == "up" else "down"
    if key in ("quick", "slow"):
        return "down" if key == "quick" else "up"
    lower = measure is not None and measure.entry.better == "lower"
    return "up" if (key == "better") != lower else "down"


def _extreme(group: Group, before: Match[Word] | None) -> Iterator[Found]:
    marked = group.atoms[0].marked
    for match in marked.within(marked.find("extreme"), group.first, group.last):
        measure = _only(group) or before
        if measure is None or not marked.has("over_time", group.first, group.last):
            continue
        if not _so(group, match.first):
            continue
        direction: Direction = "up" if match.entry.key == "up" else "down"
        words = marked.said(match.first, match.last)
        yield _found(
            group,
            "trend",
            direction,
            measure,
            group.first,
            group.last,
            (("kind", words), ("direction", words)),
        )
        return


def _only(group: Group) -> Match[Word] | None:
    for atoms in (group.atoms, group.lead):
        measures = [m for each in atoms for m in each.measures]
        if measures:
            return _head(measures)
    return None


def _compared_with_others(group: Group, move: Match[Word]) -> bool:
    """ "higher than other forces", "better than for men": a comparison, not a trend."""
    marked = group.atoms[0].marked
    if move.entry.form != "comparative":
        return False
    than = [
        i for i in range(move.last, min(group.last, move.last + 12)) if marked.word(i) == "than"
    ]
    if not than:
        return False
    at = than[0]
    if any(first in range(at, at + 4) for first, _, _ in marked.whens):
        return False
    near = [m for role in ("others", "people") for m in marked.find(role) if at < m.first <= at + 5]
    return bool(near) or any(at < p.first <= at + 4 for p in marked.places)


def _beside(group: Group, move: Match[Word], measure: Match[Word] | None) -> Found:
    marked = group.atoms[0].marked
    way = _direction(move, measure, marked)
    direction: Direction = {"up": "above", "down": "below"}.get(way, "flat")  # type: ignore[assignment]
    words = marked.said(move.first, move.last)
    return _found(
        group,
        "comparison",
        direction,
        measure,
        group.first,
        group.last,
        (("kind", words), ("direction", words)),
    )


def _target(group: Group, before: Match[Word] | None) -> Found | None:
    marked = group.atoms[0].marked
    measure = _only(group) or before
    at = group.atoms[0].begins
    anchors = [
        m
        for role in ("within_target", "target")
        for m in marked.within(marked.find(role), group.first, group.last)
    ]
    if not anchors or not all(_so(group, a.first) for a in anchors[:1]):
        return None
    if measure is None and not any(q for atom in group.atoms for q in atom.quantities):
        return None
    direction, words = _side(group, measure)
    del at
    return _found(
        group, "target", direction, measure, group.first, group.last,
        (("kind", marked.said(anchors[0].first, anchors[0].last)), ("direction", words)),
    )  # fmt: skip


def _so(group: Group, at: int, *, ahead: bool = False) -> bool:
    """Whether what stands at a token of the group is said to be so."""
    atom = next((each for each in group.atoms if each.first <= at < each.last), group.atoms[0])
    return said_to_be_so(atom.marked, at, atom.scope, atom.purpose, ahead=ahead)


def _side(group: Group, measure: Match[Word] | None) -> tuple[Direction, str]:
    """On which side of its target a figure stands, and the words that say so."""
    marked = group.atoms[0].marked
    first, last = group.first, group.last
    lower = measure is not None and measure.entry.better == "lower"
    good: Direction = "below" if lower else "above"
    bad: Direction = "above" if lower else "below"
    for each in marked.within(marked.find("within_target"), first, last):
        timed = measure is not None and measure.entry.sort == "time"
        inside: Direction = "below" if timed or lower else "above"
        side = inside if each.entry.key == "inside" else ("above" if inside == "below" else "below")
        return side, marked.said(each.first, each.last)
    anchors = marked.within(marked.find("target"), first, last)
    stances = [
        m
        for m in marked.within(marked.find("stance"), first, last)
        if any(0 <= a.first - m.last <= 7 for a in anchors)
    ]
    for each in stances:
        if each.entry.key in ("over", "under") and each.entry.phrase not in (
            "better than",
            "worse than",
        ):
            side = "above" if each.entry.key == "over" else "below"
            return side, marked.said(each.first, each.last)
        if each.entry.phrase in ("better than", "worse than"):
            return (good if each.entry.phrase == "better than" else bad), marked.said(
                each.first, each.last
            )
    for each in marked.within(marked.find("target_verb"), first, last):
        words = marked.said(each.first, each.last)
        negated = bool(set(marked.words[max(first, each.first - 3) : each.first]) & _NEGATIVES)
        met = (each.entry.key == "met") != negated
        return (good if met else bad), words
    if marked.has("stance", first, last) or len(anchors) > 0:
        by_numbers = _by_numbers(group)
        if by_numbers != "none":
            return by_numbers, "the two figures"
    if "within" in marked.words[first:last]:
        return "below", "within"
    return "none", ""


def _by_numbers(group: Group) -> Direction:
    values = [
        (v, u)
        for atom in group.atoms
        for q in atom.quantities
        for v, u in zip(q.value, q.unit, strict=True)
    ]
    for unit in ("%", "minutes", "seconds", "hours", "days", "points"):
        same = [v for v, u in values if u == unit]
        if len(same) >= 2 and same[0] != same[1]:
            return "above" if same[0] > same[1] else "below"
    return "none"


def _comparison(group: Group, before: Match[Word] | None) -> Found | None:
    marked = group.atoms[0].marked
    measure = _only(group) or before
    others = marked.within(marked.find("others"), group.first, group.last)
    if measure is None or not others:
        return None
    if not _so(group, others[0].first):
        return None
    lower = measure.entry.better == "lower"
    direction: Direction = "none"
    words = marked.said(others[0].first, others[0].last)
    for each in marked.within(marked.find("beside"), group.first, group.last):
        key = each.entry.key
        if key == "same":
            direction = "flat"
        elif key in ("over", "under"):
            direction = "above" if key == "over" else "below"
        else:
            direction = "above" if (key == "good") != lower else "below"
        words = marked.said(each.first, each.last)
        break
    else:
        for each in marked.within(marked.find("extreme"), group.first, group.last):
            direction = "above" if each.entry.key == "up" else "below"
            words = marked.said(each.first, each.last)
            break
        else:
            direction = _by_numbers(group)
    return _found(
        group,
        "comparison",
        direction,
        measure,
        group.first,
        group.last,
        (("kind", marked.said(others[0].first, others[0].last)), ("direction", words)),
    )


_RATES = frozenset(
    ("%", "percentage points", "minutes", "seconds", "hours", "days", "weeks", "months", "points")
)


def _figure(group: Group, before: Match[Word] | None) -> Found | None:
    marked = group.atoms[0].marked
    unused = marked.within(marked.find("underused"), group.first, group.last)
    if unused:
        words = marked.said(unused[0].first, unused[0].last)
        return _found(
            group, "level", "none", _only(group), group.first, group.last, (("kind", words),)
        )
    quantities = [q for atom in group.atoms for q in atom.quantities]
    first = quantities[0]
    if not _so(group, first.first):
        return None
    measure = _only(group)
    rate = any(u in _RATES for q in quantities for u in q.unit) or any(
        len(q.value) == 2 or 0 < q.value[0] < 1 for q in quantities
    )
    establishing = marked.has("establish", group.first, group.last)
    if measure is None and not rate and before is None:
        return None
    if measure is None and rate and not any(u == "%" for q in quantities for u in q.unit):
        measure = before
        if measure is None:
            return None
    if (
        measure is not None
        and measure.entry.weak
        and not rate
        and not _countable(group, quantities)
    ):
        return None
    if not rate and establishing and _people_or_things(group):
        return None
    if not rate and measure is None:
        return None
    if not rate and not _counts(group, quantities):
        return None
    if not _verbal(group):
        return None
    kind: Kind = "level" if rate else "count"
    bound = next((q.bound for q in quantities if q.bound != "none"), "none")
    direction: Direction = {"above": "above", "below": "below"}.get(bound, "none")  # type: ignore[assignment]
    said = marked.said(first.first, first.last)
    return _found(
        group,
        kind,
        direction,
        measure,
        group.first,
        group.last,
        (("kind", said), ("direction", said if bound != "none" else "")),
    )


def _countable(group: Group, quantities: list[Quantity]) -> bool:
    return any(q.unit != ("",) for q in quantities)


def _counts(group: Group, quantities: list[Quantity]) -> bool:
    """Whether a number counts something of its clause, and is not only beside it."""
    return any(q.unit[0] and q.unit[0] not in ("years", "times") for q in quantities)


def _people_or_things(group: Group) -> bool:
    return group.atoms[0].marked.has("thing", group.first, group.last) or bool(_only(group))


def _verbal(group: Group) -> bool:
    """A figure is asserted by a verb; in a list or table its line is enough."""
    if group.atoms[0].marked.sentence.form != "prose":
        return True
    return any(atom.finite for atom in (*group.lead, *group.atoms))


def _status(group: Group, marked: Marked) -> Found | None:
    verbs = [
        m
        for m in marked.find("establish")
        if group.first <= m.first < group.last and _done(marked, m)
    ]
    states = [m for m in marked.find("state") if group.first <= m.first < group.last]
    carried = [
        m for m in marked.find("carry") if group.first <= m.first < group.last and _done(marked, m)
    ]
    anchor = (verbs + states + carried)[:1]
    if not anchor:
        return None
    at = anchor[0]
    if not _so(group, at.first, ahead=True):
        return None
    measure = _only(group)
    thing = marked.has("thing", group.first, group.last) or any(
        marked.within(marked.find("thing"), each.first, each.last) for each in group.lead
    )
    scope = group.lead[0].first if group.lead else group.first
    timed = any(scope <= first < group.last for first, _, _ in marked.whens)
    number = any(atom.quantities for atom in group.atoms)
    if not (measure or thing):
        return None
    if at.entry.role == "carry" and not (
        measure and not measure.entry.weak and (_passive(marked, at) or timed or number)
    ):
        return None
    if marked.within(marked.find("future"), group.first, at.first) and not (timed or number):
        return None
    if measure is None and not (
        timed or number or _passive(marked, at) or at.entry.role == "state"
    ):
        return None
    words = marked.said(at.first, at.last)
    return _found(group, "status", "none", measure, group.first, group.last, (("kind", words),))


_AUXILIARY = frozenset("is are was were be been being has have had".split())
_ARTICLES = frozenset("a an the newly its their our of in for with and these those".split())


def _passive(marked: Marked, match: Match[Word]) -> bool:
    return bool(
        set(marked.words[max(0, match.first - 3) : match.first])
        & {"was", "were", "been", "being", "is", "are", "be", "has", "have"}
    )


def _done(marked: Marked, match: Match[Word]) -> bool:
    """Past, or going on, or with `will` or `to be` before it."""
    before = marked.words[max(0, match.first - 3) : match.first]
    if match.entry.form == "past":
        if set(before) & _AUXILIARY:
            return True
        after = marked.word(match.last)  # "the services commissioned by …" says nothing of them
        return (
            bool(before)
            and before[-1] not in _ARTICLES
            and after not in ("by", "in", "under", "for", "to")
        )
    if match.entry.form == "ing":
        return bool(set(before) & {"is", "are", "was", "were", "been"})
    if match.entry.form == "base":
        return bool(set(before) & {"will", "to"})
    return False


def _found(
    group: Group,
    kind: Kind,
    direction: Direction,
    measure: Match[Word] | None,
    first: int,
    last: int,
    because: tuple[tuple[str, str], ...],
) -> Found:
    marked = group.atoms[0].marked
    quantities = tuple(q for q in marked.quantities if first <= q.first < last)
    family = measure.entry.key if measure else "other"
    words = (
        marked.said(measure.first, measure.last)
        if measure and measure.last <= len(marked.tokens)
        else ""
    )
    return Found(
        group, kind, direction, measure, family, first, last, quantities,
        (("measure_family", words), *(pair for pair in because if pair[1])),
    )  # fmt: skip
