"""Can what is withheld be worked out? Asked of a solver, knowing nothing of how it was done.

Everything shown is an equation over counts by area, month and split. For each small count
that is withheld the solver looks for its smallest and largest value that fit them all. It is
safe when some value under the threshold fits, and some value at or above it.

The auditor is given more than a reader has: how many records lie in no area and in no split.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from itertools import product
from typing import Any

import numpy as np

from ..body import WHOLE, Appetite, Period
from ..measures import Definition, Result, Status, Unit
from .ledger import Ledger, at_measures, lay_out, parts_of
from .small import Why, small

Key = tuple[str, str, str]
"""Table, split, type of a count (see `ledger.parts_of`)."""
Terms = dict[int, float]
Told = tuple[list[Key], float, float]
"""Counts, and the least and the most that a shown result says they come to."""

TOPS = "xta"
"""Types of count that are numerators."""
RESTS = frozenset("fudrkv")
"""Types of count that are shown as what is left of a denominator."""


@dataclass(frozen=True)
class Exposure:
    """A small count that can be pinned under the threshold, or the numerator of a rate on too few
    that can be narrowed down too far.

    where      measure, area, month, split and type of the count
    low, high  the least and the most that it can be
    narrowed   whether it is the numerator of a rate, which need not be small itself
    """

    where: tuple[str, str, str, str, str]
    low: float
    high: float
    narrowed: bool = False


def audit(
    true: Sequence[Result],
    shown: Sequence[Result],
    definitions: Mapping[str, Definition],
    appetite: Appetite,
) -> tuple[Exposure, ...]:
    """Every small count that is not safe.

    true, shown   the same results before and after protection, in the same order
    Slow: one or two linear programmes for each small count of an area and month.
    """
    return tuple(
        exposure
        for measure, mine in at_measures(true).items()
        for exposure in _measure(true, shown, mine, definitions[measure], appetite)
    )


def _measure(
    true: Sequence[Result],
    shown: Sequence[Result],
    mine: Sequence[int],
    definition: Definition,
    appetite: Appetite,
) -> Iterable[Exposure]:
    under = appetite.count_under
    ledger = lay_out(true, mine, definition, ())
    world = _World(ledger)
    for i in mine:
        if shown[i].status != Status.SUPPRESSED and shown[i].n is not None:
            world.learn(shown[i])
    world.add_up()
    for (key, area, month), count in world.true.items():
        if not 0 < count < under:
            continue
        high = world.most([(key, area, month)])
        if high < under - 1e-6:
            low = world.least([(key, area, month)])
            place = WHOLE if area == len(ledger.areas) else ledger.areas[area]
            yield Exposure(
                (definition.key, place, ledger.periods[month].text, key[1], key[2]), low, high
            )
    yield from _narrowed(world, [true[i] for i in mine], ledger, appetite)


def _narrowed(
    world: "_World", true: Iterable[Result], ledger: Ledger, appetite: Appetite
) -> Iterable[Exposure]:
    """Numerators of rates on too few that are known to within less than `rate_width`."""
    for result in true:
        if result.basis != "raw" or small(result, appetite) != Why.SMALL_BASE:
            continue
        column = result.split.partition("=")[0]
        for top in TOPS:
            names = [
                name
                for name in world.summed([(column, result.split, top)], result)
                if name in world.number
            ]
            # Of what is shown to be none, every part is none: that tells of nobody.
            if world.none.issuperset(world.number[name] for name in names):
                continue
            high, width = world.most(names), appetite.rate_width - 1e-6
            if high - sum(world.true[name] for name in names) >= width:
                continue
            low = world.least(names)
            if high - low < width:
                where = (ledger.definition.key, result.area, result.period, result.split, top)
                yield Exposure(where, low, high, narrowed=True)


def shows(ledger: Ledger, result: Result) -> list[tuple[list[Key], float]]:
    """The sums of counts that a shown result gives: which counts, and what they come to."""
    kind = ledger.definition.kind
    column = result.split.partition("=")[0]
    n, count = result.n or 0, result.count or 0
    found = [
        ([(column, split, each)], float(value))
        for split, each, value in parts_of(kind, result)
        if each != "s"
    ]
    part = (kind, result.statistic)
    if part == ("duration", "missing_share"):
        found.append(([(column, result.split, "n")], n - count))
    if part == ("duration", "eligible_within_target"):
        found.append(([(column, result.split, "t")], count))
    if part == ("survey", "response_rate"):
        found.append(([(column, result.split, each) for each in "xd"], count))
    if part == ("pathway", "reached"):
        steps = [f"step={step.key}" for step in ledger.definition.steps]
        lost = [("step", step, "s") for step in steps[steps.index(result.split) : -1]]
        found.append(([*lost, ("", "", "x")], count))
    return found


def told(ledger: Ledger, result: Result) -> list[Told]:
    """What a shown result says of sums of counts. A rounded number says no more than a range.

    What is left of a denominator comes of two roundings, so the denominator stands beside it.
    """
    sums = shows(ledger, result)
    if result.rounded_to == 1:
        return [(keys, value, value) for keys, value in sums]
    half = result.rounded_to // 2
    found = []
    for keys, value in sums:
        rest = keys[0][2] in RESTS or (result.statistic == "missing_share" and keys[0][2] == "n")
        if rest:
            found.append((keys, max(0.0, value - 2 * half), value + 2 * half))
        else:
            found.append((keys, *_range(value, half)))
    if result.unit == Unit.SHARE and len(sums) > 1 and result.n is not None:
        everything = [key for keys, _ in sums for key in keys]
        found.append((everything, *_range(result.n, half)))
    return found


def _range(value: float, half: int) -> tuple[float, float]:
    """What may have been rounded to a value: none at all stays none."""
    return (max(1.0, value - half), value + half) if value else (0.0, 0.0)


def sums_of(ledger: Ledger, column: str) -> Iterable[tuple[Key, list[Key]]]:
    """Counts of a table that add up to another: the whole, and its parts."""
    parts = ledger.tables[column].parts
    for split in {split for split, _ in parts}:
        yield (column, split, "n"), [(column, split, "t"), (column, split, "u")]
    if not column:
        return
    codes = ledger.action_codes()
    of: dict[str, list[Key]] = {}
    for split, kind in parts:
        name = kind
        if kind == "c":
            name = "x" if split.partition("=")[2] in codes else "f"
        elif kind in "sl":
            name = "f"
        of.setdefault(name, []).append((column, split, kind))
    for kind, keys in of.items():
        yield ("", "", kind), keys


class _World:
    """The counts of a measure as unknowns, and what is known of them.

    none   those in a sum that is shown to be none at all, as it may be
    """

    def __init__(self, ledger: Ledger):
        self.ledger = ledger
        self.number: dict[tuple[Key, int, int], int] = {}
        self.true: dict[tuple[Key, int, int], int] = {}
        self.rows: list[Terms] = []
        self.values: list[float] = []
        self.at_most: list[tuple[Terms, float]] = []
        self.none: set[int] = set()
        for table in ledger.tables.values():
            for (split, kind), part in table.parts.items():
                for area, month in product(range(len(ledger.areas)), range(ledger.months)):
                    name = (table.column, split, kind), area, month
                    self.number[name] = len(self.number)
                    self.true[name] = int(table.counts[area, month, part])

    def learn(self, result: Result) -> None:
        """Every count that a shown result gives."""
        period = self.ledger.periods.index(Period.parse(result.period))
        months = np.flatnonzero(self.ledger.member[period])
        areas = (
            range(len(self.ledger.areas))
            if result.area == WHOLE
            else [self.ledger.areas.index(result.area)]
        )
        for keys, low, high in told(self.ledger, result):
            terms: Terms = {}
            for key, area, month in product(keys, areas, months):
                if (key, area, int(month)) in self.number:
                    terms[self.number[key, area, int(month)]] = 1.0
            if low != high:
                known = self._nowhere(keys, months) if result.area == WHOLE else 0
                self.at_most.append((terms, high - known))
                self.at_most.append((dict.fromkeys(terms, -1.0), known - low))
                continue
            # What lies in no area is taken to be known: the true sum of the areas counts.
            self._know(terms, low if result.area != WHOLE else None)
            if self.values[-1] == 0:
                self.none.update(terms)

    def _nowhere(self, keys: Sequence[Key], months: Iterable[int]) -> int:
        """How many of a sum lie in no area."""
        if self.ledger.single:
            return 0
        found = 0
        for (column, split, kind), month in product(keys, months):
            table = self.ledger.tables[column]
            part = table.parts.get((split, kind))
            if part is not None:
                found += int(table.whole[month, part] - table.counts[:, month, part].sum())
        return found

    def add_up(self) -> None:
        """Splits add up to the whole, observations to those within target and not."""
        for table in self.ledger.tables.values():
            for area, month in product(range(len(self.ledger.areas)), range(self.ledger.months)):
                for whole, parts in sums_of(self.ledger, table.column):
                    terms = {
                        self.number[key, area, month]: 1.0
                        for key in parts
                        if (key, area, month) in self.number
                    }
                    if terms and (whole, area, month) in self.number:
                        of = self.number[whole, area, month]
                        if of in self.none:
                            self.none.update(terms)
                        self._know(terms | {of: -1.0}, None)

    def _know(self, terms: Terms, value: float | None) -> None:
        """That terms add up to a value; None for whatever they truly do."""
        if value is None:
            names = list(self.true.values())
            value = sum(names[i] * sign for i, sign in terms.items())
        self.rows.append(terms)
        self.values.append(value)

    def summed(self, keys: Sequence[Key], result: Result) -> list[tuple[Key, int, int]]:
        """The counts by area and month that a result's own sum consists of."""
        period = self.ledger.periods.index(Period.parse(result.period))
        areas = (
            range(len(self.ledger.areas))
            if result.area == WHOLE
            else [self.ledger.areas.index(result.area)]
        )
        months = [int(month) for month in np.flatnonzero(self.ledger.member[period])]
        return list(product(keys, areas, months))

    def most(self, names: Iterable[tuple[Key, int, int]]) -> float:
        """The most that a sum of counts can be."""
        return -self._end(names, -1.0)

    def least(self, names: Iterable[tuple[Key, int, int]]) -> float:
        """The least that a sum of counts can be."""
        return self._end(names, 1.0)

    def _end(self, names: Iterable[tuple[Key, int, int]], sign: float) -> float:
        from scipy.optimize import linprog

        aim = np.zeros(len(self.number))
        aim[[self.number[name] for name in names]] = sign
        equal, at_most = self._matrices
        solved: Any = linprog(
            aim,
            A_eq=equal,
            b_eq=self.values,
            A_ub=at_most if self.at_most else None,
            b_ub=[most for _, most in self.at_most] or None,
            bounds=(0, None),
            method="highs",
        )
        return -np.inf if solved.status == 3 else float(solved.fun)

    @cached_property
    def _matrices(self) -> tuple[Any, Any]:
        """What is known, once all of it is: sums that are equal, and sums that are at most."""
        return self._matrix(self.rows), self._matrix([terms for terms, _ in self.at_most])

    def _matrix(self, rows: Sequence[Terms]) -> Any:
        from scipy.sparse import csr_matrix

        signs = [sign for terms in rows for sign in terms.values()]
        down = [i for i, terms in enumerate(rows) for _ in terms]
        across = [j for terms in rows for j in terms]
        return csr_matrix((signs, (down, across)), shape=(len(rows), len(self.number)))
