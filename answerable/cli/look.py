"""`answerable look`: what is understood of a spreadsheet, before anything is made of it."""

import json
from enum import StrEnum
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from .app import MISTAKE, app
from .understood_file import AREA, CORRECT, SHEET, as_option

if TYPE_CHECKING:
    from ..chain.figures import Figure
    from ..chain.sheets import Line, Table, Understood


class Shape(StrEnum):
    TEXT = "text"
    JSON = "json"


MOST = 40
"""So many lines, and so many remarks, of a table are printed; of more, the number."""


@app.command()
def look(
    file: Annotated[Path, typer.Argument(metavar="FILE", help="An XLSX, ODS, CSV or TSV file.")],
    sheet: Annotated[str, typer.Option(help=SHEET)] = "",
    line: Annotated[str, typer.Option(help="Show the figures of this line, with cells.")] = "",
    area: Annotated[str, typer.Option(help=AREA)] = "",
    correct: Annotated[list[str] | None, typer.Option(help=CORRECT)] = None,
    form: Annotated[Shape, typer.Option("--format", help="What to print.")] = Shape.TEXT,
) -> None:
    """Print what is understood of a spreadsheet: tables, lines, periods, doubts, problems.

    Ends with status 0 when all of it was understood, 1 when something was not, 2 when nothing
    was, or the file cannot be read.
    """
    from .understood_file import mistake, one_line, sheets, understood

    found = understood(file, correct or [])
    if line or area:
        chosen = one_line(found, sheet, line, area)
        typer.echo(_json_of([chosen]) if form == Shape.JSON else figures_told(chosen))
        return
    tables = [table for table in found.tables if not sheet or table.sheet == sheet]
    if sheet and not tables and found.lines:
        raise mistake("--sheet", "there is no table on such a sheet", sheets(found))
    nothing = not found.lines
    text = _json(found, tables) if form == Shape.JSON else told(found, tables)
    typer.echo(text, err=nothing and form == Shape.TEXT)
    if nothing:
        raise typer.Exit(MISTAKE)
    if found.problems:
        raise typer.Exit(1)


def told(found: "Understood", tables: "list[Table]") -> str:
    """What was understood, as a person reads it."""
    parts = [_table(table) for table in tables]
    if found.problems:
        problems = [f"  {as_option(each)}" for each in found.problems]
        parts.append("\n".join(["Not understood:", *problems]))
    if found.notices:
        parts.append("\n".join(["In the file:", *(f"  {each.text}" for each in found.notices)]))
    return "\n\n".join(parts)


def _table(table: "Table") -> str:
    head = f"{table.sheet}!{table.span}: {table.title or 'no title'} ({table.orientation})"
    rows = [head, *_most([_line(line) for line in table.lines], "lines")]
    for target in table.targets:
        rows.append(f"  target: {target.name}, {_shown(target.value, target)} ({target.place})")
    rows += _most([f"  left out: {_cells(out)}, {out.why}" for out in table.left_out], "left out")
    remarks = [f"  {each.place or table.span}: {each.text}" for each in table.remarks]
    rows += _most(remarks, "remarks")
    return "\n".join([*rows, *(f"  footnote: {each}" for each in table.footnotes)])


def _cells(out: Any) -> str:
    return f"{out.place} '{out.heading}'" if out.heading else str(out.place)


def _most(rows: list[str], what: str) -> list[str]:
    more = len(rows) - MOST
    return rows[:MOST] + ([f"  and {more:,} more {what}"] if more > 0 else [])


def _line(line: "Line") -> str:
    known = [figure for figure in line.figures if figure.known is not None]
    without = len(line.figures) - len(known)
    span = f"{line.figures[0].period} to {line.figures[-1].period}"
    gaps = f", {without} without a figure" if without else ""
    return f"  {line.name}; {line.area}: {len(line.figures)} figures, {span}, {line.unit}{gaps}"


def figures_told(line: "Line") -> str:
    """Each figure of a line with its cell."""
    rows = [f"{line.name}; {line.area}"]
    for figure in line.figures:
        value = "–" if figure.known is None else _shown(figure.known, figure)
        status = "" if figure.status == "ok" else f" ({figure.status})"
        rows.append(f"  {figure.period.text:>18}  {value}{status}  {figure.place}")
    return "\n".join(rows)


def _shown(value: float, one: Any) -> str:
    from ..chain.measures import shown

    return shown(value, one.unit, getattr(one, "per", 100))


def _json(found: "Understood", tables: "list[Table]") -> str:
    return json.dumps(
        {
            "name": found.name,
            "tables": [_table_json(table) for table in tables],
            "problems": [str(as_option(each)) for each in found.problems],
            "notices": [{"code": each.code, "text": each.text} for each in found.notices],
        },
        indent=2,
        ensure_ascii=False,
    )


def _table_json(table: "Table") -> dict[str, Any]:
    return {
        "sheet": table.sheet,
        "span": table.span,
        "title": table.title,
        "orientation": table.orientation,
        "lines": [_line_json(line) for line in table.lines],
        "targets": [
            {"name": t.name, "value": t.value, "unit": t.unit, "place": t.place}
            for t in table.targets
        ],
        "footnotes": list(table.footnotes),
        "left_out": [
            {"place": o.place, "heading": o.heading, "why": o.why} for o in table.left_out
        ],
        "remarks": [
            {"code": r.code, "text": r.text, "place": r.place, "correct": r.correct}
            for r in table.remarks
        ],
    }


def _line_json(line: "Line") -> dict[str, Any]:
    return {
        "name": line.name,
        "area": line.area,
        "unit": line.unit,
        "total": line.total,
        "place": line.place,
        "figures": [_figure_json(figure) for figure in line.figures],
    }


def _figure_json(figure: "Figure") -> dict[str, Any]:
    return {
        "period": figure.period.text,
        "value": figure.value,
        "numerator": figure.numerator,
        "denominator": figure.denominator,
        "status": figure.status,
        "place": figure.place,
    }


def _json_of(lines: "list[Line]") -> str:
    return json.dumps([_line_json(line) for line in lines], indent=2, ensure_ascii=False)
