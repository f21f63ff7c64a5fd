"""A sentence with everything that the vocabulary knows marked in it."""

from bisect import bisect_left
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property

from ..body.spoken import Mention
from .matching import Match
from .numbers import Quantity, quantities
from .places import Place, places
from .sentences import Sentence
from .tokens import Token, lows, tokenise
from .vocabulary import Word, vocabulary
from .when import When, times

_STOPS = frozenset((",", ";", ":", "(", ")", "–", "—", "“", "”", '"'))
_NAMING = frozenset(
    "grade outcome outcomes section article item action page phase tier level priority type code"
    " paragraph"
    " para figure table appendix annex chapter question op operation slide stage band category"
    " version"
    " part rule schedule recommendation number no ref agenda minute volume".split()
)
_COUNTS_LIKE = frozenset(
    ("level", "number", "part", "priority", "action", "figure", "recommendation")
)
_SERVICES = frozenset(("999", "101"))


@dataclass(frozen=True)
class Marked:
    """A sentence, its tokens, and what is marked in them by role."""

    text: str
    sentence: Sentence
    own_areas: tuple[str, ...] = ()
    spoken: tuple[Mention, ...] = ()

    @cached_property
    def tokens(self) -> tuple[Token, ...]:
        return tokenise(self.text, self.sentence.start, self.sentence.end)

    @cached_property
    def words(self) -> tuple[str, ...]:
        return lows(self.tokens)

    @cached_property
    def stops(self) -> frozenset[int]:
        return frozenset(i for i, word in enumerate(self.words) if word in _STOPS)

    @cached_property
    def _all(self) -> dict[str, dict[int, list[Match[Word]]]]:
        """Every phrase of the vocabulary in the sentence, by role and first token: one pass."""
        known: dict[str, dict[int, list[Match[Word]]]] = {}
        everything = vocabulary().everything
        for index in range(len(self.words)):
            for match in everything.at(self.words, index, self.stops):
                known.setdefault(match.entry.role, {}).setdefault(index, []).append(match)
        return known

    def find(self, role: str) -> tuple[Match[Word], ...]:
        """The phrases of one role, the longest at each place."""
        known: dict[str, tuple[Match[Word], ...]] = self.__dict__.setdefault("_longest", {})
        if role not in known:
            here = self._all.get(role, {})
            known[role] = tuple(max(each, key=lambda m: m.last) for each in here.values())
        return known[role]

    def every(self, role: str, index: int) -> Sequence[Match[Word]]:
        """All phrases of a role that begin at a token."""
        return self._all.get(role, {}).get(index, ())

    @cached_property
    def measures(self) -> tuple[Match[Word], ...]:
        """What is measured: phrases inside longer ones are left out."""
        found = sorted(self.find("measure"), key=lambda each: (each.first, -each.last))
        kept: list[Match[Word]] = []
        named = [(each.first, each.last) for each in self.find("name")]
        found = [each for each in found if not _wider_than_another(each, found)]
        found = [m for m in found if not any(f <= m.first < last for f, last in named)]
        for each in found:
            if any(k.first <= each.first and each.last <= k.last for k in kept):
                continue
            kept.append(each)
        return tuple(kept)

    @cached_property
    def whens(self) -> tuple[tuple[int, int, When], ...]:
        """Words for times with the tokens that they cover."""
        found = []
        for when in times(self.text, self.sentence.start, self.sentence.end, self.spoken):
            first, last = self.index(when.start), self.index(when.end)
            if first < last:
                found.append((first, last, when))
        return tuple(found)

    @cached_property
    def places(self) -> tuple[Place, ...]:
        return tuple(
            place
            for place in places(self.text, self.tokens, self.own_areas)
            if not any(m.first <= place.first < m.last for m in self.measures if not m.entry.weak)
        )

    @cached_property
    def quantities(self) -> tuple[Quantity, ...]:
        return tuple(quantities(self.tokens, self._taken))

    @cached_property
    def _taken(self) -> frozenset[int]:
        """Tokens whose numbers are no quantities: dates, clock times, names of things."""
        taken = {i for first, last, _ in self.whens for i in range(first, last)}
        taken |= {i for place in self.places for i in range(place.first, place.last)}
        for index, token in enumerate(self.tokens):
            if (token.kind == "number" and self._names(index)) or (
                token.low in ("one", "two", "three", "four") and self._after_a_name(index)
            ):
                taken.add(index)
        return frozenset(taken)

    def _names(self, index: int) -> bool:
        token, after = self.tokens[index], self.word(index + 1)
        before = self.word(index - 1)
        glued = index + 1 < len(self.tokens) and self.tokens[index + 1].start == token.end
        if token.text in _SERVICES:
            return after not in ("arrests", "officers", "crimes", "victims", "incidents", "%")
        if token.text.startswith("0") and len(token.text) > 1 and "." not in token.text:
            return True  # a telephone number
        if glued and after in ("am", "pm", "st", "nd", "rd", "th", "+"):
            return True
        if after == "year" and self.word(index + 2) in ("old", "olds"):
            return True
        if before in ("per", "every"):
            return True  # 33 per 100
        if after in ("am", "pm") or before == "aged" or before == "age":
            return True
        if (after == ":" and glued) or (
            before == ":" and self.tokens[index - 1].end == token.start
        ):
            return True  # 16:30
        if (after == "/" and glued) or before == "/":
            return True
        if (
            index
            and self.tokens[index - 1].end == token.start
            and self.tokens[index - 1].kind == "word"
        ):
            return True  # AC3, Q2
        if len(token.text) >= 7 and "," not in token.text and "." not in token.text:
            return True
        return self._after_a_name(index)

    def _after_a_name(self, index: int) -> bool:
        before = self.word(index - 1)
        if before not in _NAMING:
            return before == "covid" or (before == "act" and self.tokens[index].kind == "number")
        if before in _COUNTS_LIKE:
            return self.tokens[index - 1].capital and index > 1
        return True

    def word(self, index: int) -> str:
        return self.words[index] if 0 <= index < len(self.words) else ""

    def index(self, offset: int) -> int:
        """The first token that begins at or after an offset of the text."""
        return bisect_left(self.tokens, offset, key=lambda token: token.start)

    def has(self, role: str, first: int = 0, last: int | None = None) -> bool:
        return bool(self.within(self.find(role), first, last))

    def within(
        self, found: Sequence[Match[Word]], first: int = 0, last: int | None = None
    ) -> list[Match[Word]]:
        """Those of a run of phrases, in order, that stand between two tokens."""
        end = len(self.tokens) if last is None else last
        inside = []
        for at in range(bisect_left(found, first, key=lambda each: each.first), len(found)):
            if found[at].first >= end:
                break
            if found[at].last <= end:
                inside.append(found[at])
        return inside

    def said(self, first: int, last: int) -> str:
        """The words from one token to before another, as they stand."""
        if first >= last:
            return ""
        return self.text[self.tokens[first].start : self.tokens[last - 1].end]


def _wider_than_another(match: Match[Word], found: Sequence[Match[Word]]) -> bool:
    """A phrase with a gap says less than one of another family that stands inside it."""
    if "..." not in match.entry.phrase:
        return False
    return any(
        match.first <= each.first and each.last <= match.last and each is not match
        and not each.entry.weak and each.entry.key != match.entry.key
        for each in found
    )  # fmt: skip
