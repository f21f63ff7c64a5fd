"""`answerable check`: every claim of a body's register, with its verdicts."""

import json
from dataclasses import asdict
from enum import StrEnum
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from .app import app

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from rich.table import Table

    from ..chain.body import Body
    from ..chain.claims import CheckedClaim, CheckedReading, Claim, PutToEach
    from ..chain.figures import Difference


class Shape(StrEnum):
    TABLE = "table"
    JSON = "json"


NOT_A_TERMINAL = 150
"""Columns of the table where its width is nobody's screen."""


@app.command()
def check(
    folder: Annotated[Path, typer.Argument(metavar="BODY", help="A body's folder.")],
    keys: Annotated[
        list[str] | None, typer.Argument(metavar="[KEY]...", help="Claims to check; all if none.")
    ] = None,
    form: Annotated[Shape, typer.Option("--format", help="What to print.")] = Shape.TABLE,
) -> None:
    """Check the claims of a body against its records, bundles and figures.

    Ends with status 0 when every reading is supported or in place, 1 when one is not, 2 for
    a mistake in the input.
    """
    from ..chain.body import open_body

    body = open_body(folder)
    checked, forces = _checked(body, tuple(keys or ()))
    if form == Shape.JSON:
        told = [as_json(each) | _forces_as_json(forces.get(each.claim.key)) for each in checked]
        typer.echo(json.dumps(told, indent=2, ensure_ascii=False))
    else:
        show(checked)
        for line in force_by_force(body, forces):
            typer.echo(line)
    if not all(each.assured for each in checked):
        raise typer.Exit(1)


ByForce = dict[str, tuple["PutToEach", ...]]
"""Of a body of three forces or more: each claim's readings put to every force, by its key."""


def checked_claims(body: "Body", keys: tuple[str, ...] = ()) -> tuple["CheckedClaim", ...]:
    """The claims of the register, or those of the given keys, checked on the current records.

    Raises InputMistake for what the body's files get wrong, and for a key that is not there.
    """
    return _checked(body, keys)[0]


def _checked(body: "Body", keys: tuple[str, ...]) -> tuple[tuple["CheckedClaim", ...], ByForce]:
    """The checked claims; of a body of many forces, force by force as well."""
    from ..chain.body import LEAST_FORCES, by_force
    from ..chain.bundles.grounds import grounds_of
    from ..chain.claims import check as check_all
    from ..chain.claims import load_claims, put_to_each, windows_of

    grounds = grounds_of(body)
    claims = load_claims(body, grounds.definitions)
    wanted = _wanted(claims, keys)
    typer.echo("Computing the measures …", err=True)
    # The windows of all claims, so that the results are those which every command reads.
    held = grounds.results(windows_of(claims))
    tell_differences(held.differences)
    told = (grounds.definitions, held.results)
    checked = check_all(wanted, *told, body, grounds.codes)
    if len(body.file.forces) < LEAST_FORCES:
        return checked, {}
    seen = by_force(body)
    return checked, {
        each.claim.key: put_to_each(each, *told, seen, grounds.codes) for each in checked
    }


def force_by_force(body: "Body", forces: ByForce) -> "Iterator[str]":
    """Each reading of a country in lines: how many forces of each verdict, who has changed, and
    what chance alone would give."""
    from ..chain.claims import VerdictKind, count
    from ..chain.statistics.false_alarms import number

    for key, readings in forces.items():
        for each in readings:
            many = count(each.verdicts.values())
            r = each.reading
            yield (
                f"\n{key}, force by force: {r.says} · {r.measure} · {r.statistic},"
                f" {r.period} v {r.baseline}"
            )
            for kind, some in many.kinds.items():
                names = sorted(
                    body.area_name(code) for code, v in each.verdicts.items() if v.verdict == kind
                )
                named = "" if kind == VerdictKind.NOT_SHOWN else f": {', '.join(names)}"
                yield f"  {some} {kind}{named}"
            if many.told:
                yield (
                    f"  If nothing had changed in any of the {many.told} forces that could be"
                    f" told, chance alone would call at most {number(many.by_chance)} supported."
                )


def _forces_as_json(readings: "tuple[PutToEach, ...] | None") -> dict[str, Any]:
    if readings is None:
        return {}
    return {
        "forces": [
            {
                "reading": each.number,
                "period": each.reading.period,
                "baseline": each.reading.baseline,
                "verdicts": {code: asdict(verdict) for code, verdict in each.verdicts.items()},
            }
            for each in readings
        ]
    }


def tell_differences(differences: "Iterable[Difference]") -> None:
    """Say on standard error where two sources give different figures for one name."""
    for each in sorted(differences, key=lambda difference: difference.name):
        typer.echo(f"Two sources differ: {each.sentence}", err=True)


def _wanted(claims: tuple["Claim", ...], keys: tuple[str, ...]) -> tuple["Claim", ...]:
    from ..chain.body import InputMistake, Problem

    known = {claim.key: claim for claim in claims}
    strays = [key for key in keys if key not in known]
    if strays:
        raise InputMistake(
            Problem("KEY", f"there is no claim '{key}'", ", ".join(known), "Correct the key.")
            for key in strays
        )
    return tuple(known[key] for key in dict.fromkeys(keys)) if keys else claims


def show(checked: tuple["CheckedClaim", ...]) -> None:
    """Print the claims as a table: the words, as worded, as we read them, the sentence."""
    from rich.console import Console

    from ..chain.claims import supported_by_chance

    console = Console()
    if not console.is_terminal:
        console = Console(width=NOT_A_TERMINAL)
    if not checked:
        console.print("The register holds no claims: put them into the folder claims/.")
        return
    console.print(_table(checked))
    expected = supported_by_chance(checked)
    if expected:
        console.print(
            "If nothing at all had changed, chance alone would call at most"
            f" {expected:.1f} of these readings supported."
        )


def _table(checked: tuple["CheckedClaim", ...]) -> "Table":
    from rich.table import Table
    from rich.text import Text

    table = Table(show_lines=True, expand=True)
    for title, share in (("claim", 4), ("as worded", 2), ("as we read it", 3), ("the record", 7)):
        table.add_column(title, ratio=share, overflow="fold")
    for each in checked:
        claim = each.claim
        words = Text(f"{claim.words}\n") + Text(claim.key, style="dim")
        first = (words, Text(str(claim.as_worded)))
        if not each.readings:
            table.add_row(*first, Text("no reading"), Text(claim.note))
        for number, reading in enumerate(each.readings):
            start = first if number == 0 else (Text(""), Text(""))
            table.add_row(*start, _read_as(reading), _recorded(reading))
    return table


_STYLES = {
    "supported": "green",
    "in place": "green",
    "contradicted": "red",
    "not in place": "red",
    "cannot tell": "yellow",
}


def _read_as(each: "CheckedReading") -> Any:
    from rich.text import Text

    reading, verdict = each.reading, each.verdict
    words = [f"{reading.says} · {reading.measure} · {reading.statistic}"]
    if reading.area != "all":
        words.append(reading.area)
    if reading.split:
        words.append(reading.split)
    if reading.on:
        words.append(f"on {reading.on}")
    if reading.period:
        words.append(
            f"{reading.period} v {reading.baseline}" if reading.baseline else reading.period
        )
    style = _STYLES.get(str(verdict.verdict), "")
    return Text("\n".join(words) + "\n") + Text(str(verdict.verdict), style=f"bold {style}".strip())


def _recorded(each: "CheckedReading") -> Any:
    from rich.text import Text

    lines = [each.verdict.sentence]
    if each.verdict.grade:
        lines.append(f"Evidence: {each.verdict.grade}.")
    if each.verdict.to_settle:
        lines.append(f"To settle it: {each.verdict.to_settle}")
    if each.default is not None:
        lines.append(f"Over the default periods: {each.default.verdict}.")
    return Text("\n".join(lines))


def as_json(checked: "CheckedClaim") -> dict[str, Any]:
    """A checked claim as `--format json` gives it."""
    claim = checked.claim
    return {
        "key": claim.key,
        "words": claim.words,
        "said_on": str(claim.said_on),
        "as_worded": str(claim.as_worded),
        "lacks": list(claim.lacks),
        "readings": [
            {
                **each.reading.model_dump(mode="json"),
                "verdict": asdict(each.verdict),
                "default": None if each.default is None else asdict(each.default),
            }
            for each in checked.readings
        ],
    }
