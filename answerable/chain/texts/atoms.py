"""A piece of a sentence, and what it says by itself."""

from bisect import bisect_left
from dataclasses import dataclass, field
from functools import cached_property
from itertools import takewhile
from typing import Literal

from .asserted import moved
from .completed import completed
from .marks import Marked
from .matching import Match
from .numbers import Quantity
from .ranking import aligns, extreme_of_a_place, nth, times_as
from .vocabulary import Word

Predicate = Literal["", "trend", "target", "comparison", "figure", "status"]
_BE = frozenset("is are was were be been being am has have had do does did".split())
_NOT_BEFORE_A_VERB = frozenset(
    (
        "a an the of and by with for in to on at from its their our his her newly each this that"
        " or more less most"
    ).split()
)
_BEFORE_A_VERB = frozenset(("now", "still", "often", "also", "101", "999", "currently"))
_PLURALS = frozenset("people women men children they we who police staff those some".split())
_JOINING = frozenset(
    (
        "and but while whilst although though whereas alongside yet which with plus , ; : ( – — -"
        " or as well along together"
    ).split()
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
        while index > self.first and self.marked.word(index) in _BEFORE_A_VERB:
            index -= 1
        if index < self.begins and self.marked.word(each.first - 1) == "now":
            return True  # "and now make up a fifth of …"
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
        if self._share_within_target():
            return "figure"
        if self.has("within_target") or self._against_target():
            return "target"
        if self._beside_others():
            return "comparison"
        if not self.quantities and aligns(self.marked, self.first, self.last):
            return "status"
        if self.quantities and not all(q.unit == ("years",) for q in self.quantities):
            return "figure"
        if any(self._outside_a_time(role) for role in ("establish", "state", "carry")):
            return "status"
        return "status" if completed(self.marked, self.first, self.last) else ""

    def _outside_a_time(self, role: str) -> bool:
        """ "the year ending March" ends nothing."""
        times = [(first, last) for first, last, _ in self.marked.whens]
        found = self.marked.within(self.marked.find(role), self.first, self.last)
        return any(not any(f <= m.first < last for f, last in times) for m in found)

    def _beside(self) -> bool:
        """A word for standing beside others; "more than £41 million" is only a bound."""
        found = self.marked.within(self.marked.find("beside"), self.first, self.last)
        return any(not any(q.first <= m.first < q.last for q in self.quantities) for m in found)

    def _than(self) -> bool:
        bounds = {i for q in self.quantities for i in range(q.first, q.last)}
        at = range(self.first, self.last)
        return any(self.marked.word(i) == "than" and i not in bounds for i in at)

    def _extreme(self) -> bool:
        return self.has("extreme") and self.has("over_time")

    def _share_within_target(self) -> bool:
        """ "91% attended within target": how many met it, not where the figure stands."""
        inside = [m.first for m in self.marked.find("within_target") if m.first >= self.first]
        inside += [
            m.first - 2
            for m in self.marked.find("target")
            if set(self.marked.words[max(0, m.first - 3) : m.first]) & {"within", "inside"}
        ]
        held = self.has("target_verb") or self.has("stance")
        shares = [q for q in self.quantities if "%" in q.unit]
        return (
            not held and len(shares) == 1 and any(shares[0].last <= at < self.last for at in inside)
        )

    def _against_target(self) -> bool:
        found = self.marked.within(self.marked.find("target"), self.first, self.last)
        named = [(each.first, each.last) for each in self.marked.find("name")]
        found = [m for m in found if not any(f <= m.first < last for f, last in named)]
        if not any(all(m.last != q.last for q in self.quantities) for m in found):
            return False  # "published seven standards"
        return self.has("stance") or self.has("target_verb") or bool(self.quantities)

    def _beside_others(self) -> bool:
        if self.has("ranked") and set(self.words) & {"outlier", "quartile"}:
            return True
        if times_as(self.marked, self.first, self.last):
            return True
        if extreme_of_a_place(self.marked, self.first, self.last):
            return True
        if self.has("people") and _likelier(self.words):
            return True
        placed = any(self.first <= p.first < self.last for p in self.marked.places)
        if placed and self._beside() and "that" in self.words:
            return True
        if self.has("people") and self._beside() and {"that", "those"} & set(self.words):
            return True
        if not self.has("others"):
            return False
        return nth(self.marked, self.first, self.last) or (
            self._beside() or self.has("ranked") or self.has("extreme") or self._than()
        )

    @property
    def words(self) -> tuple[str, ...]:
        return self.marked.words[self.first : self.last]


def _likelier(words: tuple[str, ...]) -> bool:
    """ "twice as likely as men", "no difference between men and women"."""
    return ("likely" in words and ("than" in words or "as" in words)) or "difference" in words
