"""What releases put forward of one measure, with their true counts by part, place and month."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from itertools import product

from ..body import WHOLE
from ..measures import Definition, Grain, Result, at_end, period_of
from .audit import Key
from .ground import REST, Ground, drawn_since, leaves, tops
from .ledger import Ledger, lay_out, parts_of


@dataclass(frozen=True)
class Put:
    """What one release put forward of a measure.

    name    of the release, for people
    true    every figure, as it truly was
    shown   which of them were shown
    ground  how its places lay to each other, and what they were drawn from
    """

    name: str
    true: Sequence[Result]
    shown: Sequence[bool]
    ground: Ground


def on_ground(puts: Sequence[Put]) -> list[Put]:
    """The releases that put anything forward, each with what its areas were drawn from as the
    places were called in the last of them that had any.

    puts   every release, those without a figure of the measure as well: boundaries move in them
    Where a release does not say what an area was drawn from, a later one may. An area that was
    there before, though it had no figures, was drawn from none.
    """
    drawn = [put.ground.drawn_from for put in puts]
    found, before, since = list[Put](), set[str](), 0
    for number, put in enumerate(puts):
        said = drawn_since(before, [*drawn[:number:-1], *drawn[since : number + 1]])
        said |= dict.fromkeys(before, ())
        if put.true:
            found.append(replace(put, ground=Ground(put.ground.within, said)))
        if places := _places(put):
            before, since = places | set(put.ground.places), number + 1
    return found


def _places(put: Put) -> set[str]:
    """The places but the whole that a release had figures of."""
    return {result.area for result in put.true} - {WHOLE}


class Counts:
    """The true counts of one release, by part, place and month."""

    def __init__(self, put: Put, definition: Definition):
        self.put = put
        self.ledger: Ledger = lay_out(put.true, range(len(put.true)), definition, ())
        self.last = all(at_end(definition, each) for each in definition.statistics)
        self.places = sorted(_places(put))
        self.within = {a: b for a, b in put.ground.within.items() if b in self.places}
        self.leaves = leaves(self.places, self.within)
        self.tops = tops(self.places, self.within)
        self.pieces = sorted({leaf for each in self.leaves.values() for leaf in each})
        self.of: dict[tuple[Key, str], dict[int, int]] = {}
        self.months = [each.first.index for each in self.ledger.periods[: self.ledger.months]]
        self._read()

    def _read(self) -> None:
        kind, ledger = self.ledger.definition.kind, self.ledger
        have = {
            ((result.split.partition("=")[0], split, each), result.area)
            for result in self.put.true
            if result.grain == Grain.MONTH and result.basis == "raw"
            for split, each, _ in parts_of(kind, result)
        }
        row = {area: i for i, area in enumerate(ledger.areas)}
        for key, place in sorted(have):
            table = ledger.tables[key[0]]
            part = table.parts[key[1:]]
            whole = place == WHOLE
            column = table.whole[:, part] if whole else table.counts[row[place], :, part]
            self.of[key, place] = dict(zip(self.months, column.tolist(), strict=True))
        self.keys = sorted({key for key, _ in have})

    def piece(self, key: Key, leaf: str, month: int) -> int | None:
        """The count of a leaf; None where it is not known."""
        if not leaf.endswith(REST):
            return self.of.get((key, leaf), {}).get(month)
        place = leaf.removesuffix(REST)
        inside = [each for each, around in self.within.items() if around == place]
        all_of = [self.of.get((key, each), {}).get(month) for each in (place, *inside)]
        if any(each is None for each in all_of):
            return None
        around, *within = (each or 0 for each in all_of)
        return around - sum(within)

    def elsewhere(self, key: Key, month: int) -> int | None:
        """How much of the whole lies in no place; None where not every place has the part."""
        parts = [self.of.get((key, place), {}).get(month) for place in (WHOLE, *self.tops)]
        if any(each is None for each in parts):
            return None
        whole, *areas = (each or 0 for each in parts)
        return whole - sum(areas)

    def sum_of(self, keys: Iterable[Key], place: str, months: Iterable[int]) -> int | None:
        """The true sum of parts of a place over months; None where any is not known."""
        total = 0
        for key, month in product(keys, months):
            count = self.of.get((key, place), {}).get(month)
            if count is None:
                return None
            total += count
        return total

    def months_of(self, period: str) -> list[int]:
        """The months that a period's figure takes in."""
        read = period_of(period)
        if self.last:
            return [read.last.index]
        return list(range(read.first.index, read.last.index + 1))
