"""All checks over a text, each stretch named once."""

from collections.abc import Iterable

from .changes import changes
from .fractions import fractions, multiples
from .shares import shares
from .slip import Slip
from .spans import spans
from .statements import statements
from .sums import sums, table_sums
from .twice import two_figures
from .yearly import yearly

MOST_FIGURES = 40
LONGEST = 1500
"""What is longer, or holds more figures, is no sentence that a person wrote."""


def check_arithmetic(text: str) -> tuple[Slip, ...]:
    """The slips of a text, in the order in which they stand. It raises nothing."""
    found = list(statements(text))
    slips: list[Slip] = []
    for statement in found:
        if 1 < len(statement.figures) <= MOST_FIGURES and len(statement.words) <= LONGEST:
            for check in (shares, changes, fractions, multiples, sums, yearly):
                slips.extend(check(statement))
    slips += [
        *table_sums(text),
        *spans(text),
        *two_figures(s for s in found if len(s.words) <= LONGEST),
    ]
    return tuple(_once(sorted(slips, key=lambda slip: (slip.start, -slip.end))))


def _once(slips: Iterable[Slip]) -> Iterable[Slip]:
    """The first of those that overlap with another of the same kind."""
    ends: dict[str, int] = {}
    for slip in slips:
        if slip.start >= ends.get(slip.kind, 0):
            ends[slip.kind] = slip.end
            yield slip
