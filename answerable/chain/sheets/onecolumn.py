"""Cells that were pasted one under the other, put back into the table that they came from."""

from collections.abc import Sequence

from .grid import Cell, Grid, Notice
from .tokens import token_of
from .vocabulary import has

LEAST = 2
"""So many periods, each with its figures, show how a table was laid out."""
MONTH = Cell("Month", "Month")
LOST = (
    ", in no pattern: an empty one may have been lost. Copy them from the spreadsheet again,"
    " or write n/a where one is empty"
)
MOST = 10_000
"""So many lines are looked at to say what may be wrong with them."""


def put_back(lines: Sequence[str]) -> list[list[str]]:
    """As `arranged`, for lines of text."""
    rows = arranged([Cell(line, line) for each in lines if (line := each.strip())])
    return [[cell.shown for cell in row] for row in rows]


def put_back_grid(grid: Grid) -> tuple[Grid, Notice | None]:
    """A sheet whose cells all stand in one column, put back into the table that they came from,
    with what is to be said of it. Its cells then have their places in that table."""
    if len({column for _, column in grid.cells}) != 1 or grid.hidden_rows:
        return grid, None
    cells = [cell for _, cell in sorted(grid.cells.items())]
    if not are_out_of_step([cell.shown for cell in cells]):
        return grid, None
    where = f"The cells of {grid.name} stand one under the other"
    rows = arranged(cells)
    if not rows:
        return grid, Notice("one_column", f"{where}{LOST}.")
    places = {(r, c): cell for r, row in enumerate(rows, 1) for c, cell in enumerate(row, 1)}
    told = f"{where}: they are put back into a table, and it is that table's cells that are named."
    return Grid(grid.name, places, len(rows), max(map(len, rows))), Notice("one_column", told)


def arranged(cells: list[Cell]) -> list[list[Cell]]:
    """The rows of the table; none where the cells do not follow one pattern throughout.

    Either row after row (month, figure, month, figure, …) or block after block (the months, then
    the figures of each column or row), with headings or without. What stands before is a title,
    what follows a footnote.
    """
    kinds = "".join(map(_kind, cells))
    if kinds.count("p") < LEAST or "v" not in kinds:
        return []
    first = kinds.index("p")
    return (_blocks if kinds[first : first + 2] == "pp" else _rows)(cells, kinds, first)


def are_out_of_step(lines: Sequence[str]) -> bool:
    """Whether periods and figures stand one under the other, and make no table."""
    kinds = [_kind(Cell(own, own)) for line in lines[:MOST] if (own := line.strip())]
    return kinds.count("p") >= LEAST and kinds.count("v") >= LEAST


def _kind(cell: Cell) -> str:
    kind = token_of(cell).kind
    return "p" if kind in ("period", "bare") else "v" if kind in ("value", "year") else "w"


def _rows(cells: list[Cell], kinds: str, first: int) -> list[list[Cell]]:
    """Row after row: every row begins with its period and is as long as the others."""
    starts = [i for i, kind in enumerate(kinds) if kind == "p"]
    width = starts[1] - starts[0]
    pattern = kinds[first : first + width]
    end = first + width * len(starts)
    if kinds[first:end] != pattern * len(starts) or set(kinds[end:]) - {"w"} or "v" not in pattern:
        return []
    headed = 0 if first < width - 1 else min(first, width)
    titles, heading = cells[: first - headed], cells[first - headed : first]
    heading = [MONTH, *heading] if len(heading) == width - 1 else heading
    body = [cells[i : i + width] for i in starts]
    return [*([t] for t in titles), *([heading] if heading else []), *body, *_rest(cells[end:])]


def _blocks(cells: list[Cell], kinds: str, first: int) -> list[list[Cell]]:
    """Block after block: the periods, then as many figures for each name, or without names."""
    count = len(kinds[first:]) - len(kinds[first:].lstrip("p"))
    at = first + count
    named = kinds[at : at + 1] == "w"
    block = ("w" if named else "") + "v" * count
    columns: list[list[Cell]] = []
    while kinds.startswith(block, at):
        columns.append(cells[at : at + len(block)])
        at += len(block)
    if not columns or set(kinds[at:]) - {"w"} or "p" in kinds[at:]:
        return []
    before = cells[:first]
    corner = (
        [before.pop()] if before and (named or has(before[-1].shown, "headings", "period")) else []
    )
    body = zip(cells[first : first + count], *(c[named:] for c in columns), strict=True)
    heading = [[*(corner or [MONTH]), *(c[0] for c in columns)]] if named else []
    return [*([t] for t in before), *heading, *map(list, body), *_rest(cells[at:])]


def _rest(cells: Sequence[Cell]) -> list[list[Cell]]:
    """Footnotes, apart from the table."""
    return [[], *([cell] for cell in cells)] if cells else []
