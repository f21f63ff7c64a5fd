"""What the words of an assertion leave open."""

from .found import Found
from .vocabulary import Sort

_EXACT = frozenset(
    "average median mean rate rates number numbers proportion percentage share volume volumes"
    " level levels"
    " total per score scores typically count".split()
)
_NEEDS: dict[str, tuple[str, ...]] = {
    "trend": ("measure", "period", "baseline", "area", "size"),
    "target": ("measure", "period", "area", "target"),
    "level": ("measure", "period", "area"),
    "count": ("measure", "period", "area"),
    "comparison": ("measure", "period", "baseline", "area"),
    "status": ("period", "area"),
}
LACKABLE = ("measure", "period", "baseline", "area", "size", "target")


def lacking(found: Found, period: str, baseline: bool, area: str) -> tuple[str, ...]:
    """What is not said, of what the kind needs, in a fixed order."""
    open_parts = {
        "measure": not _exact(found),
        "period": not period,
        "baseline": not baseline,
        "area": not area,
        "size": not found.quantities,
        "target": not _target_named(found),
    }
    return tuple(part for part in LACKABLE if open_parts[part] and part in _NEEDS[found.kind])


def _exact(found: Found) -> bool:
    """Whether the words fix which figure is meant: a rate, an average, a number of things."""
    if found.measure is None:
        return bool(found.quantities)
    words = set(found.marked.words[found.first : found.last])
    if words & _EXACT or " rate" in found.measure.entry.phrase:
        return True
    sort: Sort = found.measure.entry.sort
    units = {unit for quantity in found.quantities for unit in quantity.unit}
    if sort in ("volume", "money"):
        return bool(units - {"%", "times"}) or found.kind == "count"
    return bool(units & {"%"}) and found.kind in ("level", "target") and sort != "time"


def _target_named(found: Found) -> bool:
    """A number that belongs to the target, beside or without the figure held against it."""
    marked = found.marked
    anchors = [m for m in marked.find("target") if found.first <= m.first < found.last]
    near = [
        q
        for q in found.quantities
        for a in anchors
        if q.last <= a.first <= q.last + 3 or a.last <= q.first <= a.last + 3
    ]
    return bool(near) or len(found.quantities) > 1
