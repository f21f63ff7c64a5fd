"""All results of one source under one set of definitions, read as they are asked for."""

from collections.abc import Collection, Iterator, Mapping
from dataclasses import fields
from functools import cached_property
from pathlib import Path
from typing import Any

import duckdb

from ..body import WHOLE, Period
from .result import Grade, Grain, Result, Status, Unit
from .taken import relation, taken_by

_SAME = ("measure", "version", "definition", "source", "grade")
"""What all results of a measure have in common; read once."""

_EXACT = ("rounded_to",)
"""What every result as computed has as its default: nothing is rounded before disclosure."""

_FIELDS = tuple(field.name for field in fields(Result) if field.name not in (*_SAME, *_EXACT))
_READ = ", ".join(_FIELDS).replace("excluded", "nullif(excluded, []) AS excluded")
Row = tuple[Any, ...]


class Results:
    """Results by measure, statistic, area, period, split and basis.

    A measure's results are read from the file when it is first asked for, and each
    becomes a `Result` when it is first wanted, so opening costs nothing.

    digest   of everything that they rest on; the name of the file
    source   digest of the snapshot
    path     the Parquet file that holds them, or names the files beside it that hold the rest
    """

    def __init__(self, path: Path, digest: str, source: str):
        self.path = path
        self.digest = digest
        self.source = source
        self._measures: dict[str, _Measure] = {}

    def one(
        self,
        measure: str,
        statistic: str,
        area: str = "all",
        period: Period | str = "",
        split: str = "",
        basis: str = "raw",
    ) -> Result | None:
        """One result, or None where there is none of that name.

        A period that is not there as spelled is found by its months. Raises ValueError
        for text that is not a period.
        """
        return self._measure(measure).one(statistic, area, str(period), split, basis)

    def series(
        self,
        measure: str,
        statistic: str,
        area: str = "all",
        split: str = "",
        basis: str = "raw",
        grain: Grain = Grain.MONTH,
    ) -> tuple[Result, ...]:
        """Every period of one grain in order of time; empty where there is none."""
        return self._measure(measure).series(statistic, area, split, basis, grain)

    def of(self, measure: str) -> tuple[Result, ...]:
        """Every result of a measure: by statistic, basis, split, area, grain and time."""
        return self._measure(measure).all()

    def at(self, measure: str, areas: Collection[str]) -> tuple[Result, ...]:
        """The results of a measure in some areas alone, in the order of `of`; splits only of the
        whole. Nothing else is read, so a country's forces cost nothing for their areas.
        """
        rows, same = _rows(self._connection, self.relation, measure, areas)
        return _Measure(rows, same).all()

    @cached_property
    def counted(self) -> tuple[str, ...]:
        """The keys of the measures of which anything was supplied at all."""
        rows = self._connection.execute(
            f"SELECT DISTINCT measure FROM {self.relation}"  # noqa: S608  # quoted paths
            f" WHERE status <> '{Status.MISSING}' ORDER BY 1"
        ).fetchall()
        return tuple(row[0] for row in rows)

    def splits(self, measure: str, statistic: str) -> tuple[str, ...]:
        """The splits of a statistic, without the whole, in the order of their names."""
        found = {key[2] for key in self._measure(measure).places if key[0] == statistic}
        return tuple(sorted(found - {""}))

    @cached_property
    def measures(self) -> tuple[str, ...]:
        """The keys of the measures that have results."""
        rows = self._connection.execute(
            f"SELECT DISTINCT measure FROM {self.relation} ORDER BY 1"  # noqa: S608  # quoted paths
        ).fetchall()
        return tuple(row[0] for row in rows)

    def __iter__(self) -> Iterator[Result]:
        for measure in self.measures:
            yield from self.of(measure)

    @cached_property
    def relation(self) -> str:
        """All figures as a relation that DuckDB can read, in no order."""
        return relation(self.path, taken_by(self._connection, self.path), self.source)

    def _measure(self, key: str) -> "_Measure":
        if key not in self._measures:
            self._measures[key] = _Measure(*_rows(self._connection, self.relation, key))
        return self._measures[key]

    @cached_property
    def _connection(self) -> duckdb.DuckDBPyConnection:
        return duckdb.connect()


def _rows(
    connection: duckdb.DuckDBPyConnection,
    figures: str,
    measure: str,
    areas: Collection[str] | None = None,
) -> tuple[list[Row], dict[str, Any]]:
    """The rows of a measure in order of time within each series, and what they share."""
    read = f"FROM {figures} WHERE measure = ?"
    where = (
        "" if areas is None else f" AND list_contains(?, area) AND (split = '' OR area = '{WHOLE}')"
    )
    rows = connection.execute(
        f"SELECT {_READ} {read}{where} ORDER BY statistic, basis, split, area, grain, first, last",
        [measure] if areas is None else [measure, sorted(areas)],
    ).fetchall()
    same = connection.execute(
        f"SELECT DISTINCT {', '.join(_SAME)} {read}",
        [measure],
    ).fetchall()
    return rows, dict(zip(_SAME, same[0], strict=True)) if same else {}


class _Measure:
    """One measure's rows, and where each series begins and ends among them."""

    def __init__(self, rows: list[Row], same: dict[str, Any]):
        self.rows = rows
        self.same = same | {"grade": Grade(same["grade"])} if same else same
        self.made: dict[int, Result] = {}
        self.places: dict[tuple[str, str, str, str, str], list[int]] = {}
        for number, row in enumerate(rows):
            self.places.setdefault(_series_of(row), []).append(number)
        self.texts: dict[tuple[str, str, str, str], dict[str, int]] = {}
        for (statistic, area, split, basis, _), numbers in self.places.items():
            named = self.texts.setdefault((statistic, area, split, basis), {})
            named.update((rows[number][_PERIOD], number) for number in numbers)

    def one(self, statistic: str, area: str, period: str, split: str, basis: str) -> Result | None:
        named: Mapping[str, int] = self.texts.get((statistic, area, split, basis), {})
        number = named.get(period)
        if number is None and named:
            wanted = Period.parse(period)
            for text, each in named.items():
                found = Period.parse(text)
                if (found.first, found.last) == (wanted.first, wanted.last):
                    number = each
                    break
        return None if number is None else self.result(number)

    def series(
        self, statistic: str, area: str, split: str, basis: str, grain: Grain
    ) -> tuple[Result, ...]:
        numbers = self.places.get((statistic, area, split, basis, str(grain)), [])
        return tuple(self.result(number) for number in numbers)

    def all(self) -> tuple[Result, ...]:
        return tuple(self.result(number) for number in range(len(self.rows)))

    def result(self, number: int) -> Result:
        if number not in self.made:
            self.made[number] = _result(self.rows[number], self.same)
        return self.made[number]


_PERIOD = _FIELDS.index("period")
_NAMED = [_FIELDS.index(name) for name in ("statistic", "area", "split", "basis", "grain")]


def _series_of(row: Row) -> tuple[str, str, str, str, str]:
    statistic, area, split, basis, grain = (row[i] for i in _NAMED)
    return statistic, area, split, basis, grain


_CODES: dict[str, dict[str, Any]] = {
    name: {str(member): member for member in kind}
    for name, kind in (("grain", Grain), ("unit", Unit), ("status", Status))
}


def _result(row: Row, same: dict[str, Any]) -> Result:
    """A result out of a row of the file.

    Filled in place rather than through its constructor: a demonstration's hundred
    thousand results are made in a third of the time.
    """
    values = dict(zip(_FIELDS, row, strict=True))
    for name, codes in _CODES.items():
        values[name] = codes[values[name]]
    values["excluded"] = tuple((e["reason"], e["count"]) for e in values["excluded"] or ())
    result = object.__new__(Result)
    result.__dict__.update(same, **values)
    return result
