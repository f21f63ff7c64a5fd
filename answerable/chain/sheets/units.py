"""What the figures of a line are measured in: by its cells, its headings, its range."""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal

from ..measures import Unit
from .naming import base_of
from .values import Value
from .vocabulary import folded, has, holds, words

Hint = Literal[
    "", "share", "share of 1", "percent", "mm:ss", "hh:mm", "seconds", "minutes", "hours", "days",
    "count",
]  # fmt: skip


@dataclass(frozen=True)
class Scale:
    """How the plain numbers of a line become values.

    by     each number is multiplied by it
    told   what was taken for granted, a plain sentence; empty where the sheet says it
    why    set instead where it cannot be told: what is wrong
    at     the cell that shows it, as a position in the line; -1 for none
    clock  what 12:34 as text is multiplied by
    kept   what a time that the spreadsheet keeps as one is multiplied by
    """

    unit: Unit
    by: float = 1.0
    per: int = 100
    told: str = ""
    why: str = ""
    at: int = -1
    clock: float = 0.0
    kept: float = 1.0


_PER = re.compile(r"\bper\s+(100|1,?000|10,?000|100,?000|1 000|thousand|hundred)\b")
_NUMBERS = {"hundred": 100, "thousand": 1000}


def per_of(text: str) -> int:
    """1000 in 'per 1,000 people'; 0 where there is none."""
    match = _PER.search(folded(text))
    if not match:
        return 0
    return _NUMBERS.get(match[1]) or int(re.sub(r"\D", "", match[1]))


def is_unit(text: str) -> bool:
    """Whether words name a unit and nothing else: '(%)', 'mins', 'number'."""
    bare = folded(text).strip("()[] ")
    return any(bare in words("units", kind) for kind in _KINDS) or bool(_PER.fullmatch(bare))


_KINDS = (
    "minutes_seconds", "hours_minutes_seconds", "hours_minutes", "share", "minutes", "seconds",
    "hours", "days", "count",
)  # fmt: skip
_NAMES: dict[str, Hint] = {
    "minutes_seconds": "mm:ss", "hours_minutes": "hh:mm", "hours_minutes_seconds": "hh:mm",
    "share": "share", "minutes": "minutes", "seconds": "seconds", "hours": "hours",
    "days": "days", "count": "count",
}  # fmt: skip


def hint_of(text: str) -> Hint:
    """What the words of a heading say of the unit."""
    bare = folded(text.replace("_", " "))
    if re.search(r"%|\b(?:percent|per cent|percentage|pct|proportion|share)\b", bare):
        return "share"
    for kind in ("hours_minutes_seconds", "minutes_seconds", "hours_minutes"):
        if any(word in bare for word in words("units", kind)):
            return _NAMES[kind]
    for part in re.findall(r"[(\[]([^)\]]*)[)\]]", bare):
        for kind in ("minutes", "seconds", "hours", "days", "count"):
            if part.strip() in words("units", kind):
                return _NAMES[kind]
    for kind in ("minutes", "seconds", "hours", "days"):
        each = "|".join(re.escape(word) for word in words("units", kind))
        if re.search(rf"(?:^|\bin\s+|[,:\-]\s*|time\s+)(?:{each})$", bare):
            return _NAMES[kind]
    if has(bare, "units", "count") or re.match(r"(?:number|no\.?|count|volume) of\b", bare):
        return "count"
    return ""


def statistic_of(texts: Sequence[str]) -> str:
    """`median` or `mean` where a heading says so, else `value`."""
    for text in texts:
        for kind in ("median", "mean"):
            if holds(text, "units", kind):
                return kind
    return "value"


_TIMES = {"seconds": 1.0, "minutes": 60.0, "hours": 3600.0}
_CLOCK = {"mm:ss": 1.0, "minutes": 1.0, "hh:mm": 60.0, "hours": 60.0}


def scale_of(values: Sequence[Value], hints: Sequence[str], wish: str) -> Scale:
    """The unit of a line.

    hints   its headings, nearest first
    wish    a reader's correction, as `Correction.value`
    """
    numbers = [v for v in values if v.value is not None]
    kinds = {v.kind for v in numbers}
    per = next((p for text in hints if (p := per_of(text))), 0)
    hint: Hint = next((h for text in hints if (h := hint_of(text))), "")
    if wish:
        return _wished(wish, values)
    if "percent" in kinds:
        return _percent(values)
    if "clock" in kinds or "time" in kinds:
        return _times(values, hint)
    if not numbers:
        return Scale(Unit.SHARE if hint == "share" and not per else Unit.COUNT)
    if per:
        return Scale(Unit.RATIO, per=per)
    if hint == "share":
        return _share(values)
    if hint in _TIMES:
        return Scale(Unit.SECONDS, _TIMES[hint], told=f"The figures are read as {hint}.")
    if hint == "days":
        return Scale(Unit.DAYS, told="The figures are read as days.")
    if hint in ("mm:ss", "hh:mm"):
        at = next(i for i, v in enumerate(values) if v.kind == "number")
        why = f"the heading says {hint}, and this is a plain number"
        return Scale(Unit.SECONDS, why=why, at=at)
    return _counts(values, hints)


def _wished(wish: str, values: Sequence[Value]) -> Scale:
    if wish == "percent":
        return Scale(Unit.SHARE, 0.01)
    if wish == "share of 1":
        return Scale(Unit.SHARE, 1.0)
    if wish in _TIMES:
        return Scale(Unit.SECONDS, _TIMES[wish], clock=_CLOCK.get(wish, 1.0))
    if wish in ("mm:ss", "hh:mm"):
        kept = 1 / 60 if wish == "mm:ss" and _whole_minutes(values) else 1.0
        return Scale(Unit.SECONDS, 1.0, clock=_CLOCK[wish], kept=kept)
    if wish == "days":
        return Scale(Unit.DAYS)
    if wish.startswith("per "):
        return Scale(Unit.RATIO, per=int(wish[4:].replace(",", "")))
    return Scale(Unit.COUNT)


def _percent(values: Sequence[Value]) -> Scale:
    """Cells that carry their own per cent sign; a plain number among them could be either."""
    for i, value in enumerate(values):
        if value.value is not None and value.kind != "percent":
            why = "this is a plain number among percentages: it may be per cent or a share of 1"
            return Scale(Unit.SHARE, why=why, at=i)
    return _bounded(values, Scale(Unit.SHARE))


def _bounded(values: Sequence[Value], scale: Scale) -> Scale:
    for i, value in enumerate(values):
        number = (value.value or 0.0) * scale.by
        if number > 1 + 1e-9 or number < -1e-9:
            side = "over 100%" if number > 1 else "below 0%"
            return Scale(Unit.SHARE, why=f"this is {side}, and a share lies from 0 to 100%", at=i)
    return scale


def _share(values: Sequence[Value]) -> Scale:
    """Numbers under a heading with a per cent sign: 56, or 0.56."""
    numbers = [v.value for v in values if v.value is not None]
    if max(numbers) > 1:
        told = "The figures are read as percentages: 50 is 50%."
        return _bounded(values, Scale(Unit.SHARE, 0.01, told=told))
    if all(number == int(number) for number in numbers):
        at = next(i for i, v in enumerate(values) if v.value is not None)
        why = "whether these are per cent or shares of 1 cannot be told"
        return Scale(Unit.SHARE, why=why, at=at)
    told = "The figures are read as shares of 1: 0.5 is 50%."
    return _bounded(values, Scale(Unit.SHARE, 1.0, told=told))


def _times(values: Sequence[Value], hint: Hint) -> Scale:
    """Clock times; 12:34 needs to be told whether its first part is minutes or hours."""
    for i, value in enumerate(values):
        if value.kind == "number" and value.value != 0:
            why = "this is a plain number among times"
            return Scale(Unit.SECONDS, why=why, at=i)
        if value.kind == "time" and hint == "mm:ss" and _looks_like_hours(value):
            why = "the heading says mm:ss, and this cell holds hours and minutes"
            return Scale(Unit.SECONDS, why=why, at=i)
    clocks = [i for i, value in enumerate(values) if value.kind == "clock"]
    if not clocks:
        plain = hint not in ("hh:mm", "hours") and _whole_minutes(values)
        return Scale(Unit.SECONDS, told=_KEPT if plain else "")
    if hint in _CLOCK:
        told = "" if ":" in hint else f"Times such as 12:34 are read as {hint} first."
        return Scale(Unit.SECONDS, clock=_CLOCK[hint], told=told)
    why = "whether this is minutes and seconds or hours and minutes cannot be told"
    return Scale(Unit.SECONDS, why=why, at=clocks[0])


_KEPT = (
    "The spreadsheet keeps these as hours and minutes: 14:10 is 14 hours and 10 minutes. If they"
    " are minutes and seconds, say so."
)


def _whole_minutes(values: Sequence[Value]) -> bool:
    """Whether all times are kept by the spreadsheet without seconds, as 14:10 typed for minutes
    and seconds is."""
    kept = [v.value for v in values if v.kept and v.value is not None]
    return bool(kept) and all(value % 60 == 0 for value in kept)


def _looks_like_hours(value: Value) -> bool:
    """12:34 typed for minutes and seconds is kept by a spreadsheet as 12 hours 34 minutes."""
    return value.value is not None and value.value >= 3600 * 2 and value.value % 60 == 0


_UNSAID = re.compile(r"\b(?:rate|average|avg|mean|median|satisf\w+|confidence|compliance|time)\b")


def _unsaid(hints: Sequence[str]) -> bool:
    return any(_UNSAID.search(folded(text)) for text in hints[:1])


def _counts(values: Sequence[Value], hints: Sequence[str]) -> Scale:
    if any(v.money for v in values):
        return Scale(Unit.COUNT, told="The figures are pounds.")
    told = ""
    parts = [i for i, v in enumerate(values) if v.value is not None and v.value % 1]
    if parts and not _may_have_parts(hints):
        return Scale(Unit.COUNT, why=PARTS, at=parts[0])
    if parts or _unsaid(hints):
        told = "No unit is given: read as plain counts. If these are percentages or times, say so."
    return Scale(Unit.COUNT, told=told)


PARTS = "this has decimals, so it counts nothing, and no heading says what it is measured in"


def _may_have_parts(hints: Sequence[str]) -> bool:
    """Whether a heading says that a number with decimals is meant: a weighted number of answers,
    or an average, which is never added up."""
    near = hints[:1]
    counted = any(hint_of(text) == "count" or base_of(text) is not None for text in near)
    return counted or statistic_of(near) != "value"
