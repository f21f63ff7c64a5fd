"""Delimited text (CSV), read by DuckDB as text; every row it cannot use is counted."""

import csv
from pathlib import Path

import duckdb

from .defects import Defects, few
from .layout import LOOKED_AT, Header, accept_header
from .sources import CHUNK, Read, Reading, Source, as_utf8, with_one_line_end
from .texttable import TextTable, literal

REJECTS, SCANS = "rows_not_read", "scans_not_read"
RAGGED = ("MISSING COLUMNS", "TOO MANY COLUMNS")


def read_delimited(table: TextTable, source: Source, defects: Defects, reading: Reading) -> Read:
    """Append one file to `table`. Its columns and rows, or None with a finding that stops."""
    text = as_utf8(source, reading, defects)
    if text is None:
        return None
    header = _header(text, reading, defects)
    if header is None:
        return None
    try:
        rows = _insert(table, text, header, reading, defects)
    except duckdb.Error:
        # The reader gives up on lines that end in two ways; a copy is read instead.
        try:
            text = with_one_line_end(text, reading.scratch)
            rows = _insert(table, text, header, reading, defects)
            defects.notes("mixed_line_ends")
        except duckdb.Error:
            defects.stops("unreadable_file", "its lines cannot be told into rows")
            return None
    if not rows and not defects.found:
        defects.notes("no_rows")
    return header.names, rows


def _header(text: Source, reading: Reading, defects: Defects) -> Header | None:
    with text.open() as stream:
        start = stream.read(CHUNK).decode("utf-8-sig", errors="replace")
    rows = _rows(start, reading.delimiter, reading.header_row)
    header = accept_header(rows, reading.header_row, reading.wanted, defects)
    if header is None:
        _suggest_delimiter(start, reading, defects)
    return header


def _rows(start: str, delimiter: str, header_row: int) -> list[list[str]]:
    """The first lines as rows. Those before the header are lines, whatever quotes they hold,
    because they are skipped as lines."""
    lines = start.splitlines(keepends=True)
    above = [next(csv.reader([line], delimiter=delimiter), []) for line in lines[: header_row - 1]]
    below = []
    try:
        for row in csv.reader(lines[header_row - 1 :], delimiter=delimiter):
            below.append(row)
            if len(below) == LOOKED_AT:
                break
    except csv.Error:
        pass  # a value too long for this reader; the rows before it are enough
    return above + below


def _suggest_delimiter(start: str, reading: Reading, defects: Defects) -> None:
    for other in (mark for mark in ",;\t|" if mark != reading.delimiter):
        trial = Defects(defects.table, defects.file)
        rows = _rows(start, other, reading.header_row)
        if accept_header(rows, reading.header_row, reading.wanted, trial):
            defects.found.clear()
            shown = "\\t" if other == "\t" else other
            defects.stops(
                "wrong_delimiter", f'the mapped columns are there with delimiter = "{shown}"'
            )
            return


def _insert(
    table: TextTable, text: Source, header: Header, reading: Reading, defects: Defects
) -> int:
    columns = ", ".join(f"{literal(name)}: 'VARCHAR'" for name in header.names)
    relation = (
        f"read_csv({literal(exact_path(text.path))}, auto_detect=false, header=true,"
        f" skip={reading.header_row - 1}, delim={literal(reading.delimiter)},"
        f" quote='\"', escape='\"',"
        f" columns={{{columns}}}, compression='{'gzip' if text.gzipped else 'none'}',"
        f" store_rejects=true, rejects_table='{REJECTS}', rejects_scan='{SCANS}')"
    )
    connection = table.connection
    try:
        rows = table.insert(text.name, header.names, relation)
        _report_rejects(connection, text, len(header.names), defects)
    finally:
        # They hold whole lines of the file.
        connection.execute(f"drop table if exists {REJECTS}; drop table if exists {SCANS}")
    return rows


def exact_path(path: Path) -> str:
    """A path in which nothing is taken for a pattern of names."""
    return "".join(f"[{char}]" if char in "*?[" else char for char in str(path))


def _report_rejects(
    connection: duckdb.DuckDBPyConnection, text: Source, columns: int, defects: Defects
) -> None:
    found = connection.execute(
        f"select error_type::varchar, list(distinct line order by line) from {REJECTS} group by 1"
    ).fetchall()
    lines: dict[str, list[int]] = {kind: list(at) for kind, at in found}
    ragged = sorted({line for kind in RAGGED for line in lines.pop(kind, [])})
    if ragged:
        defects.rejects(
            "ragged_row",
            f"the file has {columns} columns; these lines have more or fewer values: {few(ragged)}",
            len(ragged),
        )
    if at := lines.pop("INVALID ENCODING", []):
        defects.stops("wrong_encoding", f"not UTF-8 on lines {few(at)}", len(at))
    if at := lines.pop("LINE SIZE OVER MAXIMUM", []):
        defects.stops("overlong_record", f"it begins on line {at[0]}", len(at))
    if at := lines.pop("UNQUOTED VALUE", []):
        _report_quotes(text, at, defects)
    for other in lines.values():
        defects.rejects("malformed_row", f"lines {few(other)}", len(other))


def _report_quotes(text: Source, at: list[int], defects: Defects) -> None:
    """An odd number of quotation marks means that one swallows the rows after it."""
    if sum(chunk.count(b'"') for chunk in text.chunks()) % 2:
        defects.stops(
            "unclosed_quote",
            f"a quotation mark near line {at[0]} is never closed, so rows after it are lost in it."
            " The file may have been cut short",
        )
    else:
        defects.rejects(
            "malformed_row", f"text stands after a closing quotation mark: lines {few(at)}", len(at)
        )
