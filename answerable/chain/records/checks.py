"""What became of every text: marks counted by file and column, never quoted.

One pass counts all marks; a second, only over columns where something was found, says
at which record it was found first and, for plain columns, which codes are not listed.
"""

from collections.abc import Iterator, Sequence
from collections.abc import Mapping as Map
from typing import Any

from .catalogue import finding
from .contract import Field
from .engine import Connection
from .expressions import columns_of, parse_expression, quoted
from .finding import Finding
from .mapping import Mapping
from .plan import INCOMPLETE, OUTSIDE, SECOND, unlisted_statement
from .times import NEVER, TWICE
from .values import DISORDER, EMPTY, OUT_OF_RANGE, TEXT_NULL, UNKNOWN, UNREADABLE, Column

MOST_CODES, LONGEST_CODE = 8, 30
"""So many unlisted codes are named, the commonest first, and none that is longer."""

_UNREADABLE = {"boolean": "not_yes_or_no", "date": "not_a_time", "datetime": "not_a_time"}


def check_records(
    connection: Connection,
    text: str,
    records: str,
    mapping: Mapping,
    columns: Sequence[Column],
    sql: Map[str, str],
) -> list[Finding]:
    """Every finding on the records that one mapping gave, by file and then by column."""
    counts = {f"_out = {INCOMPLETE}": 0, f"_out = {OUTSIDE}": 0}
    tests = list(counts) + [test for column in columns for test in _tests(column, mapping)]
    found: list[Finding] = []
    for file, row in _count(connection, records, tests):
        counted = {test: n for test, n in zip(tests, row, strict=True) if n}
        if not counted:
            continue
        first = _first(connection, records, file, list(counted))
        told = [_column(c, mapping, file, counted, first) for c in columns]
        found += [one for each in told for one in each]
        if outside := counted.get(f"_out = {OUTSIDE}"):
            said = f"covers {mapping.covers}; first at record {first[f'_out = {OUTSIDE}']}"
            found.append(
                finding(
                    "outside_covers", mapping.table, file, outside, mapping.contract.month, said
                )
            )
    return [_with_codes(one, connection, text, mapping, columns, sql) for one in found]


def _tests(column: Column, mapping: Mapping) -> list[str]:
    """What is counted for a column, as conditions on its marks."""
    name, field = column.field.name, column.field
    marks = [TEXT_NULL]
    if field.required:
        marks.append(EMPTY)
    if column.codes is not None or field.enum or name in ("force", "area"):
        marks.append(UNKNOWN)
    if field.type != "string":
        marks.append(UNREADABLE)
    if field.minimum is not None or field.maximum is not None:
        marks.append(OUT_OF_RANGE)
    if any(name in chain for chain in mapping.contract.orders):
        marks.append(DISORDER)
    tests = [_mark(name, mark) for mark in marks]
    if column.local:
        tests += [_double(name, kind) for kind in (TWICE, SECOND, NEVER)]
    if column.form:
        formats = range(1, len(mapping.columns[name].formats) + 1)
        tests += [f"{quoted('f_' + name)} = {n}" for n in formats]
    return tests


def _mark(name: str, mark: int) -> str:
    return f"{quoted('s_' + name)} = {mark}"


def _double(name: str, kind: int) -> str:
    return f"{quoted('d_' + name)} = {kind}"


def _count(
    connection: Connection, records: str, tests: Sequence[str]
) -> Iterator[tuple[str, Sequence[int]]]:
    counts = ", ".join(f"count(*) FILTER ({test})" for test in tests)
    query = f"SELECT _file, {counts} FROM {records} GROUP BY _file ORDER BY _file"
    for file, *row in connection.execute(query).fetchall():
        yield file, row


def _first(connection: Connection, records: str, file: str, tests: Sequence[str]) -> dict[str, int]:
    """At which record of its file each was found first."""
    lines = ", ".join(f"min(_line) FILTER ({test})" for test in tests)
    row: Any = connection.execute(
        f"SELECT {lines} FROM {records} WHERE _file = $file", {"file": file}
    ).fetchone()
    return dict(zip(tests, row, strict=True))


def _column(
    column: Column, mapping: Mapping, file: str, counted: Map[str, int], first: Map[str, int]
) -> Iterator[Finding]:
    """The findings on one column of one file."""
    field = column.field

    def told(name: str, *tests: str, detail: str = "") -> Iterator[Finding]:
        count = sum(counted.get(test, 0) for test in tests)
        if count:
            at = min(first[test] for test in tests if test in first)
            said = "; ".join(part for part in (detail, f"first at record {at}") if part)
            yield finding(name, mapping.table, file, count, field.name, said)

    lost = "the records are left out" if field.required else ""
    yield from told("text_null", _mark(field.name, TEXT_NULL), detail="not declared in nulls")
    yield from told("required_missing", _mark(field.name, EMPTY), detail=lost)
    yield from told(_unknown(field), _mark(field.name, UNKNOWN), detail=lost)
    unreadable = _UNREADABLE.get(field.type, "not_a_number")
    yield from told(unreadable, _mark(field.name, UNREADABLE), detail=lost)
    yield from told("out_of_range", _mark(field.name, OUT_OF_RANGE), detail=_bounds(field))
    yield from told("impossible_order", _mark(field.name, DISORDER))
    yield from _clock(column, mapping, file, counted, first)


def _clock(
    column: Column, mapping: Mapping, file: str, counted: Map[str, int], first: Map[str, int]
) -> Iterator[Finding]:
    """The findings on how times are written and on the nights when clocks change."""
    name = column.field.name
    once, again = (counted.get(_double(name, kind), 0) for kind in (TWICE, SECOND))
    if once + again:
        said = f"{once} taken as the first, {again} as the second because of the order of events"
        yield finding("dst_ambiguous", mapping.table, file, once + again, name, said)
    if gap := counted.get(_double(name, NEVER)):
        said = f"first at record {first[_double(name, NEVER)]}"
        yield finding("dst_gap", mapping.table, file, gap, name, said)
    if column.form:
        formats = mapping.columns[name].formats
        used = [
            (form, counted[test])
            for n, form in enumerate(formats, 1)
            if (test := f"{quoted('f_' + name)} = {n}") in counted
        ]
        if len(used) > 1:
            said = ", ".join(f"{form}: {count}" for form, count in used)
            count = sum(count for _, count in used)
            yield finding("mixed_formats", mapping.table, file, count, name, said)


def _unknown(field: Field) -> str:
    return {"area": "unknown_area", "force": "unknown_force"}.get(field.name, "unknown_code")


def _bounds(field: Field) -> str:
    limits = (("from", field.minimum), ("to", field.maximum))
    told = [f"{word} {limit:g}" for word, limit in limits if limit is not None]
    return " ".join(["allowed", *told])


def _with_codes(
    found: Finding,
    connection: Connection,
    text: str,
    mapping: Mapping,
    columns: Sequence[Column],
    sql: Map[str, str],
) -> Finding:
    """Name the codes that are not listed, where that cannot tell of a person."""
    if found.name not in ("unknown_code", "unknown_area", "unknown_force"):
        return found
    column = next(c for c in columns if c.field.name == found.column)
    if not column.field.plain or _shares(column.field, mapping):
        return found
    query = unlisted_statement(text, mapping, column, sql)
    rows = connection.execute(query, {"file": found.file}).fetchall()
    named = [code for code, _ in rows if len(code) <= LONGEST_CODE][:MOST_CODES]
    more = len(rows) - len(named)
    if not named:
        return found
    said = "not listed: " + ", ".join(named) + (f" and {more} more" if more else "")
    detail = "; ".join(part for part in (said, found.detail) if part)
    return Finding(**{**found.__dict__, "detail": detail})


def _shares(field: Field, mapping: Mapping) -> bool:
    """Whether a column of the file also fills a column that may tell of a person.

    A mapping that has mixed up two columns must not print the one under the other's name.
    """

    def uses(name: str) -> set[str]:
        tree = parse_expression(mapping.columns[name].sql, mapping.where)
        return {column.lower() for column in columns_of(tree)}

    private = {f.name for f in mapping.contract.mapped if not f.plain} & set(mapping.columns)
    return bool(uses(field.name) & {column for name in private for column in uses(name)})
