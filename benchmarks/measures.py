"""All incident measures of a country against one median over the same rows and levels.

    python benchmarks/measures.py [--rows 15000000] [--folder FOLDER] [--no-pandas]

Made records: 43 forces, 215 areas, 120 months, one Parquet file a month. Each way of
counting runs in a process of its own, so that its memory can be told. Ratios are of one
run on one machine; nothing is asserted about seconds.
"""

import argparse
import json
import multiprocessing
import resource
import sys
import tempfile
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

import duckdb

sys.path.insert(0, str(Path(__file__).resolve().parents[1]))

from answerable.chain.body import Area, Body, BodyFile, Force, Month
from answerable.chain.measures import load_definitions
from answerable.chain.measures.compute import keep
from answerable.chain.measures.engine import connect, run
from answerable.chain.measures.recipe import tables_of
from answerable.chain.measures.source import source_of
from answerable.chain.records import Cover, Part, Snapshot

FORCES, AREAS_EACH, MONTHS = 43, 5, 120
FIRST = Month(2014, 7)
ROLLING = 12
MEMORY = "1500MB"
AT_ONCE = 30_000_000
"""Rows that one query over rolling years takes up: it bounds the memory of the median."""


def country(folder: Path) -> Body:
    """A body of 43 forces and 215 areas."""
    forces = tuple(Force(key=f"force_{f}", name=f"Force {f}") for f in range(FORCES))
    areas = tuple(
        Area(code=f"area_{f}_{a}", name=f"Area {f}.{a}", force=f"force_{f}")
        for f in range(FORCES)
        for a in range(AREAS_EACH)
    )
    return Body(folder, BodyFile(key="country", name="Country", forces=forces, areas=areas))


def quiet() -> duckdb.DuckDBPyConnection:
    """A connection with the engine's limit of memory and no bar of progress."""
    connection = duckdb.connect(config={"memory_limit": MEMORY})
    connection.execute("SET enable_progress_bar = false")
    return connection


def make(folder: Path, rows: int) -> Snapshot:
    """Write the incidents, a file a month, and the snapshot that lists them."""
    parts = folder / "var" / "parts"
    parts.mkdir(parents=True, exist_ok=True)
    last = FIRST + (MONTHS - 1)
    listed = []
    with quiet() as connection:
        connection.execute("SELECT setseed(0.5)")
        for number in range(MONTHS):
            month = FIRST + number
            digest = f"{rows}-{month}"
            path = parts / f"{digest}.parquet"
            if not path.exists():
                connection.execute(_month(month, rows // MONTHS, path))
            listed.append(Part("incidents", "made", str(month), rows // MONTHS, digest))
    cover = Cover("incidents", "made", str(FIRST), str(last))
    return Snapshot(f"made-{rows}", tuple(listed), (cover,), folder / "var")


def _month(month: Month, rows: int, path: Path) -> str:
    start, seconds = month.first_day.isoformat(), month.days * 86_400
    return f"""
    COPY (
      SELECT
        md5(i::VARCHAR || '{month}') AS incident_id,
        'force_' || f AS force,
        CASE WHEN random() < 0.97
          THEN 'area_' || f || '_' || least(4, floor(random() * random() * 7))::INT END AS area,
        CASE WHEN random() < 0.9 THEN 'domestic_abuse' ELSE 'stalking' END AS strand,
        received_at, received_at::DATE AS received_on,
        1 + floor(random() * random() * 4)::INT AS first_grade, NULL::INT AS last_grade,
        ['999', '101', 'online', 'other'][1 + floor(random() * 4)::INT] AS channel,
        ['standard', 'medium', 'high', 'not_assessed'][1 + floor(random() * 4)::INT] AS risk_level,
        random() < 0.3 AS repeat_caller,
        ['attended', 'attended', 'video', 'telephone', 'appointment', 'none']
          [1 + floor(random() * 6)::INT] AS response_method,
        NULL::TIMESTAMP AS first_dispatched_at, NULL::DATE AS first_dispatched_on,
        contact AS first_contact_at, contact::DATE AS first_contact_on,
        CASE WHEN random() < 0.89 THEN contact END AS first_arrived_at,
        contact::DATE AS first_arrived_on, NULL::TIMESTAMP AS closed_at, NULL::DATE AS closed_on,
        random() < 0.03 AS duplicate, random() < 0.6 AS crime_recorded,
        md5((i % 40000)::VARCHAR) AS victim_key, floor(random() * 4)::INT AS prior_incidents_12m
      FROM (
        SELECT i, floor(random() * {FORCES})::INT AS f, received_at,
          received_at + to_seconds(round(exp(5 + 4 * random()))::BIGINT) AS contact
        FROM (
          SELECT i, TIMESTAMP '{start}'
            + to_seconds((random() * {seconds - 1})::BIGINT) AS received_at
          FROM range({rows}) AS r(i)
        )
      )
    ) TO '{path}' (FORMAT parquet)
    """


def ours(folder: Path, rows: int) -> int:
    """Every incident measure with its splits, every place and period, written to a file."""
    return _ours(folder, rows, standardised=False)


def ours_standardised(folder: Path, rows: int) -> int:
    """The same with the standardised basis beside the raw one."""
    return _ours(folder, rows, standardised=True)


def _ours(folder: Path, rows: int, standardised: bool) -> int:
    body, snapshot = country(folder), make(folder, rows)
    definitions = incident_measures(body)
    with connect(folder / "var" / "parts", folder) as connection:
        run(
            connection, body, definitions, source_of(snapshot, body),
            intervals=False, standardised=standardised,
        )  # fmt: skip
        path = folder / "results.parquet"
        keep(connection, path)
        return _count(connection, str(path))


def _count(connection: duckdb.DuckDBPyConnection, path: str) -> int:
    return int(connection.execute(f"SELECT count(*) FROM '{path}'").fetchall()[0][0])


def incident_measures(body: Body) -> dict[str, Any]:
    """The shipped measures that read the incidents and nothing else."""
    found = load_definitions(body).items()
    return {key: each for key, each in found if tables_of(each) == ("incidents",)}


PLACES = {"all": "", "force": "force, ", "area": "force, area, "}
GRAINS = {"month": "m", "quarter": "m // 3", "year": "(m - 3) // 12"}
READ = """
  CREATE TEMP TABLE t AS SELECT force, area,
    (year(received_on) * 12 + month(received_on) - 1)::INTEGER AS m,
    date_diff('second', received_at, first_arrived_at)::INTEGER AS seconds
  FROM read_parquet(?)
"""


def median(folder: Path, rows: int) -> int:
    """`median(seconds)` of all rows, one plain query a level, rolling years included."""
    files = make(folder, rows).files("incidents")
    with quiet() as connection:
        connection.execute(READ.replace("force, area", _CODES), [files])
        out = 0
        for place in PLACES.values():
            for grain in GRAINS.values():
                query = f"SELECT {place}{grain} AS p, median(seconds) FROM t GROUP BY ALL"
                out += len(connection.execute(query).fetchall())
            for batch in _batches(rows):
                windows = ", ".join(f"({w}, {w + k})" for w in batch for k in range(ROLLING))
                query = (
                    f"SELECT {place}w, median(seconds) FROM t"
                    f" JOIN (VALUES {windows}) AS q(w, m) USING (m) GROUP BY ALL"
                )
                out += len(connection.execute(query).fetchall())
        return out


_CODES = "force[7:]::UTINYINT AS force, coalesce(split_part(area, '_', 3)::UTINYINT, 99) AS area"
"""Places as small numbers, as the engine has them: text would make the median look slow."""


def _batches(rows: int) -> list[list[int]]:
    """Rolling years in batches that fit into memory."""
    starts = [FIRST.index + k for k in range(MONTHS - ROLLING + 1)]
    size = max(1, AT_ONCE // (rows // MONTHS * ROLLING))
    return [starts[k : k + size] for k in range(0, len(starts), size)]


def one_by_one(folder: Path, rows: int) -> int:
    """The same engine asked for one measure at a time: the read is not shared."""
    body, snapshot = country(folder), make(folder, rows)
    out = 0
    for key, definition in incident_measures(body).items():
        with connect(folder / "var" / "parts", folder) as connection:
            source = source_of(snapshot, body)
            run(connection, body, {key: definition}, source, intervals=False, standardised=False)
            path = folder / "one.parquet"
            keep(connection, path)
            out += _count(connection, str(path))
    return out


def pandas(folder: Path, rows: int) -> int:
    """Medians of the priority wait in pandas, undivided, without rolling years."""
    import pandas as pd

    columns = ["force", "area", "received_on", "received_at", "first_arrived_at", "first_grade",
               "response_method"]  # fmt: skip
    frames = []
    for path in make(folder, rows).files("incidents"):
        frame = pd.read_parquet(path, columns=columns)
        taken = (frame.first_grade == 2) & (frame.response_method == "attended")
        frame = frame[taken & frame.first_arrived_at.notna()]
        seconds = (frame.first_arrived_at - frame.received_at).dt.total_seconds()
        month = pd.to_datetime(frame.received_on).dt.to_period("M")
        frames.append(pd.DataFrame({"force": frame.force, "area": frame.area, "month": month,
                                    "seconds": seconds}))  # fmt: skip
    table = pd.concat(frames)
    table["quarter"] = table.month.dt.asfreq("Q")
    table["year"] = table.month.dt.asfreq("Y-MAR")
    out = 0
    for place in ([], ["force"], ["force", "area"]):
        for grain in ("month", "quarter", "year"):
            out += len(table.groupby([*place, grain], dropna=False).seconds.median())
    return out


WAYS: dict[str, Callable[[Path, int], int]] = {
    "median(seconds), one plain query a level": median,
    "all incident measures, raw": ours,
    "all incident measures, raw and standardised": ours_standardised,
    "the same engine, one measure at a time, raw": one_by_one,
    "pandas, one median of one measure, no rolling years": pandas,
}


def _child(way: str, folder: Path, rows: int, queue: "multiprocessing.Queue[Any]") -> None:
    began = time.monotonic()
    figures = WAYS[way](folder, rows)
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    queue.put((time.monotonic() - began, peak, figures))


def measured(way: str, folder: Path, rows: int) -> tuple[float, float, int]:
    """Seconds, peak memory in MB and number of figures of one way, in its own process."""
    context = multiprocessing.get_context("spawn")
    queue: Any = context.Queue()
    process = context.Process(target=_child, args=(way, folder, rows, queue))
    process.start()
    process.join()
    if process.exitcode:
        raise SystemExit(f"{way}: failed")
    found: tuple[float, float, int] = queue.get()
    return found


def main() -> None:
    options = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    options.add_argument("--rows", type=int, default=15_000_000)
    options.add_argument("--folder", type=Path)
    options.add_argument("--ways", default="", help="numbers of the ways, such as 0,1")
    options.add_argument("--json", action="store_true")
    chosen = options.parse_args()
    with tempfile.TemporaryDirectory() as temporary:
        folder = chosen.folder or Path(temporary)
        folder.mkdir(parents=True, exist_ok=True)
        began = time.monotonic()
        make(folder, chosen.rows)
        print(f"{chosen.rows:,} incidents made in {time.monotonic() - began:.0f} s", flush=True)
        ways = list(WAYS)
        if chosen.ways:
            ways = [ways[int(number)] for number in chosen.ways.split(",")]
        base = None
        for way in ways:
            seconds, peak, figures = measured(way, folder, chosen.rows)
            base = base or seconds
            told = f"{seconds:7.1f} s {seconds / base:6.2f} x {peak:6.0f} MB {figures:10,} figures"
            line = json.dumps([way, seconds, peak, figures]) if chosen.json else f"{way:52} {told}"
            print(line, flush=True)


if __name__ == "__main__":
    main()
