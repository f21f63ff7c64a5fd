"""`answerable measure`: what it prints, and how each mistake ends."""

import csv
import io
import json
from pathlib import Path

import duckdb
import pytest
from typer.testing import CliRunner, Result

from answerable.chain.body import InputMistake
from answerable.chain.records import Snapshot
from answerable.cli.app import load
from tests.snapshots import make_body, make_snapshot

CRIMES = [
    {"strand": "domestic_abuse", "area": area, "recorded_on": day, "outcome_code": code}
    for area, day, code in (
        ("north", "2024-01-10", 1),
        ("north", "2024-01-20", 16),
        ("south", "2024-01-20", 8),
        (None, "2024-02-20", 16),
    )
]


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """A body's folder with a snapshot of four crimes."""
    body = make_body(tmp_path)
    keep(make_snapshot(body, {"crimes": CRIMES}))
    return tmp_path


def keep(snapshot: Snapshot) -> None:
    """Write a snapshot down, as import does."""
    text = {
        "parts": [part.__dict__ for part in snapshot.parts],
        "covers": [cover.__dict__ for cover in snapshot.covers],
    }
    (snapshot.folder / "snapshots").mkdir()
    path = snapshot.folder / "snapshots" / f"{snapshot.digest}.json"
    path.write_text(json.dumps(text), encoding="utf-8")
    (snapshot.folder / "current").write_text(snapshot.digest, encoding="utf-8")


def run(*words: str | Path) -> Result:
    return CliRunner().invoke(load(), ["measure", *map(str, words)])


ACTION = ("--measure", "action_taken_recorded")


def test_the_table_reads_as_a_person_would_say_it(folder: Path) -> None:
    done = run(folder, *ACTION, "--area", "all", "--area", "north", "--period", "2024-01")
    assert done.exit_code == 0, done.output
    lines = [line.split() for line in done.stdout.splitlines()]
    assert [(line[2], line[3], line[4]) for line in lines[1:]] == [
        ("all", "2024-01", "66.7%"),
        ("north", "2024-01", "50.0%"),
    ]
    assert "not for publication" in done.stderr


def test_csv_holds_every_field_of_a_result(folder: Path) -> None:
    done = run(folder, *ACTION, "--area", "north", "--period", "2024-01", "--format", "csv")
    rows = list(csv.DictReader(io.StringIO(done.stdout)))
    raw = [row for row in rows if row["statistic"] == "rate" and row["basis"] == "raw"]
    assert [(row["value"], row["n"], row["count"]) for row in raw] == [("0.5", "2", "1")]


def test_json_comes_with_its_sentence(folder: Path) -> None:
    done = run(folder, *ACTION, "--area", "all", "--period", "2024-01", "--format", "json")
    rows = json.loads(done.stdout)
    (rate,) = [r for r in rows if r["statistic"] == "rate" and r["basis"] == "raw"]
    assert "January 2024: 66.7% (2 of 3;" in rate["sentence"]


def test_a_period_is_found_by_its_months_and_written_to_a_file(folder: Path) -> None:
    out = folder / "figures.parquet"
    done = run(folder, *ACTION, "--period", "2024-01..2024-03", "--format", "parquet", "--out", out)
    assert done.exit_code == 0, done.output
    found = (
        duckdb.connect()
        .sql(f"SELECT n FROM '{out}' WHERE statistic = 'rate' AND basis = 'raw' AND area = 'all'")
        .fetchall()
    )
    assert found == [(4,)]


@pytest.mark.parametrize(
    ("words", "place", "allowed"),
    [
        (("--measure", "action_taken"), "--measure", "action_taken_closed"),
        (("--area", "leeds"), "--area", "all, north, south"),
        (("--period", "January"), "--period", "2023-11"),
        (("--format", "parquet"), "--format parquet", ""),
        (("--out", "nowhere/figures.csv"), "--out", ""),
    ],
)
def test_a_mistake_names_what_is_allowed(
    folder: Path, words: tuple[str, ...], place: str, allowed: str
) -> None:
    done = run(folder, *words)
    assert isinstance(done.exception, InputMistake)
    (problem,) = done.exception.problems
    assert problem.where == place
    assert allowed in problem.allowed
    assert not (folder / "var" / "results").exists()


def test_worked_cases_are_tried_without_any_records(tmp_path: Path) -> None:
    make_body(tmp_path)
    done = run(tmp_path, "--measure", "reports", "--cases")
    assert done.exit_code == 0, done.output
    lines = done.stdout.splitlines()
    assert lines
    assert all(line.startswith("reports: ") and line.endswith(": holds") for line in lines)


def test_a_case_that_does_not_hold_ends_in_a_mistake(tmp_path: Path) -> None:
    make_body(tmp_path)
    (tmp_path / "measures").mkdir()
    shipped = run(tmp_path, "--measure", "reports", "--cases")
    assert shipped.exit_code == 0
    from answerable.chain.body import shipped as library

    text = library("measures", ".toml")["reports"].read_text(encoding="utf-8")
    own = text.replace("gives = 2", "gives = 3").replace(
        'key = "reports"', 'key = "reports"\nreplaces = "reports@1"'
    )
    (tmp_path / "measures" / "reports.toml").write_text(own, encoding="utf-8")
    done = run(tmp_path, "--measure", "reports", "--cases")
    assert isinstance(done.exception, InputMistake)
    assert "DOES NOT HOLD" in done.stdout
