"""An import makes the same snapshot of the same input, and reads nothing twice."""

from pathlib import Path

import duckdb
import pytest

from answerable.chain.body import open_body
from answerable.chain.records import current_snapshot, import_body
from tests.bodies import incidents, make_body, write_csv

ROWS = incidents(
    {"received": "01/03/2023 10:00", "victim": "V1"},
    {"received": "02/03/2023 10:00", "victim": "V1", "arrived": "", "dispatched": ""},
    {"received": "01/07/2023 00:30", "victim": "V2", "area": "south"},
)


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    folder = make_body(tmp_path / "body")
    write_csv(folder / "var" / "incoming" / "incidents.csv", ROWS)
    return folder


def rows_of(folder: Path, what: str) -> list[tuple]:
    files = current_snapshot(open_body(folder)).files("incidents")
    return duckdb.sql(f"SELECT {what} FROM read_parquet({files}) ORDER BY incident_id").fetchall()


def test_records_are_filed_by_month_in_utc_with_civil_dates(folder: Path) -> None:
    done = import_body(open_body(folder))
    assert not done.stopped
    assert [(part.month, part.rows) for part in done.snapshot.parts] == [
        ("2023-03", 2),
        ("2023-07", 1),
    ]
    assert rows_of(folder, "incident_id, received_at::VARCHAR, received_on::VARCHAR") == [
        ("1", "2023-03-01 10:00:00", "2023-03-01"),
        ("2", "2023-03-02 10:00:00", "2023-03-02"),
        ("3", "2023-06-30 23:30:00", "2023-07-01"),
    ]
    assert rows_of(folder, "prior_incidents_12m") == [(0,), (1,), (0,)]


def test_the_same_input_gives_the_same_digest(folder: Path, tmp_path: Path) -> None:
    other = make_body(tmp_path / "other")
    write_csv(other / "var" / "incoming" / "incidents.csv", ROWS)
    assert import_body(open_body(folder)).snapshot.digest == (
        import_body(open_body(other)).snapshot.digest
    )


def test_an_unchanged_file_is_not_read_again(folder: Path) -> None:
    said: list[str] = []
    first = import_body(open_body(folder), said.append)
    assert said
    said.clear()
    assert import_body(open_body(folder), said.append) == first
    assert said == []


def test_a_file_sent_again_replaces_its_parts_and_the_old_ones_stay(folder: Path) -> None:
    first = import_body(open_body(folder)).snapshot
    write_csv(folder / "var" / "incoming" / "incidents.csv", ROWS[:2])
    second = import_body(open_body(folder)).snapshot
    assert [part.month for part in second.parts] == ["2023-03"]
    assert all(Path(file).is_file() for file in first.files("incidents"))
