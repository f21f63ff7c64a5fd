"""`answerable demo`: the whole chain on a force that never was, from extracts to a site."""

import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from time import monotonic
from typing import TYPE_CHECKING, Annotated

import typer

from .app import app

if TYPE_CHECKING:
    from ..chain.claims import CheckedClaim


@contextmanager
def step(doing: str) -> Iterator[None]:
    """Say on stderr what is being done, and how long it took."""
    typer.echo(f"  {doing} …", err=True, nl=False)
    began = monotonic()
    try:
        yield
    except BaseException:
        typer.echo("", err=True)
        raise
    typer.echo(f" {monotonic() - began:.1f} s", err=True)


@app.command()
def demo(
    folder: Annotated[
        Path, typer.Argument(metavar="BODY", help="The demonstration body's folder.")
    ],
    serve: Annotated[bool, typer.Option(help="Serve the site, or only build it.")] = True,
    port: Annotated[int, typer.Option(help="Port on this machine.", min=0, max=65535)] = 8000,
) -> None:
    """Make the demonstration force's extracts, import, measure, check, publish and serve."""
    from ..chain.body import InputMistake, Problem, open_body
    from ..chain.claims import load_claims, windows_of
    from ..chain.measures import compute, load_definitions
    from ..chain.records import import_body
    from ..site.server import serve as serve_site
    from ..synthetic import synthesise
    from .publish import preview_of

    body = open_body(folder)
    with step("Making the extracts of a force that never was"):
        synthesise(body)
    with step("Importing them"):
        imported = import_body(body)
    if imported.snapshot is None or imported.stopped:
        raise InputMistake(
            Problem(
                str(folder),
                "its extracts cannot be trusted",
                next_step=f"See why: answerable import {folder}",
            )
        )
    with step("Computing every measure"):
        definitions = load_definitions(body)
        windows = windows_of(load_claims(body, definitions))
        compute(body, definitions, imported.snapshot, windows)
    site = body.var / "preview"
    with step("Withholding small numbers, checking every claim, building the public site"):
        claims = preview_of(body, site)
    show_verdicts(claims)
    typer.echo(f"The site, a preview, is in {site}")
    typer.echo(f"The verdicts in full: answerable check {folder}")
    if serve:
        serve_site(site, port)


def show_verdicts(claims: tuple["CheckedClaim", ...]) -> None:
    """Print every claim in a line or two, with the verdict of each reading."""
    from rich.console import Console
    from rich.table import Table

    table = Table(title="What was claimed, and what the record shows", title_justify="left")
    for heading, share in (("claim", 5), ("read as", 4), ("verdict", 3)):
        table.add_column(heading, ratio=share, overflow="fold")
    for each in claims:
        words = each.claim.words
        if not each.readings:
            table.add_row(words, "no reading", str(each.claim.as_worded), style="dim")
        for number, checked in enumerate(each.readings):
            reading = checked.reading
            named = (reading.says, reading.measure, reading.statistic, reading.split)
            table.add_row(
                "" if number else words,
                " ".join(part for part in named if part),
                str(checked.verdict.verdict),
            )
    Console(width=None if sys.stdout.isatty() else 120).print(table)
