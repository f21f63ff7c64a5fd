"""`answerable chart`: a control chart for an analyst with nothing but a file."""

import math
from enum import StrEnum
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from .app import app
from .understood_file import AREA, CORRECT, LINE, SHEET

if TYPE_CHECKING:
    from ..chain.statistics import Chart, Rebase
    from ..chain.statistics.reading import Show
    from .series_file import Series


class Kind(StrEnum):
    RUN = "run"
    XMR = "xmr"
    P = "p"
    P_PRIME = "p-prime"
    U = "u"
    U_PRIME = "u-prime"
    C = "c"
    G = "g"
    T = "t"


FROM_COUNTS = (Kind.P, Kind.P_PRIME, Kind.U, Kind.U_PRIME)
"""Kinds that are made from numerators and denominators; the others from one column."""


class Better(StrEnum):
    LOWER = "lower"
    HIGHER = "higher"
    NEITHER = "neither"


class Form(StrEnum):
    TEXT = "text"
    JSON = "json"
    CSV = "csv"
    SVG = "svg"


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
    freeze: Annotated[
        int | None, typer.Option(help="Rest the limits on the first so many points.")
    ] = None,
    exclude: Annotated[
        list[str] | None, typer.Option(help="Show the point of this label, off the limits.")
    ] = None,
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
    from .series_file import read_series

    if x is None and not (value or numerator or denominator):
        from .chart_line import chart_line

        strict = {
            "--kind": kind, "--rebase": rebase, "--why": why, "--freeze": freeze,
            "--any-length": any_length, "--negative": negative, "--exclude": exclude,
        }  # fmt: skip
        for option, given in strict.items():
            if given:
                raise _mistake(option, "this goes with columns that are named", "--x COLUMN …",
                               "Name the columns of a CSV file, or leave it out.")  # fmt: skip
        made, show, named = chart_line(file, sheet, line, area, correct or [], better.value, target)
        typer.echo(_printed(made, form, title or named, named, show), nl=False)
        return
    if x is None or kind is None:
        option, wanted = ("--x", "--x COLUMN") if x is None else ("--kind", ", ".join(Kind))
        raise _mistake(option, "columns are named, and this is not", wanted, "Name it.")
    _check_columns(kind, value)
    share = kind in (Kind.P, Kind.P_PRIME)
    series = read_series(
        file, x=x, value=value, numerator=numerator, denominator=denominator,
        share=share, negative=negative,
    )  # fmt: skip
    for remark in series.remarks:
        typer.echo(remark, err=True)
    if freeze is not None and freeze < 1:
        raise _mistake("--freeze", "limits cannot rest on no points", "1 or more")
    if not (math.isfinite(per) and per > 0):
        raise _mistake("--per", "this is not a number above 0", "as 1000")
    options = {
        "better": better.value,
        "target": None if target is None else _target(target, share),
        "rebases": _rebases(series, rebase or [], why or []),
        "freeze": freeze,
        "screen": screen,
        "any_length": any_length,
        "exclude": _labels(series, exclude or []),
    }
    made = _made(kind, series, _constant(constant), per, options)
    named = value or f"{numerator} per {denominator}"
    typer.echo(_printed(made, form, title or f"{named}, {kind.value} chart", named), nl=False)


def _mistake(
    where: str, found: str, allowed: str, next_step: str = "Correct the option."
) -> Exception:
    from ..chain.body import InputMistake, Problem

    return InputMistake(Problem(where, found, allowed, next_step))


def _made(
    kind: Kind, series: "Series", constant: float, per: float, options: dict[str, Any]
) -> "Chart":
    """The chart of a kind. Raises InputMistake for figures that it cannot be made from."""
    from ..chain import statistics

    if kind == Kind.XMR:
        return statistics.xmr(series.x, series.values, constant=constant, **options)
    if series.numerators is None or series.denominators is None:
        plain_kinds = {
            Kind.RUN: statistics.run, Kind.C: statistics.c, Kind.G: statistics.g,
            Kind.T: statistics.t,
        }  # fmt: skip
        try:
            return plain_kinds[kind](series.x, series.values, **options)
        except ValueError as error:
            raise _mistake("--kind", str(error), "xmr, run", "Use another kind.") from None
    prime = kind in (Kind.P_PRIME, Kind.U_PRIME)
    counts = (series.x, series.numerators, series.denominators)
    if kind in (Kind.P, Kind.P_PRIME):
        return statistics.p(*counts, prime=prime, show=_percent, **options)
    return statistics.u(*counts, prime=prime, per=per, **options)


def _labels(series: "Series", exclude: list[str]) -> tuple[str, ...]:
    """The labels of points to leave out of the limits, each of which must be there."""
    strays = [text for text in exclude if text not in series.x]
    if strays:
        raise _mistake("--exclude", f"no point has the label '{strays[0]}'",
                       f"a label from {series.x[0]} to {series.x[-1]}")  # fmt: skip
    return tuple(dict.fromkeys(exclude))


def _check_columns(kind: Kind, value: str | None) -> None:
    if value and kind in FROM_COUNTS:
        raise _mistake(
            "--value",
            f"a {kind.value} chart is made from counts",
            "--numerator COLUMN with --denominator COLUMN",
            "Name both, or use --kind xmr.",
        )
    if not value and kind not in (*FROM_COUNTS, Kind.XMR):
        raise _mistake(
            "--numerator",
            f"a {kind.value} chart is made from one column of figures",
            "--value COLUMN",
            "Name it, or use --kind p, p-prime, u, u-prime or xmr.",
        )


def _target(text: str, share: bool) -> float:
    """A target as a number: 80% is 0.8."""
    try:
        number = float(text.removesuffix("%")) / (100 if text.endswith("%") else 1)
    except ValueError:
        number = math.nan
    if not math.isfinite(number):
        raise _mistake("--target", "this is not a number", "a number as 0.8, or 80%")
    if share and not 0 <= number <= 1:
        raise _mistake("--target", "a share lies from 0 to 1", "a number as 0.8, or 80%")
    return number


def _constant(text: str) -> float:
    """A number above 0, or one divided by another."""
    try:
        parts = [float(part) for part in text.split("/")]
        number = (
            parts[0] if len(parts) == 1 else parts[0] / parts[1] if len(parts) == 2 else math.nan
        )
    except (ValueError, ZeroDivisionError):
        number = math.nan
    if not (math.isfinite(number) and number > 0):
        raise _mistake("--constant", "this is not a number above 0", "as 2.66 or 3/1.128")
    return number


def _rebases(series: "Series", rebase: list[str], why: list[str]) -> list["Rebase"]:
    from ..chain.statistics import Rebase

    if len(rebase) != len(why) or not all(text.strip() for text in why):
        raise _mistake(
            "--rebase",
            "limits are worked out afresh only at a recorded change",
            "one --why TEXT for each --rebase",
            "Say what changed then.",
        )
    made = []
    for when, because in zip(rebase, why, strict=True):
        label = series.first_from(when)
        if label is None or label == series.x[0]:
            raise _mistake(
                "--rebase",
                f"'{when}' does not divide the series",
                f"a label or date after {series.x[0]} and up to {series.x[-1]}",
            )
        made.append(Rebase(label, because))
    if len({one.at for one in made}) < len(made):
        raise _mistake("--rebase", "two re-bases fall on one point", "each at a point of its own")
    return sorted(made, key=lambda one: series.x.index(one.at))


def _percent(value: float) -> str:
    from ..chain.measures import shown

    return shown(value, "share")


def _printed(made: "Chart", form: Form, title: str, named: str, show: "Show | None" = None) -> str:
    import json

    from ..chain.statistics.reading import plain

    show = show or (_percent if made.kind.startswith("p") else plain)

    if form == Form.JSON:
        return json.dumps(made.as_json(), indent=2, ensure_ascii=False, allow_nan=False) + "\n"
    if form == Form.CSV:
        return _as_csv(made)
    if form == Form.SVG:
        from ..chain.charts import draw

        return draw(made, title=title, desc=made.sentence, show=show, y_label=named,
                    ident="chart") + "\n"  # fmt: skip
    return _as_text(made, show)


HEADER = ("x", "value", "n", "centre", "lower", "upper", "signals")


def _as_csv(made: "Chart") -> str:
    import csv
    import io

    from ..chain.body import inert

    out = io.StringIO()
    writer = csv.writer(out, lineterminator="\n")
    writer.writerow(HEADER)
    for point in made.points:
        numbers = (point.value, point.n, point.centre, point.lower, point.upper)
        cells = ["" if number is None else repr(number) for number in numbers]
        writer.writerow([inert(point.x), *cells, " ".join(point.signals)])
    return out.getvalue()


def _as_text(made: "Chart", show: "Show") -> str:
    from ..chain.statistics.reading import plain

    rows = [list(HEADER)]
    for point in made.points:
        numbers = (point.value, point.centre, point.lower, point.upper)
        value, *levels = ("–" if number is None else show(number) for number in numbers)
        n = "–" if point.n is None else plain(point.n)
        rows.append([point.x, value, n, *levels, ", ".join(point.signals)])
    widths = [max(len(row[i]) for row in rows) for i in range(len(HEADER))]
    table = [
        "  ".join(
            cell.ljust(width) if i in (0, len(HEADER) - 1) else cell.rjust(width)
            for i, (cell, width) in enumerate(zip(row, widths, strict=True))
        ).rstrip()
        for row in rows
    ]
    said = [made.sentence, *(note for note in made.notes if note not in made.sentence)]
    return "\n".join([*said, "", *table, ""])
