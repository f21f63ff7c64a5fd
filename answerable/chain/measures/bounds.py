"""Exact bounds for many counts at once, by SciPy's special functions alone.

`scipy.stats` would say the same and takes two seconds longer to load.
"""

import numpy as np
from numpy.typing import NDArray

Counts = NDArray[np.int64]
Floats = NDArray[np.float64]
LEVEL = 0.95
_TAIL = (1 - LEVEL) / 2


def poisson_bounds(counts: Counts) -> tuple[Floats, Floats]:
    """Exact 95% limits of a Poisson mean (Garwood 1936), for each count."""
    from scipy.special import gammaincinv

    low = np.where(counts > 0, gammaincinv(np.maximum(counts, 1), _TAIL), 0.0)
    return low, gammaincinv(counts + 1, 1 - _TAIL)


def rank_bounds(sizes: Counts, point: float) -> tuple[Counts, Counts]:
    """The ranks, from 1, between which a quantile lies with at least 95% confidence.

    The number of observations below the quantile `point` is binomial, so the values at
    ranks l and u cover it with P(l <= B < u) (Conover, Practical Nonparametric
    Statistics, section 3.2). Both are 0 where a sample of that size has no such ranks.
    """
    low, high = _binomial(_TAIL, sizes, point), _binomial(1 - _TAIL, sizes, point) + 1
    both = (low >= 1) & (high <= sizes)
    return np.where(both, low, 0), np.where(both, high, 0)


_KNOWN: dict[float, Counts] = {}
"""Sizes with their lower and upper rank, by point: the same few thousand come again for
every split and level, and working them out takes longer than finding the rows."""


def known_rank_bounds(sizes: Counts, point: float) -> tuple[Counts, Counts]:
    """`rank_bounds` of sizes that each stand once; what was worked out before is looked up."""
    known = _KNOWN.get(point, np.empty((3, 0), np.int64))
    new = np.setdiff1d(sizes, known[0])
    if len(new):
        known = np.concatenate([known, np.stack([new, *rank_bounds(new, point)])], axis=1)
        known = _KNOWN[point] = known[:, np.argsort(known[0])]
    at = np.searchsorted(known[0], sizes)
    return known[1][at], known[2][at]


def _binomial(probability: float, sizes: Counts, point: float) -> Counts:
    """The least k with P(B <= k) >= probability."""
    from scipy.special import bdtr, bdtrik

    k = np.ceil(bdtrik(probability, sizes, point))
    k = np.nan_to_num(np.clip(k, 0, sizes))
    before = np.maximum(k - 1, 0)
    enough = bdtr(before, sizes, point) >= probability
    found: Counts = np.where(enough, before, k).astype(np.int64)
    return found
