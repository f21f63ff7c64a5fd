"""A new month costs little and changes nothing: histories of months that come, are revised
and go, counted step by step and counted whole, must give the same figures."""

import hashlib
import json
import shutil
from dataclasses import replace
from datetime import datetime, timedelta
from pathlib import Path
from tempfile import mkdtemp
from typing import Any
from zoneinfo import ZoneInfo

import duckdb
import numpy as np
from hypothesis import HealthCheck, Phase, example, given, settings
from hypothesis import strategies as st

from answerable.chain.body import Body, Month, Period
from answerable.chain.measures import Definition, Results, compute
from answerable.chain.measures.rows import table_of_rows
from answerable.chain.records import Cover, Part, Snapshot
from tests.snapshots import make_body
from tests.spec.measuring import define

FORCES, AREAS = ("aa", "bb"), ("north", "south", "west")
START = Month(2022, 1)
TAKEN = {"include": "strand = 'domestic_abuse'", "table": "crimes"}
DEFINITIONS = [
    define("counted", kind="count", at="recorded_on", statistics=("count", "per_day"),
           splits=("risk_level",), **TAKEN),
    define("share", kind="proportion", at="recorded_on", of="outcome_code = 1",
           statistics=("rate", "mix"), mix="outcome_code", settles_after="30 days",
           strata=("risk_level", "area"), **TAKEN),
    define("closed", kind="proportion", at="outcome_on", of="outcome_code = 1",
           statistics=("rate",), strata=("area",), **TAKEN),
    define("wait", kind="duration", table="incidents", include="first_grade = 2", at="received_on",
           start="received_at", stop="first_arrived_at", eligible="true",
           statistics=("median", "p90", "missing_share"), strata=("channel", "area"),
           splits=("channel",)),
    define("per_crime", kind="ratio", per=100, statistics=("ratio",), strata=("area",),
           numerator={"table": "incidents", "include": "true", "at": "received_on"},
           denominator={"table": "crimes", "include": "true", "at": "recorded_on"}),
    define("open_posts", kind="stock", table="crimes", include="true", opened="recorded_on",
           closed="outcome_on", statistics=("open", "median_open_days")),
]  # fmt: skip
WINDOWS = (Period.parse("2022-03..2022-07"),)


def made(table: str, force: str, month: Month, seed: int) -> list[dict[str, Any]]:
    """The records of one force and month; another seed is a revision."""
    rng = np.random.default_rng([ord(table[0]), ord(force[0]), month.index, seed])
    rows = []
    for number in range(int(rng.integers(0, 14))):
        day = month.first_day + timedelta(days=int(rng.integers(month.days)))
        at = datetime(day.year, day.month, day.day, 12)
        area = [*AREAS, None][int(rng.integers(4))]
        row: dict[str, Any] = {"force": force, "area": area, "strand": "domestic_abuse"}
        if table == "crimes":
            row |= {
                "crime_id": f"{month}-{number}", "recorded_on": day,
                "risk_level": ["standard", "medium", "high", None][int(rng.integers(4))],
                "outcome_code": [None, 1, 8, 16][int(rng.integers(4))],
                "outcome_on": day + timedelta(days=int(rng.integers(80))),
            }  # fmt: skip
        else:
            took = int(rng.integers(60, 9_000))
            row |= {
                "incident_id": f"{month}-{number}", "received_at": at, "first_grade": 2,
                "first_arrived_at": at + timedelta(seconds=took) if took % 7 else None,
                "channel": ["999", "101", "online"][int(rng.integers(3))],
            }  # fmt: skip
        rows.append(row)
    return rows


def snapshot_of(body: Body, months: dict[tuple[str, str, Month], int]) -> Snapshot:
    """A part for each table, force and month, and a cover for each table and force."""
    (body.var / "parts").mkdir(parents=True, exist_ok=True)
    parts, held = [], {}
    for (table, force, month), seed in sorted(months.items(), key=str):
        rows = made(table, force, month, seed)
        held.setdefault((table, force), []).append(month)
        digest = hashlib.sha256(json.dumps([table, rows], default=str).encode()).hexdigest()
        path = body.var / "parts" / f"{digest}.parquet"
        if not path.exists():
            with duckdb.connect() as connection:
                table_of_rows(connection, table, "made", rows, ZoneInfo("Europe/London"))
                connection.execute(f"COPY made TO '{path}' (FORMAT parquet)")
        parts.append(Part(table, f"{force}_{table}", str(month), len(rows), digest))
    covers = tuple(
        Cover(table, f"{force}_{table}", str(min(each)), str(max(each)))
        for (table, force), each in held.items()
    )
    named = json.dumps([str(part) for part in parts] + [str(cover) for cover in covers])
    return Snapshot(hashlib.sha256(named.encode()).hexdigest(), tuple(parts), covers, body.var)


STEPS = st.lists(
    st.one_of(
        st.just(("add",)),
        st.tuples(st.just("revise"), st.integers(0, 40)),
        st.tuples(st.just("drop"), st.sampled_from(FORCES)),
        st.tuples(st.just("reword"), st.integers(0, len(DEFINITIONS) - 1)),
    ),
    min_size=2,
    max_size=3,
)


def taken(step: tuple[Any, ...], months: dict[Any, int], asked: dict[str, Definition]) -> None:
    """Do one step of a history."""
    last = max(month for _, _, month in months)
    if step[0] == "add":
        months |= {(t, f, last + 1): 0 for t in ("crimes", "incidents") for f in FORCES}
    elif step[0] == "revise":
        months[sorted(months, key=str)[step[1] % len(months)]] += 1
    elif step[0] == "drop":
        for table in ("crimes", "incidents"):
            months.pop((table, step[1], last), None)
    else:
        each = DEFINITIONS[step[1]]
        asked[each.key] = each.model_copy(update={"digest": "reworded", "settles_after": "0 days"})


def figures(results: Results) -> list[tuple[Any, ...]]:
    """Every figure, wherever it lies, with all that is said of it."""
    with duckdb.connect() as connection:
        return connection.execute(f"SELECT * FROM {results.relation} ORDER BY ALL").fetchall()


@settings(max_examples=2, deadline=None, phases=[Phase.explicit, Phase.generate],
          suppress_health_check=list(HealthCheck))  # fmt: skip
@given(first=st.integers(13, 17), steps=STEPS)
@example(first=17, steps=[("add",), ("add",)])  # the standard stands, and months settle
def test_counted_step_by_step_is_counted_whole(first: int, steps: list[tuple[Any, ...]]) -> None:
    folder = Path(mkdtemp())
    try:
        body = make_body(folder / "steps", AREAS, FORCES)
        months = {(t, f, START + n): 0 for t in ("crimes", "incidents") for f in FORCES
                  for n in range(first)}  # fmt: skip
        asked = {each.key: each for each in DEFINITIONS}
        compute(body, asked, snapshot_of(body, months), WINDOWS)
        for step in steps:
            taken(step, months, asked)
            snapshot = snapshot_of(body, months)
            by_step = compute(body, asked, snapshot, WINDOWS)
        alone = make_body(folder / "whole", AREAS, FORCES)
        whole = compute(alone, asked, replace(snapshot, folder=body.var), WINDOWS)
        assert figures(by_step) == figures(whole)
    finally:
        shutil.rmtree(folder)


def test_a_new_month_opens_no_part_of_a_month_that_it_does_not_touch(tmp_path: Path) -> None:
    """The records of earlier years are gone, and the figures still come."""
    body = make_body(tmp_path, AREAS, FORCES)
    months = {("crimes", f, START + n): 0 for f in FORCES for n in range(28)}
    asked = {each.key: each for each in DEFINITIONS if each.key in ("counted", "share")}
    compute(body, asked, snapshot_of(body, months), WINDOWS)
    months |= {("crimes", f, START + 28): 0 for f in FORCES}
    snapshot = snapshot_of(body, months)
    for part in snapshot.parts:
        if Month.parse(part.month) < START + 12:
            (body.var / "parts" / f"{part.digest}.parquet").write_bytes(b"")
    found = compute(body, asked, snapshot, WINDOWS)
    assert found.one("share", "rate", period=str(START + 28)) is not None
