"""Real files, figure by figure: what is understood against a plain reading with nothing but csv.

The plain reading knows where each column is; the code under test finds that out for itself.
"""

import csv
import io
from collections.abc import Iterator
from functools import cache
from pathlib import Path

import pytest

from answerable.chain.sheets import Understood, open_pack, understand

pytestmark = pytest.mark.reference

Key = tuple[str, str, int, int]
"""(name, area, first month, last month), months counted from year 0."""


@cache
def understood(path: Path) -> Understood:
    return understand(open_pack(path))


def given(found: Understood) -> dict[Key, float | None]:
    """Every figure that was understood."""
    return {
        (line.name, line.area, *figure.span): figure.value
        for line in found.lines
        for figure in line.figures
    }


def agree(found: dict[Key, float | None], plain: dict[Key, float | None]) -> None:
    assert len(found) > 1000
    assert found.keys() == plain.keys()
    differ = [
        key
        for key, value in plain.items()
        if (value is None) != (found[key] is None)
        or (value is not None and abs(value - (found[key] or 0.0)) > 1e-9)
    ]
    assert differ == []


def month(text: str) -> int:
    """'2021-04-01', counted from year 0."""
    year, number, _ = text.split("-")
    return int(year) * 12 + int(number) - 1


def rows(path: Path, mark: str = ",") -> Iterator[list[str]]:
    text = path.read_text(encoding="utf-8-sig")
    return csv.reader(io.StringIO(text), delimiter=mark)


def by_borough(path: Path, scale: float = 1.0) -> dict[Key, float | None]:
    """A file of Date, Borough and columns of figures, in whatever order."""
    read = rows(path)
    header = [name.strip() for name in next(read)]
    day, area = header.index("Date"), header.index("Borough")
    found: dict[Key, float | None] = {}
    for row in read:
        for at, name in enumerate(header):
            if at not in (day, area):
                when = month(row[day])
                value = float(row[at]) * scale if row[at] else None
                found.setdefault((name, row[area].strip(), when, when), value)
    return found


FILES = ("outcomes_cleaned", "custody_arrests_cleaned", "time_spent_cleaned", "strengths_cleaned")


@pytest.mark.parametrize("name", FILES)
def test_counts_by_borough_and_month(reference: Path, name: str) -> None:
    path = reference / "uk_met_borough_monthly" / f"{name}.csv"
    agree(given(understood(path)), by_borough(path))


def test_percentages_by_borough(reference: Path) -> None:
    path = reference / "uk_met_borough_monthly" / "pas_cleaned.csv"
    agree(given(understood(path)), by_borough(path, scale=0.01))


def test_boroughs_with_the_same_figures_are_named(reference: Path) -> None:
    path = reference / "uk_met_borough_monthly" / "custody_arrests_cleaned.csv"
    (table,) = understood(path).tables
    (told,) = [remark for remark in table.remarks if remark.code == "copies"]
    assert "Barking and Dagenham, Barnet" in told.text
    assert "have the very same figures throughout" in told.text


def test_shares_with_decimal_commas_and_the_force_beside_them(reference: Path) -> None:
    path = reference / "survey_mopac_pas" / "PAS_Dashboard_Borough.csv"
    plain: dict[Key, float | None] = {}
    read = rows(path)
    next(read)
    for day, _, borough, measure, share, force, *_ in read:
        _, number, year = (int(part) for part in day.split("/"))
        last = year * 12 + number - 1
        plain[measure, borough, last - 2, last] = float(share.replace(",", "."))
        plain[measure, "all", last - 2, last] = float(force.replace(",", "."))
    agree(given(understood(path)), plain)


@pytest.mark.parametrize("year", [2017, 2018, 2019, 2020])
def test_a_table_pasted_twice_beside_itself(reference: Path, year: int) -> None:
    """Semicolons, the columns repeated, and dozens of true and false."""
    path = reference / "survey_mopac_pas" / f"df_pas_{year}.csv"
    read = rows(path, ";")
    header = next(read)
    names = header[5:11]
    assert names[0] == "mean_Q131" and names[-1] == "Q131_Q133_avg"
    plain: dict[Key, float | None] = {}
    for _, when, gender, race, borough, *rest in read:
        first = int(when) * 12
        for name, value in zip(names, rest, strict=False):
            key = (f"{name}: {gender}, {race}", borough, first, first + 11)
            plain[key] = float(value) if value else None
    agree(given(understood(path)), plain)


def test_every_figure_names_its_own_cell(reference: Path) -> None:
    path = reference / "uk_met_borough_monthly" / "outcomes_cleaned.csv"
    cells = list(rows(path))
    for line in understood(path).lines:
        for figure in line.figures:
            column, row = figure.place.rpartition("!")[2][0], figure.place.rpartition("!")[2][1:]
            text = cells[int(row) - 1][ord(column) - ord("A")]
            assert figure.value == (float(text) if text else None)
