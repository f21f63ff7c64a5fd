"""How a small count is kept from being worked out: by another story that fits as well.

A count stays hidden only if the published figures would be just the same had it been
large. So for each small count this looks for an *exchange*: `size` more here, as many
fewer in other months, and the reverse in other areas, so that every published sum of
areas, of months and of parts stays what it is. Whatever the exchange changes that is still
shown is withheld too (complementary suppression), and of the exchanges tried the one that
costs least is taken. An exchange once found stays good, because nothing withheld is shown
again.

The published sums are taken to be complete: that records placed in no area are known from
elsewhere. That is the worst case.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from .ledger import COMPLEMENT, SHOWN, Ints, Ledger, States

WHOLE_WEIGHT = 24.0
"""A figure for the whole is worth two years of an area's."""
A_MONTH, A_LONGER = 1.0, 0.5
"""The worth of a month's figure, and of a longer period's for each of its months."""

Bools = NDArray[np.bool_]


@dataclass(frozen=True)
class Plane:
    """Counts that add up over areas and months: [area, month, part].

    rows    the row of the states that each area has
    whole   the row of their sum, None where there is no other row
    """

    counts: Ints
    rows: tuple[int, ...]
    whole: int | None


@dataclass(frozen=True)
class Move:
    """What an exchange does in one row: so many more of each `plus`, fewer of each `minus`.

    states  of the families that show these counts
    below   of the tables that the whole's own count is split into
    """

    plus: tuple[int, ...]
    minus: tuple[int, ...]
    states: tuple[States, ...]
    below: tuple[States, ...] = ()


@dataclass(frozen=True)
class _Exchange:
    """An exchange that fits: the rows and periods that it changes, and what that costs."""

    cost: float
    move: Move
    rows: tuple[int, ...]
    changed: Bools
    whole: bool


def shield(
    ledger: Ledger,
    plane: Plane,
    moves: Iterable[Move],
    area: int,
    month: int,
    size: int,
    outside: int | None = None,
    *,
    whole: bool = False,
) -> None:
    """Withhold what it takes for a count to be `size` larger for all that is published.

    moves     that make it larger; one of them has no minus and so can always be made
    outside   a period whose own sum must change too: the months that make up for it lie
              outside it
    whole     the sum of all areas must change too, so no other area makes up for it
    """
    best: _Exchange | None = None
    for move in moves:
        if any(plane.counts[area, month, i] < size for i in move.minus):
            continue
        for found in _exchanges(ledger, plane, move, area, month, size, outside):
            if whole and plane.whole is not None and not found.whole:
                continue
            if best is None or found.cost < best.cost:
                best = found
        if best is not None and best.cost == 0:
            break
    if best is None:
        raise AssertionError("no move without a minus was given")
    _withhold(best)


def _withhold(found: _Exchange) -> None:
    for states in found.move.states:
        for row in found.rows:
            states[row, found.changed & (states[row] == SHOWN)] = COMPLEMENT
    if found.whole:
        for states in found.move.below:
            states[-1, found.changed & (states[-1] == SHOWN)] = COMPLEMENT


def _exchanges(
    ledger: Ledger,
    plane: Plane,
    move: Move,
    area: int,
    month: int,
    size: int,
    outside: int | None,
) -> Iterable[_Exchange]:
    shown = np.logical_or.reduce([states == SHOWN for states in move.states])
    amounts = plane.counts[:, :, move.plus].min(axis=2)
    value = _worth(ledger)
    row = plane.rows[area]
    others = _enough(
        amounts[:, month],
        size,
        [i for i in range(len(plane.rows)) if i != area],
        shown[list(plane.rows), month].astype(float),
    )
    apart = value * shown[row] @ (ledger.member != ledger.member[:, month, None])
    months = {
        _enough(amounts[area], size, [t for t in block if t != month], apart)
        for block in _blocks(ledger, shown[row], month, outside)
    }
    for when in (*months, None):
        changed = _changed(ledger, month, when)
        for who in (others, None) if plane.whole is not None else (None,):
            if when is not None and who is not None and move.minus:
                touched = plane.counts[np.ix_(who, when, move.minus)]
                if (touched < size).any():
                    continue
            rows = (row, *(plane.rows[i] for i in who or ()))
            whole = who is None and plane.whole is not None
            if who is None and plane.whole is not None:
                rows = (*rows, plane.whole)
            cost = sum(float(value[shown[r] & changed].sum()) * _weight(ledger, r) for r in rows)
            yield _Exchange(cost, move, rows, changed, whole or plane.whole is None)


def _worth(ledger: Ledger) -> NDArray[np.float64]:
    spans = ledger.member.sum(axis=1)
    months = np.arange(len(ledger.periods)) < ledger.months
    return np.where(months, A_MONTH, A_LONGER * spans) * ~ledger.rolling


def _weight(ledger: Ledger, row: int) -> float:
    return WHOLE_WEIGHT if row == len(ledger.areas) or ledger.single else 1.0


def _blocks(
    ledger: Ledger, shown: Bools, month: int, outside: int | None
) -> Iterable[NDArray[np.int_]]:
    """Months that may make up for a month: those of the same shown periods, then of the
    same long ones, then any."""
    member = ledger.member
    same = member == member[:, month, None]
    kept = shown & ~ledger.rolling
    long = member.sum(axis=1) >= 12
    kept[: ledger.months] = False
    for periods in (kept, kept & long, np.zeros_like(kept)):
        fits = same[periods].all(axis=0)
        if outside is not None:
            fits = fits & ~member[outside]
        yield np.flatnonzero(fits)


def _enough(
    amounts: NDArray[np.int64], size: int, among: Sequence[int], cost: NDArray[np.float64]
) -> tuple[int, ...] | None:
    """The fewest that hold `size` between them, the cheapest first."""
    taken, held = [], 0
    for i in sorted(among, key=lambda i: (float(cost[i]), -int(amounts[i]))):
        if held >= size:
            break
        if amounts[i] > 0:
            taken.append(int(i))
            held += int(amounts[i])
    return tuple(taken) if held >= size else None


def _changed(ledger: Ledger, month: int, others: tuple[int, ...] | None) -> Bools:
    """Periods whose sums change: those that take in some of the months, but not all."""
    if others is None:
        return np.asarray(ledger.member[:, month])
    touched = ledger.member[:, [month, *others]]
    return np.asarray(touched.any(axis=1) & ~touched.all(axis=1))
