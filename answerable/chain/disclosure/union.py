"""All that several releases show of one measure, as equations over the same unknowns.

An unknown is a count of one part on one plot of ground in one month, as one release had it. Where
a later release counts the same number there, it is the same unknown: a reader may well take it
that nothing was revised. Where it counts another, it is an unknown of its own, so that what the
two differ by can be asked for as well.

The reader is given more than they have: how many records lay in no area when a month was first
published, and how many of a whole in none of its parts.
"""

from collections.abc import Collection, Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import product

from ..body import WHOLE
from ..measures import Definition, Result
from .audit import Key, shows, sums_of
from .ground import REST, Plot, plots
from .inside import ELSEWHERE, Inside, Slot, Terms
from .puts import Counts, Put


@dataclass(frozen=True)
class Equation:
    """A sum of unknowns that a figure shows.

    release   the number of the release, from 0
    figure    the position of the figure in it
    """

    terms: Terms
    value: float
    release: int
    figure: int


def _all_pieces(counts: Sequence[Counts]) -> list[Collection[str]]:
    """The leaves of each release; of one that has figures of the whole alone, those of another."""
    some = [each.pieces for each in counts if each.pieces]
    found: list[Collection[str]] = []
    for each in counts:
        found.append(each.pieces or (found[-1] if found else some[0] if some else ()))
    return found


class Union:
    """The unknowns of one measure over several releases, and what is known of them.

    low      the least that each unknown can be: none, unless figures contradict each other
    fixed    what is known of unknowns from the start
    facts    how parts add up, which a reader knows without being shown
    shown    what each figure that was shown says
    astray   figures that do not follow from the months beneath them, and so say nothing here
    apart    whether ground that changed hands is taken to have been counted anew: where it is not,
             and records moved about on it while their sum stood still, nothing would fit
    """

    def __init__(self, definition: Definition, puts: Sequence[Put], apart: bool = False):
        self.definition = definition
        self.apart = apart
        self.puts = puts
        self.counts = [Counts(put, definition) for put in puts]
        self.plots: list[Plot] = plots(
            _all_pieces(self.counts), [put.ground.drawn_from for put in puts]
        )
        self.low: list[float] = []
        self.fixed: dict[int, float] = {}
        self.facts: list[tuple[Terms, float]] = []
        self.shown: list[Equation] = []
        self.astray = 0
        self.at: list[dict[Slot, int]] = []
        self._over: list[dict[str, list[int]]] = []
        self.inside = Inside(self.counts)
        self._number()
        for release in range(len(puts)):
            if release and not apart:
                self.facts += self.inside.still(self.at, release)
            self._add_up(release)
            self._learn(release)

    # --- unknowns

    def _number(self) -> None:
        by_area = {key for each in self.counts for key, place in each.of if place != WHOLE}
        for release, counts in enumerate(self.counts):
            here: dict[Slot, int] = {}
            self.at.append(here)
            over: dict[str, list[int]] = {}
            for number, plot in enumerate(self.plots):
                if plot[release] is not None:
                    over.setdefault(str(plot[release]), []).append(number)
            self._over.append(over)
            kin = self._kin(release)
            for key, month in product(counts.keys, counts.months):
                if key in by_area or self.inside.has(key, month):
                    for leaf, numbers in over.items():
                        for number in numbers:
                            self._plot(release, key, number, leaf, month, kin)
                self._beyond(release, key, month)

    def _kin(self, release: int) -> dict[int, tuple[frozenset[str], frozenset[str]]]:
        """For each plot whose leaf has changed: the leaves before and now that exchanged ground."""
        if not release:
            return {}
        pairs = {(p[release - 1], p[release]) for p in self.plots}
        links = [(a, b) for a, b in pairs if a is not None and b is not None]
        found = {}
        for number, plot in enumerate(self.plots):
            before, now = {plot[release - 1]}, {plot[release]}
            grown = True
            while grown:
                more = [(a, b) for a, b in links if (a in before) != (b in now)]
                grown = bool(more)
                before |= {a for a, _ in more}
                now |= {b for _, b in more}
            if before != now:
                found[number] = (frozenset(map(str, before)), frozenset(map(str, now)))
        return found

    def _plot(
        self,
        release: int,
        key: Key,
        number: int,
        leaf: str,
        month: int,
        kin: dict[int, tuple[frozenset[str], frozenset[str]]],
    ) -> None:
        slot = (key, number, month)
        counts = self.counts[release]
        count = counts.piece(key, leaf, month)
        known = self.at[release - 1].get(slot) if release else None
        if known is not None and self._same(release, slot, leaf, count, kin.get(number)):
            self.at[release][slot] = known
            return
        unknown = self._new(min(0, count or 0))
        self.at[release][slot] = unknown
        if count is not None and leaf.endswith(REST) and len(self._over[release][leaf]) == 1:
            self.fixed[unknown] = float(count)

    def _same(
        self,
        release: int,
        slot: Slot,
        leaf: str,
        count: int | None,
        kin: tuple[frozenset[str], frozenset[str]] | None,
    ) -> bool:
        """Whether the release before counted the same on the same ground."""
        key, _, month = slot
        before, now = self.counts[release - 1], self.counts[release]
        if self.apart and (kin is not None or count is None):
            return False
        if self.inside.has(key, month):
            return self.inside.stays(self.at, release, slot)
        if kin is not None:
            then = [before.piece(key, each, month) for each in kin[0] if each != "None"]
            here = [now.piece(key, each, month) for each in kin[1] if each != "None"]
            if any(each is None for each in (*then, *here)):
                return False
            return sum(each or 0 for each in then) == sum(each or 0 for each in here)
        earlier = before.piece(key, leaf, month)
        if count is None or earlier is None:
            whole = [each.of.get((key, WHOLE), {}).get(month) for each in (before, now)]
            return whole[0] is not None and whole[0] == whole[1]
        return earlier == count

    def _beyond(self, release: int, key: Key, month: int) -> None:
        """What lies in no place: known where every place has the part, until it is revised."""
        slot = (key, ELSEWHERE, month)
        if self.inside.has(key, month):
            known = self.at[release - 1].get(slot) if release and not self.apart else None
            stays = known is not None and self.inside.stays(self.at, release, slot)
            self.at[release][slot] = known if known is not None and stays else self._new(0.0)
            return
        counts = self.counts[release]
        here = counts.elsewhere(key, month)
        if (
            release
            and (known := self.at[release - 1].get(slot)) is not None
            and not (self.apart and here is None)
        ):
            before = self.counts[release - 1]
            whole = [each.of.get((key, WHOLE), {}).get(month) for each in (before, counts)]
            then = before.elsewhere(key, month)
            if here == then if here is not None and then is not None else whole[0] == whole[1]:
                self.at[release][slot] = known
                if here is not None and then is None and counts.tops:
                    self.fixed[known] = float(here)
                return
        unknown = self._new(min(0, here or 0))
        first = not any(slot in at for at in self.at[:release])
        self.at[release][slot] = unknown
        if here is not None and counts.tops and first:
            self.fixed[unknown] = float(here)

    def _new(self, low: float) -> int:
        self.low.append(float(low))
        return len(self.low) - 1

    # --- sums

    def terms(
        self, release: int, keys: Iterable[Key], place: str, months: Iterable[int]
    ) -> Terms | None:
        """The unknowns that parts of a place over months are the sum of; None if there is none."""
        over, at = self._over[release], self.at[release]
        if place == WHOLE:
            numbers = [n for each in over.values() for n in each] + [ELSEWHERE]
        else:
            numbers = [n for leaf in self.counts[release].leaves[place] for n in over[leaf]]
        found: Terms = {}
        for key, number, month in product(keys, numbers, months):
            unknown = at.get((key, number, month))
            if unknown is not None:
                found[unknown] = found.get(unknown, 0.0) + 1.0
        return found or None

    def strips(self, release: int) -> Iterator[tuple[Key, str, int]]:
        """Parts on ground that is not all of a place, with the leaf and the number of the plot."""
        keys = sorted({key for key, place in self.counts[release].of if place != WHOLE})
        for leaf, numbers in self._over[release].items():
            if len(numbers) > 1:
                yield from ((key, leaf, number) for key, number in product(keys, numbers))

    def same_ground(self, one: int, other: int, place: str) -> bool:
        """Whether a place covers the same ground in two releases."""
        return place == WHOLE or self._ground(one, place) == self._ground(other, place)

    def _ground(self, release: int, place: str) -> set[int]:
        over = self._over[release]
        return {n for leaf in self.counts[release].leaves.get(place, ()) for n in over[leaf]}

    def _add_up(self, release: int) -> None:
        """Parts add up to their whole, but for what is known to lie in none of them."""
        counts = self.counts[release]
        for column in counts.ledger.tables:
            for whole, parts in sums_of(counts.ledger, column):
                for place in (WHOLE, *counts.places):
                    have = [key for key in parts if (key, place) in counts.of]
                    if have and (whole, place) in counts.of:
                        self._one_sum(release, whole, have, place)
                self.facts += self.inside.sums(self.at[release], counts, whole, parts, self._new)

    def _one_sum(self, release: int, whole: Key, parts: list[Key], place: str) -> None:
        counts = self.counts[release]
        for month in counts.months:
            terms = dict(self.terms(release, parts, place, [month]) or {})
            for unknown in self.terms(release, [whole], place, [month]) or {}:
                terms[unknown] = terms.get(unknown, 0.0) - 1.0
            left = counts.sum_of(parts, place, [month])
            of = counts.sum_of([whole], place, [month])
            if left is not None and of is not None:
                self.facts.append((terms, float(left - of)))

    def _learn(self, release: int) -> None:
        put = self.puts[release]
        for figure, result in enumerate(put.true):
            if put.shown[figure] and result.n is not None and result.basis == "raw":
                for terms, value in self.says(release, result):
                    self.shown.append(Equation(terms, value, release, figure))

    def says(self, release: int, result: Result) -> Iterator[tuple[Terms, float]]:
        """The sums that a figure shows if it is shown."""
        counts = self.counts[release]
        months = counts.months_of(result.period)
        for keys, value in shows(counts.ledger, result):
            terms = self.terms(release, keys, result.area, months)
            if terms is None or counts.sum_of(keys, result.area, months) != value:
                self.astray += 1
                continue
            yield terms, value
