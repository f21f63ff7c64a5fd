"""`answerable funnel`: areas or forces beside the limits that their sizes give them."""

import csv
import io
import json
from collections.abc import Callable, Sequence
from dataclasses import asdict
from enum import StrEnum
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from .app import app

if TYPE_CHECKING:
    from ..chain.statistics import Funnel
    from ..chain.statistics.funnel import Unit


class Kind(StrEnum):
    AUTO = "auto"
    PROPORTION = "proportion"
    RATIO = "ratio"
    STANDARDISED = "standardised"
    STANDARDISED_SQRT = "standardised-sqrt"
    RATIO_PEER = "ratio-peer"


class Dispersion(StrEnum):
    AUTO = "auto"
    NONE = "none"
    ADDITIVE = "additive"


class Form(StrEnum):
    TEXT = "text"
    JSON = "json"
    CSV = "csv"
    SVG = "svg"


UNIT = ("unit", "value", "lower95", "upper95", "lower998", "upper998", "outlier")


@app.command()
def funnel(
    file: Annotated[Path, typer.Argument(metavar="FILE.csv", help="A CSV file with a header.")],
    unit: Annotated[str, typer.Option(help="Column of the names of areas or forces.")],
    numerator: Annotated[str, typer.Option(help="Column of the numerators.")],
    denominator: Annotated[
        str, typer.Option(help="Column of the denominators, or of what was expected.")
    ],
    kind: Annotated[
        Kind,
        typer.Option(help="auto: shares, where no numerator is larger than its denominator."),
    ] = Kind.AUTO,
    dispersion: Annotated[
        Dispersion,
        typer.Option(help="How much units may differ beyond chance; auto suits their number."),
    ] = Dispersion.AUTO,
    highlight: Annotated[str, typer.Option(help="The unit that is asked about.")] = "",
    title: Annotated[str, typer.Option(help="Title of the drawing.")] = "",
    form: Annotated[Form, typer.Option("--format", help="What to print.")] = Form.TEXT,
) -> None:
    """Say which areas lie further from the others than their sizes explain. There are no ranks.

    Under 20 units each is held against the rest; from 20, all give the allowance for
    differences beyond chance. A unit is called an outlier beyond the 99.8% limits only.
    """
    from ..chain.body import InputMistake, Problem
    from ..chain.statistics import funnel as made_of
    from .series_file import read_series

    read = read_series(
        file, x=unit, numerator=numerator, denominator=denominator,
        share=kind == Kind.PROPORTION, timed=False,
    )  # fmt: skip
    rows = [
        (name, top, n)
        for name, top, n in zip(read.x, read.numerators or (), read.denominators or (), strict=True)
        if top is not None and n
    ]
    if len(rows) < len(read.x):
        typer.echo(f"{len(read.x) - len(rows)} units without figures are left out.", err=True)
    if not rows:
        raise InputMistake(
            Problem(file.name, "no unit has both a numerator and a denominator", "figures",
                    "Check the columns.")
        )  # fmt: skip
    if highlight and highlight not in read.x:
        raise InputMistake(
            Problem("--highlight", f"there is no unit '{highlight}'", ", ".join(read.x[:20]),
                    "Write the name as it stands in the file.")
        )  # fmt: skip
    names, tops, wholes = zip(*rows, strict=True)
    chosen = str(kind)
    if kind == Kind.AUTO:
        over = [name for name, top, n in rows if top > n]
        chosen = "ratio" if over else "proportion"
        if over:
            typer.echo(_taken_for_rates(over), err=True)
    try:
        found = made_of(names, tops, wholes, kind=chosen, dispersion=str(dispersion))  # type: ignore[arg-type]
    except ValueError as error:
        raise InputMistake(
            Problem(file.name, str(error), "counts, and what they are counts of",
                    "Correct the file, or name another --kind.")
        ) from None  # fmt: skip
    typer.echo(_printed(found, form, title or f"{numerator} of {denominator}", highlight), nl=False)


def _taken_for_rates(over: Sequence[str]) -> str:
    more = f" and {len(over) - 3} more" if len(over) > 3 else ""
    return (
        f"The numerator is larger than the denominator for {', '.join(over[:3])}{more}, so these"
        " are taken for rates. If they are shares, name --kind proportion and correct the file."
    )


def _printed(found: "Funnel", form: Form, title: str, highlight: str) -> str:
    if form == Form.JSON:
        units = [{name: getattr(each, name) for name in UNIT} for each in found.units]
        said = {"units": units, "phi": found.phi, "tau2": found.tau2, "method": found.method}
        return json.dumps(said, indent=2, ensure_ascii=False) + "\n"
    if form == Form.CSV:
        return _csv(found)
    if form == Form.SVG:
        from ..chain.charts import funnel_drawn

        return funnel_drawn(found, title=title, show=_show(found), highlight=highlight)
    return told(found, highlight)


def _csv(found: "Funnel") -> str:
    from ..chain.body import inert

    out = io.StringIO()
    writer = csv.DictWriter(out, UNIT, lineterminator="\r\n", extrasaction="ignore")
    writer.writeheader()
    for each in found.units:
        writer.writerow(asdict(each) | {"unit": inert(each.unit)})
    return out.getvalue()


def _show(found: "Funnel") -> "Callable[[float], str]":
    from ..chain.measures import Unit as Measured
    from ..chain.measures import shown

    if found.kind == "proportion":
        return lambda value: shown(value, Measured.SHARE)
    return lambda value: f"{value:.4g}"


def told(found: "Funnel", highlight: str = "") -> str:
    """The funnel as a person reads it: outliers, the area asked about, and the table."""
    from ..chain.statistics import false_outliers

    show = _show(found)
    outliers = [each for each in found.units if each.outlier]
    lines = []
    for each in outliers:
        side = "above" if each.value > each.upper998 else "below"
        lines.append(
            f"{each.unit}: {show(each.value)} is {side} the 99.8% limits for its size,"
            f" {show(each.lower998)} to {show(each.upper998)}."
        )
    if not outliers and any(each.outlier is False for each in found.units):
        lines.append("No unit lies further from the others than its size explains.")
    if all(each.outlier is None for each in found.units):
        lines.append("Of no unit can it be told whether it stands apart.")
    lines += [_asked(each, show) for each in found.units if each.unit == highlight]
    wide = max(len(each.unit) for each in found.units)
    lines.append("")
    for each in found.units:
        mark = {True: "outlier", False: "", None: "too few to tell"}[each.outlier]
        reach = f"{show(each.lower998)} to {show(each.upper998)}"
        lines.append(f"  {each.unit:<{wide}}  {show(each.value):>8}  {reach:>20}  {mark}".rstrip())
    lines.append("")
    lines.append(f"Limits: {found.method}; φ {found.phi:.3g}, τ² {found.tau2:.3g}.")
    lines += found.notes
    if chance := false_outliers(found).sentence:
        lines.append(chance)
    return "\n".join(lines) + "\n"


def _asked(each: "Unit", show: "Callable[[float], str]") -> str:
    if each.outlier is None:
        return (
            f"{each.unit}: {show(each.value)}. There is too little to tell whether it stands apart."
        )
    stands = "stands apart" if each.outlier else "does not stand apart"
    return (
        f"{each.unit}: {show(each.value)} {stands}; a unit of its size with nothing the matter"
        f" would lie from {show(each.lower998)} to {show(each.upper998)}."
    )
