"""The shipped measures of a made-up country on a Spark cluster, and every figure beside DuckDB's.

    python benchmarks/spark_cluster.py [--forces 5] [--years 3] [--reports 400] [--workers 2]

Starts a master and workers out of the installed PySpark, on loopback, and stops them whatever
happens. All of them share one machine here, so the times say what a cluster costs, not what it
saves. Ends with 1 when a figure differs.
"""

import argparse
import contextlib
import importlib.util
import os
import socket
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parents[1]))

from answerable.chain.body import Body, open_body
from answerable.chain.measures import Definition, Results, compute, load_definitions
from answerable.chain.measures.recipe import tables_of
from answerable.chain.measures.spark import OnSpark, spark_session
from answerable.chain.records import Snapshot, import_body
from answerable.synthetic import synthesise_national
from benchmarks.machine import busy, described

LOOPBACK = "127.0.0.1"
PATIENCE = 120
"""Seconds in which a master or worker must answer."""


def free_port() -> int:
    with socket.socket() as made:
        made.bind((LOOPBACK, 0))
        return int(made.getsockname()[1])


@contextlib.contextmanager
def cluster(folder: Path, workers: int, memory: str) -> Iterator[str]:
    """A master and its workers, each in a process of its own; gives the master's address."""
    port = free_port()
    address = f"spark://{LOOPBACK}:{port}"
    with contextlib.ExitStack() as stack:
        master = ("master.Master", "--host", LOOPBACK, "--port", str(port), "--webui-port", "0")
        stack.enter_context(running(folder, "master", *master))
        wait_for(port)
        for number in range(workers):
            words = ("--host", LOOPBACK, "--cores", "1", "--memory", memory, "--webui-port", "0",
                     "--work-dir", str(folder / f"worker-{number}"), address)  # fmt: skip
            name = f"worker-{number}"
            stack.enter_context(running(folder, name, "worker.Worker", *words))
        wait_until(lambda: all(registered(folder, n) for n in range(workers)))
        yield address


@contextlib.contextmanager
def running(folder: Path, name: str, kind: str, *words: str) -> Iterator[None]:
    """One of Spark's own processes, out of the installed package; ended with the block."""
    found = importlib.util.find_spec("pyspark")
    assert found and found.origin, "PySpark is not installed: see docs/how-to/run-on-spark.md"
    home = Path(found.origin).parent
    folder.mkdir(parents=True, exist_ok=True)
    surroundings = {
        **os.environ, "SPARK_HOME": str(home), "SPARK_LOCAL_IP": LOOPBACK,
        "SPARK_PUBLIC_DNS": LOOPBACK, "SPARK_NO_DAEMONIZE": "1",
    }  # fmt: skip
    command = [str(home / "bin" / "spark-class"), f"org.apache.spark.deploy.{kind}", *words]
    with (folder / f"{name}.log").open("wb") as log:
        process = subprocess.Popen(command, env=surroundings, stdout=log, stderr=log)
        try:
            yield
        finally:
            process.terminate()
            try:
                process.wait(timeout=20)
            except subprocess.TimeoutExpired:
                process.kill()
                process.wait()


def wait_for(port: int) -> None:
    def answers() -> bool:
        with socket.socket() as asked:
            return asked.connect_ex((LOOPBACK, port)) == 0

    wait_until(answers)


def registered(folder: Path, number: int) -> bool:
    return b"Successfully registered with master" in (folder / f"worker-{number}.log").read_bytes()


def wait_until(done) -> None:  # type: ignore[no-untyped-def]
    """Raises TimeoutError."""
    end = time.monotonic() + PATIENCE
    while not done():
        if time.monotonic() > end:
            raise TimeoutError("a part of the cluster did not answer")
        time.sleep(0.2)


def country(folder: Path, forces: int, years: int, reports: float) -> tuple[Body, Snapshot]:
    made = synthesise_national(folder, forces, years, reports=reports)
    body = open_body(made.folder)
    snapshot = import_body(body).snapshot
    assert snapshot is not None
    return body, snapshot


def counted(
    folder: Path,
    body: Body,
    definitions: dict[str, Definition],
    snapshot: Snapshot,
    engine: OnSpark | None = None,
) -> tuple[Results, float]:
    start = time.perf_counter()
    results = compute(Body(folder, body.file), definitions, snapshot, engine=engine)
    return results, time.perf_counter() - start


def differences(here: Results, there: Results) -> tuple[int, int]:
    """How many figures there are, and how many differ."""
    pairs = list(zip(here, there, strict=True))
    return len(pairs), sum(one != other for one, other in pairs)


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--forces", type=int, default=5)
    parser.add_argument("--years", type=int, default=3)
    parser.add_argument("--reports", type=float, default=400, help="a month in a force")
    parser.add_argument("--workers", type=int, default=2)
    parser.add_argument("--memory", default="1g", help="of each worker")
    said = parser.parse_args()
    with tempfile.TemporaryDirectory(prefix="cluster-") as room:
        folder = Path(room)
        body, snapshot = country(folder / "country", said.forces, said.years, said.reports)
        held = {part.table for part in snapshot.parts}
        definitions = {
            key: each for key, each in load_definitions(body).items()
            if set(tables_of(each)) & held
        }  # fmt: skip
        rows = sum(part.rows for part in snapshot.parts)
        print(f"{described()}, {busy()}")
        print(f"{said.forces} forces, {rows:,} records, {len(definitions)} measures")
        here, alone = counted(folder / "here", body, definitions, snapshot)
        print(f"DuckDB: {alone:.1f} s")
        with cluster(folder / "cluster", said.workers, said.memory) as address:
            settings = {"spark.executor.memory": said.memory, "spark.executor.cores": "1"}
            start = time.perf_counter()
            with spark_session(folder / "spill", address, settings) as session:
                begun = time.perf_counter() - start
                engine = OnSpark(session)
                there, together = counted(folder / "there", body, definitions, snapshot, engine)
                engine.close()
        print(f"Spark, {said.workers} workers: {together:.1f} s, and {begun:.1f} s to begin")
        number, other = differences(here, there)
        same = here.path.read_bytes() == there.path.read_bytes()
        print(f"{number:,} figures, {other} differ; the files are {'the same' if same else 'not'}")
    return 1 if other else 0


if __name__ == "__main__":
    sys.exit(main())
