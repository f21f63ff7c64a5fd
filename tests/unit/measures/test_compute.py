"""Results are computed once, kept under what they rest on, and never half written."""

import importlib
from pathlib import Path

import duckdb
import pytest

from answerable.chain.body import Body, Period
from answerable.chain.measures import Definition, Results, compute
from answerable.chain.measures.engine import connect
from answerable.chain.records import Snapshot
from tests.snapshots import make_body, make_snapshot
from tests.spec.measuring import define

CRIME = {"strand": "domestic_abuse", "recorded_on": "2024-01-10"}


def counting(**said: object) -> dict[str, Definition]:
    definition = define(
        kind="count", table="crimes", include="true", at="recorded_on", statistics=("count",),
        **said,
    )  # fmt: skip
    return {definition.key: definition}


@pytest.fixture
def body(tmp_path: Path) -> Body:
    return make_body(tmp_path)


@pytest.fixture
def snapshot(body: Body) -> Snapshot:
    return make_snapshot(body, {"crimes": [CRIME]})


def value(results: Results) -> float | None:
    found = results.one("measured", "count", period="2024-01")
    assert found is not None
    return found.value


def test_a_second_time_they_are_read_not_counted(body: Body, snapshot: Snapshot) -> None:
    first = compute(body, counting(), snapshot)
    for part in (body.var / "parts").iterdir():
        part.unlink()
    second = compute(body, counting(), snapshot)
    assert (second.path, second.digest, second.source) == (
        first.path, first.digest, snapshot.digest
    )  # fmt: skip
    assert value(second) == 1


def test_what_they_rest_on_is_in_the_digest(body: Body, snapshot: Snapshot, tmp_path: Path) -> None:
    other_body = make_body(tmp_path / "other", areas=("north", "south", "west"))
    other_snapshot = make_snapshot(body, {"crimes": [CRIME, CRIME]})
    digests = [
        compute(body, counting(), snapshot).digest,
        compute(body, counting(settles_after="30 days"), snapshot).digest,
        compute(body, counting(), other_snapshot).digest,
        compute(body, counting(), snapshot, [Period.parse("2024-01..2024-02")]).digest,
        compute(body, counting(), snapshot, intervals=False).digest,
        compute(other_body, counting(), make_snapshot(other_body, {"crimes": [CRIME]})).digest,
    ]
    assert len(set(digests)) == len(digests)


def test_the_same_figures_are_the_same_bytes(
    body: Body, snapshot: Snapshot, tmp_path: Path
) -> None:
    one = compute(body, counting(), snapshot).path.read_bytes()
    again = make_body(tmp_path / "again")
    two = compute(again, counting(), make_snapshot(again, {"crimes": [CRIME]})).path.read_bytes()
    assert one == two


def test_a_write_that_fails_leaves_nothing_behind(
    body: Body, snapshot: Snapshot, monkeypatch: pytest.MonkeyPatch
) -> None:
    def half(connection: duckdb.DuckDBPyConnection, path: Path, *more: object) -> None:
        path.write_bytes(b"PAR1 and no more")
        raise OSError("no space left")

    monkeypatch.setattr(importlib.import_module(compute.__module__), "write", half)
    with pytest.raises(OSError, match="no space left"):
        compute(body, counting(), snapshot)
    assert [path for path in (body.var / "results").iterdir() if path.is_file()] == []
    monkeypatch.undo()
    assert value(compute(body, counting(), snapshot)) == 1


def test_a_measure_that_is_not_there_has_no_results(body: Body, snapshot: Snapshot) -> None:
    results = compute(body, counting(), snapshot)
    assert results.measures == ("measured",)
    assert results.of("other") == ()
    assert results.one("other", "count", period="2024-01") is None
    assert results.series("measured", "count", "nowhere") == ()


def test_the_engine_reaches_only_the_folders_it_is_given(tmp_path: Path) -> None:
    (tmp_path / "in").mkdir()
    secret = tmp_path / "secret.csv"
    secret.write_text("name\nnobody\n", encoding="utf-8")
    with connect(tmp_path / "in", tmp_path / "in") as connection:
        for query in (
            f"SELECT * FROM read_csv('{secret}')",
            f"COPY (SELECT 1) TO '{tmp_path / 'out.csv'}'",
            "SET enable_external_access = true",
        ):
            with pytest.raises(duckdb.Error):
                connection.execute(query)
