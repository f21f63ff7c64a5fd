"""Jumps from one file of a set to the next; code files whose values need translating."""

from pathlib import Path

import pytest

from answerable.chain.body import InputMistake, open_body
from answerable.chain.records import Finding, import_body
from tests.bodies import INCIDENTS, incidents, make_body, write_csv


def jumps(folder: Path, *files: list[dict[str, str]]) -> list[Finding]:
    make_body(folder)
    for number, rows in enumerate(files, 1):
        write_csv(folder / "var" / "incoming" / f"incidents{number}.csv", rows)
    done = import_body(open_body(folder))
    return [
        found for found in done.findings if found.name == "volume_jump" and ".csv" in found.file
    ]


def daily(first: int, month: int, days: int, each: int) -> list[dict[str, str]]:
    """So many incidents on each of the first days of a month, with ids from `first`."""
    empty = {"dispatched": "", "arrived": "", "closed": ""}
    times = [
        f"{day:02d}/{month:02d}/2023 {hour:02d}:00"
        for day in range(1, days + 1)
        for hour in range(each)
    ]
    rows = incidents(*({"received": time, **empty} for time in times))
    return [{**row, "id": str(first + n)} for n, row in enumerate(rows)]


def test_a_file_with_far_more_a_day_than_the_one_before_is_named(tmp_path: Path) -> None:
    (found,) = jumps(tmp_path, daily(0, 3, 28, 8), daily(1000, 4, 14, 8), daily(2000, 5, 14, 16))
    assert found.file == "incidents3.csv"
    assert found.detail == "224 in 14 days, after 112 in 14 days in incidents2.csv"


def test_files_of_the_same_months_are_not_compared(tmp_path: Path) -> None:
    assert jumps(tmp_path, daily(0, 3, 28, 4), daily(1000, 3, 28, 16)) == []


def test_a_difference_that_chance_would_make_is_not_named(tmp_path: Path) -> None:
    assert jumps(tmp_path, daily(0, 3, 10, 1), daily(1000, 4, 10, 2)) == []


COARSE = INCIDENTS.replace(
    'area = "area"',
    'area = { sql = "area", codes_from = { file = "places.csv", key = "ward", value = "place",'
    " means = { North = 'north', South = 'south' } } }",
)


def test_values_of_a_code_file_are_translated_and_others_are_unlisted(tmp_path: Path) -> None:
    make_body(tmp_path, {"incidents": COARSE})
    rows = incidents({"area": "W1"}, {"area": "W2"}, {"area": "W3"})
    write_csv(tmp_path / "var" / "incoming" / "incidents.csv", rows)
    (tmp_path / "places.csv").write_text("ward,place\nW1,North\nW2,South\nW3,Elsewhere\n")
    done = import_body(open_body(tmp_path))
    assert done.sources[0].used == 3
    assert [(f.column, f.count) for f in done.findings if f.name == "unknown_area"] == [("area", 1)]


def test_a_translation_into_no_area_is_a_mistake(tmp_path: Path) -> None:
    make_body(tmp_path, {"incidents": COARSE.replace("'south'", "'sooth'")})
    write_csv(tmp_path / "var" / "incoming" / "incidents.csv", incidents({"area": "W1"}))
    (tmp_path / "places.csv").write_text("ward,place\nW1,North\nW2,South\n")
    with pytest.raises(InputMistake, match="leads to sooth"):
        import_body(open_body(tmp_path))
