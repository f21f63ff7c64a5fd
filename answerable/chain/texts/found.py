"""An assertion as the pieces of a sentence give it, before its time, place and speaker."""

from collections.abc import Sequence
from dataclasses import dataclass

from .asserted import said_to_be_so
from .assertion import Direction, Kind
from .atoms import Atom
from .groups import Group
from .marks import Marked
from .matching import Match
from .numbers import Quantity
from .vocabulary import Word

NEGATIVES = frozenset(
    (
        "not n't no hasn't haven't didn't isn't wasn't aren't weren't don't doesn't never hadn't"
        " little none neither cannot nor barely"
    ).split()
)


@dataclass(frozen=True)
class Found:
    """An assertion before it is given its period, place, speaker and what it lacks.

    first, last   the tokens of the words that assert it
    measure       the phrase that says what is measured, None where only the noun counted does;
                  from nought to nought where an earlier sentence named it
    quantities    the numbers that belong to it
    because       the words that led to each part
    """

    group: Group
    kind: Kind
    direction: Direction
    measure: Match[Word] | None
    first: int
    last: int
    quantities: tuple[Quantity, ...]
    because: tuple[tuple[str, str], ...]

    @property
    def family(self) -> str:
        return self.measure.entry.key if self.measure else "other"

    @property
    def marked(self) -> Marked:
        return self.group.marked


@dataclass(frozen=True)
class Before:
    """What was said before a group: the measure spoken of last, and the last in its sentence."""

    measure: Match[Word] | None = None
    found: Found | None = None

    @property
    def spoken(self) -> Match[Word] | None:
        """The measure of what was said before in this sentence, else of the sentence before."""
        if self.found is not None and self.found.measure is not None:
            return Match(0, 0, self.found.measure.entry)
        return self.measure

    @property
    def unit(self) -> str:
        """The noun of the number said before: of "64 orders, of which 59 were granted"."""
        if self.found is None or not self.found.quantities:
            return ""
        return self.found.quantities[0].unit[0]


def found(
    group: Group,
    kind: Kind,
    direction: Direction,
    measure: Match[Word] | None,
    words: str,
    *,
    first: int | None = None,
    last: int | None = None,
    because: str = "",
) -> Found:
    """An assertion of a group; `words` decided its kind, `because` its direction."""
    begin = group.first if first is None else first
    end = group.last if last is None else last
    marked = group.marked
    if first is None and group.lead and _begins_with_its_verb(group):
        begin = group.lead[0].first
    elif first is None and group.lead and labelled(group):
        begin = group.lead[-1].first
    quantities = tuple(q for q in marked.quantities if begin <= q.first < end)
    if not quantities and kind != "trend" and kind != "status":
        quantities = tuple(q for atom in group.lead for q in atom.quantities)
    named = marked.said(measure.first, measure.last) if measure else ""
    pairs = (("measure_family", named), ("kind", words), ("direction", because))
    told = tuple(pair for pair in pairs if pair[1])
    return Found(group, kind, direction, measure, begin, end, quantities, told)


_VERBS = frozenset("is are was were has have had will remain remains remained stands stood".split())


def _begins_with_its_verb(group: Group) -> bool:
    """Whether what it is said of stands in the piece before."""
    at = group.atoms[0].begins
    if group.marked.word(at) in _VERBS:
        return True
    moves = [move for move in group.atoms[0].moves if move.first == at]
    return any(move.entry.form in ("past", "s") for move in moves)


def labelled(group: Group) -> bool:
    """ "Arrests: 1,204"."""
    return group.first > 0 and group.marked.word(group.first - 1) in (":", "–", "—", "-")


def so(group: Group, at: int, *, ahead: bool = False) -> bool:
    """Whether what stands at a token of the group is said to be so."""
    atom = next((each for each in group.atoms if each.first <= at < each.last), group.atoms[0])
    return said_to_be_so(atom.marked, at, atom.scope, atom.purpose, ahead=ahead)


def in_group(group: Group, role: str) -> list[Match[Word]]:
    """The phrases of a role that stand in a group."""
    return group.marked.within(group.marked.find(role), group.first, group.last)


def negated(marked: Marked, at: int, first: int = 0) -> bool:
    """Whether one of the three words before says no."""
    if set(marked.words[max(first, at - 3) : at]) & NEGATIVES:
        return True
    index = at - 1
    while index > max(first, at - _FAR) and marked.word(index) in _BETWEEN:
        index -= 1
    return marked.word(index) in NEGATIVES and index >= first


_FAR = 8
_BETWEEN = frozenset(
    "been a an any the there be seen such similar significant statistically much further real same"
    " marked corresponding equivalent great noticeable recorded reported".split()
)
"""What may stand between a `not` and its noun: "there had not been a similar increase"."""


def head(measures: Sequence[Match[Word]]) -> Match[Word]:
    """The first that is not a weak word; of a compound, the phrase that runs furthest."""
    strong = [m for m in measures if not m.entry.weak] or list(measures)
    chosen = strong[0]
    for other in strong[1:]:
        if other.first <= chosen.last and other.last > chosen.last:
            chosen = other
    return chosen


def spoken_of(group: Group) -> Match[Word] | None:
    """What a group is about: its own measure first, then that of the pieces before it."""
    for atoms in (group.atoms, group.lead):
        measures = [m for each in atoms for m in each.measures]
        if measures:
            return head(measures)
    return None


def lower_is_better(measure: Match[Word] | None) -> bool:
    return measure is not None and measure.entry.better == "lower"


def atom_at(group: Group, at: int) -> Atom:
    return next((each for each in group.atoms if each.first <= at < each.last), group.atoms[0])
