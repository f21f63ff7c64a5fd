"""The nation that never was as a release: its records counted in plain Python, not by the engine.

Twenty-two forces over three years, each with a few hundred reports a month, for three measures
of the wait for an officer and of reports.
"""

from collections.abc import Iterator
from datetime import date
from functools import cache

import numpy as np

from answerable.chain.body import Area, Body, BodyFile, Force, Month, Period, shipped
from answerable.chain.claims import Claim, Reading, check
from answerable.chain.measures import (
    Definition,
    Gathered,
    Grain,
    Result,
    Status,
    Unit,
    read_definition,
)
from answerable.chain.records import Letter
from answerable.chain.statistics import wilson
from answerable.site import Release
from answerable.synthetic.incidents import incidents
from answerable.synthetic.national import _worlds
from answerable.synthetic.world import Table, World, rows, take

FORCES, YEARS, REPORTS, SEED = 22, 3, 300, 1
IMMEDIATE, PRIORITY, REPORTED = "response_time_immediate", "response_time_priority", "reports"
MEASURES = (IMMEDIATE, PRIORITY, REPORTED)
GRADE = {IMMEDIATE: 1, PRIORITY: 2}
SECONDS = 15 * 60
"""The target of the first measure."""
SOURCE = "6e" * 32
NAMES = {f"force_{number:02d}": f"Force {number:02d}" for number in range(1, FORCES + 1)}


@cache
def nation() -> Release:
    """The release, made once for all tests."""
    paths = shipped("measures", ".toml")
    definitions = {key: read_definition(paths[key]) for key in MEASURES}
    results = tuple(r for d in definitions.values() for r in _results(d))
    body = body_file()
    claims = check(
        [claim()], definitions, Gathered(results, SOURCE), Body(paths[REPORTED].parent, body), {}
    )
    return Release(
        body=body,
        definitions=tuple(definitions.values()),
        texts={key: paths[key].read_text(encoding="utf-8") for key in MEASURES},
        results=results,
        claims=claims,
        letter=Letter(body.name, 5, False, SOURCE, (), (), ()),
        codes={},
        source=SOURCE,
        results_digest="cd" * 32,
        made_on=date(2024, 7, 15),
        version="0.1.0",
    )


def body_file() -> BodyFile:
    """The body by force: its areas are its forces."""
    return BodyFile(
        key="nation",
        name="A nation that never was",
        demonstration=True,
        forces=tuple(Force(key=key, name=name) for key, name in NAMES.items()),
        areas=tuple(Area(code=key, name=name, force=key) for key, name in NAMES.items()),
    )


def claim() -> Claim:
    """One claim about all forces together, on the measure in which one force improved."""
    return Claim(
        key="sooner-everywhere",
        words="officers now reach domestic abuse incidents sooner across the country",
        published_by="A ministry that never was",
        said_on=date(2024, 7, 3),
        source="Made up for the tests",
        as_worded="not testable as worded",
        lacks=("measure", "period"),
        reading=(
            Reading(
                says="improved",
                measure=PRIORITY,
                statistic="median",
                period="2023-07..2024-06",
                baseline="2022-07..2023-06",
                bound_by="the office",
                bound_on=date(2024, 7, 5),
                why="The usual reading.",
            ),
        ),
    )


@cache
def _records() -> dict[str, Table]:
    """Domestic abuse incidents of each force, with the number of the month of each."""
    return {world.force: _counted(world) for world in _worlds(FORCES, YEARS, SEED, REPORTS)}


def _counted(world: World) -> Table:
    table = incidents(world)
    table = take(table, (table["strand"] == 0) & (table["duplicate"] == 0))
    table["month"] = world.month(table["received_at"]) + world.first.index
    return table


def _results(definition: Definition) -> Iterator[Result]:
    records = _records()
    first = Month(2021, 7)
    months = [Period.of(first + i, first + i) for i in range(12 * YEARS)]
    years = [Period.of(first + 12 * i, first + 12 * i + 11) for i in range(YEARS)]
    together = {
        name: np.concatenate([table[name] for table in records.values()])
        for name in next(iter(records.values()))
    }
    for area, table in {"all": together, **records}.items():
        for period in (*months, *years):
            inside = (table["month"] >= period.first.index) & (table["month"] <= period.last.index)
            yield from _of(definition, area, period, take(table, inside))


def _of(definition: Definition, area: str, period: Period, table: Table) -> Iterator[Result]:
    if definition.key == REPORTED:
        count = rows(table)
        yield _result(definition, "count", area, period, Unit.COUNT, count, count)
        return
    attended = table["method"] == 0
    chosen = take(table, attended & (table["first_grade"] == GRADE[definition.key]))
    wait = (chosen["first_arrived_at"] - chosen["received_at"]).astype(float)
    wait = wait[~np.isnan(wait) & ~np.isnat(chosen["first_arrived_at"])]
    median = round(float(np.median(wait)), 1)
    yield _result(definition, "median", area, period, Unit.SECONDS, median, len(wait))
    if definition.key == IMMEDIATE:
        within = int((wait <= SECONDS).sum())
        share = round(within / len(wait), 6)
        yield _result(
            definition, "within_target", area, period, Unit.SHARE, share, len(wait), within
        )


def _result(
    definition: Definition,
    statistic: str,
    area: str,
    period: Period,
    unit: Unit,
    value: float,
    n: int,
    count: int | None = None,
) -> Result:
    ends = (None, None) if count is None else wilson(count, n)
    lower, upper = (None if end is None else round(end, 6) for end in ends)
    return Result(
        measure=definition.key,
        version=definition.version,
        definition=definition.digest,
        statistic=statistic,
        area=area,
        period=str(period),
        grain=Grain.MONTH if len(period) == 1 else Grain.WINDOW,
        unit=unit,
        value=value,
        n=n,
        status=Status.OK,
        source=SOURCE,
        count=count,
        lower=lower,
        upper=upper,
        method="Wilson" if count is not None else "",
    )
