"""How extracts are written: text, JSON lines, Parquet, gzip; the same rows, the same bytes."""

import gzip
import json
import os
import tempfile
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

Column = NDArray[Any]
Sheet = Mapping[str, Column]
"""Columns of text by the names that they have in the force's own file."""


_PARQUET = "format parquet, compression zstd"


@dataclass(frozen=True)
class Extract:
    """One file that the force sends."""

    name: str
    data: bytes


def delimited(sheet: Sheet, delimiter: str = ",", above: Sequence[str] = ()) -> str:
    """A sheet as delimited text with Windows line ends; `above` are lines before the header."""
    columns = [_quoted(np.asarray(column, dtype=str), delimiter) for column in sheet.values()]
    lines = map(delimiter.join, zip(*(column.tolist() for column in columns), strict=True))
    return "\r\n".join([*above, delimiter.join(sheet), *lines, ""])


def _quoted(column: Column, delimiter: str) -> Column:
    special = (np.char.find(column, delimiter) >= 0) | (np.char.find(column, '"') >= 0)
    if not special.any():
        return column
    return np.where(
        special, np.char.add(np.char.add('"', np.char.replace(column, '"', '""')), '"'), column
    )


def json_lines(sheet: Sheet) -> str:
    """One JSON object a line; an empty text is written as null."""
    names = list(sheet)
    columns = [np.asarray(column, dtype=str).tolist() for column in sheet.values()]
    encode = json.JSONEncoder(ensure_ascii=False, separators=(",", ":")).encode
    records = (
        {name: value or None for name, value in zip(names, values, strict=True)}
        for values in zip(*columns, strict=True)
    )
    return "".join(encode(record) + "\n" for record in records)


def parquet(sheet: Sheet) -> bytes:
    """A sheet as Parquet, its columns of whatever kind they are."""
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "sheet.parquet"
        write_parquet(sheet, path)
        return path.read_bytes()


def write_parquet(sheet: Sheet, path: Path) -> None:
    """Write a sheet as Parquet to a path, through DuckDB on one thread, so that the same
    rows give the same bytes."""
    import duckdb

    chosen = ", ".join(
        f'"{name}"::date as "{name}"' if column.dtype == "datetime64[D]" else f'"{name}"'
        for name, column in sheet.items()
    )
    target = str(path).replace("'", "''")
    with duckdb.connect(config={"threads": 1}) as database:
        database.register("sheet", {name: _plain(column) for name, column in sheet.items()})
        # Only names of our own columns and a path stand in this text, never a value.
        database.execute(f"copy (select {chosen} from sheet) to '{target}' ({_PARQUET})")  # noqa: S608  # our own columns and path


def _plain(column: Column) -> Column:
    """Columns of kinds that DuckDB takes: texts as objects, days as moments."""
    if column.dtype.kind == "U":
        return column.astype(object)
    return column.astype("datetime64[s]") if column.dtype == "datetime64[D]" else column


def zipped(data: bytes) -> bytes:
    """gzip without the time of day."""
    return gzip.compress(data, compresslevel=4, mtime=0)


def put(path: Path, data: bytes) -> None:
    """Write a whole file beside its place, then move it there."""
    path.parent.mkdir(parents=True, exist_ok=True)
    beside = path.with_name(f".{path.name}.part")
    with beside.open("wb") as file:
        file.write(data)
        file.flush()
        os.fsync(file.fileno())
    beside.replace(path)


def words(codes: Mapping[str, str], column: Column) -> Column:
    """The force's own code for each of the contract's words; empty stays empty."""
    names, back = np.unique(column, return_inverse=True)
    return np.array([codes[name] if name else "" for name in names.tolist()])[back]


def yes_no(column: Column, yes: str = "Y", no: str = "N") -> Column:
    """1, 0 and -1 as the force writes them; -1 is empty."""
    return np.array([no, yes, ""])[column]


def digits(column: Column, width: int) -> Column:
    """Whole numbers with leading noughts."""
    return np.char.zfill(np.asarray(column).astype(str), width)


def glue(*parts: Any) -> Column:
    """Texts put together, row by row."""
    glued = np.asarray(parts[0], dtype=str)
    for part in parts[1:]:
        glued = np.char.add(glued, np.asarray(part, dtype=str))
    return glued
