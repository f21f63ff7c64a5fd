"""Whether the names of a table are places or measures."""

import re
from collections.abc import Iterable

from ..body import WHOLE
from .roles import is_whole, role_of
from .vocabulary import folded, has, holds


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


def joined(*parts: str) -> str:
    """Parts of a name, without what is empty or repeats another: 'Arrests: North: Female'."""
    return ": ".join(dict.fromkeys(part for part in parts if part))
