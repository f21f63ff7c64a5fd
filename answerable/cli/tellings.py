"""What a person is told on stderr beside a release or a bundle: what is out already, and what
somebody has to read."""

from collections.abc import Sequence
from typing import TYPE_CHECKING

import typer

if TYPE_CHECKING:
    from ..chain.disclosure import Earlier, Telling, Told

EXAMPLES = 5
"""So many are named."""


def tell_beside(earlier: Sequence["Earlier"], told: Sequence["Told"]) -> None:
    """Say on stderr what was published before, and what it gives away that nothing can take back.

    No number is told, only where it stands.
    """
    if earlier:
        names = f"{earlier[0].name} to {earlier[-1].name}" if earlier[1:] else earlier[0].name
        typer.echo(f"Protected beside what was published before: {names}.", err=True)
    for line in told_lines(told):
        typer.echo(line, err=True)


def tell_to_read(found: Sequence["Telling"]) -> None:
    """Say on stderr which sentences somebody has to read before they go out."""
    for line in to_read_lines(found):
        typer.echo(line, err=True)


def to_read_lines(found: Sequence["Telling"]) -> list[str]:
    """Sentences that may say a withheld number, each with the figure that it may tell."""
    return [
        f"Read before it goes out: {each.text.where} says “{each.sentence}”, and"
        f" {each.figure}, is withheld."
        for each in found
    ]


def told_lines(told: Sequence["Told"]) -> list[str]:
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
