"""A column whose times are written in several ways."""

from collections.abc import Sequence

import duckdb
import pytest

from answerable.chain.records.contract import contracts
from answerable.chain.records.mapping import ColumnMapping
from answerable.chain.records.values import FINE, UNREADABLE, column

RECEIVED = next(f for f in contracts()["incidents"].fields if f.name == "received_at")


def read(given: str, formats: Sequence[str]) -> tuple[str | None, int, int]:
    """What becomes of one text: its time, its mark and which format read it."""
    made = column(RECEIVED, ColumnMapping(sql="x", formats=tuple(formats)), None, ())
    query = "SELECT $given::VARCHAR AS m_received_at"
    for name, sql in made.steps:
        query = f"SELECT *, {sql} AS {name} FROM ({query})"
    with duckdb.connect() as connection:
        rows: list[tuple[str | None, int, int]] = connection.execute(
            f"SELECT ({made.value})::VARCHAR, {made.mark}, {made.form} FROM ({query})",
            {"given": given},
        ).fetchall()
    return rows[0]


@pytest.mark.parametrize(
    ("given", "time", "form"),
    [
        ("03/04/2023 10:05", "2023-04-03 10:05:00", 1),
        ("04/13/2023 10:05", "2023-04-13 10:05:00", 2),
        ("2023-04-03T10:05:09", "2023-04-03 10:05:09", 3),
        ("3 April 2023", "2023-04-03 00:00:00", 4),
    ],
)
def test_the_first_format_that_can_read_a_text_reads_it(given: str, time: str, form: int) -> None:
    formats = ["%d/%m/%Y %H:%M", "%m/%d/%Y %H:%M", "%Y-%m-%dT%H:%M:%S", "%d %B %Y"]
    assert read(given, formats) == (time, FINE, form)


def test_the_order_of_formats_decides_between_two_that_can_read_a_text() -> None:
    day_first = ["%d/%m/%Y", "%m/%d/%Y"]
    assert read("03/04/2023", day_first) == ("2023-04-03 00:00:00", FINE, 1)
    assert read("03/04/2023", day_first[::-1]) == ("2023-03-04 00:00:00", FINE, 1)


@pytest.mark.parametrize("given", ["03/04/2023 10:05", "03.04.2023", "2023-04-03 extra", "soon"])
def test_a_text_that_no_format_reads_is_told(given: str) -> None:
    assert read(given, ["%Y-%m-%d", "%d.%m.%y", "%d/%m/%Y"]) == (None, UNREADABLE, 0)


def test_a_format_may_hold_a_percent_sign() -> None:
    assert read("2023%04%03", ["%Y-%m-%d", "%Y%%%m%%%d"]) == ("2023-04-03 00:00:00", FINE, 2)
