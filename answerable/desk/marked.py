"""How a text is shown: what can be checked is marked and numbered, the rest is left alone."""

from typing import Any

from django.utils.html import conditional_escape as escape
from django.utils.safestring import SafeString

from ..chain.texts import Assertion
from ..site.markup import safe
from .presenting import asserted
from .things import Text
from .worded import LACKS
from .words import CANNOT

WHOLE = 60_000
"""Characters of a text that is shown whole; of a longer one, only what holds a mark."""


def sentences(text: Text) -> list[dict[str, Any]]:
    """Each sentence that can be checked, with what it asserts and what it leaves open."""
    return [
        {
            "number": number + 1,
            "index": number,
            "text": each.text,
            "where": text.document.cite(each.start, each.end),
            "asserts": asserted(each),
            "lacks": [LACKS.get(part, part) for part in each.missing],
            "cannot": CANNOT.get(each.kind, ""),
        }
        for number, each in enumerate(text.assertions)
    ]


def arithmetic(text: Text) -> list[dict[str, str]]:
    """Each place where figures of the text do not agree."""
    return [
        {
            "words": each.text,
            "told": each.sentence,
            "where": text.document.cite(each.start, each.end),
        }
        for each in text.slips
    ]


def marked(text: Text) -> tuple[list[SafeString], bool]:
    """The paragraphs of a text with their marks, and whether any were left out."""
    words, found = text.document.text, []
    whole, left = len(words) <= WHOLE, False
    at = 0
    for block in words.split("\n\n"):
        start, at = at, at + len(block) + 2
        inside = [
            (n, a) for n, a in enumerate(text.assertions) if start <= a.start < start + len(block)
        ]
        if inside or (whole and block.strip()):
            found.append(_block(block, start, inside))
        else:
            left = left or bool(block.strip())
    return found, left


def _block(block: str, start: int, inside: list[tuple[int, Assertion]]) -> SafeString:
    """One paragraph. Marks that overlap are one, with a number for each."""
    parts, at = [], 0
    for first, last, numbers in _merged(inside):
        begin, end = first - start, min(last - start, len(block))
        links = "".join(
            f'<a class="ref" href="#s{n + 1}" id="m{n + 1}"><span class="hidden">What can be checked, number </span>{n + 1}</a>'  # noqa: E501
            for n in numbers
        )
        parts.append(f"{_lines(block[at:begin])}<mark>{_lines(block[begin:end])}</mark>{links}")
        at = end
    parts.append(_lines(block[at:]))
    return safe(f"<p>{''.join(parts)}</p>")


def _lines(words: str) -> str:
    return str(escape(words)).replace("\n", "<br>")


def _merged(inside: list[tuple[int, Assertion]]) -> list[tuple[int, int, list[int]]]:
    found: list[tuple[int, int, list[int]]] = []
    for number, each in sorted(inside, key=lambda pair: pair[1].start):
        if found and each.start < found[-1][1]:
            first, last, numbers = found[-1]
            found[-1] = (first, max(last, each.end), [*numbers, number])
        else:
            found.append((each.start, each.end, [number]))
    return found
