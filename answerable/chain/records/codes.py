"""Code lists: what a force's codes are in the contract."""

import csv

from ..body import Body, InputMistake, Problem
from .engine import Connection
from .expressions import near, quoted, text
from .mapping import CodeFile, Mapping, as_text, values_of

Codes = tuple[tuple[str, str], ...]


def code_lists(mapping: Mapping, body: Body) -> dict[str, Codes]:
    """The code list of each column that has one. Raises InputMistake with every problem."""
    lists: dict[str, Codes] = {}
    problems: list[Problem] = []
    for name, column in mapping.columns.items():
        if column.codes:
            lists[name] = tuple((code, as_text(v)) for code, v in column.codes.items())
        elif column.codes_from:
            allowed = values_of(mapping.contract.field(name), body)
            try:
                lists[name] = _from_file(mapping, name, column.codes_from, body, allowed)
            except InputMistake as mistake:
                problems.extend(mistake.problems)
    if problems:
        raise InputMistake(problems)
    return lists


def code_files(mapping: Mapping, body: Body) -> list[bytes]:
    """What the files of code lists hold, for the digest of what an import rests on."""
    named = [c.codes_from.file for c in mapping.columns.values() if c.codes_from]
    paths = [body.folder / name for name in named]
    return [path.read_bytes() for path in paths if path.is_file()]


def make_code_tables(connection: Connection, lists: dict[str, Codes]) -> None:
    """A table `k_<column>` (code, value) for each code list.

    Values are an enumeration, so that a record holds a small number until it is filed:
    writing a million records takes DuckDB two thirds of the time that texts take.
    """
    for name, codes in lists.items():
        values = sorted({value for _, value in codes})
        kind = f"ENUM({', '.join(text(value) for value in values)})" if values else "VARCHAR"
        connection.execute(
            f"CREATE TEMP TABLE {quoted('k_' + name)} AS SELECT unnest($codes::VARCHAR[]) AS code,"
            f" unnest($values::VARCHAR[])::{kind} AS value",
            {"codes": [code for code, _ in codes], "values": [value for _, value in codes]},
        )


def _from_file(
    mapping: Mapping, name: str, given: CodeFile, body: Body, allowed: tuple[str, ...]
) -> Codes:
    key = f"columns.{name}.codes_from"

    def problem(found: str, allows: str = "", next_step: str = "Correct it.") -> InputMistake:
        return InputMistake(Problem(mapping.where, found, allows, next_step, key))

    path = body.folder / given.file
    try:
        with path.open(encoding="utf-8-sig", newline="") as file:
            rows = list(csv.DictReader(file))
    except (OSError, UnicodeDecodeError, csv.Error):
        raise problem(f"'{given.file}' is not a CSV file in UTF-8 that can be read") from None
    header = list(rows[0]) if rows else []
    if lacking := [column for column in (given.key, given.value) if column not in header]:
        alike = [other for column in lacking for other in near(column, header)]
        raise problem(f"'{given.file}' has no column {', '.join(lacking)}", ", ".join(alike))
    codes: dict[str, str] = {}
    for row in rows:
        code, value = (row[given.key] or "").strip(), (row[given.value] or "").strip()
        if code and value and codes.setdefault(code, value) != value:
            raise problem(f"'{given.file}' gives two values for one code", "one value for each")
    if given.means:
        codes = {k: as_text(given.means[v]) for k, v in codes.items() if v in given.means}
    if allowed and (strays := sorted(set(codes.values()) - set(allowed))):
        raise problem(f"'{given.file}' leads to {', '.join(strays[:5])}", ", ".join(allowed))
    return tuple(codes.items())
