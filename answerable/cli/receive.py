"""`answerable receive`: a force's bundle, checked at the office before it is believed."""

from enum import StrEnum
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from .app import app

if TYPE_CHECKING:
    from ..chain.bundles import Receipt


class Form(StrEnum):
    TEXT = "text"
    JSON = "json"


@app.command()
def receive(
    file: Annotated[Path, typer.Argument(metavar="FILE", help="The force's bundle.")],
    folder: Annotated[
        Path, typer.Option("--body", help="The office's folder; where you stand if not said.")
    ] = Path(),
    key: Annotated[
        str,
        typer.Option(
            "--key", help="The force's key or its fingerprint, once confirmed with the force."
        ),
    ] = "",
    older: Annotated[
        bool, typer.Option("--older", help="Take in one that is not newer than the last.")
    ] = False,
    form: Annotated[Form, typer.Option("--format", help="What to print.")] = Form.TEXT,
) -> None:
    """At the office: check a force's results bundle, take it in, and say what changed.

    Checked are the signature against the force's key, the contract of every member, the digests,
    and disclosure by the office's own appetite. Where one fails, nothing is taken in.
    """
    import json

    from ..chain.body import open_body
    from ..chain.bundles import open_bundle
    from ..chain.bundles import receive as take_in

    receipt = take_in(open_body(folder), open_bundle(file), key, older)
    if form == Form.JSON:
        typer.echo(json.dumps(as_json(receipt), indent=2, ensure_ascii=False))
    else:
        for line in told(receipt):
            typer.echo(line)


def told(receipt: "Receipt") -> list[str]:
    """What the office should know of a bundle that it has taken in."""
    from ..chain.bundles import lines
    from .bundle import papers_lines

    sealed, bundle = receipt.sealed, receipt.sealed.bundle
    said = [
        f"Taken in: bundle {bundle.number} of {bundle.force_name}, {sealed.digest}",
        f"Signed with the key {sealed.fingerprint}"
        + (", which is kept from now on as the force's." if receipt.key_kept else ", the force's."),
        f"{len(bundle.results):,} results of {len(bundle.definitions)} measures, made with"
        f" Answerable {bundle.software}; no rows.",
    ]
    said += papers_lines(bundle)
    if receipt.order:
        said.append(receipt.order)
    for name, mine, theirs in receipt.definitions.differ:
        how = f"version {theirs}, ours {mine}" if mine != theirs else f"version {mine} too"
        said.append(f"The force counts {name} by another definition than ours ({how}).")
    for name in receipt.definitions.unknown:
        said.append(f"{name} is a measure of the force's own: read its definition.")
    if bundle.not_given:
        said.append(f"Asked for, and not given: {', '.join(bundle.not_given)}.")
    if receipt.under:
        said.append(
            f"Of the figures withheld, {receipt.under} can be told to be under the threshold, and"
            " no more."
        )
    if receipt.before is None:
        said.append("It is the first from this force.")
    else:
        said += lines(receipt.changes)
    return said


def as_json(receipt: "Receipt") -> dict[str, Any]:
    """A receipt as `--format json` gives it."""
    from dataclasses import asdict

    sealed, bundle = receipt.sealed, receipt.sealed.bundle
    return {
        "digest": sealed.digest,
        "signature": sealed.signature,
        "public_key": sealed.public_key,
        "fingerprint": sealed.fingerprint,
        "key_kept": receipt.key_kept,
        "force": bundle.force,
        "number": bundle.number,
        "software": bundle.software,
        "source": bundle.source,
        "results": len(bundle.results),
        "papers": {each.measure: list(each.papers) for each in bundle.papers},
        "order": receipt.order,
        "definitions": asdict(receipt.definitions),
        "not_given": list(bundle.not_given),
        "known_to_be_under_the_threshold": receipt.under,
        "before": receipt.before.digest if receipt.before else None,
        "changes": asdict(receipt.changes) if receipt.before else None,
    }
