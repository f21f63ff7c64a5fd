"""How often verdicts on an outlier and on a survey's target are wrong, and what they find."""

import numpy as np
from scipy.stats import binom

from answerable.chain.body import Period
from answerable.chain.claims.figure import Wordy
from answerable.chain.claims.targeting import Aim, verdict_on_target
from answerable.chain.measures import Unit
from answerable.chain.statistics import funnel, wilson

Rates = dict[str, float]
SIZES = (300, 600, 900, 1_500, 3_000)
SHARE, BETWEEN = 0.2, 0.05
"""The share that all areas have, and how far they differ beyond chance, on the log scale."""
TRUE = (1.35, 1.6)
GOAL = 0.8
ANSWERS = (50, 200, 2_500)


def outliers(rng: np.random.Generator, pages: int) -> Rates:
    """Of five areas, how often an innocent one is called out, and a true one found.

    The true one is the third in size.
    """
    found = {"innocent area, nothing the matter anywhere": _flags(rng, pages, 1.0)[0]}
    for by in TRUE:
        innocent, true = _flags(rng, pages, by)
        found[f"true outlier {by - 1:.0%} higher, found"] = true
        found[f"innocent area beside one {by - 1:.0%} higher"] = innocent
    return found


def _flags(rng: np.random.Generator, pages: int, by: float) -> tuple[float, float]:
    """Share of innocent areas flagged, and of the true ones."""
    n = np.array(SIZES)
    names = [str(i) for i in range(len(n))]
    innocent = true = 0
    for _ in range(pages):
        share = SHARE * np.exp(BETWEEN * rng.standard_normal(len(n)))
        share[2] *= by
        counts = rng.binomial(n, np.minimum(share, 1)).astype(float)
        units = funnel(names, counts.tolist(), n.astype(float).tolist(), kind="proportion").units
        flagged = [bool(unit.outlier) for unit in units]
        true += flagged[2]
        innocent += sum(flagged) - flagged[2]
    everywhere = by == 1.0
    rate = (innocent + true * everywhere) / pages / (len(n) - (not everywhere))
    return rate, true / pages


def surveys() -> dict[str, Rates]:
    """What is said of a survey against a target of 80%, by how many answered; exact, over every
    number of satisfied answers that can come."""
    return {f"{n:,} answers": _said(n) for n in ANSWERS}


def _said(n: int) -> Rates:
    kinds = {says: [_verdict(says, k, n) for k in range(n + 1)] for says in ("meets", "misses")}

    def chance(says: str, truth: float) -> float:
        likely = binom.pmf(np.arange(n + 1), n, truth)
        return float(likely @ (np.array(kinds[says]) == "supported"))

    return {
        "'meets' said of a true 79.9%": chance("meets", 0.799),
        "'misses' said of a true 80%": chance("misses", 0.8),
        "'misses' said of a true 78%": chance("misses", 0.78),
        "'misses' said of a true 70%": chance("misses", 0.7),
        "'meets' said of a true 90%": chance("meets", 0.9),
    }


_WORDS = Wordy("Satisfied", "satisfied", Unit.SHARE)
_PERIOD = Period.parse("2023-11")


def _verdict(says: str, count: int, n: int) -> str:
    low, high = wilson(count, n)
    aim = Aim(_WORDS, says, _PERIOD, count / n, GOAL, "at_least", lower=low, upper=high, n=n,
              survey=True)  # type: ignore[arg-type]  # fmt: skip
    return str(verdict_on_target(aim).verdict)
