"""`answerable demo`: the whole chain on a force that never was, from extracts to a site."""

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from time import monotonic
from typing import Annotated

import typer

from .app import app


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
    serve: Annotated[bool, typer.Option(help="Serve the site when it is built.")] = True,
    port: Annotated[int, typer.Option(help="Port on this machine.")] = 8000,
) -> None:
    """Make the demonstration force's extracts, import, measure, check, publish and serve."""
    from ..chain.body import open_body
    from ..chain.claims import check, load_claims, windows_of
    from ..chain.measures import compute, load_definitions
    from ..chain.records import import_body
    from ..site.server import serve as serve_site
    from ..synthetic import synthesise
    from .check import verdict_table
    from .publish import publish_body

    body = open_body(folder)
    with step("Making the extracts of a force that never was"):
        synthesise(body)
    with step("Importing them"):
        imported = import_body(body)
    with step("Computing every measure"):
        definitions, claims = load_definitions(body), load_claims(body)
        results = compute(body, definitions, imported.snapshot, windows_of(claims))
    with step("Checking every claim"):
        checked = check(claims, definitions, results, body)
    with step("Building the public site"):
        site = publish_body(body, body.var / "preview")
    typer.echo(verdict_table(checked))
    typer.echo(f"The site, a preview, is in {site}")
    if serve:
        serve_site(site, port)
