"""Putting the pieces of a sentence together into what each asserts."""

from dataclasses import dataclass, field

from .atoms import Atom, Predicate
from .clauses import atoms
from .marks import Marked
from .ranking import opens_a_comparison

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
        shared = bool(waiting) and _in_so_many(waiting[-1]) and atom.finite
        if not made and not shared and (not atom.predicate or _only_leads(atom)):
            waiting.append(atom)
        elif made and (not atom.predicate or _depends(atom, made[-1])):
            made[-1].atoms.append(atom)
        else:
            first_atoms = [waiting.pop(), atom] if shared else [atom]
            made.append(Group(first_atoms, waiting))
            waiting = []
    return made


def _only_leads(atom: Atom) -> bool:
    """ "At 36%,": a figure before the clause that it belongs to."""
    if _in_so_many(atom):
        return True
    leads = atom.marked.word(atom.begins) in ("at", "with")
    return leads and not atom.measures and not atom.finite and atom.predicate == "figure"


def _in_so_many(atom: Atom) -> bool:
    """ "In 30 of the 45 cases that we examined,": a share of what follows."""
    first = atom.quantities[:1]
    shared = bool(first) and len(first[0].value) == 2 and first[0].first - atom.begins <= 2
    ended = atom.marked.word(atom.last - 1) == ","
    return shared and ended and atom.marked.word(atom.begins) == "in"


def _may_have_moved(atom: Atom) -> bool:
    """Whether a word for a movement stands in it at all, asserted or not."""
    return any(atom.marked.every("move", index) for index in range(atom.first, atom.last))


def _depends(atom: Atom, group: Group) -> bool:
    kind = atom.predicate
    own = bool(atom.measures)
    start = atom.marked.word(atom.begins)
    beside = opens_a_comparison(atom.marked, atom.begins)
    if beside and "figure" in group.predicates and kind == "figure" and not atom.finite:
        return True
    if own and atom.strong:
        return False
    if kind == "figure":
        if atom.finite and any(q.first - atom.begins <= 3 for q in atom.quantities):
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
    if beside and kind == "comparison" and "comparison" in group.predicates:
        return True
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
