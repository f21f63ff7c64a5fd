"""Figures that are taken over lie in the files that first held them, and are found there."""

import importlib
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import duckdb
import pytest

from answerable.chain.body import Body, Month
from answerable.chain.measures import Definition, Results, Status, compute
from answerable.chain.measures.taken import Taken
from answerable.chain.measures.taken import taken_by as taken_by_file
from tests.generative.test_increments import AREAS, DEFINITIONS, FORCES, START, figures, snapshot_of
from tests.snapshots import make_body

FIRST = 14
ASKED = {each.key: each for each in DEFINITIONS if each.key in ("counted", "closed")}
FEW = {"counted": ASKED["counted"].model_copy(update={"splits": ()})}
Months = dict[tuple[str, str, Month], int]


def months(many: int) -> Months:
    """The first months of the records of each force."""
    return {("crimes", force, START + n): 0 for force in FORCES for n in range(many)}


def counted(body: Body, held: Months, asked: Mapping[str, Definition] = FEW) -> Results:
    return compute(body, asked, snapshot_of(body, held))


def whole(folder: Path, held: Months, asked: Mapping[str, Definition] = FEW) -> list[Any]:
    return figures(counted(make_body(folder, AREAS, FORCES), held, asked))


def taken_by(path: Path) -> tuple[Taken, ...]:
    with duckdb.connect() as connection:
        return taken_by_file(connection, path)


def rows_in(path: Path) -> int:
    """The figures that one file holds itself."""
    with duckdb.connect() as connection:
        (many,) = connection.execute(
            "SELECT count(*) FROM read_parquet(?)", [str(path)]
        ).fetchall()[0]
    return int(many)


@pytest.fixture
def body(tmp_path: Path) -> Body:
    return make_body(tmp_path / "steps", AREAS, FORCES)


def test_a_new_month_writes_few_figures_and_leaves_the_earlier_file_as_it_is(
    body: Body, tmp_path: Path
) -> None:
    first = counted(body, months(FIRST), ASKED)
    before = first.path.read_bytes()
    later = counted(body, months(FIRST + 1), ASKED)
    assert [each.digest for each in taken_by(later.path)] == [first.digest]
    assert rows_in(later.path) < rows_in(first.path) / 3
    assert first.path.read_bytes() == before
    assert {result.source for result in later} == {later.source}
    assert figures(later) == whole(tmp_path / "whole", months(FIRST + 1), ASKED)


def test_a_month_that_has_settled_since_is_said_anew(body: Body) -> None:
    last = str(START + (FIRST - 1))
    asked = {"counted": FEW["counted"].model_copy(update={"settles_after": "30 days"})}
    found = [counted(body, months(many), asked).one("counted", "count", period=last)
             for many in (FIRST, FIRST + 1)]  # fmt: skip
    assert [each and each.status for each in found] == [Status.PROVISIONAL, Status.OK]
    assert found[0] and found[1] and found[0].value == found[1].value


def test_files_that_rest_on_each_other_are_put_into_one_in_time(
    body: Body, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(importlib.import_module(compute.__module__), "MOST", 2)
    rests_on = [len(taken_by(counted(body, months(FIRST + n)).path)) for n in range(4)]
    assert rests_on == [0, 1, 2, 0]
    assert figures(counted(body, months(FIRST + 3))) == whole(tmp_path / "w", months(FIRST + 3))


def test_where_a_file_they_rest_on_is_gone_they_are_counted_again(body: Body) -> None:
    first = counted(body, months(FIRST))
    later = counted(body, months(FIRST + 1))
    before = figures(later)
    first.path.unlink()
    again = counted(body, months(FIRST + 1))
    assert (again.digest, taken_by(again.path)) == (later.digest, ())
    assert figures(again) == before


def test_a_measure_that_was_reworded_is_taken_from_no_earlier_file(
    body: Body, tmp_path: Path
) -> None:
    other = FEW["counted"].model_copy(update={"key": "other"})
    both = {**FEW, "other": other}
    for many in (FIRST, FIRST + 1):
        counted(body, months(many), both)
    new = other.model_copy(update={"digest": "reworded", "include": "crime_id < '2022-06'"})
    found = counted(body, months(FIRST + 2), {**FEW, "other": new})
    assert [each.measures for each in taken_by(found.path)] == [("counted",), ("counted",)]
    assert figures(found) == whole(tmp_path / "w", months(FIRST + 2), {**FEW, "other": new})
