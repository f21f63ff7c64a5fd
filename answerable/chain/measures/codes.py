"""Codes in plain words: what `response_method=video` means to a reader."""

from functools import cache
from pathlib import Path

from pydantic import Field

from ..body import Body, InputMistake, Problem, Schema, read_toml, shipped


class CodeList(Schema):
    """The codes that one or more columns may hold, with their names.

    columns  as `table.column`
    names    code → name, as it stands in the middle of a sentence
    groups   name of a group → codes; a code may stand in none
    """

    title: str
    columns: tuple[str, ...] = Field(min_length=1)
    source: str
    note: str = ""
    names: dict[str, str] = Field(min_length=1)
    groups: dict[str, tuple[str, ...]] = {}


Codes = dict[str, CodeList]
"""Code lists by `table.column`."""


def load_codes(body: Body | None = None) -> Codes:
    """The shipped code lists, and those in the body's `codes/`, which come first.

    Raises InputMistake with every problem in them.
    """
    codes = dict(_shipped())
    if body:
        for path in sorted((body.folder / "codes").glob("*.toml")):
            codes |= _by_column(_read(path))
    return codes


def name_of(codes: Codes, table: str, column: str, code: str) -> str:
    """A code in plain words; the code itself, spaced, where no list has it."""
    known = codes.get(f"{table}.{column}")
    return known.names.get(code, "") if known and code in known.names else code.replace("_", " ")


@cache
def _shipped() -> Codes:
    found: Codes = {}
    for path in shipped("codes", ".toml").values():
        found |= _by_column(_read(path))
    return found


def _read(path: Path) -> CodeList:
    where = f"codes/{path.name}"
    codes = read_toml(path, CodeList, where)
    strays = {code for group in codes.groups.values() for code in group} - set(codes.names)
    if strays:
        raise InputMistake(
            Problem(
                where,
                f"groups hold codes without a name: {', '.join(sorted(strays))}",
                ", ".join(codes.names),
                "Name the code, or take it out of the group.",
                "groups",
            )
        )
    return codes


def _by_column(codes: CodeList) -> Codes:
    return dict.fromkeys(codes.columns, codes)
