"""Chance that can be repeated: every draw has its own stream, named by what it is for.

Streams do not depend on each other, so taking one plant out changes what that plant
touches and nothing else.
"""

from collections.abc import Mapping, Sequence
from zlib import crc32

import numpy as np
from numpy.typing import ArrayLike, NDArray

Array = NDArray[np.generic]


def stream(seed: int, *names: str) -> np.random.Generator:
    """The stream of a seed that belongs to these names."""
    return np.random.default_rng(
        np.random.SeedSequence([seed, *(crc32(n.encode()) for n in names)])
    )


def choose(shares: ArrayLike, draws: NDArray[np.float64], row: Array | int = 0) -> NDArray[np.int8]:
    """Which of several kinds each draw falls on.

    shares   one row of shares for each kind of record; each row adds up to 1
    draws    numbers from 0 to 1, one for each record
    row      which row of `shares` holds for each record
    """
    edges = np.cumsum(np.atleast_2d(np.asarray(shares, dtype=float)), axis=1)[:, :-1]
    chosen = np.zeros(len(draws), dtype=np.int8)
    for kind in range(edges.shape[1]):
        chosen += draws >= edges[row, kind]
    return chosen


def label(codes: NDArray[np.int8], names: Sequence[str]) -> Array:
    """The names behind numbers of kinds; -1 is empty."""
    return np.array([*names, ""])[codes]


def shares(of: Mapping[str, float], names: Sequence[str]) -> list[float]:
    """Shares in the order of `names`; a name that is not given has none."""
    return [of.get(name, 0.0) for name in names]


def lognormal(
    rng: np.random.Generator, median: ArrayLike, spread: ArrayLike, size: int
) -> NDArray[np.float64]:
    """Lognormal draws by their median and the spread of their logarithm."""
    return np.asarray(median) * np.exp(np.asarray(spread) * rng.standard_normal(size))
