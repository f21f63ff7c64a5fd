"""`answerable read`: what a text asserts that could be checked."""

import json
from enum import StrEnum
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from .app import app

if TYPE_CHECKING:
    from datetime import date

    from ..chain.body import Body
    from ..chain.texts import Assertion, Document, Slip


class Shape(StrEnum):
    TEXT = "text"
    JSON = "json"


@app.command()
def read(
    file: Annotated[Path, typer.Argument(metavar="FILE", help="A news release, minutes, a paper.")],
    form: Annotated[Shape, typer.Option("--format", help="What to print.")] = Shape.TEXT,
    said_on: Annotated[
        str | None, typer.Option(help="The day of the text, as 2023-12-19: it places 'in January'.")
    ] = None,
    arithmetic: Annotated[
        bool, typer.Option("--arithmetic", help="Only figures that do not follow from each other.")
    ] = False,
    folder: Annotated[
        Path | None,
        typer.Option("--body", metavar="BODY", help="A body's folder: its areas and measures."),
    ] = None,
    draft: Annotated[
        bool,
        typer.Option("--draft", help="Print drafts of claims for BODY/claims/ instead."),
    ] = False,
) -> None:
    """Mark in a text what could be checked, and what its words leave open.

    Whatever is a feeling, a promise, a question, advice or one person's case is left alone.
    Figures in the text that do not follow from each other are named at the end.
    """
    from ..chain.body import open_body
    from ..chain.texts import check_arithmetic, open_text, read_text

    day = _day(said_on)
    _fits_together(draft, folder, day)
    body = open_body(folder) if folder else None
    document = open_text(file)
    for notice in document.notices:
        typer.echo(notice.text, err=True)
    slips = check_arithmetic(document.text)
    if arithmetic:
        typer.echo(slips_as_json(slips) if form == Shape.JSON else slips_told(slips, document))
        return
    found = read_text(document.text, day, [area.name for area in body.areas] if body else ())
    if draft and body and day:
        typer.echo(_drafts(found, body, day, document.name), nl=False)
    elif form == Shape.JSON:
        typer.echo(json.dumps([as_json(each) for each in found], indent=2, ensure_ascii=False))
    else:
        typer.echo(told(found))
        if slips:
            typer.echo(f"\n{slips_told(slips, document)}")


def _fits_together(draft: bool, folder: Path | None, day: "date | None") -> None:
    """A draft needs a body, whose measures it names, and the day on which it was said."""
    from ..chain.body import InputMistake, Problem

    problems = []
    if draft and folder is None:
        problems.append(
            Problem("--draft", "a draft names a body's measures", "--body BODY", "Name it.")
        )
    if draft and day is None:
        problems.append(
            Problem("--draft", "a draft needs the day of the text", "--said-on 2023-12-19",
                    "Say when it was said.")
        )  # fmt: skip
    if problems:
        raise InputMistake(problems)


def _drafts(found: "tuple[Assertion, ...]", body: "Body", day: "date", name: str) -> str:
    from ..chain.measures import load_definitions
    from ..chain.texts import bind, draft_toml

    definitions = load_definitions(body)
    return draft_toml((bind(each, definitions, day, body.areas) for each in found), name)


def _day(text: str | None) -> "date | None":
    from datetime import date

    from ..chain.body import InputMistake, Problem

    if text is None:
        return None
    try:
        return date.fromisoformat(text)
    except ValueError:
        raise InputMistake(
            Problem("--said-on", f"'{text}' is not a day", "a day as 2023-12-19", "Correct it.")
        ) from None


def as_json(each: "Assertion") -> dict[str, Any]:
    """An assertion as `--format json` gives it."""
    return {
        "text": each.text,
        "start": each.start,
        "end": each.end,
        "measure_family": each.measure_family,
        "kind": each.kind,
        "direction": each.direction,
        "value": [_number(value) for value in each.value],
        "unit": list(each.unit),
        "period": each.period,
        "area": each.area,
        "missing": list(each.missing),
        "speaker": each.speaker,
        "because": dict(each.because),
    }


def _number(value: float) -> float | int:
    return int(value) if value == int(value) else value


def told(found: "tuple[Assertion, ...]") -> str:
    """The assertions as a person reads them."""
    if not found:
        return "Nothing in this text asserts something that could be checked."
    return "\n\n".join(_one(each) for each in found)


def _one(each: "Assertion") -> str:
    what = [each.kind, each.measure_family, each.direction if each.direction != "none" else ""]
    figures = [
        f"{_number(value)} {unit}".strip()
        for value, unit in zip(each.value, each.unit, strict=True)
    ]
    lines = [f"“{' '.join(each.text.split())}”", "  " + " · ".join(filter(None, what + figures))]
    for name, told_as in (("when", each.period), ("where", each.area), ("who", each.speaker)):
        if told_as:
            lines.append(f"  {name}: {told_as}")
    if each.missing:
        lines.append(f"  left open: {', '.join(each.missing)}")
    return "\n".join(lines)


def slips_as_json(slips: "tuple[Slip, ...]") -> str:
    """Slips as `--arithmetic --format json` gives them."""
    return json.dumps([vars(slip) for slip in slips], indent=2, ensure_ascii=False)


def slips_told(slips: "tuple[Slip, ...]", document: "Document") -> str:
    """Slips as a person reads them, each with where it stands."""
    if not slips:
        return "No figures were found in this text that do not follow from each other."
    told_each = [
        f"“{' '.join(slip.text.split())}” ({document.cite(slip.start, slip.end)})\n"
        f"  {slip.sentence}"
        for slip in slips
    ]
    return "\n\n".join(["Figures that do not follow from each other:", *told_each])
