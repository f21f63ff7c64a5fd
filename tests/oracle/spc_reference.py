"""Reading the reference files: R's spelling of numbers, truth and absence."""

import csv
from collections.abc import Iterator
from itertools import groupby
from pathlib import Path
from typing import Any

import pytest

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
