"""`answerable chart`: a control chart for an analyst with nothing but a file."""

import math
from collections.abc import Mapping
from enum import StrEnum
from pathlib import Path
from typing import Annotated

import typer

from .app import app
from .chart_options import (
    Kind,
    Shape,
    check_columns,
    constant_of,
    excluded,
    made_of,
    mistake,
    rebased,
    target_of,
)
from .chart_printed import Form, printed, printed_facets
from .series_file import read_facets
from .understood_file import AREA, CORRECT, LINE, SHEET


class Better(StrEnum):
    LOWER = "lower"
    HIGHER = "higher"
    NEITHER = "neither"


@app.command()
def chart(
    file: Annotated[Path, typer.Argument(metavar="FILE", help="A spreadsheet, or CSV.")],
    kind: Annotated[
        Kind | None,
        typer.Option(help="How the limits are worked out; may be left out for a spreadsheet."),
    ] = None,
    x: Annotated[
        str | None,
        typer.Option(help="CSV, strictly: column of the points' labels, in order of time."),
    ] = None,
    value: Annotated[str | None, typer.Option(help="Column of the figures.")] = None,
    numerator: Annotated[str | None, typer.Option(help="Column of the numerators.")] = None,
    denominator: Annotated[str | None, typer.Option(help="Column of the denominators.")] = None,
    better: Annotated[Better, typer.Option(help="Which way is good.")] = Better.NEITHER,
    target: Annotated[str | None, typer.Option(help="A target, as 0.8 or 80%.")] = None,
    rebase: Annotated[
        list[str] | None, typer.Option(help="Work out limits afresh from this point or date.")
    ] = None,
    why: Annotated[list[str] | None, typer.Option(help="What changed then; one a re-base.")] = None,
    by: Annotated[
        list[str] | None,
        typer.Option("--by", "--name", help="Who decided on the re-base; one a re-base."),
    ] = None,
    freeze: Annotated[
        int | None, typer.Option(help="Rest the limits on the first so many points.")
    ] = None,
    exclude: Annotated[
        list[str] | None, typer.Option(help="Show the point of this label, off the limits.")
    ] = None,
    facet: Annotated[
        list[str] | None,
        typer.Option(help="Column that names the series: a chart for each, on one scale."),
    ] = None,
    multiply: Annotated[
        float, typer.Option(help="Figures and limits times so many, as 100 for percentages.")
    ] = 1,
    per: Annotated[float, typer.Option(help="u charts: events per so many.")] = 1,
    constant: Annotated[
        str, typer.Option(help="xmr: limits lie so many mean ranges out, as 2.66 or 3/1.128.")
    ] = "2.66",
    screen: Annotated[
        bool, typer.Option(help="Leave exceptional ranges out of the limits, once.")
    ] = True,
    any_length: Annotated[
        bool, typer.Option("--any-length", help="Limits and signals however few the points.")
    ] = False,
    negative: Annotated[
        bool, typer.Option("--negative", help="Figures below 0 are meant.")
    ] = False,
    title: Annotated[str, typer.Option(help="Title of the drawing.")] = "",
    sheet: Annotated[str, typer.Option(help=SHEET)] = "",
    line: Annotated[str, typer.Option(help=LINE)] = "",
    area: Annotated[str, typer.Option(help=AREA)] = "",
    correct: Annotated[list[str] | None, typer.Option(help=CORRECT)] = None,
    form: Annotated[Form, typer.Option("--format", help="What to print.")] = Form.TEXT,
) -> None:
    """Draw limits round a series and say which points are beyond ordinary variation.

    Where no column is named, the file's tables are understood: see `answerable look`. The kind
    of chart then follows from the figures; re-bases and the like need columns that are named.
    """
    given = {
        "--kind": kind, "--rebase": rebase, "--why": why, "--by": by, "--freeze": freeze,
        "--any-length": any_length, "--negative": negative, "--exclude": exclude,
        "--facet": facet, "--multiply": multiply != 1,
    }  # fmt: skip
    if x is None and not (value or numerator or denominator):
        _understood(file, sheet, line, area, correct or [], better, target, given, form, title)
        return
    if x is None or kind is None:
        option, wanted = ("--x", "--x COLUMN") if x is None else ("--kind", ", ".join(Kind))
        raise mistake(option, "columns are named, and this is not", wanted, "Name it.")
    check_columns(kind, value)
    share = kind in (Kind.P, Kind.P_PRIME)
    facets = read_facets(
        file, facet or [], x=x, value=value, numerator=numerator, denominator=denominator,
        share=share, negative=negative,
    )  # fmt: skip
    for name, series in facets.items():
        for remark in series.remarks:
            typer.echo(f"{name}: {remark}" if name else remark, err=True)
    if freeze is not None and freeze < 1:
        raise mistake("--freeze", "limits cannot rest on no points", "1 or more")
    shape = Shape(
        kind,
        constant_of(constant),
        _above_0("--per", per),
        _above_0("--multiply", multiply),
        {
            "better": better.value,
            "target": None if target is None else target_of(target, share),
            "freeze": freeze,
            "screen": screen,
            "any_length": any_length,
        },
    )
    rebases = rebased(facets, rebase or [], why or [], by or [])
    left_out = excluded(facets, exclude or [])
    made = {
        name: made_of(series, shape, rebases=rebases[name], exclude=left_out[name])
        for name, series in facets.items()
    }
    named = value or f"{numerator} per {denominator}"
    title = title or f"{named}, {kind.value} chart"
    if facet:
        typer.echo(printed_facets(made, form, title, named, shape.show), nl=False)
    else:
        typer.echo(printed(made[""], form, title, named, shape.show), nl=False)


def _understood(
    file: Path,
    sheet: str,
    line: str,
    area: str,
    correct: list[str],
    better: Better,
    target: str | None,
    strict: Mapping[str, object],
    form: Form,
    title: str,
) -> None:
    """The chart of a line of a spreadsheet, where no column is named."""
    from .chart_line import chart_line

    for option, given in strict.items():
        if given:
            raise mistake(option, "this goes with columns that are named", "--x COLUMN …",
                          "Name the columns of a CSV file, or leave it out.")  # fmt: skip
    made, show, named = chart_line(file, sheet, line, area, correct, better.value, target)
    typer.echo(printed(made, form, title or named, named, show), nl=False)


def _above_0(option: str, number: float) -> float:
    if not (math.isfinite(number) and number > 0):
        raise mistake(option, "this is not a number above 0", "as 1000")
    return number
