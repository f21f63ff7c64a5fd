"""The force that never was: its areas, its months, how much happens, what is planted."""

from dataclasses import dataclass
from functools import cached_property
from typing import Any

import numpy as np
from numpy.typing import NDArray

from ..chain.body import Month
from .chance import stream
from .truths import Plants

Table = dict[str, NDArray[Any]]
"""Columns of one length, by their names in the contract and in its codes.

Times are UTC. Nothing known is NaT, an empty text, -1 in a column of whole numbers; a
column of yes and no holds 1, 0 and -1.
"""

STRANDS = ("domestic_abuse", "stalking", "sexual_violence", "honour_based_abuse", "other")
RISKS = ("standard", "medium", "high", "not_assessed")
SEASON = (0.97, 0.94, 0.96, 0.98, 1.02, 1.05, 1.09, 1.06, 1.0, 0.97, 0.95, 1.03)
"""Reports a day by calendar month, against the year's mean: most in summer and at Christmas."""


@dataclass(frozen=True)
class Place:
    """A local policing area: its share of the reports, and how long the roads are there
    (1 is usual)."""

    code: str
    share: float
    pace: float


SEVERNSHIRE = (
    Place("wyreford", 0.385, 0.92),
    Place("kempsham", 0.232, 1.0),
    Place("teme_valley", 0.188, 1.06),
    Place("ironbrook", 0.160, 0.95),
    Place("clunmoor", 0.035, 1.6),
)
"""Of very different size; Clunmoor is rural and small."""


@dataclass(frozen=True)
class World:
    """One force over its months.

    reports   domestic abuse incidents in a month of 30.4 days
    """

    seed: int
    force: str
    first: Month
    months: int
    plants: Plants
    places: tuple[Place, ...] = SEVERNSHIRE
    reports: float = 1750

    def chance(self, *names: str) -> np.random.Generator:
        """The stream of random numbers for one purpose."""
        return stream(self.seed, self.force, *names)

    @cached_property
    def edges(self) -> NDArray[np.datetime64]:
        """The first day of each month, and the day after the last."""
        first = np.datetime64(str(self.first), "M")
        return (first + np.arange(self.months + 1)).astype("datetime64[D]")

    @property
    def start(self) -> np.datetime64:
        return self.edges[0]

    @property
    def end(self) -> np.datetime64:
        """The day after the last: nothing later is known when the extracts are made."""
        return self.edges[-1]

    @cached_property
    def calendar(self) -> NDArray[np.int64]:
        """The calendar month of each month, January being 0."""
        return (self.first.month - 1 + np.arange(self.months)) % 12

    def month(self, days: NDArray[np.datetime64]) -> NDArray[np.int64]:
        """The number of the month in which each day lies."""
        return np.searchsorted(self.edges, days.astype("datetime64[D]"), side="right") - 1

    def since(self, days: NDArray[np.datetime64], key: str) -> NDArray[np.bool_]:
        """Whether each day lies in or after the month from which a plant shows."""
        plant = self.plants.get(key)
        if plant is None:
            return np.zeros(len(days), dtype=bool)
        return days.astype("datetime64[D]") >= np.datetime64(plant["from"], "M")

    def days(self, rng: np.random.Generator, monthly: float, season: bool = True) -> Any:
        """Days on which something happens `monthly` times in a month of 30.4 days, in order.

        Weekends have a fifth more; a month differs from the like month by chance and by
        one and a half per cent besides.
        """
        every = np.arange(self.start, self.end)
        month = self.month(every)
        by_month = np.exp(0.015 * rng.standard_normal(self.months))
        if season:
            by_month = by_month * np.array(SEASON)[self.calendar]
        weekend = np.isin((every.astype(int) + 3) % 7, (5, 6))
        rate = monthly / 30.4 * by_month[month] * np.where(weekend, 1.14, 0.944)
        return np.repeat(every, rng.poisson(rate))

    def area(self, rng: np.random.Generator, size: int, unplaced: float = 0.004) -> Any:
        """An area for each record, by number; -1 where the force could not place it."""
        share = np.array([place.share for place in self.places])
        edges = np.cumsum(share / share.sum())[:-1]
        area = np.searchsorted(edges, rng.random(size), side="right").astype(np.int16)
        return np.where(rng.random(size) < unplaced, -1, area)

    def area_codes(self, area: NDArray[Any]) -> NDArray[Any]:
        """The codes of areas given by number."""
        return np.array([*(place.code for place in self.places), ""])[area]


def rows(table: Table) -> int:
    """How many rows a table has."""
    return len(next(iter(table.values()))) if table else 0


def take(table: Table, which: NDArray[Any]) -> Table:
    """Some rows of a table, by mask or by number."""
    return {name: column[which] for name, column in table.items()}


def join(*tables: Table) -> Table:
    """Tables of the same columns, one under the other."""
    return {name: np.concatenate([t[name] for t in tables]) for name in tables[0]}
