"""`answerable ask` and `answerable bundle`: what office and force send to each other."""

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from .app import app

if TYPE_CHECKING:
    from ..chain.body import Body
    from ..chain.bundles import Asked, Bundle, Written


@app.command()
def ask(
    folder: Annotated[Path, typer.Argument(metavar="BODY", help="The office's folder.")],
    to: Annotated[Path, typer.Option("--to", help="The file to write (TOML).")],
) -> None:
    """At the office: write down what its claims need of the force's next bundle."""
    from ..chain.body import open_body

    body = open_body(folder)
    asked = asked_of(body)
    _write(to, _asked_bytes(asked, body.file.name))
    typer.echo(
        f"{to} asks for {len(asked.wanted)} figures over {len(asked.windows)} periods. Send it to"
        f" the force: answerable bundle BODY --asked {to.name}"
    )


@app.command()
def bundle(
    folder: Annotated[Path, typer.Argument(metavar="BODY", help="The force's folder.")],
    to: Annotated[
        Path | None,
        typer.Option("--to", help="Where to write it; among the body's own bundles if not said."),
    ] = None,
    asked: Annotated[
        Path | None, typer.Option("--asked", help="What the office asks: a file of `ask`.")
    ] = None,
) -> None:
    """At the force: write one signed file of results without rows, for the office.

    They are of its records, and of the monthly figures that it keeps where it has none. Only what
    may be published is in it, and none is written where a small number could be worked out. The
    same records and figures give the same file.
    """
    from .. import __version__
    from ..chain.body import open_body
    from ..chain.bundles import read_asked, write_bundle

    body = open_body(folder)
    written = write_bundle(body, read_asked(asked) if asked else None, __version__)
    if to is not None:
        _write(to, written.signed.data)
    typer.echo(to or written.path)
    for line in told(body, written):
        typer.echo(line, err=True)


def told(body: "Body", written: "Written") -> list[str]:
    """What the force should know of a bundle before it is sent."""
    from ..chain.bundles import lines
    from .tellings import to_read_lines, told_lines

    bundle = written.signed.bundle
    shown = sum(result.n is not None for result in bundle.results)
    said = [
        f"Bundle {bundle.number} of {bundle.force_name}: {len(bundle.results):,} results of"
        f" {len(bundle.definitions)} measures, {shown:,} of them with numbers; no rows."
    ]
    said += papers_lines(bundle)
    if written.repeats:
        said.append("It is the last bundle again: nothing has changed since.")
    elif written.since is not None:
        said += lines(written.since)
    said += told_lines(written.told)
    said += to_read_lines(written.to_read)
    if bundle.not_given:
        said.append(f"Asked for, and not to be given: {', '.join(bundle.not_given)}.")
    if written.key_made:
        said.append(
            f"A signing key was made in {body.var / 'keys'}. Whoever has it can sign as the force:"
            " keep a copy where nobody else can read it."
        )
    said.append(
        f"The key's fingerprint is {written.fingerprint}. Read it to the office over the telephone"
        " before it receives the first bundle."
    )
    return said


def papers_lines(bundle: "Bundle") -> list[str]:
    """What of a bundle rests on figures as given, and the documents that they stood in."""
    return [
        f"{bundle.definitions[each.measure].title} rests on figures as given:"
        f" {'; '.join(each.papers)}."
        for each in bundle.papers
    ]


def asked_of(body: "Body") -> "Asked":
    """What a body's claims need. They may name what only the force's own definitions give."""
    from ..chain.bundles import asked_by
    from ..chain.claims import read_claims

    return asked_by(body, read_claims(body))


def _asked_bytes(asked: "Asked", name: str) -> bytes:
    from ..chain.bundles import asked_text

    return asked_text(asked, name).encode()


def _write(path: Path, content: bytes) -> None:
    """Write a file that leaves the folder. Raises InputMistake where that is not possible."""
    from ..chain.body import InputMistake, Problem
    from ..chain.records.store import write_whole

    try:
        write_whole(path, content)
    except OSError as error:
        raise InputMistake(
            Problem(
                "--to",
                f"{path} cannot be written ({error.strerror})",
                next_step="Name a file in a folder that is there.",
            )
        ) from None
