"""What is said to have moved, or not to have moved."""

from collections.abc import Iterator
from typing import NamedTuple

from .amounts import measured
from .asserted import said_to_be_so
from .assertion import Direction
from .atoms import Atom
from .found import Before, Found, found, head, in_group, lower_is_better, negated, so, spoken_of
from .groups import Group
from .marks import Marked
from .matching import Match
from .ranking import no_other
from .standing import against_target, by_numbers
from .vocabulary import Word

_NOT_BETWEEN = frozenset(
    (
        "to by from in on at since over during than for and with among across between was were is"
        " are has have had"
    ).split()
)


class _Movement(NamedTuple):
    move: Match[Word]
    measure: Match[Word] | None
    atom: Atom


def trends(group: Group, before: Before) -> Iterator[Found]:
    """The movements that a group asserts, each of its own measure; at times a comparison."""
    spoken = _spoken(group, before)
    for place, each in enumerate(spoken):
        if _set_against_target(group, each.move):
            target = against_target(group, Before(each.measure))
            if target is not None:
                yield target
            continue
        if _compared_with_others(group, each.move):
            yield _beside(group, each)
            continue
        after = spoken[place + 1] if place + 1 < len(spoken) else None
        yield _trend(group, each, place > 0, after)
        yield from _also(group, each)
    if not spoken:
        yield from _extreme(group, before)


def _spoken(group: Group, before: Before) -> list[_Movement]:
    marked = group.marked
    spoken: list[_Movement] = []
    for atom in group.atoms:
        for move in atom.moves:
            if not said_to_be_so(marked, move.first, atom.scope, atom.purpose):
                continue
            measure = _measure_of(move, atom, group)
            if spoken and (measure is None or any(s.measure is measure for s in spoken)):
                continue  # "fell by 5%, a fall of …" is one
            if measure is None:
                measure = before.spoken if _takes_up(group, move) else None
                alone = measure is None and not _figure_and_subject(group, move)
                if alone and not _tells_of_a_figure(atom, before):
                    continue
            spoken.append(_Movement(move, measure, atom))
    return spoken


def _takes_up(group: Group, move: Match[Word]) -> bool:
    """Whether a movement without a measure is of what was spoken of: "it fell", "but rose"."""
    subject = [w for w in group.marked.words[group.atoms[0].begins : move.first] if w.isalpha()]
    return len(subject) <= 6


def _tells_of_a_figure(atom: Atom, before: Before) -> bool:
    """ "212 devices were waiting, down from 340": the movement is of the number before."""
    told = before.found is not None and before.found.kind in ("count", "level")
    return told and bool(atom.quantities) and not atom.finite


def _figure_and_subject(group: Group, move: Match[Word]) -> bool:
    """Whether something unknown to us stands before a movement with a number."""
    numbers = any(
        q.unit[0] not in ("years", "times") for atom in group.atoms for q in atom.quantities
    )
    if move.entry.form == "noun" and not any(atom.finite for atom in group.atoms):
        return False
    words = group.marked.tokens[group.first : move.first]
    return numbers and any(token.kind == "word" for token in words)


def _trend(group: Group, each: _Movement, later: bool, after: _Movement | None) -> Found:
    move, measure = each.move, each.measure
    named = measure is not None and measure.first >= group.first and measure.last > 0
    first, last = group.first, group.last
    if later:
        first = max(first, min(move.first, measure.first if measure and named else move.first))
    if after is not None:
        begin = after.move.first
        if after.measure is not None and after.measure.first >= group.first:
            begin = min(begin, after.measure.first)
        last = max(begin, move.last, measure.last if measure and named else 0)
    words = group.marked.said(move.first, move.last)
    way = way_of(move, measure, group.marked)
    # Its subject may stand in what leads to it, so a beginning is given only to a later one.
    opens = None if first == group.first else first
    return found(group, "trend", way, measure, words, first=opens, last=last, because=words)


def _also(group: Group, each: _Movement) -> Iterator[Found]:
    """ "increases in arrests and charges": another measure of the same predicate."""
    if each.measure is None:
        return
    marked, move = group.marked, each.move
    words = marked.said(move.first, move.last)
    for other in _subjects(group, each):
        first = min(other.first, group.first)
        way = way_of(move, other, marked)
        yield found(group, "trend", way, other, words, first=first, because=words)
    for other in _objects(group, each):
        way = way_of(move, other, marked)
        last = max(other.last, move.last)
        yield found(group, "trend", way, other, words, first=other.first, last=last, because=words)


def _subjects(group: Group, each: _Movement) -> list[Match[Word]]:
    """ "Arrests and charges rose": what stands before, joined to the subject by `and`."""
    measure = each.measure
    if measure is None or measure.first > each.move.first or each.atom is not group.atoms[0]:
        return []
    if group.marked.word(each.atom.first) not in ("and", ",", "as"):
        return []
    return [
        m
        for lead in group.lead[-1:]
        for m in lead.strong[-1:]
        if m.entry.key != measure.entry.key and lead.last - m.last <= 3
    ]


def _objects(group: Group, each: _Movement) -> list[Match[Word]]:
    """ "increases in arrests and charges": what stands after, joined by `and`."""
    measure = each.measure
    if measure is None or each.move.first > measure.first:
        return []
    others: list[Match[Word]] = []
    for after in group.atoms[group.atoms.index(each.atom) + 1 :]:
        joined = group.marked.word(after.first) in ("and", "as")
        if after.predicate or not joined or (after.finite and each.atom.finite):
            break
        others += [
            m
            for m in after.strong[:1]
            if m.first - after.begins <= 3 and m.entry.key != measure.entry.key
        ]
    return others


def _measure_of(move: Match[Word], atom: Atom, group: Group) -> Match[Word] | None:
    marked = atom.marked
    measures = [m for each in (*group.lead, *group.atoms) for m in each.measures]
    measures = [m for m in measures if not (m.first >= move.first and m.last <= move.last)]
    joined = move.entry.form == "noun" and _joined(marked, move.last)
    near = [
        m for m in measures if move.last <= m.first < atom.last and _near(marked, move, m, joined)
    ]
    before = [m for m in measures if m.last <= move.first and not _people(m)]
    noun = move.entry.form == "noun"
    for choice in (
        near if move.entry.form != "adverb" else [],
        [m for m in before if m.first >= atom.first],
        before,
        [m for m in measures if move.last <= m.first < atom.last and not noun],
        [m for m in measures if m.first >= atom.last and not noun],
    ):
        if choice:
            return head(choice)
    return None


def _joined(marked: Marked, at: int) -> bool:
    """ "an increase in", "no change was reported in"."""
    while marked.word(at) in _REPORTED:
        at += 1
    return marked.word(at) in ("in", "of", "to")


_REPORTED = frozenset("was were is has had been reported seen recorded observed noted".split())


def _people(measure: Match[Word]) -> bool:
    """Victims move nothing by being its subject: "victims are seen sooner"."""
    return measure.entry.weak and measure.entry.key == "services"


def _near(marked: Marked, move: Match[Word], measure: Match[Word], joined: bool) -> bool:
    """Whether a measure after a movement is its object."""
    gap = measure.first - move.last
    if joined:
        return gap <= 9
    return gap <= 5 and not set(marked.words[move.last : measure.first]) & _NOT_BETWEEN


def way_of(move: Match[Word], measure: Match[Word] | None, marked: Marked) -> Direction:
    """The direction of the figure itself: "improved" is down where lower is better."""
    key = move.entry.key
    denied = negated(marked, move.first) and move.entry.form != "comparative"
    if key == "flat" or denied:
        return "flat"
    if key in ("up", "down"):
        return "up" if key == "up" else "down"
    if key in ("quick", "slow"):
        return "down" if key == "quick" else "up"
    return "up" if (key == "better") != lower_is_better(measure) else "down"


def goes_on(group: Group, before: Before) -> Found | None:
    """ "arrests rose by 12 per cent and charges by 9": the movement said before goes on."""
    last = before.found
    measure = spoken_of(group)
    if last is None or last.kind != "trend" or measure is None or group.atoms[0].finite:
        return None
    by = group.marked.words[measure.last : measure.last + 1]
    if by not in (("by",), ("to",)) or not group.atoms[0].quantities:
        return None
    return found(group, "trend", last.direction, measure, by[0], because=last.because[-1][1])


def against_earlier(group: Group, before: Before) -> Found | None:
    """ "6 seconds, compared with 14 last year"; "2,415 (+6.2%)": two times are compared."""
    measure = spoken_of(group) or before.spoken
    numbers = [q for atom in group.atoms for q in atom.quantities]
    if numbers:
        measure = measured(group, numbers[0], before, rate=True) or measure
    if measure is None:
        return None
    signed = [q for atom in group.atoms for q in atom.quantities if q.sign]
    if signed and so(group, signed[0].first):
        way: Direction = "up" if signed[0].sign == "+" else "down"
        words = group.marked.said(signed[0].first - 1, signed[0].last)
        return found(group, "trend", way, measure, words, because=words)
    at = next((i for i, w in enumerate(group.words) if w in _COMPARING), None)
    if (
        at is None
        or set(group.marked.words[: group.last]) & _RANGING
        or not so(group, group.first + at)
    ):
        return None
    side, there = by_numbers(group), _there_and_back(group, group.first + at)
    if side == "none" or not (there or _later_time(group, group.first + at)):
        return None
    words = group.words[at]
    return found(group, "trend", "up" if (side == "above") != there else "down", measure, words)


_COMPARING = frozenset(("compared", "versus", "against", "from", "v", "vs"))


_RANGING = frozenset("vary varies varied varying range ranges ranged ranging".split())


def _there_and_back(group: Group, at: int) -> bool:
    """ "from 1,100 to 1,640": the later one comes second; not "from 68% in Telford to 75% in …"."""
    if group.marked.word(at) != "from":
        return False
    after = [q for atom in group.atoms for q in atom.quantities if q.first > at]
    placed = any(p.first > at for p in group.marked.places)
    return (
        len(after) > 1 and not placed and "to" in group.marked.words[after[0].last : after[1].first]
    )


def _later_time(group: Group, at: int) -> bool:
    return any(at < first < group.last for first, _, _ in group.marked.whens)


def _extreme(group: Group, before: Before) -> Iterator[Found]:
    measure = spoken_of(group) or before.spoken
    if measure is None or not group.marked.has("over_time", group.first, group.last):
        return
    for match in in_group(group, "extreme")[:1]:
        if so(group, match.first):
            way: Direction = "up" if match.entry.key == "up" else "down"
            words = group.marked.said(match.first, match.last)
            yield found(group, "trend", way, measure, words, because=words)


def _compared_with_others(group: Group, move: Match[Word]) -> bool:
    """ "higher than other forces", "better than for men": a comparison, not a trend."""
    marked = group.marked
    if move.entry.form != "comparative":
        return False
    reach = range(move.last, min(group.last, move.last + 14))
    than = next((index for index in reach if marked.word(index) == "than"), None)
    if than is None and (_among(group, move) or no_other(marked, group.first, move.first)):
        return True
    if than is None or any(than <= first < than + 4 for first, _, _ in marked.whens):
        return False
    others = [m for role in ("others", "people") for m in marked.find(role)]
    named = any(than < m.first <= than + 5 for m in others)
    return named or any(than < p.first <= than + 4 for p in marked.places)


def _set_against_target(group: Group, move: Match[Word]) -> bool:
    """ "higher than the recommended limit"."""
    than = group.marked.word(move.last) == "than"
    return than and any(0 < m.first - move.last <= 5 for m in in_group(group, "target"))


def _among(group: Group, move: Match[Word]) -> bool:
    """ "was lower among disabled victims": others are meant, though not named."""
    marked = group.marked
    before = move.first - 1
    before = next((q.first - 1 for q in marked.quantities if q.last == move.first), before)
    if marked.word(before) not in ("is", "are", "was", "were"):
        return False
    return marked.word(move.last) in ("among", "for", "in") and any(
        0 < m.first - move.last <= 2 for m in marked.find("people")
    )


def _beside(group: Group, each: _Movement) -> Found:
    way = way_of(each.move, each.measure, group.marked)
    side: Direction = "above" if way == "up" else "below" if way == "down" else "flat"
    words = group.marked.said(each.move.first, each.move.last)
    return found(group, "comparison", side, each.measure, words, because=words)
