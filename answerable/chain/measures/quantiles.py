"""Medians and percentiles of rows in every place and period, with their intervals."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

import duckdb
import numpy as np
from numpy.typing import NDArray

from .bounds import known_rank_bounds
from .frames import Built
from .order import kth_of_ranges
from .places import Places
from .recipe import QUANTILES
from .timed import Ints, Timed, timed_values
from .timeline import Slot

POINTS = tuple(sorted(set(QUANTILES.values())))
TABLE = (
    "(measure INT, place INT, period INT, split VARCHAR, value VARCHAR, n BIGINT,"
    " v50 DOUBLE, v90 DOUBLE, low50 DOUBLE, high50 DOUBLE, low90 DOUBLE, high90 DOUBLE)"
)
AT_ONCE = 4_000_000
"""Rows that are put in order at once: with it, memory does not grow with the country."""

Floats = NDArray[np.float64]


def take_quantiles(
    connection: duckdb.DuckDBPyConnection,
    built: Built,
    numbers: Mapping[str, int],
    places: Places,
    slots: Sequence[Slot],
    intervals: bool,
) -> None:
    """Write the quantiles of every timed recipe of a frame into `quantiles`.

    numbers    the number of each measure by its key
    intervals  whether order-statistic intervals are taken too
    """
    for recipe in built.recipes:
        if not recipe.quantiles:
            continue
        timed = timed_values(connection, built, recipe, recipe.splits)
        number = numbers[recipe.definition.key]
        stretches = _stretches(slots, built.frame.at_end)
        for place_of in levels(places):
            for split in ("", *recipe.splits):
                for cells in _cells(timed, place_of, split, stretches):
                    _keep(connection, number, split, timed, cells, intervals)


def levels(places: Places) -> Iterator[Ints]:
    """For the whole, the forces and the areas: the place of each pair, −1 for none."""
    pairs = (None, *places.pairs)
    yield np.zeros(len(pairs), np.int64)
    if places.several:
        yield np.array([-1 if not p or p.force is None else p.force for p in pairs], np.int64)
    yield np.array([-1 if not p or p.area is None else p.area for p in pairs], np.int64)


def _stretches(slots: Sequence[Slot], at_end: bool) -> tuple[Ints, Ints, Ints]:
    """The number of each period with its first and last month; at its end, only the last."""
    first = [(slot.period.last if at_end else slot.period.first).index for slot in slots]
    return (
        np.array([slot.number for slot in slots], np.int64),
        np.array(first, np.int64),
        np.array([slot.period.last.index for slot in slots], np.int64),
    )


@dataclass(frozen=True)
class _Cells:
    """Places, values of a split and periods that have rows: rows low to high of `held`.

    held   the ranks of the rows' times, in the order of place, value and month
    """

    place: Ints
    value: Ints
    period: Ints
    low: Ints
    high: Ints
    held: Ints


def _cells(
    timed: Timed, place_of: Ints, split: str, stretches: tuple[Ints, Ints, Ints]
) -> Iterator[_Cells]:
    """Cells in batches of whole places, so many rows at once as `AT_ONCE` allows."""
    place = place_of[timed.pair]
    width = len(timed.words[split]) if split else 1
    value = timed.codes[split] if split else np.zeros(len(place), np.int32)
    sizes = np.bincount(place[place >= 0], minlength=1)
    batch = np.cumsum(sizes) // AT_ONCE
    for wanted in np.unique(batch[sizes > 0]):
        mine = np.flatnonzero((place >= 0) & (batch[place] == wanted))
        group = place[mine] * width + value[mine]
        start = int(timed.month[mine].min())
        months = int(timed.month[mine].max()) - start + 1
        key = group * months + (timed.month[mine] - start)
        order = np.argsort(key, kind="stable")
        key = key[order]
        groups = np.unique(group)
        number, first, last = stretches
        at = groups[:, None] * months
        low = np.searchsorted(key, (at + np.clip(first - start, 0, months)).ravel())
        high = np.searchsorted(key, (at + np.clip(last - start + 1, 0, months)).ravel())
        some = high > low
        named, period = np.repeat(groups, len(number))[some], np.tile(number, len(groups))[some]
        yield _Cells(
            named // width, named % width, period, low[some], high[some],
            timed.rank[mine][order].astype(np.int64),
        )  # fmt: skip


def _keep(
    connection: duckdb.DuckDBPyConnection,
    measure: int,
    split: str,
    timed: Timed,
    cells: _Cells,
    intervals: bool,
) -> None:
    n = cells.high - cells.low
    table: dict[str, object] = {
        "place": cells.place, "period": cells.period, "word": cells.value, "n": n,
    }  # fmt: skip
    table |= _statistics(timed, cells, n, intervals)
    words = list(timed.words[split]) if split else [""]
    connection.register("new_quantiles", table)
    bounds = ", ".join(
        f"CASE WHEN NOT isnan({side}{point * 100:.0f}) THEN {side}{point * 100:.0f} END"
        for point in POINTS
        for side in ("low", "high")
    )
    connection.execute(
        f"INSERT INTO quantiles SELECT {measure}, place, period, $split, $words[word + 1], n,"  # noqa: S608  # our names and checked expressions
        f" v50, v90, {bounds} FROM new_quantiles",
        {"split": split, "words": words},
    )
    connection.unregister("new_quantiles")


def _statistics(timed: Timed, cells: _Cells, n: Ints, intervals: bool) -> dict[str, Floats]:
    """The columns of the quantiles. Every rank that any of them needs is found in one go."""
    wanted = [_ranks(n, point, intervals) for point in POINTS]
    all_ranks = [k for ranks in wanted for k in ranks]
    found = iter(_at_ranks(timed, cells, all_ranks))
    made = {}
    for point, ranks in zip(POINTS, wanted, strict=True):
        name, at = f"{point * 100:.0f}", point * (n - 1)
        low, high = next(found), next(found)
        made[f"v{name}"] = low + (high - low) * (at - np.floor(at))
        for side, k in zip(("low", "high"), ranks[2:] or (None, None), strict=True):
            nothing = np.full(len(n), np.nan)
            made[f"{side}{name}"] = nothing if k is None else np.where(k < 0, nothing, next(found))
    return made


def _ranks(n: Ints, point: float, intervals: bool) -> tuple[Ints, ...]:
    """Ranks from zero: the two rows nearest to point · (n − 1), between which type 7 of
    Hyndman and Fan (1996) lies; and those of the interval, −1 where a sample has none."""
    at = point * (n - 1)
    nearest = np.floor(at).astype(np.int64), np.ceil(at).astype(np.int64)
    if not intervals:
        return nearest
    sizes, which = np.unique(n, return_inverse=True)
    low, high = known_rank_bounds(sizes, point)
    return *nearest, low[which] - 1, high[which] - 1


def _at_ranks(timed: Timed, cells: _Cells, ranks: Sequence[Ints]) -> list[Floats]:
    many = len(ranks)
    k = np.maximum(np.concatenate(ranks), 0)
    low, high = np.tile(cells.low, many), np.tile(cells.high, many)
    found = timed.times[kth_of_ranges(cells.held, low, high, k)].astype(np.float64)
    return np.split(found, many)
