"""The same expressions over the same rows, in DuckDB and in Spark."""

import math
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from datetime import date, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Any

import duckdb

from answerable.chain.measures.spark.dialect import carry
from answerable.chain.measures.spark.kinds import (
    DATE,
    DOUBLE,
    MOMENT,
    STORED,
    TEXT,
    TRUTH,
    WHOLE,
    Kind,
)
from answerable.chain.records.expressions import check_expression

if TYPE_CHECKING:
    from pyspark.sql import SparkSession

SMALL = {
    "spark.sql.shuffle.partitions": "1",
    "spark.default.parallelism": "1",
    "spark.driver.memory": "768m",
    "spark.driver.extraJavaOptions": "-XX:TieredStopAtLevel=1",
}
"""Settings for little data: most of the time would go into planning for much."""

KINDS: dict[str, Kind] = {
    "words": TEXT, "other": TEXT, "code": Kind("text", plain=True), "many": WHOLE, "few": WHOLE,
    "part": DOUBLE, "share": DOUBLE, "yes": TRUTH, "no": TRUTH, "on_day": DATE, "by_day": DATE,
    "at_time": MOMENT, "to_time": MOMENT,
}  # fmt: skip
_DUCKDB = {
    "text": "VARCHAR", "whole": "INTEGER", "double": "DOUBLE", "truth": "BOOLEAN",
    "date": "DATE", "moment": "TIMESTAMP",
}  # fmt: skip

ROWS: list[dict[str, Any]] = [
    {},
    {
        "words": "", "other": "a", "code": "charged", "many": 0, "few": 1, "part": 0.0,
        "share": 0.5, "yes": True, "no": False, "on_day": date(2024, 2, 29),
        "by_day": date(2023, 2, 28), "at_time": datetime(2024, 2, 29, 23, 59, 59, 999000),
        "to_time": datetime(2024, 3, 1),
    },
    {
        "words": "É a-b-c", "other": "-", "code": "no_crime", "many": -7, "few": 2,
        "part": -2.5, "share": 2.675, "yes": False, "no": None, "on_day": date(2023, 12, 31),
        "by_day": date(2024, 1, 31), "at_time": datetime(2024, 3, 31, 1, 30),
        "to_time": datetime(2023, 10, 29, 1, 30, 0, 1),
    },
    {
        "words": "it's 100%_\\ \u00a0", "other": "%", "code": None, "many": 2**31 - 1, "few": -1,
        "part": 1.005, "share": -0.0, "yes": None, "no": True, "on_day": None,
        "by_day": date(2024, 2, 29), "at_time": None, "to_time": datetime(2024, 2, 29),
    },
    {
        "words": "  padded  ", "other": None, "code": "charged", "many": 15, "few": 60,
        "part": math.inf, "share": math.nan, "yes": True, "no": True,
        "on_day": date(2024, 12, 30), "by_day": date(2000, 2, 29),
        "at_time": datetime(1999, 12, 31, 23, 59, 59), "to_time": datetime(2024, 2, 28, 12),
    },
    {
        "words": "a", "other": "a", "code": "a", "many": 2, "few": 2, "part": 4.5, "share": 1e15,
        "yes": False, "no": False, "on_day": date(2024, 1, 31), "by_day": date(2024, 1, 31),
        "at_time": datetime(2024, 1, 31, 10), "to_time": datetime(2024, 1, 31, 9, 59, 59, 500000),
    },
]  # fmt: skip
"""Nothing at all, empty text, leap days, the greatest number, halves, infinities, quotes."""


@contextmanager
def started(folder: Path) -> Iterator["SparkSession"]:
    """One small session of Spark."""
    from answerable.chain.measures.spark import spark_session

    with spark_session(folder, "local[1]", SMALL) as session:
        yield session


class Both:
    """The rows, held by both engines."""

    def __init__(self, session: "SparkSession", folder: Path, rows: Sequence[dict[str, Any]]):
        self.session = session
        self.connection = duckdb.connect()
        listed = ", ".join(f"{name} {_DUCKDB[kind.name]}" for name, kind in KINDS.items())
        self.connection.execute(f"CREATE TABLE made (number INTEGER, {listed})")
        marks = ", ".join("?" for _ in range(len(KINDS) + 1))
        for number, row in enumerate(rows):
            values = [number, *(row.get(name) for name in KINDS)]
            self.connection.execute(f"INSERT INTO made VALUES ({marks})", values)
        path = folder / "made.parquet"
        self.connection.execute(f"COPY made TO '{path}' (FORMAT parquet)")
        schema = ", ".join(f"{name} {STORED[kind.name]}" for name, kind in KINDS.items())
        frame = session.read.schema(f"number INT, {schema}").parquet(str(path))
        frame.createOrReplaceTempView("made")

    def in_duckdb(self, sql: str) -> list[Any] | None:
        """The answers for each row; None where DuckDB stops at a row or in the expression."""
        checked = check_expression(sql, KINDS, "here")
        try:
            rows = self.connection.execute(f"SELECT {checked} FROM made ORDER BY number").fetchall()
        except duckdb.Error:
            return None
        return [row[0] for row in rows]

    def in_spark(self, *expressions: str) -> list[list[Any]]:
        """The answers of each expression for each row. Raises NotCarried."""
        carried = [carry(check_expression(sql, KINDS, "here"), KINDS) for sql in expressions]
        listed = ", ".join(f"{piece.sql} AS e{i}" for i, piece in enumerate(carried))
        # A query that is run once is sooner done than made into a program first. What Spark then
        # does with such a program is seen by the tests of whole measures.
        self.session.conf.set("spark.sql.codegen.factoryMode", "NO_CODEGEN")
        self.session.conf.set("spark.sql.codegen.wholeStage", "false")
        try:
            rows = self.session.sql(f"SELECT {listed} FROM made ORDER BY number").collect()
        finally:
            self.session.conf.unset("spark.sql.codegen.factoryMode")
            self.session.conf.unset("spark.sql.codegen.wholeStage")
        return [[row[i] for row in rows] for i in range(len(carried))]


def plain(values: Sequence[Any]) -> list[str]:
    """Values so that equal ones are equal texts: not-a-number is itself, nought has no sign."""
    return ["NULL" if value is None else _plain(value) for value in values]


def _plain(value: Any) -> str:
    if isinstance(value, bool):
        return str(value)
    if isinstance(value, int | float) or type(value).__name__ == "Decimal":
        return repr(float(value) + 0.0)
    if isinstance(value, date) and not isinstance(value, datetime):
        value = datetime(value.year, value.month, value.day)
    return str(value)
