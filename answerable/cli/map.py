"""`answerable map`: a first draft of the mapping for a file that a force has sent."""

from enum import StrEnum
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from .app import app

if TYPE_CHECKING:
    from ..chain.body import Body
    from ..chain.records.drafting import Draft


class Shape(StrEnum):
    TOML = "toml"
    JSON = "json"


@app.command("map")
def map_(
    file: Annotated[Path, typer.Argument(metavar="FILE", help="An extract, or a sample of one.")],
    folder: Annotated[
        Path | None,
        typer.Option(
            "--body",
            metavar="BODY",
            help="The body's folder; if left out, the nearest one above FILE that has a body.toml.",
        ),
    ] = None,
    table: Annotated[str, typer.Option(help="The table that it is, where you know.")] = "",
    sheet: Annotated[str, typer.Option(help="The sheet of a spreadsheet.")] = "",
    to: Annotated[
        Path | None, typer.Option(metavar="FILE", help="Write it there; never over another file.")
    ] = None,
    form: Annotated[
        Shape, typer.Option("--format", help="The mapping (toml), or the guesses (json).")
    ] = Shape.TOML,
) -> None:
    """Draft the mapping for an extract: what fills each column of the records, and why.

    Every guess is told with its reason and how sure it is. Codes are matched only where they
    are spelled as codes of the table or their plain names; what is left open stands in
    `undecided`, and nothing is imported while anything stands there.
    """
    from ..chain.records.drafting import draft_mapping

    body = _body(file, folder)
    draft = draft_mapping(file, table=table, body=body, sheet=sheet)
    made = draft.text if form == Shape.TOML else _json(draft)
    _tell(draft)
    if to is None:
        typer.echo(made, nl=False)
    else:
        _write(to, made)
        typer.echo(f"Written to {to}.", err=True)


def _body(file: Path, folder: Path | None) -> "Body | None":
    """The body that is named, or the one in whose folder the file lies."""
    from ..chain.body import InputMistake, Problem, open_body

    if file.is_dir():
        raise InputMistake(
            Problem(
                str(file), "it is a folder", "one file that a force has sent",
                "Name one of the files in it; a mapping is drafted for each by itself.",
            )
        )  # fmt: skip
    if not file.is_file():
        raise InputMistake(
            Problem(str(file), "there is no such file", next_step="Correct the name.")
        )
    if folder is not None:
        return open_body(folder)
    for parent in file.resolve().parents:
        if (parent / "body.toml").is_file():
            typer.echo(f"The body is taken to be {parent.name}; --body names another.", err=True)
            return open_body(parent)
    return None


def _tell(draft: "Draft") -> None:
    """Every guess and every open question, on the side."""
    for guess in draft.guesses:
        typer.echo(
            f"{guess.what}: {guess.taken or 'nothing'} ({guess.sure}: {guess.why})", err=True
        )
    if draft.undecided:
        typer.echo("To be decided before it can be imported:", err=True)
    for question in draft.undecided:
        typer.echo(f"  {question}", err=True)


def _write(to: Path, text: str) -> None:
    from ..chain.body import InputMistake, Problem

    try:
        with to.open("x", encoding="utf-8", newline="\n") as stream:
            stream.write(text)
    except FileExistsError:
        raise InputMistake(
            Problem(str(to), "there is a file of this name already", next_step="Name another.")
        ) from None
    except OSError as error:
        raise InputMistake(
            Problem(str(to), f"it cannot be written: {error.strerror}", next_step="Name another.")
        ) from None


def _json(draft: "Draft") -> str:
    import json
    from dataclasses import asdict

    return json.dumps(asdict(draft), indent=1, ensure_ascii=False) + "\n"
