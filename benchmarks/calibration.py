"""How often verdicts on a change are wrong, and how often they find what is there.

Thousands of made histories in which nothing changed, of the kinds that fool people: months that
lean on each other, season, more noise than counting gives, small shares, medians, one odd
month, a moving mix. Beside the shipped rule stand what is done instead: comparing two
figures, a t test on the records, and the NHS icon read as a verdict. The rule was chosen on
other seeds than those used here.

    python benchmarks/calibration.py [--histories 20000] [--seed 2]
"""

import argparse
import math
import sys
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path
from time import monotonic

import numpy as np
from numpy.typing import NDArray

sys.path.insert(0, str(Path(__file__).parents[1]))

from answerable.chain.body import Month, Period
from answerable.chain.statistics import Moved, check_mix, compare, xmr
from answerable.chain.statistics.mix import Mix
from benchmarks.machine import busy, described

Floats = NDArray[np.float64]
FIRST = Month(2021, 12)
MONTHS = 24
PERIOD = Period.of(FIRST + 12, FIRST + 23)
BASELINE = PERIOD.earlier(12)
ROWS = 300
"""Records behind each month's figure, for the test that takes them for the evidence."""
BAR = 0.025


@dataclass(frozen=True)
class Histories:
    """Histories of one kind, shaped (histories, months).

    sd     the monthly standard deviation, season apart, by which shifts are measured
    error  the standard error of a month's figure from its records alone
    """

    values: Floats
    sd: float
    error: float


Kind = Callable[[np.random.Generator, int], Histories]


def leaning(rng: np.random.Generator, count: int, rho: float) -> Floats:
    """Standard normal months of which each leans on the one before."""
    noise = rng.standard_normal((count, MONTHS))
    for i in range(1, MONTHS):
        noise[:, i] = rho * noise[:, i - 1] + math.sqrt(1 - rho**2) * noise[:, i]
    return noise


def season_of(rng: np.random.Generator, count: int) -> Floats:
    """A wave of a year, three standard deviations high, that peaks in any month."""
    peak = rng.uniform(0, 12, (count, 1))
    return 3 * np.cos(2 * np.pi * (np.arange(MONTHS) - peak) / 12)


def normal(rho: float = 0.0, season: bool = False) -> Kind:
    """Months around a level, half of whose spread comes from the draw of records."""

    def made(rng: np.random.Generator, count: int) -> Histories:
        wave = season_of(rng, count) if season else 0.0
        return Histories(leaning(rng, count, rho) + wave, 1.0, math.sqrt(0.5))

    return made


def overdispersed(rng: np.random.Generator, count: int) -> Histories:
    """Counts whose level itself varies from month to month (negative binomial)."""
    mean, size = 200.0, 25.0
    level = rng.gamma(size, mean / size, (count, MONTHS))
    return Histories(
        rng.poisson(level).astype(float), math.sqrt(mean + mean**2 / size), math.sqrt(mean)
    )


def small_shares(rng: np.random.Generator, count: int) -> Histories:
    """Shares of 4% of forty."""
    n, share = 40, 0.04
    error = math.sqrt(share * (1 - share) / n)
    return Histories(rng.binomial(n, share, (count, MONTHS)) / n, error, error)


def medians(rng: np.random.Generator, count: int) -> Histories:
    """Medians of sixty skewed times."""
    times = rng.lognormal(math.log(38), 0.9, (count, MONTHS, 60))
    spread = 38 * 0.9 * math.sqrt(math.pi / 2 / 60)
    return Histories(np.median(times, axis=2), spread, spread)


def odd_month(rng: np.random.Generator, count: int) -> Histories:
    """One month of the period six standard deviations out, in the direction of the claim."""
    values = leaning(rng, count, 0.0)
    values[np.arange(count), rng.integers(12, MONTHS, count)] += 6
    return Histories(values, 1.0, math.sqrt(0.5))


KINDS: dict[str, Kind] = {
    "independent": normal(),
    "AR .3": normal(0.3),
    "season": normal(season=True),
    "season + AR": normal(0.3, season=True),
    "overdispersed": overdispersed,
    "small shares": small_shares,
    "medians": medians,
    "one odd month": odd_month,
}
POWER = (("independent", 1.5), ("AR .3", 1.5), ("season + AR", 1.5), ("AR .3", 2.0))


def months_of(row: Floats) -> dict[Month, float]:
    return {FIRST + i: float(value) for i, value in enumerate(row)}


def shipped(made: Histories) -> Floats:
    """The product's own rule, through the function that verdicts call."""
    return np.array(
        [compare(months_of(row), PERIOD, BASELINE).moved == Moved.ROSE for row in made.values]
    )


def two_figures(made: Histories) -> Floats:
    """This year's figure is higher than last year's."""
    return made.values[:, 12:].mean(1) > made.values[:, :12].mean(1)


def row_test(made: Histories) -> Floats:
    """A test at 2.5% that takes records for the evidence, as if months did not vary."""
    size = made.values[:, 12:].mean(1) - made.values[:, :12].mean(1)
    return size / (made.error * math.sqrt(2 / 12)) > 1.959964


def nhs_icon(made: Histories) -> Floats:
    """The last point's icon, 'improvement', where higher is better."""
    x = [str(FIRST + i) for i in range(MONTHS)]
    return np.array(
        [
            xmr(x, row.tolist(), better="higher", any_length=True, counts=False).variation
            == "improvement"
            for row in made.values
        ]
    )


RULES = {
    "two figures": two_figures,
    "test on records": row_test,
    "NHS icon as a verdict": nhs_icon,
    "shipped: like months paired": shipped,
}


def shifted(made: Histories, by: float) -> Histories:
    """The same histories with a true rise of so many monthly standard deviations."""
    values = made.values.copy()
    values[:, 12:] += by * made.sd
    return Histories(values, made.sd, made.error)


def mix(rng: np.random.Generator, count: int) -> tuple[float, float]:
    """Raw and plain 'supported' where only the mix of two kinds of case moves."""
    harder = np.concatenate([np.full(12, 0.3), np.full(12, 0.5)])
    raw_rose = plain = 0
    for _ in range(count):
        rates = 0.5 + 0.02 * rng.standard_normal(MONTHS), 0.8 + 0.02 * rng.standard_normal(MONTHS)
        raw = (1 - harder) * rates[0] + harder * rates[1]
        fixed = 0.6 * rates[0] + 0.4 * rates[1]
        found = check_mix(months_of(raw), months_of(fixed), PERIOD, BASELINE)
        rose = found.raw.moved == Moved.ROSE
        raw_rose += rose
        plain += rose and found.mix == Mix.HOLDS
    return raw_rose / count, plain / count


def table(histories: int, seed: int) -> Iterator[str]:
    """The table, a line at a time, and whether the shipped rule is within its bar."""
    made = {
        name: kind(np.random.default_rng([seed, i]), histories)
        for i, (name, kind) in enumerate(KINDS.items())
    }
    yield "false 'supported', %".ljust(30) + "".join(name.rjust(15) for name in KINDS)
    error = math.sqrt(BAR * (1 - BAR) / histories)
    beyond: list[str] = []
    for rule, test in RULES.items():
        found = {name: float(np.mean(test(each))) for name, each in made.items()}
        yield rule.ljust(30) + "".join(f"{100 * rate:15.1f}" for rate in found.values())
        if rule.startswith("shipped"):
            beyond = [name for name, rate in found.items() if rate > BAR + 2 * error]
    yield ""
    heads = [f"{name} {by:g}" for name, by in POWER]
    yield "power, %".ljust(30) + "".join(head.rjust(18) for head in heads)
    for rule in ("NHS icon as a verdict", "shipped: like months paired"):
        rates = [float(np.mean(RULES[rule](shifted(made[name], by)))) for name, by in POWER]
        yield rule.ljust(30) + "".join(f"{100 * rate:18.1f}" for rate in rates)
    yield ""
    raw, plain = mix(np.random.default_rng([seed, 99]), histories)
    yield f"shifting mix: {100 * raw:.1f}% as recorded, {100 * plain:.1f}% plainly 'supported'"
    if plain > BAR + 2 * error:
        beyond.append("shifting mix")
    yield (
        f"bar: {100 * BAR:g}% and two standard errors ({100 * (BAR + 2 * error):.2f}%). "
        + (f"NOT MET for {', '.join(beyond)}" if beyond else "Met for every kind.")
    )


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--histories", type=int, default=20_000)
    parser.add_argument("--seed", type=int, default=2)
    options = parser.parse_args()
    began = monotonic()
    print(f"{described()}; {busy()}")
    print(f"{options.histories:,} histories of each kind, seed {options.seed}")
    for line in table(options.histories, options.seed):
        print(line, flush=True)
    print(f"{monotonic() - began:.0f} s")


if __name__ == "__main__":
    main()
