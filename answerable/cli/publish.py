"""`answerable publish` and `answerable serve`: a preview of the public site, and a look at it."""

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from .app import app

if TYPE_CHECKING:
    from ..chain.body import Body
    from ..chain.claims import CheckedClaim

HTTP = 8000


@app.command()
def publish(
    folder: Annotated[Path, typer.Argument(metavar="BODY", help="A body's folder.")],
    out: Annotated[Path, typer.Argument(metavar="OUT", help="Folder for the site.")],
) -> None:
    """Build a preview of the public site: unnumbered, unsigned, marked on every page.

    The site of three forces or more is by force: each beside the others, none ranked.
    """
    from ..chain.body import open_body

    typer.echo(f"The site, a preview, is in {publish_body(open_body(folder), out)}", err=True)


@app.command()
def serve(
    out: Annotated[Path, typer.Argument(metavar="OUT", help="Folder of a published site.")],
    port: Annotated[int, typer.Option(help="Port on this machine.", min=0, max=65535)] = HTTP,
) -> None:
    """Show a published site on this machine alone, until it is stopped with Ctrl+C."""
    from ..site.server import serve as serve_site

    serve_site(out, port)


def publish_body(body: "Body", out: Path) -> Path:
    """Build the preview of a body's current records, and give its folder.

    Raises InputMistake for what the body's files get wrong, before any import, and for a
    folder that holds something else.
    """
    from ..site import build
    from .release import release_of

    build(release_of(body), out)
    return out


def preview_of(body: "Body", out: Path) -> tuple["CheckedClaim", ...]:
    """As `publish_body`, but a site that already shows just this is left as it is.

    Gives the claims with their verdicts, as published.
    """
    from ..site import build
    from ..site.reread import claims_of
    from .release import release_of

    key, seal = _rests_on(body), body.var / f"{out.name}.key"
    if (out / "manifest.json").is_file() and seal.is_file() and seal.read_text() == key:
        return claims_of(out)
    release = release_of(body)
    build(release, out)
    seal.write_text(key)
    return release.claims


_STANDS = ("current", "import.json", "received/current")
"""Under `var`: what names the records and bundles that stand."""


def _rests_on(body: "Body") -> str:
    """A digest of all that a site is made from: the body's files, its records, the software,
    and the day, which every page carries."""
    import hashlib

    from .release import today_of

    software = Path(__file__).parents[1]
    files = [
        *(path for path in software.rglob("*") if path.suffix not in (".pyc", "")),
        *body.folder.glob("*.toml"),
        *body.folder.glob("[!v]*/*.toml"),
        *body.folder.glob("figures/*.csv"),
        *(path for name in _STANDS if (path := body.var / name).is_file()),
        *body.var.glob("releases/*/cells.parquet"),
    ]
    digest = hashlib.sha256(today_of(body).isoformat().encode())
    for path in sorted(files):
        digest.update(f"{path}\0".encode() + path.read_bytes())
    return digest.hexdigest()
