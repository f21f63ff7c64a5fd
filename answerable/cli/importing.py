"""`answerable import` and `answerable letter`: a force's extracts, and the answer to them."""

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from .app import MISTAKE, app

if TYPE_CHECKING:
    from ..chain.body import Body
    from ..chain.records import Import, Letter


@app.command("import")
def import_(
    folder: Annotated[Path, typer.Argument(metavar="BODY", help="The body's folder.")],
) -> None:
    """Take in a force's extracts: status 0, or 2 when they cannot be trusted."""
    from ..chain.body import open_body
    from ..chain.records import import_body

    body = open_body(folder)
    imported = import_body(body, progress=lambda doing: typer.echo(f"{doing} …", err=True))
    typer.echo(_summary(imported))
    if imported.stopped:
        typer.echo(
            "The extracts cannot be trusted, so nothing was taken in; the last good import"
            f" stands. What to do: answerable letter {folder}",
            err=True,
        )
        raise typer.Exit(MISTAKE)


@app.command()
def letter(
    folder: Annotated[Path, typer.Argument(metavar="BODY", help="The body's folder.")],
    public: Annotated[
        bool, typer.Option("--public", help="The edition for the public: no small counts.")
    ] = False,
    format: Annotated[str, typer.Option(help="text (Markdown) or json.")] = "text",
) -> None:
    """The letter to the data owner on the last import."""
    import json
    from dataclasses import asdict

    from ..chain.body import InputMistake, Problem, open_body
    from ..chain.records import as_text

    if format not in ("text", "json"):
        raise InputMistake(Problem("--format", f"'{format}' is not a format", "text, json"))
    written = letter_of(open_body(folder), public)
    text = as_text(written) if format == "text" else json.dumps(asdict(written), indent=1) + "\n"
    typer.echo(text, nl=False)


def letter_of(body: "Body", public: bool) -> "Letter":
    """The letter on the last import, with the body's own measures and claims."""
    from ..chain.bundles.grounds import defined, letter_at
    from ..chain.claims import load_claims
    from ..chain.measures.uses import uses_of
    from ..chain.records import last_import, write_letter

    definitions, _ = defined(body)
    rests_on = {
        claim.key: [*(reading.measure for reading in claim.reading), *claim.see]
        for claim in load_claims(body, definitions)
    }
    if (letter := letter_at(body, rests_on)) is not None:
        return letter
    uses = uses_of(definitions)
    return write_letter(body, last_import(body), uses, rests_on, public)


def _summary(imported: "Import") -> str:
    """Tables, records, months and findings, as a person reads them."""
    from ..chain.records import FINDINGS
    from ..chain.records.finding import Weight

    lines = [f"{'mapping':24} {'table':18} {'in the files':>12} {'used':>10}  months"]
    for source in imported.sources:
        months = [month for month, _ in source.months]
        span = f"{months[0]} to {months[-1]}" if months else "none"
        lines.append(
            f"{source.name:24} {source.table:18} {source.read:12,} {source.used:10,}  {span}"
        )
    if imported.findings:
        lines += ["", "Findings"]
    weights = list(Weight)
    for found in sorted(imported.findings, key=lambda found: weights.index(found.weight)):
        where = f"{found.file}, {found.column}" if found.column else found.file
        detail = f" ({found.detail})" if found.detail else ""
        lines.append(
            f"  {found.weight}: {where}: {FINDINGS[found.name].words}"
            f" Found: {found.count:,}{detail}"
        )
    if imported.snapshot:
        stands = "last good snapshot" if imported.stopped else "snapshot"
        lines += ["", f"{stands} {imported.snapshot.digest}"]
    return "\n".join(lines)
