"""The labels of a series: months, dates, numbers or text, and whether they are in order."""

import math
import re
from collections.abc import Callable, Sequence
from datetime import date, datetime
from itertools import pairwise

from ..chain.body import Month, Problem


def day_of(label: str) -> date:
    """The first day that a month or date means. Raises ValueError for anything else."""
    if re.fullmatch(r"\d{4}-\d{2}", label):
        return Month.parse(label).first_day
    if re.fullmatch(r"\d{4}-\d{2}-\d{2}", label):
        return date.fromisoformat(label)
    return datetime.strptime(label, "%d/%m/%Y").date()


def _month(label: str) -> float:
    return float(Month.parse(label).index)


KINDS: dict[str, Callable[[str], float]] = {
    "month": _month,
    "date": lambda label: float(day_of(label).toordinal()),
    "number": float,
}
"""Each kind with the place of a label in its order. Raises ValueError for any other."""


def order_of(
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
        kind = next((name for name in KINDS if labels and _reads(name, labels[0])), "text")
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
        elif kind != "text" and KINDS[kind](label) <= latest:
            tell(line, "this point is not later than the one before", "points in order of time",
                 "Sort the file.")  # fmt: skip
        elif kind != "text":
            latest = KINDS[kind](label)
        seen.setdefault(label, line)
    return kind


def _reads(kind: str, label: str) -> bool:
    try:
        return math.isfinite(KINDS[kind](label))
    except ValueError:
        return False


def remarks_on(kind: str, labels: Sequence[str]) -> tuple[str, ...]:
    """What is worth saying of the order of the labels, and is no mistake."""
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
