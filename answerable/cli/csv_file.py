"""A CSV file opened strictly: its header, its records with their lines, columns by name.

Nothing is guessed, and no cell is ever quoted in a message.
"""

import csv
import io
from collections.abc import Iterator, Sequence
from pathlib import Path

from ..chain.body import InputMistake, Problem

MOST_BYTES = 50_000_000

_DELIMITERS = {",": "commas", ";": "semicolons", "\t": "tabs"}


def records_of(path: Path, x: str) -> tuple[list[str], Iterator[tuple[int, list[str]]]]:
    """The header and the records with the number of the line on which each ends."""
    text = _text(path)
    if not text.strip():
        raise InputMistake(
            Problem(path.name, "the file is empty", "a header line and one line for each point",
                    "Check that this is the file that you meant.")
        )  # fmt: skip
    first = text.lstrip("\r\n").splitlines()[0]
    delimiter = next(
        (mark for mark in _DELIMITERS if x in next(csv.reader([first], delimiter=mark))), ","
    )
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=delimiter, strict=True)

    def records() -> Iterator[tuple[int, list[str]]]:
        try:
            for row in reader:
                if any(cell.strip() for cell in row):
                    yield reader.line_num, row
        except csv.Error:
            raise InputMistake(
                Problem(path.name, "the quotes in this line do not match, or a cell is too long",
                        "CSV", "Correct the line, or save the file as CSV again.",
                        f"line {reader.line_num}")
            ) from None  # fmt: skip

    rows = records()
    _, header = next(rows)
    return [name.strip() for name in header], rows


def _text(path: Path) -> str:
    def mistake(found: str, next_step: str) -> InputMistake:
        return InputMistake(Problem(path.name, found, "a CSV file in UTF-8", next_step))

    try:
        if path.stat().st_size > MOST_BYTES:
            raise mistake("the file is over 50 MB", "Cut it down to the one series to be read.")
        data = path.read_bytes()
    except FileNotFoundError:
        raise mistake("there is no such file", "Check the name of the file.") from None
    except IsADirectoryError:
        raise mistake("this is a folder", "Name a file in it.") from None
    except OSError as error:
        raise mistake(
            f"the file cannot be opened ({error.strerror})", "Check that you may read it."
        ) from None
    if data[:2] == b"PK":
        raise mistake("this is a spreadsheet or a zip file", "Save the sheet as CSV (UTF-8).")
    if b"\0" in data:
        raise mistake("this is not text", "Save it as CSV (UTF-8).")
    try:
        return data.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        line = data.count(b"\n", 0, error.start) + 1
        raise mistake(f"line {line} is not in UTF-8", "Save it as CSV (UTF-8).") from None


def columns_of(file: str, header: Sequence[str], named: Sequence[tuple[str, str]]) -> list[int]:
    problems = []
    for name, option in named:
        count = header.count(name)
        if count != 1:
            found = (
                f"there is no column '{name}'" if not count else f"'{name}' heads {count} columns"
            )
            problems.append(Problem(file, found, ", ".join(header), f"Correct {option}.", option))
    if problems:
        raise InputMistake(problems)
    return [header.index(name) for name, _ in named]


def cells_of(
    file: str,
    rows: Iterator[tuple[int, list[str]]],
    at: Sequence[int],
    problems: list[Problem],
) -> tuple[list[int], list[list[str]]]:
    lines, cells = [], []
    for line, row in rows:
        if len(row) <= max(at):
            problems.append(
                Problem(file, f"this line has only {len(row)} cells", "as many as the header",
                        "Complete the line.", f"line {line}")
            )  # fmt: skip
            continue
        lines.append(line)
        cells.append([row[i] for i in at])
    if not cells and not problems:
        problems.append(
            Problem(file, "there is no line under the header", "one line for each point",
                    "Check that this is the file that you meant.")
        )  # fmt: skip
    return lines, cells
