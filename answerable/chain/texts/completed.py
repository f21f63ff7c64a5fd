""" "The alarms have been fitted": what was done with a thing, whatever the verb."""

from collections.abc import Iterator

from .marks import Marked
from .matching import Match
from .vocabulary import Word

_ADVERBS = frozenset("now also already since recently successfully fully all both".split())
_SAID_OR_FELT = frozenset(
    "noted discussed raised asked told informed reported considered mentioned highlighted advised"
    " identified reassured invited concerned pleased involved affected subjected reminded recorded"
    " encouraged criticised praised accused injured attacked warned thanked commended sentenced"
    " jailed killed urged abused arrested charged convicted victimised disappointed delighted"
    " encouraged impressed challenged questioned questioned received recommended suggested proposed"
    " requested needed required expected wanted hoped intended anticipated damaged bailed harmed"
    " consulted thought missed failed delayed limited hampered based designed aimed used described"
    " welcomed".split()
)
"""Participles that say what somebody said or felt, or what befell them."""
_PEOPLE = frozenset(
    "officer officers member members staff chair worker workers commissioner constable specialist"
    " investigator investigators detective detectives handler handlers volunteer volunteers".split()
)
_REACH = 4
"""Words between a thing and its verb."""


def completed(marked: Marked, first: int, last: int) -> Match[Word] | None:
    """The participle by which a thing is said to have been done with, or to be in hand: after
    "has been" or "is being", close behind something that can be in place."""
    for at, how in _helped(marked, first, last):
        participle = marked.word(at)
        done = participle.endswith("ed") and len(participle) > 3
        if done and participle not in _SAID_OR_FELT and _thing_before(marked, first, how):
            word = Word(role="carry", key=participle, form="past", phrase=participle)
            return Match(at, at + 1, word)
    return None


def _helped(marked: Marked, first: int, last: int) -> Iterator[tuple[int, int]]:
    """Where a participle stands after "has been" or "is being", and where these begin."""
    for index in range(first, last - 2):
        two = marked.words[index : index + 2]
        if two in (("has", "been"), ("have", "been"), ("had", "been")) or (
            two[1] == "being" and two[0] in ("is", "are", "was", "were")
        ):
            at = index + 2
            while marked.word(at) in _ADVERBS:
                at += 1
            told_of = marked.word(index - 1) in ("which", "that", "who", "whose")
            if at < last and not told_of:
                yield at, index


def _thing_before(marked: Marked, first: int, at: int) -> bool:
    near = [m for m in marked.find("thing") if first <= m.first and m.last <= at]
    last = near[-1] if near else None
    return (
        last is not None and at - last.last <= _REACH and marked.word(last.last - 1) not in _PEOPLE
    )
