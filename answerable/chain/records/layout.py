"""The row that names a file's columns, and how the layouts of a set of files differ."""

import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass

from .defects import Defects, few

PSEUDO = ("_line", "_file")
"""Columns that every loaded table has beside the file's own."""
LOOKED_AT = 50
"""A header that has moved is looked for in so many rows."""


def key_of(name: str) -> str:
    """Names of columns are compared without regard to case, as SQL does."""
    return name.casefold()


def clean(name: str) -> str:
    """A column's name as a person reads it: without line breaks or spaces at the ends."""
    return re.sub(r"\s+", " ", name.replace("\ufeff", "").replace("\0", "")).strip()


@dataclass(frozen=True)
class Header:
    """Names of a file's columns, each used once."""

    names: tuple[str, ...]
    twice: tuple[str, ...]
    unnamed: tuple[str, ...]


def header_of(cells: Sequence[str]) -> Header:
    """Names for a row of cells: an empty one becomes `column_4`, a second `Date` becomes
    `Date (2)`, and so does one that would hide a pseudo-column."""
    taken = Counter(dict.fromkeys((*PSEUDO, "_start"), 1))
    names, twice, unnamed = [], [], []
    for number, cell in enumerate(cells, 1):
        name = clean(cell)
        if not name:
            name = f"column_{number}"
            unnamed.append(name)
        first, copy = name, 1
        while taken[key_of(name)]:
            copy += 1
            name = f"{first} ({copy})"
        if copy > 1:
            twice.append(first)
        taken[key_of(name)] = 1
        names.append(name)
    return Header(tuple(names), tuple(dict.fromkeys(twice)), tuple(unnamed))


def accept_header(
    rows: Sequence[Sequence[str]], header_row: int, wanted: Sequence[str], defects: Defects
) -> Header | None:
    """The header of a file, or None with a finding that stops.

    rows        the first rows of the file, from its first line
    header_row  the row that the mapping names, counted from 1
    wanted      the columns that the mapping uses

    When fewer than half of the wanted columns stand in that row it is not taken for a
    header, and none of its cells is repeated in a message: it may be a record.
    """
    if len(rows) < header_row:
        defects.stops("header_not_found", f"the file has fewer than {header_row} rows")
        return None
    scores = [_score(row, wanted) for row in rows]
    at = scores[header_row - 1]
    if wanted and 2 * at < len(set(wanted)):
        best = max(range(len(rows)), key=lambda i: (scores[i], -i))
        if 2 * scores[best] >= len(set(wanted)):
            defects.stops(
                "header_moved",
                f"row {header_row} does not hold the mapped columns; they now seem to be named in"
                f" row {best + 1}. If so, set header_row = {best + 1}",
                column=few(name for name in wanted if not _score(rows[header_row - 1], [name])),
            )
        else:
            defects.stops(
                "header_not_found",
                f"row {header_row} should name the columns and lacks:"
                f" {few(name for name in wanted if not _score(rows[header_row - 1], [name]))}",
            )
        return None
    header = header_of(rows[header_row - 1])
    _report_names(header, wanted, defects)
    return header


def _score(row: Sequence[str], wanted: Sequence[str]) -> int:
    """How many of the wanted columns a row names."""
    return len({key_of(clean(cell)) for cell in row} & {key_of(name) for name in wanted})


def _report_names(header: Header, wanted: Sequence[str], defects: Defects) -> None:
    used = {key_of(name) for name in wanted}
    for name in header.twice:
        if key_of(name) in used:
            defects.stops(
                "duplicate_header",
                "the mapping uses this column, and which of the two is meant cannot be told",
                column=name,
            )
        else:
            defects.notes("duplicate_header", f"the second is called '{name} (2)'", column=name)
    if header.unnamed:
        defects.notes("unnamed_column", f"called {few(header.unnamed)}", len(header.unnamed))


def report_drift(
    layouts: Sequence[tuple[Defects, Sequence[str], int]], wanted: Sequence[str]
) -> None:
    """Compare each file (its defects, columns, rows) with the layout that most files have.

    Of two that are as common the earlier counts. A mapped column that only some files
    have rejects its values in the others.
    """
    if len(layouts) < 2:
        return
    shapes = [frozenset(key_of(name) for name in names) for _, names, _ in layouts]
    usual = Counter(shapes).most_common(1)[0][0]
    spelling = {key_of(name): name for _, names, _ in layouts for name in names}
    for (defects, names, rows), shape in zip(layouts, shapes, strict=True):
        if shape != usual:
            _report_shape(defects, names, shape, usual, spelling)
        for name in wanted:
            if key_of(name) in spelling and key_of(name) not in shape:
                defects.rejects(
                    "missing_column", "other files of the set have it", rows, column=name
                )


def _report_shape(
    defects: Defects,
    names: Sequence[str],
    shape: frozenset[str],
    usual: frozenset[str],
    spelling: dict[str, str],
) -> None:
    more = [name for name in names if key_of(name) not in usual]
    less = [spelling[key] for key in sorted(usual - shape)]
    said = [f"{len(shape)} columns where most files of the set have {len(usual)}"]
    if more:
        said.append(f"only here: {few(more)}")
    if less:
        said.append(f"not here: {few(less)}")
    defects.notes("layout_drift", "; ".join(said), len(more) + len(less))
