"""`answerable synthesise`: the extracts of a force that never was, or of many."""

from pathlib import Path
from typing import Annotated

import typer

from .app import app


@app.command()
def synthesise(
    folder: Annotated[
        Path | None,
        typer.Argument(
            metavar="[BODY]",
            help="The demonstration force's folder; demo/severnshire_police if left out.",
            show_default=False,
        ),
    ] = None,
    seed: Annotated[
        int | None, typer.Option(min=0, help="The same seed gives the same bytes.")
    ] = None,
    months: Annotated[
        int | None, typer.Option(help="Months of records, up to June 2024. 36 if left out.")
    ] = None,
    years: Annotated[
        int | None, typer.Option(help="The same in years. 10 for more than one force.")
    ] = None,
    forces: Annotated[int, typer.Option(help="More than one gives a national set.")] = 1,
    out: Annotated[
        Path | None,
        typer.Option(help="A new folder, made into a body's folder that imports at once."),
    ] = None,
) -> None:
    """Write the extracts of Severnshire Police, a force that never was, as a force would send
    them: own codes, several layouts, and faults. With --forces, a national set of incidents, in
    which one force stands apart and one improved."""
    from ..synthetic import SEED

    seed = SEED if seed is None else seed
    if forces == 1:
        _one_force(folder, seed, _months(months, years), out)
    else:
        _nation(folder, seed, months, years, forces, out)


def _one_force(folder: Path | None, seed: int, months: int, out: Path | None) -> None:
    from ..chain.body import InputMistake, Problem, open_body
    from ..synthetic import MONTHS, copy_body, severnshire
    from ..synthetic import synthesise as make

    severnshire(seed, months)  # refuse what cannot be made before a folder is begun
    body = open_body(folder or _demonstration())
    if out is not None:
        body = copy_body(body, out, months)
    elif months != MONTHS:
        raise InputMistake(
            Problem(
                "--months",
                f"the mappings of {body.folder} cover {MONTHS} months",
                str(MONTHS),
                "Add --out FOLDER to make a body whose mappings cover as many as you ask for.",
            )
        )
    made = make(body, seed, months, progress=lambda step: typer.echo(f"{step} …", err=True))
    where = f"{'written to' if made.fresh else 'already stand in'} {made.folder}"
    typer.echo(f"{len(made.files)} files {where}")


def _nation(
    folder: Path | None,
    seed: int,
    months: int | None,
    years: int | None,
    forces: int,
    out: Path | None,
) -> None:
    from ..chain.body import InputMistake, Problem
    from ..synthetic import synthesise_national

    problems = []
    if out is None:
        problems.append(
            Problem("--out", "a national set needs a folder", next_step="Name a new one.")
        )
    if folder is not None:
        problems.append(
            Problem("BODY", "a national set has a body of its own", "", "Leave it out.")
        )
    if months is not None:
        problems.append(
            Problem("--months", "a national set is made by years", "", "Use --years instead.")
        )
    if problems or out is None:
        raise InputMistake(problems)
    made = synthesise_national(
        out, forces, years or 10, seed, progress=lambda step: typer.echo(step, err=True)
    )
    typer.echo(f"{made.incidents:,} incidents in {made.files} files written to {made.folder}")


def _months(months: int | None, years: int | None) -> int:
    """How many months were asked for. Raises InputMistake when both ways disagree."""
    from ..chain.body import InputMistake, Problem
    from ..synthetic import MONTHS

    if months is not None and years is not None and months != 12 * years:
        raise InputMistake(
            Problem(
                "--months", f"{months} months are not {years} years", "", "Give one of the two."
            )
        )
    if months is None:
        return MONTHS if years is None else 12 * years
    return months


def _demonstration() -> Path:
    """The demonstration body of the checkout in which we stand. Raises InputMistake outside."""
    from ..chain.body import InputMistake, Problem

    place = Path("demo") / "severnshire_police"
    if not (place / "body.toml").is_file():
        raise InputMistake(
            Problem(
                "BODY",
                "no folder was named, and there is no demo/severnshire_police here",
                next_step="Name the demonstration body's folder: answerable synthesise FOLDER",
            )
        )
    return place
