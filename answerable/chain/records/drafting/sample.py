"""A part of a file, large enough to see what is in it: read in bounded time and memory.

A file of up to `WHOLE` bytes is read whole. Of a larger one its beginning, its end and
stretches in between are read, so that the first and the last day are seen.
"""

import csv
import gzip
import io
import itertools
import json
import re
import warnings
import zlib
from collections import deque
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any, AnyStr

import duckdb

from ...body import InputMistake, Problem
from ..catalogue import FINDINGS
from ..defects import Defects
from ..delimited import exact_path
from ..engine import open_engine
from ..layout import LOOKED_AT, header_of
from ..sources import GZIP, OLE, PARQUET, UTF16, ZIP
from ..spreadsheets import inspect_workbook
from ..texttable import literal, quoted
from ..workbook import as_text

BLOCK = 1 << 20
FIRST = 6
MIDDLE = 8
WHOLE = (FIRST + MIDDLE + 1) * BLOCK
FURTHEST = 1 << 30
"""Bytes, unpacked, beyond which a file is not read on."""
ROWS = 60_000
DELIMITERS = ",;\t|"
Row = tuple[str | None, ...]


@dataclass(frozen=True)
class Sample:
    """Rows of a file as text.

    whole      whether they are all that the file holds
    certain    whether the row that names the columns could be told from the others
    """

    path: Path
    format: str
    columns: tuple[str, ...]
    rows: tuple[Row, ...]
    whole: bool
    encoding: str = "utf-8"
    delimiter: str = ","
    sheet: str = ""
    header_row: int = 1
    certain: bool = True
    other_sheets: tuple[str, ...] = ()


def take_sample(path: Path, sheet: str = "") -> Sample:
    """Read a part of a file. Raises InputMistake when it is of no kind that can be mapped."""
    try:
        with path.open("rb") as stream:
            head = stream.read(64)
    except OSError as error:
        raise _mistake(path, f"it cannot be read: {error.strerror}", "Check the name.") from None
    if not head:
        raise _mistake(path, "it is empty", "Ask for it to be sent again.")
    if head.startswith((ZIP, OLE)):
        return _workbook(path, sheet)
    if head.startswith(PARQUET):
        return _parquet(path)
    try:
        blocks, whole = _blocks(path, head.startswith(GZIP))
    except (OSError, EOFError, zlib.error):
        raise _mistake(
            path, "it cannot be unpacked to its end", "Ask for it to be sent again, whole."
        ) from None
    encoding, texts = _decoded(path, blocks)
    if texts and texts[0].lstrip().startswith("{"):
        return _json_lines(path, texts, whole, encoding)
    return _delimited(path, texts, whole, encoding)


def _mistake(path: Path, found: str, next_step: str) -> InputMistake:
    return InputMistake(Problem(path.name, found, next_step=next_step))


def _blocks(path: Path, packed: bool) -> tuple[list[bytes], bool]:
    """The file's beginning, stretches of its middle, and its end."""
    first: list[bytes] = []
    middle: list[bytes] = []
    last, step, read = b"", 1, 0
    with gzip.open(path, "rb") if packed else path.open("rb") as stream:
        for number in itertools.count():
            block = stream.read(BLOCK)
            if not block or read > FURTHEST:
                break
            read += len(block)
            if number < FIRST:
                first.append(block)
                continue
            if last and (number - FIRST) % step == 0:
                middle.append(last)
            if len(middle) > MIDDLE and read > WHOLE:
                middle, step = middle[::2], step * 2
            last = block
    whole = read <= WHOLE
    if whole:
        return [b"".join([*first, *middle, last])], True
    return [b"".join(first), *middle, last], False


def _decoded(path: Path, blocks: list[bytes]) -> tuple[str, list[str]]:
    """The encoding, and each stretch as text of whole lines."""
    start = blocks[0]
    if start.startswith(UTF16):
        order = "utf-16-le" if start.startswith(UTF16[0]) else "utf-16-be"
        texts = [block.decode(order, errors="ignore").removeprefix("\ufeff") for block in blocks]
        return "utf-16", _whole_lines(texts, "\n")
    if b"\0" in start:
        raise _mistake(path, "it is not text, a spreadsheet or Parquet", "Use another file.")
    lines = _whole_lines(blocks, b"\n")
    for encoding in ("utf-8", "cp1252"):
        try:
            texts = [each.decode(encoding) for each in lines]
        except UnicodeDecodeError:
            continue
        return encoding, [texts[0].removeprefix("\ufeff"), *texts[1:]]
    raise _mistake(path, "it is in no encoding that can be told", "Ask for it in UTF-8.")


def _whole_lines(stretches: list[AnyStr], end: AnyStr) -> list[AnyStr]:
    """Stretches without the pieces of lines at their ends."""
    last = len(stretches) - 1
    kept = [each.partition(end)[2] if at else each for at, each in enumerate(stretches)]
    return [each.rpartition(end)[0] if at < last else each for at, each in enumerate(kept)]


def _delimited(path: Path, texts: list[str], whole: bool, encoding: str) -> Sample:
    start = texts[0][: 1 << 17].splitlines()[:LOOKED_AT]
    delimiter = max(DELIMITERS, key=lambda mark: _agreement(start, mark))
    rows = list(_rows(texts[:1], delimiter))
    at, certain = find_header(rows[:LOOKED_AT])
    names = header_of(rows[at] if rows else []).names
    rows = rows[at + 1 :] + list(_rows(texts[1:], delimiter))
    kept = [tuple(value or None for value in row) for row in rows if len(row) == len(names)]
    return Sample(
        path, "csv", names, tuple(_thinned(kept)), whole and len(kept) <= ROWS, encoding,
        delimiter, header_row=at + 1, certain=certain,
    )  # fmt: skip


def _agreement(lines: Sequence[str], delimiter: str) -> float:
    """How much the lines agree on a number of columns, if this mark parts them."""
    widths = [len(row) for row in csv.reader(lines, delimiter=delimiter) if row]
    usual = max(set(widths), key=lambda width: (widths.count(width), width), default=1)
    return (widths.count(usual) / len(widths)) * min(usual, 9) if usual > 1 else 0


def _rows(texts: Iterable[str], delimiter: str) -> Iterator[list[str]]:
    for text in texts:
        try:
            yield from csv.reader(io.StringIO(text, newline=""), delimiter=delimiter)
        except csv.Error:
            continue


def _thinned(rows: list[Row]) -> list[Row]:
    """At most `ROWS`, evenly spread, the first and the last among them."""
    if len(rows) <= ROWS:
        return rows
    step = -(-len(rows) // ROWS)
    return [*rows[:-1:step], rows[-1]]


def find_header(rows: Sequence[Sequence[str | None]]) -> tuple[int, bool]:
    """The place of the row that names the columns, from 0, and whether it can be told.

    It is the first that is as wide as the rows after it, without a gap, a name used twice, a
    number or a date in it.
    """
    filled = [[cell for cell in row if cell] for row in rows]
    widths = [len(row) for row in rows]
    usual = max(set(widths), key=lambda width: (widths.count(width), width), default=0)
    for at, row in enumerate(filled):
        named = [cell.strip() for cell in row]
        if len(named) < 0.8 * usual or len({name.casefold() for name in named}) < len(named):
            continue
        if not any(re.fullmatch(r"[-+]?[\d.,:/ -]+|\d{4}-\d\d.*", name) for name in named):
            return at, True
    return 0, False


def _json_lines(path: Path, texts: list[str], whole: bool, encoding: str) -> Sample:
    names: dict[str, None] = {}
    objects: list[dict[str, Any]] = []
    for line in itertools.chain.from_iterable(text.splitlines() for text in texts):
        try:
            found = json.loads(line)
        except ValueError:
            continue
        if isinstance(found, dict):
            names |= dict.fromkeys(found)
            objects.append(found)
    columns = header_of(list(names)).names
    rows = [tuple(_said(each.get(name)) for name in names) for each in objects]
    return Sample(path, "jsonl", columns, tuple(_thinned(rows)), whole, encoding)


def _said(value: Any) -> str | None:
    if value is None or isinstance(value, str):
        return value or None
    return json.dumps(value)


def _parquet(path: Path) -> Sample:
    connection = open_engine(path.parent)
    relation = f"read_parquet({literal(exact_path(path))})"
    try:
        described = connection.execute(f"describe select * from {relation}").fetchall()
        names = [row[0] for row in described]
        cast = ", ".join(f"{quoted(name)}::varchar" for name in names)
        found = connection.execute(
            f"select {cast} from {relation} using sample {ROWS} rows (reservoir, 1)"
        ).fetchall()
        count = connection.execute(f"select count(*) from {relation}").fetchone() or (0,)
    except duckdb.Error:
        raise _mistake(path, "the Parquet file is damaged", "Ask for it again, whole.") from None
    finally:
        connection.close()
    return Sample(
        path, "parquet", header_of(names).names, tuple(map(tuple, found)), count[0] == len(found)
    )


def _workbook(path: Path, wanted: str) -> Sample:
    defects = Defects("", path.name)
    workbook = inspect_workbook(path, defects)
    if workbook is None:
        stop = defects.found[-1]
        words = FINDINGS[stop.name]
        raise _mistake(path, f"{words.words[:-1].lower()}: {stop.detail}", words.to_do)
    names = workbook.visible()
    if wanted and wanted not in names:
        raise InputMistake(
            Problem("--sheet", "there is no such sheet", ", ".join(names), "Correct the name.")
        )
    found = [_sheet(path, name) for name in ([wanted] if wanted else names)]
    best = max(found, key=lambda each: (each.certain, len(each.columns), len(each.rows)))
    if not best.columns:
        raise _mistake(path, "no sheet that can be seen holds a table", "Use another file.")
    others = tuple(name for name in names if name != best.sheet)
    return Sample(**{**vars(best), "other_sheets": others})


def _sheet(path: Path, name: str) -> Sample:
    from openpyxl import load_workbook

    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        book = load_workbook(path, read_only=True, data_only=True, keep_links=False)
        try:
            sheet = book[name]
            if hasattr(sheet, "reset_dimensions"):
                sheet.reset_dimensions()
            rows = (tuple(map(as_text, row)) for row in sheet.iter_rows(values_only=True))
            first = list(itertools.islice(rows, ROWS))
            last = deque(itertools.islice(rows, 20 * ROWS), maxlen=ROWS // 10)
        except Exception:
            # openpyxl raises whatever its parts raise, and their text may quote a cell.
            raise _mistake(path, "a sheet is damaged", "Ask for it again, whole.") from None
        finally:
            book.close()
    trimmed = [_trimmed(row) for row in first[:LOOKED_AT]]
    at, certain = find_header(trimmed)
    names = header_of([cell or "" for cell in trimmed[at]] if trimmed else []).names
    kept = [
        (*row[: len(names)], *(None,) * (len(names) - len(row)))
        for row in (*first[at + 1 :], *last)
        if any(cell is not None for cell in row)
    ]
    return Sample(
        path, "xlsx", names, tuple(kept), not last, sheet=name, header_row=at + 1, certain=certain
    )


def _trimmed(row: Row) -> Row:
    filled = [at for at, cell in enumerate(row) if cell is not None]
    return row[: filled[-1] + 1] if filled else ()
