"""One series out of a CSV file: labels in order, and a value or a numerator and denominator.

Nothing is guessed: a cell that is not a plain number is a mistake, named by its line, and
never quoted, because a cell in the wrong column may be anything. An empty cell is a figure
that is missing.
"""

import math
import re
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from itertools import pairwise
from pathlib import Path

from ..chain.body import InputMistake, Month, Problem
from .csv_file import cells_of, columns_of, records_of

MOST = 1e15
"""Above this a sum of floating point numbers no longer holds whole numbers."""
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
        read = _KINDS.get(self.kind)
        if read is None or self.kind == "number":
            raise InputMistake(
                Problem(
                    self.file,
                    "the labels of the points are not months",
                    "months as 2023-11, or one date in each month as 2023-11-01",
                    "Name a column of months with --x.",
                )
            )
        found = tuple(Month.of(_day(label)) for label in self.x)
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
            day = _day(when)
        except ValueError:
            return None
        return next((label for label in self.x if _day(label) >= day), None)


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
    kind = _order(of.file, of.x, labels, lines, problems, of.timed)
    columns = [
        _numbers(of.file, name, [row[i] for row in cells], lines, of.negative, problems)
        for i, name in enumerate(of.figures, start=1)
    ]
    tops, bottoms = columns if len(columns) == 2 else (None, None)
    if tops is not None and bottoms is not None:
        problems += _shares(of.file, *of.figures, tops, bottoms, lines, of.share)
    return Series(
        file=of.file,
        x=tuple(labels),
        values=tuple(columns[0]) if tops is None or bottoms is None else _rates(tops, bottoms),
        numerators=None if tops is None else tuple(tops),
        denominators=None if bottoms is None else tuple(bottoms),
        kind=kind,
        remarks=() if problems else _remarks(kind, labels),
    )


def _rates(
    tops: Sequence[float | None], bottoms: Sequence[float | None]
) -> tuple[float | None, ...]:
    return tuple(
        None if top is None or not n else top / n for top, n in zip(tops, bottoms, strict=True)
    )


def _day(label: str) -> date:
    """The first day that a month or date means. Raises ValueError for anything else."""
    if re.fullmatch(r"\d{4}-\d{2}", label):
        return Month.parse(label).first_day
    if re.fullmatch(r"\d{4}-\d{2}-\d{2}", label):
        return date.fromisoformat(label)
    return datetime.strptime(label, "%d/%m/%Y").date()


def _month(label: str) -> float:
    return float(Month.parse(label).index)


_KINDS: dict[str, Callable[[str], float]] = {
    "month": _month,
    "date": lambda label: float(_day(label).toordinal()),
    "number": float,
}


def _order(
    file: str,
    column: str,
    labels: Sequence[str],
    lines: Sequence[int],
    problems: list[Problem],
    timed: bool,
) -> str:
    """What the labels are; each that is empty, of another kind, twice or too early is a problem."""

    def tell(line: int, found: str, allowed: str, next_step: str) -> None:
        problems.append(Problem(file, found, allowed, next_step, f"line {line}, column '{column}'"))

    kind, thing, called = "text", *(("point", "label") if timed else ("unit", "name"))
    if timed:
        kind = next((name for name in _KINDS if labels and _reads(name, labels[0])), "text")
    seen: dict[str, int] = {}
    latest = -math.inf
    for label, line in zip(labels, lines, strict=True):
        if not label:
            tell(line, f"this {thing} has no {called}", "", "Fill in the cell.")
        elif label in seen:
            tell(line, f"the same {called} as on line {seen[label]}", f"each {called} once",
                 f"Give one line for each {thing}.")  # fmt: skip
        elif kind != "text" and not _reads(kind, label):
            tell(line, f"this is not a {kind}, as the first label is", f"a {kind}",
                 "Correct the cell.")  # fmt: skip
        elif kind != "text" and _KINDS[kind](label) <= latest:
            tell(line, "this point is not later than the one before", "points in order of time",
                 "Sort the file.")  # fmt: skip
        elif kind != "text":
            latest = _KINDS[kind](label)
        seen.setdefault(label, line)
    return kind


def _reads(kind: str, label: str) -> bool:
    try:
        return math.isfinite(_KINDS[kind](label))
    except ValueError:
        return False


def _numbers(
    file: str,
    column: str,
    cells: Sequence[str],
    lines: Sequence[int],
    negative: bool,
    problems: list[Problem],
) -> list[float | None]:
    numbers: list[float | None] = []
    for cell, line in zip(cells, lines, strict=True):
        number, found = _number(cell.strip(), negative)
        numbers.append(number)
        if found:
            problems.append(
                Problem(file, found, "a plain number as 1204 or 0.63, or nothing if missing",
                        "Correct the cell.", f"line {line}, column '{column}'")
            )  # fmt: skip
    return numbers


def _number(cell: str, negative: bool) -> tuple[float | None, str]:
    """A number, or what is wrong with the cell."""
    if not cell:
        return None, ""
    if re.fullmatch(r"[+-]?\d{1,3}(,\d{3})+(\.\d+)?", cell):
        return None, "this number has commas in it"
    if cell.endswith("%"):
        return None, "this is a percentage"
    if cell.lower().lstrip("+-") in ("nan", "inf", "infinity"):
        return None, "this stands for no number"
    if not re.fullmatch(r"[+-]?(\d+\.?\d*|\.\d+)([eE][+-]?\d+)?", cell, re.ASCII):
        return None, "this is not a number"
    number = float(cell)
    if abs(number) > MOST:
        return None, "this number is too large to be a figure"
    if number < 0 and not negative:
        return None, "this number is below 0"
    return number, ""


def _shares(
    file: str,
    top_name: str,
    bottom_name: str,
    tops: Sequence[float | None],
    bottoms: Sequence[float | None],
    lines: Sequence[int],
    share: bool,
) -> Iterator[Problem]:
    for top, n, line in zip(tops, bottoms, lines, strict=True):
        if n == 0:
            yield Problem(file, "the denominator is 0", "a number above 0, or nothing",
                          "Leave both cells empty where nothing was counted.",
                          f"line {line}, column '{bottom_name}'")  # fmt: skip
        elif share and top is not None and n is not None and top > n:
            yield Problem(file, f"the numerator is larger than '{bottom_name}'",
                          "a part of the denominator",
                          "Correct the line; a rate that may pass 1 has another --kind.",
                          f"line {line}, column '{top_name}'")  # fmt: skip


def _at_most(problems: Sequence[Problem], file: str) -> list[Problem]:
    told = list(problems[:TOLD])
    if len(problems) > TOLD:
        told.append(Problem(file, f"and {len(problems) - TOLD:,} more problems of these kinds"))
    return told


def _remarks(kind: str, labels: Sequence[str]) -> tuple[str, ...]:
    if kind == "text":
        return ("The labels are neither months, dates nor numbers: the order of the file is used.",)
    if kind != "month":
        return ()
    months = [Month.parse(label) for label in labels]
    left_out = [str(one + 1) for one, other in pairwise(months) if other - one > 1]
    if not left_out:
        return ()
    return (
        f"Months are left out, from {', '.join(left_out)}: add a line with an empty figure for"
        " each to show it as a gap; without it, neighbours in the file count as neighbours.",
    )
