"""A body's folder for what is made up: a copy of the demonstration's, or a national one."""

import shutil
from pathlib import Path

from ..chain.body import Body, InputMistake, Problem, open_body
from .force import LAST, MONTHS

TEXTS = ("extracts", "measures", "claims", "codes", "standards")
"""What a body's folder holds besides body.toml, all of it text that people wrote."""


def new_folder(out: Path) -> Path:
    """The folder, made if need be. Raises InputMistake when something stands in it."""
    if out.exists() and (not out.is_dir() or any(out.iterdir())):
        raise InputMistake(
            Problem(
                "--out",
                f"{out} is there already, and not empty",
                "a new or an empty folder",
                "Name another folder, or empty this one.",
            )
        )
    out.mkdir(parents=True, exist_ok=True)
    return out


def copy_body(body: Body, out: Path, months: int) -> Body:
    """Copy a body's own text into a new folder, its mappings covering so many months.

    Raises InputMistake when the folder is not empty.
    """
    new_folder(out)
    shutil.copyfile(body.folder / "body.toml", out / "body.toml")
    for name in TEXTS:
        if (body.folder / name).is_dir():
            shutil.copytree(body.folder / name, out / name)
    shipped, wanted = str(LAST + (1 - MONTHS)), str(LAST + (1 - months))
    for mapping in (out / "extracts").glob("*.toml"):
        text = mapping.read_text(encoding="utf-8")
        mapping.write_text(text.replace(shipped, wanted), encoding="utf-8", newline="\n")
    return open_body(out)
