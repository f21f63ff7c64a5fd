"""The register of comparators: `BODY/comparators/*.toml`, read and held to the measures."""

from collections.abc import Iterator, Mapping
from itertools import pairwise
from pathlib import Path

from ..body import WHOLE, Body, InputMistake, Problem, open_body, read_toml
from ..figures import Figure, read_figures_file
from ..measures import Definition, Result, Status, compute, load_definitions, quantity, unit_of
from ..records import current_snapshot
from .comparator import Comparators, Elsewhere, Stated

FOLDER = "comparators"


def load_comparators(
    body: Body, definitions: Mapping[str, Definition] | None = None
) -> Comparators:
    """All comparators of a body, with the figures of each in place whatever way they came.

    Raises InputMistake with every problem of every file: unknown keys, a series of somebody
    who is not named, of a measure or statistic that does not exist, editions of one group
    that overlap, figures that cannot be read.
    """
    if definitions is None:
        definitions = load_definitions(body)
    problems: list[Problem] = []
    files: list[tuple[str, Comparators]] = []
    for path in sorted((body.folder / FOLDER).glob("*.toml")):
        where = f"{FOLDER}/{path.name}"
        try:
            files.append((where, read_toml(path, Comparators, where)))
        except InputMistake as mistake:
            problems += mistake.problems
    named = {key for _, each in files for key in each.names}
    problems += _overlaps(files)
    found: list[Elsewhere] = []
    for where, each in files:
        for number, series in enumerate(each.elsewhere, start=1):
            key = f"elsewhere {number}, {series.who}"
            wrong = list(_problems(series, where, key, named, definitions))
            problems += wrong
            if not wrong:
                found += _with_figures(series, body, definitions, named, where, key, problems)
    problems += _twice(found)
    if problems:
        raise InputMistake(problems)
    return Comparators(
        group=tuple(g for _, each in files for g in each.group),
        nation=tuple(n for _, each in files for n in each.nation),
        elsewhere=tuple(found),
    )


def _overlaps(files: list[tuple[str, Comparators]]) -> Iterator[Problem]:
    """Editions of one group of which two stood on one day."""
    groups = Comparators(group=tuple(g for _, each in files for g in each.group))
    for key in dict.fromkeys(g.key for g in groups.group):
        for one, other in pairwise(groups.editions(key)):
            if one.until is None or one.until >= other.since:
                yield Problem(
                    FOLDER,
                    f"two editions of the group '{key}' stood on {other.since}",
                    "editions that follow one another",
                    "Give the earlier one its last day, in until.",
                    f"group {key}",
                )


def _problems(
    series: Elsewhere,
    where: str,
    key: str,
    named: set[str],
    definitions: Mapping[str, Definition],
) -> Iterator[Problem]:
    if series.who not in named:
        yield Problem(
            where, f"'{series.who}' is no member of a group and no nation",
            ", ".join(sorted(named)) or "a member of a [[group]], or a [[nation]]",
            "Name it in a [[group]] or as a [[nation]].", f"{key}, who",
        )  # fmt: skip
    definition = definitions.get(series.measure)
    if definition is None:
        yield Problem(
            where, f"there is no measure '{series.measure}'", ", ".join(sorted(definitions)),
            "Name a measure of this body.", f"{key}, measure",
        )  # fmt: skip
    elif series.statistic not in definition.statistics:
        yield Problem(
            where, f"'{series.measure}' has no statistic '{series.statistic}'",
            ", ".join(definition.statistics), "Name one of these.", f"{key}, statistic",
        )  # fmt: skip
    else:
        yield from _unreadable(series, definition, where, key)


def _unreadable(
    series: Elsewhere, definition: Definition, where: str, key: str
) -> Iterator[Problem]:
    for stated in series.figures:
        if stated.value is None:
            continue
        try:
            quantity(stated.value, unit_of(definition, series.statistic))
        except ValueError as error:
            yield Problem(
                where, str(error), next_step="Correct the value.", key=f"{key}, {stated.period}"
            )


def _with_figures(
    series: Elsewhere,
    body: Body,
    definitions: Mapping[str, Definition],
    named: set[str],
    where: str,
    key: str,
    problems: list[Problem],
) -> list[Elsewhere]:
    """The series with its figures in place; none, and a problem, where they cannot be had."""
    try:
        if series.file:
            stated = _from_file(series, body.folder / FOLDER / series.file, named)
        elif series.body:
            stated = _from_body(series, (body.folder / series.body), definitions)
        else:
            return [series]
    except InputMistake as mistake:
        problems += mistake.problems
        return []
    if not stated:
        problems.append(
            Problem(
                where, "there is no figure of this measure and statistic there",
                next_step="Check the measure, the statistic and the place.", key=key,
            )
        )  # fmt: skip
        return []
    return [series.model_copy(update={"figures": stated, "file": "", "body": ""})]


def _from_file(series: Elsewhere, path: Path, named: set[str]) -> tuple[Stated, ...]:
    areas = [*sorted(named), WHOLE]
    figures = [
        each
        for each in read_figures_file(path, f"{FOLDER}/{series.file}", areas)
        if (each.measure, each.statistic) == (series.measure, series.statistic)
        and each.area == series.who
    ]
    return tuple(_stated(figure) for figure in figures)


def _stated(figure: Figure) -> Stated:
    counted = figure.numerator is not None and figure.denominator is not None
    return Stated(
        period=str(figure.period),
        value=None if counted else figure.value,
        numerator=figure.numerator if counted else None,
        denominator=figure.denominator if counted else None,
        status=str(figure.status),  # type: ignore[arg-type]  # held by the model
    )


_KEPT = (Status.OK, Status.ZERO, Status.PROVISIONAL, Status.REVISED, Status.SUPPRESSED)


def _from_body(
    series: Elsewhere, folder: Path, definitions: Mapping[str, Definition]
) -> tuple[Stated, ...]:
    """The results of another body's current records, counted by our own definition."""
    other = open_body(folder)
    definition = definitions[series.measure]
    results = compute(other, {series.measure: definition}, current_snapshot(other))
    return tuple(
        _mapped(result)
        for result in results.of(series.measure)
        if (result.statistic, result.area, result.split, result.basis)
        == (series.statistic, series.place, "", "raw")
        and result.status in _KEPT
    )


def _mapped(result: Result) -> Stated:
    if result.value is None:
        return Stated(period=result.period, status="suppressed")
    counted = result.count is not None and bool(result.n)
    return Stated(
        period=result.period,
        value=None if counted else result.value,
        numerator=result.count if counted else None,
        denominator=result.n if counted else None,
        status=str(result.status),  # type: ignore[arg-type]  # held by the model
    )


def _twice(found: list[Elsewhere]) -> Iterator[Problem]:
    met = set()
    for series in found:
        name = (series.measure, series.statistic, series.who)
        if name in met:
            yield Problem(
                FOLDER, f"{series.who} has two series of {series.measure} {series.statistic}",
                "one series of each", "Put them together, or take one out.", series.who,
            )  # fmt: skip
        met.add(name)
