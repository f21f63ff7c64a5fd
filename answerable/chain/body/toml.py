"""Reading TOML into frozen objects, with every problem reported at once."""

import tomllib
from pathlib import Path
from typing import Any, TypeVar

from pydantic import BaseModel, ConfigDict, ValidationError

from .problems import InputMistake, Problem


class Schema(BaseModel):
    """A kind of file. Frozen; unknown keys are refused."""

    model_config = ConfigDict(extra="forbid", frozen=True)


S = TypeVar("S", bound=Schema)

_NEXT = {
    "missing": "Add the key.",
    "extra_forbidden": "Remove the key, or correct its spelling.",
}


def read_toml(path: Path, schema: type[S], where: str = "", **given: Any) -> S:
    """Read one TOML file into `schema`.

    where   the name of the file in messages; the path's name if empty
    given   keys that do not stand in the file (its folder, its key)
    Raises InputMistake with a Problem for each defect.
    """
    where = where or path.name
    try:
        values = tomllib.loads(path.read_text(encoding="utf-8"))
    except FileNotFoundError:
        raise InputMistake(
            Problem(where, "there is no such file", next_step="Check the name of the file.")
        ) from None
    except (tomllib.TOMLDecodeError, UnicodeDecodeError) as error:
        raise InputMistake(
            Problem(where, f"not readable as TOML: {error}", next_step="Correct that line.")
        ) from None
    return from_values({**values, **given}, schema, where)


def from_values(values: dict[str, Any], schema: type[S], where: str) -> S:
    """Check a dictionary against `schema`. Raises InputMistake as `read_toml` does."""
    try:
        return schema.model_validate(values)
    except ValidationError as error:
        raise InputMistake([_problem(item, schema, where) for item in error.errors()]) from None


def _problem(item: Any, schema: type[Schema], where: str) -> Problem:
    key = ".".join(str(part) for part in item["loc"])
    kind = item["type"]
    allowed = ""
    if kind == "extra_forbidden":
        found = "this key is not known here"
        if len(item["loc"]) == 1:
            allowed = ", ".join(schema.model_fields)
    elif kind == "missing":
        found = "this key is missing"
    elif kind == "value_error":
        found = str(item["ctx"]["error"])
    else:
        found = f"found {item['input']!r}"
        allowed = item["msg"].removeprefix("Input should be ")
    return Problem(where, found, allowed, _NEXT.get(kind, "Correct the value."), key)
