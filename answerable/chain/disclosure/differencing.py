"""Withholding what would give people away beside earlier releases, or beside each other.

What was shown once cannot be taken back. So what is now put forward is set against everything
that was ever shown: figures then and now, areas as they were and as they are, periods that
overlap. What a reader could work out of all of it together is kept from them by withholding more
of what is new, and where earlier releases alone tell it, that is said.
"""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass

from ..body import WHOLE, Appetite, Period
from ..measures import Definition, Result
from .exchange import A_LONGER, A_MONTH, WHOLE_WEIGHT
from .ledger import family, parts_of
from .puts import Put
from .sensitive import Sensitive, exempt, movement, sensitive
from .small import Why
from .solving import Solver, Way, turned
from .union import Equation, Union

NEW_GROUND = 0.25
"""A rolling year that nobody named is the first to go."""


@dataclass(frozen=True)
class Told:
    """A small number that earlier releases give away, and nothing can take back.

    where      measure, place, period, split and type of the count
    releases   the names of the releases that showed it between them
    moved      whether it is what a count moved by, rather than a count
    """

    where: tuple[str, str, str, str, str]
    releases: tuple[str, ...]
    moved: bool


@dataclass(frozen=True)
class Beside:
    """What setting a measure against earlier releases came to.

    reasons   why figures are withheld that were not before, by position in what is put forward
    told      what cannot be kept any more
    """

    reasons: Mapping[int, Why]
    told: tuple[Told, ...]


def beside(
    definition: Definition,
    puts: Sequence[Put],
    appetite: Appetite,
    named: Sequence[Period] = (),
) -> Beside:
    """What of the last release must be withheld for all of them together to be safe.

    puts     every release of one measure, in order of time (`on_ground`); what the last shows is to
             be decided
    named    periods of it that are kept before other rolling years
    Raises ValueError where what was shown contradicts itself.
    """
    try:
        return _Work(definition, puts, appetite, named).done()
    except ValueError:  # records moved about where boundaries did
        return _Work(definition, puts, appetite, named, apart=True).done()


class _Work:
    """One measure's releases, and what of the last is withheld so far."""

    def __init__(
        self,
        definition: Definition,
        puts: Sequence[Put],
        appetite: Appetite,
        named: Sequence[Period],
        apart: bool = False,
    ):
        self.union = Union(definition, puts, apart)
        self.now = len(puts) - 1
        self.true = puts[self.now].true
        self.named = {(period.first, period.last) for period in named}
        self.reasons: dict[int, Why] = {}
        self.rows: dict[tuple[str, str, str, str], list[int]] = {}
        for figure, result in enumerate(self.true):
            self.rows.setdefault(self._row(result), []).append(figure)
        early = [each for each in self.union.shown if each.release < self.now]
        self.certain = [*self.union.facts, *((each.terms, each.value) for each in early)]
        repeated = {tuple(sorted(each.terms.items())) for each in early}
        mine = [each for each in self.union.shown if each.release == self.now]
        # What was shown before in just these words is known already: to withhold it keeps nothing.
        self.open = [e for e in mine if tuple(sorted(e.terms.items())) not in repeated]
        self.under = appetite.count_under
        self.aims = sensitive(self.union, appetite)
        self.knowing: dict[tuple[int, ...], Solver] = {}

    def done(self) -> Beside:
        """What is reached once stays in reach, because nothing withheld is shown again."""
        self._withhold_what_moved()
        known = self._solver([*self.certain, *((e.terms, e.value) for e in self.open)])
        short = known.short([each.aim for each in self.aims])
        told = tuple(self._mend([self.aims[i] for i in short]))
        return Beside(self.reasons, told)

    def _row(self, result: Result) -> tuple[str, str, str, str]:
        """What stands or falls together: the figures that share their counts."""
        kind = self.union.definition.kind
        column = result.split.partition("=")[0]
        return family(kind, result.statistic), column, result.area, result.period

    def _withhold_what_moved(self) -> None:
        """What was shown before, and has moved by few since."""
        counts = self.union.counts
        shown = [
            {self._row(r) for r, seen in zip(put.true, put.shown, strict=True) if seen}
            for put in self.union.puts[: self.now]
        ]
        for figure, result in enumerate(self.true):
            if not self._is_open(figure):
                continue
            column = result.split.partition("=")[0]
            months = counts[self.now].months_of(result.period)
            for split, each, _ in parts_of(self.union.definition.kind, result):
                key = (column, split, each)
                if exempt(key, result.area):
                    continue
                for since, seen in enumerate(shown):
                    if self._row(result) not in seen or not self.union.same_ground(
                        since, self.now, result.area
                    ):
                        continue
                    moved = movement(self.union, since, self.now, key, result.area, months)
                    if moved is not None and 0 < abs(moved) < self.under:
                        self._withhold(figure, Why.MOVED)

    def _is_open(self, figure: int) -> bool:
        return self.union.puts[self.now].shown[figure] and figure not in self.reasons

    def _withhold(self, figure: int, why: Why) -> None:
        """Withhold a figure, and all that show the same counts."""
        for each in self.rows[self._row(self.true[figure])]:
            if self._is_open(each):
                self.reasons[each] = why
        self.open = [each for each in self.open if each.figure not in self.reasons]

    def _solver(self, known: Sequence[tuple[Mapping[int, float], float]]) -> Solver:
        return Solver(self.union.low, self.union.fixed, known)

    def _mend(self, short: Sequence[Sensitive]) -> Iterator[Told]:
        """Withhold what it takes for each number to be safe, and tell which cannot be."""
        base = self._solver(self.certain)
        for each in short:
            if self._open_up(base, each.aim.ways):
                continue
            if each.grave:
                yield self._telling(each)
            # No more of it is told than is told already.
            low, high = base.ends(each.aim.terms)
            self._open_up(base, [(each.aim.terms, high)])
            self._open_up(base, [(turned(each.aim.terms), -max(low, -self.under))])

    def _open_up(self, base: Solver, ways: Sequence[Way]) -> bool:
        """Withhold what it takes in the cheapest of several ways; False where there is none."""
        soft = [(each.terms, each.value) for each in self.open]
        costs = [self._cost(each) for each in self.open]
        found = [each for way in ways if (each := base.cheapest(way, soft, costs)) is not None]
        if not found:
            return False
        _, positions = min(found)
        for figure in [self.open[i].figure for i in positions]:
            self._withhold(figure, Why.EARLIER)
        return True

    def _cost(self, equation: Equation) -> float:
        """What a figure is worth: see `exchange`."""
        result = self.true[equation.figure]
        period = Period.parse(result.period)
        worth = A_MONTH if len(period) == 1 else A_LONGER * len(period)
        if result.grain == "window" and (period.first, period.last) not in self.named:
            worth = NEW_GROUND
        return worth * (WHOLE_WEIGHT if result.area == WHOLE else 1.0)

    def _telling(self, each: Sensitive) -> Told:
        """The fewest of the earlier releases that still give a number away: one by one, each
        that is not needed is left out."""
        needed = list(range(self.now))
        for number in range(self.now):
            without = [other for other in needed if other != number]
            if self._knowing(tuple(without)).short([each.aim]):
                needed = without
        names = tuple(self.union.puts[number].name for number in needed)
        where = (self.union.definition.key, *each.where)
        return Told(where, names, each.since is not None)

    def _knowing(self, releases: tuple[int, ...]) -> Solver:
        """What is known of some earlier releases alone."""
        if releases not in self.knowing:
            shown = (e for e in self.union.shown if e.release in releases)
            self.knowing[releases] = self._solver(
                [*self.union.facts, *((e.terms, e.value) for e in shown)]
            )
        return self.knowing[releases]


def by_measure(
    results: Iterable[Result], definitions: Mapping[str, Definition]
) -> dict[tuple[str, str], list[int]]:
    """Positions of results by measure, and by statistic where each stands alone, as those of a
    measure as given do: they need not share their counts. What has no definition is left aside."""
    found: dict[tuple[str, str], list[int]] = {}
    for i, result in enumerate(results):
        if result.measure in definitions:
            apart = result.statistic if definitions[result.measure].as_given else ""
            found.setdefault((result.measure, apart), []).append(i)
    return found
