"""Two different figures for one thing, in one text."""

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from .masks import MONTH, YEAR
from .quantities import Quantity, apart
from .slip import Slip, shown
from .statements import Statement

PERIOD = re.compile(
    rf"\b(?:(?:12|twelve) months to (?:\d\d? )?{MONTH}\s?{YEAR}|year (?:to|ending|ended)"
    rf" (?:\d\d? )?{MONTH}"
    rf"\s?{YEAR}|Q[1-4]\s?{YEAR}(?:\s?[/–-]\s?\d\d)?|{YEAR}\s?[/–-]\s?\d\d|(?:\d{{1,2}}"
    rf" )?{MONTH}\s{YEAR}"
    rf"|{YEAR})\b"
)
TELLS = frozenset(
    "a an the of in for to by on at with and or that which this these those it its they their there"
    " was were is are be been being has have had stood stands reached recorded reported made said"
    " told heard noted showed shows show figures figure data according total number proportion"
    " share"
    " rate rates percentage board panel meeting paper report members force police also just only"
    " year years month months period during over between from as per cent we our us he she who"
    " officers commissioner deputy chief constable council overall whole all out stand last"
    " currently"
    " put presented published given received came come about around nearly more than some".split()
)
"""Words that do not tell one measured thing from another."""
MOVES = re.compile(
    r"\b(rose|risen|fell|fallen|increase\w*|decrease\w*|up|down|drop\w*|grew|grow\w*|reduc\w*"
    r"|declin\w*"
    r"|target|aim|ambition|expected|forecast|than|against|compared|average|national\w*"
    r"|provisional\w*"
    r"|revised|previously|each|per|if|would|could|should|will|further|another|additional|other"
    r"|remaining"
    r"|by)\b",
    re.IGNORECASE,
)
NEGATES = re.compile(
    r"\b(not|no|never|without|dis\w+|un\w+|male|female|men|women|non)\b|n't", re.IGNORECASE
)


@dataclass(frozen=True)
class Mention:
    """One figure for one thing: which thing, told by its words, its period and its names."""

    figure: Quantity
    words: frozenset[str]
    period: str
    names: frozenset[str]


def two_figures(found: Iterable[Statement]) -> Iterator[Slip]:
    """Slips between two statements that say the same of the same period with another figure.

    Both must name the period, hold that figure only, and share every word that tells one
    thing from another; so much is missed, and little is wrongly named.
    """
    said: dict[tuple[object, ...], list[Mention]] = defaultdict(list)
    for statement in found:
        mention = _mention(statement)
        if mention is None:
            continue
        key = (mention.words, mention.period, mention.names, mention.figure.sort)
        for before in said[key][:10]:
            if apart(_ends(before.figure), _ends(mention.figure)):
                yield _slip(statement, before, mention)
                break
        said[key].append(mention)


def _ends(figure: Quantity) -> tuple[float, float]:
    return figure.low, figure.high


def _mention(statement: Statement) -> Mention | None:
    if len(statement.figures) != 1 or MOVES.search(statement.tokens):
        return None
    figure = statement.figures[0]
    periods = {re.sub(r"\s", "", p).lower() for p in PERIOD.findall(statement.words)}
    if figure.sort not in "PNLD" or len(periods) != 1 or "|" in statement.words:
        return None
    plain = re.sub(r"\{\w+\}|\S*¤\S*", " ", statement.tokens)
    names = frozenset(re.findall(r"(?<!^)(?<![.“\"] )\b[A-Z][a-z]+", plain.strip())) - _TITLES
    words = frozenset(_stem(word) for word in re.findall(r"[a-z]+", plain.lower()))
    telling = words - _STEMS - {_stem(name.lower()) for name in names}
    turned = frozenset(match.group().lower() for match in NEGATES.finditer(plain))
    if len(telling) < 2:
        return None
    return Mention(figure, telling | turned, periods.pop(), names)


def _stem(word: str) -> str:
    """Close enough to tell words apart: `arrests`, `arrested`, `arrest`."""
    return re.sub(r"(ing|ions|ion|ed|es|s|e)$", "", word) if len(word) > 4 else word


_STEMS = frozenset(_stem(word) for word in TELLS)
_TITLES = frozenset(
    "The Police Crime Panel Board Commissioner Chief Constable Officers Figures".split()
)


def _slip(statement: Statement, before: Mention, mention: Mention) -> Slip:
    first, second = before.figure, mention.figure
    words = statement.words[second.start - statement.start : second.end - statement.start]
    works_out = shown(first.value, first.sort)
    sentence = (
        f"The text says {words.strip()} here and {first.words.strip()} earlier, for what reads as"
        f" the"
        f" same thing in the same period ({mention.period})."
    )
    return Slip("two_figures", words, second.start, second.end, words.strip(), works_out, sentence)
