"""What is put forward, set against every earlier release: measure by measure."""

from collections.abc import Iterable, Mapping, Sequence

from ..body import Appetite, InputMistake, Period, Problem
from ..measures import Definition, Result, period_of
from .cells import Earlier
from .differencing import Told, beside, by_measure
from .given import assumed
from .ground import Ground
from .puts import Put, on_ground
from .small import Why

STAYS = frozenset({Why.COMPLEMENTARY, Why.EARLIER, Why.MOVED, Why.SAME_RECORDS})
"""Reasons for which a figure that has not changed stays withheld: what it kept, it keeps still."""


Name = tuple[str, str]
"""A measure, and the statistic where each stands alone."""


class History:
    """Earlier releases, by measure."""

    def __init__(self, earlier: Sequence[Earlier], definitions: Mapping[str, Definition]):
        self.earlier = earlier
        self.taken = [assumed(each.true) for each in earlier]
        self.at = [by_measure(each.true, definitions) for each in earlier]

    def held_back(self, results: Sequence[Result], mine: Iterable[int], name: Name) -> set[int]:
        """Positions of what the last release withheld for another's sake, and is the same now."""
        if not self.earlier or name not in self.at[-1]:
            return set()
        last = self.earlier[-1]
        before = {
            _named(last.true[i]): _numbers(last.true[i])
            for i in self.at[-1][name]
            if last.reasons[i] in STAYS
        }
        return {i for i in mine if before.get(_named(results[i])) == _numbers(results[i])}

    def as_last_time(
        self, results: Sequence[Result], mine: Sequence[int], name: Name, appetite: Appetite
    ) -> dict[int, Why | None] | None:
        """How the last release showed just these figures; None where it had others.

        Shown just as they were, they tell nothing that is not told already.
        """
        if not self.earlier or self.earlier[-1].appetite != appetite:
            return None
        last, there = self.earlier[-1], self.at[-1].get(name, [])
        if len(there) != len(mine) or any(
            _named(last.true[j]) != _named(results[i])
            or _numbers(last.true[j]) != _numbers(results[i])
            for i, j in zip(mine, there, strict=True)
        ):
            return None
        return {
            i: Why(last.reasons[j]) if last.reasons[j] else None
            for i, j in zip(mine, there, strict=True)
        }

    def puts(self, name: Name) -> list[Put]:
        """What each earlier release put forward of a measure; nothing where it had it not."""
        found = []
        for each, taken, at in zip(self.earlier, self.taken, self.at, strict=True):
            mine = at.get(name, [])
            shown = [not each.reasons[i] for i in mine]
            found.append(Put(each.name, [taken[i] for i in mine], shown, each.ground))
        return found

    def set_beside(
        self,
        name: Name,
        definition: Definition,
        results: Sequence[Result],
        mine: Sequence[int],
        reasons: list[Why | None],
        appetite: Appetite,
        named: Sequence[Period],
        ground: Ground,
    ) -> tuple[Told, ...]:
        """Fill in what else must be withheld for all releases together to be safe.

        Without an earlier release this is asked only where places lie within each other. Raises
        InputMistake where what was shown contradicts itself.
        """
        puts = self.puts(name)
        places = {results[i].area for i in mine}
        nested = any(place in places and ground.within.get(place) in places for place in places)
        if not any(put.true for put in puts) and not nested:
            return ()
        now = Put(
            "this release", [results[i] for i in mine], [not reasons[i] for i in mine], ground
        )
        try:
            found = beside(definition, on_ground([*puts, now]), appetite, named)
        except ValueError:
            raise InputMistake(
                Problem(
                    definition.key,
                    "its figures and those published before contradict each other, so it cannot be"
                    " known what they give away together",
                    next_step="Nothing was published. Look at the records and the definition.",
                )
            ) from None
        for position, why in found.reasons.items():
            reasons[mine[position]] = why
        return found.told

    def exclusions(self, results: Sequence[Result], allowed: set[int], under: int) -> set[int]:
        """Of the results that may say how many fell out and why, those that still may.

        Two years that overlap, or a reason that moved by few, tell of few together.
        """
        before: dict[tuple[str, str, str, str], list[Result]] = {}
        for each in self.earlier:
            for result in each.true:
                if result.excluded:
                    before.setdefault(_series(result), []).append(result)
        return {
            i
            for i in allowed
            if not any(
                _clash(results[i], then, under) for then in before.get(_series(results[i]), ())
            )
        }


def _clash(now: Result, then: Result, under: int) -> bool:
    here, there = period_of(now.period), period_of(then.period)
    if (here.first, here.last) != (there.first, there.last):
        return here.first <= there.last and there.first <= here.last
    are, were = dict(now.excluded), dict(then.excluded)
    return any(0 < abs(are.get(why, 0) - were.get(why, 0)) < under for why in are.keys() | were)


def _series(result: Result) -> tuple[str, str, str, str]:
    return result.measure, result.statistic, result.area, result.split


def _named(result: Result) -> tuple[str, ...]:
    return (*_series(result), result.period, result.basis)


def _numbers(result: Result) -> tuple[object, ...]:
    return result.value, result.n, result.count, result.status, result.definition
