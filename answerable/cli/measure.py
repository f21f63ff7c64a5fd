"""`answerable measure`: the figures of a body, for those who hold the records."""

import contextlib
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import fields
from enum import StrEnum
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from .app import app

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


class Form(StrEnum):
    """How figures are written."""

    TABLE = "table"
    CSV = "csv"
    JSON = "json"
    PARQUET = "parquet"


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
    _check_output(form, out)
    typer.echo(NOT_FOR_PUBLICATION, err=True)
    with _counting(body, engine, master) as counting:
        held = grounds.of(definitions).results(windows, counting)
    tell_differences(held.differences)
    results = held.results
    if not windows and form == Form.TABLE:
        windows = _last_months(results)
    _write(form, out, results, body, definitions, list(_wanted(results, area or (), windows)))


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


def _check_output(form: Form, out: Path | None) -> None:
    from ..chain.body import InputMistake, Problem

    if form == Form.PARQUET and out is None:
        raise InputMistake(
            Problem(
                "--format parquet",
                "Parquet is not text and cannot go to standard output",
                next_step="Name a file with --out.",
            )
        )
    if out is not None and not out.parent.is_dir():
        raise InputMistake(
            Problem("--out", f"there is no folder {out.parent}", next_step="Make it first.")
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


def _write(
    form: Form,
    out: Path | None,
    results: "Results | Gathered",
    body: "Body",
    definitions: "Mapping[str, Definition]",
    wanted: "list[Result]",
) -> None:
    if form == Form.PARQUET and out:
        _parquet(results, out, wanted)
        return
    text = {Form.CSV: _csv, Form.JSON: _json, Form.TABLE: _table}[form](wanted, body, definitions)
    if out is None:
        typer.echo(text, nl=False)
    else:
        out.write_text(text, encoding="utf-8", newline="")
        typer.echo(f"{len(wanted):,} figures written to {out}", err=True)


def _row(result: "Result") -> dict[str, Any]:
    row = {field.name: getattr(result, field.name) for field in fields(result)}
    row["excluded"] = dict(result.excluded)
    return row


def _csv(wanted: "list[Result]", body: "Body", definitions: "Mapping[str, Definition]") -> str:
    """One line a figure; the reasons of `excluded` as `reason=count`, apart by semicolons."""
    import csv
    import io

    from ..chain.body import inert
    from ..chain.measures import Result as Kind

    stream = io.StringIO()
    writer = csv.DictWriter(stream, [field.name for field in fields(Kind)], lineterminator="\n")
    writer.writeheader()
    for result in wanted:
        excluded = "; ".join(f"{why}={count}" for why, count in result.excluded)
        row = {name: inert(value) for name, value in _row(result).items()}
        writer.writerow({**row, "excluded": excluded})
    return stream.getvalue()


def _json(wanted: "list[Result]", body: "Body", definitions: "Mapping[str, Definition]") -> str:
    """A list of objects, each with its sentence."""
    import json

    from ..chain.measures import load_codes, sentence

    codes = load_codes(body)
    rows = [
        {**_row(result), "sentence": sentence(result, definitions[result.measure], body, codes)}
        for result in wanted
    ]
    return json.dumps(rows, ensure_ascii=False, indent=1) + "\n"


def _table(wanted: "list[Result]", body: "Body", definitions: "Mapping[str, Definition]") -> str:
    """The undivided figures on the raw basis, as a person reads them."""
    from rich.console import Console
    from rich.table import Table

    from ..chain.measures import shown

    table = Table(box=None, pad_edge=False)
    for name in ("measure", "statistic", "area", "period"):
        table.add_column(name, overflow="fold")
    for name in ("value", "95% interval", "n"):
        table.add_column(name, justify="right")
    table.add_column("status")
    for result in wanted:
        if result.split or result.basis != "raw":
            continue
        per = definitions[result.measure].per
        ends = [
            shown(end, result.unit, per)
            for end in (result.lower, result.upper) if end is not None
        ]  # fmt: skip
        table.add_row(
            result.measure, result.statistic, result.area, result.period,
            "" if result.value is None else shown(result.value, result.unit, per),
            " to ".join(ends), "" if result.n is None else f"{result.n:,}", str(result.status),
        )  # fmt: skip
    console = Console(width=160, no_color=True, highlight=False)
    with console.capture() as capture:
        console.print(table)
    return "\n".join(line.rstrip() for line in capture.get().splitlines()) + "\n"


def _parquet(results: "Results | Gathered", out: Path, wanted: "list[Result]") -> None:
    """The rows of the results' own files that are wanted."""
    import duckdb

    from ..chain.measures import Results

    if not isinstance(results, Results):
        _gathered_parquet(out, wanted)
        return
    names = {
        (r.measure, r.statistic, r.area, r.period, r.split, r.basis, str(r.grain)) for r in wanted
    }
    columns = ("measure", "statistic", "area", "period", "split", "basis", "grain")
    lists: dict[str, list[str]] = {
        column: [name[i] for name in names] for i, column in enumerate(columns)
    }
    with duckdb.connect() as connection:
        picked = ", ".join(f"unnest(${column}::VARCHAR[]) AS {column}" for column in columns)
        connection.execute(f"CREATE TEMP TABLE wanted AS SELECT {picked}", lists)
        target = str(out).replace("'", "''")
        connection.execute(
            f"COPY (SELECT r.* FROM {results.relation} AS r SEMI JOIN wanted"  # noqa: S608  # quoted paths, our own columns
            f" USING ({', '.join(columns)}) ORDER BY measure, statistic, basis, split, area, grain,"
            f" first, last) TO '{target}' (FORMAT parquet)"
        )
    typer.echo(f"{len(wanted):,} figures written to {out}", err=True)


_TYPES = {
    "version": "INTEGER", "value": "DOUBLE", "n": "BIGINT", "lower": "DOUBLE", "upper": "DOUBLE",
    "count": "BIGINT", "excluded": "STRUCT(reason VARCHAR, count BIGINT)[]",
}  # fmt: skip


def _gathered_parquet(out: Path, wanted: "list[Result]") -> None:
    """Results of several sources, which lie in no file of their own."""
    import duckdb

    from ..chain.measures import Result as Kind

    names = [field.name for field in fields(Kind)]
    lists: dict[str, list[Any]] = {name: [getattr(r, name) for r in wanted] for name in names}
    for name in ("grain", "unit", "status", "grade"):
        lists[name] = [str(value) for value in lists[name]]
    lists["excluded"] = [
        [{"reason": why, "count": count} for why, count in each] for each in lists["excluded"]
    ]
    columns = ", ".join(
        f"unnest(${name}::{_TYPES.get(name, 'VARCHAR')}[]) AS {name}" for name in names
    )
    target = str(out).replace("'", "''")
    with duckdb.connect() as connection:
        connection.execute(f"CREATE TEMP TABLE wanted AS SELECT {columns}", lists)
        connection.execute(f"COPY wanted TO '{target}' (FORMAT parquet)")
    typer.echo(f"{len(wanted):,} figures written to {out}", err=True)


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
