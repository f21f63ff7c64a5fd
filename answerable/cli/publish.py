"""`answerable publish` and `answerable serve`: a preview of the public site, and a look at it."""

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from .app import app

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from datetime import date

    from ..chain.body import Body
    from ..chain.claims import CheckedClaim, Claim
    from ..chain.disclosure import Earlier, Protection, Telling, Told
    from ..chain.measures import Definition
    from ..site import Release

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

    build(release_of(body), out)
    return out


def preview_of(body: "Body", out: Path) -> tuple["CheckedClaim", ...]:
    """As `publish_body`, but a site that already shows just this is left as it is.

    Gives the claims with their verdicts, as published.
    """
    from ..site import build
    from ..site.reread import claims_of

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

    software = Path(__file__).parents[1]
    files = [
        *(path for path in software.rglob("*") if path.suffix not in (".pyc", "")),
        *body.folder.glob("*.toml"),
        *body.folder.glob("[!v]*/*.toml"),
        *body.folder.glob("figures/*.csv"),
        *(path for name in _STANDS if (path := body.var / name).is_file()),
        *body.var.glob("releases/*/cells.parquet"),
    ]
    digest = hashlib.sha256(_today(body).isoformat().encode())
    for path in sorted(files):
        digest.update(f"{path}\0".encode() + path.read_bytes())
    return digest.hexdigest()


def _today(body: "Body") -> "date":
    from datetime import UTC, datetime

    return datetime.now(UTC).astimezone(body.zone).date()


def release_of(body: "Body") -> "Release":
    """What may be shown of a body's current records, beside all that it has released before."""
    return put_forward(body)[0]


def put_forward(body: "Body") -> tuple["Release", "Protection"]:
    """A release, and what was withheld of it and why, from which its cells are sealed.

    What is put forward passes disclosure first, against every numbered release before it. Claims
    are then checked on what is left, so that no verdict rests on, or gives away, a figure that is
    withheld.
    """
    from itertools import chain

    from .. import __version__
    from ..chain.body import LEAST_FORCES, WHOLE, by_force
    from ..chain.bundles.grounds import grounds_of
    from ..chain.claims import check, load_claims, windows_of
    from ..chain.comparators import load_comparators
    from ..chain.disclosure import (
        ground_of,
        offered,
        passages,
        protection,
        refuse,
        releases,
        tellings,
    )
    from ..chain.measures import Gathered
    from ..chain.measures.definitions import text_of
    from ..site import Release
    from ..site.codes import codes_of
    from .check import tell_differences
    from .importing import letter_of

    grounds = grounds_of(body)
    definitions = grounds.definitions
    claims = load_claims(body, definitions)
    country = len(body.file.forces) >= LEAST_FORCES
    shown = by_force(body) if country else body
    if country:
        _suits_a_country(claims, body, definitions)
    windows = windows_of(claims)
    held = grounds.results(windows)
    tell_differences(held.differences)
    results = held.results
    published = {key: d for key, d in definitions.items() if d.status == "published"}
    if grounds.snapshot is None:  # then nobody is asked for what a records table would hold
        named_by = {r.measure for claim in claims for r in claim.reading}
        seen = {key for claim in claims for key in claim.see} | named_by | set(results.measures)
        published = {key: d for key, d in published.items() if key in seen}
    if country:  # measures of which no force sent a record would be pages of nothing
        seen = {*results.counted, *(r.measure for claim in claims for r in claim.reading)}
        published = {key: d for key, d in published.items() if key in seen}
    named = {(r.measure, r.area, r.split) for claim in claims for r in claim.reading if r.split}
    places = {WHOLE, *(area.code for area in shown.areas)}
    rows = (results.at(key, places) if country else results.of(key) for key in published)
    forward = offered(chain.from_iterable(rows), windows, named)
    # What came in a bundle passed disclosure at the force, which knew what it withheld.
    passed = tuple(r for r in forward if r.measure in held.protected)
    others = (r for r in forward if r.measure not in held.protected)
    earlier, ground = releases(body), ground_of(shown)
    done = protection(others, published, body.file.appetite, windows, earlier, ground)
    tell_beside(earlier, done.told)
    letter = letter_of(body, public=True)
    named_areas = {area.code: area.name for area in shown.areas}
    texts = passages(claims, published.values(), letter)
    tell_to_read(refuse(tellings(texts, done.true, done.results, published, named_areas)))
    done = done.beside(passed)
    protected = done.results
    figures = Gathered(protected, held.source)
    codes = {name: each.names for name, each in grounds.codes.items()}
    release = Release(
        body=shown.file,
        definitions=tuple(published.values()),
        texts={
            key: grounds.texts.get(key) or text_of(body, definition)
            for key, definition in published.items()
        },
        results=protected,
        claims=check(claims, definitions, figures, shown, codes_of(codes)),
        letter=letter,
        codes=codes,
        source=held.source,
        results_digest=held.digest,
        sources=held.sources,
        differing=tuple(sorted({each.title for each in held.differences})),
        made_on=_today(body),
        version=__version__,
        comparators=load_comparators(body, published),
        seals=tuple(each.seal for each in grounds.received),
    )
    return release, done


def tell_beside(earlier: "Sequence[Earlier]", told: "Sequence[Told]") -> None:
    """Say on stderr what was published before, and what it gives away that nothing can take back.

    No number is told, only where it stands.
    """
    if earlier:
        names = f"{earlier[0].name} to {earlier[-1].name}" if earlier[1:] else earlier[0].name
        typer.echo(f"Protected beside what was published before: {names}.", err=True)
    for line in told_lines(told):
        typer.echo(line, err=True)


def tell_to_read(found: "Sequence[Telling]") -> None:
    """Say on stderr which sentences somebody has to read before they go out."""
    for line in to_read_lines(found):
        typer.echo(line, err=True)


def to_read_lines(found: "Sequence[Telling]") -> list[str]:
    """Sentences that may say a withheld number, each with the figure that it may tell."""
    return [
        f"Read before it goes out: {each.text.where} says “{each.sentence}”, and"
        f" {each.figure}, is withheld."
        for each in found
    ]


EXAMPLES = 5
"""So many are named."""


def told_lines(told: "Sequence[Told]") -> list[str]:
    """In words, what earlier releases give away between them."""
    said = []
    for each in told[:EXAMPLES]:
        named = " ".join(part for part in each.where[:-1] if part)
        what = "how few records it moved by" if each.moved else "a number too small to be shown"
        said.append(
            f"Given away already by {' and '.join(each.releases)}: {named}, {what}. Nothing now"
            " shown narrows it further; what is out cannot be taken back."
        )
    if len(told) > EXAMPLES:
        said.append(f"… and {len(told) - EXAMPLES} more.")
    return said


def _suits_a_country(
    claims: "Sequence[Claim]", body: "Body", definitions: "Mapping[str, Definition]"
) -> None:
    """Raises InputMistake for readings of an area within a force, whose figures a site by force
    has not got, and for measures that a force is said to count otherwise and nobody defined."""
    from ..chain.body import InputMistake, Problem

    areas = {area.code: area.force for area in body.areas}
    problems = [
        Problem(
            f"claim {claim.key}",
            f"a reading is of '{reading.area}', and this body's record is by force",
            f"'all', or a force such as '{areas[reading.area]}'",
            "Read it for the force, or check it in the force's own record.",
            "area",
        )
        for claim in claims
        for reading in claim.reading
        if reading.area in areas
    ]
    problems += [
        Problem(
            "body.toml",
            f"{force.name} is said to count '{each.measure}' otherwise, which is no measure here",
            ", ".join(sorted(definitions)),
            "Correct the key of the measure.",
            "forces, counts_otherwise",
        )
        for force in body.file.forces
        for each in force.counts_otherwise
        if each.measure not in definitions
    ]
    if problems:
        raise InputMistake(problems)
