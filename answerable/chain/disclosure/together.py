"""Can a withheld count be worked out from another measure that counts the same records?

`reader` asks of one measure at a time. Here the counts of measures that are equal to, or parts of,
each other's (`counted`) are one unknown, or one no larger than the other, and all that is
shown of all of them is put to the solver at once.
"""

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from itertools import combinations, product

from ..body import WHOLE, Appetite
from ..measures import Definition, Result
from .audit import Exposure, Key
from .counted import Counted, Sum, counted, rest_of
from .ledger import lay_out, parts_of
from .reader import Facts, Known, by_measure, pinned
from .small import ESTABLISHMENTS

Label = tuple[str, Key]
"""A measure and one of its counts; '' and what stands for a set that several measures count."""
Name = tuple[Label, str, str]
"""What is counted, its area and its month as they are written."""


@dataclass(frozen=True)
class Seen:
    """One measure: what is known of its counts, and what they count."""

    known: Known
    sets: Mapping[Sum, Counted]

    @property
    def measure(self) -> str:
        return self.known.key

    def places(self, sum_: Sum) -> Iterable[tuple[int, int]]:
        """Rows of areas and months in which all counts of a sum are told apart."""
        everywhere = self.known.by_area.issuperset(sum_)
        rows = self.known.rows if everywhere else [self.known.whole]
        return product(rows, range(self.known.ledger.months))

    def area(self, row: int) -> str:
        return WHOLE if row == self.known.whole else self.known.ledger.areas[row]

    def month(self, month: int) -> str:
        return self.known.ledger.periods[month].text

    def true(self, sum_: Sum) -> dict[tuple[str, str], int]:
        """What a set truly comes to, by area and month."""
        return {
            (self.area(row), self.month(month)): sum(
                self.known.true((key, row, month)) for key in sum_
            )
            for row, month in self.places(sum_)
        }


def given_away(
    true: Sequence[Result],
    shown: Sequence[Result],
    definitions: Mapping[str, Definition],
    appetite: Appetite,
) -> tuple[Exposure, ...]:
    """Every small count that other measures' figures pin under the threshold.

    true, shown   the same results before and after protection, in the same order
    Measures that share no records with another are not looked at.
    """
    return tuple(
        exposure
        for group in groups(true, shown, definitions)
        for exposure in Joined(group).exposures(appetite.count_under)
    )


def groups(
    true: Sequence[Result], shown: Sequence[Result], definitions: Mapping[str, Definition]
) -> list[list[Seen]]:
    """The measures that count some of the same records, group by group."""
    found = {definition.key: mine for definition, mine in by_measure(shown, definitions)}
    return [
        [
            _seen(definitions[key], [true[i] for i in found[key]], [shown[i] for i in found[key]])
            for key in group
        ]
        for group in linked(shown, definitions)
    ]


def _seen(definition: Definition, true: Sequence[Result], shown: Sequence[Result]) -> Seen:
    ledger = lay_out(shown, range(len(shown)), definition, ())
    known = Known(ledger, lay_out(true, range(len(true)), definition, ()))
    for result in shown:
        known.learn(result)
    known.add_up()
    return Seen(known, counted(definition, known.names))


def linked(
    results: Iterable[Result], definitions: Mapping[str, Definition]
) -> list[tuple[str, ...]]:
    """The measures with results that are linked, directly or through others; none that stands
    alone."""
    keys: dict[str, dict[Key, None]] = {}
    met: set[tuple[str, str, str]] = set()
    for each in results:
        name = each.measure, each.statistic, each.split
        if name in met or definitions[each.measure].table in ESTABLISHMENTS:
            continue
        met.add(name)
        column, kind = each.split.partition("=")[0], definitions[each.measure].kind
        mine = keys.setdefault(each.measure, {})
        mine |= {(column, split, part): None for split, part, _ in parts_of(kind, each)}
    sets = {key: set(counted(definitions[key], mine).values()) for key, mine in keys.items()}
    group = {key: key for key in sets}
    for one, other in combinations(sets, 2):
        if group[one] != group[other] and _touch(sets[one], sets[other]):
            old, new = group[other], group[one]
            group = {key: new if each == old else each for key, each in group.items()}
    members = [tuple(k for k, each in group.items() if each == name) for name in sets]
    return [each for each in members if len(each) > 1]


def _touch(one: Iterable[Counted], other: Collection[Counted]) -> bool:
    return any(
        mine == theirs or mine.part_of(theirs) or theirs.part_of(mine)
        for mine in one
        for theirs in other
    )


@dataclass(frozen=True)
class Row:
    """A sum of counts that is a value, or no more than it.

    by   the measure whose figures say so; '' where it follows from what is counted
    """

    terms: Mapping[Name, float]
    value: float
    equal: bool
    by: str


class Joined:
    """What is known of the counts of several measures, each set of records under one name.

    told   for each count that is shown as it is, the measures whose figures say so
    """

    def __init__(self, group: Sequence[Seen]):
        self.key = ", ".join(each.measure for each in group)
        self.fixed: dict[Name, float] = {}
        self.between: dict[Name, tuple[float, float]] = {}
        self.withheld: set[Name] = set()
        self.rows: list[Row] = []
        self.told: dict[Name, set[str]] = {}
        self.truth: dict[Name, int] = {}
        self.label: dict[tuple[str, Key], Label] = {}
        self.sets = self._sets(group)
        for each in group:
            self._take(each)
        for each, sum_, label in self.sums:
            if len(sum_) > 1:
                self._add_up(each, sum_, label)
        self._nested()

    def _sets(self, group: Sequence[Seen]) -> dict[Counted, Label]:
        """A name for each set that two measures count or that lies in one of another's.

        Two that differ in truth are not the same, whatever their definitions say.
        """
        by: dict[Counted, list[tuple[Seen, Sum]]] = {}
        for each in group:
            for sum_, made in each.sets.items():
                by.setdefault(made, []).append((each, sum_))
        met = {
            made
            for made, mine in by.items()
            if len({each.measure for each, _ in mine}) > 1
            or any(
                (made.part_of(other) or other.part_of(made))
                and {each.measure for each, _ in mine} != {each.measure for each, _ in theirs}
                for other, theirs in by.items()
            )
        }
        names: dict[Counted, Label] = {}
        self.sums: list[tuple[Seen, Sum, Label]] = []
        for made in met:
            label: Label = ("", (made.table, made.at, " and ".join(sorted(made.rules))))
            truth: dict[tuple[str, str], int] = {}
            for each, sum_ in by[made]:
                mine = each.true(sum_)
                if any(truth.get(place, count) != count for place, count in mine.items()):
                    continue
                truth |= mine
                names[made] = label
                self.sums.append((each, sum_, label))
                if len(sum_) == 1:
                    self.label[each.measure, sum_[0]] = label
            self.truth |= {(label, *place): count for place, count in truth.items()}
        return names

    def _name(self, each: Seen, key: Key, row: int, month: int) -> Name:
        label = self.label.get((each.measure, key), (each.measure, key))
        return label, each.area(row), each.month(month)

    def _take(self, each: Seen) -> None:
        """Everything known of one measure, under the names of all."""
        known = each.known
        labels = {k: self.label.get((each.measure, k), (each.measure, k)) for k in known.names}
        areas = [each.area(row) for row in known.rows]
        months = [each.month(month) for month in range(known.ledger.months)]

        def renamed(terms: Mapping[tuple[Key, int, int], float]) -> dict[Name, float]:
            return {(labels[k], areas[row], months[m]): sign for (k, row, m), sign in terms.items()}

        def open_(terms: Mapping[tuple[Key, int, int], float]) -> bool:
            return not terms.keys() <= known.fixed.keys()

        self.fixed |= renamed(known.fixed)
        for shown in renamed(known.fixed):
            self.told.setdefault(shown, set()).add(each.measure)
        for name, (low, high) in known.between.items():
            mine = self._name(each, *name)
            before = self.between.get(mine, (low, high))
            self.between[mine] = max(low, before[0]), min(high, before[1])
        for equal, rows in ((True, known.equal), (False, known.atmost)):
            self.rows += [
                Row(renamed(terms), value, equal, each.measure)
                for terms, value in rows
                if open_(terms)
            ]
        for name in known.withheld:
            self.withheld.add(self._name(each, *name))
            self.truth[self._name(each, *name)] = known.true(name)

    def _add_up(self, each: Seen, sum_: Sum, label: Label) -> None:
        """That counts of a measure are a set between them."""
        for row, month in each.places(sum_):
            names = [self._name(each, key, row, month) for key in sum_]
            whole: Name = (label, each.area(row), each.month(month))
            if all(name in self.fixed for name in names):
                self.fixed[whole] = sum(self.fixed[name] for name in names)
                self.told.setdefault(whole, set()).add(each.measure)
            else:
                terms = dict.fromkeys(names, 1.0) | {whole: -1.0}
                self.rows.append(Row(terms, 0.0, equal=True, by=each.measure))

    def _nested(self) -> None:
        """What is part of another is no larger; two that are each other's rest are the whole."""
        places: dict[Label, set[tuple[str, str]]] = {}
        for label, area, month in self.truth:
            places.setdefault(label, set()).add((area, month))
        for part, whole in _covers(self.sets):
            if set(self.measures(self.sets[part])) & set(self.measures(self.sets[whole])):
                continue  # which that measure's own sums say already
            names = [self.sets[part], self.sets[whole]]
            rest = self.sets.get(whole.where(*map(rest_of, part.rules - whole.rules)))
            if len(part.rules - whole.rules) == 1 and rest is not None:
                names.append(rest)
            together = set.intersection(*(places[name] for name in names))
            if not all(self._true_of(names, place) for place in together):
                continue  # figures of two origins: what the definitions say is not so of them
            for place in together:
                (small, large, *others) = ((name, *place) for name in names)
                if not {small, large, *others} <= self.fixed.keys():
                    terms = {small: 1.0, large: -1.0} | dict.fromkeys(others, 1.0)
                    self.rows.append(Row(terms, 0.0, bool(others), by=""))

    def _true_of(self, names: Sequence[Label], place: tuple[str, str]) -> bool:
        """Whether a part, its whole and perhaps the rest truly stand to each other so."""
        small, large, *others = (self.truth[name, *place] for name in names)
        return small + others[0] == large if others else small <= large

    def exposures(self, under: int) -> Iterable[Exposure]:
        """Counts that must lie under the threshold."""
        asked = [name for name in self.withheld if 0 < self.truth[name] < under]
        for name in asked:
            if name in self.fixed:
                yield self._exposure(name, self.fixed[name], self.fixed[name])
        wanted = [name for name in asked if name not in self.fixed]
        for about in self._about(wanted):
            for name, low, high in pinned(about, sorted(about.withheld, key=str), under):
                yield self._exposure(name, low, high)

    def _about(self, wanted: Collection[Name]) -> list[Facts[Name]]:
        """What bears on some counts and comes from more than one measure, each by itself.

        What shares no unknown with them, at any remove, is left aside; and so is what one measure
        alone says, which is safe by itself. The solver has a fraction left to look at.
        """
        ends = _Ends()
        open_ = [[name for name in row.terms if name not in self.fixed] for row in self.rows]
        for names in open_:
            ends.join(names)
        by: dict[Name, set[str]] = {}
        for row, names in zip(self.rows, open_, strict=True):
            if names:
                said = by.setdefault(ends.of(names[0]), set())
                said.add(row.by)
                for name in row.terms.keys() & self.fixed.keys():
                    if row.by not in self.told[name]:
                        said |= self.told[name]
        kept = {ends.of(name) for name in wanted if len(by.get(ends.of(name), ())) > 1}
        about: dict[Name, Facts[Name]] = {
            end: Facts(self.key, self.fixed, self.between) for end in sorted(kept, key=str)
        }
        for row, names in zip(self.rows, open_, strict=True):
            if names and (end := ends.of(names[0])) in kept:
                rows = about[end].equal if row.equal else about[end].atmost
                rows.append((dict(row.terms), row.value))
        for name in wanted:
            if ends.of(name) in kept:
                about[ends.of(name)].withheld.add(name)
        return list(about.values())

    def measures(self, label: Label) -> tuple[str, ...]:
        """The measures that count a set."""
        if label[0]:
            return (label[0],)
        return tuple(dict.fromkeys(each.measure for each, _, mine in self.sums if mine == label))

    def _exposure(self, name: Name, low: float, high: float) -> Exposure:
        label, area, month = name
        split, part = label[1][1:]
        if not label[0]:
            split = next(sum_[0][1] for _, sum_, mine in self.sums if mine == label)
        return Exposure((", ".join(self.measures(label)), area, month, split, part), low, high)


class _Ends:
    """Names that hang together, each found by one of them."""

    def __init__(self) -> None:
        self.leads: dict[Name, Name] = {}

    def of(self, name: Name) -> Name:
        while (further := self.leads.setdefault(name, name)) != name:
            self.leads[name] = self.leads.setdefault(further, further)
            name = self.leads[name]
        return name

    def join(self, names: Sequence[Name]) -> None:
        for name in names[1:]:
            self.leads[self.of(name)] = self.of(names[0])


def _covers(sets: Iterable[Counted]) -> Iterable[tuple[Counted, Counted]]:
    """Each set with those that it is part of and that have no set between."""
    every = list(sets)
    for part in every:
        above = [each for each in every if part.part_of(each)]
        for whole in above:
            if not any(each.part_of(whole) for each in above):
                yield part, whole
