"""A mapping: where an extract lies, how to read it, and what each column of it means.

One TOML file in `BODY/extracts/` for each file, or set of files of one layout, that a
force sends.
"""

import re
from functools import cached_property
from typing import Any, Literal

from pydantic import Field, field_validator, model_validator

from ..body import Body, Month, Period, Schema
from .contract import Contract, contracts
from .contract import Field as ContractField

Scalar = str | bool | int | float

PSEUDO = ("_line", "_file")
"""Columns of every file that an expression may use: number of the record, name of the file."""

DIRECTIVES = frozenset("YymdHMSfjpIbBaAe%-")
"""What may follow `%` in a format of a time. Zones are told by `clock`, never by a format."""


MOST_FORMATS = 7
"""So many ways of writing a time may one column have."""


class CodeFile(Schema):
    """A code list that lies in a CSV file: the columns of its keys and of its values.

    means   what each of the file's values is in the contract, where it is not the same;
            a code whose value is not listed there counts as unlisted
    """

    file: str
    key: str
    value: str
    means: dict[str, Scalar] = {}


class ColumnMapping(Schema):
    """What fills one column of the contract.

    sql      a DuckDB expression over the file's columns, all text
    codes    the file's codes and what each is in the contract; an unlisted one is a finding
    codes_from   the same, out of a file
    formats  how times and dates are written, tried in turn; ISO 8601 when there is none
    clock    whether times are the zone's clock on the wall, or UTC
    """

    sql: str
    codes: dict[str, Scalar] = {}
    codes_from: CodeFile | None = None
    formats: tuple[str, ...] = ()
    clock: Literal["local", "utc"] = "local"

    @model_validator(mode="before")
    @classmethod
    def _short_form(cls, given: Any) -> Any:
        return {"sql": given} if isinstance(given, str) else given

    @field_validator("formats")
    @classmethod
    def _readable(cls, formats: tuple[str, ...]) -> tuple[str, ...]:
        if len(formats) > MOST_FORMATS:
            raise ValueError(f"more than {MOST_FORMATS} formats cannot be told apart")
        for written in formats:
            _check_format(written)
        return formats


class Mapping(Schema):
    """What stands in one file of `extracts/`. See `docs/reference/records.md`."""

    name: str = Field(pattern=r"^[A-Za-z0-9][A-Za-z0-9_-]*$")
    """The stem of the mapping's file; the source of the parts that come of it."""
    digest: str = ""
    """sha256 of the mapping's file."""
    table: str
    force: str = ""
    file: str
    format: Literal["csv", "xlsx", "parquet", "jsonl"] = "csv"
    encoding: str = "utf-8"
    delimiter: str = Field(default=",", min_length=1, max_length=1)
    sheet: str = ""
    header_row: int = Field(default=1, ge=1)
    covers: str
    provisional: tuple[str, ...] = ()
    nulls: tuple[str, ...] = ("", "NULL", "N/A")
    keep: str = ""
    left_out_because: str = ""
    columns: dict[str, ColumnMapping]
    undecided: tuple[str, ...] = ()
    """What a draft leaves to be answered; a mapping with any is not used."""

    @field_validator("covers")
    @classmethod
    def _a_period(cls, covers: str) -> str:
        Period.parse(covers)
        return covers

    @field_validator("encoding")
    @classmethod
    def _an_encoding(cls, encoding: str) -> str:
        try:
            "".encode(encoding)
        except LookupError:
            raise ValueError(f"'{encoding}' is not an encoding such as utf-8 or cp1252") from None
        return encoding

    @model_validator(mode="after")
    def _consistent(self) -> "Mapping":
        if self.keep and not self.left_out_because:
            raise ValueError("what keep leaves out needs a reason, in left_out_because")
        if self.force and "force" in self.columns:
            raise ValueError("force is given twice: as a constant and as a column")
        for month in self.provisional:
            if Month.parse(month) not in self.period:
                raise ValueError(f"the provisional month {month} lies outside {self.covers}")
        return self

    @cached_property
    def period(self) -> Period:
        """The months that the extract covers."""
        return Period.parse(self.covers)

    @property
    def where(self) -> str:
        """The mapping's file, as messages name it."""
        return f"extracts/{self.name}.toml"

    @property
    def contract(self) -> Contract:
        return contracts()[self.table]


def values_of(field: ContractField, body: Body) -> tuple[str, ...]:
    """The values that a column may hold; empty when any may stand there."""
    if field.name == "area":
        return tuple(area.code for area in body.areas)
    if field.name == "force":
        return tuple(force.key for force in body.file.forces)
    if field.type == "boolean":
        return ("true", "false")
    return field.enum


def as_text(value: Scalar) -> str:
    """A value of a code list as the text that stands for it."""
    return str(value).lower() if isinstance(value, bool) else str(value)


def _check_format(written: str) -> None:
    found = re.findall(r"%(-?.)", written)
    letters = {directive.lstrip("-") for directive in found}
    if strays := sorted(letters - DIRECTIVES):
        raise ValueError(
            f"'%{strays[0]}' cannot be used in a format; a zone is told by clock = \"utc\""
            if strays[0] in "zZ"
            else f"'%{strays[0]}' cannot be used in a format"
        )
    whole = letters & set("Yy") and letters & set("mbB") and letters & set("de")
    if not (whole or ({"j"} <= letters and letters & set("Yy"))):
        raise ValueError(f"'{written}' does not name a whole day: year, month and day")
