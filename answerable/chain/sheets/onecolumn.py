"""Cells that were pasted one under the other, put back into the table that they came from."""

from collections.abc import Sequence

from .grid import Cell
from .tokens import token_of
from .vocabulary import has

LEAST = 2
"""So many periods, each with its figures, show how a table was laid out."""


MOST = 10_000
"""So many lines are looked at to say what may be wrong with them."""


def put_back(lines: Sequence[str]) -> list[list[str]]:
    """The rows of the table; none where the lines do not follow one pattern throughout.

    Either row after row (month, figure, month, figure, …) or block after block (the months, then
    the figures of each column or row), with headings or without. What stands before is a title,
    what follows a footnote.
    """
    cells = [line.strip() for line in lines if line.strip()]
    kinds = "".join(map(_kind, cells))
    if kinds.count("p") < LEAST or "v" not in kinds:
        return []
    first = kinds.index("p")
    return (_blocks if kinds[first : first + 2] == "pp" else _rows)(cells, kinds, first)


def are_out_of_step(lines: Sequence[str]) -> bool:
    """Whether periods and figures stand one under the other, and make no table."""
    kinds = [_kind(line.strip()) for line in lines[:MOST] if line.strip()]
    return kinds.count("p") >= LEAST and kinds.count("v") >= LEAST


def _kind(text: str) -> str:
    kind = token_of(Cell(text, text)).kind
    return "p" if kind in ("period", "bare") else "v" if kind in ("value", "year") else "w"


def _rows(cells: list[str], kinds: str, first: int) -> list[list[str]]:
    """Row after row: every row begins with its period and is as long as the others."""
    starts = [i for i, kind in enumerate(kinds) if kind == "p"]
    width = starts[1] - starts[0]
    pattern = kinds[first : first + width]
    end = first + width * len(starts)
    if kinds[first:end] != pattern * len(starts) or set(kinds[end:]) - {"w"} or "v" not in pattern:
        return []
    headed = 0 if first < width - 1 else min(first, width)
    titles, heading = cells[: first - headed], cells[first - headed : first]
    heading = ["Month", *heading] if len(heading) == width - 1 else heading
    body = [cells[i : i + width] for i in starts]
    return [*([t] for t in titles), *([heading] if heading else []), *body, *_rest(cells[end:])]


def _blocks(cells: list[str], kinds: str, first: int) -> list[list[str]]:
    """Block after block: the periods, then as many figures for each name, or without names."""
    count = len(kinds[first:]) - len(kinds[first:].lstrip("p"))
    at = first + count
    named = kinds[at : at + 1] == "w"
    block = ("w" if named else "") + "v" * count
    columns: list[list[str]] = []
    while kinds.startswith(block, at):
        columns.append(cells[at : at + len(block)])
        at += len(block)
    if not columns or set(kinds[at:]) - {"w"} or "p" in kinds[at:]:
        return []
    before = cells[:first]
    corner = [before.pop()] if before and (named or has(before[-1], "headings", "period")) else []
    body = zip(cells[first : first + count], *(c[named:] for c in columns), strict=True)
    heading = [[*(corner or ["Month"]), *(c[0] for c in columns)]] if named else []
    return [*([t] for t in before), *heading, *map(list, body), *_rest(cells[at:])]


def _rest(cells: Sequence[str]) -> list[list[str]]:
    """Footnotes, apart from the table."""
    return [[], *([cell] for cell in cells)] if cells else []
