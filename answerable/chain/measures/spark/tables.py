"""Tables that go from DuckDB to Spark and back, as Parquet files in a folder both can see."""

import itertools
import os
import shutil
from pathlib import Path
from typing import TYPE_CHECKING

import duckdb

from ...body import InputMistake, Problem
from ...records.contract import Contract
from ...records.expressions import text
from .kinds import STORED, kind_of, spark_name

if TYPE_CHECKING:
    from pyspark.sql import DataFrame, SparkSession


class Tables:
    """The way between the two engines."""

    def __init__(self, session: "SparkSession"):
        self.session = session
        self.folder = Path()
        self._numbers = itertools.count()

    def between(self, connection: duckdb.DuckDBPyConnection) -> None:
        """Begin with a connection: a new folder, where it may write."""
        self.close()
        spill = connection.execute("SELECT current_setting('temp_directory')").fetchall()[0][0]
        self.folder = Path(spill) / f"tables-{os.getpid()}"
        shutil.rmtree(self.folder, ignore_errors=True)
        self.folder.mkdir(parents=True)

    def close(self) -> None:
        """Take away what passed between the engines."""
        self.session.catalog.clearCache()
        if self.folder != Path():
            shutil.rmtree(self.folder, ignore_errors=True)

    def hand_over(self, connection: duckdb.DuckDBPyConnection, relation: str, view: str) -> None:
        """A relation of DuckDB as a view of Spark."""
        path = self._path(".parquet")
        connection.execute(
            f"COPY (SELECT * FROM {relation}) TO {text(str(path))} (FORMAT parquet)"  # noqa: S608  # our own relation and a quoted path
        )
        self.session.read.parquet(str(path)).createOrReplaceTempView(view)

    def take_back(self, connection: duckdb.DuckDBPyConnection, query: str, table: str) -> None:
        """The answer to a query of Spark as a table of DuckDB."""
        path = self._path("")
        self.counted(lambda: self.session.sql(query).write.parquet(str(path)))
        files = sorted(str(file) for file in path.glob("*.parquet"))
        listed = ", ".join(map(text, files))
        connection.execute(f"CREATE OR REPLACE TEMP TABLE {table} AS FROM read_parquet([{listed}])")
        shutil.rmtree(path)

    def read(self, contract: Contract, files: list[str], view: str) -> None:
        """The rows of a table in files as they lie, as a view of Spark."""
        schema = ", ".join(
            f"{spark_name(field.name)} {STORED[kind_of(field).name]}" for field in contract.fields
        )
        frame: DataFrame = self.session.read.schema(schema).parquet(*files)
        frame.createOrReplaceTempView(view)

    @staticmethod
    def counted(work) -> None:  # type: ignore[no-untyped-def]
        """Do work in Spark, whose own words are never shown: they may quote a record.

        Raises InputMistake.
        """
        from py4j.protocol import Py4JError
        from pyspark.errors import PySparkException

        try:
            work()
        except (PySparkException, Py4JError):
            raise InputMistake(
                Problem(
                    "--engine spark",
                    "Spark stopped in the middle of counting",
                    next_step="Either a number in a rule became too large, or memory or disk ran"
                    " out. Nothing was kept. Count with DuckDB, which says more.",
                )
            ) from None

    def _path(self, ending: str) -> Path:
        return self.folder / f"table-{next(self._numbers)}{ending}"
