"""Truths 11 and 12, found on the written files by plain Python."""

import csv
import json
from collections import Counter
from math import sqrt
from pathlib import Path

import numpy as np
import pytest

from answerable.synthetic import severnshire, tables

QUARTER = ("2023-07", "2023-08", "2023-09")
YEAR = ("2022-12", *(f"2023-{month:02d}" for month in range(1, 12)))
LPAS = {"WYR": "Wyreford", "KEM": "Kempsham", "TMV": "Teme Valley", "IRN": "Ironbrook",
        "CLU": "Clunmoor"}  # fmt: skip
AREAS = tuple(LPAS.values())
"""In the order in which the generator lists them."""


@pytest.fixture(scope="module")
def arrests(incoming: Path) -> list[dict[str, str]]:
    lines = (incoming / "custody_arrests.jsonl").read_text(encoding="utf-8").splitlines()
    return [row for row in map(json.loads, lines) if row["flag"] == "DA"]


@pytest.fixture(scope="module")
def crimes(incoming: Path) -> list[dict[str, str]]:
    with (incoming / "crimes.csv").open(encoding="cp1252", newline="") as file:
        once = {row["Crime No"]: row for row in csv.DictReader(file)}
    return [row for row in once.values() if row["Flag"] == "DA"]


def month(british: str) -> str:
    return f"{british[6:]}-{british[3:5]}"


def counted(
    arrests: list[dict[str, str]], crimes: list[dict[str, str]], months: tuple[str, ...]
) -> tuple[Counter[str], Counter[str]]:
    """Arrests of suspects, and crimes, in each area."""
    made = Counter(
        row["lpa"]
        for row in arrests
        if row["arrested"][:7] in months and row["counter_allegation"] == "false" and row["lpa"]
    )
    recorded = Counter(
        LPAS[row["LPA"]]
        for row in crimes
        if month(row["Recorded"]) in months and row["LPA"] in LPAS
    )
    return made, recorded


def deviations(made: Counter[str], recorded: Counter[str], area: str, of: tuple[str, ...]) -> float:
    """How many standard deviations an area's ratio lies from that of other areas together,
    counting their sampling as well as its own."""
    others = [other for other in of if other != area]
    here, there = recorded[area], sum(recorded[other] for other in others)
    rest = sum(made[other] for other in others) / there
    return (made[area] / here - rest) / sqrt(rest * (1 - rest) * (1 / here + 1 / there))


def test_11_one_area_is_a_true_outlier(
    arrests: list[dict[str, str]], crimes: list[dict[str, str]]
) -> None:
    made, recorded = counted(arrests, crimes, YEAR)
    assert deviations(made, recorded, "Teme Valley", AREAS) < -8
    rest = tuple(area for area in AREAS if area != "Teme Valley")
    assert all(abs(deviations(made, recorded, area, rest)) < 3.09 for area in rest)


def test_11_another_only_looks_like_one_because_it_is_small(
    arrests: list[dict[str, str]], crimes: list[dict[str, str]]
) -> None:
    made, recorded = counted(arrests, crimes, QUARTER)
    ratio = {area: made[area] / recorded[area] for area in AREAS}
    assert sorted(ratio, key=ratio.__getitem__)[:2] == ["Teme Valley", "Clunmoor"]
    assert ratio["Clunmoor"] < 0.75 * min(ratio[area] for area in AREAS[:2])
    assert -3.09 < deviations(made, recorded, "Clunmoor", AREAS) < -1.96


def test_11_neither_is_so_without_the_plant() -> None:
    world = severnshire(without={"arrest_outlier"})
    happened = tables(world)
    codes = dict(zip((place.code for place in world.places), AREAS, strict=True))

    def count(table: str, day: str, months: tuple[str, ...]) -> Counter[str]:
        rows = happened[table]
        ours = rows["strand"] == 0
        if table == "arrests":
            ours &= rows["counter"] == 0
        area = world.area_codes(rows["area"])[ours].tolist()
        days = rows[day][ours].astype("datetime64[M]").astype(str).tolist()
        return Counter(codes[a] for a, d in zip(area, days, strict=True) if a and d in months)

    made, recorded = (count(t, d, YEAR) for t, d in (("arrests", "day"), ("crimes", "recorded_on")))
    assert all(abs(deviations(made, recorded, area, AREAS)) < 3.09 for area in AREAS)


def given_away(cells: Counter[str]) -> int | None:
    """The count under 5 that the whole less the areas shown gives away, if it does.

    cells   counts by area; "" is what could not be placed and is in the whole alone
    """
    withheld = {area for area in AREAS if 0 < cells[area] < 5}
    rest = sum(cells.values()) - sum(cells[area] for area in AREAS if area not in withheld)
    return rest if len(withheld) == 1 and rest == cells[next(iter(withheld))] else None


def test_12_two_tables_together_give_a_small_count_away(arrests: list[dict[str, str]]) -> None:
    cells = Counter(
        row["lpa"] or ""
        for row in arrests
        if row["counter_allegation"] == "true" and row["arrested"][:7] in QUARTER
    )
    assert given_away(cells) == cells["Clunmoor"] == 3
    assert all(cells[area] >= 6 for area in AREAS if area != "Clunmoor")


def test_12_nothing_is_given_away_without_the_plant() -> None:
    world = severnshire(without={"count_given_away"})
    rows = tables(world)["arrests"]
    months = rows["day"].astype("datetime64[M]").astype(str)
    ours = (rows["counter"] == 1) & (rows["strand"] == 0) & np.isin(months, QUARTER)
    names = dict(zip((place.code for place in world.places), AREAS, strict=True)) | {"": ""}
    cells = Counter(names[code] for code in world.area_codes(rows["area"])[ours].tolist())
    assert given_away(cells) is None, cells
