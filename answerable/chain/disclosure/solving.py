"""Linear programmes over what is known of unknown counts.

Three questions: how far a sum can go, which sums can reach what they should in one go, and what
is the least that must be withheld for a sum to reach it (the linear relaxation of optimal cell
suppression: Fischetti and Salazar, Management Science 47, 2001).
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

Terms = Mapping[int, float]
Floats = NDArray[np.float64]
CLOSE = 1e-6


Way = tuple[Terms, float]
"""A sum, and what it must be able to reach."""


@dataclass(frozen=True)
class Aim:
    """A sum that must be able to reach `reach`, or, where `or_none`, to be none or less."""

    terms: Terms
    reach: float
    or_none: bool = False

    @property
    def ways(self) -> tuple[Way, ...]:
        """What would each do."""
        up = (self.terms, self.reach)
        return (up, (turned(self.terms), 0.0)) if self.or_none else (up,)


def turned(terms: Terms) -> Terms:
    """A sum with its sign turned round."""
    return {unknown: -times for unknown, times in terms.items()}


class Solver:
    """What is known for certain, with all that follows from it at once already worked out.

    Raises ValueError where it contradicts itself.
    """

    def __init__(
        self,
        low: Sequence[float],
        fixed: Mapping[int, float],
        known: Sequence[tuple[Terms, float]],
    ):
        self.solved = 0
        self.low = np.array(low, dtype=float)
        self.size = len(low)
        self.value: Floats = np.full(self.size, np.nan)
        for unknown, value in fixed.items():
            self.value[unknown] = value
        self.a, self.b = self._settle(*_matrix(known, self.size))

    def _settle(self, a: Any, b: Floats) -> tuple[Any, Floats]:
        """Work out every unknown that stands alone in an equation, again and again."""
        while True:
            free = np.isnan(self.value)
            there = a.copy()
            there.data = np.ones_like(there.data)
            left = there @ free.astype(float)
            alone = np.flatnonzero(left == 1)
            rest = b - a @ np.where(free, 0.0, self.value)
            if not alone.size:
                keep = left > 0
                if (np.abs(rest[~keep]) > 1e-4).any():
                    raise ValueError("what is shown contradicts itself")
                return _unique(a[keep][:, free], rest[keep])
            picked = a[alone].tocoo()
            ours = free[picked.col]
            rows, columns, signs = picked.row[ours], picked.col[ours], picked.data[ours]
            self.value[columns] = rest[alone][rows] / signs
            if (self.value[columns] < self.low[columns] - 1e-4).any():
                raise ValueError("what is shown contradicts itself")

    @property
    def free(self) -> NDArray[np.bool_]:
        return np.isnan(self.value)

    def split(self, aims: Sequence[Terms]) -> tuple[Any, Floats]:
        """Sums over what is still unknown, and what the known part of each comes to."""
        a, _ = _matrix([(terms, 0.0) for terms in aims], self.size)
        return a[:, self.free], a @ np.where(self.free, 0.0, self.value)

    def short(self, aims: Sequence[Aim]) -> list[int]:
        """The positions of the aims that cannot be reached in any of their ways.

        Many are let off by one solution that brings as many as it can as near as it can; only
        what is left over is asked for by itself.
        """
        left = list(range(len(aims)))
        for way in (0, 1):
            asked = [i for i in left if way < len(aims[i].ways)]
            reached = self._at_once([aims[i].ways[way] for i in asked])
            off = {i for i, yes in zip(asked, reached, strict=True) if yes}
            left = [i for i in left if i not in off]
        return [i for i in left if not any(map(self._reaches, aims[i].ways))]

    def _at_once(self, ways: Sequence[Way]) -> list[bool]:
        """Which can be seen to be reached; not all that can be."""
        reached = np.zeros(len(ways), dtype=bool)
        if not len(ways):
            return []
        sums, known = self.split([terms for terms, _ in ways])
        goal = np.array([reach for _, reach in ways]) - known
        moving = np.diff(sums.indptr) > 0
        reached[~moving & (goal <= CLOSE)] = True
        left = np.flatnonzero(moving)
        while left.size:
            now = self._together(sums[left], goal[left])
            reached[left[now]] = True
            if not now.any():
                break
            left = left[~now]
        return list(reached)

    def _reaches(self, way: Way) -> bool:
        sums, known = self.split([way[0]])
        most = self._most(sums[0]) if sums.nnz else 0.0
        return bool(known[0] + most >= way[1] - CLOSE)

    def ends(self, terms: Terms) -> tuple[float, float]:
        """The least and the most that a sum can be."""
        sums, known = self.split([terms])
        if not sums.nnz:
            return float(known[0]), float(known[0])
        return float(known[0]) - self._most(-sums[0]), float(known[0]) + self._most(sums[0])

    def _together(self, sums: Any, goal: Floats) -> NDArray[np.bool_]:
        """Which goals one solution reaches, that brings as many as it can as near as it can."""
        from scipy.sparse import csr_matrix, eye, hstack

        extra, size = sums.shape
        solved = self._solve(
            np.concatenate([np.zeros(size), -np.ones(extra)]),
            hstack([-sums, eye(extra)]).tocsr(),
            np.zeros(extra),
            hstack([self.a, csr_matrix((self.a.shape[0], extra))]).tocsr(),
            self.b,
            [*self._bounds(), *((None, top) for top in goal)],
        )
        found: NDArray[np.bool_] = sums @ solved.x[:size] >= goal - CLOSE
        return found

    def _most(self, row: Any) -> float:
        aim = -np.asarray(row.todense()).ravel()
        solved = self._solve(aim, None, None, self.a, self.b, self._bounds())
        return float("inf") if solved.status == 3 else -float(solved.fun)

    def cheapest(
        self, way: Way, soft: Sequence[tuple[Terms, float]], costs: Sequence[float]
    ) -> tuple[float, list[int]] | None:
        """Which of the sums that are only to be shown must be withheld for a sum to reach
        what it must.

        soft   those sums, with their values; costs of them in the same order
        Gives what that costs, and their positions; None where what is known for certain forbids
        it.
        """
        from scipy.sparse import csr_matrix, eye, hstack, vstack

        sums, known = self.split([way[0]])
        if not sums.nnz:
            return (0.0, []) if known[0] >= way[1] - CLOSE else None
        rows, shift = self.split([terms for terms, _ in soft])
        values = np.array([value for _, value in soft], dtype=float) - shift
        here, size, extra = self.a.shape[0], sums.shape[1], rows.shape[0]
        slack = np.array(costs, dtype=float)
        solved = self._solve(
            np.concatenate([np.full(size, 1e-7), slack, slack]),
            hstack([-sums, csr_matrix((1, 2 * extra))]).tocsr(),
            np.array([known[0] - way[1]]),
            vstack(
                [
                    hstack([self.a, csr_matrix((here, 2 * extra))]),
                    hstack([rows, eye(extra), -eye(extra)]),
                ]
            ).tocsr(),
            np.concatenate([self.b, values]),
            [*self._bounds(), *[(0.0, None)] * (2 * extra)],
            may_fail=True,
        )
        if solved.status == 2:
            return None
        moved = solved.x[size : size + extra] + solved.x[size + extra :]
        return float(slack @ moved), [int(i) for i in np.flatnonzero(moved > CLOSE)]

    def _bounds(self) -> list[tuple[float | None, float | None]]:
        return [(float(low), None) for low in self.low[self.free]]

    def _solve(
        self, aim: Any, a_ub: Any, b_ub: Any, a_eq: Any, b_eq: Any, bounds: Any,
        may_fail: bool = False,
    ) -> Any:  # fmt: skip
        from scipy.optimize import linprog

        self.solved += 1
        some = a_eq is not None and a_eq.shape[0] > 0
        solved = linprog(
            aim,
            A_ub=a_ub,
            b_ub=b_ub,
            A_eq=a_eq if some else None,
            b_eq=b_eq if some else None,
            bounds=bounds,
            method="highs",
        )
        if solved.status not in ((0, 2, 3) if may_fail else (0, 3)):
            raise ValueError("what is shown contradicts itself")
        return solved


def _matrix(known: Sequence[tuple[Terms, float]], size: int) -> tuple[Any, Floats]:
    from scipy.sparse import csr_matrix

    lengths = np.fromiter((len(terms) for terms, _ in known), dtype=np.int64, count=len(known))
    columns = np.fromiter((j for terms, _ in known for j in terms), dtype=np.int64)
    signs = np.fromiter((s for terms, _ in known for s in terms.values()), dtype=float)
    starts = np.concatenate([[0], np.cumsum(lengths)])
    made = csr_matrix((signs, columns, starts), shape=(len(known), size))
    made.eliminate_zeros()
    return made, np.array([value for _, value in known], dtype=float)


def _unique(a: Any, b: Floats) -> tuple[Any, Floats]:
    """Equations once each: releases repeat each other."""
    a = a.tocsr()
    a.eliminate_zeros()
    a.sort_indices()
    seen: dict[bytes, float] = {}
    keep = []
    for i in range(a.shape[0]):
        start, end = a.indptr[i], a.indptr[i + 1]
        name = a.indices[start:end].tobytes() + a.data[start:end].tobytes()
        if name not in seen:
            seen[name] = b[i]
            keep.append(i)
        elif abs(seen[name] - b[i]) > 1e-4:
            raise ValueError("what is shown contradicts itself")
    return a[keep], b[keep]
