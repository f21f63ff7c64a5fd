"""Figures that were given without records: what another withheld stays withheld, and protected.

A cell that a paper shows as `<5` can be worked out from the paper's own totals. That is no
reason to print them side by side again.
"""

from collections.abc import Sequence
from dataclasses import replace

from ..body import WHOLE
from ..measures import Grade, Result, Status, Unit
from .small import Why

GIVEN = frozenset({Grade.MONTHS, Grade.TWO})
RATES = frozenset({Unit.SHARE, Unit.RATIO, Unit.SECONDS, Unit.DAYS})


def assumed(results: Sequence[Result]) -> tuple[Result, ...]:
    """The results to reckon with: where a figure was given as withheld, as if it were one.

    Only in measures that rest on figures as given: what passed disclosure at a force was
    protected there.
    """
    given = {result.measure for result in results if result.grade in GIVEN}
    return tuple(
        replace(result, n=1, count=1 if result.unit in (Unit.SHARE, Unit.RATIO) else None)
        if result.status == Status.SUPPRESSED and result.n is None and result.measure in given
        else result
        for result in results
    )


def unknown_base(result: Result) -> Why | None:
    """Why a rate or time of an area may not be shown: nobody said on how many it rests."""
    if result.grade not in GIVEN or result.area == WHOLE or result.unit not in RATES:
        return None
    return Why.UNKNOWN_BASE if result.n is None and result.value is not None else None
