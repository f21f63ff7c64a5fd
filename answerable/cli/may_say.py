"""`answerable may-say`: the strongest true sentence, before any paper goes out."""

import json
from enum import StrEnum
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from .app import app

if TYPE_CHECKING:
    from ..chain.body import Body
    from ..chain.measures import Definition, Results
    from ..chain.papers.saying import Saying
    from ..chain.papers.sayings import Said
    from ..chain.papers.spans import Spans


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

    body = open_body(folder)
    if to is not None:
        _check_folder(to)
    said = said_of(body, tuple(measures or ()), tuple(statistic or ()), tuple(area or ()))
    if form == Shape.JSON:
        typer.echo(json.dumps([as_json(each) for each in said.sayings], indent=2,
                              ensure_ascii=False))  # fmt: skip
    else:
        typer.echo("\n\n".join([*(told(each) for each in said.sayings), _always(said)]))
    if to is not None:
        _write(to, files_of(said))


def said_of(
    body: "Body", keys: tuple[str, ...], statistics: tuple[str, ...], areas: tuple[str, ...]
) -> "Said":
    """The sayings of some measures on a body's current records, after disclosure.

    Raises InputMistake for what the body's files get wrong, for a measure, statistic or area
    that is not there, and for a measure without any month on record.
    """
    from ..chain.body import WHOLE
    from ..chain.disclosure import offered, protect
    from ..chain.measures import Gathered, load_codes, load_definitions
    from ..chain.papers.saying import saying
    from ..chain.papers.sayings import Said
    from ..chain.papers.speaker import Speaker

    everything = load_definitions(body)
    chosen = _chosen(everything, keys)
    _check_areas(body, areas)
    wanted = _statistics(chosen, statistics)
    results, spans, windows = _results(body, everything, chosen, wanted)
    forward = offered((r for key in chosen for r in results.of(key)), windows)
    figures = Gathered(protect(forward, chosen, body.file.appetite, windows), results.source)
    codes, today = load_codes(body), _today(body)
    return Said(
        tuple(
            saying(
                Speaker(chosen[key], name, figures, body, codes, today, area, results),
                spans[key, name],
            )
            for key, name in wanted
            if (key, name) in spans
            for area in areas or (WHOLE,)
        ),
        body.file.name,
        results.source,
        today,
    )


def _chosen(everything: "dict[str, Definition]", keys: tuple[str, ...]) -> "dict[str, Definition]":
    from ..chain.measures.definitions import chosen

    if keys:
        return chosen(everything, keys, "MEASURE")
    return {key: each for key, each in everything.items() if each.status == "published"}


def _check_areas(body: "Body", codes: tuple[str, ...]) -> None:
    from ..chain.body import WHOLE, InputMistake, Problem

    known = [WHOLE, *(area.code for area in body.areas)]
    strays = [code for code in codes if code not in known]
    if strays:
        raise InputMistake(
            Problem("--area", f"there is no area '{code}'", ", ".join(known), "Correct the code.")
            for code in strays
        )


PARTS = frozenset({"mix", "reached", "step_rate", "lost"})
"""Statistics that have figures of parts only, never one of the whole."""


def _statistics(
    chosen: "dict[str, Definition]", names: tuple[str, ...]
) -> tuple[tuple[str, str], ...]:
    """Measure and statistic of each saying: those named, else the first of each measure."""
    from ..chain.body import InputMistake, Problem

    said = {key: [n for n in each.statistics if n not in PARTS] for key, each in chosen.items()}
    if not names:
        return tuple((key, have[0]) for key, have in said.items() if have)
    problems = [
        Problem("--statistic", f"'{key}' has no figure '{name}' that can be said by itself",
                ", ".join(have), "Name one of these, or other measures.")
        for key, have in said.items() for name in names if name not in have
    ]  # fmt: skip
    if problems:
        raise InputMistake(problems)
    return tuple((key, name) for key in chosen for name in names)


def _results(
    body: "Body",
    everything: "dict[str, Definition]",
    chosen: "dict[str, Definition]",
    wanted: tuple[tuple[str, str], ...],
) -> "tuple[Results, dict[tuple[str, str], Spans], tuple[Any, ...]]":
    """The results, the periods to read, and the windows that these need."""
    from ..chain.claims import load_claims, windows_of
    from ..chain.measures import compute
    from ..chain.papers.spans import spans_of
    from ..chain.records import current_snapshot

    snapshot = current_snapshot(body)
    named = windows_of(load_claims(body, everything))
    typer.echo("Computing the measures …", err=True)
    # The windows of all claims, so that the results are those which every command reads.
    results = compute(body, everything, snapshot, named)
    found = {
        (key, name): spans
        for key, name in wanted
        if (spans := spans_of(results, chosen[key], name)) is not None
    }
    _nothing_on_record(wanted, found)
    short = [each for each in found.values() if each.months < 24]
    if short:  # then six months are read, of which there are no windows yet
        named = (*named, *(window for each in short for window in each.halves))
        results = compute(body, chosen, snapshot, tuple(dict.fromkeys(named)))
    windows = (*named, *(window for each in found.values() for window in each.windows))
    return results, found, tuple(dict.fromkeys(windows))


def _nothing_on_record(
    wanted: tuple[tuple[str, str], ...], found: "dict[tuple[str, str], Spans]"
) -> None:
    """Say of which measures there is no record; a mistake where there is none of any."""
    from ..chain.body import InputMistake, Problem

    for key, name in wanted:
        if (key, name) not in found:
            typer.echo(f"{key}, {name}: no month is on record, so nothing can be said.", err=True)
    if not found:
        raise InputMistake(
            Problem(
                "MEASURE",
                "no month of these measures is on record",
                next_step="Import records that hold them.",
            )
        )


def _today(body: "Body") -> Any:
    from datetime import UTC, datetime

    return datetime.now(UTC).astimezone(body.zone).date()


# --- what is printed and written


def told(each: "Saying") -> str:
    """One saying as a person reads it."""
    from ..chain.measures import Grade
    from ..chain.papers.lines import HEADING
    from ..chain.papers.page import evidence
    from ..chain.papers.sayings import NOTHING, SMALLEST, area_lines, statistic_words

    lines = [f"{each.title}: {statistic_words(each)}", "", "  It may be said:"]
    lines += [f"    {sentence}" for sentence in each.say or (NOTHING,)]
    if each.with_it:
        lines.append(f"  Say with it: {' '.join(each.with_it)}")
    if each.smallest:
        lines.append(f"  {SMALLEST}: {each.smallest}.")
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
    return "\n".join(["Never to be said of any of these:", *lines])


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
