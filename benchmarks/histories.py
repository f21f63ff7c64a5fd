"""Made histories in which nothing changed, of the kinds that fool people."""

import math
from collections.abc import Callable
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

Floats = NDArray[np.float64]
ROWS = 60
"""Records behind each month's median."""


@dataclass(frozen=True)
class Histories:
    """Histories of one kind, shaped (histories, months).

    sd     the monthly standard deviation, season apart, by which shifts are measured
    error  the standard error of a month's figure from its records alone
    """

    values: Floats
    sd: float
    error: float

    def shifted(self, by: float, months: int) -> "Histories":
        """With a true rise of so many monthly standard deviations in the last months."""
        values = self.values.copy()
        values[:, -months:] += by * self.sd
        return Histories(values, self.sd, self.error)


Kind = Callable[[np.random.Generator, int, int, int], Histories]
"""(dice, how many histories, how many months, how long the tested period is)"""


def leaning(rng: np.random.Generator, count: int, months: int, rho: float) -> Floats:
    """Standard normal months of which each leans on the one before."""
    noise = rng.standard_normal((count, months))
    for i in range(1, months):
        noise[:, i] = rho * noise[:, i - 1] + math.sqrt(1 - rho**2) * noise[:, i]
    return noise


def season_of(rng: np.random.Generator, count: int, months: int) -> Floats:
    """A wave of a year, three standard deviations high, that peaks in any month."""
    peak = rng.uniform(0, 12, (count, 1))
    return 3 * np.cos(2 * np.pi * (np.arange(months) - peak) / 12)


def normal(rho: float = 0.0, season: bool = False) -> Kind:
    """Months around a level, half of whose spread comes from the draw of records."""

    def made(rng: np.random.Generator, count: int, months: int, length: int) -> Histories:
        wave = season_of(rng, count, months) if season else 0.0
        return Histories(leaning(rng, count, months, rho) + wave, 1.0, math.sqrt(0.5))

    return made


def overdispersed(rng: np.random.Generator, count: int, months: int, length: int) -> Histories:
    """Counts whose level itself varies from month to month (negative binomial)."""
    mean, size = 200.0, 25.0
    level = rng.gamma(size, mean / size, (count, months))
    spread = math.sqrt(mean + mean**2 / size)
    return Histories(rng.poisson(level).astype(float), spread, math.sqrt(mean))


def small_shares(rng: np.random.Generator, count: int, months: int, length: int) -> Histories:
    """Shares of 4% of forty."""
    n, share = 40, 0.04
    error = math.sqrt(share * (1 - share) / n)
    return Histories(rng.binomial(n, share, (count, months)) / n, error, error)


def medians(rng: np.random.Generator, count: int, months: int, length: int) -> Histories:
    """Medians of sixty skewed times."""
    times = rng.lognormal(math.log(38), 0.9, (count, months, ROWS))
    spread = 38 * 0.9 * math.sqrt(math.pi / 2 / ROWS)
    return Histories(np.median(times, axis=2), spread, spread)


def odd_month(rng: np.random.Generator, count: int, months: int, length: int) -> Histories:
    """One month of the period six standard deviations out, in the direction of the claim."""
    values = leaning(rng, count, months, 0.0)
    values[np.arange(count), rng.integers(months - length, months, count)] += 6
    return Histories(values, 1.0, math.sqrt(0.5))


KINDS: dict[str, Kind] = {
    "independent months": normal(),
    "months that lean 0.3": normal(0.3),
    "season": normal(season=True),
    "season, months lean 0.3": normal(0.3, season=True),
    "counts that vary more than by chance": overdispersed,
    "small shares": small_shares,
    "medians": medians,
    "one odd month": odd_month,
}


def total(rho: float = 0.0, season: bool = False) -> Kind:
    """What stands at a month's end as the sum of all steps so far, which lean on each other."""

    def made(rng: np.random.Generator, count: int, months: int, length: int) -> Histories:
        wave = 3 * season_of(rng, count, months) if season else 0.0
        return Histories(np.cumsum(leaning(rng, count, months, rho), axis=1) + wave, 1.0, 0.0)

    return made


def level(rho: float) -> Kind:
    """What stands at a month's end and is drawn back to a level; measured by its steps."""

    def made(rng: np.random.Generator, count: int, months: int, length: int) -> Histories:
        return Histories(leaning(rng, count, months, rho), math.sqrt(2 * (1 - rho)), 0.0)

    return made


def open_cases(mean: float, stay: float = 10.0) -> Kind:
    """Cases that come by chance and each stay so many months on average."""

    def made(rng: np.random.Generator, count: int, months: int, length: int) -> Histories:
        kept = math.exp(-1 / stay)
        standing = rng.poisson(mean, count)
        found = []
        for _ in range(months):
            standing = rng.binomial(standing, kept) + rng.poisson(mean * (1 - kept), count)
            found.append(standing)
        values = np.array(found, dtype=np.float64).T
        return Histories(values, math.sqrt(2 * mean * (1 - kept)), 0.0)

    return made


def posts(rng: np.random.Generator, count: int, months: int, length: int) -> Histories:
    """Twenty posts, each filled 85% of the time; one in fifty people leaves in a month."""
    leave, fill = 0.02, 0.02 * 0.85 / 0.15
    filled = rng.binomial(20, 0.85, count)
    found = []
    for _ in range(months):
        filled = filled - rng.binomial(filled, leave) + rng.binomial(20 - filled, fill)
        found.append(filled)
    return Histories(np.array(found, dtype=np.float64).T, math.sqrt(2 * 17 * leave), 0.0)


def seldom(rng: np.random.Generator, count: int, months: int, length: int) -> Histories:
    """Large steps, one in ten months, either way, and hardly anything between."""
    steps = np.sqrt(rng.poisson(0.1, (count, months))) * rng.standard_normal((count, months))
    noise = 0.05 * rng.standard_normal((count, months))
    return Histories(np.cumsum(steps, axis=1) + noise, math.sqrt(0.1), 0.0)


STANDING: dict[str, Kind] = {
    "months lean 0.9": level(0.9),
    "a running total, steps independent": total(),
    "a running total, steps lean 0.3": total(0.3),
    "the same, with a season": total(0.3, season=True),
    "about 200 cases open": open_cases(200),
    "about 10 cases open": open_cases(10),
    "posts filled, of 20": posts,
    "large steps, seldom": seldom,
}
"""Kinds of what stands at a day and carries over, as cases open; sd is that of a step."""

OUTSIDE: dict[str, Kind] = {
    "outside the bar: months lean 0.5": normal(0.5),
    "outside the bar: months lean 0.9": normal(0.9),
}
"""Kinds that are shown and not held to the bar."""
