"""Places and forces named in a sentence."""

from collections.abc import Sequence
from dataclasses import dataclass

from .tokens import Token, lows
from .vocabulary import vocabulary

_OF_A_FORCE = frozenset(("police", "constabulary", "police's", "force"))
_WIDENING = frozenset(("across", "in", "within", "throughout", "for", "covering", "around"))
_NO_PLACE = frozenset(
    "january february march april may june july august september october november december monday"
    " tuesday"
    " wednesday thursday friday saturday sunday the a an this that these q1 q2 q3 q4 grade phase"
    " parliament covid christmas operation op project i it its his her their our victims code cps"
    " pcc"
    " vawg rvr dvpo dapo idva isva marac msg hmicfrs opcc police force dash dara occ rasso".split()
)


@dataclass(frozen=True, slots=True)
class Place:
    """A place as it stands, and the tokens in which it does."""

    first: int
    last: int
    name: str


def places(text: str, tokens: Sequence[Token], own: Sequence[str] = ()) -> list[Place]:
    """The places of a sentence, in order: the body's own, forces, places of the vocabulary, and
    any capitals after "in" or "across"."""
    words = lows(tokens)
    found: list[Place] = []
    named = [tuple(name.lower().replace("-", " ").split()) for name in own]
    index = 0
    while index < len(tokens):
        last = _end(tokens, words, index, named)
        if last is None:
            index += 1
            continue
        if last < len(tokens) and words[last] in _OF_A_FORCE and tokens[last].capital:
            last += 1
        found.append(Place(index, last, _name(text, tokens, index, last)))
        index = last
    return found


def _name(text: str, tokens: Sequence[Token], first: int, last: int) -> str:
    end = tokens[last - 1].start + len(tokens[last - 1].low) if tokens[last - 1].possessive else 0
    return text[tokens[first].start : end or tokens[last - 1].end]


def _end(
    tokens: Sequence[Token],
    words: Sequence[str],
    index: int,
    named: Sequence[tuple[str, ...]],
) -> int | None:
    """The token after a place that begins here, or None."""
    for name in sorted(named, key=len, reverse=True):
        if name and tuple(words[index : index + len(name)]) == name:
            return index + len(name)
    if not tokens[index].capital or words[index] in _NO_PLACE:
        return None
    known = [
        match.last
        for role in ("force", "place")
        for match in vocabulary().phrases[role].at(words, index, frozenset())
    ]
    if known and words[index] != "reading":
        return max(known)
    return _after_a_preposition(tokens, words, index)


def _after_a_preposition(tokens: Sequence[Token], words: Sequence[str], index: int) -> int | None:
    before = words[index - 1] if index else ""
    if before not in _WIDENING:
        return None
    last = index
    while last < len(tokens) and tokens[last].kind == "word" and _place_like(tokens[last]):
        last += 1
    if last - index > 4 or last == index:
        return None
    return last


def _place_like(token: Token) -> bool:
    plain = token.capital and token.low not in _NO_PLACE and not token.text.isupper()
    return plain and len(token.text) > 2
