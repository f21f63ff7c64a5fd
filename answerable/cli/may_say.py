"""`answerable may-say`: the strongest true sentence, before any paper goes out."""

import json
from enum import StrEnum
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from .app import app

if TYPE_CHECKING:
    from ..chain.body import Body
    from ..chain.papers.saying import Saying
    from ..chain.papers.sayings import Said


class Shape(StrEnum):
    TEXT = "text"
    JSON = "json"


@app.command("may-say")
def may_say(
    folder: Annotated[Path, typer.Argument(metavar="BODY", help="A body's folder.")],
    measures: Annotated[
        list[str] | None,
        typer.Argument(metavar="[MEASURE]...", help="Measures; all published ones if none."),
    ] = None,
    statistic: Annotated[
        list[str] | None,
        typer.Option(help="A statistic of the measures, rather than their first; or more."),
    ] = None,
    area: Annotated[
        list[str] | None, typer.Option(help="An area's code, rather than the whole; or more.")
    ] = None,
    to: Annotated[
        Path | None,
        typer.Option(metavar="FOLDER", help="Write the document, the workbook and the charts."),
    ] = None,
    form: Annotated[Shape, typer.Option("--format", help="What to print.")] = Shape.TEXT,
) -> None:
    """Say what a body's figures bear: the strongest true sentence, and what may not be said.

    Over the last twelve months that have settled against the twelve before, on figures as they
    may be shown. Nothing is published.
    """
    from ..chain.body import open_body
    from ..chain.papers.sayings import files_of
    from ..chain.papers.speaking import said_of

    body = open_body(folder)
    if to is not None:
        _check_folder(to)
    typer.echo("Computing the measures …", err=True)
    said = said_of(
        body, measures or (), statistic or (), area or (), on=_today(body),
        tell=lambda words: typer.echo(words, err=True),
    )  # fmt: skip
    if form == Shape.JSON:
        typer.echo(json.dumps([as_json(each) for each in said.sayings], indent=2,
                              ensure_ascii=False))  # fmt: skip
    else:
        typer.echo("\n\n".join([*(told(each) for each in said.sayings), _always(said)]))
    if to is not None:
        _write(to, files_of(said))


def _today(body: "Body") -> Any:
    from datetime import UTC, datetime

    return datetime.now(UTC).astimezone(body.zone).date()


# --- what is printed and written


def told(each: "Saying") -> str:
    """One saying as a person reads it."""
    from ..chain.measures import Grade
    from ..chain.papers.lines import HEADING
    from ..chain.papers.page import evidence
    from ..chain.papers.sayings import MISSED, NOTHING, area_lines, statistic_words

    lines = [f"{each.title}: {statistic_words(each)}", "", "  It may be said:"]
    lines += [f"    {sentence}" for sentence in each.say or (NOTHING,)]
    if each.with_it:
        lines.append(f"  Say with it: {' '.join(each.with_it)}")
    if each.missed:
        lines.append(f"  {MISSED}: {each.missed}.")
    for label, text in (("The last quarter", each.quarter), ("Later months", each.later),
                        ("Withheld", each.withheld)):  # fmt: skip
        if text:
            lines.append(f"  {label}: {text}")
    lines += ["", "  It may not be said:"]
    lines += [f"    - {no.words}. {no.why}" for no in each.never if not no.always]
    lines += ["", *(f"  {row}" for row in _aligned([HEADING, *(x.cells for x in each.lines)]))]
    if each.chart_says:
        lines += ["", f"  The chart: {each.chart_says}"]
    if each.areas:
        lines += ["", "  In each area:", *(f"    - {line}" for line in area_lines(each))]
        lines += [f"    {each.by_chance}"] if each.by_chance else []
    if each.year.grade:
        lines += ["", f"  The evidence: {evidence(Grade(each.year.grade))}"]
    return "\n".join(lines)


def _always(said: "Said") -> str:
    """What may not be said of any of them."""
    from ..chain.papers.sayings import always

    lines = [f"  - {no.words}. {no.why}" for no in always(said.sayings)]
    charts = ["", f"The charts: {said.charts_by_chance}"] if said.charts_by_chance else []
    return "\n".join(["Never to be said of any of these:", *lines, *charts])


def _aligned(rows: list[tuple[str, ...]]) -> list[str]:
    widths = [max(len(row[i]) for row in rows) for i in range(len(rows[0]))]
    return [
        "  ".join(cell.ljust(width) for cell, width in zip(row, widths, strict=True)).rstrip()
        for row in rows
    ]


def as_json(each: "Saying") -> dict[str, Any]:
    """A saying as `--format json` gives it."""
    from dataclasses import asdict

    return {
        "measure": each.definition.key,
        "version": each.definition.version,
        "statistic": each.statistic,
        "area": each.area,
        "title": each.title,
        "may_say": list(each.say),
        "say_with_it": list(each.with_it),
        "smallest_visible": each.year.smallest_visible,
        "smallest_visible_words": each.smallest,
        "may_not_say": [asdict(no) for no in each.never],
        "last_quarter": each.quarter,
        "later_months": each.later,
        "withheld": each.withheld,
        "areas": [asdict(area) for area in each.areas],
        "by_chance": each.by_chance,
        "figures": [
            {
                "period": line.period, "figure": line.figure, "interval": line.interval,
                "rests_on": line.rests, "status": line.status,
                "result": None if line.result is None else asdict(line.result),
            }
            for line in each.lines
        ],
        "verdict": asdict(each.year),
        "chart": None if each.chart is None else each.chart.as_json(),
    }  # fmt: skip


def _check_folder(to: Path) -> None:
    from ..chain.body import InputMistake, Problem

    if to.exists() and not to.is_dir():
        raise InputMistake(
            Problem(
                "--to",
                f"{to} is a file",
                "a folder, which is made if it is not there",
                "Name a folder.",
            )
        )


def _write(to: Path, files: dict[str, bytes]) -> None:
    """Each file beside its place first, then moved there."""
    to.mkdir(parents=True, exist_ok=True)
    for name, content in files.items():
        beside = to / f"{name}.new"
        beside.write_bytes(content)
        beside.replace(to / name)
    typer.echo(f"{len(files)} files written to {to}: {', '.join(files)}", err=True)
