"""Reading all mappings of a body, checked against the contract and against each other.

Every problem in every mapping is told together.
"""

import hashlib
import re
import tomllib
from collections.abc import Iterator
from pathlib import Path

from ..body import Body, InputMistake, Problem, read_toml
from .contract import Field, contracts
from .expressions import near, parse_expression
from .mapping import ColumnMapping, Mapping, as_text, values_of


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


def _column(mapping: Mapping, field: Field, column: ColumnMapping, body: Body) -> Iterator[Problem]:
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
