"""The figures of a body: `BODY/figures/*.csv`, read and held to the contract."""

import csv
import io
import math
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any

from ..body import Body, InputMistake, Period, Problem, as_given
from ..body.periods import ALLOWED
from ..measures import Status, Unit, quantity
from ..measures.places import places_of
from ..records.expressions import near
from .contract import FOLDER, Column, columns
from .figure import USABLE, Figure

MOST_BYTES = 50_000_000
TOLD = 50
"""So many problems are listed; of more, the number."""
ROUNDED = 0.0051
"""A share may have been rounded to whole per cent from its counts."""


@dataclass(frozen=True)
class Kept:
    """A figure, and where in the body's folder it is kept."""

    figure: Figure
    file: str
    line: int

    @property
    def where(self) -> str:
        """'figures/pack.csv, line 12 (Pack October 2023, Sheet1!C7)'."""
        source = ", ".join(text for text in (self.figure.source, self.figure.place) if text)
        return f"{self.file}, line {self.line}" + (f" ({source})" if source else "")


def read_figures(body: Body) -> tuple[Figure, ...]:
    """Every figure of a body, in the order of the files' names and of their lines.

    Raises InputMistake with every problem of every file, each with its line and column.
    """
    return tuple(kept.figure for kept in read_kept(body))


def read_kept(body: Body) -> tuple[Kept, ...]:
    """As `read_figures`, each with the place where it is kept."""
    problems: list[Problem] = []
    found: list[Kept] = []
    areas = places_of(body).codes
    for path in sorted((body.folder / FOLDER).glob("*.csv")):
        found += _file(path, f"{FOLDER}/{path.name}", areas, problems)
    problems += _one_unit(found)
    _refuse(problems, FOLDER)
    return tuple(found)


def read_figures_file(path: Path, where: str, areas: Sequence[str]) -> tuple[Figure, ...]:
    """The figures of one file, wherever it lies, whose areas are those named.

    where   its name in messages
    Raises InputMistake as `read_figures` does, and where there is no such file.
    """
    if not path.is_file():
        raise InputMistake(
            Problem(where, "there is no such file", next_step="Check the name of the file.")
        )
    problems: list[Problem] = []
    found = _file(path, where, areas, problems)
    problems += _one_unit(found)
    _refuse(problems, where)
    return tuple(kept.figure for kept in found)


def held_together(kept: Sequence[Kept]) -> None:
    """Raise InputMistake where figures, each right by itself, cannot stand together."""
    _refuse(list(_one_unit(kept)), FOLDER)


def _refuse(problems: list[Problem], where: str) -> None:
    if not problems:
        return
    more = len(problems) - TOLD
    told = problems[:TOLD]
    if more > 0:
        told.append(Problem(where, f"and {more:,} more problems of these kinds"))
    raise InputMistake(told)


def _file(path: Path, where: str, areas: Sequence[str], problems: list[Problem]) -> list[Kept]:
    text = _text(path, where, problems)
    if text is None:
        return []
    reader = csv.reader(io.StringIO(text, newline=""), strict=True)
    found: list[Kept] = []
    try:
        header = [name.strip() for name in next(reader, [])]
        wrong = _header(header, where)
        problems += wrong
        if wrong:
            return []
        for row in reader:
            if not any(cell.strip() for cell in row):
                continue
            line = reader.line_num
            figure = _figure(dict(zip(header, row, strict=False)), where, line, areas, problems)
            if figure is not None:
                found.append(Kept(figure, where, line))
    except csv.Error:
        problems.append(
            Problem(where, "the quotes in this line do not match, or a cell is too long", "CSV",
                    "Correct the line, or save the file as CSV again.",
                    f"line {reader.line_num}")
        )  # fmt: skip
    return found


def _text(path: Path, where: str, problems: list[Problem]) -> str | None:
    def problem(found: str, next_step: str) -> str | None:
        problems.append(Problem(where, found, "a CSV file in UTF-8", next_step))
        return None

    if path.stat().st_size > MOST_BYTES:
        return problem("the file is over 50 MB", "Keep figures here, not records.")
    data = path.read_bytes()
    if data[:2] == b"PK" or b"\0" in data:
        return problem("this is not text", "Save it as CSV (UTF-8).")
    try:
        return data.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        line = data.count(b"\n", 0, error.start) + 1
        return problem(f"line {line} is not in UTF-8", "Save it as CSV (UTF-8).")


def _header(header: Sequence[str], where: str) -> list[Problem]:
    names = [column.name for column in columns()]
    allowed = ", ".join(names)
    twice = sorted({name for name in header if header.count(name) > 1})
    strays = [name for name in header if name not in names]
    absent = [each.name for each in columns() if each.required and each.name not in header]
    problems = [
        Problem(where, f"the column '{name}' is there twice", allowed, "Leave one.", "line 1")
        for name in twice
    ]
    problems += [
        Problem(where, f"the column '{name}' is not known here",
                ", ".join(near(name, names)) or allowed, "Correct the name, or take it out.",
                "line 1")
        for name in strays
    ]  # fmt: skip
    problems += [
        Problem(where, f"there is no column '{name}'", allowed, "Add it.", "line 1")
        for name in absent
    ]
    return problems


def _figure(
    row: dict[str, str],
    where: str,
    line: int,
    areas: Sequence[str],
    problems: list[Problem],
) -> Figure | None:
    before = len(problems)

    def tell(key: str, found: str, allowed: str = "", next_step: str = "Correct the cell.") -> None:
        problems.append(Problem(where, found, allowed, next_step, f"line {line}, {key}"))

    values: dict[str, Any] = {}
    cells = {column.name: as_given(row.get(column.name, "").strip()) for column in columns()}
    for column in columns():
        text = cells[column.name]
        if not text:
            if column.required:
                tell(column.name, "this is empty", ", ".join(column.allowed))
            continue
        found, allowed = _wrong(column, text)
        if found:
            tell(column.name, found, allowed)
        elif column.name not in ("value", "status"):
            values[column.name] = _read(column, text)
    if "period" in values:
        try:
            values["period"] = Period.parse(values["period"])
        except ValueError as error:
            tell("period", str(error), ALLOWED)
    if "area" in values and values["area"] not in areas:
        alike = near(values["area"], areas) or list(areas)
        tell("area", f"there is no area '{values['area']}'", ", ".join(alike),
             "Write the area's code.")  # fmt: skip
    if len(problems) > before:
        return None
    values["unit"] = Unit(values["unit"])
    if cells["value"]:
        try:
            values["value"] = _amount(cells["value"], values["unit"])
        except ValueError as error:
            tell("value", str(error))
            return None
    has = "value" in values or {"numerator", "denominator"} <= values.keys()
    values["status"] = Status(cells["status"] or ("ok" if has else "missing"))
    for key, found, allowed in _inconsistent(values, has):
        tell(key, found, allowed)
    return None if len(problems) > before else Figure(**values)


def _wrong(column: Column, text: str) -> tuple[str, str]:
    """What is wrong with a cell and what may stand there; two empty texts where nothing is."""
    if column.allowed and text not in column.allowed:
        return f"'{text}' is not known here", ", ".join(
            near(text, column.allowed) or column.allowed
        )
    if column.pattern and not re.fullmatch(column.pattern, text):
        return f"'{text}' is not a key", "lower-case letters, digits and underscores"
    if column.name == "value":
        return "", ""
    if column.type in ("number", "integer"):
        number = _plain(text)
        if number is None or (column.type == "integer" and number != int(number)):
            return "this is not a plain number", "as 1204 or 0.63, without commas"
        if column.minimum is not None and number < column.minimum:
            return f"this is less than {column.minimum:g}", ""
    if column.type == "date":
        try:
            date.fromisoformat(text)
        except ValueError:
            return f"'{text}' is not a day", "as 2024-01-31"
    return "", ""


def _read(column: Column, text: str) -> Any:
    if column.type == "number":
        return float(text)
    if column.type == "integer":
        return int(float(text))
    return date.fromisoformat(text) if column.type == "date" else text


def _plain(text: str) -> float | None:
    if not re.fullmatch(r"[+-]?(\d+\.?\d*|\.\d+)([eE][+-]?\d+)?", text, re.ASCII):
        return None
    number = float(text)
    return number if math.isfinite(number) else None


def _amount(text: str, unit: Unit) -> float:
    number = _plain(text)
    return quantity(text, unit) if number is None else number


def _inconsistent(values: dict[str, Any], has: bool) -> Iterator[tuple[str, str, str]]:
    """Cells of one line that cannot all be so: column, what was found, what is allowed."""
    status, unit = values["status"], values["unit"]
    if status in USABLE and not has:
        yield "value", f"the status is {status}, and there is no figure", "suppressed, missing"
    if status not in USABLE and has:
        yield "status", f"the status is {status}, and there is a figure", "ok, provisional, revised"
    top, n, value = values.get("numerator"), values.get("denominator"), values.get("value")
    if unit == Unit.SHARE:
        if value is not None and not 0 <= value <= 1:
            yield "value", "this is no share", "from 0 to 1, or as 80%"
        if top is not None and n is not None and top > n:
            yield "numerator", "the numerator is larger than the denominator", ""
        elif top is not None and n and value is not None and abs(top / n - value) > ROUNDED:
            yield "value", "this is not the numerator over the denominator", f"{top / n:.4f}"
    elif unit in (Unit.SECONDS, Unit.DAYS) and value is not None and value < 0:
        yield "value", "this is below 0", ""
    elif values["statistic"] == "count" and value is not None and (value < 0 or value % 1):
        yield "value", "this is not a whole count", ""


def _one_unit(found: Sequence[Kept]) -> Iterator[Problem]:
    """A series in two units, or with two directions of good, is two measures."""
    first: dict[tuple[str, str], Kept] = {}
    good: dict[str, Kept] = {}
    for kept in found:
        figure = kept.figure
        one = first.setdefault((figure.measure, figure.statistic), kept)
        if (one.figure.unit, one.figure.per) != (figure.unit, figure.per):
            yield Problem(
                kept.file,
                f"'{figure.measure}', {figure.statistic}, is in {figure.unit} here and in"
                f" {one.figure.unit} in {one.file}, line {one.line}",
                "one unit for each measure and statistic",
                "Correct the unit, or give one of the two another name.",
                f"line {kept.line}, unit",
            )
        if not figure.better:
            continue
        other = good.setdefault(figure.measure, kept)
        if other.figure.better != figure.better:
            yield Problem(
                kept.file,
                f"of '{figure.measure}' {figure.better} is better here, and"
                f" {other.figure.better} in {other.file}, line {other.line}",
                "one direction for each measure",
                "Correct one of the two.",
                f"line {kept.line}, better",
            )
