"""Quantiles of rows that weigh by their stratum, of every place and period."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

import duckdb
import numpy as np
from numpy.typing import NDArray

from .frames import Built
from .recipe import Recipe
from .strata import GRAINS, LEVELS, NEAR, WEIGHTED, stratum_key, with_area
from .timed import Ints, Small
from .timeline import Slot

Floats = NDArray[np.float64]
Side = tuple[Recipe, Built]


def weigh_rows(
    connection: duckdb.DuckDBPyConnection,
    side: Side,
    points: Sequence[float],
    slots: Sequence[Slot],
    tally: str,
    standard: str,
) -> None:
    """Weighted quantiles of the rows of every place and period into `weighted`.

    tally     the tally of rows that have a time
    standard  a relation of level, stratum and the share w that the stratum has in the standard
    Each row weighs the standard share of its stratum over the rows of its stratum there.
    """
    recipe, built = side
    connection.execute(f"CREATE OR REPLACE TEMP TABLE weighted {WEIGHTED}")
    connection.execute(
        "CREATE OR REPLACE TEMP TABLE stratum_keys AS SELECT key, row_number() OVER () - 1 AS id"  # noqa: S608  # our names and checked expressions
        f" FROM (SELECT DISTINCT {stratum_key(recipe.definition)} AS key FROM {built.rows}"
        f" WHERE {recipe.time} IS NOT NULL)"
    )
    spans = {
        s.number: ((s.period.last if built.frame.at_end else s.period.first).index,
                   s.period.last.index)
        for s in slots if s.grain in GRAINS
    }  # fmt: skip
    for level in LEVELS:
        rows, weights = (
            _rows(connection, side, level),
            _weights(connection, side, level, tally, standard),
        )
        found = [
            (point, place, period, value)
            for place, mine in rows.by_place()
            for period, heavy in weights.of(place, rows.strata)
            for point, value in mine.quantiles(*spans[period], heavy, points)
        ]
        if found:
            columns = [np.array(column) for column in zip(*found, strict=True)]
            connection.register("new_weighted", dict(zip("apqv", columns, strict=True)))
            connection.execute("INSERT INTO weighted SELECT a, p, q, v FROM new_weighted")
            connection.unregister("new_weighted")


@dataclass(frozen=True)
class _Rows:
    """Rows in the order of their times: place, month, stratum and time.

    strata   how many strata there are; each row's is a number below it
    """

    place: Small
    month: Small
    stratum: Small
    time: Ints
    strata: int

    def by_place(self) -> Iterator[tuple[int, "_Rows"]]:
        """The rows of each place, in the order of their times; nothing where there are none."""
        if not len(self.place):
            return
        order = np.argsort(self.place, kind="stable")
        places, starts = np.unique(self.place[order], return_index=True)
        for place, mine in zip(places, np.split(order, starts)[1:], strict=True):
            yield int(place), self._taken(mine)

    def _taken(self, mine: Ints) -> "_Rows":
        place, month, stratum = self.place[mine], self.month[mine], self.stratum[mine]
        return _Rows(place, month, stratum, self.time[mine], self.strata)

    def quantiles(
        self, first: int, last: int, heavy: Floats, points: Sequence[float]
    ) -> list[tuple[float, float]]:
        """Each point beside the weighted quantile of the rows of some months; nothing where none
        weighs anything."""
        mine = np.flatnonzero((self.month >= first) & (self.month <= last))
        weights = heavy[self.stratum[mine]]
        if not weights.all():
            mine, weights = mine[weights > 0], weights[weights > 0]
        times = self.time[mine]
        return [(p, weighted_quantile(times, weights, p)) for p in points if len(mine)]


@dataclass(frozen=True)
class _Weights:
    """What a row of each stratum weighs, by place and period, in that order."""

    place: Small
    period: Small
    stratum: Small
    weight: Floats

    def of(self, place: int, strata: int) -> Iterator[tuple[int, Floats]]:
        """Each period of a place, with the weights of all strata; zero for those it lacks."""
        start, end = np.searchsorted(self.place, [place, place + 1])
        periods, starts = np.unique(self.period[start:end], return_index=True)
        for period, mine in zip(periods, np.split(np.arange(start, end), starts)[1:], strict=True):
            heavy = np.zeros(strata)
            heavy[self.stratum[mine]] = self.weight[mine]
            yield int(period), heavy


def _rows(connection: duckdb.DuckDBPyConnection, side: Side, level: str) -> _Rows:
    recipe, built = side
    found = connection.execute(
        f"SELECT l.place, r.{built.month} AS month, {_number(recipe, level, 'r.pair')} AS stratum,"  # noqa: S608  # our names and checked expressions
        f" r.{recipe.time} AS time FROM {built.rows} AS r"
        f" JOIN stratum_keys AS k ON k.key = {stratum_key(recipe.definition, 'r.')}"
        f" JOIN pair_places AS l ON l.pair = r.pair AND l.level = '{level}'"
        f" WHERE r.{recipe.time} IS NOT NULL AND r.{built.month} IS NOT NULL"
    ).fetchnumpy()
    order = np.argsort(found["time"], kind="stable")
    place, month, stratum = (
        found[name][order].astype(np.int32) for name in ("place", "month", "stratum")
    )
    strata = int(stratum.max(initial=0)) + 1
    return _Rows(place, month, stratum, found["time"][order].astype(np.int64), strata)


def _weights(
    connection: duckdb.DuckDBPyConnection, side: Side, level: str, tally: str, standard: str
) -> _Weights:
    definition = side[0].definition
    pairs = (
        "(SELECT DISTINCT pair FROM pair_places)"
        if _apart(side[0], level)
        else "(SELECT 0 AS pair)"
    )
    named = with_area(definition, level, "key", "pair")
    found = connection.execute(
        f"SELECT place, period, {_number(side[0], level, 'p.pair')} AS stratum,"  # noqa: S608  # our names and checked expressions
        f" w / {tally} AS weight FROM stratum_cells JOIN {standard} AS t USING (level, stratum)"
        f" JOIN (SELECT *, {named} AS stratum FROM stratum_keys AS k CROSS JOIN {pairs} AS p) AS p"
        f" USING (stratum) WHERE level = '{level}' AND {tally} > 0 ORDER BY place, period"
    ).fetchnumpy()
    place, period, stratum = (
        found[name].astype(np.int32) for name in ("place", "period", "stratum")
    )
    return _Weights(place, period, stratum, found["weight"])


def _apart(recipe: Recipe, level: str) -> bool:
    return level == "all" and "area" in recipe.definition.strata


def _number(recipe: Recipe, level: str, pair: str) -> str:
    """A stratum as a number, as `with_area` says it in words."""
    size = "(SELECT count(*) FROM stratum_keys)"
    return f"({pair} * {size} + id)" if _apart(recipe, level) else "id"


def weighted_quantile(times: Ints, weights: Floats, point: float) -> float:
    """A weighted quantile of times in ascending order; with equal weights it is type 7.

    Sorted by value and weight, row k stands at (W before k) / (W − w of k), from 0 to 1;
    between rows the value is interpolated. Only the rows near the crossing are put in the
    order of their weights, because only there does that order tell.
    """
    upto = np.cumsum(weights)
    total = upto[-1]
    crossing = min(int(np.searchsorted(upto, point * total)), len(times) - 1)
    start = int(np.searchsorted(times, times[crossing]))
    end = int(np.searchsorted(times, times[crossing], side="right"))
    start = int(np.searchsorted(times, times[start - 1])) if start else 0
    end = int(np.searchsorted(times, times[end], side="right")) if end < len(times) else end
    base = upto[start - 1] if start else 0.0
    order = np.lexsort((weights[start:end], times[start:end]))
    s, w = times[start:end][order], weights[start:end][order]
    before = base + np.cumsum(w) - w
    stood = np.where(total - w > total * NEAR, before / np.maximum(total - w, total * NEAR), 0.0)
    low = int(np.flatnonzero(stood <= point + NEAR)[-1])
    if low + 1 == len(s):
        return float(s[low])
    share = max(point - stood[low], 0) / (stood[low + 1] - stood[low])
    return float(s[low] + (s[low + 1] - s[low]) * share)
