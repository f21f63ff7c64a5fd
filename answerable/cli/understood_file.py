"""One line out of a spreadsheet that was understood, for the commands that chart and judge."""

import re
from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

import typer

if TYPE_CHECKING:
    from ..chain.body import InputMistake, Problem
    from ..chain.figures import Figure
    from ..chain.sheets import Correction, Line, Table, Understood

LISTED = 40
"""So many lines are listed; of more, the number."""
CORRECT = "Put right what was understood wrongly, as unit=percent@C5 or calendar=financial."
SHEET = "Spreadsheets: the sheet, where there are several."
LINE = "Spreadsheets: the line, by its name or a part of it."
AREA = "Spreadsheets: the area of the line; all for the whole."


def understood(path: Path, correct: Sequence[str]) -> "Understood":
    """A file of tables, with the corrections of `--correct` laid over it."""
    from ..chain.sheets import open_pack, understand

    return understand(open_pack(path), [correction(text) for text in correct])


def correction(text: str) -> "Correction":
    """`what=value@Sheet!C7` as a correction; the sheet, and the place, may be left out."""
    from ..chain.sheets import Correction

    what, equals, rest = text.partition("=")
    value, _, place = rest.rpartition("@") if "@" in rest else (rest, "", "")
    sheet, mark, cells = place.rpartition("!")
    if not equals:
        raise mistake("--correct", "this is no correction", "what=value@C7, as unit=percent@C5")
    return Correction(what.strip(), value.strip(), sheet if mark else "", cells.strip())  # type: ignore[arg-type]


def mistake(where: str, found: str, allowed: str, next_step: str = "") -> "InputMistake":
    from ..chain.body import InputMistake, Problem

    return InputMistake(Problem(where, found, allowed, next_step))


def as_option(problem: "Problem") -> "Problem":
    """A problem that says how the correction it asks for is written for the command."""
    from ..chain.sheets import ALLOWED, EXPLAINED

    named = re.search(r"`(\w+)`", f"{problem.next_step} {problem.allowed}")
    sheet, mark, cell = problem.where.rpartition("!")
    if not named or named[1] not in EXPLAINED or not mark:
        return problem
    what = named[1]
    values = ALLOWED.get(what, ())
    place = "" if what in ("span", "calendar", "days", "orientation") else cell
    step = f'{problem.next_step} As --correct "{what}=VALUE@{sheet}!{place}"'
    step += f", where VALUE is {', '.join(values)}." if values else "."
    return replace(problem, next_step=step)


def one_line(found: "Understood", sheet: str, line: str, area: str) -> "Line":
    """The line that was named. Raises InputMistake that lists the lines where none or several
    fit, and with the problems of the file where nothing in it was understood."""
    from ..chain.body import InputMistake

    held = [(t, each) for t in found.tables for each in t.lines if _is(t.sheet, sheet)]
    if not held:
        if found.problems:
            raise InputMistake(as_option(each) for each in found.problems)
        raise mistake("--sheet", "there is no line on such a sheet", sheets(found))
    fitting = [each for each in held if _fits(each[1].area, area) and _named(each[1].name, line)]
    exact = [each for each in fitting if each[1].name.casefold() == line.casefold()]
    chosen = exact or fitting
    if len(chosen) == 1:
        tell(*chosen[0], found)
        return chosen[0][1]
    why = "no line is named so" if not chosen else f"{len(chosen):,} lines fit"
    wrong = mistake(
        found.name,
        why,
        listed([each for _, each in chosen or held]),
        "Name one with --line, --area and --sheet.",
    )
    # What was asked for may be among the lines that could not be understood.
    left = [] if chosen else [as_option(each) for each in found.problems]
    raise InputMistake([*wrong.problems, *left])


def of_every_area(found: "Understood", line: "Line") -> "tuple[Figure, ...]":
    """The figures of a line, and of the lines of the same name and unit in other areas."""
    return tuple(
        replace(figure, measure=line.figures[0].measure)
        for table in found.tables
        for each in table.lines
        if each.name.casefold() == line.name.casefold()
        and each.unit == line.unit
        and (each is line or each.area != line.area)
        for figure in each.figures
    )


def _is(name: str, wanted: str) -> bool:
    return not wanted or name.casefold() == wanted.casefold()


def _fits(area: str, wanted: str) -> bool:
    return not wanted or area.casefold() == wanted.casefold()


def _named(name: str, wanted: str) -> bool:
    return wanted.casefold() in name.casefold()


def sheets(found: "Understood") -> str:
    """The sheets on which tables were understood, in words."""
    return ", ".join(dict.fromkeys(table.sheet for table in found.tables)) or "none was understood"


def listed(lines: Sequence["Line"]) -> str:
    """Lines by name and area, each on a line of its own."""
    told = [f"\n  {each.name}; {each.area}" for each in lines[:LISTED]]
    more = len(lines) - LISTED
    return "".join(told) + (f"\n  and {more:,} more" if more > 0 else "")


def tell(table: "Table", line: "Line", found: "Understood") -> None:
    """What was taken for granted about the line, and what the file holds besides, on stderr."""
    typer.echo(f"{line.name}; {line.area} ({table.sheet}!{table.span})", err=True)
    cells = {figure.place for figure in line.figures} | {line.place}
    for remark in table.remarks:
        own = any(place in cells for place in remark.place.split(", "))
        if own or remark.correct in ("area", "name", "year", "calendar", "length"):
            typer.echo(f"{remark.place}: {remark.text}" if remark.place else remark.text, err=True)
    for problem in found.problems:
        typer.echo(str(as_option(problem)), err=True)
    for notice in found.notices:
        typer.echo(notice.text, err=True)
