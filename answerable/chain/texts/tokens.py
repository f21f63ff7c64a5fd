"""Words, numbers and marks of a text, each with where it stands."""

import re
from collections.abc import Sequence
from dataclasses import dataclass

# Every alternative consumes what it matches and begins with another kind of character, so the
# time is linear in the text, whatever it is.
_TOKEN = re.compile(
    r"(?P<number>\d+(?:,\d{3}(?!\d))*(?:\.\d+)?)"
    r"|(?P<word>[^\W\d_]+(?:['’][^\W\d_]+)*)"
    r"|(?P<mark>[^\s])"
)
HYPHENS = "-‐‑"
APOSTROPHES = "'’"


@dataclass(frozen=True, slots=True)
class Token:
    """One word, number or mark.

    text         as it stands, from start to end in the text that is read
    low          in small letters, without a possessive `'s`
    kind         number, word, mark
    possessive   whether an `'s` or `'` belonged to it
    """

    text: str
    low: str
    start: int
    end: int
    kind: str
    possessive: bool = False

    @property
    def capital(self) -> bool:
        return self.text[:1].isupper()


def tokenise(text: str, start: int = 0, end: int | None = None) -> tuple[Token, ...]:
    """The tokens of `text` from start to end, with offsets in the whole of it.

    A hyphen inside a compound and the apostrophe of a plural possessive are no tokens:
    "year-on-year" is three words, "victims’ rights" two.
    """
    found: list[Token] = []
    for match in _TOKEN.finditer(text, start, len(text) if end is None else end):
        kind, raw = str(match.lastgroup), match[0]
        if raw in HYPHENS and _inside_a_compound(text, match.start()):
            continue
        if raw in APOSTROPHES and _ends_a_plural(text, match.start()):
            found[-1:] = [_possessive(found[-1])] if found else []
            continue
        found.append(_token(raw, match.start(), kind))
    return tuple(found)


def _token(raw: str, start: int, kind: str) -> Token:
    low = raw.lower().replace("’", "'")
    possessive = kind == "word" and low.endswith("'s")
    return Token(raw, low[:-2] if possessive else low, start, start + len(raw), kind, possessive)


def _possessive(token: Token) -> Token:
    return Token(token.text, token.low, token.start, token.end, token.kind, True)


def _inside_a_compound(text: str, at: int) -> bool:
    before, after = text[at - 1 : at], text[at + 1 : at + 2]
    if not (before.isalnum() and after.isalnum()):
        return False
    return not (before.isdigit() and after.isdigit())  # 10-15 is a range


def _ends_a_plural(text: str, at: int) -> bool:
    return text[at - 1 : at] in ("s", "S") and not text[at + 1 : at + 2].isalnum()


def lows(tokens: Sequence[Token]) -> tuple[str, ...]:
    """The words in small letters, to match against a vocabulary."""
    return tuple(token.low for token in tokens)
