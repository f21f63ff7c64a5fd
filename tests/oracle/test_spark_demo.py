"""Every shipped measure on the demonstration's records: Spark's file is DuckDB's, byte for byte."""

import hashlib
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

import duckdb
import pytest

from answerable.chain.body import Body, Period, open_body
from answerable.chain.measures import Results, compute, load_definitions
from answerable.chain.measures.spark import OnSpark
from answerable.chain.records import Part, Snapshot, import_body
from answerable.synthetic import synthesise
from answerable.synthetic.folder import copy_body
from tests.severnshire import FORCE

if TYPE_CHECKING:
    from pyspark.sql import SparkSession

pytestmark = pytest.mark.spark
FIRST, THIN = "2023-04", 12
WINDOW = Period.parse("2023-09..2024-04")


@pytest.fixture(scope="module")
def records(tmp_path_factory: pytest.TempPathFactory) -> tuple[Body, Snapshot]:
    """One in twelve of the last fifteen months' records, so that it does not take minutes."""
    folder = tmp_path_factory.mktemp("demonstration")
    body = copy_body(open_body(FORCE), folder / "body", 24)
    synthesise(body, months=24)
    snapshot = import_body(body).snapshot
    assert snapshot is not None
    (folder / "thin" / "parts").mkdir(parents=True)
    covers = tuple(
        replace(cover, first=max(cover.first, FIRST))
        for cover in snapshot.covers if cover.last >= FIRST
    )  # fmt: skip
    parts = tuple(thinned(snapshot, folder / "thin" / "parts"))
    return body, Snapshot("thin", parts, covers, folder / "thin")


def thinned(snapshot: Snapshot, parts: Path) -> Iterator[Part]:
    """One part a table. Small tables are kept whole."""
    kept = [part for part in snapshot.parts if part.month >= FIRST]
    for table in dict.fromkeys(part.table for part in kept):
        files = replace(snapshot, parts=tuple(kept)).files(table)
        made = parts / "made.parquet"
        with duckdb.connect() as connection:
            relation = f"FROM (FROM read_parquet({files})) AS r"
            rows = connection.execute(f"SELECT count(*) {relation}").fetchall()[0][0]
            some = f"WHERE hash(r) % {THIN} = 0" if rows > 3_000 else ""
            connection.execute(f"COPY (SELECT * {relation} {some}) TO '{made}' (FORMAT parquet)")
        digest = hashlib.sha256(made.read_bytes()).hexdigest()
        made.rename(parts / f"{digest}.parquet")
        yield Part(table, "made", FIRST, rows, digest)


def counted(records: tuple[Body, Snapshot], folder: Path, spark: "SparkSession | None") -> Results:
    body, snapshot = records
    return compute(
        Body(folder, body.file), load_definitions(body), snapshot, [WINDOW],
        engine=OnSpark(spark) if spark else None,
    )  # fmt: skip


def test_the_files_are_the_same(
    records: tuple[Body, Snapshot], spark: "SparkSession", tmp_path: Path
):
    here = counted(records, tmp_path / "here", None)
    there = counted(records, tmp_path / "there", spark)
    assert there.path.name == here.path.name
    for one, other in zip(here, there, strict=True):
        assert one == other
    assert there.path.read_bytes() == here.path.read_bytes()
    said = [result for result in here if result.n]
    assert {result.measure for result in said} >= {
        key for key, each in load_definitions(records[0]).items()
        if not each.as_given and each.status == "published"
    }  # fmt: skip
    assert {result.basis for result in said} == {"raw", "standardised"}
    assert sum(result.lower is not None for result in said) > 1_000


def test_nothing_is_left_behind(
    records: tuple[Body, Snapshot], spark: "SparkSession", tmp_path: Path
):
    body, snapshot = records
    engine = OnSpark(spark)
    definitions = load_definitions(body)
    one = {"training_coverage": definitions["training_coverage"]}
    compute(Body(tmp_path, body.file), one, snapshot, engine=engine)
    engine.close()
    left = [path for path in tmp_path.rglob("*") if path.is_file()]
    assert {path.suffix for path in left} <= {".parquet", ".json"}
    assert not list(tmp_path.rglob("tables-*"))
