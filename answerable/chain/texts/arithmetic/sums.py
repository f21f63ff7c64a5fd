"""Parts that do not add up to their stated total, in a sentence or in a table."""

import re
from collections.abc import Iterator, Sequence

from .quantities import Quantity, apart
from .slip import Slip, shown, slip_between
from .statements import Statement

NEAR = 0.1
NEAR_FOR_TWO = 0.06
"""A list that misses a figure by more than this is not taken as its parts: it may be some of
them, or of another thing."""
PARTLY = re.compile(
    r"\b(includ\w+|such as|among|amongst|of which|of whom|some of|at least|mainly|mostly|overlap\w*"
    r"|also|both|more than one|most|e\.g|for example|especially|particularly|up from|down from"
    r"|compared|rather|instead|against|than|rose|fell|increase\w*)\b",
    re.IGNORECASE,
)
LISTED = r"(?P<parts>(?:[^{}.]{0,80}\{[NL]\d+\}){2,20}[^{}.]{0,60}?)"
BETWEEN = re.compile(r"\}[^{}]*?(?:[,;] |\band |\bplus )[^{}]*\{")
TOTAL_FIRST = re.compile(
    rf"\{{[NL](?P<total>\d+)\}}[^{{}}.;]{{0,60}}?(?P<join>: | ?\(|, made up of |, consisting of |,"
    rf" comprising"
    rf" | made up of | comprising | consisting of | [–—-] |, namely "
    rf"|,? (?:is |was |are |were )?(?:split|divided|shared) (?:between|into) ){LISTED}"
    r"(?P<end>\)|\.|$)"
)
TOTAL_LAST = re.compile(
    rf"(?:^|[.;:] ){LISTED}(?:,| [–—-]|:|;)? ?(?:and )?(?:a total of|making a total of|making"
    rf"|totalling|for a"
    r" total of|giving a total of|adding up to|bringing the total to|in total|altogether)"
    r" \{[NL](?P<total>\d+)\}"
)
REST = re.compile(
    r"\b(?:the )?(?:remaining|remainder,? (?:of )?|rest,?|other) (?:[a-z]+"
    r" )?\(?\{(?P<sort>[NP])(?P<rest>\d+)\}"
    r"|\{(?P<sort2>[NP])(?P<rest2>\d+)\} remaining\b"
)
WHOLE = re.compile(r"\b[Oo]f (?:the |these |those |all |all the |a total of )*\{N(?P<whole>\d+)\}")
ROW = re.compile(r" \| ")
TOTALS = re.compile(
    r"^((grand |overall |force |county )?totals?|all( areas)?|force|sum)$", re.IGNORECASE
)
CELL = re.compile(r"^£?-?\d[\d,]*(?:\.\d+)?$")


def sums(statement: Statement) -> Iterator[Slip]:
    """Slips between a total and its parts within one statement."""
    for pattern in (TOTAL_FIRST, TOTAL_LAST):
        for found in pattern.finditer(statement.tokens):
            if not PARTLY.search(found.group()) and _listed(found.group("parts")):
                numbers = re.findall(r"\{[NL](\d+)\}", found.group("parts"))
                parts = [statement.figure(number) for number in numbers]
                total = statement.figure(found.group("total"))
                join = found.groupdict().get("join", "")
                strict = pattern is TOTAL_LAST or bool(re.search(r"of|split|divided|shared", join))
                yield from _judged(statement, total, parts, strict)
    yield from _with_rest(statement)


def _listed(parts: str) -> bool:
    """Whether each two figures that follow each other stand in a list."""
    return len(BETWEEN.findall(re.sub(r"(\{\w+\})", r"\1\1", parts))) == parts.count("{") - 1


def _with_rest(statement: Statement) -> Iterator[Slip]:
    """`Of 400, 250 … and the remaining 60 …`; `40% …, 35% … and the rest (20%) …`."""
    found = REST.search(statement.tokens)
    if found is None or statement.tokens.count("¤") > 40:
        return
    sort, rest = (
        found.group("sort") or found.group("sort2"),
        found.group("rest") or found.group("rest2"),
    )
    if sort == "N":
        whole = WHOLE.search(statement.tokens)
        if whole is None or PARTLY.search(statement.tokens[whole.end() :]):
            return
        after = [
            f for f in statement.figures if f.start > statement.figure(whole.group("whole")).start
        ]
        parts = [f for f in after if f.end <= statement.figure(rest).end]
        if len(parts) >= 2 and all(part.sort == "N" for part in parts):
            yield from _judged(statement, statement.figure(whole.group("whole")), parts, True)
    elif not PARTLY.search(statement.tokens):
        parts = [f for f in statement.figures if f.end <= statement.figure(rest).end]
        if len(parts) >= 2 and all(part.sort == "P" for part in parts):
            yield from _hundred(statement, parts)


def _judged(
    statement: Statement, total: Quantity, parts: Sequence[Quantity], strict: bool
) -> Iterator[Slip]:
    if len(parts) < 2 or any(part.sort != total.sort for part in parts):
        return
    low, high = sum(part.low for part in parts), sum(part.high for part in parts)
    adds_up = sum(part.value for part in parts)
    within = NEAR if len(parts) > 2 else NEAR_FOR_TWO
    near = abs(adds_up - total.value) <= within * total.value
    if (strict or near) and apart((total.low, total.high), (low, high)):
        works_out = shown(adds_up, total.sort)
        listed = " + ".join(shown(part.value, part.sort) for part in parts)
        said = f"{total.words.strip()} in all"
        yield slip_between(
            "sum", statement, [total, *parts], said, works_out, f"{listed} is {works_out}"
        )


def _hundred(statement: Statement, parts: Sequence[Quantity]) -> Iterator[Slip]:
    low, high = sum(part.low for part in parts), sum(part.high for part in parts)
    adds_up = sum(part.value for part in parts)
    if apart((100.0, 100.0), (low, high)):
        works_out = shown(adds_up, "P")
        listed = " + ".join(shown(part.value, "P") for part in parts)
        clause = f"{listed} is {works_out}"
        said = f"{parts[-1].words.strip()} for the rest"
        yield slip_between("sum", statement, list(parts), said, works_out, clause)


def table_sums(text: str) -> Iterator[Slip]:
    """Slips between a table's last row, where it is a total, and the rows above it.

    Rows are lines with ` | ` between cells. A column with anything but numbers (a
    suppressed cell, a percentage) is passed over, and so is a table with subtotals.
    """
    for rows in _tables(text):
        *body, last = rows
        labels = [row[1][0].strip() for row in body]
        if len(body) < 3 or not TOTALS.match(last[1][0].strip()):
            continue
        if any(TOTALS.match(label) for label in labels):
            continue
        width = len(last[1])
        parts = [row for row in body if len(row[1]) == width]
        for column in range(1, width):
            yield from _column(text, parts, last, column)


Row = tuple[int, list[str]]
"""Where a row begins in the text, and its cells."""


def _tables(text: str) -> Iterator[list[Row]]:
    rows: list[Row] = []
    at = 0
    for line in text.split("\n"):
        if ROW.search(line):
            rows.append((at, line.split(" | ")))
        elif line.strip():
            if len(rows) > 3:
                yield rows
            rows = []
        at += len(line) + 1
    if len(rows) > 3:
        yield rows


def _column(text: str, body: Sequence[Row], last: Row, column: int) -> Iterator[Slip]:
    cells = [cells[column].strip() for _, cells in body[1:]]
    said = last[1][column].strip()
    if len(cells) < 2 or not all(CELL.match(cell) for cell in [*cells, said]):
        return
    values = [_number(cell) for cell in cells]
    if not all(value.is_integer() for value in [*values, _number(said)]):
        return
    adds_up = sum(values)
    if adds_up != _number(said):
        start = last[0]
        end = start + len(" | ".join(last[1]))
        name = body[0][1][column].strip()
        works_out = shown(adds_up, "N")
        sentence = (
            f"The table says {said} for the total of “{name}”; its rows add up to {works_out}."
        )
        yield Slip("sum", text[start:end], start, end, said, works_out, sentence)


def _number(cell: str) -> float:
    return float(cell.replace(",", "").replace("£", ""))
