"""A statement held against a line of a spreadsheet that was understood."""

from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any

from .two_periods import two_periods
from .understood_file import mistake, of_every_area, one_line, understood

if TYPE_CHECKING:
    from ..chain.body import Month, Period
    from ..chain.claims import Usual, Verdict


def judge_line(
    file: Path,
    sheet: str,
    line: str,
    area: str,
    correct: Sequence[str],
    says: str,
    better: Any,
    spans: tuple[str, str | None],
    target: str | None,
    margin: str | None,
    standing: bool | None,
    at: "Month | None" = None,
) -> "tuple[Verdict, Usual | None]":
    """The verdict on the figures of one line, and the usual reading's where it was another.

    Raises InputMistake for whatever cannot be meant.

    standing  whether the figures stand at a day; None: as their title says
    at      the month from which a change is said to hold
    spans   the period that it is said of, and what it is compared with, in any spelling
    """
    from ..chain.claims import judge_figures, usual_of_figures

    period, baseline = two_periods(_period, *spans)
    found = understood(file, correct)
    chosen = one_line(found, sheet, line, area)
    more: dict[str, Any] = {"target": target, "margin": margin, "standing": standing}
    figures = chosen.figures
    if says == "outlier":
        figures = of_every_area(found, chosen)
        more["area"] = chosen.area
    asked = (figures, says, better, period, baseline)
    more["changed_at"] = at
    try:
        return judge_figures(*asked, **more), usual_of_figures(*asked, **more)
    except ValueError as error:
        raise mistake(
            "--target or --margin", str(error), "a quantity in the unit of the line, as 80%",
            "Correct it.",
        ) from None  # fmt: skip


def _period(text: str, option: str) -> "Period":
    from ..chain.body import Period
    from ..chain.body.spoken import read_period

    try:
        return Period.parse(text)
    except ValueError:
        return read_period(text).required(option)
