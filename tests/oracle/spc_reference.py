"""Reading the reference files: R's spelling of numbers, truth and absence."""

import csv
from collections.abc import Iterator
from itertools import groupby
from pathlib import Path
from typing import Any

import pytest

from answerable.chain.statistics.chart import Point

TIGHT = 1e-9


def rows(folder: Path, name: str) -> list[dict[str, str]]:
    with (folder / "reference_spc" / f"{name}.csv").open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def facets(folder: Path, name: str, *keys: str) -> Iterator[list[dict[str, str]]]:
    """The rows of each facet, in the order of the file."""

    def facet(row: dict[str, str]) -> tuple[str, ...]:
        return tuple(row[key] for key in keys)

    for _, group in groupby(sorted(rows(folder, name), key=facet), facet):
        yield list(group)


def number(text: str) -> float | None:
    return None if text in ("", "NA") else float(text)


def close(value: float | None) -> Any:
    """Equal to 1e-9, relative or absolute; None only to None."""
    return None if value is None else pytest.approx(value, rel=TIGHT, abs=TIGHT)


def as_qicharts2(point: Point, row: dict[str, str]) -> None:
    """A point of ours is that of a row of qicharts2: value, centre, limits and signal."""
    assert point.value == close(number(row["y"]))
    assert point.centre == close(number(row["cl"]))
    assert point.lower == close(number(row["lcl"]))
    assert point.upper == close(number(row["ucl"]))
    assert point.signals == (("outside",) if row["sigma.signal"] == "TRUE" else ())
