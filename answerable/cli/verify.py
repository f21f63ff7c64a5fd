"""`answerable verify`: hold a published site to its own figures."""

from pathlib import Path
from typing import Annotated

import typer

from .app import app


@app.command()
def verify(
    site: Annotated[Path, typer.Argument(help="Folder of the site, with its index.html.")],
) -> None:
    """Derive again what a site allows, and say what cannot be derived. Status 1 when it fails."""
    from ..site.verify import verify as verified

    report = verified(site)
    for line in report.wrong[:50]:
        typer.echo(f"Wrong: {line}", err=True)
    if len(report.wrong) > 50:
        typer.echo(f"… and {len(report.wrong) - 50} more.", err=True)
    for line in report.derived:
        typer.echo(f"Holds: {line}.")
    for line in report.cannot:
        typer.echo(f"Cannot be derived here: {line}")
    if not report.holds:
        raise typer.Exit(1)
