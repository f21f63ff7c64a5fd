"""Computing every measure once, and keeping the results under their digest."""

import hashlib
import json
import os
from collections.abc import Iterable, Mapping
from pathlib import Path

import duckdb

from ..body import Body, Period
from ..records import Snapshot
from .cases import check_cases
from .definition import Definition
from .engine import VERSION, connect, run, write
from .results import Results
from .source import source_of


def compute(
    body: Body,
    definitions: Mapping[str, Definition],
    snapshot: Snapshot,
    windows: Iterable[Period] = (),
    *,
    intervals: bool = True,
    standardised: bool = True,
) -> Results:
    """Every result of every definition on a snapshot.

    windows       periods beside months, quarters, years and rolling years
    intervals     with False, medians and percentiles have no interval, which saves memory
                  on a source of national size
    standardised  with False, only the raw basis
    Computed once for one (definitions, snapshot, windows) and read from
    `var/results/<digest>.parquet` after that. Raises InputMistake when a definition may not
    run or its worked cases do not hold.
    """
    definitions = {key: each for key, each in definitions.items() if not each.as_given}
    named = tuple(windows)
    digest = _digest(body, definitions, snapshot, named, intervals, standardised)
    path = body.var / "results" / f"{digest}.parquet"
    if not path.is_file():
        check_cases(definitions)
        path.parent.mkdir(parents=True, exist_ok=True)
        source = source_of(snapshot, body)
        with connect(snapshot.folder / "parts", path.parent) as connection:
            run(
                connection, body, definitions, source, named,
                intervals=intervals, standardised=standardised,
            )  # fmt: skip
            keep(connection, path)
    return Results(path, digest, snapshot.digest)


def keep(connection: duckdb.DuckDBPyConnection, path: Path) -> None:
    """Write beside, flush, rename: a reader sees the whole file or none."""
    beside = path.with_suffix(f".{os.getpid()}.part")
    try:
        write(connection, beside)
        with beside.open("rb+") as file:
            os.fsync(file.fileno())
        beside.replace(path)
    finally:
        beside.unlink(missing_ok=True)


def _digest(
    body: Body,
    definitions: Mapping[str, Definition],
    snapshot: Snapshot,
    windows: Iterable[Period],
    intervals: bool,
    standardised: bool,
) -> str:
    """What the results rest on. Names of areas may change without changing a figure."""
    rests_on = {
        "engine": VERSION,
        "definitions": {key: each.digest for key, each in sorted(definitions.items())},
        "snapshot": snapshot.digest,
        "windows": sorted(period.text for period in windows),
        "areas": sorted((area.force, area.code) for area in body.areas),
        "forces": sorted(force.key for force in body.file.forces),
        "intervals": intervals,
        "standardised": standardised,
    }
    return hashlib.sha256(json.dumps(rests_on, sort_keys=True).encode()).hexdigest()
