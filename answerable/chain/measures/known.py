"""What is known of each period before a record is looked at, now beside an earlier time.

A period that was missing and no longer is has to be counted. One that was provisional and has
settled keeps its figures; only what is said of them changes.
"""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import timedelta
from functools import cached_property

from ..body import Body, Period
from .definition import Definition
from .recipe import tables_of
from .result import Status
from .source import Coverage, Source
from .timeline import Slot, status_of


@dataclass(frozen=True)
class Changed:
    """Periods of which something else is known than before.

    to_count   missing for some measure and force before, or now
    to_say     all others of which what is known has changed
    """

    to_count: frozenset[Period]
    to_say: frozenset[Period]


def changed(
    body: Body, definitions: Iterable[Definition], slots: Sequence[Slot], now: Source, then: Source
) -> Changed:
    """The periods of which something else is known now than then."""
    forces = ["", *(force.key for force in body.file.forces)]
    to_count: set[Period] = set()
    to_say: set[Period] = set()
    for definition in {_rules(each): each for each in definitions}.values():
        pairs = {
            _Pair(*(tuple(source.coverage(table, force) for table in tables_of(definition))
                    for source in (now, then)))
            for force in forces
        }  # fmt: skip
        for pair in pairs:
            for period, statuses in _differing(definition, slots, pair):
                (to_count if Status.MISSING in statuses else to_say).add(period)
    return Changed(frozenset(to_count), frozenset(to_say - to_count))


def _rules(definition: Definition) -> tuple[object, ...]:
    """What a status depends on, so that measures alike in it are looked at once."""
    breaks = tuple(each.on for each in definition.breaks)
    return tables_of(definition), breaks, definition.settles_days, bool(definition.opened)


@dataclass(frozen=True)
class _Pair:
    """The coverage of a measure's tables, for one force, now and then."""

    now: tuple[Coverage, ...]
    then: tuple[Coverage, ...]

    @cached_property
    def months(self) -> frozenset[int]:
        """The months that one of them covers, or leaves provisional, and the other does not."""
        found: set[int] = set()
        for now, then in zip(self.now, self.then, strict=True):
            differing = (now.months ^ then.months) | (now.provisional ^ then.provisional)
            found |= {month.index for month in differing}
        return frozenset(found)

    @cached_property
    def last_day(self) -> int:
        """Up to this day both were covered, so whatever had settled by it still has."""
        return min((each.last_day.toordinal() for each in (*self.now, *self.then)), default=0)


def _differing(
    definition: Definition, slots: Sequence[Slot], pair: _Pair
) -> Iterator[tuple[Period, set[Status]]]:
    for slot in slots:
        period = slot.period
        settled_on = period.last.last_day + timedelta(days=definition.settles_days)
        inside = range(period.first.index, period.last.index + 1)
        if settled_on.toordinal() <= pair.last_day and pair.months.isdisjoint(inside):
            continue
        statuses = [
            status_of(definition, period, each, at_end=bool(definition.opened))
            for each in (pair.now, pair.then)
        ]
        if statuses[0] != statuses[1]:
            yield period, set(statuses)
