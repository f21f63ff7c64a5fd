"""How a series is cut into phases, and which of its points limits may rest on."""

from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise

from .chart import Rebase

LEAST_FOR_LIMITS = 8
LEAST_FOR_SIGNALS = 12

ROUND_OFF = 1e-12


@dataclass(frozen=True)
class Phase:
    """The points from one re-base to the next.

    number     0, 1, …
    rows       their positions in the series
    baseline   positions of those that the limits rest on: present, not excluded, and
               within the first `freeze` of the phase where limits are frozen
    """

    number: int
    rows: range
    baseline: tuple[int, ...]

    def steps(self) -> Iterator[tuple[int, int]]:
        """Neighbours that are both in the baseline. A gap has no range across it."""
        kept = set(self.baseline)
        return ((i - 1, i) for i in self.rows[1:] if i in kept and i - 1 in kept)


def phases(
    x: Sequence[str],
    values: Sequence[float | None],
    rebases: Sequence[Rebase] = (),
    freeze: int | None = None,
    exclude: Collection[str] = (),
) -> tuple[Phase, ...]:
    """Cut a series at its re-bases.

    Raises ValueError for an `x` that is not there or is there twice, and for lengths
    that differ: these are mistakes of the caller, not of a file.
    """
    if len(x) != len(values):
        raise ValueError(f"{len(x)} labels for {len(values)} values")
    where = {label: i for i, label in enumerate(x)}
    if len(where) != len(x):
        raise ValueError("a label is there twice")
    named = [*(rebase.at for rebase in rebases), *exclude]
    if strays := sorted(set(named) - set(where)):
        raise ValueError(f"no point has the label {', '.join(strays)}")
    if freeze is not None and freeze < 1:
        raise ValueError("limits can be frozen after 1 point or more")
    cuts = sorted({0, len(x), *(where[rebase.at] for rebase in rebases)})
    left_out = {where[label] for label in exclude}
    return tuple(
        _phase(number, range(start, end), values, freeze, left_out)
        for number, (start, end) in enumerate(pairwise(cuts))
    )


def _phase(
    number: int,
    rows: range,
    values: Sequence[float | None],
    freeze: int | None,
    left_out: Collection[int],
) -> Phase:
    kept = (i for i in rows[:freeze] if values[i] is not None and i not in left_out)
    return Phase(number, rows, tuple(kept))


def side(value: float, line: float) -> int:
    """1 above a line, -1 below it, 0 on it; the last bits of arithmetic do not count."""
    gap = value - line
    if abs(gap) <= ROUND_OFF * max(abs(value), abs(line)):
        return 0
    return 1 if gap > 0 else -1
