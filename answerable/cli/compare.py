"""`answerable compare`: figures beside those of similar forces and of the country."""

import json
from enum import StrEnum
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from .app import app

if TYPE_CHECKING:
    from ..chain.comparators import Beside, Line
    from ..chain.measures import Result


class Form(StrEnum):
    TEXT = "text"
    JSON = "json"


@app.command()
def compare(
    folder: Annotated[Path, typer.Argument(metavar="BODY", help="The body's folder.")],
    keys: Annotated[
        list[str] | None,
        typer.Option("--measure", metavar="KEY", help="A measure; may be given more than once."),
    ] = None,
    form: Annotated[Form, typer.Option("--format", help="What to print.")] = Form.TEXT,
) -> None:
    """Figures beside those of similar forces and of the country, each with its own definition.

    Others are listed by name, never in ranks. What is shown has passed disclosure.
    """
    from ..chain.body import WHOLE, open_body
    from ..chain.bundles.grounds import defined
    from ..chain.comparators import NO_RANKS, beside, told
    from ..chain.measures import Gathered
    from ..chain.measures.definitions import chosen
    from .release import release_of

    body = open_body(folder)
    chosen(defined(body)[0], tuple(keys or ()), "--measure")
    release = release_of(body)
    ours = Gathered(release.results, release.source)
    named = body.area_name(WHOLE)
    found = [
        (each, definition)
        for definition in release.definitions
        if not keys or definition.key in keys
        for each in beside(definition, ours, release.comparators, body.file.appetite)
    ]
    if form == Form.JSON:
        typer.echo(json.dumps([_plain(each) for each, _ in found], indent=2, ensure_ascii=False))
        return
    if not found:
        typer.echo(
            "There is nothing to stand beside. Put similar forces and their figures into"
            f" {folder / 'comparators'}, over months that this body has figures for too."
        )
        return
    for each, definition in found:
        typer.echo(told(each, definition, named) + "\n")
    typer.echo(NO_RANKS)


def _plain(found: "Beside") -> dict[str, Any]:
    return {
        "measure": found.measure,
        "statistic": found.statistic,
        "period": str(found.period),
        "ours": _figure(found.ours),
        "nations": [_line(line) for line in found.nations],
        "groups": [
            {
                "group": grouped.group.key,
                "name": grouped.group.name,
                "since": grouped.group.since.isoformat(),
                "until": grouped.group.until.isoformat() if grouped.group.until else None,
                "together": _figure(grouped.together) if grouped.together else None,
                "added": grouped.added,
                "members": [_line(line) for line in grouped.lines],
                "left_out": [{"name": name, "why": why} for name, why in grouped.left_out],
            }
            for grouped in found.groups
        ],
    }


def _line(line: "Line") -> dict[str, Any]:
    return {
        "name": line.name,
        **_figure(line.result),
        "definition": line.how,
        "same": line.same,
        "differs": line.differs,
        "source": line.source,
    }


def _figure(result: "Result") -> dict[str, Any]:
    return {
        "value": result.value, "lower": result.lower, "upper": result.upper, "n": result.n,
        "count": result.count, "unit": str(result.unit), "status": str(result.status),
        "grade": str(result.grade),
    }  # fmt: skip
