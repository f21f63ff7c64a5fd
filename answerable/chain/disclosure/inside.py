"""What lies in one area and in one split, where releases tell the two apart only by themselves.

Where areas and splits were both revised, each tells of the other: what came late in one area came
late in one of its splits. So for months that were revised, such counts are unknowns of their own.
For months that stood still they need not be: any that add up to the areas and to the splits will
do.
"""

from collections.abc import Callable, Collection, Mapping, Sequence
from itertools import pairwise

from ..body import WHOLE
from .audit import Key, sums_of
from .puts import Counts

Terms = dict[int, float]
Slot = tuple[Key, int, int]
"""A part, the number of a plot, and a month."""
ELSEWHERE = -1
"""The number of the plot that lies in no place."""


class Inside:
    """The parts that no release tells by area, though it tells of areas.

    of        what each is a part of
    revised   the months in which that was revised, anywhere
    """

    def __init__(self, counts: Sequence[Counts]):
        by_area = {key for each in counts for key, place in each.of if place != WHOLE}
        self.of: dict[Key, Key] = {
            part: whole
            for each in counts
            for column in each.ledger.tables
            for whole, parts in sums_of(each.ledger, column)
            for part in parts
            if column and whole in by_area and part not in by_area
        }
        self.revised = {whole: _revised(counts, whole) for whole in set(self.of.values())}
        self.totals = [
            {(key, m): n for key in self.of for m, n in each.of.get((key, WHOLE), {}).items()}
            for each in counts
        ]
        self._moved: dict[tuple[int, Key, int], set[int]] = {}

    def has(self, key: Key, month: int) -> bool:
        """Whether a part is told apart by area in a month."""
        return key in self.of and month in self.revised[self.of[key]]

    def stays(self, at: Sequence[Mapping[Slot, int]], release: int, slot: Slot) -> bool:
        """Whether a part of a plot is taken to stand still since the release before: where its plot
        does, or its part of the whole. Where only plots moved, or only parts, some were only
        counted elsewhere, and nothing is taken to.

        at   the unknowns of each release; those of what it is a part of are there
        """
        key, number, month = slot
        whole = self.of[key]
        plots = self._plots(at, release, whole, month)
        parts = {
            each
            for each, of in self.of.items()
            if of == whole and each[0] == key[0] and self._differs(release, each, month)
        }
        return bool(plots) == bool(parts) and (number not in plots or key not in parts)

    def _plots(
        self, at: Sequence[Mapping[Slot, int]], release: int, whole: Key, month: int
    ) -> set[int]:
        """The plots that moved since the release before."""
        name = release, whole, month
        if name not in self._moved:
            before, now = at[release - 1], at[release]
            numbers = {number for key, number, _ in now if key == whole}
            self._moved[name] = {
                number
                for number in numbers
                if now.get((whole, number, month)) != before.get((whole, number, month))
            }
        return self._moved[name]

    def _differs(self, release: int, key: Key, month: int) -> bool:
        before, now = self.totals[release - 1 : release + 1]
        return before.get((key, month)) != now.get((key, month))

    def still(self, at: Sequence[Mapping[Slot, int]], release: int) -> list[tuple[Terms, float]]:
        """That parts of the whole which came to the same as in the release before still do, though
        some of what they are made of is taken to have been counted elsewhere."""
        moved: dict[tuple[Key, int], Terms] = {}
        for number, sign in ((release, 1.0), (release - 1, -1.0)):
            for (key, _, month), unknown in at[number].items():
                if self.has(key, month) and not self._differs(release, key, month):
                    terms = moved.setdefault((key, month), {})
                    terms[unknown] = terms.get(unknown, 0.0) + sign
        return [(terms, 0.0) for terms in moved.values() if any(terms.values())]

    def sums(
        self,
        at: Mapping[Slot, int],
        counts: Counts,
        whole: Key,
        parts: Collection[Key],
        new: Callable[[float], int],
    ) -> list[tuple[Terms, float]]:
        """On each plot parts add up to their whole, or to no more than it where some of the whole
        is in none of them.

        at   the unknowns of a release, and `counts` its counts; `new` makes an unknown
        """
        mine = [key for key in parts if key in self.of and (key, WHOLE) in counts.of]
        numbers = sorted({number for key, number, _ in at if key == whole})
        found: list[tuple[Terms, float]] = []
        for month in sorted(self.revised[whole] & set(counts.months)) if mine else ():
            sums = [counts.sum_of(keys, WHOLE, [month]) for keys in ([whole], mine)]
            if sums[0] is None or sums[1] is None:
                continue
            spare: Terms = {}
            for number in numbers:
                terms = {at[each, number, month]: 1.0 for each in mine}
                if sums[0] != sums[1]:
                    unknown = new(0.0)
                    spare[unknown] = terms[unknown] = 1.0
                found.append((terms | {at[whole, number, month]: -1.0}, 0.0))
            if spare:
                found.append((spare, float(sums[0] - sums[1])))
        return found


def _revised(counts: Sequence[Counts], key: Key) -> frozenset[int]:
    """The months in which a release counted otherwise than the one before it, anywhere."""
    found = set()
    for before, now in pairwise(counts):
        for (each, place), by_month in now.of.items():
            then = before.of.get((each, place), {}) if each == key else {}
            found |= {m for m, n in by_month.items() if m in then and then[m] != n}
    return frozenset(found)
