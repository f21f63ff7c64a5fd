"""How the figures of `answerable measure` are written: a table, CSV, JSON or Parquet."""

from collections.abc import Mapping
from dataclasses import fields
from enum import StrEnum
from pathlib import Path
from typing import TYPE_CHECKING, Any

import typer

if TYPE_CHECKING:
    from ..chain.body import Body
    from ..chain.measures import Definition, Gathered, Result, Results


class Form(StrEnum):
    """How figures are written."""

    TABLE = "table"
    CSV = "csv"
    JSON = "json"
    PARQUET = "parquet"


def check_output(form: Form, out: Path | None) -> None:
    """Raise InputMistake where figures of this form cannot be written there."""
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


def write(
    form: Form,
    out: Path | None,
    results: "Results | Gathered",
    body: "Body",
    definitions: "Mapping[str, Definition]",
    wanted: "list[Result]",
) -> None:
    """Write the wanted figures to a file, or to standard output."""
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
