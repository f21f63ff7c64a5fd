"""A text cut into statements, each with its quantities in it as tokens.

`120 of 400, or 35%` becomes `{N0} of {N1}, or {P2}`: the letter is the sort of the quantity
and the number its place, so that a rule reads as the words that it looks for.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace

from .masks import masked
from .quantities import Quantity, quantities

ABBREVIATED = re.compile(
    r"(?:\b(?:Mr|Mrs|Ms|Dr|Cllr|St|Supt|Insp|Sgt|Det|Rt|Hon|No|Sept|Jan|Feb|Aug|Oct|Nov|Dec|approx"
    r"|vs|c|e\.g|i\.e|etc|incl|para)|\b[A-Z])\.$"
)
END = re.compile(
    r"[.!?][\"'”’)\]]*(?=\s+[A-Z0-9“\"'‘(¤£])|\n\s*\n"
    r"|(?<=[.!?:;)\d%])\n|\n(?=\s*(?:[-•●▪*]|[A-Z0-9(“\"£]))"
)


@dataclass(frozen=True)
class Statement:
    """A sentence, a heading or a row.

    start      where it begins in the text
    words      as it stands
    tokens     the same with each quantity as a token; dates and labels written over by `¤`
    figures    its quantities, by place; their offsets are those of the whole text
    """

    start: int
    words: str
    tokens: str
    figures: tuple[Quantity, ...]

    def figure(self, number: str) -> Quantity:
        return self.figures[int(number)]


def statements(text: str) -> Iterator[Statement]:
    """Each statement of a text, in order."""
    plain = masked(text)
    for start, end in _spans(text):
        found = tuple(quantities_within(plain, start, end))
        yield Statement(start, text[start:end], _tokens(plain, start, end, found), found)


def quantities_within(plain: str, start: int, end: int) -> Iterator[Quantity]:
    for one in quantities(plain[start:end]):
        yield replace(one, start=one.start + start, end=one.end + start)


def _spans(text: str) -> Iterator[tuple[int, int]]:
    at = 0
    for found in END.finditer(text):
        if found.group().startswith(".") and ABBREVIATED.search(
            text[max(at, found.start() - 12) : found.start() + 1]
        ):
            continue
        if text[at : found.end()].strip():
            yield at, found.end()
        at = found.end()
    if text[at:].strip():
        yield at, len(text)


def _tokens(plain: str, start: int, end: int, found: tuple[Quantity, ...]) -> str:
    pieces, at = [], start
    for number, one in enumerate(found):
        pieces += [plain[at : one.start], f"{{{one.sort}{number}}}"]
        at = one.end
    return re.sub(r"\s+", " ", "".join([*pieces, plain[at:end]]))
