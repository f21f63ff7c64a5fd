"""Reading the files of a mapping into one table of text, before DuckDB is locked.

Nothing is interpreted here: every value is the text that the file holds. What cannot be
read is a finding, for all files at once. The database's own error text is never passed
on, because it prints rows.
"""

import tempfile
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

import duckdb

from ..body import InputMistake, Problem
from .defects import Defects
from .delimited import read_delimited
from .finding import Finding, Weight
from .layout import PSEUDO, key_of, report_drift
from .sources import Reading, encoding_of, find_source
from .structured import read_json_lines, read_parquet
from .texttable import TextTable
from .workbook import read_workbook

READERS = {
    "csv": read_delimited,
    "xlsx": read_workbook,
    "parquet": read_parquet,
    "jsonl": read_json_lines,
}
"""What reads each format."""


@dataclass(frozen=True)
class LoadedFile:
    """One file that was read: its name, its own columns in order, the rows taken from it."""

    name: str
    columns: tuple[str, ...]
    rows: int


@dataclass(frozen=True)
class Loaded:
    """What reading gave.

    columns   all columns of the table, without `_line` and `_file`
    missing   mapped columns that no file has
    """

    files: tuple[LoadedFile, ...]
    columns: tuple[str, ...]
    missing: tuple[str, ...]
    findings: tuple[Finding, ...]

    @property
    def rows(self) -> int:
        return sum(file.rows for file in self.files)

    @property
    def usable(self) -> bool:
        """Whether every file could be read."""
        return all(finding.weight is not Weight.STOPS for finding in self.findings)


def load_text(
    connection: duckdb.DuckDBPyConnection,
    paths: Sequence[Path],
    *,
    format: str = "csv",
    encoding: str = "utf-8",
    delimiter: str = ",",
    sheet: str = "",
    header_row: int = 1,
    nulls: Sequence[str] = ("", "NULL", "N/A"),
    table_name: str,
    table: str = "",
    wanted: Sequence[str] = (),
    where: str = "",
) -> Loaded:
    """Read files of one mapping into the view `table_name`, every column as text.

    Beside the files' columns, united by name, the view has `_line` (the number of the
    record among those of its file that could be read, from 1) and `_file` (its name). An
    empty value and each of `nulls` is no value.

    table    the contract's table, for findings
    wanted   the columns that the mapping uses: they tell the header from a record, and
             a name that two columns share matters only for them
    where    the mapping's file, for messages

    Raises InputMistake for a format or encoding that is not known, and for no files.
    """
    where = where or table_name
    encoding = encoding_of(encoding, where)
    _check(paths, format, where)
    wanted = tuple(dict.fromkeys(name for name in wanted if name not in PSEUDO))
    text = TextTable(connection, table_name)
    reports = [Defects(table or table_name, name) for name in names_of(paths)]
    read: list[tuple[Defects, tuple[str, ...], int]] = []
    with tempfile.TemporaryDirectory(prefix="answerable-") as folder:
        reading = Reading(format, encoding, delimiter, sheet, header_row, wanted, Path(folder))
        for path, defects in zip(paths, reports, strict=True):
            source = find_source(path, defects.file, defects)
            if source is None:
                continue
            found = READERS[format](text, source, defects, reading)
            if found:
                read.append((defects, *found))
    report_drift(read, wanted)
    _empty_words(text, [word for word in nulls if word], wanted, reports)
    return Loaded(
        files=tuple(LoadedFile(defects.file, names, rows) for defects, names, rows in read),
        columns=tuple(text.columns.values()),
        missing=tuple(name for name in wanted if key_of(name) not in text.columns) if read else (),
        findings=tuple(finding for defects in reports for finding in defects.found),
    )


def names_of(paths: Sequence[Path]) -> list[str]:
    """Names by which files are told: without their folder, unless two would be alike."""
    short = [path.name for path in paths]
    return [
        f"{path.parent.name}/{name}" if short.count(name) > 1 else name
        for path, name in zip(paths, short, strict=True)
    ]


def _empty_words(
    text: TextTable, words: Sequence[str], wanted: Sequence[str], reports: Sequence[Defects]
) -> None:
    """Turn the words for 'no value' into no value, with a finding for each file and column."""
    by_file = {defects.file: defects for defects in reports}
    found = text.null_words(words, wanted or list(text.columns.values()))
    for file, column, count in found:
        by_file[file].notes("text_null", "read as no value", count, column)
    text.finish(words, [column for _, column, _ in found])


def _check(paths: Sequence[Path], format: str, where: str) -> None:
    problems = []
    if format not in READERS:
        problems.append(
            Problem(where, f"'{format}' is not a format", ", ".join(READERS), key="format")
        )
    if not paths:
        problems.append(
            Problem(where, "no file has this name", next_step="Correct the name.", key="file")
        )
    if problems:
        raise InputMistake(problems)
