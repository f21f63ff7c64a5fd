"""Counting again in plain Python: a median is taken from a sorted list, a period is a test.

Nothing of the engine is used here; rows are a list of dictionaries.
"""

import math
from collections.abc import Callable, Iterator
from datetime import date, datetime
from typing import Any

import pytest

from answerable.chain.body import Month, Period
from answerable.chain.measures import Definition, Grain, Result, Results
from tests.oracle.measures.rows import AREAS, COVERS, Row

WINDOW = Period.parse("2023-02..2023-09")
Counted = tuple[dict[str, list[Row]], Results]
Recount = tuple[float | None, int, int | None]
"""Value, n and count, as they must be."""
Again = Callable[[str, Period], Recount]


def in_place(rows: list[Row], area: str) -> list[Row]:
    return [row for row in rows if area == "all" or row["area"] == area]


def day_of(value: Any) -> date:
    return value.date() if isinstance(value, datetime) else value


def in_period(rows: list[Row], column: str, period: Period) -> list[Row]:
    return [row for row in rows if Month.of(day_of(row[column])) in period]


def periods() -> Iterator[tuple[Grain, Period]]:
    """Every period whose months are all covered."""
    months = list(COVERS)
    for month in months:
        yield Grain.MONTH, Period.of(month, month)
    for start in months:
        if start.month in (1, 4, 7, 10) and start + 2 <= COVERS.last:
            yield Grain.QUARTER, Period.parse(f"{start.year}-Q{(start.month + 2) // 3}")
    yield Grain.YEAR, Period.parse("2023/24")
    for start in months[:-11]:
        yield Grain.WINDOW, Period.of(start, start + 11)
    yield Grain.WINDOW, WINDOW


def quantile(values: list[float], p: float) -> float | None:
    """Type 7."""
    if not values:
        return None
    values = sorted(values)
    place = (len(values) - 1) * p
    low = math.floor(place)
    high = min(low + 1, len(values) - 1)
    return values[low] + (place - low) * (values[high] - values[low])


def share(x: float, n: float) -> float | None:
    return x / n if n else None


def values_of(
    results: Results, measured: str, statistic: str, split: str = "", basis: str = "raw"
) -> Iterator[tuple[str, Period, Result]]:
    for area in ("all", *AREAS):
        for _, period in periods():
            found = results.one(measured, statistic, area, period, split, basis)
            assert found is not None, (measured, statistic, area, period.text, split)
            yield area, period, found


def agree(found: Result, value: float | None, n: int, count: int | None = None) -> None:
    within = {"share": 6e-7, "ratio": 6e-5, "seconds": 0.06, "days": 0.06, "count": 6e-5}[
        found.unit
    ]
    assert found.n == n, found
    assert found.count == count, found
    assert found.value == (None if value is None else pytest.approx(value, abs=within)), found


def check(
    results: Results,
    definition: Definition,
    statistic: str,
    again: Again,
    split: str = "",
) -> None:
    """Hold every figure of a statistic to its recount, and see that some are not nothing."""
    seen = 0
    for area, period, found in values_of(results, definition.key, statistic, split):
        value, n, count = again(area, period)
        agree(found, value, n, count)
        seen += n > 0
    assert seen > 20
