"""`answerable try`: a local page that takes a spreadsheet to a verdict."""

from pathlib import Path
from typing import Annotated

import typer

from .app import app


@app.command(name="try")
def try_(
    port: Annotated[
        int | None,
        typer.Option(
            help="Port on this machine; without it 8010, or any that is free.", min=0, max=65535
        ),
    ] = None,
    open_it: Annotated[
        bool, typer.Option("--open/--no-open", help="Open the page in your browser.")
    ] = True,
    keep: Annotated[
        Path | None,
        typer.Option(metavar="FOLDER", help="Offer to keep an answer's documents in this folder."),
    ] = None,
) -> None:
    """Check a claim on your own figures, on a page of this machine. Nothing is kept unless told."""
    import webbrowser

    from ..desk.server import address_of, serve, server_for, shows_windows

    server = server_for(port, keep)
    address = address_of(server)

    def began() -> None:
        typer.echo(f"Check a claim on {address} (Ctrl-C stops it and forgets everything)")
        if open_it and shows_windows():
            webbrowser.open(address)

    serve(server, began)
