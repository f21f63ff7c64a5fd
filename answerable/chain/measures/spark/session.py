"""Spark, started for one piece of work: on loopback alone, silent, its files under `var/`."""

import contextlib
import logging
import os
import shutil
import subprocess
import sys
import warnings
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import TYPE_CHECKING, Any

from ...body import InputMistake, Problem

if TYPE_CHECKING:
    from pyspark.sql import SparkSession

LOCAL = "local[*]"
"""Every core of this machine, in one process."""

LOOPBACK = "127.0.0.1"
INSTALL = (
    "Install it with pip install 'answerable[spark]', and Java 17 or later (on Debian:"
    " apt-get install openjdk-17-jre-headless); or leave --engine out: DuckDB needs neither."
)
_JAVA = "spark.driver.extraJavaOptions"
_LOG = """status = off
rootLogger.level = off
"""


@contextlib.contextmanager
def spark_session(
    folder: Path, master: str = LOCAL, settings: Mapping[str, str] | None = None
) -> Iterator["SparkSession"]:
    """A session of its own, ended with the block.

    folder    where Spark puts down what does not fit into memory; emptied at the end
    master    `local[*]`, or the address of a cluster whose machines all see the body's folder
    settings  Spark's own settings beside ours; options of Java are added to ours
    Raises InputMistake where PySpark or Java is missing or the master does not answer.
    """
    _must_be_there()
    room = folder / f"spark-{os.getpid()}"
    shutil.rmtree(room, ignore_errors=True)
    room.mkdir(parents=True)
    try:
        with _running(room, master, dict(settings or {})) as session:
            yield session
    finally:
        shutil.rmtree(room, ignore_errors=True)


def _must_be_there() -> None:
    import importlib.util

    found = ""
    if importlib.util.find_spec("pyspark") is None:
        found = "PySpark is not installed"
    elif not java():
        found = "Spark needs Java, and there is none here"
    if found:
        raise InputMistake(Problem("--engine spark", found, next_step=INSTALL))


def java() -> str:
    """Where Java is; empty where it is not."""
    home = os.environ.get("JAVA_HOME")
    return shutil.which("java", path=str(Path(home) / "bin") if home else None) or ""


@contextlib.contextmanager
def _running(room: Path, master: str, settings: dict[str, str]) -> Iterator["SparkSession"]:
    # Of pandas, which PySpark looks at whenever it is there; nothing here goes through it.
    warnings.filterwarnings("ignore", "PySpark does not yet fully support", FutureWarning)
    from pyspark import SparkConf, SparkContext
    from pyspark.errors import PySparkException
    from pyspark.java_gateway import launch_gateway
    from pyspark.sql import SparkSession

    # Spark says on a logger of Python what went wrong, with the text of the query.
    logging.getLogger("SQLQueryContextLogger").setLevel(logging.CRITICAL + 1)
    conf = SparkConf(loadDefaults=False)
    ours = _settings(room, master)
    if more := settings.pop(_JAVA, ""):
        settings[_JAVA] = f"{ours[_JAVA]} {more}"
    conf.setAll(list((ours | settings).items()))
    with _surroundings():
        try:
            gateway = launch_gateway(conf, _quiet())
        except (PySparkException, OSError):
            raise _not_started(master) from None
    try:
        try:
            context = SparkContext(conf=conf, gateway=gateway)
        except Exception:
            raise _not_started(master) from None
        try:
            yield SparkSession(context)
        finally:
            context.stop()
    finally:
        _end(gateway)
        SparkContext._gateway = None
        SparkContext._jvm = None


def _not_started(master: str) -> InputMistake:
    return InputMistake(
        Problem(
            "--engine spark",
            f"Spark did not start with the master {master}",
            next_step="Is it Java 17 or later, and does the master answer? Otherwise leave"
            " --engine out: DuckDB gives the same figures.",
        )
    )


def _settings(room: Path, master: str) -> dict[str, str]:
    log = room / "log4j2.properties"
    log.write_text(_LOG, encoding="utf-8")
    # Executors of a cluster read it too, so that they write nothing of a record to their logs.
    java_options = f"-Dlog4j2.configurationFile={log.as_uri()} -Duser.timezone=UTC"
    if master.startswith("local"):
        java_options += " -XX:+UseSerialGC"
    return {
        "spark.master": master,
        "spark.app.name": "answerable",
        "spark.ui.enabled": "false",
        "spark.ui.showConsoleProgress": "false",
        "spark.driver.host": LOOPBACK,
        "spark.driver.bindAddress": LOOPBACK,
        _JAVA: java_options,
        "spark.executor.extraJavaOptions": java_options,
        "spark.local.dir": str(room),
        "spark.sql.warehouse.dir": str(room / "warehouse"),
        "spark.sql.catalogImplementation": "in-memory",
        "spark.sql.session.timeZone": "UTC",
        "spark.sql.ansi.enabled": "true",
        "spark.sql.parquet.compression.codec": "zstd",
        "spark.sql.shuffle.partitions": str(2 * (os.cpu_count() or 1)),
        "spark.log.structuredLogging.enabled": "false",
    }


@contextlib.contextmanager
def _surroundings() -> Iterator[None]:
    """What Spark's own scripts read, put back afterwards."""
    ours = {"SPARK_LOCAL_IP": LOOPBACK, "PYSPARK_PYTHON": sys.executable}
    before = {name: os.environ.get(name) for name in (*ours, "SPARK_HOME", "SPARK_CONF_DIR")}
    os.environ.update(ours)
    # Another Spark on the machine is not the one that is pinned here.
    for name in ("SPARK_HOME", "SPARK_CONF_DIR"):
        os.environ.pop(name, None)
    try:
        yield
    finally:
        for name, value in before.items():
            os.environ.pop(name, None)
            if value is not None:
                os.environ[name] = value


def _quiet() -> dict[str, Any]:
    """Nothing that Java says reaches the screen: it may quote a record."""
    return {"stdout": subprocess.DEVNULL, "stderr": subprocess.DEVNULL}


def _end(gateway: Any) -> None:
    with contextlib.suppress(Exception):
        gateway.shutdown()
    process = getattr(gateway, "proc", None)
    if process is not None:
        with contextlib.suppress(OSError):
            process.stdin.close()
        try:
            process.wait(timeout=20)
        except subprocess.TimeoutExpired:
            process.kill()
            process.wait()
