"""Finding the phrases of a vocabulary in the words of a sentence."""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Generic, TypeVar

from .forms import all_forms, plural
from .tokens import APOSTROPHES, HYPHENS

GAP = 7
"""Words that `...` may stand for."""

T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class Match(Generic[T]):
    """A phrase found: from the first to before the last of the tokens, and what it stands for."""

    first: int
    last: int
    entry: T


Part = frozenset[str] | None  # None is a gap


class Phrases(Generic[T]):
    """Phrases by their first word, each a run of alternatives."""

    def __init__(self) -> None:
        self._by_first: dict[str, list[tuple[tuple[Part, ...], T]]] = defaultdict(list)

    def add(self, phrase: str, entry: T, noun: bool = True) -> None:
        """Take in a phrase in the notation of `library/vocabulary`; its words stand for their
        plurals too where it is a noun."""
        parts = compiled(phrase, noun)
        for word in parts[0] or ():
            self._by_first[word].append((parts, entry))

    def at(self, words: Sequence[str], index: int, stops: frozenset[int]) -> Iterable[Match[T]]:
        """Every phrase that begins at a word. Gaps do not run over the places in `stops`."""
        for parts, entry in self._by_first.get(words[index], ()):
            last = _fits(parts, words, index, stops)
            if last:
                yield Match(index, last, entry)

    def find(self, words: Sequence[str], stops: frozenset[int] = frozenset()) -> list[Match[T]]:
        """The phrases found, the longest at each place, none inside another."""
        found: list[Match[T]] = []
        for index in range(len(words)):
            here = list(self.at(words, index, stops))
            if here:
                found.append(max(here, key=lambda match: match.last))
        return found


def _fits(
    parts: tuple[Part, ...], words: Sequence[str], index: int, stops: frozenset[int]
) -> int | None:
    at = index
    gap = False
    for part in parts:
        if part is None:
            gap = True
            continue
        reach = min(at + GAP, len(words) - 1) if gap else at
        hit = next(
            (
                place
                for place in range(at, reach + 1)
                if place < len(words) and words[place] in part
            ),
            None,
        )
        if hit is None or any(place in stops for place in range(at, hit)):
            return None
        at, gap = hit + 1, False
    return at


def compiled(phrase: str, noun: bool = True) -> tuple[Part, ...]:
    """A phrase as a run of alternatives."""
    words = _words(phrase)
    return tuple(
        _part(word, noun and (number == len(words) or len(word) > 3))
        for number, word in enumerate(words, start=1)
    )


def _words(phrase: str) -> list[str]:
    for sign in HYPHENS:
        phrase = phrase.replace(sign, " ")
    words = []
    for word in phrase.lower().replace("’", "'").replace("/", " / ").replace(",", " , ").split():
        if word.endswith("'s"):
            word = word[:-2]
        elif word.endswith("s'"):
            word = word.rstrip(APOSTROPHES)
        words.append(word)
    return words


def _part(word: str, noun: bool) -> Part:
    if word == "...":
        return None
    if word.startswith("<") and word.endswith(">"):
        return all_forms(word[1:-1])
    options = set(word.split("|"))
    if noun:
        options |= {plural(option) for option in options if option.isalpha()}
    return frozenset(options)
