"""What a bundle says that the last one did not: revisions, new months, and what was lost."""

from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from ..body import Month
from ..measures import Grain, Result, Status, Unit, period_of
from ..records import Cover
from .bundle import Bundle

PLACE = {Unit.SHARE: 1e-6, Unit.RATIO: 1e-4, Unit.COUNT: 0.1, Unit.DAYS: 0.1, Unit.SECONDS: 0.1}
"""The last place to which values of each unit are rounded: less is not a revision."""


@dataclass(frozen=True)
class Revised:
    """A figure that was given before with another value."""

    name: str
    before: float
    now: float


@dataclass(frozen=True)
class Changes:
    """What changed between two bundles of one force.

    revised      figures of settled periods and of provisional ones, beyond rounding
    new_months   months on which a measure has figures and had none: measure, months
    gone         series that were given and are not any more: measure, statistic, area, split
    new          series that were not given before
    definitions  measures whose definition is another text: key, version before, version now
    coverage     sources that cover other months: table and source, before, now
    withheld     figures that were given before and are withheld now: whoever has both
                 bundles still knows them
    shown        figures that were withheld before and are given now
    close        figures given in both whose records differ by fewer than the threshold: the
                 difference tells of that few people
    """

    revised: tuple[Revised, ...] = ()
    new_months: tuple[tuple[str, tuple[str, ...]], ...] = ()
    gone: tuple[tuple[str, str, str, str], ...] = ()
    new: tuple[tuple[str, str, str, str], ...] = ()
    definitions: tuple[tuple[str, int, int], ...] = ()
    coverage: tuple[tuple[str, str, str], ...] = ()
    withheld: tuple[str, ...] = ()
    shown: tuple[str, ...] = ()
    close: tuple[str, ...] = ()

    @property
    def none(self) -> bool:
        return self == Changes()


def changes(before: Bundle, now: Bundle, under: int) -> Changes:
    """Everything that differs. `under` is the threshold of counts (`Appetite.count_under`)."""
    old, new = _by_name(before.results), _by_name(now.results)
    both = [(old[name], new[name]) for name in new if name in old]
    was, are = _series(before.results), _series(now.results)
    return Changes(
        revised=tuple(
            Revised(_told(b), a.value, b.value)
            for a, b in both
            if a.value is not None and b.value is not None and not _same(a, b)
        ),
        new_months=tuple(_new_months(before, now)),
        gone=tuple(sorted(was - are)),
        new=tuple(sorted(are - was)),
        definitions=tuple(
            (key, before.definitions[key].version, each.version)
            for key, each in sorted(now.definitions.items())
            if key in before.definitions and before.definitions[key].digest != each.digest
        ),
        coverage=tuple(_coverage(before.covers, now.covers)),
        withheld=tuple(
            _told(b) for a, b in both if a.n is not None and b.status == Status.SUPPRESSED
        ),
        shown=tuple(_told(b) for a, b in both if a.status == Status.SUPPRESSED and b.n is not None),
        close=tuple(_told(b) for a, b in both if _close(a, b, under)),
    )


Name = tuple[str, str, str, str, str, str]


def _by_name(results: Iterable[Result]) -> dict[Name, Result]:
    return {(r.measure, r.statistic, r.area, r.period, r.split, r.basis): r for r in results}


def _told(result: Result) -> str:
    """A figure's name for people: without the version of its measure."""
    parts = [result.measure, result.statistic, result.area, result.period, result.split]
    if result.basis != "raw":
        parts.append(result.basis)
    return " ".join(part for part in parts if part)


def _same(before: Result, now: Result) -> bool:
    return abs((now.value or 0) - (before.value or 0)) <= PLACE[now.unit] * 1.000001


def _close(before: Result, now: Result, under: int) -> bool:
    if before.basis != "raw" or before.n is None or now.n is None:
        return False
    if 0 < abs(now.n - before.n) < under:
        return True
    if before.count is None or now.count is None:
        return False
    return 0 < abs(now.count - before.count) < under


def _series(results: Iterable[Result]) -> set[tuple[str, str, str, str]]:
    return {(r.measure, r.statistic, r.area, r.split) for r in results}


def _new_months(before: Bundle, now: Bundle) -> Iterator[tuple[str, tuple[str, ...]]]:
    was = _months(before.results)
    for measure, months in sorted(_months(now.results).items()):
        if new := sorted(months - was.get(measure, set())):
            yield measure, tuple(map(str, new))


def _months(results: Iterable[Result]) -> dict[str, set[Month]]:
    found: dict[str, set[Month]] = {}
    for result in results:
        if result.grain == Grain.MONTH and result.status != Status.MISSING:
            found.setdefault(result.measure, set()).add(period_of(result.period).first)
    return found


def _coverage(before: Iterable[Cover], now: Iterable[Cover]) -> Iterator[tuple[str, str, str]]:
    was, are = ({f"{c.table} ({c.source})": _span(c) for c in each} for each in (before, now))
    for source in sorted(was.keys() | are.keys()):
        if was.get(source) != are.get(source):
            yield source, was.get(source, "nothing"), are.get(source, "nothing")


def _span(cover: Cover) -> str:
    half = f", half covered: {', '.join(cover.provisional)}" if cover.provisional else ""
    return f"{cover.first} to {cover.last}{half}"


# --- in words

EXAMPLES = 5
"""So many of a kind are named; JSON has them all."""


def lines(found: Changes) -> list[str]:
    """The changes as people read them; a line that nothing changed where nothing did."""
    if found.none:
        return ["Nothing changed since the last bundle."]
    said = []
    for key, old, new in found.definitions:
        version = f"version {old}, now {new}" if old != new else f"version {new}, another text"
        said.append(f"Changed definition: {key} ({version}). Its figures are counted another way.")
    said += [
        f"Changed coverage: {source}: {old}; now {new}." for source, old, new in found.coverage
    ]
    by_months = Counter({months: 0 for _, months in found.new_months})
    by_months.update(months for _, months in found.new_months)
    for months, number in by_months.items():
        named = ", ".join(months[:EXAMPLES]) + (" …" if len(months) > EXAMPLES else "")
        said.append(f"New months: {named} ({_many(number, 'measure')}).")
    examples = [f"{r.name} from {r.before:g} to {r.now:g}" for r in found.revised]
    said += _some("Revised", examples, "figure")
    said += _some("Gone", [" ".join(filter(None, each)) for each in found.gone], "series")
    said += _some("New series", [" ".join(filter(None, each)) for each in found.new], "series")
    said += _some(
        "Withheld now and given before: whoever has both bundles knows them",
        found.withheld, "figure",
    )  # fmt: skip
    said += _some("Given now and withheld before", found.shown, "figure")
    said += _some(
        "Changed by so few records that the difference tells of them", found.close, "figure"
    )
    return said


def _some(heading: str, names: Iterable[str], noun: str) -> list[str]:
    every = list(names)
    if not every:
        return []
    more = " …" if len(every) > EXAMPLES else ""
    return [f"{heading}: {_many(len(every), noun)}: {'; '.join(every[:EXAMPLES])}{more}"]


def _many(number: int, noun: str) -> str:
    return f"{number:,} {noun}{'s' if number != 1 and noun != 'series' else ''}"
