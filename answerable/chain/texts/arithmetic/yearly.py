"""So many a week, a month or a quarter, and what is said to come to over the year."""

import re
from collections.abc import Iterator

from .quantities import Quantity, apart
from .slip import Slip, shown, slip_between
from .statements import Statement

IN_A_YEAR = {"week": (52.0, 53.0), "month": (12.0, 12.0), "quarter": (4.0, 4.0)}
GAP = r"[^{}.;:()]"
PATTERN = re.compile(
    rf"\{{N(?P<each>\d+)\}}{GAP}{{0,25}}? (?:a|per|each|every) (?P<span>week|month|quarter),?"
    rf" (?:or |which is |that is |making |a total of |in all )*\{{N(?P<whole>\d+)\}}{GAP}{{0,20}}?"
    r" (?:over|in|for|during|across) (?:the|a) (?:whole |full |financial |calendar )?year\b"
)
UNLIKE = re.compile(r"\b(rose|fell|up|down|from|to|than|compared|against|target|so far)\b")


def yearly(statement: Statement) -> Iterator[Slip]:
    """Slips between an average of a week, a month or a quarter and its year."""
    for found in PATTERN.finditer(statement.tokens):
        each, whole = (statement.figure(found.group(key)) for key in ("each", "whole"))
        if not UNLIKE.search(found.group()):
            yield from _judged(statement, each, whole, found.group("span"))


def _judged(statement: Statement, each: Quantity, whole: Quantity, span: str) -> Iterator[Slip]:
    fewest, most = IN_A_YEAR[span]
    half = max(each.step, 1) / 2  # an average is rounded
    follows = (each.low - half) * fewest, (each.high + half) * most
    if apart((whole.low, whole.high), follows):
        works_out = shown(each.value * fewest, "N")
        clause = f"{shown(each.value, 'N')} a {span} is {works_out} a year"
        yield slip_between("sum", statement, [each, whole], whole.words.strip(), works_out, clause)
