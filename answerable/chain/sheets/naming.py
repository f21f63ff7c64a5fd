"""Whether the names of a table are places or measures."""

import re
from collections.abc import Iterable, Sequence
from functools import lru_cache

from ..body import WHOLE
from .roles import is_whole, role_of
from .sheet import Sheet
from .strands import Strand
from .understood import Remark
from .vocabulary import folded, has, holds, words

NAMELESS = "Figures"
"""What lines are called that nothing names."""


def are_measures(names: Iterable[str]) -> bool:
    """Whether one of the names, totals apart, reads as a measure rather than a place."""
    lines = [name for name in names if role_of(name) == "line"]
    return any(holds(name, "kinds", "measures") for name in lines)


def kind_of(heading: str) -> str:
    """`area`, `measure`, or nothing, by the heading of a column of names."""
    text = re.sub(r"\s*(?:name|code)$", "", folded(heading))
    for kind in ("area", "measure"):
        if has(text, "headings", kind) or has(heading, "headings", kind):
            return kind
        if has(text.removesuffix("s"), "headings", kind):
            return kind
    return ""


def area_of(label: str) -> str:
    """The area that a label names: `all` for the whole."""
    return WHOLE if is_whole(label) else label


@lru_cache(maxsize=10_000)
def base_of(name: str) -> str | None:
    """What a name leaves besides 'n', 'base', 'respondents': the words of its percentage, empty
    where there are none; None for the name of anything else."""
    for part in reversed(name.split(": ")):
        if has(part.rstrip("= "), "roles", "base"):
            return ": ".join(each for each in name.split(": ") if each != part)
    ordered = sorted(words("roles", "base"), key=len, reverse=True)
    each = "|".join(re.escape(word) for word in ordered if len(word) > 1)
    text = folded(name)
    for pattern in (rf"(?P<rest>.+?)[\s,:(\[-]+(?:{each})[)\]]?", rf"(?:{each})\W+(?P<rest>.+)"):
        match = re.fullmatch(pattern, text)
        if match:
            return bare_name(match["rest"])
    return None


def bare_name(name: str) -> str:
    """A name without its unit and the words that join it to another."""
    text = re.sub(
        r"%|\((?:n|no\.?|number)\)|\bper ?cent(?:age)?\b|^(?:for|of|to)\b", " ", folded(name)
    )
    return " ".join(re.sub(r"[^a-z0-9:]+", " ", text).split())


def name_after_sheet(sheet: Sheet, strands: Sequence[Strand]) -> list[Remark]:
    """Lines that nothing in a sheet names take the name of the sheet, where it is a measure's."""
    nameless = [strand for strand in strands if strand.name == NAMELESS]
    if not nameless or not holds(sheet.name, "kinds", "measures"):
        return []
    for strand in nameless:
        strand.name = sheet.name
        strand.hints.append(sheet.name)
    told = "The name of the sheet is read as what is counted."
    return [Remark("name", told, sheet.place(nameless[0].place), "name")]


def joined(*parts: str) -> str:
    """Parts of a name, without what is empty or repeats another: 'Arrests: North: Female'."""
    return ": ".join(dict.fromkeys(part for part in parts if part))
