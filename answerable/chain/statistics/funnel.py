"""Funnels: how far a unit's figure may lie from the others' before its size explains no more.

Shares are compared on the arcsine scale, rates and standardised ratios on the log scale, so
that a unit's spread hangs on its size alone. Beyond chance, units differ for reasons that
are nobody's doing; that is added as a variance τ² (D. J. Spiegelhalter, Funnel plots for
comparing institutional performance, Statistics in Medicine 24, 2005; the estimate is of R.
DerSimonian and N. Laird, Meta-analysis in clinical trials, Controlled Clinical Trials 7, 1986).

With many units τ² comes from all of them, the most extreme drawn in. With few that cannot
work: a true outlier widens its own limits and hides. Then each is held against the rest.
"""

import math
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal

import numpy as np
from numpy.typing import NDArray

from .quantiles import quantile
from .scales import SCALES, Z_AS_WRITTEN, Limits, Scale, Z

Kind = Literal["proportion", "ratio", "standardised", "standardised-sqrt", "ratio-peer"]
Dispersion = Literal["auto", "none", "additive", "rest"]
Array = NDArray[np.float64]

FEW = 20
"""Under so many units each is held against the rest."""
LEAST_UNITS = 3
LEAST_EXPECTED = 10
TRIM = 0.1


@dataclass(frozen=True)
class Unit:
    """One unit of a funnel.

    value     numerator over denominator
    lower95, upper95, lower998, upper998   limits in force for a unit of its size
    outlier   whether it lies beyond the 99.8% limits; None where it may not be told
    """

    unit: str
    value: float
    n: float
    lower95: float
    upper95: float
    lower998: float
    upper998: float
    outlier: bool | None


@dataclass(frozen=True)
class Funnel:
    """Units beside the limits that their sizes give them, in the order in which they came.

    centre  numerators over denominators of all units; 1 for standardised ratios
    phi     mean squared z: 1 where chance alone is at work
    tau2    variance between units beyond chance, on the scale of `kind`; 0 with none
    method  how the limits were made, in words
    notes   what must be read with it
    """

    kind: Kind
    units: tuple[Unit, ...]
    centre: float
    phi: float
    tau2: float
    method: str
    notes: tuple[str, ...] = ()


def funnel(
    units: Sequence[str],
    numerators: Sequence[float],
    denominators: Sequence[float],
    *,
    kind: Kind = "proportion",
    dispersion: Dispersion = "auto",
    trim: float = TRIM,
    past_tau2: float | None = None,
) -> Funnel:
    """Limits for each unit, and which lie beyond them.

    kind         `proportion`, `ratio` (events per exposure) or `standardised` (observed over
                 expected, log scale); `standardised-sqrt` for expected counts on the square
                 root scale. `ratio-peer` repeats FunnelPlotR's ratio of counts, whose standard
                 error, 1 / (2√exposure), is wrong on a log rate: it flags the smallest unit
                 and clears the extreme one. It is here only to be compared with.
    dispersion   `none`: chance alone; `additive`: τ² from all units, winsorised by `trim` (or
                 truncated, for standardised ratios on the log scale); `rest`: each against
                 the others; `auto`: `rest` under 20 units, else `additive`
    past_tau2    τ² of earlier years, taken in place of what so few units can say
    Raises ValueError for numbers that no count gives, or a unit that is there twice.
    """
    _check(units, numerators, denominators, kind)
    top, n = np.array(numerators, dtype=float), np.array(denominators, dtype=float)
    scale = SCALES[kind]
    mode = dispersion if dispersion != "auto" else ("rest" if len(top) < FEW else "additive")
    if mode == "rest" and len(top) >= LEAST_UNITS:
        return _against_the_rest(units, top, n, kind, scale, past_tau2)
    if mode == "rest":  # of one or two units nothing can be known beyond chance
        mode = "none"
    y, s = scale.of(top, n), scale.error(top, n)
    z = (y - scale.target(top, n)) / scale.spread(top, n)
    phi, tau2 = 0.0, 0.0
    if mode == "additive":
        phi, tau2 = _dispersion(z, scale.spread(top, n), scale.truncates, scale.trim or trim)
        tau2 = tau2 if past_tau2 is None else past_tau2
    if mode == "none" and scale.exact:
        limits = scale.exact(top, n)
    else:
        centres, width = np.full(len(n), scale.target(top, n)), np.sqrt(s**2 + tau2)
        limits = scale.limits(centres, width, Z_AS_WRITTEN if mode == "additive" else Z)
    how = "no allowance for differences beyond chance" if mode == "none" else (
        "τ² from all units, " + ("truncated" if scale.truncates else "winsorised")
    )  # fmt: skip
    return _made(units, top, n, kind, scale, limits, phi, tau2, how)


def _check(
    units: Sequence[str], numerators: Sequence[float], denominators: Sequence[float], kind: Kind
) -> None:
    if not len(units) == len(numerators) == len(denominators):
        raise ValueError("units, numerators and denominators are not of one length")
    if not units:
        raise ValueError("there is no unit")
    if len(set(units)) != len(units):
        raise ValueError("a unit is there twice")
    for top, n in zip(numerators, denominators, strict=True):
        if not (math.isfinite(top) and math.isfinite(n)) or top < 0 or n <= 0:
            raise ValueError("a numerator is below 0, or a denominator is not above 0")
        if kind == "proportion" and top > n:
            raise ValueError("a numerator is larger than its denominator")


def _dispersion(z: Array, s: Array, truncates: bool, trim: float) -> tuple[float, float]:
    """φ and τ² of z scores whose extremes are drawn in, or left out."""
    if truncates:
        rank = z.argsort(kind="stable").argsort(kind="stable") + 1
        place = np.floor(rank / (len(z) + 1) / trim)
        kept = (place > 0) & (place < round(1 / trim) - 1)
        z, s = z[kept], s[kept]
    else:
        ends = [quantile(sorted(z.tolist()), p) for p in (trim, 1 - trim)]
        z = np.clip(z, ends[0], ends[1])
    return _laird(z, s)


def _laird(z: Array, s: Array) -> tuple[float, float]:
    """Mean squared z, and the variance between units that it implies."""
    count = len(z)
    if count < 2:
        return 0.0, 0.0
    phi = float((z**2).sum() / count)
    weight = 1 / s**2
    room = float(weight.sum() - (weight**2).sum() / weight.sum())
    return phi, max(0.0, (count * phi - (count - 1)) / room) if room > 0 else 0.0


def _against_the_rest(
    units: Sequence[str],
    top: Array,
    n: Array,
    kind: Kind,
    scale: Scale,
    past_tau2: float | None,
) -> Funnel:
    """Each unit against the others: their centre, their τ², and how sure both can be.

    The variance of the others' centre is added to the unit's own, which holds innocents to
    fewer false alarms than leaving it out (`benchmarks/README.md`).
    """
    centres, widths = np.empty(len(n)), np.empty(len(n))
    s = scale.error(top, n)
    for i in range(len(n)):
        rest = np.arange(len(n)) != i
        centres[i] = scale.target(top[rest], n[rest])
        z = (scale.of(top[rest], n[rest]) - centres[i]) / scale.spread(top[rest], n[rest])
        _, tau2 = _laird(z, scale.spread(top[rest], n[rest]))
        tau2 = tau2 if past_tau2 is None else past_tau2
        share = n[rest] / n[rest].sum()
        own = float((share**2 * (s[rest] ** 2 + tau2)).sum()) if not scale.fixed else 0.0
        widths[i] = math.sqrt(s[i] ** 2 + tau2 + own)
    limits = scale.limits(centres, widths)
    z = (scale.of(top, n) - scale.target(top, n)) / scale.spread(top, n)
    phi, tau2 = _laird(z, scale.spread(top, n))
    how = "each against the rest, τ² from the others" if past_tau2 is None else (
        "each against the rest, τ² from earlier years"
    )  # fmt: skip
    return _made(units, top, n, kind, scale, limits, phi, past_tau2 or tau2, how)


def _made(
    units: Sequence[str],
    top: Array,
    n: Array,
    kind: Kind,
    scale: Scale,
    limits: Limits,
    phi: float,
    tau2: float,
    how: str,
) -> Funnel:
    notes = []
    told = len(n) >= LEAST_UNITS
    if not told:
        notes.append(f"With fewer than {LEAST_UNITS} units none can be called an outlier.")
    expected = _expected(scale.centre(top, n), n, kind)
    few = [unit for unit, e in zip(units, expected, strict=True) if e < LEAST_EXPECTED]
    if few:
        notes.append(
            f"Fewer than {LEAST_EXPECTED} are expected of {', '.join(few)}: no outlier is told"
            " there."
        )
    value = top / n
    beyond = (value < limits[2]) | (value > limits[3])
    made = tuple(
        Unit(
            unit,
            float(value[i]),
            float(n[i]),
            float(limits[0][i]),
            float(limits[1][i]),
            float(limits[2][i]),
            float(limits[3][i]),
            bool(beyond[i]) if told and expected[i] >= LEAST_EXPECTED else None,
        )
        for i, unit in enumerate(units)
    )
    return Funnel(kind, made, scale.centre(top, n), phi, tau2, how, tuple(notes))


def _expected(centre: float, n: Array, kind: Kind) -> Array:
    """How many a unit of each size would have; of a share, the fewer of those in and out."""
    inside = centre * n
    return np.minimum(inside, n - inside) if kind == "proportion" else inside
