"""Figures out of what was typed."""

import re
from collections.abc import Mapping
from dataclasses import dataclass, replace

from ..chain.body import Period
from ..chain.figures import Figure
from ..chain.measures import Status, Unit
from ..chain.sheets.values import MOST
from .things import Typing

_NUMBER = re.compile(r"\s*(-?\d{1,3}(?:,\d{3})+(?:\.\d+)?|-?\d+(?:\.\d+)?|-?\.\d+)\s*(%?)\s*")
_WITHHELD = re.compile(r"\s*(<\s*\d+|fewer than \d+|less than \d+|\*|c|supp(ressed)?)\s*", re.I)
_NONE = frozenset({"", "-", "–", "—", "n/a", "na", "nil return", "..", ":"})


class NotAFigure(ValueError):
    """What was typed is no figure. Its text says what to do."""


@dataclass(frozen=True)
class Typed:
    """One box: a number, or the reason why there is none."""

    number: float | None
    status: Status = Status.OK


def box(text: str, unit: Unit | None = None) -> Typed:
    """One box as typed. Raises NotAFigure."""
    if text.strip().lower() in _NONE:
        return Typed(None, Status.MISSING)
    if _WITHHELD.fullmatch(text):
        return Typed(None, Status.SUPPRESSED)
    match = _NUMBER.fullmatch(text)
    if not match:
        raise NotAFigure("Write a number, <5 for one that is withheld, or leave it empty.")
    if match[2] and unit != Unit.SHARE:
        raise NotAFigure("You said that these are not percentages: write it without %.")
    number = float(match[1].replace(",", ""))
    if abs(number) > MOST:
        raise NotAFigure("That is too great to be a total: write the figure as it stands.")
    return Typed(number)


def names(typing: Typing) -> list[tuple[Period, str, str]]:
    """Each period with the name of its box, or of its two boxes."""
    return [
        (period, f"a{i}", f"b{i}" if typing.parts else "")
        for i, period in enumerate(typing.periods)
    ]


def figures(typing: Typing, filled: Mapping[str, str]) -> tuple[tuple[Figure, ...], dict[str, str]]:
    """The figures, and what is wrong with a box, by its name."""
    found, wrong = [], {}
    for period, first, second in names(typing):
        boxes = []
        for name in filter(None, (first, second)):
            try:
                boxes.append(box(filled.get(name, ""), None if typing.parts else typing.unit))
            except NotAFigure as error:
                wrong[name] = str(error)
        if len(boxes) == 1 + typing.parts:
            figure = _figure(typing, period, boxes)
            if isinstance(figure, str):
                wrong[second or first] = figure
            else:
                found.append(figure)
    if not wrong and not any(f.status == Status.OK for f in found):
        wrong["a0"] = "Type at least one figure."
    return _in_one_unit(tuple(found)), wrong


def _figure(typing: Typing, period: Period, boxes: list[Typed]) -> Figure | str:
    """One figure, or what is wrong with its boxes together."""
    status = next((b.status for b in boxes if b.status != Status.OK), Status.OK)
    numbers = [b.number for b in boxes]
    if typing.parts and numbers[1] == 0 and numbers[0]:
        return "Out of none there can be none."
    if typing.parts and any(n is not None and n < 0 for n in numbers):
        return "A count is not below 0."
    value = top = whole = None
    if typing.parts:
        top, whole = numbers if status == Status.OK else (None, None)
        if status == Status.OK and not whole:
            status = Status.MISSING
        value = top / whole if top is not None and whole else None
    elif status == Status.OK and numbers[0] is not None:
        value = numbers[0] * typing.factor
    if typing.unit == Unit.SHARE and not typing.parts and value is not None and not 0 <= value <= 1:
        return "A percentage lies from 0 to 100."
    return Figure(
        measure=_key(typing.title), title=typing.title, period=period, unit=typing.unit,
        statistic=typing.statistic, value=value, numerator=top, denominator=whole,
        status=status, source=typing.source, place="typed", typed_by=typing.typed_by,
        typed_on=typing.typed_on,
    )  # fmt: skip


def _in_one_unit(found: tuple[Figure, ...]) -> tuple[Figure, ...]:
    """Counts of which one exceeds its whole are no parts of it: a rate per 100, all of them."""
    over = any((f.value or 0) > 1 and f.numerator is not None for f in found)
    if not over:
        return found
    return tuple(
        replace(f, unit=Unit.RATIO, value=None if f.value is None else 100 * f.value) for f in found
    )


def _key(title: str) -> str:
    """A name made from a title, as figures without a definition have it."""
    words = re.sub(r"[^a-z0-9]+", "_", title.lower()).strip("_")[:60]
    return words if words[:1].isalpha() else f"figures_{words}".rstrip("_")
