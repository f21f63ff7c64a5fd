"""Results of several sources as one: for each full name the best grade of evidence.

Where another source says something else, the difference is kept and named, never averaged.
What one source withholds to protect people, no other shows.
"""

import hashlib
import json
from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from types import MappingProxyType

from ..figures import Difference, Figure
from ..measures import Gathered, Grade, Result, Results, Status, Unit, period_of, shown

Key = tuple[str, str, str, int, int, str, str, str]
Given = Mapping[tuple[str, str, str, int, int], str]
"""Where each name that figures give as they stand was given, in words; a name is measure,
statistic, area, first and last month."""
RECORDS, BUNDLE, FIGURES = "records", "bundle", "figures"


@dataclass(frozen=True)
class Source:
    """One thing that results rest on.

    kind     `records`, `bundle` or `figures`
    title    in words: 'the records', 'the bundle of Somewhere Police', 'figures as given'
    digest   sha256 of it
    papers   the documents that figures stood in, here or at the force
    """

    kind: str
    title: str
    digest: str
    papers: tuple[str, ...] = ()


@dataclass(frozen=True)
class Part:
    """The results of one source."""

    source: Source
    results: Results | tuple[Result, ...]


@dataclass(frozen=True)
class Held:
    """The results of every source together.

    protected   measures whose every result came in a bundle, and so has passed disclosure
    source   digest of the one source, or of all of them
    digest   of the results before anything is withheld
    differences   where two sources say different things of one figure
    """

    results: Results | Gathered
    source: str
    digest: str
    sources: tuple[Source, ...]
    differences: tuple[Difference, ...]
    protected: frozenset[str] = frozenset()


def held(
    parts: Sequence[Part], differences: Sequence[Difference], given: Given = MappingProxyType({})
) -> Held:
    """The results of several sources as one.

    given   names that figures give as they stand; what follows from them is not compared again
    """
    sources = tuple(part.source for part in parts)
    one = sources[0].digest if len(sources) == 1 else _together(s.digest for s in sources)
    named: dict[Key, list[tuple[Source, Result]]] = defaultdict(list)
    for part in parts:
        for result in part.results:
            named[key_of(result)].append((part.source, result))
    results = tuple(_under(best([r for _, r in several]), one) for several in named.values())
    found = _differences(named, given)
    return Held(
        Gathered(results, one),
        one,
        _digest(results),
        sources,
        (*differences, *found),
        _protected(parts),
    )


def _protected(parts: Sequence[Part]) -> frozenset[str]:
    bundled: set[str] = set()
    other: set[str] = set()
    for part in parts:
        measures = bundled if part.source.kind == BUNDLE else other
        measures.update(result.measure for result in part.results)
    return frozenset(bundled - other)


def key_of(result: Result) -> Key:
    """The full name, however its period is spelled."""
    period = period_of(result.period)
    return (
        result.measure, result.statistic, result.area, period.first.index, period.last.index,
        result.split, result.basis, str(result.grain),
    )  # fmt: skip


def best(several: Sequence[Result]) -> Result:
    """The result that stands: withheld where any source withholds it, else the one of the
    best grade that says something, else the first."""
    if len(several) == 1:
        return several[0]
    order = list(Grade)
    results = sorted(several, key=lambda r: order.index(r.grade))
    for wanted in (_withheld, _says):
        for result in results:
            if wanted(result):
                return result
    return results[0]


def _withheld(result: Result) -> bool:
    return result.status == Status.SUPPRESSED


def _says(result: Result) -> bool:
    return result.value is not None


def _under(result: Result, source: str) -> Result:
    """As `replace(result, source=source)`, faster: a body's results are a hundred thousand."""
    made = object.__new__(Result)
    made.__dict__.update(result.__dict__, source=source)
    return made


# --- differences

ROUNDED: dict[Unit, Callable[[float], float]] = {
    Unit.SHARE: lambda value: 0.00501 if abs(value * 100 - round(value * 100)) < 1e-9 else 0.000501,
    Unit.SECONDS: lambda value: 30.0 if value % 60 == 0 else 0.5,
    Unit.DAYS: lambda value: 0.5 if value % 1 == 0 else 0.0501,
    Unit.RATIO: lambda value: 0.5 if value % 1 == 0 else 0.0501,
    Unit.COUNT: lambda value: 1e-9,
}
"""How far a figure as given may lie from another because it was rounded: half of its last place,
as it seems."""


def names_of(figures: Iterable[Figure]) -> Given:
    """Where each figure was given: 'the figures as given (Pack of October, Sheet1!C7)'."""
    return {
        (f.measure, f.statistic, f.area, *f.span): "the figures as given"
        + (f" ({', '.join(t for t in (f.source, f.place) if t)})" if f.source or f.place else "")
        for f in figures
    }


def _differences(
    named: Mapping[Key, Sequence[tuple[Source, Result]]], given: Given
) -> Iterator[Difference]:
    told: set[tuple[str, str, str, int, int]] = set()
    for key, several in named.items():
        name = key[:5]
        says = [
            (given[name] if source.kind == FIGURES else source.title, r)
            for source, r in several
            # What only follows from figures is not compared again: they are, one by one.
            if (_says(r) or _withheld(r)) and (source.kind != FIGURES or name in given)
        ]
        if name in told or len(says) < 2:
            continue
        if all(_agree(says[0][1], other) for _, other in says[1:]):
            continue
        told.add(name)
        yield _difference(says)


def _agree(one: Result, other: Result) -> bool:
    """Whether two results say the same, as far as a rounded figure can."""
    if one.value is None or other.value is None:
        return one.value is None and other.value is None
    rounded = [r for r in (one, other) if r.grade in (Grade.MONTHS, Grade.TWO) and r.count is None]
    slack = max((ROUNDED[r.unit](r.value or 0) for r in rounded), default=1e-6)
    return abs(one.value - other.value) <= slack


def _difference(says: Sequence[tuple[str, Result]]) -> Difference:
    stands = best([result for _, result in says])
    one = says[0][1]
    hidden = any(_withheld(result) for _, result in says)
    said = tuple((_words(result, hidden), where) for where, result in says)
    return Difference(
        f"{one.measure} {one.statistic} {one.area} {one.period}",
        f"{one.measure}, {one.statistic}, {one.area}, {period_of(one.period).plain()}",
        said,
        next(i for i, (_, result) in enumerate(says) if result is stands),
    )


def _words(result: Result, hidden: bool) -> str:
    """What a source says; where another withholds it, that it gives a number and no more."""
    if result.value is None:
        return "withheld"
    return "a number" if hidden else shown(result.value, result.unit)


def _digest(results: Iterable[Result]) -> str:
    """sha256 of results, whatever their order."""
    said = sorted(
        json.dumps([*key_of(r), r.definition, str(r.status), r.value, r.n, r.count, r.source])
        for r in results
    )
    return hashlib.sha256("\n".join(said).encode()).hexdigest()


def _together(digests: Iterable[str]) -> str:
    return hashlib.sha256("\n".join(digests).encode()).hexdigest()
