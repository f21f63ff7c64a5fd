"""`answerable try`: a local page that takes a spreadsheet to a verdict."""

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
) -> None:
    """Check a claim on your own spreadsheet, on a page of this machine. Nothing is kept."""
    import webbrowser

    from ..desk.server import address_of, serve, server_for, shows_windows

    server = server_for(port)
    address = address_of(server)

    def began() -> None:
        typer.echo(f"Check a claim on {address} (Ctrl-C stops it and forgets everything)")
        if open_it and shows_windows():
            webbrowser.open(address)

    serve(server, began)
