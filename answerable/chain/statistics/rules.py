"""The NHS rules for points on an XmR chart.

Source: NHS England, Making Data Count; the conventions at the edges are those of
NHSRplotthedots, held to its output in `tests/oracle/test_reference_xmr.py`. A missing
point ends every run: what is not there is no evidence.
"""

from collections.abc import Callable, Sequence

from .chart import SIGNALS
from .phases import side

SHIFT = 7
TREND = 7
NEAR = 2 / 3


def signals(
    values: Sequence[float | None],
    centre: float,
    lower: float | None,
    upper: float | None,
) -> list[tuple[str, ...]]:
    """The signals of each point of one phase, all that hold, in the order of `SIGNALS`.

    Without limits (a constant series) only runs can signal, and a constant has none.
    """
    sides = [None if value is None else side(value, centre) for value in values]
    beyond = outside(values, lower, upper)
    found = (
        beyond,
        shifted(sides),
        trending(values),
        near_limit(values, sides, beyond, centre, lower, upper),
    )
    return [
        tuple(name for name, flags in zip(SIGNALS, found, strict=True) if flags[i])
        for i in range(len(values))
    ]


def outside(values: Sequence[float | None], lower: float | None, upper: float | None) -> list[bool]:
    """Strictly beyond a limit."""
    return [
        value is not None
        and (
            (upper is not None and side(value, upper) > 0)
            or (lower is not None and side(value, lower) < 0)
        )
        for value in values
    ]


def shifted(sides: Sequence[int | None]) -> list[bool]:
    """7 or more in a row on one side of the centre. A point on it breaks the run."""
    return _runs_of(len(sides), SHIFT, lambda i: sides[i] if sides[i] else None)


def trending(values: Sequence[float | None]) -> list[bool]:
    """7 or more points, so 6 or more steps, each strictly in the same direction."""

    def step(i: int) -> int | None:
        here, next_one = values[i], values[i + 1]
        if here is None or next_one is None or here == next_one:
            return None
        return 1 if next_one > here else -1

    steps = _runs_of(max(len(values) - 1, 0), TREND - 1, step)
    return [(i < len(steps) and steps[i]) or (i > 0 and steps[i - 1]) for i in range(len(values))]


def _runs_of(length: int, least: int, what: Callable[[int], int | None]) -> list[bool]:
    """Mark each member of a run of `least` or more positions that say the same thing."""
    flags = [False] * length
    start = 0
    for i in range(length + 1):
        if i == length or what(i) is None or (i > start and what(i) != what(start)):
            if i - start >= least:
                flags[start:i] = [True] * (i - start)
            start = i if i < length and what(i) is not None else i + 1
    return flags


def near_limit(
    values: Sequence[float | None],
    sides: Sequence[int | None],
    beyond: Sequence[bool],
    centre: float,
    lower: float | None,
    upper: float | None,
) -> list[bool]:
    """2 of 3 beyond two thirds of the way to a limit, all three on one side of the centre.

    A point outside the limits is not near them. Only the near points are flagged.
    """
    if lower is None or upper is None:
        return [False] * len(values)
    low, high = (centre + (limit - centre) * NEAR for limit in (lower, upper))
    near = [
        value is not None and not out and (side(value, high) > 0 or side(value, low) < 0)
        for value, out in zip(values, beyond, strict=True)
    ]
    flags = [False] * len(values)
    for i in range(len(values) - 2):
        three = range(i, i + 3)
        together = sides[i] and len({sides[j] for j in three}) == 1
        if together and sum(near[j] for j in three) >= 2:
            for j in three:
                flags[j] = flags[j] or near[j]
    return flags
