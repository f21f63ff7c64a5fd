"""What a group of pieces asserts: which kind it is."""

from collections.abc import Iterator

from .amounts import amount
from .found import Before, Found
from .groups import Group
from .side_by_side import set_beside
from .standards import in_line
from .standing import against_others, against_target
from .status import status
from .trends import against_earlier, goes_on, trends


def found_in(group: Group, before: Before) -> Iterator[Found]:
    """The assertions of a group. A movement comes first, then a target, then others, then a
    plain figure, then what is in place."""
    predicates = group.predicates
    aligned = in_line(group, before)
    if aligned is not None:
        yield aligned
        return
    if "trend" in predicates:
        moved = list(trends(group, before))
        yield from moved
        if moved or not predicates - {"trend"}:
            return
    if "target" in predicates or "comparison" in predicates:
        way = against_target if "target" in predicates else against_others
        one = way(group, before)
        if one is not None:
            yield one
        return
    if "figure" in predicates:
        figure = (
            goes_on(group, before)
            or against_earlier(group, before)
            or set_beside(group, before)
            or amount(group, before)
        )
        if figure is not None:
            yield figure
            return
    if predicates & {"status", "figure"}:
        said = status(group, before)
        if said is not None:
            yield said
