"""From a body's folder to what may be said: its grounds, disclosure, then the sentences."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from datetime import date

from ..body import LEAST_FORCES, WHOLE, Body, InputMistake, Month, Period, Problem, by_force
from ..bundles.grounds import Grounds, grounds_of
from ..bundles.merging import Held
from ..claims import load_claims, windows_of
from ..disclosure import linked, offered, protect
from ..measures import Codes, Definition, Gathered, Result, load_codes, period_of
from ..measures.codes import CodeList
from ..measures.definitions import chosen
from .saying import saying
from .sayings import Said
from .spans import YEAR, Spans, spans_of
from .speaker import Speaker

PARTS = frozenset({"mix", "reached", "step_rate", "lost"})
"""Statistics that have figures of parts only, never one of the whole."""
Named = tuple[str, str]
"""A measure and one of its statistics."""


def said_of(
    body: Body,
    keys: Sequence[str] = (),
    statistics: Sequence[str] = (),
    areas: Sequence[str] = (),
    *,
    on: date,
    tell: Callable[[str], None] = lambda words: None,
) -> Said:
    """What may be said of a body's measures, on figures as they may be shown.

    keys        measures; every published one that has figures if none
    statistics  of each of them; the first if none
    areas       codes; the whole if none
    tell        is given what a person should know beside: measures without a figure, sources
                that differ
    Raises InputMistake for what the body's files get wrong, for a measure, statistic or area
    that is not there, and where none of the measures has a month on record.
    """
    grounds = grounds_of(body)
    measures = _measures(grounds.definitions, keys)
    country = len(body.file.forces) >= LEAST_FORCES
    body = by_force(body) if country else body
    _check_areas(body, areas)
    wanted = _statistics(measures, statistics)
    held, spans, named = _held(grounds, measures, wanted, areas)
    for difference in sorted(held.differences, key=lambda each: each.name):
        tell(f"Two sources differ: {difference.sentence}")
    _without(wanted, spans, tell if keys else lambda words: None)
    figures = _protected(body, grounds, measures, held, spans, named)
    codes = _codes(body, grounds)
    return Said(
        tuple(
            saying(
                Speaker(measures[key], name, figures, body, codes, on, area, held.results),
                spans[key, name],
            )
            for key, name in wanted
            if (key, name) in spans
            for area in areas or (WHOLE,)
        ),
        body.file.name,
        held.source,
        on,
    )


def _measures(everything: Mapping[str, Definition], keys: Sequence[str]) -> dict[str, Definition]:
    if keys:
        return chosen(everything, tuple(keys), "MEASURE")
    return {key: each for key, each in everything.items() if each.status == "published"}


def _check_areas(body: Body, codes: Sequence[str]) -> None:
    known = [WHOLE, *(area.code for area in body.areas)]
    strays = [code for code in codes if code not in known]
    if strays:
        raise InputMistake(
            Problem("--area", f"there is no area '{code}'", ", ".join(known), "Correct the code.")
            for code in strays
        )


def _statistics(measures: Mapping[str, Definition], names: Sequence[str]) -> tuple[Named, ...]:
    """Measure and statistic of each saying: those named, else the first of each measure."""
    have = {key: [n for n in each.statistics if n not in PARTS] for key, each in measures.items()}
    if not names:
        return tuple((key, found[0]) for key, found in have.items() if found)
    problems = [
        Problem(
            "--statistic",
            f"'{key}' has no figure '{name}' that can be said by itself",
            ", ".join(found),
            "Name one of these, or other measures.",
        )
        for key, found in have.items()
        for name in names
        if name not in found
    ]
    if problems:
        raise InputMistake(problems)
    return tuple((key, name) for key in measures for name in names)


def _held(
    grounds: Grounds,
    measures: Mapping[str, Definition],
    wanted: Iterable[Named],
    areas: Sequence[str],
) -> tuple[Held, dict[Named, Spans], tuple[Period, ...]]:
    """Every result, the periods to read, and the periods that claims or short records name."""
    # The windows of all claims, so that the results are those which every command reads.
    named = windows_of(load_claims(grounds.body, dict(grounds.definitions)))
    held = grounds.results(named)
    spans = {
        (key, name): found
        for key, name in wanted
        if (found := spans_of(held.results, measures[key], name, (WHOLE, *areas))) is not None
    }
    short = [each for each in spans.values() if each.months < 2 * YEAR]
    if short:  # then six months are read, of which there are no windows yet
        named = _each_once([*named, *(window for each in short for window in each.halves)])
        held = grounds.of(measures).results(named)
    return held, spans, named


def _each_once(periods: Iterable[Period]) -> tuple[Period, ...]:
    return tuple({(each.first, each.last): each for each in periods}.values())


def _without(
    wanted: Iterable[Named], spans: Mapping[Named, Spans], tell: Callable[[str], None]
) -> None:
    """Tell of the measures without a month; a mistake where there is none of any."""
    for key, name in wanted:
        if (key, name) not in spans:
            tell(f"{key}, {name}: no month is on record, so nothing can be said.")
    if not spans:
        raise InputMistake(
            Problem(
                "MEASURE",
                "no month of these measures is on record",
                next_step="Import records that hold them, or enter their monthly figures.",
            )
        )


def _protected(
    body: Body,
    grounds: Grounds,
    measures: Mapping[str, Definition],
    held: Held,
    spans: Mapping[Named, Spans],
    named: Sequence[Period],
) -> Gathered:
    """The results as they may be shown: just those that a publication would show.

    Each further period that is put forward can make another be withheld, so none is but the
    settled years, which a publication puts forward by itself.

    body   by force where it is of a country, as a publication of it is
    """
    beside = _beside(body, grounds, measures, held)
    everything = [result for key in beside for result in _read(body, held, key)]
    forward = offered(everything, named)
    there = {(result.measure, *_span(result)) for result in forward}
    missing = [
        window
        for (key, _), each in spans.items()
        for window in each.years
        if (key, window.first, window.last) not in there
    ]
    if missing:
        named = _each_once([*named, *missing])
        forward = offered(everything, named)
    # What came in a bundle passed disclosure at the force, which knew what it withheld.
    passed = tuple(r for r in forward if r.measure in held.protected)
    others = tuple(r for r in forward if r.measure not in held.protected)
    protected = protect(others, beside, body.file.appetite, named)
    shown = (each for each in (*protected, *passed) if each.measure in measures)
    return Gathered(shown, held.source)


def _beside(
    body: Body, grounds: Grounds, measures: Mapping[str, Definition], held: Held
) -> dict[str, Definition]:
    """The measures, and those published that count some of the same records: what these show
    decides what may be shown of them."""
    published = {k: each for k, each in grounds.definitions.items() if each.status == "published"}
    known = {**published, **measures}
    results = (result for key in known for result in _read(body, held, key))
    groups = [set(group) for group in linked(results, known) if measures.keys() & set(group)]
    return {k: each for k, each in known.items() if k in measures or any(k in g for g in groups)}


def _read(body: Body, held: Held, key: str) -> Sequence[Result]:
    """The results of a measure; of a country those of its forces, as its site shows them."""
    if not body.file.by_force:
        return held.results.of(key)
    return held.results.at(key, {WHOLE, *(area.code for area in body.areas)})


def _span(result: Result) -> tuple[Month, Month]:
    period = period_of(result.period)
    return period.first, period.last


def _codes(body: Body, grounds: Grounds) -> Codes:
    """The body's code lists, and those that came in bundles."""
    codes: Codes = {}
    for received in grounds.received:
        for column, names in received.bundle.codes.items():
            codes[column] = CodeList(
                title=column, columns=(column,), source="a bundle", names=dict(names)
            )
    return codes | load_codes(body)
