"""The words and marks of spreadsheets, out of `library/vocabulary/sheets.toml`."""

import re
import tomllib
from functools import cache

from ..body import shipped

Words = dict[str, frozenset[str]]


@cache
def _held() -> dict[str, Words]:
    path = shipped("vocabulary", ".toml")["sheets"]
    held = tomllib.loads(path.read_text(encoding="utf-8"))
    return {part: {k: frozenset(v) for k, v in each.items()} for part, each in held.items()}


def words(part: str, kind: str) -> frozenset[str]:
    """The words of a kind: `words("roles", "total")`."""
    return _held()[part][kind]


def folded(text: str) -> str:
    """In lower case, spaces as one, without marks at the ends: for comparing headings."""
    text = text.replace("\u00a0", " ").replace("\u2013", "-").replace("\u2212", "-")
    return " ".join(text.lower().split()).strip(" :;,.*†‡")


def has(text: str, part: str, kind: str) -> bool:
    """Whether a heading is wholly one of the words."""
    return folded(text) in words(part, kind)


def holds(text: str, part: str, kind: str) -> bool:
    """Whether one of the words stands in the text, as a word."""
    return bool(_pattern(part, kind).search(folded(text)))


@cache
def _pattern(part: str, kind: str) -> re.Pattern[str]:
    ordered = sorted(words(part, kind), key=len, reverse=True)
    each = "|".join(re.escape(word) for word in ordered)
    return re.compile(rf"(?<![a-z0-9])(?:{each})(?![a-z0-9])")


@cache
def _edges(part: str, kind: str) -> re.Pattern[str]:
    ordered = sorted(words(part, kind), key=len, reverse=True)
    each = "|".join(re.escape(word) for word in ordered)
    return re.compile(rf"(?P<first>(?:{each})(?![a-z0-9]).*)|.*(?<![a-z0-9])(?:{each})[)\s%]*")


def begins_or_ends(text: str, part: str, kind: str) -> bool:
    """Whether a heading begins or ends with one of the words."""
    return bool(_edges(part, kind).fullmatch(folded(text)))
