"""The scales on which a funnel compares units: there, a spread hangs on size alone."""

import math
from collections.abc import Callable
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

Array = NDArray[np.float64]
Limits = tuple[Array, Array, Array, Array]
Z = (1.959963984540054, 3.090232306167813)
Z_AS_WRITTEN = (1.959964, 3.090232)
"""As FunnelPlotR writes them where units are allowed to differ; to the ninth place it shows."""


@dataclass(frozen=True)
class Scale:
    """A transformation with its spread. `top` and `n` are numerators and denominators.

    of       values on the scale
    error    standard error of a unit at its size, for limits
    spread   the same as it enters z and τ²
    target   where the centre lies on the scale
    centre   the same in the units of the values
    back     from the scale to values
    exact    limits from the exact law, used where there is no τ²
    fixed    whether the centre is set beforehand (a standardised ratio's is 1)
    """

    of: Callable[[Array, Array], Array]
    error: Callable[[Array, Array], Array]
    target: Callable[[Array, Array], float]
    centre: Callable[[Array, Array], float]
    back: Callable[[Array], Array]
    spread: Callable[[Array, Array], Array]
    exact: Callable[[Array, Array], Limits] | None = None
    fixed: bool = False
    truncates: bool = False
    trim: float = 0.0

    def limits(self, centre: Array, width: Array, z: tuple[float, float] = Z) -> Limits:
        """95% and 99.8% limits in the units of the values."""
        near, far = (factor * width for factor in z)
        return (
            self.back(centre - near), self.back(centre + near),
            self.back(centre - far), self.back(centre + far),
        )  # fmt: skip


def _rate(top: Array, n: Array) -> float:
    return float(top.sum() / n.sum())


def _arcsine(top: Array, n: Array) -> Array:
    return np.asarray(np.arcsin(np.sqrt(top / n)))


def _unarcsine(y: Array) -> Array:
    return np.asarray(np.sin(np.clip(y, 0, math.pi / 2)) ** 2)


def _logs(top: Array, n: Array) -> Array:
    """Logarithms of rates; none at all counts as half of one."""
    return np.asarray(np.log(np.where(top == 0, 0.5, top) / n))


def _half_root(top: Array, n: Array) -> Array:
    return np.asarray(1 / (2 * np.sqrt(n)))


def _expected_root(top: Array, n: Array) -> Array:
    """1/√expected: the spread of the logarithm of a Poisson count of its size."""
    return np.asarray(1 / np.sqrt(n * _rate(top, n)))


def _poisson(expected: Array) -> Limits:
    """Exact (Garwood) limits around an expected count, over it."""
    from scipy.stats import chi2

    lows = [chi2.ppf(p, 2 * expected) / 2 / expected for p in (0.025, 0.001)]
    highs = [chi2.ppf(p, 2 * (expected + 1)) / 2 / expected for p in (0.975, 0.999)]
    return lows[0], highs[0], lows[1], highs[1]


def _poisson_rates(top: Array, n: Array) -> Limits:
    rate = _rate(top, n)
    one, two, three, four = (rate * limit for limit in _poisson(n * rate))
    return one, two, three, four


def _peer_logs(top: Array, n: Array) -> Array:
    return np.asarray(np.log((top + 0.5) / (n + 0.5)))


def _peer_spread(top: Array, n: Array) -> Array:
    return np.asarray(np.sqrt(top / (top + 0.5) ** 2 + n / (n + 0.5) ** 2))


SCALES = {
    "proportion": Scale(
        of=_arcsine,
        error=_half_root,
        spread=_half_root,
        target=lambda top, n: math.asin(math.sqrt(_rate(top, n))),
        centre=_rate,
        back=_unarcsine,
    ),
    "ratio": Scale(
        of=_logs,
        error=_expected_root,
        spread=_expected_root,
        target=lambda top, n: math.log(_rate(top, n)) if top.sum() else -math.inf,
        centre=_rate,
        back=lambda y: np.asarray(np.exp(y)),
        exact=_poisson_rates,
    ),
    "standardised": Scale(
        of=_logs,
        error=lambda top, n: np.asarray(1 / np.sqrt(n)),
        spread=lambda top, n: np.asarray(1 / np.sqrt(n)),
        target=lambda top, n: 0.0,
        centre=lambda top, n: 1.0,
        back=lambda y: np.asarray(np.exp(y)),
        exact=lambda top, n: _poisson(n),
        fixed=True,
        truncates=True,
    ),
    "standardised-sqrt": Scale(
        of=lambda top, n: np.asarray(np.sqrt(top / n)),
        error=_half_root,
        spread=_half_root,
        target=lambda top, n: 1.0,
        centre=lambda top, n: 1.0,
        # The peer leaves these limits on the root's scale; near 1 the two hardly differ.
        back=lambda y: y,
        fixed=True,
        trim=0.05,
    ),
    "ratio-peer": Scale(
        of=_peer_logs,
        error=_half_root,
        spread=_peer_spread,
        target=lambda top, n: math.log(_rate(top, n)),
        centre=_rate,
        back=lambda y: np.asarray(np.exp(y)),
    ),
}
"""By kind. `standardised` is that of the SHMI, `standardised-sqrt` that of the CQC, as
FunnelPlotR has them; `ratio-peer` its ratio of counts, for comparison only."""
