"""`answerable measure`: the figures of a body, for those who hold the records."""

import contextlib
from collections.abc import Iterable, Iterator, Mapping
from enum import StrEnum
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from .app import app
from .measure_forms import Form, check_output, write

if TYPE_CHECKING:
    from ..chain.body import Body, Period
    from ..chain.measures import Counting, Definition, Gathered, Result, Results

NOT_FOR_PUBLICATION = (
    "These figures are not for publication: small numbers in them have not been withheld."
)


class Engine(StrEnum):
    """Who counts the records."""

    DUCKDB = "duckdb"
    SPARK = "spark"


@app.command()
def measure(
    folder: Annotated[Path, typer.Argument(metavar="BODY", help="The body's folder.")],
    keys: Annotated[
        list[str] | None,
        typer.Option("--measure", metavar="KEY", help="A measure; may be given more than once."),
    ] = None,
    area: Annotated[
        list[str] | None, typer.Option(help="An area's code, or all; may be given more than once.")
    ] = None,
    period: Annotated[
        list[str] | None,
        typer.Option(help="2023-11, 2023-Q4, 2023/24, 2023/24-Q2 or A..B; more than one may be."),
    ] = None,
    form: Annotated[Form, typer.Option("--format", help="How to write them.")] = Form.TABLE,
    out: Annotated[
        Path | None, typer.Option(help="File to write to, rather than standard output.")
    ] = None,
    cases: Annotated[
        bool, typer.Option("--cases", help="Try the worked cases of the definitions instead.")
    ] = False,
    engine: Annotated[
        Engine, typer.Option(help="Who counts the records; the figures are the same.")
    ] = Engine.DUCKDB,
    master: Annotated[
        str,
        typer.Option(metavar="ADDRESS", help="Where Spark runs: local[*] or spark://HOST:PORT."),
    ] = "local[*]",
) -> None:
    """Figures of a body's current records: everything, or the measures, areas and periods named.

    Without a period the table shows the last twelve months; the other formats hold all.
    """
    from ..chain.body import open_body
    from ..chain.bundles.grounds import grounds_of
    from ..chain.measures import load_definitions
    from ..chain.measures.definitions import chosen
    from .check import tell_differences

    body = open_body(folder)
    if cases:
        _try_cases(chosen(load_definitions(body), tuple(keys or ()), "--measure"))
        return
    grounds = grounds_of(body)
    definitions = chosen(grounds.definitions, tuple(keys or ()), "--measure")
    windows = _periods(period or ())
    _check_areas(body, area or ())
    check_output(form, out)
    typer.echo(NOT_FOR_PUBLICATION, err=True)
    with _counting(body, engine, master) as counting:
        held = grounds.of(definitions).results(windows, counting)
    tell_differences(held.differences)
    results = held.results
    if not windows and form == Form.TABLE:
        windows = _last_months(results)
    write(form, out, results, body, definitions, list(_wanted(results, area or (), windows)))


@contextlib.contextmanager
def _counting(body: "Body", engine: Engine, master: str) -> "Iterator[Counting | None]":
    """Who counts. Raises InputMistake where Spark is wanted and is not there."""
    if engine == Engine.DUCKDB:
        yield None
        return
    from ..chain.measures.spark import OnSpark, spark_session

    with spark_session(body.var / "results" / "spill", master) as session:
        counting = OnSpark(session)
        try:
            yield counting
        finally:
            counting.close()


def _periods(texts: Iterable[str]) -> "tuple[Period, ...]":
    from ..chain.body import Period

    return tuple(Period.read(text, "--period") for text in texts)


def _check_areas(body: "Body", codes: Iterable[str]) -> None:
    """Raise InputMistake for a code that is no place of the body."""
    from ..chain.body import InputMistake, Problem
    from ..chain.measures.places import places_of

    known = places_of(body).codes
    strays = [code for code in codes if code not in known]
    if strays:
        raise InputMistake(
            Problem("--area", f"there is no area '{code}'", ", ".join(known), "Correct the code.")
            for code in strays
        )


def _last_months(results: "Results | Gathered") -> "tuple[Period, ...]":
    """The twelve months that end with the last covered one."""
    from ..chain.body import Period
    from ..chain.measures import Grain, Status

    covered = [
        Period.parse(result.period)
        for result in results
        if result.grain == Grain.WINDOW and result.status != Status.MISSING
    ]
    last = max(covered, key=lambda period: period.last, default=None)
    return (last,) if last else ()


def _wanted(
    results: "Results | Gathered", areas: Iterable[str], windows: "tuple[Period, ...]"
) -> "Iterator[Result]":
    """The results of these areas and periods, in the order of the file."""
    from ..chain.body import Period

    places = set(areas)
    months = {(window.first, window.last) for window in windows}
    spelled = {
        text: (parsed.first, parsed.last)
        for text in {result.period for result in results}
        for parsed in [Period.parse(text)]
    }
    taken: set[tuple[object, ...]] = set()
    for result in results:
        when = spelled[result.period]
        if (places and result.area not in places) or (months and when not in months):
            continue
        # A rolling year may be a financial year too: one of the two is enough.
        name = (result.measure, result.statistic, result.area, result.split, result.basis, when)
        if not months or name not in taken:
            taken.add(name)
            yield result


def _try_cases(definitions: "Mapping[str, Definition]") -> None:
    """Say of each worked case whether it holds. Raises InputMistake where one does not."""
    from ..chain.body import InputMistake
    from ..chain.measures.cases import try_cases

    tried = try_cases(definitions)
    for each in tried:
        verdict = "holds" if each.holds else "DOES NOT HOLD"
        typer.echo(f"{each.definition.key}: {each.case.title}: {verdict}")
    problems = [each.problem() for each in tried if not each.holds]
    if problems:
        raise InputMistake(problems)
    typer.echo(f"All {len(tried)} worked cases hold.", err=True)
