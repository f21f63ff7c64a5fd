"""The words alone, and what they are then read to mean."""

from ..chain.claims.doubt import listed
from .things import Asked

GOOD = {
    "lower": "lower is better",
    "higher": "higher is better",
    "neither": "neither way is good in itself",
}
LACKS = {
    "measure": "which figure is meant",
    "period": "over which period",
    "baseline": "compared with what",
    "area": "for which area",
    "size": "by how much",
    "target": "which target",
}
"""What words leave open, as a sentence says it."""


def worded(asked: Asked) -> str:
    """The verdict on the words alone."""
    if not asked.words:
        return "No words were given, so only the reading was tested."
    if asked.lacks is None:
        return "Cannot be tested as worded: nothing in the words is a statement of figures."
    if not asked.lacks:
        return "Can be tested as worded."
    lacks = listed([LACKS.get(each, each) for each in asked.lacks])
    return f"Cannot be tested as worded: the words do not say {lacks}."
