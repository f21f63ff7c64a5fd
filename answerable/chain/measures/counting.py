"""What has to be counted off the rows themselves, and who does it.

Everything else about a figure is worked out from tallies, which are few, by one code. So
an engine for rows that are too many for one machine has these four things to do, and
cannot round, label or judge a figure in a way of its own.
"""

from collections.abc import Mapping, Sequence
from typing import Protocol

import duckdb

from .frames import Built, read_frames
from .places import Places
from .quantiles import take_quantiles
from .recipe import Recipe
from .source import Source
from .strata import Sides, count_strata
from .timeline import Slot
from .weighing import weigh_rows


class Counting(Protocol):
    """An engine that reads rows. The connection holds the small tables: places, periods,
    their months, and what has been counted so far."""

    def frames(
        self, connection: duckdb.DuckDBPyConnection, source: Source, recipes: Sequence[Recipe]
    ) -> tuple[Built, ...]:
        """Read every table; the tallies of each place, period and split value into `cells_N`."""
        ...

    def quantiles(
        self,
        connection: duckdb.DuckDBPyConnection,
        built: Built,
        numbers: Mapping[str, int],
        places: Places,
        slots: Sequence[Slot],
        intervals: bool,
    ) -> None:
        """Medians and percentiles of a frame's measures into `quantiles`."""
        ...

    def strata(self, connection: duckdb.DuckDBPyConnection, sides: Sides) -> None:
        """The tallies of one measure by pair, month and stratum into `strata`."""
        ...

    def weighted(
        self,
        connection: duckdb.DuckDBPyConnection,
        side: tuple[Recipe, Built],
        points: Sequence[float],
        slots: Sequence[Slot],
        tally: str,
        standard: str,
    ) -> None:
        """Quantiles of the rows, weighted by stratum, into `weighted`, which is made anew."""
        ...


class OneMachine:
    """DuckDB, in this process: no server, and memory within its limit."""

    def frames(
        self, connection: duckdb.DuckDBPyConnection, source: Source, recipes: Sequence[Recipe]
    ) -> tuple[Built, ...]:
        return read_frames(connection, source, recipes)

    def quantiles(
        self,
        connection: duckdb.DuckDBPyConnection,
        built: Built,
        numbers: Mapping[str, int],
        places: Places,
        slots: Sequence[Slot],
        intervals: bool,
    ) -> None:
        take_quantiles(connection, built, numbers, places, slots, intervals)

    def strata(self, connection: duckdb.DuckDBPyConnection, sides: Sides) -> None:
        count_strata(connection, sides)

    def weighted(
        self,
        connection: duckdb.DuckDBPyConnection,
        side: tuple[Recipe, Built],
        points: Sequence[float],
        slots: Sequence[Slot],
        tally: str,
        standard: str,
    ) -> None:
        weigh_rows(connection, side, points, slots, tally, standard)
