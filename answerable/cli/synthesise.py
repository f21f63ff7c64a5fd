"""`answerable synthesise`: the extracts of a force that never was."""

from pathlib import Path
from typing import Annotated

import typer

from .app import app


@app.command()
def synthesise(
    folder: Annotated[
        Path | None,
        typer.Argument(
            metavar="[BODY]",
            help="The demonstration body's folder; in a checkout, demo/severnshire if left out.",
            show_default=False,
        ),
    ] = None,
    seed: Annotated[int, typer.Option(min=0, help="The same seed gives the same bytes.")] = 1203,
    months: Annotated[int, typer.Option(help="Months of records, up to June 2024.")] = 36,
) -> None:
    """Write the extracts of Severnshire Police, a force that never was, as a force would send
    them."""
    from ..chain.body import open_body
    from ..synthetic import synthesise as make

    body = open_body(folder or _demonstration())
    made = make(body, seed, months, progress=lambda step: typer.echo(f"{step} …", err=True))
    where = f"{'written to' if made.fresh else 'already stand in'} {made.folder}"
    typer.echo(f"{len(made.files)} files {where}")


def _demonstration() -> Path:
    """The demonstration body of the checkout in which we stand. Raises InputMistake outside."""
    from ..chain.body import InputMistake, Problem

    place = Path("demo") / "severnshire"
    if not (place / "body.toml").is_file():
        raise InputMistake(
            Problem(
                "BODY",
                "no folder was named, and this is not a checkout with demo/severnshire in it",
                next_step="Name the demonstration body's folder: answerable synthesise FOLDER",
            )
        )
    return place
