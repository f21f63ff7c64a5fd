"""A published monthly series → its control chart and drawing.

Limits come from published points only: a month that is withheld is a gap here, so its
value cannot be worked back from a limit or a centre line.
"""

from collections.abc import Sequence
from typing import Any

from ..chain.measures import Definition, Result

LEAST = 2
"""A drawing needs this many published points."""


def chart_of(series: Sequence[Result], definition: Definition) -> Any:
    """The chart of a series by its measure's kind; None with too few points to draw."""
    return None
