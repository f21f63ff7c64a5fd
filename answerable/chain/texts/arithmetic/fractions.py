"""A fraction and its percentage, and `doubled` that is not."""

import math
import re
from collections.abc import Iterator

from .quantities import Quantity, apart
from .slip import Slip, rounded, shown, slip_between
from .statements import Statement

GAP = r"[^{}.;:()]"
PATTERNS = (
    # a third of victims (25%)
    rf"\{{F(?P<f>\d+)\}}(?P<gap>{GAP}{{0,60}}?) ?\((?:or )?\{{P(?P<p>\d+)\}}\)",
    # a third, or 25%,
    rf"\{{F(?P<f>\d+)\}}(?P<gap>{GAP}{{0,30}}?),? (?:or|–|—|-|i\.e\.) \{{P(?P<p>\d+)\}}",
    # 25% (a third) ; 25%, or one in three
    rf"\{{P(?P<p>\d+)\}}(?P<gap>{GAP}{{0,40}}?) ?(?:\((?:or )?|,? or |, that is )\{{F(?P<f>\d+)\}}"
    r"(?=[),.;]|$| of\b)",
    # 25% – a third –
    rf"\{{P(?P<p>\d+)\}}(?P<gap>{GAP}{{0,40}}?) [–—-] \{{F(?P<f>\d+)\}}(?= [–—-] |\.|$)",
)
COUNTS = re.compile(
    rf"\{{F(?P<f>\d+)\}}(?P<gap>{GAP}{{0,60}}?) ?\(\{{N(?P<n>\d+)\}}{GAP}{{0,20}}? (?:out )?of"
    r" (?:the |all )?\{N(?P<m>\d+)\}"
)
PART_AFTER = re.compile(
    r"\{F(?P<f>\d+)\} of (?:the |all |these |those |our |its )*\{N(?P<m>\d+)\}"
    r"(?P<gap>[^{},.;:()]{0,30}?)(?:, | \()\{N(?P<n>\d+)\}"
    r"(?: people| victims| women| cases| of them| in all)?(?=[),]|\.?$)"
)
"""A third of the 90 cases (45)."""
UNLIKE = re.compile(r"\b(and|but|while|compared|against|target|than|from|to|last|previous)\b")
BETWEEN = re.compile(r"\{F\d+\} (?:and|to|or) $")
TIMES = {
    "doubled": 2,
    "doubling": 2,
    "double": 2,
    "twice": 2,
    "trebled": 3,
    "tripled": 3,
    "treble": 3,
    "triple": 3,
    "quadrupled": 4,
    "halved": 0.5,
    "halving": 0.5,
    "half": 0.5,
}
MORE = (
    r"(?P<hedge>more than|nearly|almost|just over|just under|roughly|about|around|over|less than"
    r"|at least)"
)
MOVED = re.compile(
    rf"(?:{MORE} )?\b(?P<word>doubled|trebled|tripled|quadrupled|halved|doubling|halving)\b"
    rf"{GAP}{{0,40}}?,? from \{{[PNLD](?P<a>\d+)\}}{GAP}{{0,45}}? to"
    rf" \{{[PNLD](?P<b>\d+)\}}(?!\s?[a-z]* ?\{{)",
    re.IGNORECASE,
)
COMPARED = re.compile(
    rf"\{{N(?P<b>\d+)\}}{GAP}{{0,40}}?, (?:{MORE} )?(?P<word>double|twice|treble|triple)"
    rf" (?:the |as many as the )?\{{N(?P<a>\d+)\}}",
    re.IGNORECASE,
)
TIMES_OVER = re.compile(
    rf"\{{N(?P<b>\d+)\}}{GAP}{{0,40}}?, \{{N(?P<times>\d+)\}} times (?:the |as many as the )"
    r"\{N(?P<a>\d+)\}"
)
BOUNDS = {
    "": (0.92, 1.1),
    "more than": (1.0, math.inf),
    "over": (1.0, math.inf),
    "at least": (1.0, math.inf),
    "just over": (0.98, 1.2),
    "nearly": (0.8, 1.0),
    "almost": (0.8, 1.0),
    "just under": (0.8, 1.0),
    "less than": (0.0, 1.0),
    "about": (0.85, 1.18),
    "around": (0.85, 1.18),
    "roughly": (0.85, 1.18),
}
"""What may be said of a multiple, as a share of it: `doubled` holds from 1.84 to 2.2 times."""


def fractions(statement: Statement) -> Iterator[Slip]:
    """Slips between a fraction and the percentage or the counts beside it."""
    for pattern in PATTERNS:
        for found in re.finditer(pattern, statement.tokens):
            if not UNLIKE.search(found.group("gap")) and not BETWEEN.search(
                statement.tokens[: found.start()]
            ):
                fraction, share = (statement.figure(found.group(key)) for key in "fp")
                said = share.low, share.high
                yield from _judged(statement, fraction, [share], said, shown(share.value, "P"))
    both = (*COUNTS.finditer(statement.tokens), *PART_AFTER.finditer(statement.tokens))
    for found in both:
        fraction, part, whole = (statement.figure(found.group(key)) for key in "fnm")
        if whole.low > 0 and not UNLIKE.search(found.group("gap")):
            follows = 100 * part.low / whole.high, 100 * part.high / whole.low
            words = f"{part.words} of {whole.words}, {shown(100 * part.value / whole.value, 'P')}"
            yield from _judged(statement, fraction, [part, whole], follows, words)


def _judged(
    statement: Statement,
    fraction: Quantity,
    others: list[Quantity],
    follows: tuple[float, float],
    beside: str,
) -> Iterator[Slip]:
    if apart((fraction.low, fraction.high), follows):
        words, share = fraction.words.strip().lower(), shown(fraction.value, "P")
        bare = words.removeprefix(fraction.hedge).strip()
        clause = f"beside it stands {beside}, and {bare} is {share}"
        yield slip_between("fraction", statement, [fraction, *others], f"“{words}”", share, clause)


def multiples(statement: Statement) -> Iterator[Slip]:
    """Slips between `doubled`, `halved` or `twice` and the two figures."""
    for pattern in (MOVED, COMPARED):
        for found in pattern.finditer(statement.tokens):
            before, after = (statement.figure(found.group(key)) for key in "ab")
            hedge = (found.group("hedge") or "").lower()
            if before.sort == after.sort and before.low > 0 and after.low > 0:
                yield from _times(statement, found.group("word"), hedge, before, after)
    for found in TIMES_OVER.finditer(statement.tokens):
        before, after, times = (statement.figure(found.group(key)) for key in ("a", "b", "times"))
        low, high = BOUNDS["" if not times.hedge else "about"]
        if before.low > 0 and apart(
            (times.low * low, times.high * high),
            (after.low / before.high, after.high / before.low),
        ):
            yield _slip(statement, f"{times.words.strip()} times", before, after)


def _times(
    statement: Statement, word: str, hedge: str, before: Quantity, after: Quantity
) -> Iterator[Slip]:
    times = TIMES[word.lower()]
    low, high = BOUNDS[hedge]
    said = times * low, times * high
    if times < 1:
        said = (times / high if high < math.inf else 0.0), (times / low if low else math.inf)
    if apart(said, (after.low / before.high, after.high / before.low)):
        yield _slip(statement, f"{hedge} {word}".strip(), before, after)


def _slip(statement: Statement, words: str, before: Quantity, after: Quantity) -> Slip:
    ratio = after.value / before.value
    works_out = f"{rounded(ratio) if ratio >= 1 else f'{ratio:.2f}'} times"
    ends = f"{shown(before.value, before.sort)} to {shown(after.value, after.sort)}"
    clause = f"{ends} is {works_out}"
    return slip_between("multiple", statement, [before, after], f"“{words}”", works_out, clause)
