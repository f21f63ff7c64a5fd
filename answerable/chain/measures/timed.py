"""The values of one measure's time, out of the engine as numbers."""

from collections.abc import Iterable
from dataclasses import dataclass

import duckdb
import numpy as np
from numpy.typing import NDArray

from ..records.contract import contracts
from ..records.expressions import text
from .frames import NOT_RECORDED, Built, split_column
from .recipe import Recipe

Ints = NDArray[np.int64]
Small = NDArray[np.int32]


@dataclass(frozen=True)
class Timed:
    """Every usable time of a measure, one entry a row.

    pair, month   where and when the row counts
    rank          of its time among `times`, the different times from the shortest
    codes, words  by column: a number for each row, and the text that it stands for
    """

    pair: Small
    month: Small
    rank: Small
    times: Ints
    codes: dict[str, Small]
    words: dict[str, tuple[str, ...]]


def timed_values(
    connection: duckdb.DuckDBPyConnection, built: Built, recipe: Recipe, columns: Iterable[str]
) -> Timed:
    """Read the usable times of a recipe, and the columns by which they are told apart."""
    columns = tuple(columns)
    words = {name: _words(connection, built, name) for name in columns}
    coded = ", ".join(f"{_coded(built, name, words[name])} AS c_{name}" for name in columns)
    found = connection.execute(
        f"SELECT pair, {built.month} AS month, {recipe.time} AS s{', ' if coded else ''}{coded}"  # noqa: S608  # our names and checked expressions
        f" FROM {built.rows} WHERE {recipe.time} IS NOT NULL AND {built.month} IS NOT NULL"
    ).fetchnumpy()
    times, rank = np.unique(found["s"], return_inverse=True)
    return Timed(
        _plain(found["pair"]),
        _plain(found["month"]),
        rank.astype(np.int32),
        times.astype(np.int64),
        {name: _plain(found[f"c_{name}"]) for name in columns},
        words,
    )


def _plain(column: object) -> Small:
    return np.asarray(column, dtype=np.int32)


def _listed(built: Built, name: str) -> tuple[str, ...]:
    return contracts()[built.frame.table].field(name).enum


def _words(connection: duckdb.DuckDBPyConnection, built: Built, name: str) -> tuple[str, ...]:
    """What may stand in a column; the first for a row that has nothing there."""
    if listed := _listed(built, name):
        return (NOT_RECORDED, *listed)
    column = split_column(name)
    rows = connection.execute(
        f"SELECT DISTINCT {column}::VARCHAR FROM {built.rows} WHERE {column} IS NOT NULL ORDER BY 1"  # noqa: S608  # our names and checked expressions
    ).fetchall()
    return (NOT_RECORDED, *(word for (word,) in rows if word != NOT_RECORDED))


def _coded(built: Built, name: str, words: tuple[str, ...]) -> str:
    """The place of a row's value among the words, from 0, which is that of none."""
    column = split_column(name)
    if _listed(built, name):
        return f"coalesce(enum_code({column})::INTEGER + 1, 0)"
    known = "[" + ", ".join(text(word) for word in words) + "]"
    return f"coalesce(list_position({known}, {column}) - 1, 0)"
