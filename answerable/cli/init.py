"""`answerable init`: a body's folder that can be imported at once."""

from pathlib import Path
from typing import Annotated

import typer

from .app import app


@app.command()
def init(
    folder: Annotated[Path, typer.Argument(metavar="FOLDER", help="A new or empty folder.")],
) -> None:
    """Make a body's folder with a tiny example, to be changed into your own."""
    start(folder)
    typer.echo(f"Made {folder}, with an example that imports at once:")
    typer.echo(f"  answerable import {folder}")
    typer.echo(f"Then change body.toml, and write a mapping for each extract in {folder}/extracts.")


def start(folder: Path) -> None:
    """Copy the example into a folder. Raises InputMistake unless it is new or empty."""
    import shutil

    from ..chain.body import LIBRARY, InputMistake, Problem

    def mistake(found: str, next_step: str) -> InputMistake:
        return InputMistake(Problem(str(folder), found, "a new or empty folder", next_step))

    if folder.is_dir() and any(folder.iterdir()):
        raise mistake("there is something in this folder already", "Name another folder.")
    try:
        shutil.copytree(LIBRARY / "start", folder, dirs_exist_ok=True)
        (folder / ".gitignore").write_text("var/\n", encoding="utf-8")
    except OSError as error:
        raise mistake(
            f"the folder cannot be made ({error.strerror})", "Name another, or check its rights."
        ) from None
