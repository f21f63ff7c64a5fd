"""A share that does not follow from its counts: `120 of 400, or 35%`."""

import re
from collections.abc import Iterator

from .quantities import Quantity, apart
from .slip import Slip, shown, slip_between
from .statements import Statement

GAP = r"[^{}.;:()¤]"
WHOLE = r"(?:the |all |its |their |our |those |these |a total of |(?:the )?total of )*"
OF = rf" {GAP}{{0,25}}?(?:out )?of {WHOLE}"
JOINS = (
    r"(?:,? or |,? ?\(|\s?[–—]\s|\s-\s|,? which is |,? which represents |,? which equates to"
    r" |,? representing |,? equating to |,? equivalent to |,? that is |,? i\.e\. |, a (?:rate"
    r"|share|proportion)"
    r" of |: | = |, )"
)
SAME_WHOLE = r"(?=[),.;]|$|\s[–—-]\s| of (?:them|these|those|the total|all))(?! of all )"
UNLIKE = re.compile(
    r"\b(up|down|rose|fell|rise|fall|increase\w*|decrease\w*|reduc\w*|compared|against|target|than"
    r"|from|previous\w*|last|earlier|before|average|national\w*|whom|which|more|fewer|less|while"
    r"|but"
    r"|rate|by|points?|improv\w*|drop\w*|versus|vs|only)\b"
)
PATTERNS = (
    # 120 of the 400 arrests, or 35%
    rf"\{{N(?P<n>\d+)\}}{OF}\{{N(?P<m>\d+)\}}(?P<gap>{GAP}{{0,45}}?){JOINS}\{{P(?P<p>\d+)\}}{SAME_WHOLE}",
    # 35% (120 of 400)
    rf"\{{P(?P<p>\d+)\}}(?P<gap>(?:{GAP}|\{{D\d+\}}){{0,60}}?)(?: ?\(|, or |\s[–—-]\s|, that is |,"
    rf" i\.e\. )"
    rf"\{{N(?P<n>\d+)\}}{OF}\{{N(?P<m>\d+)\}}",
    # 120 (35%) of the 400
    rf"\{{N(?P<n>\d+)\}}(?P<gap>{GAP}{{0,30}}?) ?\(\{{P(?P<p>\d+)\}}\) (?:out )?of {WHOLE}"
    r"\{N(?P<m>\d+)\}",
    # 35% (120) of the 400
    rf"\{{P(?P<p>\d+)\}}(?P<gap>) ?\(\{{N(?P<n>\d+)\}}{GAP}{{0,20}}?\) (?:out )?of {WHOLE}"
    r"\{N(?P<m>\d+)\}",
    # 400 victims, of whom 120 (35%)
    rf"\{{N(?P<m>\d+)\}}(?P<gap>{GAP}{{0,40}}?),? of (?:whom|which|these|those) \{{N(?P<n>\d+)\}}"
    rf"(?:{GAP}{{0,20}}? ?\(|, or )\{{P(?P<p>\d+)\}}{SAME_WHOLE}",
    # Of the 400 arrests, 120 led to a charge, which is 35%
    rf"\b[Oo]f {WHOLE}\{{N(?P<m>\d+)\}}{GAP}{{0,40}}?, \{{N(?P<n>\d+)\}}"
    r"(?P<gap>[^{}.;:()¤,]{0,45}),"
    rf" (?:which (?:is|was|represents|equates to)|that is|representing|or) \{{P(?P<p>\d+)\}}"
    rf"{SAME_WHOLE}",
    # 35% of cases, 120 out of 400, were
    rf"\{{P(?P<p>\d+)\}} of (?P<gap>{GAP}{{0,40}}?), \{{N(?P<n>\d+)\}} (?:out )?of {WHOLE}"
    r"\{N(?P<m>\d+)\}(?=[),.;]|$)",
    # 35% of the 400 arrests (120)
    rf"\{{P(?P<p>\d+)\}} of {WHOLE}\{{N(?P<m>\d+)\}}(?P<gap>{GAP}{{0,45}}?)"
    rf"(?: ?\(|, or |, that is )\{{N(?P<n>\d+)\}}(?=[),.;]|$)",
)
WHOLE_FIRST = re.compile(rf"\b[Oo](?:f|ut of) {WHOLE}\{{N(\d+)\}}(?P<gap>[^{{}}.;]{{0,60}}?),")
PARTS = re.compile(
    rf"(?:\{{N(?P<n>\d+)\}}(?:{GAP}{{0,40}}?\(|, or )\{{P(?P<p>\d+)\}}(?=[),])"
    rf"|\{{P(?P<p2>\d+)\}}{GAP}{{0,40}}?\(\{{N(?P<n2>\d+)\}}\))"
)
OTHER_WHOLE = re.compile(r"\bof (?:whom|which|these|those|them)\b|[;:]")


def shares(statement: Statement) -> Iterator[Slip]:
    """Slips between a percentage, the count it stands for and the count it is a share of."""
    for pattern in PATTERNS:
        for found in re.finditer(pattern, statement.tokens):
            if not UNLIKE.search(found.group("gap")):
                figures = (statement.figure(found.group(key)) for key in "nmp")
                yield from _judged(statement, *figures)
    for opening in WHOLE_FIRST.finditer(statement.tokens):
        rest = statement.tokens[opening.end() :]
        other = OTHER_WHOLE.search(rest)
        for found in PARTS.finditer(rest[: other.start()] if other else rest):
            part, share = (
                found.group("n") or found.group("n2"),
                found.group("p") or found.group("p2"),
            )
            whole = statement.figure(opening.group(1))
            yield from _judged(statement, statement.figure(part), whole, statement.figure(share))


def _judged(
    statement: Statement, part: Quantity, whole: Quantity, share: Quantity
) -> Iterator[Slip]:
    if min(part.low, whole.low) <= 0 or part.value > whole.value:
        return
    follows = 100 * part.low / whole.high, 100 * part.high / whole.low
    if apart((share.low, share.high), follows):
        works_out = shown(100 * part.value / whole.value, "P")
        clause = f"{shown(part.value, 'N')} of {shown(whole.value, 'N')} is {works_out}"
        figures = [part, whole, share]
        yield slip_between("share", statement, figures, share.words.strip(), works_out, clause)
