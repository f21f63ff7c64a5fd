"""One mapping's files, from text to the records of its table, with every finding.

The text is read, DuckDB is shut in, and only then is an expression evaluated.
"""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from pathlib import Path

import duckdb

from ..body import Body, InputMistake, Problem
from .catalogue import finding
from .checks import check_records
from .codes import Codes, code_lists, make_code_tables
from .duplicates import drop_duplicates
from .engine import Connection, lock, open_engine, path_literal
from .expressions import (
    check_expression,
    columns_needed,
    columns_of,
    near,
    parse_expression,
    quoted,
)
from .files import Loaded, LoadedFile, load_text
from .finding import Finding, Weight
from .mapping import PSEUDO, Mapping, values_of
from .plan import USED, typed_statement
from .times import make_zone_tables
from .values import Column, column
from .volumes import file_jumps, spans

TEXT, RECORDS = "extract", "records"


@dataclass(frozen=True)
class Source:
    """What one mapping gave.

    files    name and columns of each file, with its rows
    read     records in the files
    kept     those that `keep` does not leave out
    used     those that stand in the parts
    months   records used in each month that has any
    filled   the contract's columns that it fills, made ones among them
    """

    name: str
    table: str
    force: str
    files: tuple[LoadedFile, ...]
    read: int
    kept: int
    used: int
    months: tuple[tuple[str, int], ...]
    findings: tuple[Finding, ...]
    filled: tuple[str, ...] = ()

    @property
    def stopped(self) -> bool:
        """Whether a defect was found that means it cannot be trusted."""
        return any(found.weight == Weight.STOPS for found in self.findings)


def read_source(
    mapping: Mapping, body: Body, paths: Sequence[Path], room: Path, staged: Path
) -> Source:
    """Read the files of one mapping and write its records, unsorted, to `staged`.

    staged  is written only when nothing stops
    Raises InputMistake for a mistake in the mapping, OSError for a disk that is full.
    """
    lists = code_lists(mapping, body)
    needed = _needs(mapping)
    with open_engine(room) as connection:
        loaded = _load(connection, mapping, paths, needed)
        findings = _adjusted(mapping, loaded, needed)
        source = Source(
            name=mapping.name,
            table=mapping.table,
            force=mapping.force,
            files=loaded.files,
            read=loaded.rows,
            kept=0,
            used=0,
            months=(),
            findings=findings,
            filled=_filled(mapping),
        )
        if source.stopped:
            return source
        lock(connection, staged.parent)
        return _make(connection, mapping, body, lists, source, loaded, staged)


def _filled(mapping: Mapping) -> tuple[str, ...]:
    """The columns of the contract that a mapping fills, with those made from them."""
    given = {*mapping.columns, "force"}
    return tuple(
        field.name
        for field in mapping.contract.fields
        if (field.civil_date_of or field.name) in given
        or (field in mapping.contract.derived and "victim_key" in given)
    )


@dataclass(frozen=True)
class Need:
    """The columns of the file that one key of the mapping uses; `must` have no stand-in."""

    uses: tuple[str, ...]
    must: tuple[str, ...]


def _needs(mapping: Mapping) -> dict[str, Need]:
    written = {name: column.sql for name, column in mapping.columns.items()}
    if mapping.keep:
        written["keep"] = mapping.keep
    needs = {}
    for key, sql in written.items():
        tree = parse_expression(sql, mapping.where, key)
        uses = tuple(name for name in columns_of(tree) if name not in PSEUDO)
        needs[key] = Need(uses, tuple(name for name in columns_needed(tree) if name in uses))
    return needs


def _load(
    connection: Connection, mapping: Mapping, paths: Sequence[Path], needs: dict[str, Need]
) -> Loaded:
    if not paths:
        gone = finding(
            "unreadable_file", mapping.table, mapping.file, 1, detail="there is no such file"
        )
        return Loaded((), (), (), (gone,))
    return load_text(
        connection,
        paths,
        format=mapping.format,
        encoding=mapping.encoding,
        delimiter=mapping.delimiter,
        sheet=mapping.sheet,
        header_row=mapping.header_row,
        nulls=mapping.nulls,
        table_name=TEXT,
        table=mapping.table,
        wanted=tuple(dict.fromkeys(name for need in needs.values() for name in need.uses)),
        where=mapping.where,
    )


def _adjusted(mapping: Mapping, loaded: Loaded, needs: dict[str, Need]) -> tuple[Finding, ...]:
    """The findings of reading, weighed by what the mapping does with each column."""
    must = {name.lower() for need in needs.values() for name in need.must}
    vital = {name.lower() for key in _vital(mapping) for name in needs[key].must}
    found = []
    for each in loaded.findings:
        if each.name == "missing_column":
            if each.column.lower() not in must:
                continue  # the expression names a stand-in
            if each.column.lower() in vital:
                each = replace(each, weight=Weight.STOPS)
        found.append(each)
    for name in loaded.missing:
        keys = [key for key, need in needs.items() if name in need.uses]
        alike = near(name, loaded.columns)
        said = f"'{name}', used by {', '.join(keys)}"
        said += f"; near it: {', '.join(alike)}" if alike else ""
        found.append(finding("unknown_column", mapping.table, mapping.where, 1, name, said))
    return tuple(found)


def _vital(mapping: Mapping) -> list[str]:
    """The keys of the mapping without which no record can be used."""
    fields = [f.name for f in mapping.contract.mapped if f.required and f.name in mapping.columns]
    return [*fields, *(["keep"] if mapping.keep else [])]


def _make(
    connection: Connection,
    mapping: Mapping,
    body: Body,
    lists: dict[str, Codes],
    source: Source,
    loaded: Loaded,
    staged: Path,
) -> Source:
    """Evaluate, check and write what was loaded."""
    sql = _checked(mapping, loaded.columns)
    columns = _columns(mapping, body, lists)
    clocks = {column.local for column in columns if column.field.type == "datetime"}
    make_zone_tables(connection, body.file.zone, staged.parent, clocks)
    make_code_tables(connection, lists)
    try:
        connection.execute(typed_statement(TEXT, RECORDS, mapping, columns, sql))
    except duckdb.Error:
        failed = _failing(connection, mapping, sql)
        return replace(source, findings=(*source.findings, *failed))
    found = check_records(connection, TEXT, RECORDS, mapping, columns, sql)
    found += drop_duplicates(connection, RECORDS, mapping)
    if len(source.files) > 1:
        used = f"(SELECT * FROM {RECORDS} WHERE _out = {USED})"
        found += file_jumps(spans(connection, used, mapping), mapping)
    months = _write(connection, mapping, staged)
    (kept,) = connection.execute(f"SELECT count(*) FROM {RECORDS}").fetchone() or (0,)
    return replace(
        source,
        kept=kept,
        used=sum(count for _, count in months),
        months=months,
        findings=(*source.findings, *found),
    )


def _checked(mapping: Mapping, names: Sequence[str]) -> dict[str, str]:
    """Each expression as it may run. Raises InputMistake with every problem."""
    written = {f"columns.{name}": column.sql for name, column in mapping.columns.items()}
    if mapping.keep:
        written["keep"] = mapping.keep
    checked: dict[str, str] = {}
    problems: list[Problem] = []
    for key, sql in written.items():
        try:
            found = check_expression(sql, [*names, *PSEUDO], mapping.where, key)
            checked[key.removeprefix("columns.")] = found
        except InputMistake as mistake:
            problems.extend(mistake.problems)
    if problems:
        raise InputMistake(problems)
    return checked


def _columns(mapping: Mapping, body: Body, lists: dict[str, Codes]) -> list[Column]:
    made = []
    for field in mapping.contract.mapped:
        if field.name in mapping.columns:
            known = values_of(field, body) if field.name in ("force", "area") else ()
            given = mapping.columns[field.name]
            made.append(column(field, given, lists.get(field.name), known))
    return made


def _failing(connection: Connection, mapping: Mapping, sql: dict[str, str]) -> list[Finding]:
    """Which expressions cannot be worked out. Why is not told: DuckDB's words quote records."""
    failing = []
    for key, expression in sql.items():
        try:
            connection.execute(
                f"SELECT count(({expression})::VARCHAR) FROM {quoted(TEXT)}"
            ).fetchall()
        except duckdb.Error:
            failing.append(finding("expression_failed", mapping.table, mapping.where, 1, key))
    return failing or [finding("expression_failed", mapping.table, mapping.where, 1)]


def _write(connection: Connection, mapping: Mapping, staged: Path) -> tuple[tuple[str, int], ...]:
    looked_back = {field.name for field in mapping.contract.derived}
    names = [quoted(name) for name in mapping.contract.columns if name not in looked_back]
    connection.execute(
        f"COPY (SELECT {', '.join(names)}, _month FROM {RECORDS} WHERE _out = 0)"
        f" TO {path_literal(staged)} (FORMAT parquet)"
    )
    counted = connection.execute(
        f"SELECT strftime(_month, '%Y-%m'), count(*) FROM {RECORDS} WHERE _out = 0"
        " GROUP BY 1 ORDER BY 1"
    ).fetchall()
    return tuple((month, count) for month, count in counted)
