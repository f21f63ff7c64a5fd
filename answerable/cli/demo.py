"""`answerable demo`: both sites on a force that never was, from extracts to a public site."""

import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from time import monotonic
from typing import TYPE_CHECKING, Annotated

import typer

from .app import app

if TYPE_CHECKING:
    from ..chain.body import Body
    from ..chain.bundles import Asked, Written
    from ..chain.claims import CheckedClaim

FORCE = Path("demo") / "severnshire_police"
OFFICE = Path("demo") / "severnshire"


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
    force: Annotated[
        Path, typer.Argument(metavar="[FORCE]", help="The demonstration force's folder.")
    ] = FORCE,
    office: Annotated[
        Path, typer.Argument(metavar="[OFFICE]", help="The folder of the office that oversees it.")
    ] = OFFICE,
    serve: Annotated[bool, typer.Option(help="Serve the site, or only build it.")] = True,
    port: Annotated[int, typer.Option(help="Port on this machine.", min=0, max=65535)] = 8000,
) -> None:
    """Run both sites: the force bundles its results, the office checks its claims and publishes.

    At the force: make the extracts of a force that never was, import, measure and bundle them. At
    the office, which has no records: receive the bundle, check every claim, publish and serve.
    """
    from ..chain.body import open_body
    from ..site.server import serve as serve_site
    from .publish import preview_of

    at_force, at_office = open_body(force), open_body(office)
    typer.echo(f"At the office, {at_office.file.name}:", err=True)
    with step("Asking the force for what the claims need"):
        asked = _asked(at_office)
    typer.echo(f"At the force, {at_force.file.name}:", err=True)
    written = bundled(at_force, asked)
    typer.echo(f"At the office, {at_office.file.name}:", err=True)
    received(at_office, written)
    site = at_office.var / "preview"
    with step("Checking every claim, building the public site"):
        claims = preview_of(at_office, site)
    show_verdicts(claims)
    typer.echo(f"The site, a preview, is in {site}")
    typer.echo(f"The verdicts in full: answerable check {office}")
    if serve:
        serve_site(site, port)


def _asked(office: "Body") -> "Asked":
    from .bundle import asked_of

    return asked_of(office)


def bundled(force: "Body", asked: "Asked") -> "Written":
    """What happens at the force: extracts, import, measures, bundle."""
    from .. import __version__
    from ..chain.body import InputMistake, Problem
    from ..chain.bundles import write_bundle
    from ..chain.measures import compute, load_definitions
    from ..chain.records import import_body
    from ..synthetic import synthesise

    with step("Making the extracts of a force that never was"):
        synthesise(force)
    with step("Importing them"):
        imported = import_body(force)
    if imported.snapshot is None or imported.stopped:
        raise InputMistake(
            Problem(
                str(force.folder),
                "its extracts cannot be trusted",
                next_step=f"See why: answerable import {force.folder}",
            )
        )
    with step("Computing every measure"):
        compute(force, load_definitions(force), imported.snapshot, asked.windows)
    _forget_unsealed(force)
    with step("Withholding small numbers, auditing, signing the bundle"):
        written = write_bundle(force, asked, __version__)
    typer.echo(f"  The bundle: {written.path} ({len(written.signed.data) / 1e6:.1f} MB)", err=True)
    return written


def _forget_unsealed(force: "Body") -> None:
    """Bundles of a demonstration that were made before there were cells never left this machine."""
    from ..chain.disclosure import cells_beside

    for path in (force.var / "bundles").glob("*.zip") if force.file.demonstration else ():
        if not cells_beside(path).is_file():
            path.unlink()


def received(office: "Body", written: "Written") -> None:
    """What happens when the bundle comes: the key is confirmed once, then it is checked."""
    from ..chain.bundles import known_key, open_bundle, receive, standing

    sealed = open_bundle(written.path)
    new = known_key(office, sealed.force) != sealed.public_key
    if new:
        typer.echo(
            f"  The key's fingerprint is {sealed.fingerprint}. A real office rings the force and"
            " compares it; the demonstration is both ends of the call, and confirms it.",
            err=True,
        )
    stands = standing(office, sealed.force)
    if not new and stands is not None and stands.digest == sealed.digest:
        typer.echo("  This bundle was received before, and stands.", err=True)
        return
    with step("Receiving the bundle: signature, contract, disclosure"):
        receive(office, sealed, sealed.fingerprint if new else "", older=True)


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
