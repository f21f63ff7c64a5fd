"""One measure of one release by itself: what is small, and what would give that away.

Every small count, and every rate on too few, is kept by withholding what could be exchanged
with it (`exchange`), first by area, then by each split.
"""

from collections.abc import Collection, Sequence

import numpy as np

from ..body import Appetite
from ..measures import Result
from .exchange import Bools, Move, Plane, shield
from .ledger import COMPLEMENT, PRIMARY, SHOWN, Ints, Ledger, States, Table
from .moves import column_moves, whole_moves
from .small import Why, few, small


def withhold_alone(
    ledger: Ledger,
    true: Sequence[Result],
    reasons: list[Why | None],
    appetite: Appetite,
    held: Collection[int] = (),
) -> None:
    """Fill in why each of a measure's results is withheld.

    held   those that stay withheld, because they kept something when they were last looked at
    """
    for (group, column, area, period), at in ledger.rows.items():
        found = [small(true[i], appetite) for i in at]
        if any(found):
            ledger.tables[column].states[group][area, period] = PRIMARY
            for i, why in zip(at, found, strict=True):
                reasons[i] = why or Why.SMALL_BESIDE
        elif held and any(i in held for i in at):
            states = ledger.tables[column].states[group]
            states[area, period] = COMPLEMENT
    for table in ledger.tables.values():
        if table.column:
            _all_or_none_by_area(ledger, table, appetite.count_under)
        _follow(table)
    _shield_whole(ledger, appetite)
    for table in ledger.tables.values():
        if table.column:
            _shield_column(ledger, table, appetite)
        _follow(table)
    for (group, column, area, period), at in ledger.rows.items():
        if _hidden(ledger.tables[column].states[group])[area, period]:
            for i in at:
                reasons[i] = reasons[i] or Why.COMPLEMENTARY
        for i in at:
            if reasons[i] is None and few(true[i], appetite):
                reasons[i] = Why.FEW_OBSERVATIONS


def _hidden(states: States) -> Bools:
    found: Bools = (states == PRIMARY) | (states == COMPLEMENT)
    return found


def _withhold(states: States, where: Bools) -> None:
    states[where & (states == SHOWN)] = COMPLEMENT


def _follow(table: Table) -> None:
    """What a duration's `time` counts, its `share` counts too."""
    if "time" in table.states and "share" in table.states:
        _withhold(table.states["share"], _hidden(table.states["time"]))


def _all_or_none_by_area(ledger: Ledger, table: Table, under: int) -> None:
    """Splits by area are shown only where none of them is small, nor what they leave.

    Areas and splits together are where a table gives itself away. Withheld as one, a cell
    of it may be anything up to its area's count and its split's, and those are kept safe
    by themselves.
    """
    if ledger.single:
        return
    small = any(_hidden(states[:-1]).any() for states in table.states.values())
    if small or _leaves_few(ledger, table, under):
        for states in table.states.values():
            _withhold(states[:-1], np.ones_like(states[:-1], dtype=bool))


def _leaves_few(ledger: Ledger, table: Table, under: int) -> bool:
    """Whether an area's count less the splits shown of it is small: that is a count too."""
    whole = ledger.tables.get("")
    by_area = {area for _, column, area, _ in ledger.rows if column == table.column}
    areas = sorted(by_area - {len(ledger.areas)})
    if whole is None or not areas:
        return False
    for (split, kind), part in whole.parts.items():
        at = table.of_type(kind)
        if split or not at:
            continue
        left = whole.counts[areas, :, part] - table.counts[areas][:, :, at].sum(axis=2)
        left = left @ ledger.member.T
        if ((left > 0) & (left < under)).any():
            return True
    return False


def _shield_whole(ledger: Ledger, appetite: Appetite) -> None:
    """The measure by area: every small count, then every rate on too few.

    A longer period with a small sum has a small count in one of its months, and no exchange
    within the period is large enough, so the sum is kept as well. Likewise the whole's.
    """
    table = ledger.tables.get("")
    if table is None:
        return
    under = appetite.count_under
    rows = tuple(range(len(ledger.areas)))
    plane = Plane(table.counts, rows, None if ledger.single else len(rows))
    for (split, kind), part in table.parts.items():
        moves = whole_moves(ledger, split, kind)
        counts = table.counts[:, :, part]
        for area, month in np.argwhere((counts > 0) & (counts < under)).tolist():
            size = under - int(counts[area, month])
            shield(ledger, plane, moves, area, month, size)
        whole = table.whole[:, part]
        nowhere = (whole > 0) & (whole < under) & ~(counts > 0).any(axis=0)
        for month in np.flatnonzero(nowhere).tolist():
            shield(ledger, plane, moves, 0, month, under - int(whole[month]))
    for top, rest, split in _bases(table):
        moves = whole_moves(ledger, split, top)
        for area in rows:
            for month, outside in _thin(
                ledger, table, table.counts[area], (split, top), (split, rest), appetite
            ):
                shield(ledger, plane, moves, area, month, appetite.rate_width, outside)
        if plane.whole is None:
            continue
        of_all, part = ((split, top), (split, rest)), table.parts[(split, top)]
        for month, outside in _thin(ledger, table, table.whole, *of_all, appetite):
            area, size = int(table.counts[:, month, part].argmax()), appetite.rate_width
            shield(ledger, plane, moves, area, month, size, outside, whole=True)


def _shield_column(ledger: Ledger, table: Table, appetite: Appetite) -> None:
    """The whole by split. Where the whole itself is withheld, so are its splits."""
    under = appetite.count_under
    above = ledger.tables.get("")
    for name, states in table.states.items():
        if above is not None and name in above.states:
            row = 0 if ledger.single else len(ledger.areas)
            _withhold(states[row], _hidden(above.states[name][row]))
    # What lies in no area is taken to be known, so a split's areas must be able to be more.
    placed = table.placed
    counts = placed[None, :, :]
    plane = Plane(counts, (0 if ledger.single else len(ledger.areas),), None)
    for (split, kind), part in table.parts.items():
        moves = column_moves(ledger, table.column, split, kind)
        last = Move((part,), (), tuple(table.states.values()))
        for month in np.flatnonzero(
            (counts[0, :, part] > 0) & (counts[0, :, part] < under)
        ).tolist():
            size = under - int(counts[0, month, part])
            shield(ledger, plane, [*moves, last], 0, month, size)
    for top, rest, split in _bases(table):
        moves = column_moves(ledger, table.column, split, top)
        last = Move((table.parts[(split, top)],), (), tuple(table.states.values()))
        for month, outside in _thin(ledger, table, placed, (split, top), (split, rest), appetite):
            shield(ledger, plane, [*moves, last], 0, month, appetite.rate_width, outside)


def _bases(table: Table) -> list[tuple[str, str, str]]:
    """Numerators of shares and ratios, each with the rest or the other side."""
    return [
        (top, rest, split)
        for split, top in table.parts
        for rest in {"x": "fd", "t": "u", "a": "b"}.get(top, "")
        if (split, rest) in table.parts
    ]


def _thin(
    ledger: Ledger,
    table: Table,
    counts: Ints,
    top: tuple[str, str],
    rest: tuple[str, str],
    appetite: Appetite,
) -> list[tuple[int, int | None]]:
    """Where a rate is on too few: the month from which it is kept, and the period.

    The numerator must not be narrowed down, so it must be able to be `rate_width` more.
    """
    base = counts[:, table.parts[rest]]
    if top[1] != "a":
        base = base + counts[:, table.parts[top]]
    sums = ledger.member @ base
    found: list[tuple[int, int | None]] = []
    for period in np.flatnonzero((sums > 0) & (sums < appetite.rate_needs)):
        inside = np.flatnonzero(ledger.member[period] & (base > 0))
        month = int(inside[base[inside].argmax()])
        found.append((month, None if period < ledger.months else int(period)))
    return found
