"""Reading a text: from its sentences to what they assert."""

from bisect import bisect_left
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from datetime import date

from ..body.spoken import find_periods
from .asserted import open_to_check
from .assertion import Assertion
from .atoms import Atom
from .found import Before, Found
from .groups import groups
from .kinds import found_in
from .lacking import lacking
from .marks import Marked
from .matching import Match
from .sentences import sentences
from .speakers import speaker_of
from .vocabulary import Word
from .when import When, placed

_ALWAYS_BASELINE = (
    "same ",
    "year on year",
    "year-on-year",
    "ago",
    "earlier",
    "year before",
    "pandemic",
    "month-on-month",
    "quarter before",
)
_LEADERS = frozenset(
    "and but while whilst although though whereas alongside yet which with plus as well along"
    " together in addition"
    " to coupled combined accompanied by however also where because when that including despite"
    " who".split()
)
_TRAILERS = frozenset("and but while which with alongside as".split())


@dataclass
class _Carried:
    """What one sentence leaves to the next: the measure spoken of, and who speaks."""

    measure: Match[Word] | None = None
    paragraph: int = -1
    speaker: str = ""
    quoted_by: str = ""
    area: str = ""
    pending: list[int] = field(default_factory=list)


def read_text(
    text: str, said_on: date | None = None, areas: Sequence[str] = ()
) -> tuple[Assertion, ...]:
    """What a text asserts that could be checked, in the order of its words.

    said_on   the day of the text: it places "in January" and "last year"
    areas     names of the body's own areas, beside the places of the vocabulary
    Everything else (feelings, promises, thanks, questions, advice, law, one person's case) is
    left alone. Every offset is of `text`. Nothing is fetched; the same text gives the same
    assertions. The rules are told in `docs/reference/reading.md`.
    """
    carried = _Carried()
    found: list[Assertion] = []
    spoken = find_periods(text, said_on)
    starts = [mention.start for mention in spoken]
    for sentence in sentences(text):
        here = slice(bisect_left(starts, sentence.start), bisect_left(starts, sentence.end))
        marked = Marked(text, sentence, tuple(areas), spoken[here])
        found += _read(marked, carried, said_on)
    return tuple(dict.fromkeys(sorted(found, key=lambda each: (each.start, each.end))))


def _read(marked: Marked, carried: _Carried, said_on: date | None) -> Iterator[Assertion]:
    _hand_over(marked, carried)
    if not marked.tokens or _only_a_heading(marked) or not open_to_check(marked):
        return
    last: Found | None = None
    for group in groups(marked):
        before = Before(carried.measure, last)
        for found in found_in(group, before):
            yield _assertion(found, marked, carried, said_on)
            last = found
            if found.measure is not None and not found.measure.entry.weak:
                carried.measure = Match(0, 0, found.measure.entry)


def _hand_over(marked: Marked, carried: _Carried) -> None:
    """Forget what belongs to the paragraph before; note who speaks here."""
    sentence = marked.sentence
    if sentence.paragraph != carried.paragraph:
        carried.measure = None if sentence.form != "item" else carried.measure
        carried.paragraph = sentence.paragraph
    carried.speaker = speaker_of(marked)
    if sentence.quoted:
        carried.quoted_by = carried.speaker or carried.quoted_by
        carried.speaker = carried.speaker or carried.quoted_by
    elif carried.speaker and marked.text[sentence.end - 1] == ":":
        carried.quoted_by = carried.speaker


def _only_a_heading(marked: Marked) -> bool:
    """A heading repeats what follows; it is read only where it holds a figure or a full clause.
    A number by itself is the cell of a table."""
    if not any(token.kind == "word" and len(token.text) > 1 for token in marked.tokens):
        return True
    if marked.sentence.form != "heading":
        return False
    return not (marked.quantities or any(g.atoms[0].finite for g in groups(marked)))


def _assertion(found: Found, marked: Marked, carried: _Carried, said_on: date | None) -> Assertion:
    first, last = _trimmed(marked, *_needed(found))
    if found.quantities and first > found.quantities[0].first >= found.first:
        first = found.quantities[0].first
    scope = found.group.lead[0].first if found.group.lead else found.group.first
    ahead = marked.has("future", scope, last) or marked.has("state", scope, last)
    period, baseline = _period(found, marked, scope, said_on, ahead)
    area = _area(found, marked, scope)
    values, units = _values(found, marked)
    start, end = marked.tokens[first].start, marked.tokens[last - 1].end
    because = [*found.because]
    if period:
        because.append(("period", period))
    return Assertion(
        text=marked.text[start:end],
        start=start,
        end=end,
        measure_family=found.family,
        kind=found.kind,
        direction=found.direction,
        value=values,
        unit=units,
        period=period,
        area=area,
        speaker=carried.speaker,
        missing=lacking(found, period, baseline or _from_to(found, marked) or _others(found), area),
        because=tuple(because),
    )


def _needed(found: Found) -> tuple[int, int]:
    """The pieces of the group that say something of the assertion: those at its ends that hold
    no predicate, measure, number, time or place are left off."""
    atoms = [a for a in found.group.atoms if a.first < found.last and a.last > found.first]
    marked = found.group.atoms[0].marked
    while len(atoms) > 1 and not _says_something(marked, atoms[-1]):
        if marked.word(atoms[-1].first - 1) == "that":
            break  # "one in five said that …" says nothing without it
        atoms.pop()
    return found.first, min(found.last, atoms[-1].last) if atoms else found.last


def _says_something(marked: Marked, atom: Atom) -> bool:
    if atom.predicate or atom.quantities:
        return True
    timed = any(atom.first <= first < atom.last for first, _, _ in marked.whens)
    return timed or any(atom.first <= p.first < atom.last for p in marked.places)


def _trimmed(marked: Marked, first: int, last: int) -> tuple[int, int]:
    """The tokens without what joins them to their neighbours."""
    while first < last - 1 and (
        (marked.tokens[first].kind == "mark" and marked.tokens[first].text not in "£")
        or (marked.word(first) in _LEADERS and not (first == 0 and _points_back(marked)))
    ):
        first += 1
    first = min(_after_its_head(marked, first, last), last - 1)
    for each in marked.find("saying"):
        if first == each.first and each.entry.form in ("ing", "past") and each.last < last - 1:
            first = each.last
        if (
            first <= each.first
            and each.last < last
            and marked.word(each.last) == "that"
            and each.first - first <= 8
        ):
            first = each.last + 1
            break
    while last - 1 > first and (
        (marked.tokens[last - 1].kind == "mark" and marked.tokens[last - 1].text not in "%)")
        or marked.word(last - 1) in _TRAILERS
    ):
        last -= 1
    return first, last


def _points_back(marked: Marked) -> bool:
    """ "That is two points better": what it says is said of what was said before."""
    return marked.word(0) == "that" and marked.word(1) in ("is", "was", "compares", "represents")


_TELLERS = frozenset(
    "he she it they we i data figures statistics report members who board panel meeting".split()
)


def _after_its_head(marked: Marked, first: int, last: int) -> int:
    """Past "The force also said", "I am delighted to see": who said it is told apart."""
    begin = first
    for each in marked.find("saying"):
        if not begin <= each.first <= begin + 9 or each.last >= last - 2:
            continue
        before = marked.words[begin : each.first]
        offices = marked.within(marked.find("office"), begin, each.first)
        teller = offices or (before and set(before[-3:]) & _TELLERS)
        if each.entry.form in ("past", "s") and teller and not _figures(marked, begin, each.first):
            begin = each.last + (marked.word(each.last) == "that")
            break
    for each in marked.find("so_it_is"):
        if marked.word(each.last) == "that" and begin <= each.first <= begin + 6:
            begin = each.last + 1
        told = marked.word(each.last) == "to" and marked.word(each.last + 1) in _PERCEIVING
        if told and begin <= each.first <= begin + 6 and each.last + 2 < last - 2:
            begin = each.last + 2 + (marked.word(each.last + 2) == "that")
    return begin


_PERCEIVING = frozenset("see hear note report say learn read announce share confirm".split())


def _figures(marked: Marked, first: int, last: int) -> bool:
    measured = any(first <= m.first < last and not m.entry.weak for m in marked.measures)
    return measured or any(first <= q.first < last for q in marked.quantities)


def _period(
    found: Found, marked: Marked, scope: int, said_on: date | None, ahead: bool
) -> tuple[str, bool]:
    """The period of the figure, and whether another is named to compare it with."""
    own: list[When] = []
    baseline = False
    for first, last, when in marked.whens:
        if not scope <= first < found.last:
            continue
        del last
        if found.kind in ("trend", "comparison") and _is_baseline(marked, first, when):
            baseline = True
        else:
            own.append(when)
    if not own:
        return "", baseline
    chosen = own[-1] if found.kind == "trend" and baseline and len(own) > 1 else own[0]
    if found.kind == "trend" and chosen.words.lower().startswith(("year on", "year-on")):
        baseline = True
    if chosen.opened and found.kind != "status":
        return chosen.opened, True
    return placed(chosen, said_on, ahead), baseline


def _is_baseline(marked: Marked, first: int, when: When) -> bool:
    """Whether a time is the one compared with: "up on last year", "from 480 in 2022 to …"."""
    low = when.words.lower()
    if any(word in low for word in _ALWAYS_BASELINE):
        return True
    if when.opened:
        return False
    for index in range(first - 1, max(-1, first - 9), -1):
        word = marked.word(index)
        if word in ("than", "compared", "versus", "against"):
            return True
        if word == "from":
            return index == first - 1 or any(q.first > index for q in marked.quantities)
        if (word == "on" and index == first - 1) or (
            word == "on" and marked.word(first - 1) == "the"
        ):
            return True
        if word in ("to", ",", ";", "and", "but"):
            return False
    return False


def _from_to(found: Found, marked: Marked) -> bool:
    words = marked.words[found.first : found.last]
    return ("from" in words and len(found.quantities) > 1) or (
        found.kind == "trend" and "compared" in words and len(found.quantities) > 1
    )


def _others(found: Found) -> bool:
    return found.kind == "comparison"


def _area(found: Found, marked: Marked, scope: int) -> str:
    inside = [p for p in marked.places if scope <= p.first < found.last]
    if found.kind == "comparison":  # "the fastest in England" is said of somewhere else
        others = [(m.first, m.last) for m in marked.find("others")]
        inside = [p for p in inside if not any(f <= p.first < last for f, last in others)]
    return inside[0].name if inside else ""


def _values(found: Found, marked: Marked) -> tuple[tuple[float, ...], tuple[str, ...]]:
    values = [value for q in found.quantities for value in q.value]
    units = [unit for q in found.quantities for unit in q.unit]
    for role_word, factor in (
        ("double", 2.0),
        ("halve", 0.5),
        ("treble", 3.0),
        ("triple", 3.0),
        ("quadruple", 4.0),
    ):
        for atom in found.group.atoms:
            for move in atom.moves:
                stem = move.entry.phrase.split()[0]
                if stem.startswith(role_word[:-1]) and found.first <= move.first < found.last:
                    values.append(factor)
                    units.append("times")
    noun = _noun(found, marked)
    return tuple(values), tuple(
        unit or (noun if value >= 1 else "") for value, unit in zip(values, units, strict=True)
    )


def _noun(found: Found, marked: Marked) -> str:
    """The head of what is measured, for a number that has no noun beside it: "reports" of
    "reports of coercive control"."""
    measure = found.measure
    if measure is None or measure.last == 0 or measure.entry.sort not in ("volume", "thing"):
        return ""
    before = marked.tokens[measure.first - 1 : measure.first] if measure.first else ()
    if before and before[0].low == "of" and measure.first > 1:
        counted = marked.tokens[measure.first - 2]
        if counted.low.endswith("s") and counted.kind == "word":
            return counted.text  # "reports of coercive control"
    for index in range(measure.first + 1, measure.last):
        if marked.word(index) in ("of", "to", "for", "in", "at"):
            return marked.tokens[index - 1].text
    return marked.tokens[measure.last - 1].text
