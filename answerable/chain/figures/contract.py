"""The contract of figures: the columns of `BODY/figures/*.csv`, from the library's schema."""

import json
from dataclasses import dataclass
from functools import cache
from typing import Any

from ..body import shipped

FOLDER = "figures"


@dataclass(frozen=True)
class Column:
    """One column.

    allowed   what may stand in it, where that is a closed list
    """

    name: str
    type: str
    description: str
    required: bool = False
    allowed: tuple[str, ...] = ()
    pattern: str = ""
    minimum: float | None = None


@cache
def columns() -> tuple[Column, ...]:
    """The columns in the order in which a file has them."""
    schema = json.loads(shipped(FOLDER, ".json")["figures"].read_text(encoding="utf-8"))
    return tuple(_column(field) for field in schema["fields"])


def column(name: str) -> Column:
    """The column of a name. Raises KeyError."""
    return {each.name: each for each in columns()}[name]


def _column(field: dict[str, Any]) -> Column:
    rules = field.get("constraints", {})
    return Column(
        field["name"],
        field["type"],
        field["description"],
        rules.get("required", False),
        tuple(rules.get("enum", ())),
        rules.get("pattern", ""),
        rules.get("minimum"),
    )
