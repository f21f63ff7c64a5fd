"""Computing every measure once, and keeping the results under their digest."""

import hashlib
import json
import os
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import cached_property
from pathlib import Path

import duckdb

from ..body import Body, Period
from ..records import Snapshot
from ..records.expressions import text
from .cases import check_cases
from .counting import Counting
from .definition import Definition
from .engine import (
    VERSION,
    connect,
    drop_strange,
    kept,
    run,
    what_was_met,
    what_was_standard,
    write,
)
from .increment import Increment, increment
from .ledger import Ledger, Standard, earlier, keep_ledger
from .recipe import tables_of
from .results import Results
from .source import Source, source_of
from .taken import MOST, Taken, standing, taken_over
from .timeline import Slot, slots_of, standard_months


def compute(
    body: Body,
    definitions: Mapping[str, Definition],
    snapshot: Snapshot,
    windows: Iterable[Period] = (),
    *,
    intervals: bool = True,
    standardised: bool = True,
    engine: Counting | None = None,
) -> Results:
    """Every result of every definition on a snapshot.

    windows       periods beside months, quarters, years and rolling years
    intervals     with False, medians and percentiles have no interval, which saves memory
                  on a source of national size
    standardised  with False, only the raw basis
    engine        who counts the rows: DuckDB unless said. Whoever counts, the figures are the
                  same, and so are the digest and, counted whole, the file
    Computed once for one (definitions, snapshot, windows) and read from
    `var/results/<digest>.parquet` after that. Where an earlier file answers the same question
    on other records, only the periods whose records changed are counted, and the others are
    read from where they lie. Raises InputMistake when a definition may not run or its worked
    cases do not hold.
    """
    definitions = {key: each for key, each in definitions.items() if not each.as_given}
    named = tuple(windows)
    how = {"intervals": intervals, "standardised": standardised}
    asked = _asked(body, definitions, named, how)
    digest = _digest(asked, definitions, snapshot)
    path = body.var / "results" / f"{digest}.parquet"
    if standing(path) is None:
        path.parent.mkdir(parents=True, exist_ok=True)
        _Making(body, definitions, snapshot, named, path, asked, how, engine).make()
    return Results(path, digest, snapshot.digest)


@dataclass(frozen=True)
class _Making:
    """The making of one file of results, with as much as can be taken from an earlier one."""

    body: Body
    definitions: Mapping[str, Definition]
    snapshot: Snapshot
    windows: tuple[Period, ...]
    path: Path
    asked: str
    how: Mapping[str, bool]
    engine: Counting | None = None

    @cached_property
    def source(self) -> Source:
        return source_of(self.snapshot, self.body)

    @cached_property
    def slots(self) -> tuple[Slot, ...]:
        return slots_of(self.source, self.definitions.values(), self.windows)

    def make(self) -> None:
        # Another engine is for rows that are many, and counts them whole.
        for found in earlier(self.path.parent, self.asked) if self.engine is None else ():
            left = increment(
                self.body, self.definitions, self.snapshot, self.source, self.windows, found,
                self.how["standardised"],
            )  # fmt: skip
            if left:
                return self._rest(left)
        check_cases(self.definitions)
        with self._counted(self.definitions) as connection:
            keep(connection, self.path)
            return self._remember([(connection, list(self.definitions))])

    def _rest(self, left: Increment) -> None:
        """Count what is left, and count whole what is not as it was; take over the rest."""
        before = left.earlier
        # The cases of the others held when the figures that are taken over were counted.
        check_cases({
            key: each for key, each in self.definitions.items()
            if before.ledger.definitions.get(key) != each.digest
        })  # fmt: skip
        into_one = len(before.taken) >= MOST
        if into_one:
            left = replace(left, to_say=frozenset(s.period for s in self.slots) - left.periods)
        some = {key: each for key, each in self.definitions.items() if key in left.measures}
        with self._counted(some, left) as connection:
            left = replace(left, measures=left.measures - drop_strange(connection, left))
            taken = taken_over(before.results, before.taken, left.measures, left.replaced)
            self._write(connection, left, () if into_one else taken)

    def _write(
        self, connection: duckdb.DuckDBPyConnection, left: Increment, taken: Sequence[Taken]
    ) -> None:
        """Write what was counted and what is said anew, and the measures that are counted whole."""
        more = kept(left, self.snapshot.digest) if left.to_say else ""
        counted = [(connection, sorted(left.measures))]
        whole = {key: each for key, each in self.definitions.items() if key not in left.measures}
        if not whole:
            keep(connection, self.path, more, taken)
            self._remember(counted, left)
            return
        beside = self.path.with_suffix(f".{os.getpid()}.whole")
        with self._counted(whole) as other:
            try:
                write(other, beside)
                more += f" UNION ALL BY NAME SELECT * FROM read_parquet({text(str(beside))})"  # noqa: S608  # a quoted path
                keep(connection, self.path, more, taken)
            finally:
                beside.unlink(missing_ok=True)
            self._remember([*counted, (other, list(whole))], left)

    def _counted(
        self, definitions: Mapping[str, Definition], only: Increment | None = None
    ) -> duckdb.DuckDBPyConnection:
        connection = connect(self.snapshot.folder / "parts", self.path.parent)
        run(
            connection, self.body, definitions, self.source, self.windows,
            slots=self.slots, only=only, counting=self.engine,
            intervals=self.how["intervals"], standardised=self.how["standardised"],
        )  # fmt: skip
        return connection

    def _remember(
        self,
        counted: Sequence[tuple[duckdb.DuckDBPyConnection, Sequence[str]]],
        only: Increment | None = None,
    ) -> None:
        """Write the ledger, for the next time."""
        met: dict[str, tuple[tuple[str, str, int], ...]] = {}
        standards: dict[str, Standard] = {}
        for connection, keys in counted:
            found, strata = what_was_met(connection), what_was_standard(connection)
            for key in keys:
                before = only.met_elsewhere(key) if only and key in only.measures else ()
                met[key] = (*before, *found.get(key, ()))
                if only and key in only.measures and key in only.standards:
                    standards[key] = only.standards[key]
                elif self.definitions[key].strata:
                    months = standard_months(self.definitions[key], self.slots, self.source)
                    standards[key] = Standard(months, strata.get(key, ()))
        keep_ledger(
            self.path,
            Ledger(
                self.asked,
                {key: each.digest for key, each in self.definitions.items()},
                self.snapshot.parts,
                dict(self.source.covers),
                dict(self.source.by_force),
                met,
                standards,
            ),
        )


def keep(
    connection: duckdb.DuckDBPyConnection, path: Path, more: str = "", taken: Sequence[Taken] = ()
) -> None:
    """Write beside, flush, rename: a reader sees the whole file or none.

    more, taken   further results, as `write` takes them
    """
    beside = path.with_suffix(f".{os.getpid()}.part")
    try:
        write(connection, beside, more, taken)
        with beside.open("rb+") as file:
            os.fsync(file.fileno())
        beside.replace(path)
    finally:
        beside.unlink(missing_ok=True)


def _digest(asked: str, definitions: Mapping[str, Definition], snapshot: Snapshot) -> str:
    """What the results rest on. Names of areas may change without changing a figure."""
    rests_on = {
        "asked": asked,
        "definitions": {key: each.digest for key, each in sorted(definitions.items())},
        "snapshot": snapshot.digest,
    }
    return _hashed(rests_on)


def _asked(
    body: Body,
    definitions: Mapping[str, Definition],
    windows: Iterable[Period],
    how: Mapping[str, bool],
) -> str:
    """The question: what is alike for results that can be taken from one another."""
    asks = {
        "engine": VERSION,
        "measures": sorted((key, tables_of(each)) for key, each in definitions.items()),
        "windows": sorted(period.text for period in windows),
        "areas": sorted((area.force, area.code) for area in body.areas),
        "forces": sorted(force.key for force in body.file.forces),
        **how,
    }
    return _hashed(asks)


def _hashed(value: object) -> str:
    return hashlib.sha256(json.dumps(value, sort_keys=True).encode()).hexdigest()
