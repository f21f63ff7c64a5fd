"""A control chart of a line of a spreadsheet that was understood."""

from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any

from .understood_file import mistake, one_line, understood

if TYPE_CHECKING:
    from ..chain.sheets import Line
    from ..chain.statistics import Chart
    from ..chain.statistics.reading import Show


def chart_line(
    file: Path,
    sheet: str,
    line: str,
    area: str,
    correct: Sequence[str],
    better: Any,
    target: str | None,
) -> tuple["Chart", "Show", str]:
    """(chart, how its values are written, what it is of)."""
    from ..chain.figures import chart_of
    from ..chain.measures import shown

    chosen = one_line(understood(file, correct), sheet, line, area)
    made = chart_of(chosen.figures, better, _target(target, chosen))
    if made is None:
        raise mistake(
            chosen.name, "it has fewer than two figures that can be shown", "a series",
            "Choose a line with more.",
        )  # fmt: skip
    per = chosen.figures[0].per

    def show(value: float) -> str:
        return shown(value, chosen.unit, per)

    named = chosen.name if chosen.area == "all" else f"{chosen.name}, {chosen.area}"
    return made, show, named


def _target(text: str | None, line: "Line") -> float | None:
    """A target in the unit of the line."""
    from ..chain.measures import quantity

    if text is None:
        return None
    try:
        return quantity(text, line.unit)
    except ValueError as error:
        raise mistake("--target", str(error), "a quantity in the unit of the line") from None
