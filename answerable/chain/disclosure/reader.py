"""What a reader of nothing but the published figures can work out of what is withheld.

`audit` is for whoever holds the true counts. Here there are none: every count of an area, a
month and a part is an unknown, every published figure an equation over them, and each count
that is withheld is asked for its largest possible value. If that lies under the threshold, a
small number has been told although it is not shown.
"""

from collections.abc import Hashable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from itertools import product
from typing import Any, Generic, TypeVar

import numpy as np

from ..body import WHOLE, Appetite
from ..measures import Definition, Grain, Result, Status
from .audit import Exposure, Key, Terms, sums_of, told
from .ledger import Ledger, at_measures, lay_out, parts_of
from .small import ESTABLISHMENTS

Name = tuple[Key, int, int]
"""A count, the row of its area (the whole last), and its month."""
N = TypeVar("N", bound=Hashable)


def recoverable(
    shown: Sequence[Result], definitions: Mapping[str, Definition], appetite: Appetite
) -> tuple[Exposure, ...]:
    """Every withheld count that must lie under the threshold, knowing nothing but what is shown.

    Where its `low` is more than none, a small number has been told. Where it may be none, no
    more is told than "under the threshold". Raises ValueError with the key of a measure whose
    figures contradict each other.
    """
    return tuple(
        exposure
        for definition, mine in by_measure(shown, definitions)
        for exposure in _measure([shown[i] for i in mine], (), definition, appetite.count_under)
    )


def exposed(
    true: Sequence[Result],
    shown: Sequence[Result],
    definitions: Mapping[str, Definition],
    appetite: Appetite,
) -> tuple[Exposure, ...]:
    """Every small count that must lie under the threshold: `audit`'s question, asked at once.

    true, shown   the same results before and after protection, in the same order
    The reader is given more than they have, as in `audit`: how many records lie in no area, and
    how many of a whole in none of its parts.
    """
    return tuple(
        exposure
        for definition, mine in by_measure(shown, definitions)
        for exposure in _measure(
            [shown[i] for i in mine], [true[i] for i in mine], definition, appetite.count_under
        )
    )


def by_measure(
    shown: Sequence[Result], definitions: Mapping[str, Definition]
) -> Iterable[tuple[Definition, list[int]]]:
    for measure, mine in at_measures(shown).items():
        if definitions[measure].table not in ESTABLISHMENTS:
            yield definitions[measure], mine


def _measure(
    shown: Sequence[Result], true: Sequence[Result], definition: Definition, under: int
) -> Iterable[Exposure]:
    ledger = lay_out(shown, range(len(shown)), definition, ())
    truth = lay_out(true, range(len(true)), definition, ()) if true else None
    known = Known(ledger, truth)
    for result in shown:
        known.learn(result)
    known.add_up()
    wanted = sorted(known.withheld - known.fixed.keys(), key=str)
    if true:
        wanted = [name for name in wanted if 0 < known.true(name) < under]
    shown_small = [(name, n, n) for name, n in known.fixed.items() if 0 < n < under]
    for (key, area, month), low, high in (*shown_small, *pinned(known, wanted, under)):
        place = WHOLE if area == known.whole else ledger.areas[area]
        yield Exposure(
            (definition.key, place, ledger.periods[month].text, key[1], key[2]), low, high
        )


@dataclass
class Facts(Generic[N]):
    """What is known of counts, by whatever names they have.

    key       of the measure, for messages
    fixed     counts that are shown as they are
    between   counts that are shown rounded, and so lie in a range
    equal, atmost   sums of counts with the value that they are, or do not exceed
    withheld  counts that a figure marked as withheld would have shown
    """

    key: str
    fixed: dict[N, float] = field(default_factory=dict)
    between: dict[N, tuple[float, float]] = field(default_factory=dict)
    equal: list[tuple[dict[N, float], float]] = field(default_factory=list)
    atmost: list[tuple[dict[N, float], float]] = field(default_factory=list)
    withheld: set[N] = field(default_factory=set)


class Known(Facts[Name]):
    """What is known of a measure's counts."""

    def __init__(self, ledger: Ledger, truth: Ledger | None = None):
        super().__init__(ledger.definition.key)
        self.ledger = ledger
        self.truth = truth
        self.whole = 0 if ledger.single else len(ledger.areas)
        self.rows = range(self.whole + 1)
        self.place = {area: i for i, area in enumerate(ledger.areas)} | {WHOLE: self.whole}
        self.when = {period.text: i for i, period in enumerate(ledger.periods)}
        self.names = {
            (table.column, split, kind)
            for table in ledger.tables.values()
            for split, kind in table.parts
        }
        placed = {column for _, column, area, _ in ledger.rows if area < self.whole}
        self.by_area = {key for key in self.names if key[0] in placed}

    def learn(self, result: Result) -> None:
        """What one figure tells."""
        area, period = self.place[result.area], self.when[result.period]
        if result.n is None:
            self._unseen(result, area, period)
            return
        months = [int(m) for m in np.flatnonzero(self.ledger.member[period])]
        for keys, low, high in told(self.ledger, result):
            if self.truth is not None and area == self.whole and not self.ledger.single:
                self._placed(keys, months)
            names = [(k, area, m) for k, m in product(keys, months) if k in self.names]
            if low != high:
                self._in_range(names, low, high)
            elif len(names) == 1:
                self.fixed[names[0]] = float(low)
            elif names:
                self.equal.append((dict.fromkeys(names, 1.0), float(low)))

    def _in_range(self, names: Sequence[Name], low: float, high: float) -> None:
        """That a sum lies in a range; of one count, the narrowest range that is told."""
        if len(names) == 1:
            before = self.between.get(names[0], (low, high))
            self.between[names[0]] = max(low, before[0]), min(high, before[1])
        elif names:
            self.atmost.append((dict.fromkeys(names, 1.0), high))
            self.atmost.append((dict.fromkeys(names, -1.0), -low))

    def true(self, name: Name) -> int:
        """What a count truly is."""
        assert self.truth is not None  # noqa: S101  # asked of nobody else
        (column, split, kind), area, month = name
        table = self.truth.tables[column]
        part = table.parts[(split, kind)]
        of_areas = not self.ledger.single and area == self.whole
        return int(table.whole[month, part] if of_areas else table.counts[area, month, part])

    def _placed(self, keys: Sequence[Key], months: Sequence[int]) -> None:
        """How many records of a sum lie in any area at all: what no reader is told."""
        names = [
            (key, area, month)
            for key, area, month in product(keys, self.rows[:-1], months)
            if key in self.by_area
        ]
        if names:
            self.equal.append((dict.fromkeys(names, 1.0), float(sum(map(self.true, names)))))

    def _unseen(self, result: Result, area: int, period: int) -> None:
        """A month that is withheld is to be kept; one that no source covers has no records."""
        if result.grain != Grain.MONTH or result.basis != "raw":
            return
        column = result.split.partition("=")[0]
        for split, kind, _ in parts_of(self.ledger.definition.kind, result):
            name = ((column, split, kind), area, period)
            if result.status == Status.SUPPRESSED:
                self.withheld.add(name)
            else:
                self.fixed.setdefault(name, 0.0)

    def add_up(self) -> None:
        """Areas are no more than the whole, parts no more than what they are parts of."""
        for month in range(self.ledger.months):
            if not self.ledger.single:
                for key in self.names:
                    parts: dict[Name, float] = {(key, a, month): 1.0 for a in self.rows[:-1]}
                    self.atmost.append((parts | {(key, self.whole, month): -1.0}, 0.0))
            for table, area in product(self.ledger.tables.values(), self.rows):
                for whole, keys in sums_of(self.ledger, table.column):
                    have = [key for key in keys if key in self.names]
                    if have and whole in self.names:
                        terms = {(key, area, month): 1.0 for key in have}
                        self._part(terms | {(whole, area, month): -1.0})

    def _part(self, terms: dict[Name, float]) -> None:
        """That parts are no more than their whole; by how much they are less, if that is known."""
        self.atmost.append((terms, 0.0))
        (_, area, _), *_ = terms
        if self.truth is not None and (
            area == self.whole or self.by_area.issuperset(k for k, _, _ in terms)
        ):
            self.equal.append((terms, sum(sign * self.true(name) for name, sign in terms.items())))


def pinned(known: Facts[N], wanted: Sequence[N], under: int) -> Iterable[tuple[N, float, float]]:
    """Those counts that cannot reach `under`, with the least and the most that they can be.

    Many counts are let off by one solution in which each of them reaches the threshold; only
    what is left over is asked for by itself.
    """
    world = _World(known)  # which raises where shown figures contradict each other
    if not wanted:
        return
    left = [name for name in wanted if name in world.number]
    while left:
        reached = world.reach(left, under)
        still = [name for name in left if name not in reached]
        if len(still) == len(left):
            break
        left = still
    for name in left:
        high = world.most(name)
        if 1e-6 < high < under - 1e-6:
            yield name, world.least(name), high


class _World(Generic[N]):
    """The equations and inequalities as matrices over the counts that are not shown."""

    def __init__(self, known: Facts[N]):
        self.key = known.key
        self.fixed = known.fixed
        self.number: dict[N, int] = {}
        self.equal: list[tuple[Terms, float]] = []
        self.atmost: list[tuple[Terms, float]] = []
        for terms, value in known.equal:
            self._take(self.equal, terms, value)
        for terms, value in known.atmost:
            self._take(self.atmost, terms, value)
        for name in known.withheld - known.fixed.keys():
            self._number(name)
        self.bounds: list[tuple[float, float | None]] = [(0, None)] * len(self.number)
        for name, i in self.number.items():
            self.bounds[i] = known.between.get(name, (0, None))
        self.a_eq, self.b_eq = self._matrix(self.equal)
        self.a_ub, self.b_ub = self._matrix(self.atmost)

    def _number(self, name: N) -> int:
        return self.number.setdefault(name, len(self.number))

    def _take(
        self, into: list[tuple[Terms, float]], terms: Mapping[N, float], value: float
    ) -> None:
        """Keep what still has an unknown in it."""
        left: Terms = {}
        for name, sign in terms.items():
            if name in self.fixed:
                value -= sign * self.fixed[name]
            else:
                left[self._number(name)] = sign
        if left:
            into.append((left, value))
        elif abs(value) > 1e-6 if into is self.equal else value < -1e-6:
            raise ValueError(self.key)

    def reach(self, wanted: Sequence[N], under: int) -> set[N]:
        """As many of the counts as one solution brings to the threshold."""
        from scipy.sparse import csr_matrix, eye, hstack, vstack

        size, extra = len(self.number), len(wanted)
        columns = [self.number[name] for name in wanted]
        pick = csr_matrix((np.ones(extra), (range(extra), columns)), shape=(extra, size))
        above = hstack([self.a_ub, csr_matrix((self.a_ub.shape[0], extra))])
        below = hstack([-pick, eye(extra)])  # the credit of a count is no more than the count
        solved = self._solve(
            np.concatenate([np.zeros(size), -np.ones(extra)]),
            vstack([above, below]).tocsr(),
            np.concatenate([self.b_ub, np.zeros(extra)]),
            hstack([self.a_eq, csr_matrix((self.a_eq.shape[0], extra))]).tocsr(),
            [*self.bounds, *[(0, under)] * extra],
        )
        return {n for n, i in zip(wanted, columns, strict=True) if solved.x[i] >= under - 1e-6}

    def most(self, name: N) -> float:
        """The most that a count can be."""
        return -self._end(name, -1.0)

    def least(self, name: N) -> float:
        """The least that a count can be."""
        return self._end(name, 1.0)

    def _end(self, name: N, sign: float) -> float:
        aim = np.zeros(len(self.number))
        aim[self.number[name]] = sign
        solved = self._solve(aim, self.a_ub, self.b_ub, self.a_eq, self.bounds)
        return float("-inf") if solved.status == 3 else float(solved.fun)

    def _solve(self, aim: Any, a_ub: Any, b_ub: Any, a_eq: Any, bounds: Any) -> Any:
        from scipy.optimize import linprog

        solved = linprog(
            aim,
            A_ub=a_ub if a_ub.shape[0] else None,
            b_ub=b_ub if a_ub.shape[0] else None,
            A_eq=a_eq if a_eq.shape[0] else None,
            b_eq=self.b_eq if a_eq.shape[0] else None,
            bounds=bounds,
            method="highs",
        )
        if solved.status not in (0, 3):
            raise ValueError(self.key)
        return solved

    def _matrix(self, rows: Sequence[tuple[Terms, float]]) -> tuple[Any, Any]:
        from scipy.sparse import csr_matrix

        at = [(i, j, sign) for i, (terms, _) in enumerate(rows) for j, sign in terms.items()]
        i, j, sign = zip(*at, strict=True) if at else ((), (), ())
        made = csr_matrix((sign, (i, j)), shape=(len(rows), len(self.number)))
        return made, np.array([value for _, value in rows], dtype=float)
