"""Worked cases: a few rows, and the value that a measure must give for them.

All cases run in one go through the engine that counts the body's own records. Each case
is given a force of its own, so that its rows meet nobody else's.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

import duckdb

from ..body import WHOLE, Area, Body, BodyFile, Force, InputMistake, Period, Problem
from ..records.contract import contracts
from .definition import Case, Definition
from .engine import connect, run
from .recipe import tables_of
from .rows import UnknownColumn, table_of_rows
from .source import Coverage, Source

ZONE = ZoneInfo("Europe/London")
"""Where worked cases happen. Their times are UTC, as records' are."""

LEAST_DECIMALS = 4
FORCE, AREA = "case_force", "case_area"
Row = dict[str, Any]


@dataclass(frozen=True)
class Tried:
    """A case, with what it gave. `holds` says whether that is what it must give."""

    definition: Definition
    case: Case
    value: float | None
    n: int | None

    @property
    def holds(self) -> bool:
        """Values agree to the decimals written, and to at least four."""
        if self.case.n is not None and self.n != self.case.n:
            return False
        if self.value is None or self.case.gives is None:
            return self.value is None and self.case.gives is None
        written = len(f"{self.case.gives!r}".partition(".")[2])
        places = max(LEAST_DECIMALS, written)
        return round(self.value, places) == round(self.case.gives, places)

    def problem(self) -> Problem:
        """The case that does not hold, for a message."""
        expected = f"{self.case.gives}" + (
            f" (n = {self.case.n})" if self.case.n is not None else ""
        )
        return Problem(
            f"measures/{self.definition.key}.toml",
            f"it gives {self.value} (n = {self.n})",
            expected,
            "Correct the rule or the case: one of them is not what was meant.",
            f"the worked case '{self.case.title}'",
        )


def check_cases(definitions: Mapping[str, Definition]) -> None:
    """Raise InputMistake with every worked case that does not hold."""
    if not definitions:
        return
    problems = [each.problem() for each in try_cases(definitions) if not each.holds]
    if problems:
        raise InputMistake(problems)


def try_cases(definitions: Mapping[str, Definition]) -> tuple[Tried, ...]:
    """Run every worked case of every definition.

    Raises InputMistake for rows that are not rows of the table.
    """
    definitions = {key: each for key, each in definitions.items() if not each.as_given}
    cases = [(d, case) for d in definitions.values() for case in d.cases]
    body = _body(cases)
    with connect() as connection:
        source = _source(connection, cases)
        slim = {key: _slim(definition) for key, definition in definitions.items()}
        windows = {case.period: Period.parse(case.period) for _, case in cases}
        run(connection, body, slim, source, windows.values(), intervals=False, standardised=False)
        found = _found(connection)
    return tuple(
        Tried(d, case, *found.get(_name(number, d, case), (None, 0)))
        for number, (d, case) in enumerate(cases)
    )


def _name(number: int, definition: Definition, case: Case) -> tuple[object, ...]:
    period = Period.parse(case.period)
    area = _area(number, case.area) if case.area != WHOLE else _force(number)
    months = (period.first.index, period.last.index)
    return definition.key, case.statistic, area, case.split, *months


def _found(connection: duckdb.DuckDBPyConnection) -> dict[tuple[object, ...], tuple[Any, Any]]:
    rows = connection.execute(
        "SELECT measure, statistic, area, split, first, last, value, n FROM results"
        " WHERE status <> 'missing'"
    ).fetchall()
    return {row[:6]: row[6:] for row in rows}


def _force(number: int) -> str:
    return f"case_{number}"


def _area(number: int, area: str) -> str:
    return f"case_{number}_{area}"


def _body(cases: list[tuple[Definition, Case]]) -> Body:
    """A body with a force for each case, and one more so that forces are places."""
    areas = [
        Area(code=_area(number, code), name=code, force=_force(number))
        for number, (_, case) in enumerate(cases)
        for code in _areas(case)
    ]
    forces = tuple(Force(key=_force(i), name=_force(i)) for i in range(len(cases) + 1))
    return Body(Path(), BodyFile(key="cases", name="cases", forces=forces, areas=tuple(areas)))


def _areas(case: Case) -> list[str]:
    """The areas of which a case wants a figure; rows of others are in its whole alone."""
    return [case.area] if case.area != WHOLE else []


def _slim(definition: Definition) -> Definition:
    """Without the splits that no case asks for."""
    wanted = {case.split.partition("=")[0] for case in definition.cases}
    splits = tuple(split for split in definition.splits if split in wanted)
    return definition.model_copy(update={"splits": splits})


def _source(connection: duckdb.DuckDBPyConnection, cases: list[tuple[Definition, Case]]) -> Source:
    """The rows of all cases in tables of the contracts, every month of theirs covered."""
    tables: dict[str, list[Row]] = {
        table: [] for definition, _ in cases for table in tables_of(definition)
    }
    problems: list[Problem] = []
    for number, (definition, case) in enumerate(cases):
        for table, row in _rows(definition, case, problems):
            placed = {FORCE: _force(number), AREA: _area(number, str(row.get("area")))}
            tables[table].append({**row, **placed})
    if problems or not _make(connection, tables):
        raise InputMistake([*problems, *_strays(cases)])
    covered = Coverage(frozenset(m for _, case in cases for m in Period.parse(case.period)))
    relations = {table: f"case_{table}" for table in tables}
    return Source("", relations, dict.fromkeys(tables, covered), force=FORCE, area=AREA)


def _rows(definition: Definition, case: Case, problems: list[Problem]) -> Iterable[tuple[str, Row]]:
    """Each row of a case beside its table; a ratio's rows name theirs."""
    allowed = tables_of(definition)
    for given in case.rows:
        row = dict(given)
        table = str(row.pop("table", allowed[0] if len(allowed) == 1 else ""))
        if table in allowed:
            yield table, row
        else:
            problems.append(
                _mistake(definition, case, f"a row is of the table '{table}'", ", ".join(allowed))
            )


def _make(connection: duckdb.DuckDBPyConnection, tables: Mapping[str, list[Row]]) -> bool:
    """Make the tables; False when a row is not one of its table."""
    try:
        for table, rows in tables.items():
            table_of_rows(connection, table, f"case_{table}", rows, ZONE, more=(FORCE, AREA))
    except (UnknownColumn, duckdb.Error, ValueError):
        return False
    return True


def _strays(cases: list[tuple[Definition, Case]]) -> Iterable[Problem]:
    """Every row tried alone, to name the cases whose rows are not rows."""
    for definition, case in cases:
        for table, row in _rows(definition, case, []):
            try:
                with duckdb.connect() as alone:
                    table_of_rows(alone, table, "one", [row], ZONE)
            except UnknownColumn as error:
                columns = ", ".join(contracts()[table].columns)
                yield _mistake(definition, case, str(error), columns)
            except (duckdb.Error, ValueError):
                yield _mistake(definition, case, "a value is not of its column's type", "")


def _mistake(definition: Definition, case: Case, found: str, allowed: str) -> Problem:
    where, key = f"measures/{definition.key}.toml", f"the worked case '{case.title}'"
    return Problem(where, found, allowed, "Correct the row.", key)
