"""The period that something is said of, and the one that it is compared with."""

from collections.abc import Callable
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from ..chain.body import Period, Problem


def two_periods(
    read: "Callable[[str, str], Period]", period: str, baseline: str | None
) -> "tuple[Period, Period | None]":
    """Both, with the problems of both.

    read   a period out of its text and the option that gave it. Raises InputMistake
    """
    from ..chain.body import InputMistake

    problems: list[Problem] = []
    found: list[Period] = []
    for option, text in (("--period", period), ("--baseline", baseline)):
        try:
            found += [] if text is None else [read(text, option)]
        except InputMistake as mistake:
            problems += mistake.problems
    if problems:
        raise InputMistake(problems)
    return found[0], found[1] if len(found) > 1 else None
