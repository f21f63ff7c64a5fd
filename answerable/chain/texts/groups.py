"""Putting the pieces of a sentence together into what each asserts."""

from bisect import bisect_left
from dataclasses import dataclass, field
from functools import cached_property
from itertools import takewhile
from typing import Literal

from .asserted import moved
from .clauses import atoms
from .marks import Marked
from .matching import Match
from .numbers import Quantity
from .vocabulary import Word

Predicate = Literal["", "trend", "target", "comparison", "figure", "status"]
_BE = frozenset("is are was were be been being am has have had do does did".split())
_NOT_BEFORE_A_VERB = frozenset(
    (
        "a an the of and by with for in to on at from its their our his her newly each this that"
        " or more less most"
    ).split()
)
_PLURALS = frozenset("people women men children they we who police staff those some".split())
_JOINING = frozenset(
    (
        "and but while whilst although though whereas alongside yet which with plus , ; : ( – — -"
        " or as well along together"
    ).split()
)
_DEPENDING = frozenset(
    (
        "compared",
        "from",
        "against",
        "than",
        "versus",
        "on",
        "the",
        "a",
        "an",
        "representing",
        "equating",
        "which",
        "meaning",
        "an",
        "some",
        "(",
        "up",
        "down",
        "or",
        "this",
        "it",
        "nearly",
        "almost",
        "just",
    )
)


@dataclass
class Atom:
    """A piece of a sentence and what stands in it."""

    marked: Marked
    first: int
    last: int
    scope: int = 0
    """Where what may take the assertion away begins: its own clause, or the one it goes on."""
    purpose: int = 0
    """Where a purpose that reaches into it begins: "to improve A, raise B"."""
    moves: list[Match[Word]] = field(default_factory=list)

    def __post_init__(self) -> None:
        index = self.first
        while index < self.last:
            here = [m for m in moved(self.marked, index) if m.last <= self.last]
            if here:
                self.moves.append(here[0])
                index = here[0].last
            else:
                index += 1

    def has(self, role: str) -> bool:
        return self.marked.has(role, self.first, self.last)

    @cached_property
    def measures(self) -> list[Match[Word]]:
        found = self.marked.measures
        begin = bisect_left(found, self.first, key=lambda each: each.first)
        return list(takewhile(lambda each: each.first < self.last, found[begin:]))

    @cached_property
    def strong(self) -> list[Match[Word]]:
        return [m for m in self.measures if not m.entry.weak]

    @cached_property
    def quantities(self) -> list[Quantity]:
        found = self.marked.quantities
        begin = bisect_left(found, self.first, key=lambda each: each.first)
        return list(takewhile(lambda each: each.first < self.last, found[begin:]))

    @cached_property
    def begins(self) -> int:
        """The first token after what joins it to the piece before."""
        index = self.first
        while index < self.last - 1 and self.marked.word(index) in _JOINING:
            index += 1
        return index

    @cached_property
    def finite(self) -> bool:
        """Whether it has a verb of its own that can carry an assertion."""
        words = self.marked.words[self.first : self.last]
        if any(word in _BE for word in words) or self.has("modal") or self.has("future"):
            return True
        roles = (
            "move",
            "establish",
            "carry",
            "counting",
            "target_verb",
            "saying",
            "so_it_is",
            "carrier",
            "wish",
        )
        return self._unknown_verb() or any(
            (each.entry.form in ("past", "s") and self._as_verb(each))
            or (each.entry.form == "base" and self._after_a_plural(each))
            for role in roles
            for each in self.marked.within(self.marked.find(role), self.begins, self.last)
        )

    def _unknown_verb(self) -> bool:
        """A past form that stands in no list, where a verb would stand."""
        return any(
            token.low.endswith("ed")
            and len(token.low) > 4
            and self.marked.word(index - 1) not in _NOT_BEFORE_A_VERB
            for index in range(self.begins + 1, self.last)
            for token in (self.marked.tokens[index],)
        )

    def _after_a_plural(self, each: Match[Word]) -> bool:
        """ "6% of offences result in a charge", "callers now wait"."""
        index = each.first - 1
        while index > self.first and self.marked.word(index) in ("now", "still", "often", "also"):
            index -= 1
        before = self.marked.word(index)
        plural = before.endswith("s") and not before.endswith("ss")
        return index >= self.first and (plural or before in _PLURALS)

    def _as_verb(self, each: Match[Word]) -> bool:
        before, after = self.marked.word(each.first - 1), self.marked.word(each.last)
        if each.first == self.begins:
            brings = each.entry.role != "move" and (
                after in ("a", "an", "the", "more", "new", "over", "around", "about")
                or any(q.first == each.last for q in self.marked.quantities)
            )
            return (each.entry.form == "past" and brings) or (
                each.entry.form == "past"
                and after
                in (
                    "to",
                    "by",
                    "from",
                    "in",
                    "on",
                    "at",
                    "that",
                )
            )
        return before not in (
            "a",
            "an",
            "the",
            "this",
            "in",
            "of",
            "for",
            "with",
            "any",
            "no",
            "more",
            "to",
        )

    @cached_property
    def predicate(self) -> Predicate:
        if self.has("underused") and self.strong:
            return "figure"
        if self.moves or self._extreme():
            return "trend"
        if self.has("within_target") or self._against_target():
            return "target"
        if self._beside_others():
            return "comparison"
        if self.quantities and not all(q.unit == ("years",) for q in self.quantities):
            return "figure"
        if self.has("establish") or self.has("state") or self.has("carry"):
            return "status"
        return ""

    def _extreme(self) -> bool:
        return self.has("extreme") and self.has("over_time")

    def _against_target(self) -> bool:
        if not self.has("target"):
            return False
        return self.has("stance") or self.has("target_verb") or bool(self.quantities)

    def _beside_others(self) -> bool:
        if self.has("ranked") and set(self.words) & {"outlier", "quartile"}:
            return True
        if self.has("people") and _likelier(self.words):
            return True
        placed = any(self.first <= p.first < self.last for p in self.marked.places)
        if placed and self.has("beside") and "that" in self.words:
            return True
        if self.has("people") and self.has("beside") and {"that", "those"} & set(self.words):
            return True
        if not self.has("others"):
            return False
        return (
            self.has("beside") or self.has("ranked") or self.has("extreme") or "than" in self.words
        )

    @property
    def words(self) -> tuple[str, ...]:
        return self.marked.words[self.first : self.last]


def _likelier(words: tuple[str, ...]) -> bool:
    """ "twice as likely as men", "no difference between men and women"."""
    return ("likely" in words and ("than" in words or "as" in words)) or "difference" in words


@dataclass
class Group:
    """Pieces that assert one thing, or share one predicate."""

    atoms: list[Atom]
    lead: list[Atom] = field(default_factory=list)
    """Pieces before, without a predicate: "In 2023/24," or the subject of the sentence."""

    @property
    def marked(self) -> Marked:
        return self.atoms[0].marked

    @property
    def words(self) -> tuple[str, ...]:
        return self.marked.words[self.first : self.last]

    @property
    def first(self) -> int:
        return self.atoms[0].first

    @property
    def last(self) -> int:
        return self.atoms[-1].last

    @property
    def predicates(self) -> set[Predicate]:
        return {atom.predicate for atom in self.atoms} - {""}


def groups(marked: Marked) -> list[Group]:
    """The groups of a sentence in order; pieces that depend are with what they depend on."""
    made: list[Group] = []
    waiting: list[Atom] = []
    scope = 0
    last_atom: Atom | None = None
    for first, last in atoms(marked):
        atom = Atom(marked, first, last)
        if atom.finite or not (made or waiting):
            scope = first
        atom.scope = scope
        goes_on = last_atom is not None and not atom.finite and _may_have_moved(last_atom)
        atom.purpose = last_atom.purpose if goes_on and last_atom is not None else first
        last_atom = atom
        if not made and (not atom.predicate or _only_leads(atom)):
            waiting.append(atom)
        elif made and (not atom.predicate or _depends(atom, made[-1])):
            made[-1].atoms.append(atom)
        else:
            made.append(Group([atom], waiting))
            waiting = []
    return made


def _only_leads(atom: Atom) -> bool:
    """ "At 36%,": a figure before the clause that it belongs to."""
    leads = atom.marked.word(atom.begins) in ("at", "with")
    return leads and not atom.measures and not atom.finite and atom.predicate == "figure"


def _may_have_moved(atom: Atom) -> bool:
    """Whether a word for a movement stands in it at all, asserted or not."""
    return any(atom.marked.every("move", index) for index in range(atom.first, atom.last))


def _depends(atom: Atom, group: Group) -> bool:
    kind = atom.predicate
    own = bool(atom.measures)
    start = atom.marked.word(atom.begins)
    if own and atom.strong:
        return False
    if kind == "figure":
        if atom.finite and any(q.first - atom.begins <= 2 for q in atom.quantities):
            return False  # "…, of which 18 were judged appropriate"
        if _another_of_them(atom, group):
            return False
        placed = any(atom.first <= p.first < atom.last for p in atom.marked.places)
        return not (placed and "trend" in group.predicates) and not own
    if kind == "trend":
        if "figure" in group.predicates and (_appositive(atom) or _tail(atom)):
            return False
        if not own and start in _DEPENDING and not _new_subject(atom):
            return True
        return (
            not own
            and not atom.finite
            and "trend" not in group.predicates
            and ("figure" in group.predicates)
        )
    if kind in ("target", "comparison"):
        if "figure" in group.predicates and _tail(atom):
            return False
        free = "trend" not in group.predicates and kind not in group.predicates
        return not own and free and ("figure" in group.predicates or not atom.finite)
    short = atom.last - atom.begins <= 3 and not own
    if kind == "status" and short and "status" in group.predicates:
        return True  # "vetted and trained"
    return kind == "status" and bool(group.predicates - {"status"}) and not atom.finite


def _appositive(atom: Atom) -> bool:
    """ "…, a 79 per cent increase on the year before": says a second thing."""
    starts = atom.marked.word(atom.begins) in ("a", "an", "representing", "nearly", "almost")
    nouns = [move for move in atom.moves if move.entry.form == "noun"]
    return starts and bool(nouns) and bool(atom.quantities) and not atom.finite


def _tail(atom: Atom) -> bool:
    """ "…, up from 74%", "…, just below the target": says a second thing of the figure. What only
    sets another figure beside it ("compared with", "against") goes with it."""
    comma = atom.marked.word(atom.first - 1) in (",", "–", "—", ";")
    begins = atom.marked.word(atom.begins)
    return comma and begins not in ("compared", "against", "versus", "from", "or", "which")


def _another_of_them(atom: Atom, group: Group) -> bool:
    """ "11% for stalking and 8% for harassment": another figure of the same unit."""
    if atom.marked.word(atom.first) != "and" or "figure" not in group.predicates:
        return False
    units = {q.unit for each in group.atoms for q in each.quantities}
    return any(q.unit in units and q.unit != ("",) for q in atom.quantities)


def _new_subject(atom: Atom) -> bool:
    """ "the rate fell": begins as what depends begins, but says something of its own."""
    return atom.finite and atom.marked.word(atom.begins) in ("the", "this", "it", "an", "a")
