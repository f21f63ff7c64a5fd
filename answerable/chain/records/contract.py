"""The contract of each table: what a record holds, read from the library's table schemas.

A contract is a Frictionless Table Schema with our own `sensitivity` on each field,
`month` (the date column by which records are filed), `order` and `alsoInOrder` (events
that cannot happen before one another). Beside each `*_at` stands a derived `*_on`, the
civil date in the body's zone.
"""

import hashlib
import json
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from types import MappingProxyType
from typing import Any, Literal

from ..body import shipped

Type = Literal["string", "integer", "number", "boolean", "date", "datetime"]
Sensitivity = Literal["identifier", "personal", "plain"]

STORED_AS: dict[str, str] = {
    "string": "VARCHAR",
    "integer": "INTEGER",
    "number": "DOUBLE",
    "boolean": "BOOLEAN",
    "date": "DATE",
    "datetime": "TIMESTAMP",
}
"""The type of a field in a part; a datetime is naive UTC."""


@dataclass(frozen=True)
class Field:
    """One column of a contract.

    enum      the codes that it may hold; empty when any text may stand there
    minimum, maximum   bounds of a number, both included
    derived   made at import, never mapped
    civil_date_of  the `*_at` column whose civil date this is; empty for any other
    """

    name: str
    type: Type
    description: str
    sensitivity: Sensitivity = "plain"
    required: bool = False
    enum: tuple[str, ...] = ()
    minimum: float | None = None
    maximum: float | None = None
    derived: bool = False
    civil_date_of: str = ""

    @property
    def stored_as(self) -> str:
        """The DuckDB type in which a part holds it."""
        return STORED_AS[self.type]

    @property
    def plain(self) -> bool:
        """Whether a code found in it may be named in a message."""
        return self.sensitivity == "plain"


@dataclass(frozen=True)
class Contract:
    """One table: its fields in the order in which a part holds them.

    key      the columns that name a record within its force
    month    the date column that files a record under a month
    orders   chains of columns, each at or after the one before it
    digest   sha256 of the contract's file
    """

    name: str
    title: str
    description: str
    key: tuple[str, ...]
    month: str
    fields: tuple[Field, ...]
    orders: tuple[tuple[str, ...], ...]
    digest: str

    @property
    def columns(self) -> tuple[str, ...]:
        return tuple(field.name for field in self.fields)

    @property
    def mapped(self) -> tuple[Field, ...]:
        """The fields that a mapping may fill."""
        return tuple(field for field in self.fields if not field.derived)

    @property
    def derived(self) -> tuple[Field, ...]:
        """Look-back facts, made from all records of the table together."""
        return tuple(f for f in self.fields if f.derived and not f.civil_date_of)

    def field(self, name: str) -> Field:
        """The field of that name. Raises KeyError."""
        for field in self.fields:
            if field.name == name:
                return field
        raise KeyError(name)


def read_contract(path: Path) -> Contract:
    """Read one contract from its file."""
    text = path.read_bytes()
    schema = json.loads(text)
    orders = [schema["order"]] if schema.get("order") else []
    return Contract(
        name=schema["name"],
        title=schema["title"],
        description=schema["description"],
        key=tuple(schema["primaryKey"]),
        month=schema["month"],
        fields=tuple(made for field in schema["fields"] for made in _fields(field)),
        orders=tuple(tuple(chain) for chain in orders + schema.get("alsoInOrder", [])),
        digest=hashlib.sha256(text).hexdigest(),
    )


def _fields(schema: dict[str, Any]) -> list[Field]:
    """The field itself, and its civil date where it is a time."""
    rules = schema.get("constraints", {})
    field = Field(
        name=schema["name"],
        type=schema["type"],
        description=schema["description"],
        sensitivity=schema["sensitivity"],
        required=rules.get("required", False),
        enum=tuple(str(code) for code in rules.get("enum", ())),
        minimum=rules.get("minimum"),
        maximum=rules.get("maximum"),
        derived=schema.get("derived", False),
    )
    if field.type != "datetime":
        return [field]
    civil = Field(
        name=field.name.removesuffix("_at") + "_on",
        type="date",
        description=f"The civil date of `{field.name}` in the body's zone. Derived at import.",
        sensitivity=field.sensitivity,
        derived=True,
        civil_date_of=field.name,
    )
    return [field, civil]


@cache
def contracts() -> Mapping[str, Contract]:
    """All contracts of the library by the name of their table."""
    paths = shipped("tables", ".json")
    return MappingProxyType({name: read_contract(path) for name, path in paths.items()})
