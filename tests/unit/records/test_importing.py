"""An import makes the same snapshot of the same input, and reads nothing twice."""

from pathlib import Path

import duckdb
import pytest

from answerable.chain.body import open_body
from answerable.chain.records import current_snapshot, import_body
from tests.bodies import INCIDENTS, incidents, make_body, write_csv

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
    return (
        duckdb.connect()
        .sql(f"SELECT {what} FROM read_parquet({files}) ORDER BY incident_id")
        .fetchall()
    )


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
    assert rows_of(folder, "prior_incidents_12m") == [(None,), (None,), (None,)]


def test_earlier_reports_are_counted_across_files_where_the_year_before_is_covered(
    folder: Path,
) -> None:
    earlier = INCIDENTS.replace("incidents*", "earlier").replace("2023", "2022")
    (folder / "extracts" / "earlier.toml").write_text(earlier)
    write_csv(
        folder / "var" / "incoming" / "earlier.csv",
        incidents(
            {"id": "a", "received": "01/03/2022 09:59", "victim": "V1"},
            {"id": "b", "received": "01/03/2022 10:00", "victim": "V1"},
            {"id": "c", "received": "02/03/2022 10:00", "victim": "V1", "double": "Y"},
            {"id": "d", "received": "02/03/2022 10:00", "victim": "V1", "flag": "ST"},
            {"id": "e", "received": "03/03/2022 10:00", "victim": "V2"},
        ),
    )
    done = import_body(open_body(folder))
    # V1 reported on 1 March 2023 at 10:00: b is exactly a year before and counts, a does not.
    assert rows_of(folder, "incident_id, prior_incidents_12m")[:3] == [("1", 1), ("2", 1), ("3", 0)]
    assert [f.name for f in done.findings if f.name == "short_look_back"] == ["short_look_back"]


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
