"""Spark starts on loopback alone, says nothing, and is missed in one sentence."""

import importlib.util
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from typer.testing import CliRunner

from answerable.chain.body import InputMistake
from answerable.chain.measures.spark import OnSpark, carried_all, session, spark_session
from answerable.cli.app import load
from tests.snapshots import make_body, make_snapshot
from tests.spec.measuring import define

if TYPE_CHECKING:
    from pyspark.sql import SparkSession


def test_without_pyspark_one_sentence_says_what_to_install(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
):
    monkeypatch.setattr(importlib.util, "find_spec", lambda name: None)
    missing = pytest.raises(InputMistake, match=r"PySpark is not installed.*answerable\[spark\]")
    with missing, spark_session(tmp_path):
        raise AssertionError("it was started")
    assert list(tmp_path.iterdir()) == []


def test_without_java_one_sentence_says_what_to_install(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
):
    monkeypatch.setattr(session, "java", lambda: "")
    monkeypatch.setattr(importlib.util, "find_spec", lambda name: object())
    missing = pytest.raises(InputMistake, match=r"needs Java.*openjdk-17-jre-headless")
    with missing, spark_session(tmp_path):
        raise AssertionError("it was started")


def test_java_is_looked_for_where_java_home_says(tmp_path: Path, monkeypatch: pytest.MonkeyPatch):
    (tmp_path / "bin").mkdir()
    monkeypatch.setenv("JAVA_HOME", str(tmp_path))
    assert session.java() == ""
    (tmp_path / "bin" / "java").write_text("#!/bin/sh\n")
    (tmp_path / "bin" / "java").chmod(0o755)
    assert session.java() == str(tmp_path / "bin" / "java")


def test_a_rule_that_is_not_carried_is_named_with_its_measure():
    from answerable.chain.measures.recipe import recipes

    odd = define(
        "odd", kind="count", table="incidents", include="regexp_matches(channel, '^9')",
        at="received_on", statistics=("count",),
    )  # fmt: skip
    with pytest.raises(InputMistake, match=r"measures/odd\.toml.*regexp.*in another way"):
        carried_all(recipes(odd, 0))


@pytest.mark.spark
def test_it_listens_on_loopback_alone(spark: "SparkSession"):
    gateway = spark.sparkContext._gateway
    listening = _listening(gateway.proc.pid)
    assert listening
    assert {address for address, _ in listening} <= {"0100007F", "::1", "loopback-mapped"}
    assert spark.sparkContext.uiWebUrl is None


def _listening(pid: int) -> set[tuple[str, str]]:
    """Addresses, as the kernel writes them, on which a process and its children listen."""
    sockets = set()
    for each in (pid, *_children(pid)):
        for link in Path(f"/proc/{each}/fd").iterdir():
            try:
                sockets.add(str(link.readlink()))
            except OSError:
                continue
    found = set()
    for table in ("tcp", "tcp6"):
        for line in Path(f"/proc/{pid}/net/{table}").read_text().splitlines()[1:]:
            fields = line.split()
            if fields[3] == "0A" and f"socket:[{fields[9]}]" in sockets:
                found.add((_named(fields[1].split(":")[0]), fields[1]))
    return found


def _named(address: str) -> str:
    known = {
        "0000000000000000FFFF00000100007F": "loopback-mapped",
        "00000000000000000000000001000000": "::1",
    }
    return known.get(address, address)


def _children(pid: int) -> list[int]:
    tasks = Path(f"/proc/{pid}/task/{pid}/children").read_text().split()
    return [each for child in map(int, tasks) for each in (child, *_children(child))]


@pytest.mark.spark
def test_what_spark_says_of_a_record_reaches_nobody(
    spark: "SparkSession", capfd: pytest.CaptureFixture[str]
):
    with pytest.raises(InputMistake) as stopped:
        OnSpark(spark).tables.counted(
            lambda: spark.sql("SELECT CAST('Jane Doe' AS INT) FROM range(1)").collect()
        )
    said = capfd.readouterr()
    assert "Jane" not in said.out + said.err + str(stopped.value)
    assert stopped.value.__cause__ is None
    assert stopped.value.__suppress_context__


@pytest.mark.spark
def test_the_command_counts_with_the_engine_that_it_is_told(
    spark: "SparkSession", tmp_path: Path, monkeypatch: pytest.MonkeyPatch
):
    body = make_body(tmp_path / "body")
    row = {"received_at": "2024-01-10T10:00:00", "strand": "domestic_abuse", "area": "north"}
    snapshot = make_snapshot(body, {"incidents": [row]}, "2024-01..2024-03")
    monkeypatch.setattr("answerable.chain.bundles.grounds.current_snapshot", lambda _: snapshot)
    (body.var / "current").write_text(snapshot.digest)
    asked = []

    class Session:
        def __enter__(self) -> "SparkSession":
            return spark

        def __exit__(self, *_: object) -> None:
            asked.append("ended")

    def started(folder: Path, master: str) -> Session:
        asked.append(master)
        return Session()

    monkeypatch.setattr("answerable.chain.measures.spark.spark_session", started)
    words = ["measure", str(body.folder), "--measure", "reports", "--engine", "spark"]
    result = CliRunner().invoke(load(), [*words, "--format", "csv", "--period", "2024-01"])
    assert result.exit_code == 0, result.output
    assert asked == ["local[*]", "ended"]
    assert "reports" in result.stdout
