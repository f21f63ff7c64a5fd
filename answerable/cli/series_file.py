"""One series out of a CSV file: labels in order, and a value or a numerator and denominator.

Nothing is guessed: a cell that is not a plain number is a mistake, named by its line, and
never quoted, because a cell in the wrong column may be anything. An empty cell is a figure
that is missing.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise
from pathlib import Path

from ..chain.body import InputMistake, Month, Problem
from .csv_file import cells_of, columns_of, records_of
from .labels import KINDS, day_of, order_of, remarks_on
from .plain_numbers import not_shares, numbers_of

TOLD = 20
"""So many problems are listed; of more, the number."""


@dataclass(frozen=True)
class Series:
    """A series as it stood in its file.

    x             labels, in the order of the file, which is the order of time
    values        the column named, or numerator ÷ denominator; None where a cell is empty
    numerators, denominators   None where the file gave values
    kind          what the labels are: 'month', 'date', 'number' or 'text'
    remarks       what is worth saying and is no mistake
    """

    file: str
    x: tuple[str, ...]
    values: tuple[float | None, ...]
    numerators: tuple[float | None, ...] | None
    denominators: tuple[float | None, ...] | None
    kind: str
    remarks: tuple[str, ...] = ()

    def months(self) -> tuple[Month, ...]:
        """The month of each point. Raises InputMistake unless each is a month of its own."""
        read = KINDS.get(self.kind)
        if read is None or self.kind == "number":
            raise InputMistake(
                Problem(
                    self.file,
                    "the labels of the points are not months",
                    "months as 2023-11, or one date in each month as 2023-11-01",
                    "Name a column of months with --x.",
                )
            )
        found = tuple(Month.of(day_of(label)) for label in self.x)
        for one, other in pairwise(found):
            if one == other:
                raise InputMistake(
                    Problem(
                        self.file,
                        f"{one.plain()} has more than one row",
                        "one row for each month",
                        "Give the figures by month.",
                    )
                )
        return found

    def first_from(self, when: str) -> str | None:
        """The label of the first point at or after a label or date; None if there is none."""
        if when in self.x:
            return when
        if self.kind not in ("month", "date"):
            return None
        try:
            day = day_of(when)
        except ValueError:
            return None
        return next((label for label in self.x if day_of(label) >= day), None)


def read_series(
    path: Path,
    *,
    x: str,
    value: str | None = None,
    numerator: str | None = None,
    denominator: str | None = None,
    share: bool = False,
    negative: bool = False,
    timed: bool = True,
) -> Series:
    """Read one series. Raises InputMistake with every problem found, each with its line.

    x, value, numerator, denominator   names of columns; a value, or the other two
    share      a numerator may not exceed its denominator
    negative   values below 0 are allowed
    timed      the labels are points in time, in order; else names, in any order
    """
    (series,) = read_facets(
        path, (), x=x, value=value, numerator=numerator, denominator=denominator, share=share,
        negative=negative, timed=timed,
    ).values()  # fmt: skip
    return series


def read_facets(
    path: Path,
    facets: Sequence[str],
    *,
    x: str,
    value: str | None = None,
    numerator: str | None = None,
    denominator: str | None = None,
    share: bool = False,
    negative: bool = False,
    timed: bool = True,
) -> dict[str, Series]:
    """Several series out of one file, by name, in the order in which they begin in it.

    facets   columns whose cells together name the series of a line; with none there is one
             series, with an empty name
    All else is as for `read_series`; labels are in order, and each there once, within a series.
    """
    counted = [(name, option) for name, option in
               ((numerator, "--numerator"), (denominator, "--denominator")) if name]  # fmt: skip
    if bool(value) == bool(counted) or len(counted) == 1:
        raise InputMistake(
            Problem(
                "--value",
                "the figures to use are not named",
                "--value COLUMN, or --numerator COLUMN with --denominator COLUMN",
                "Name one or the other.",
            )
        )
    figures = [(value, "--value")] if value else counted
    header, rows = records_of(path, x)
    at = columns_of(
        path.name, header, [(x, "--x"), *figures, *((name, "--facet") for name in facets)]
    )
    problems: list[Problem] = []
    lines, cells = cells_of(path.name, rows, at, problems)
    columns = _Columns(path.name, x, tuple(name for name, _ in figures), share,
                       negative and not counted, timed)  # fmt: skip
    parts: dict[str, list[int]] = {}
    for row, line in enumerate(lines):
        name = [cell.strip() for cell in cells[row][len(figures) + 1 :]]
        if facets and not all(name):
            problems.append(_nameless(path.name, facets[name.index("")], line))
        parts.setdefault(" / ".join(name), []).append(row)
    made = {
        name: _series([lines[row] for row in here], [cells[row] for row in here], columns, problems)
        for name, here in (parts or {"": []}).items()
    }
    if problems:
        raise InputMistake(_at_most(problems, path.name))
    return made


@dataclass(frozen=True)
class _Columns:
    """What the cells of a line are: its label, then a value, or a numerator and denominator."""

    file: str
    x: str
    figures: tuple[str, ...]
    share: bool
    negative: bool
    timed: bool


def _nameless(file: str, column: str, line: int) -> Problem:
    return Problem(file, "this line does not say which series it belongs to", "a name",
                   "Fill in the cell.", f"line {line}, column '{column}'")  # fmt: skip


def _series(
    lines: Sequence[int], cells: Sequence[Sequence[str]], of: _Columns, problems: list[Problem]
) -> Series:
    labels = [row[0].strip() for row in cells]
    kind = order_of(of.file, of.x, labels, lines, problems, of.timed)
    columns = [
        numbers_of(of.file, name, [row[i] for row in cells], lines, of.negative, problems)
        for i, name in enumerate(of.figures, start=1)
    ]
    tops, bottoms = columns if len(columns) == 2 else (None, None)
    if tops is not None and bottoms is not None:
        top, bottom = of.figures
        problems += not_shares(of.file, top, bottom, tops, bottoms, lines, of.share)
    return Series(
        file=of.file,
        x=tuple(labels),
        values=tuple(columns[0]) if tops is None or bottoms is None else _rates(tops, bottoms),
        numerators=None if tops is None else tuple(tops),
        denominators=None if bottoms is None else tuple(bottoms),
        kind=kind,
        remarks=() if problems else remarks_on(kind, labels),
    )


def _rates(
    tops: Sequence[float | None], bottoms: Sequence[float | None]
) -> tuple[float | None, ...]:
    return tuple(
        None if top is None or not n else top / n for top, n in zip(tops, bottoms, strict=True)
    )


def _at_most(problems: Sequence[Problem], file: str) -> list[Problem]:
    told = list(problems[:TOLD])
    if len(problems) > TOLD:
        told.append(Problem(file, f"and {len(problems) - TOLD:,} more problems of these kinds"))
    return told
