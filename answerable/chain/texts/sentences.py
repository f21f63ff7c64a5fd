"""Sentences of a text: of prose, of lists, of minutes with numbered lines, of wrapped lines."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Literal

Form = Literal["prose", "item", "heading"]


@dataclass(frozen=True, slots=True)
class Sentence:
    """A sentence, from start to end in the text.

    form    prose; item: of a list; heading: a line by itself without a full stop
    quoted  whether it stands inside quotation marks that were opened before its end
    """

    start: int
    end: int
    form: Form
    quoted: bool = False
    paragraph: int = 0


_MARKER = re.compile(
    r"[ \t]*(?:[•▪●◦‣·*–—-]|\(?(?:\d{1,2}(?:\.\d{1,2}){0,3}|[a-zA-Z]|[ivx]{1,4})[.)]"
    r"|\d{1,2}(?:\.\d{1,2}){1,3}|[A-Z]{1,4}[ -]?\d{1,3}[.:)]?)(?=[ \t]|$)[ \t]*"
)
_ABBREVIATIONS = frozenset(
    "mr mrs ms dr prof rev sir st no nos vs v eg ie etc approx supt insp sgt det ch asst cllr hon"
    " fig"
    " para paras pp p ref inc ltd co dept est min max jan feb mar apr jun jul aug sept sep oct nov"
    " dec temp".split()
)
_ALWAYS_GO_ON = frozenset(
    "mr mrs ms dr prof rev st no nos vs eg ie cllr supt insp sgt det fig para".split()
)
_END = re.compile(r"[.!?…]+[\"'”’)\]]*(?=\s|$)|[.!?](?=[A-Z][a-z])")
_OPENERS = "“\"‘'([•-–"
WRAPPED = 60
"""A line shorter than this that begins with a capital after a line without a full stop stands
by itself; a longer one may have been wrapped."""
LONGEST = 1_000
"""Characters. What runs on without a stop is no sentence, and is read in pieces."""


def sentences(text: str) -> Iterator[Sentence]:
    """The sentences in order. Never longer than a paragraph; every offset is of `text`."""
    in_quotes = False
    for number, (start, end, form) in enumerate(_blocks(text)):
        in_quotes = False  # each paragraph of a long quotation opens it again
        for first, last in _cells(text, start, end):
            quoted, in_quotes = _quoted(text[first:last], in_quotes)
            ended = text[last - 1] in ".!?…\"'”’)"
            kind: Form = form if form != "heading" or not ended else "prose"
            yield Sentence(first, last, kind, quoted, number)


def _quoted(piece: str, inside: bool) -> tuple[bool, bool]:
    was = inside
    for sign in piece:
        if sign == "“":
            inside = True
        elif sign == "”":
            inside = False
        elif sign == '"':
            inside = not inside
    return was or inside or "“" in piece or '"' in piece, inside


def _blocks(text: str) -> Iterator[tuple[int, int, Form]]:
    """Paragraphs, items and headings, wrapped lines put together again."""
    held: tuple[int, int, Form] | None = None
    for start, end in _lines(text):
        if start == end:
            if held:
                yield held
            held = None
            continue
        marker = _MARKER.match(text, start, end)
        if marker and marker.end() < end and _is_marker(text, marker):
            if held:
                yield held
            held = (marker.end(), end, "item")
        elif held and _goes_on(text, held, start, end):
            held = (held[0], end, held[2] if held[2] == "item" else "prose")
        else:
            if held:
                yield held
            held = (start, end, "heading")
    if held:
        yield held


def _is_marker(text: str, marker: "re.Match[str]") -> bool:
    """A number at the start of a line is a marker unless the line goes on in small letters."""
    sign = marker[0].strip()
    if not sign[:1].isdigit() and not sign[:1].isalpha():
        return marker[0][-1:] in " \t"
    after = text[marker.end() : marker.end() + 1]
    if sign[-1] in ".):":
        return not (len(sign) == 2 and sign[0].isupper() and sign[-1] == ".")  # an initial
    return after.isupper() or after in "“\"'"


def _lines(text: str) -> Iterator[tuple[int, int]]:
    at = 0
    for line in text.splitlines(keepends=True):
        left = len(line) - len(line.lstrip())
        body = line.strip()
        yield (at + left, at + left + len(body)) if body else (at, at)
        at += len(line)


def _goes_on(text: str, held: tuple[int, int, Form], start: int, end: int) -> bool:
    """Whether a line is the rest of the one before, cut by wrapping."""
    last, first = text[held[1] - 1], text[start]
    if last in '.!?:;”"':
        # A paragraph may go on after a full stop where its lines are wrapped.
        return (
            last in ".!?"
            and _width(text, held) >= WRAPPED
            and not first.isdigit()
            and ("\n" in text[held[0] : held[1]])
        )
    if first.islower() or last in ",(–-&/" or first in "),;":
        return True
    return _width(text, held) >= WRAPPED


def _width(text: str, held: tuple[int, int, Form]) -> int:
    """The length of the last line of a block."""
    newline = max(text.rfind("\n", held[0], held[1]), text.rfind("\r", held[0], held[1]))
    return held[1] - max(held[0], newline + 1)


CELLS = " | "
"""Between the cells of a row, as a document is opened. What a column means is said in its
heading, so a cell is read only for the sentences in it."""


def _cells(text: str, start: int, end: int) -> Iterator[tuple[int, int]]:
    at = start
    while at < end:
        cut = text.find(CELLS, at, end)
        cut = end if cut < 0 else cut
        yield from _split(text, at, cut)
        at = cut + len(CELLS)


def _split(text: str, start: int, end: int) -> Iterator[tuple[int, int]]:
    first = start
    for match in _END.finditer(text, start, end):
        if match.end() < end and not _ends(text, match, first, end):
            continue
        yield from _no_longer(text, first, match.end())
        first = match.end()
    yield from _no_longer(text, first, end)


def _no_longer(text: str, start: int, end: int) -> Iterator[tuple[int, int]]:
    """A sentence, cut where it is longer than any that a person writes."""
    while end - start > LONGEST:
        cut = max(text.rfind(sign, start, start + LONGEST) for sign in " ;,\n") + 1
        cut = cut if cut > start else start + LONGEST
        if text[start:cut].strip():
            yield _trim(text, start, cut)
        start = cut
    if text[start:end].strip():
        yield _trim(text, start, end)


def _trim(text: str, start: int, end: int) -> tuple[int, int]:
    piece = text[start:end]
    left = len(piece) - len(piece.lstrip())
    return start + left, start + len(piece.rstrip())


def _ends(text: str, match: "re.Match[str]", first: int, end: int) -> bool:
    """Whether a full stop ends the sentence: not after an abbreviation or an initial, and not
    where what follows begins small."""
    after = text[match.end() : min(match.end() + 40, end)].lstrip()
    if not after:
        return True
    if match[0][0] in "!?":
        return not after[0].islower()
    if match[0].startswith("..") or match[0][0] == "…":
        return after[0].isupper()
    word = _word_before(text, match.start(), first)
    if word.lower().replace(".", "") in _ALWAYS_GO_ON or (len(word) == 1 and word.isupper()):
        return False
    if word.lower().replace(".", "") in _ABBREVIATIONS and not after[0].isupper():
        return False
    return (
        after[0].isupper() or after[0].isdigit() or after[0] in _OPENERS or not after[0].isalpha()
    )


def _word_before(text: str, at: int, first: int) -> str:
    begin = at
    while begin > max(first, at - 24) and (text[begin - 1].isalpha() or text[begin - 1] == "."):
        begin -= 1
    return text[begin:at]
