"""A mapping: where an extract lies, how to read it, and what each column of it means.

One TOML file in `BODY/extracts/` for each file, or set of files of one layout, that a
force sends. Every problem in every mapping is told together.
"""

import hashlib
import re
import tomllib
from collections.abc import Iterator
from functools import cached_property
from pathlib import Path
from typing import Any, Literal

from pydantic import Field, field_validator, model_validator

from ..body import Body, InputMistake, Month, Period, Problem, Schema, read_toml
from .contract import Contract, contracts
from .contract import Field as ContractField
from .expressions import near, parse_expression

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


def load_mappings(body: Body) -> tuple[Mapping, ...]:
    """All mappings of a body, by name. Raises InputMistake with every problem in them."""
    problems: list[Problem] = []
    found: list[Mapping] = []
    for path in sorted((body.folder / "extracts").glob("*.toml")):
        try:
            found.append(_read(path, body))
        except InputMistake as mistake:
            problems.extend(mistake.problems)
    problems.extend(_overlaps(found))
    if problems:
        raise InputMistake(problems)
    if not found:
        raise InputMistake(
            Problem(
                "extracts/",
                "there is no mapping, so there is nothing to import",
                next_step="Write one for each file that the force sends;"
                " see docs/how-to/add-an-extract.md.",
            )
        )
    return tuple(found)


def files_of(mapping: Mapping, body: Body) -> tuple[Path, ...]:
    """The files that a mapping names, by name; none when there are none."""
    named = Path(mapping.file)
    path = named if named.is_absolute() else body.folder / named
    if not re.search(r"[*?\[]", str(mapping.file)):
        return (path,) if path.is_file() else ()
    anchor = Path(path.anchor)
    return tuple(sorted(p for p in anchor.glob(str(path.relative_to(anchor))) if p.is_file()))


def _read(path: Path, body: Body) -> Mapping:
    where = f"extracts/{path.name}"
    digest = hashlib.sha256(path.read_bytes()).hexdigest()
    if undecided := list(_undecided(path, where)):
        raise InputMistake(undecided)
    mapping = read_toml(path, Mapping, where, name=path.stem, digest=digest)
    problems = list(_against_contract(mapping, body))
    if problems:
        raise InputMistake(problems)
    return mapping


def _undecided(path: Path, where: str) -> Iterator[Problem]:
    """What a draft leaves open: told alone, because the rest follows from it."""
    try:
        read = tomllib.loads(path.read_text(encoding="utf-8"))
    except (tomllib.TOMLDecodeError, UnicodeDecodeError):
        return
    left = read.get("undecided")
    for each in left if isinstance(left, list) else ():
        yield Problem(
            where,
            f"the draft leaves open: {each}",
            next_step="Decide it, then remove it from undecided.",
            key="undecided",
        )


def _against_contract(mapping: Mapping, body: Body) -> Iterator[Problem]:
    """What is wrong with a mapping that is well formed in itself."""
    known = contracts()
    if mapping.table not in known:
        yield Problem(
            mapping.where,
            f"there is no table '{mapping.table}'",
            ", ".join(near(mapping.table, known) or sorted(known)),
            "Correct the name of the table.",
            "table",
        )
        return
    supplier = body.file.suppliers.get(mapping.table, "extract")
    if supplier != "extract":
        yield Problem(
            mapping.where,
            f"body.toml says that {mapping.table} comes from '{supplier}'",
            "one supplier for each table",
            "Remove this mapping, or change the supplier in body.toml.",
            "table",
        )
    yield from _forces(mapping, body)
    yield from _names(mapping)
    yield from _expressions(mapping)
    for name, column in mapping.columns.items():
        if name in {field.name for field in mapping.contract.mapped}:
            yield from _column(mapping, mapping.contract.field(name), column, body)


def _forces(mapping: Mapping, body: Body) -> Iterator[Problem]:
    forces = [force.key for force in body.file.forces]
    if not mapping.force and "force" not in mapping.columns:
        yield Problem(
            mapping.where, "no force is given", ", ".join(forces), "Add the key.", "force"
        )
    if mapping.force and mapping.force not in forces:
        yield Problem(
            mapping.where,
            f"'{mapping.force}' is not a force of this body",
            ", ".join(forces),
            "Use the key of a force in body.toml.",
            "force",
        )


def _names(mapping: Mapping) -> Iterator[Problem]:
    """Columns that the contract does not have, and required ones that nothing fills."""
    fields = {field.name: field for field in mapping.contract.mapped}
    for name in mapping.columns:
        if name not in fields:
            made = name in mapping.contract.columns
            yield Problem(
                mapping.where,
                f"{name} is made at import and cannot be mapped"
                if made
                else f"{mapping.table} has no column '{name}'",
                ", ".join(near(name, fields) or fields),
                "Remove it." if made else "Correct the name.",
                f"columns.{name}",
            )
    for field in fields.values():
        if field.required and field.name not in mapping.columns and field.name != "force":
            yield Problem(
                mapping.where,
                f"nothing fills {field.name}, which {mapping.table} needs",
                field.description,
                "Add it under [columns].",
                f"columns.{field.name}",
            )


def _expressions(mapping: Mapping) -> Iterator[Problem]:
    written = {f"columns.{name}": column.sql for name, column in mapping.columns.items()}
    if mapping.keep:
        written["keep"] = mapping.keep
    for key, sql in written.items():
        try:
            parse_expression(sql, mapping.where, key)
        except InputMistake as mistake:
            yield from mistake.problems


def _column(
    mapping: Mapping, field: ContractField, column: ColumnMapping, body: Body
) -> Iterator[Problem]:
    """What is wrong with how one column is filled."""

    def problem(found: str, allowed: str, next_step: str) -> Problem:
        return Problem(mapping.where, found, allowed, next_step, f"columns.{field.name}")

    timed = field.type in ("date", "datetime")
    if column.formats and not timed:
        yield problem(f"{field.name} is not a time", "formats for times and dates", "Remove it.")
    if (column.codes or column.codes_from) and (timed or field.type == "number"):
        yield problem(f"{field.name} takes no codes", "codes for texts", "Remove the codes.")
    if column.codes and column.codes_from:
        yield problem("codes and codes_from are both given", "one of the two", "Remove one.")
    if field.type == "datetime":
        for written in column.formats:
            if not re.search(r"%-?[HI]", written):
                yield problem(
                    f"'{written}' gives no hour, so every time would be midnight",
                    "a format with %H",
                    "Ask for the time, or leave the column out.",
                )
    if both := sorted(set(column.codes) & set(mapping.nulls)):
        yield problem(
            f"{', '.join(map(repr, both))} is both a code and one of nulls", "one of the two",
            "Remove it from one.",
        )  # fmt: skip
    allowed = values_of(field, body)
    strays = sorted({as_text(v) for v in column.codes.values()} - set(allowed)) if allowed else []
    if strays:
        yield problem(
            f"codes lead to {', '.join(map(repr, strays))}",
            ", ".join(allowed),
            "Correct the right side of each code.",
        )


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


def _overlaps(mappings: list[Mapping]) -> Iterator[Problem]:
    """Two mappings that both supply one month of one table of one force."""
    for at, later in enumerate(mappings):
        for earlier in mappings[:at]:
            if earlier.table != later.table:
                continue
            if earlier.force and later.force and earlier.force != later.force:
                continue
            shared = [str(month) for month in later.period if month in earlier.period]
            if shared:
                yield Problem(
                    later.where,
                    f"covers months of {later.table} that {earlier.where} covers too:"
                    f" {shared[0]} to {shared[-1]}",
                    "one mapping for each month of a table",
                    "Shorten covers in one of the two; records outside it are left out.",
                    "covers",
                )


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
