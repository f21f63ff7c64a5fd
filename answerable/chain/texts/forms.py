"""Forms of English words, so that a vocabulary lists each word once."""

import tomllib
from functools import cache

from ..body import shipped

_VOWELS = "aeiou"


@cache
def _irregular() -> dict[str, dict[str, object]]:
    return tomllib.loads(shipped("vocabulary", ".toml")["forms"].read_text(encoding="utf-8"))


def plural(noun: str) -> str:
    """`arrest` → `arrests`, `vacancy` → `vacancies`, `person` → `people`."""
    known = _irregular()["nouns"].get(noun)
    if isinstance(known, str):
        return known
    if noun.endswith(("s", "x", "z", "ch", "sh")):
        return noun + "es"
    if noun.endswith("y") and len(noun) > 1 and noun[-2] not in _VOWELS:
        return noun[:-1] + "ies"
    return noun + "s"


def verb_forms(verb: str) -> dict[str, frozenset[str]]:
    """The forms of a verb by their kind: base, s, ing, past (with the participle).

    Of several words only the first changes: `go up` → `went up`.
    """
    first, _, rest = verb.partition(" ")
    tail = f" {rest}" if rest else ""
    kinds = _regular(first)
    known = _irregular()["verbs"].get(first)
    if isinstance(known, list):
        kinds = {"s": {known[0]}, "ing": {known[1]}, "past": set(known[2:])}
    if first == "be":
        kinds = {"s": {"is", "are"}, "ing": {"being"}, "past": {"was", "were", "been"}}
    kinds["base"] = {first}
    return {kind: frozenset(form + tail for form in forms) for kind, forms in kinds.items()}


def _regular(verb: str) -> dict[str, set[str]]:
    if verb.endswith("e"):
        stem = verb if verb.endswith(("ee", "oe", "ye")) else verb[:-1]
        return {"s": {verb + "s"}, "ing": {stem + "ing"}, "past": {verb + "d"}}
    if verb.endswith("y") and verb[-2:-1] not in _VOWELS:
        return {"s": {verb[:-1] + "ies"}, "ing": {verb + "ing"}, "past": {verb[:-1] + "ied"}}
    doubled = verb + verb[-1] if _doubles(verb) else verb
    third = verb + "es" if verb.endswith(("s", "x", "z", "ch", "sh", "o")) else verb + "s"
    return {"s": {third}, "ing": {doubled + "ing"}, "past": {doubled + "ed"}}


def _doubles(verb: str) -> bool:
    """`cut`, `drop`: one vowel before one consonant, in a word of one syllable."""
    return (
        len(verb) > 2
        and verb[-1] not in _VOWELS + "wxy"
        and verb[-2] in _VOWELS
        and sum(letter in _VOWELS for letter in verb) == 1
    )


def all_forms(verb: str) -> frozenset[str]:
    """Every form of a verb."""
    return frozenset().union(*verb_forms(verb).values())
