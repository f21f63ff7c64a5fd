"""Parquet and JSON lines, read by DuckDB and turned into text."""

import duckdb

from .defects import Defects
from .delimited import exact_path
from .layout import accept_header
from .sources import PARQUET, Read, Reading, Source, as_utf8
from .texttable import TextTable, literal, quoted


def read_parquet(table: TextTable, source: Source, defects: Defects, reading: Reading) -> Read:
    """Append one Parquet file to `table`; times become `2023-11-02 14:05:00`."""
    with source.path.open("rb") as stream:
        if stream.read(4) != PARQUET:
            defects.stops("wrong_kind_of_file", "it is not a Parquet file")
            return None
    relation = f"read_parquet({literal(exact_path(source.path))})"
    try:
        described = table.connection.execute(f"describe select * from {relation}").fetchall()
        header = accept_header([[row[0] for row in described]], 1, reading.wanted, defects)
        if header is None:
            return None
        cast = ", ".join(f"{quoted(row[0])}::varchar" for row in described)
        return header.names, table.insert(
            source.name, header.names, f"(select {cast} from {relation})"
        )
    except duckdb.Error:
        defects.stops("unreadable_file", "the Parquet file is damaged or cut short")
        return None


def read_json_lines(table: TextTable, source: Source, defects: Defects, reading: Reading) -> Read:
    """Append one file with a JSON object on each line to `table`.

    A key that an object lacks, and `null`, is no value; a list or object inside stays JSON.
    """
    text = as_utf8(source, reading, defects)
    if text is None:
        return None
    packing = "gzip" if text.gzipped else "none"
    objects = (
        f"(select json from read_ndjson_objects({literal(exact_path(text.path))},"
        f" ignore_errors=true, compression='{packing}'))"
    )
    good = f"{objects} where json_type(json) = 'OBJECT'"
    try:
        _report_lines(table.connection, objects, defects)
        if defects.stopped:
            return None
        keys = [
            row[0]
            for row in table.connection.execute(
                "select key from (select unnest(keys) as key, n, generate_subscripts(keys, 1) as i"
                " from (select json_keys(json) as keys, row_number() over () as n"
                f" from {good})) group by key order by min((n, i))"
            ).fetchall()
        ]
        header = accept_header([keys], 1, reading.wanted, defects)
        if header is None:
            return None
        values = ", ".join(f"json ->> {literal(_pointer(key))}" for key in keys)
        return header.names, table.insert(
            source.name, header.names, f"(select {values} from {good})"
        )
    except duckdb.Error:
        defects.stops("unreadable_file", "its lines cannot be read as JSON")
        return None


def _pointer(key: str) -> str:
    """A key as a JSON pointer (RFC 6901), in which no character of a key is special."""
    return "/" + key.replace("~", "~0").replace("/", "~1")


def _report_lines(connection: duckdb.DuckDBPyConnection, objects: str, defects: Defects) -> None:
    bad, rows = connection.execute(
        "select count(*) filter (json is null or json_type(json) <> 'OBJECT'), count(*)"
        f" from {objects}"
    ).fetchone() or (0, 0)
    if bad == rows:
        defects.stops("wrong_kind_of_file", "no line of it is a JSON object")
    elif bad:
        defects.rejects("malformed_line", "these lines were left out", bad)
