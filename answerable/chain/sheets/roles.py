"""What a row or a column is by its heading: figures, a total, a target, a change, a note."""

import re
from typing import Literal

from .vocabulary import begins_or_ends, folded, has, holds, words

Role = Literal["line", "total", "average", "to date", "target", "change", "note"]

WHY: dict[str, str] = {
    "average": "an average of the others",
    "to date": "a running total",
    "change": "a change or a rating, which follows from the figures",
    "note": "words",
    "target": "a target, not a figure",
    "total": "a total of the others",
}


def role_of(heading: str) -> Role:
    """The role that the words of a heading give it."""
    text = folded(heading)
    if not text:
        return "line"
    if _is_target(text):
        return "target"
    if has(text, "roles", "rating"):
        return "change"
    for role, kind in (("change", "change"), ("to date", "to_date")):
        if has(text, "roles", kind) or _wraps(text, kind):
            return role  # type: ignore[return-value]
    if has(text, "roles", "average"):
        return "average"
    if has(text, "roles", "total") or has(text, "roles", "whole") or _is_total(text):
        return "total"
    if has(text, "roles", "note"):
        return "note"
    return "line"


def _wraps(text: str, kind: str) -> bool:
    """'change on last year', '% change 22/23 to 23/24', 'change (%)', 'FYTD 23/24'."""
    if kind == "change":
        return begins_or_ends(text, "roles", "change") and not holds(
            re.sub(r"%|(?:percentage |volume )?change.*", "", text), "kinds", "measures"
        )
    return begins_or_ends(text, "roles", kind)


def _is_target(text: str) -> bool:
    if not holds(text, "roles", "target"):
        return False
    if not begins_or_ends(text, "roles", "target"):
        return False
    before = re.split(r"[\s,]+", re.sub(r"\W*(?:target|targets)\W*$", "", text))
    return before[-1] not in words("roles", "not_target")


def _is_total(text: str) -> bool:
    """'Total (8 boroughs)', 'Barnet total', 'Total: all areas', but not 'Total crimes'."""
    return bool(
        re.fullmatch(r"(?:grand |sub[ -]?|force )?totals?\s*[(:,\-].*", text)
        or re.fullmatch(r"(?:.*\s)?(?:sub[ -]?|grand )?totals?", text)
    )


def is_whole(heading: str) -> bool:
    """Whether a heading names the whole force: 'Force', 'Total', 'All areas'."""
    text = folded(heading)
    return has(text, "roles", "whole") or bool(re.fullmatch(r"(?:grand )?total\s*[(:,].*", text))


def is_subtotal(heading: str) -> bool:
    text = folded(heading)
    return role_of(text) == "total" and not is_whole(text)


def is_aside(text: str) -> bool:
    """Whether words above a table say nothing of what it counts: when it was printed, by whom."""
    start = folded(text)
    return any(
        start == word or start.startswith((f"{word} ", f"{word}:"))
        for word in words("roles", "aside")
    )
