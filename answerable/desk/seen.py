"""How a spreadsheet is shown as it was understood."""

import re
from dataclasses import replace
from typing import Any

from django.utils.html import conditional_escape as escape
from django.utils.safestring import SafeString

from ..chain.body import Period, Problem
from ..chain.measures import shown
from ..chain.sheets import Correction, Grid, Line, Remark, Table
from ..chain.sheets.places import box_of, letters, name_of
from ..site.markup import safe
from .forms.correct import PUT_RIGHT, VALUES, choices
from .things import Sheet

ROWS, COLUMNS = 14, 16
"""Cells of a table that are shown, its headings among them."""
LONG = 60


def tables(sheet: Sheet, name: str) -> list[dict[str, Any]]:
    """Every table, as the page shows it."""
    grids = {grid.name: grid for grid in sheet.pack.grids}
    return [
        {
            "title": table.title or f"Table {number + 1}",
            "one_name": len({line.name for line in table.lines}) == 1,
            "sheet": table.sheet,
            "span": table.span,
            "runs": {"wide": "periods run across", "long": "periods run down"}[table.orientation],
            "lines": [
                _line(each, f"/sheet/{name}/{number}/{i}/") for i, each in enumerate(table.lines)
            ],
            "targets": [
                (t.name, shown(t.value, t.unit, exact=True), t.place) for t in table.targets
            ],
            "footnotes": table.footnotes,
            "left_out": table.left_out,
            "remarks": [_remark(each, table) for each in table.remarks],
            "cells": cells(grids[table.sheet], table),
            "id": f"table-{number + 1}",
        }
        for number, table in enumerate(sheet.understood.tables)
    ]


def _line(line: Line, address: str) -> dict[str, Any]:
    known = [f for f in line.figures if f.known is not None]
    periods = [f.period for f in line.figures]
    reach = Period.of(min(p.first for p in periods), max(p.last for p in periods))
    lengths = {1: "month", 3: "quarter", 12: "year"}
    kinds = {lengths.get(len(p), "period") for p in periods}
    noun = kinds.pop() if len(kinds) == 1 else "period"
    count = len(line.figures)
    last = known[-1] if known else None
    return {
        "address": address,
        "name": line.name,
        "area": line.area if line.area != "all" else "the whole" if line.total else "",
        "total": line.total,
        "count": f"{count} {noun}{'' if count == 1 else 's'}",
        "absent": count - len(known),
        "reach": reach.plain(),
        "last": shown(last.known, last.unit, last.per) if last and last.known is not None else "",
        "place": line.place,
    }


def _remark(remark: Remark, table: Table) -> dict[str, Any]:
    """A remark with what puts it right: the form's kind, its cell and what may be chosen."""
    places = [place.rpartition("!") for place in remark.places or (remark.place,)]
    sheet, cell = places[0][0], " ".join(cell for _, _, cell in places)
    return {
        "text": remark.text,
        "place": remark.place,
        "correct": remark.correct,
        "label": PUT_RIGHT.get(remark.correct, ""),
        "sheet": sheet or table.sheet,
        "at": cell or table.span,
        "choices": choices(remark.correct),
    }


_CORRECTION = re.compile(
    r"(?:, or |: )?(?:a correction )`\w+`(?: such as [\w/]+)?|`(?=\w)|(?<=\w)`"
)


def problems(sheet: Sheet) -> list[dict[str, Any]]:
    """What could not be understood, in words for a page, with the form that puts it right."""
    grids = {grid.name: grid for grid in sheet.pack.grids}
    return [_problem(each, grids) for each in sheet.understood.problems]


def _problem(problem: Problem, grids: dict[str, Grid]) -> dict[str, Any]:
    asked = re.search(r"`(\w+)`", f"{problem.next_step} {problem.allowed}")
    kind = asked[1] if asked and asked[1] in PUT_RIGHT else ""
    name, _, cell = problem.where.rpartition("!")
    grid = grids.get(name)
    holds = _held(grid, cell) if grid is not None else ""
    words = replace(problem, next_step="", allowed="")
    parts = [str(words)]
    if problem.allowed:
        parts.append(f"It can be {problem.allowed}.")
    if problem.next_step:
        parts.append(problem.next_step)
    return {
        "text": _CORRECTION.sub("", " ".join(parts)),
        "holds": holds if kind in ("cell", "unit") else "",
        "correct": kind if grid is not None else "",
        "label": PUT_RIGHT.get(kind, ""),
        "sheet": name,
        "at": "" if kind in ("span", "calendar") else cell,
        "value": holds if kind == "cell" else "",
        "choices": choices(kind),
    }


def _held(grid: Grid, cell: str) -> str:
    """What stands in a cell, shortened as in the tables."""
    try:
        row, column, *_ = box_of(cell)
    except ValueError:
        return ""
    found = grid.cells.get((row, column))
    return found.shown[:LONG] if found is not None else ""


def in_words(problem: Problem) -> str:
    """A correction that cannot be meant, told by its meaning and not by its name."""
    kind = problem.where.removeprefix("correction ").strip("'")
    words = PUT_RIGHT.get(kind, problem.where).partition(":")[0].partition(" (")[0]
    return str(replace(problem, where=words))


def made(sheet: Sheet) -> list[tuple[int, str]]:
    """The corrections made so far, in words."""
    return [(number, _told(each)) for number, each in enumerate(sheet.corrections)]


def _told(correction: Correction) -> str:
    value = VALUES.get(correction.value, correction.value)
    where = "!".join(part for part in (correction.sheet, correction.at) if part)
    words = PUT_RIGHT[correction.what].partition(":")[0].partition(" (")[0]
    return f"{where}: {words}: {value}" if where else f"{words}: {value}"


def kinds_of_correction() -> list[tuple[str, str, str]]:
    """Every correction: its key, its meaning, and the values that it takes."""
    return [
        (key, words, ", ".join(value for value, _ in choices(key)))
        for key, words in PUT_RIGHT.items()
    ]


def cells(grid: Grid, table: Table) -> SafeString:
    """The table's first cells as they stand in the sheet, with its letters and numbers."""
    top, left, bottom, right = box_of(table.span)
    last_row, last_column = min(bottom, top + ROWS - 1), min(right, left + COLUMNS - 1)
    columns = range(left, last_column + 1)
    head = "".join(f'<th scope="col">{letters(column)}</th>' for column in columns)
    body = "".join(
        f'<tr><th scope="row">{row}</th>'
        + "".join(f"<td>{_shown(grid, row, column)}</td>" for column in columns)
        + "</tr>"
        for row in range(top, last_row + 1)
    )
    shown_span = f"{name_of((top, left))}:{name_of((last_row, last_column))}"
    rest = "" if (last_row, last_column) == (bottom, right) else f"; the first, {shown_span}, shown"
    caption = escape(f"{table.sheet}, {table.span}{rest}")
    return safe(
        f'<div class="scroll cells" role="region" aria-label="Cells of {caption}" tabindex="0">'
        f"<table><caption>{caption}</caption><thead><tr><td></td>{head}</tr></thead>"
        f"<tbody>{body}</tbody></table></div>"
    )


def _shown(grid: Grid, row: int, column: int) -> str:
    cell = grid.cells.get((row, column))
    if cell is None:
        return ""
    words = cell.shown if len(cell.shown) <= LONG else cell.shown[:LONG] + "…"
    return f"<b>{escape(words)}</b>" if cell.bold else str(escape(words))
