"""Cells that must be plain numbers: nothing is guessed, and no cell is quoted."""

import re
from collections.abc import Iterator, Sequence

from ..chain.body import Problem

MOST = 1e15
"""Above this a sum of floating point numbers no longer holds whole numbers."""


def numbers_of(
    file: str,
    column: str,
    cells: Sequence[str],
    lines: Sequence[int],
    negative: bool,
    problems: list[Problem],
) -> list[float | None]:
    """The cells of a column as numbers, None for an empty one; what is no number is a problem."""
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


def not_shares(
    file: str,
    top_name: str,
    bottom_name: str,
    tops: Sequence[float | None],
    bottoms: Sequence[float | None],
    lines: Sequence[int],
    share: bool,
) -> Iterator[Problem]:
    """Denominators of 0 and, of a `share`, numerators above their denominator."""
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
