"""A share from a survey whose people were not drawn with one chance: weights, strata, clusters.

The variance is that of a ratio of totals by Taylor linearisation, from the spread between
primary units within strata (K. M. Wolter, Introduction to Variance Estimation, chapter 6).
Held to R's survey package (T. Lumley) in `tests/oracle/test_reference_surveys.py`.
"""

import math
from collections import defaultdict
from collections.abc import Hashable, Sequence
from dataclasses import dataclass
from typing import Literal

Method = Literal["logit", "beta", "mean", "likelihood"]


@dataclass(frozen=True)
class SurveyShare:
    """A share with its interval.

    value         weighted share of those who answered so, from 0 to 1
    error         standard error; None where no stratum has two primary units
    lower, upper  ends of the interval; None without an error
    freedom       degrees of freedom: primary units less strata
    n             answers
    effective     answers of a simple draw that would be as sure
    """

    value: float
    error: float | None
    lower: float | None
    upper: float | None
    freedom: int
    n: int
    effective: float | None


def survey_share(
    answers: Sequence[bool],
    weights: Sequence[float],
    *,
    strata: Sequence[Hashable] | None = None,
    clusters: Sequence[Hashable] | None = None,
    populations: Sequence[float] | None = None,
    of: Sequence[bool] | None = None,
    method: Method = "logit",
    level: float = 0.95,
) -> SurveyShare:
    """The share of a population who would answer so, and how sure that is.

    answers      one a person
    weights      how many people each stands for
    strata       the stratum of each; one stratum where not given
    clusters     the primary unit of each within its stratum; each its own where not given
    populations  primary units in the whole stratum, repeated for each person: given only near
                 a census, where the draw uses up what could vary
    of           who belongs to the group that is asked about; all where not given
    method       `logit`: on the log odds, which stays within 0 and 1; `beta`: Korn and
                 Graubard's exact kind, for shares near 0 or 1; `mean`: symmetrical;
                 `likelihood`: Rao and Scott's scaled likelihood
    A stratum of one primary unit has no spread and is refused, because its part of the
    variance would silently be none. Raises ValueError for that, for lengths that differ and
    for weights that are not above 0.
    """
    n = len(answers)
    strata = [0] * n if strata is None else strata
    clusters = list(range(n)) if clusters is None else clusters
    group = [True] * n if of is None else of
    lengths = {n, len(weights), len(strata), len(clusters), len(group), len(populations or weights)}
    if len(lengths) > 1:
        raise ValueError("answers, weights and the rest are not of one length")
    if any(not weight > 0 for weight in weights):
        raise ValueError("a weight is not above 0")
    whole = math.fsum(w for w, mine in zip(weights, group, strict=True) if mine)
    count = sum(bool(mine) for mine in group)
    if not whole:
        raise ValueError("nobody belongs to the group")
    share = (
        math.fsum(w for w, yes, mine in zip(weights, answers, group, strict=True) if yes and mine)
        / whole
    )
    scores = [
        w * (bool(yes) - share) / whole if mine else 0.0
        for w, yes, mine in zip(weights, answers, group, strict=True)
    ]
    variance, freedom = _variance(scores, strata, clusters, populations)
    if not 0 < share < 1 or variance <= 0 or freedom < 1:
        return SurveyShare(share, None, None, None, freedom, count, None)
    error = math.sqrt(variance)
    lower, upper = _interval(share, error, freedom, count, method, level)
    return SurveyShare(share, error, lower, upper, freedom, count, share * (1 - share) / variance)


def _variance(
    scores: Sequence[float],
    strata: Sequence[Hashable],
    clusters: Sequence[Hashable],
    populations: Sequence[float] | None,
) -> tuple[float, int]:
    totals: dict[Hashable, dict[Hashable, float]] = defaultdict(lambda: defaultdict(float))
    sizes: dict[Hashable, float] = {}
    for i, (score, stratum, cluster) in enumerate(zip(scores, strata, clusters, strict=True)):
        totals[stratum][cluster] += score
        sizes[stratum] = math.inf if populations is None else populations[i]
    variance, freedom = 0.0, 0
    for stratum, units in totals.items():
        drawn = len(units)
        if drawn < 2:
            raise ValueError(f"the stratum {stratum} has one primary unit, and so no spread")
        mean = math.fsum(units.values()) / drawn
        spread = math.fsum((total - mean) ** 2 for total in units.values())
        variance += (1 - drawn / sizes[stratum]) * drawn / (drawn - 1) * spread
        freedom += drawn - 1
    return variance, freedom


def _interval(
    share: float, error: float, freedom: int, n: int, method: Method, level: float
) -> tuple[float, float]:
    from scipy.stats import beta, t

    tail = (1 - level) / 2
    reach = float(t.ppf(1 - tail, freedom))
    spread = share * (1 - share)
    if method == "mean":
        return share - reach * error, share + reach * error
    if method == "logit":
        middle, width = math.log(share / (1 - share)), reach * error / spread
        return _odds(middle - width), _odds(middle + width)
    if method == "beta":
        size = spread / error**2 * (float(t.ppf(1 - tail, n - 1)) / reach) ** 2
        inside, outside = size * share, size * (1 - share)
        return (
            float(beta.ppf(tail, inside, outside + 1)),
            float(beta.ppf(1 - tail, inside + 1, outside)),
        )
    return _scaled(share, spread / error**2 * (n - 1) / n, reach)


def _odds(log: float) -> float:
    return 1 / (1 + math.exp(-log))


def _scaled(share: float, size: float, reach: float) -> tuple[float, float]:
    """Where twice the fall of the log likelihood of a draw of so many reaches the square."""
    from scipy.optimize import brentq

    def fall(at: float) -> float:
        inside = share * math.log(share / at)
        return 2 * size * (inside + (1 - share) * math.log((1 - share) / (1 - at))) - reach**2

    return float(brentq(fall, 1e-15, share)), float(brentq(fall, share, 1 - 1e-15))
