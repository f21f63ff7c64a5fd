"""Local times become UTC exactly as Python's own zones say, without a zone in DuckDB."""

from datetime import UTC, datetime
from zoneinfo import ZoneInfo

import duckdb
import pytest

from answerable.chain.records.times import CERTAIN, NEVER, TWICE, changes, make_zone_tables

ZONES = ["Europe/London", "America/New_York", "Australia/Lord_Howe", "America/Sao_Paulo", "UTC"]
EVERY = "range(TIMESTAMP '2015-01-01', TIMESTAMP '2020-01-01', INTERVAL 15 MINUTE)"
EARLY = "CASE WHEN d.cut IS NULL OR t < d.cut THEN d.before ELSE d.after END"


@pytest.fixture(scope="module", params=ZONES)
def zone(request: pytest.FixtureRequest) -> tuple[str, duckdb.DuckDBPyConnection]:
    connection = duckdb.connect()
    make_zone_tables(connection, request.param)
    return request.param, connection


def test_every_quarter_of_an_hour_of_five_years(
    zone: tuple[str, duckdb.DuckDBPyConnection],
) -> None:
    name, connection = zone
    rows = connection.execute(
        f"SELECT t, t - {EARLY}, CASE WHEN t >= d.low AND t < d.high THEN d.kind ELSE 0 END"
        f" FROM {EVERY} x(t) JOIN local_days d ON d.day = t::DATE"
    ).fetchall()
    assert len(rows) == 1826 * 96
    wrong = [row for row in rows if row[1:] != _by_python(row[0], ZoneInfo(name))]
    assert wrong == []


def _by_python(local: datetime, zone: ZoneInfo) -> tuple[datetime, int]:
    first, second = (local.replace(tzinfo=zone, fold=fold) for fold in (0, 1))
    before, after = first.utcoffset(), second.utcoffset()
    assert before is not None
    assert after is not None
    kind = CERTAIN if before == after else TWICE if before > after else NEVER
    return first.astimezone(UTC).replace(tzinfo=None), kind


def test_and_back(zone: tuple[str, duckdb.DuckDBPyConnection]) -> None:
    name, connection = zone
    rows = connection.execute(
        f"SELECT t, t + {EARLY} FROM {EVERY} x(t) JOIN utc_days d ON d.day = t::DATE"
    ).fetchall()
    there = ZoneInfo(name)
    assert [
        row
        for row in rows
        if row[1] != row[0].replace(tzinfo=UTC).astimezone(there).replace(tzinfo=None)
    ] == []


def test_a_zone_without_changes_has_none() -> None:
    assert changes("UTC") == ()
    assert len(changes("Europe/London")) > 200
