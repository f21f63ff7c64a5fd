"""Long runs and few crossings of the centre, for a whole series (Anhøj's rules).

Source: J. Anhøj and A. V. Olesen, Run charts revisited, PLoS ONE 9(11), 2014. Held to
qicharts2 in `tests/oracle/test_reference_attributes.py`.
"""

import math
from collections.abc import Sequence
from itertools import groupby, pairwise

from .phases import side


def anhoej(values: Sequence[float], centre: float) -> dict[str, int | bool]:
    """Runs of the points that do not lie on the centre.

    longest, longest_max      the longest run on one side, and the longest that is usual
    crossings, crossings_min  how often the line is crossed, and the fewest that is usual
    signal                    whether either bound is passed
    """
    sides = [found for found in (side(value, centre) for value in values) if found]
    longest = max((len(list(run)) for _, run in groupby(sides)), default=0)
    crossings = sum(a != b for a, b in pairwise(sides))
    longest_max = round(math.log2(len(sides))) + 3 if sides else 0
    crossings_min = _fewest_usual(len(sides) - 1)
    return {
        "longest": longest,
        "longest_max": longest_max,
        "crossings": crossings,
        "crossings_min": crossings_min,
        "signal": bool(sides) and (longest > longest_max or crossings < crossings_min),
    }


def _fewest_usual(steps: int) -> int:
    """The 5% point of the number of heads in so many tosses: qbinom(.05, steps, .5)."""
    if steps < 1:
        return 0
    total = 0
    for heads in range(steps + 1):
        total += math.comb(steps, heads)
        if total * 20 >= 2**steps:
            return heads
    return steps


def unusual(runs: dict[str, int | bool]) -> str:
    """What passing either bound comes to, in a sentence."""
    return (
        "The series as a whole is not steady: its longest run on one side of the centre is"
        f" {runs['longest']} (at most {runs['longest_max']} is usual) and it crosses the centre"
        f" {runs['crossings']} times (at least {runs['crossings_min']} is usual)."
    )
