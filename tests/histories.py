"""Random forces whose figures are published again and again, and a reader who keeps every page.

The reader is written from the world, not from the software: they know which ground every area
covered, and which months a period takes in, and ask a solver what all figures that were ever shown
say together. They are given more than anyone has: how many records lie in no area, and which
counts were not revised between two releases.
"""

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from itertools import product
from typing import Any

import numpy as np

from answerable.chain.body import Appetite, Month, Period, financial_year_of, quarter_of
from answerable.chain.disclosure import Ground, Protection, as_earlier, protection
from answerable.chain.measures import Grain, Result, Status
from tests.generative.test_suppression import KINDS, definition

FIRST = Month(2022, 4)
APPETITE = Appetite()
UNDER = APPETITE.count_under
NOWHERE = 0
"""The plot of records that were placed in no area."""

Areas = Mapping[str, frozenset[int]]


@dataclass(frozen=True)
class Edition:
    """What there was to publish at one time.

    counts   [plot, month, split, part]
    areas    the plots of each place but the whole
    """

    counts: np.ndarray
    areas: Areas
    ground: Ground = field(default_factory=Ground)


@dataclass(frozen=True)
class World:
    """A measure of a force over several releases."""

    key: str
    editions: tuple[Edition, ...]
    by_area: bool

    @property
    def columns(self) -> dict[str, list[str]]:
        return KINDS[self.key][2]


# --- making one


def world(seed: int, key: str, releases: int, nested: bool = False, months: int = 13) -> World:
    """Counts of small and large areas; later releases add months, revise, split, merge and
    redraw."""
    rng = np.random.default_rng(seed)
    _, parts, columns = KINDS[key]
    splits = max((len(names) for names in columns.values()), default=1)
    plots = 7
    sizes = rng.choice([0.3, 1, 3, 8, 40, 150], plots) * ([0.1] + [1.0] * (plots - 1))
    means = np.einsum(
        "a,s,p->asp",
        sizes,
        rng.choice([0.05, 0.3, 1.0], splits),
        rng.choice([0.05, 0.4, 1.0], parts),
    )
    counts = rng.poisson(means[:, None], (plots, months, splits, parts))
    areas: dict[str, frozenset[int]] = {
        "a": frozenset({1, 2}), "b": frozenset({3}), "c": frozenset({4, 5}), "d": frozenset({6})
    }  # fmt: skip
    ever: dict[str, frozenset[int]] = {}
    editions = []
    for number in range(releases):
        if number:
            more = rng.poisson(means[:, None], (plots, int(rng.integers(1, 4)), splits, parts))
            counts = np.concatenate([_revised(rng, counts), more], axis=1)
            if rng.random() < 0.4:
                areas = _redrawn(rng, areas, number)
        editions.append(_edition(counts, areas, _drawn(areas, ever), nested))
        ever |= areas
    return World(key, tuple(editions), bool(rng.random() < 0.3) and not nested)


def _drawn(areas: Areas, ever: Areas) -> dict[str, tuple[str, ...]]:
    """What each new area was drawn from: every area that there ever was on its ground."""
    return {
        code: tuple(sorted(old for old, theirs in ever.items() if its & theirs))
        for code, its in areas.items()
        if ever and code not in ever
    }


def _edition(counts: np.ndarray, areas: Areas, drawn: Any, nested: bool) -> Edition:
    if not nested:
        return Edition(counts, areas, Ground({}, drawn))
    half = sorted(areas)[: len(areas) // 2]
    forces = {"north": half, "south": [each for each in areas if each not in half]}
    within = {area: force for force, its in forces.items() for area in its}
    around = {f: frozenset().union(*(areas[a] for a in its)) for f, its in forces.items()}
    return Edition(counts, {**areas, **around}, Ground(within, drawn))


def _revised(rng: np.random.Generator, counts: np.ndarray) -> np.ndarray:
    """Records that came late to the last months, and a few withdrawn."""
    late = rng.poisson(0.4, counts.shape) * (rng.random(counts.shape) < 0.5)
    late[:, :-3] *= rng.random(late[:, :-3].shape) < 0.04
    gone = (rng.random(counts.shape) < 0.01) & (counts > 0)
    return counts + late * (counts.sum(axis=(1, 2, 3), keepdims=True) > 0) - gone


def _redrawn(rng: np.random.Generator, areas: Areas, number: int) -> dict[str, frozenset[int]]:
    """An area split in two, two made one, or a strip of one given to another."""
    found = dict(areas)
    wide = [code for code, its in areas.items() if len(its) > 1]
    one, other = sorted(rng.choice(sorted(areas), 2, replace=False).tolist())
    new, newer = f"n{number}", f"m{number}"
    way = rng.integers(3)
    if way == 0 and wide:
        first, *rest = sorted(found.pop(wide[0]))
        found |= {new: frozenset({first}), newer: frozenset(rest)}
        return found
    if way == 1 and len(areas) > 3:
        found[new] = found.pop(one) | found.pop(other)
        return found
    if wide:
        giver = wide[0]
        taker = next(code for code in sorted(areas) if code != giver)
        strip, *rest = sorted(found.pop(giver))
        found |= {new: frozenset(rest), newer: found.pop(taker) | {strip}}
    return found


# --- publishing it


def periods(months: int) -> list[tuple[Period, Grain]]:
    """Months, quarters, financial years and quarters, and windows that overlap."""
    every = [FIRST + i for i in range(months)]
    found = {Period.of(month, month): Grain.MONTH for month in every}
    for month in every:
        for each in (quarter_of(month), financial_year_of(month)):
            if each.first >= FIRST and each.last <= every[-1]:
                found[each] = Grain.QUARTER if len(each) == 3 else Grain.YEAR
    if months >= 12:
        found[Period.of(every[-12], every[-1])] = Grain.WINDOW  # the last year, which rolls on
        found[Period.of(every[0], every[11])] = Grain.WINDOW
    if months >= 10:
        found[Period.of(every[1], every[6])] = Grain.WINDOW  # a period that a claim names
        found[Period.of(every[4], every[9])] = Grain.WINDOW
    return list(found.items())


def forward(world: World, edition: Edition) -> list[Result]:
    """Every figure put forward of one edition."""
    make = KINDS[world.key][0]
    found = []
    places: list[tuple[str, Sequence[int]]] = [("all", range(len(edition.counts)))]
    places += [(code, sorted(its)) for code, its in sorted(edition.areas.items())]
    for (area, plots), (period, grain) in product(places, periods(edition.counts.shape[1])):
        cell = edition.counts[np.ix_(plots, _months(period))].sum(axis=(0, 1))
        found += make(area, period, grain, "", cell.sum(axis=0))
        if area != "all" and not world.by_area:
            continue
        for column, names in world.columns.items():
            for i, name in enumerate(names):
                found += make(area, period, grain, f"{column}={name}", cell[i])
    return found


def _spans(edition: Edition) -> list[str]:
    """Every month and longer period of an edition, as it is written."""
    return [period.text for period, _ in periods(edition.counts.shape[1])]


def _months(period: Period) -> list[int]:
    return [month - FIRST for month in period]


Publish = Callable[[list[Result], Sequence[Any], Edition, str], Protection]


def protected(
    found: list[Result], earlier: Sequence[Any], edition: Edition, key: str
) -> Protection:
    """As the software does it: against all that came before."""
    return protection(
        found, {key: definition(key)}, APPETITE, earlier=earlier, ground=edition.ground
    )


def each_by_itself(
    found: list[Result], earlier: Sequence[Any], edition: Edition, key: str
) -> Protection:
    """Every release as if it were the first, and its areas as if none lay in another."""
    return protection(found, {key: definition(key)}, APPETITE)


def thresholds_alone(
    found: list[Result], earlier: Sequence[Any], edition: Edition, key: str
) -> Protection:
    """Only what is small by itself is withheld."""
    done = protection(found, {key: definition(key)}, APPETITE)
    small = [
        why and ("threshold" in why or "few" in why or "beside" in why) for why in done.reasons
    ]
    hidden = [
        replace(true, status=Status.SUPPRESSED, value=None, n=None, count=None) if why else true
        for true, why in zip(done.true, small, strict=True)
    ]
    reasons = tuple(why if yes else None for why, yes in zip(done.reasons, small, strict=True))
    return Protection(tuple(hidden), reasons, done.true)


def publish(world: World, how: Publish = protected) -> list[Protection]:
    """Every release in turn."""
    done: list[Protection] = []
    earlier: list[Any] = []
    for number, edition in enumerate(world.editions, 1):
        found = how(forward(world, edition), earlier, edition, world.key)
        done.append(found)
        earlier.append(as_earlier(f"release {number}", found, APPETITE, edition.ground))
    return done


# --- reading it


@dataclass(frozen=True)
class Recovered:
    """A small number that a reader can be sure of.

    what        count, movement, or ground that changed hands
    span        the month or longer period
    low, high   the least and the most that it can be; `low` is not asked of a count
    """

    what: str
    release: int
    area: str
    span: str
    split: int | None
    part: int
    low: float | None
    high: float


class Reader:
    """Everything that was shown, as equations over [plot, month, split, part] of each release."""

    def __init__(self, world: World, done: Sequence[Protection]):
        self.world = world
        self.size = 0
        self.rows: list[dict[int, float]] = []
        self.values: list[float] = []
        self.programmes = 0
        self.plots = _joint(world)
        self.unknown = [self._unknowns(i) for i in range(len(world.editions))]
        for release, found in enumerate(done):
            for shown in found.results:
                if shown.n is not None:
                    self._learn(release, shown)
        self._settle()

    def _unknowns(self, release: int) -> np.ndarray:
        """The number of each unknown; the same as before where the count was not revised."""
        counts = self._joined(release)
        stays = np.zeros(counts.shape, dtype=bool)
        if release:
            months = self.counts_before.shape[1]
            stays[:, :months] = self._stay(release, counts[:, :months] == self.counts_before)
        found = np.cumsum(~stays).reshape(counts.shape) - 1 + self.size
        self.size += int((~stays).sum())
        if release:
            found[:, :months] = np.where(stays[:, :months], self.unknown_before, found[:, :months])
        self.unknown_before, self.counts_before = found, counts
        return found

    def _stay(self, release: int, same: np.ndarray) -> np.ndarray:
        """What is known not to be revised: by area, as what is shown is, and by split."""
        of_ground = np.zeros_like(same)
        for plots in self._together(release):
            cut = same[plots].all(axis=0, keepdims=True)
            of_ground[plots] = cut if self.world.by_area else cut.all(axis=2, keepdims=True)
        of_split = same.all(axis=0, keepdims=True)
        return of_ground | (of_split if not self.world.by_area else np.zeros_like(of_split))

    def _together(self, release: int) -> list[list[int]]:
        """Plots that exchanged ground since the release before, and those of one area."""
        groups = [{i} for i in range(len(self.plots))]
        for edition in self.world.editions[release - 1 : release + 1]:
            for its in edition.areas.values():
                if any(its > other for other in edition.areas.values()):
                    continue  # a force, which is made of areas
                mine = [g for g in groups if any(i and self.plots[i] <= its for i in g)]
                groups = [g for g in groups if g not in mine] + [set().union(*mine)]
        return [sorted(group) for group in groups]

    def _joined(self, release: int) -> np.ndarray:
        """Counts by the plots that anybody can tell apart, that of nowhere first."""
        counts = self.world.editions[release].counts
        return np.array([counts[list(its)].sum(axis=0) for its in self.plots])

    def _of(self, area: str, release: int) -> list[int]:
        areas = self.world.editions[release].areas
        return [
            i for i, its in enumerate(self.plots)
            if area == "all" or (i != NOWHERE and its <= areas[area])
        ]  # fmt: skip

    def _learn(self, release: int, shown: Result) -> None:
        parts: list[tuple[list[int], int]]
        n, count = shown.n or 0, shown.count
        if self.world.key == "reports":
            parts = [([0], n)]
        elif self.world.key == "repeat_victims":
            parts = [([0], count or 0), ([1], n - (count or 0))]
        elif shown.statistic == "ratio":
            parts = [([0], count or 0), ([1], n)]
        else:
            parts = [([0] if shown.statistic == "numerator" else [1], n)]
        split = None
        if shown.split:
            column, _, name = shown.split.partition("=")
            split = self.world.columns[column].index(name)
        months = _months(Period.parse(shown.period))
        for which, value in parts:
            terms = self._sum(release, shown.area, months, split, which)
            self.rows.append(terms)
            self.values.append(float(value))

    def _sum(
        self, release: int, area: str, months: Sequence[int], split: int | None, parts: list[int]
    ) -> dict[int, float]:
        unknown = self.unknown[release]
        splits = range(unknown.shape[2]) if split is None else [split]
        at = np.ix_(self._of(area, release), list(months), list(splits), parts)
        return dict.fromkeys(unknown[at].ravel().tolist(), 1.0)

    def _settle(self) -> None:
        """What lies nowhere is given; what stands alone in an equation is known."""
        from scipy.sparse import csr_matrix, lil_matrix

        size = self.size
        self.known = np.full(size, np.nan)
        for release in range(len(self.world.editions)):
            self._given(release)
        made = lil_matrix((len(self.rows), size))
        for i, terms in enumerate(self.rows):
            for j, sign in terms.items():
                made[i, j] = sign
        a, b = made.tocsr(), np.array(self.values)
        while True:
            free = np.isnan(self.known)
            alone = np.flatnonzero(a @ free == 1)
            if not alone.size:
                break
            rest = b - a @ np.where(free, 0.0, self.known)
            for i in alone:
                (j,) = [j for j in a[i].indices if free[j]]
                self.known[j] = rest[i]
        keep = a @ free > 0
        both = np.column_stack(
            [a[keep][:, free].toarray(), (b - a @ np.where(free, 0.0, self.known))[keep]]
        )
        both = np.unique(both, axis=0)
        self.a, self.b, self.free = csr_matrix(both[:, :-1]), both[:, -1], free
        self.column = np.cumsum(free) - 1

    def _given(self, release: int) -> None:
        """How many lay nowhere when a month was first published: of each split, where splits are
        shown by area, else of all together."""
        nowhere, counts = self.unknown[release][NOWHERE], self._joined(release)[NOWHERE]
        for month in range(len(nowhere)):
            if any(month < e.counts.shape[1] for e in self.world.editions[:release]):
                continue
            if self.world.by_area:
                self.known[nowhere[month]] = counts[month]
                continue
            for part in range(counts.shape[2]):
                self.rows.append(dict.fromkeys(nowhere[month, :, part].tolist(), 1.0))
                self.values.append(float(counts[month, :, part].sum()))

    def recovered(self) -> list[Recovered]:
        """Every small number that all releases together give away."""
        asked = self._once()
        left = self._not_reached([terms for terms, _, _ in asked])
        found = []
        for i in left:
            terms, sure, told = asked[i]
            high = -self._end(terms, -1.0)
            if high < UNDER - 1e-6:
                low = None if sure else self._end(terms, 1.0)
                if low is None or low > 1e-6:
                    found.append(replace(told, low=low, high=high))
        return found

    @property
    def small(self) -> int:
        """How many small numbers there are to keep."""
        return sum(sure for _, sure, _ in self._once())

    def _once(self) -> list[tuple[dict[int, float], bool, Recovered]]:
        """Each sum once: much is the same in every release."""
        found: dict[tuple[bool, frozenset[tuple[int, float]]], Any] = {}
        for asked in self._asked():
            terms = {k: sign for k, sign in asked[0].items() if sign}
            found.setdefault((asked[1], frozenset(terms.items())), (terms, *asked[1:]))
        return list(found.values())

    def _asked(self) -> Iterator[tuple[dict[int, float], bool, Recovered]]:
        """Small counts of places and splits; small movements; ground that changed hands."""
        parts = KINDS[self.world.key][1]
        for release, edition in enumerate(self.world.editions):
            splits = range(edition.counts.shape[2])
            whole: list[int | None] = [None, *(splits if self.world.columns else ())]
            for area in ("all", *edition.areas):
                cut = whole if area == "all" or self.world.by_area else [None]
                for span, split, part in product(_spans(edition), cut, range(parts)):
                    told = Recovered("count", release, area, span, split, part, 0, 0)
                    yield from self._of_one(told, release, area, span, split, part)
            yield from self._of_ground(release, parts)

    def _of_ground(
        self, release: int, parts: int
    ) -> Iterator[tuple[dict[int, float], bool, Recovered]]:
        for i, its in enumerate(self.plots):
            if i == NOWHERE or any(its in e.areas.values() for e in self.world.editions):
                continue
            for span, part in product(_spans(self.world.editions[release]), range(parts)):
                months = _months(Period.parse(span))
                terms = dict.fromkeys(self.unknown[release][i, months, :, part].ravel(), 1.0)
                yield (
                    terms,
                    False,
                    Recovered("ground", release, str(set(its)), span, None, part, 0, 0),
                )

    def _of_one(
        self, told: Recovered, release: int, area: str, span: str, split: int | None, part: int
    ) -> Iterator[tuple[dict[int, float], bool, Recovered]]:
        months = _months(Period.parse(span))
        now = self._sum(release, area, months, split, [part])
        count = self._true(release, area, months, split, part)
        given = area == "all" and (split is None or self.world.by_area)
        beyond = self._nowhere(release, months, split, part) if given else 0
        if 0 < count < UNDER and count > beyond:
            yield now, True, told
        if area == "all" and split is None:
            return
        here = self.world.editions[release].areas.get(area)
        for since in range(release):
            edition = self.world.editions[since]
            same = area == "all" or edition.areas.get(area) == here
            if not same or span not in _spans(edition):
                continue
            moved = count - self._true(since, area, months, split, part)
            if 0 < abs(moved) < UNDER:
                terms = {k: v * np.sign(moved) for k, v in now.items()}
                for k in self._sum(since, area, months, split, [part]):
                    terms[k] = terms.get(k, 0.0) - np.sign(moved)
                yield terms, False, replace(told, what="movement")

    def _nowhere(self, release: int, months: list[int], split: int | None, part: int) -> int:
        counts = self._joined(release)[NOWHERE, months, :, part]
        return int(counts.sum() if split is None else counts[:, split].sum())

    def _true(
        self, release: int, area: str, months: list[int], split: int | None, part: int
    ) -> int:
        counts = self._joined(release)[self._of(area, release)][:, months, :, part]
        return int(counts.sum() if split is None else counts[:, :, split].sum())

    # --- the solver

    def _row(self, terms: Mapping[int, float]) -> tuple[np.ndarray, float]:
        row, known = np.zeros(self.a.shape[1]), 0.0
        for j, sign in terms.items():
            if self.free[j]:
                row[self.column[j]] += sign
            else:
                known += sign * self.known[j]
        return row, known

    def _not_reached(self, sums: Sequence[dict[int, float]]) -> list[int]:
        """Those that no solution brings to the threshold, as far as one can tell at a glance."""
        rows = [self._row(terms) for terms in sums]
        left = [i for i, (row, known) in enumerate(rows) if row.any() or known < UNDER]
        while left and self.a.shape[1]:
            picked = np.array([rows[i][0] for i in left])
            goal = np.array([UNDER - rows[i][1] for i in left])
            x = self._solve(picked, goal)
            still = [i for i, s, g in zip(left, picked @ x, goal, strict=True) if s < g - 1e-6]
            if len(still) == len(left):
                break
            left = still
        return left

    def _solve(self, picked: np.ndarray, goal: np.ndarray) -> np.ndarray:
        from scipy.sparse import csr_matrix, eye, hstack

        extra, size = picked.shape
        solved = self._linprog(
            np.concatenate([np.zeros(size), -np.ones(extra)]),
            A_ub=hstack([csr_matrix(-picked), eye(extra)]).tocsr(),
            b_ub=np.zeros(extra),
            A_eq=hstack([self.a, csr_matrix((self.a.shape[0], extra))]).tocsr(),
            bounds=[(0, None)] * size + [(None, top) for top in goal],
        )
        return np.asarray(solved.x[:size])

    def _end(self, terms: Mapping[int, float], sign: float) -> float:
        row, known = self._row(terms)
        if not row.any():
            return sign * known
        solved = self._linprog(sign * row, A_eq=self.a, bounds=(0, None))
        return float("-inf") if solved.status == 3 else float(solved.fun) + sign * known

    def _linprog(self, aim: np.ndarray, **given: Any) -> Any:
        from scipy.optimize import linprog

        self.programmes += 1
        if self.a.shape[0]:
            given["b_eq"] = self.b
        else:
            del given["A_eq"]
        solved = linprog(aim, method="highs", **given)
        assert solved.status in (0, 3), solved.message
        return solved


def _joint(world: World) -> list[frozenset[int]]:
    """The plots that lie in the same area in every release, that of nowhere first."""
    groups: dict[tuple[str, ...], set[int]] = {}
    for plot in range(1, len(world.editions[0].counts)):
        name = tuple(
            ",".join(sorted(code for code, its in edition.areas.items() if plot in its))
            for edition in world.editions
        )
        groups.setdefault(name, set()).add(plot)
    return [frozenset({NOWHERE}), *map(frozenset, groups.values())]
