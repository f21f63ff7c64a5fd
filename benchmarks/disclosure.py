"""What disclosure control costs and what it holds, beside a simple greedy rule.

    python benchmarks/disclosure.py [--no-demo] [--random 3] [--areas 5] [--months 24] [--seed 1]

The demonstration's body, and random ones: what is put forward is protected by the product and
by the rule in `greedy.py`. For each: figures withheld by level, the share of published worth
that is kept (worth as `chain.disclosure.exchange` weighs it: a month one, a longer period half
its months, the whole as much as two years of an area), seconds, and how many withheld counts the
auditor (linear programming over all that is shown) still pins under the threshold.
"""

import argparse
from collections import Counter
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from time import perf_counter

import numpy as np
from demonstration import demonstration
from greedy import greedy
from machine import busy, described

from answerable.chain.body import (
    WHOLE,
    Appetite,
    Month,
    Period,
    financial_year_of,
    quarter_of,
    shipped,
)
from answerable.chain.bundles.grounds import grounds_of
from answerable.chain.claims import load_claims, windows_of
from answerable.chain.disclosure import exposed, given_away, offered, protect
from answerable.chain.disclosure.exchange import A_LONGER, A_MONTH, WHOLE_WEIGHT
from answerable.chain.measures import (
    Definition,
    Grain,
    Result,
    Status,
    Unit,
    period_of,
    read_definition,
)

APPETITE = Appetite()
ORDER = (
    *(f"by {grain}" for grain in Grain),
    "area",
    "area, split",
    "whole",
    "whole, split",
)
Definitions = Mapping[str, Definition]


@dataclass(frozen=True)
class Case:
    """Figures to protect, with the periods that claims name."""

    name: str
    results: tuple[Result, ...]
    definitions: Definitions
    windows: tuple[Period, ...]


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--no-demo", action="store_true", help="leave the demonstration out")
    parser.add_argument("--random", type=int, default=3, help="how many random bodies")
    parser.add_argument("--areas", type=int, default=5)
    parser.add_argument("--months", type=int, default=24)
    parser.add_argument("--seed", type=int, default=1)
    chosen = parser.parse_args()
    print(f"{described()}; {busy()}")
    if not chosen.no_demo:
        _told(_demonstration())
    for seed in range(chosen.seed, chosen.seed + chosen.random):
        _told(_random(chosen.areas, chosen.months, seed))


def _demonstration() -> Case:
    """What the demonstration's site puts forward, as `answerable publish` does."""
    with demonstration() as (body, _):
        grounds = grounds_of(body)
        claims = load_claims(body, grounds.definitions)
        windows = windows_of(claims)
        results = grounds.results(windows).results
        published = {k: d for k, d in grounds.definitions.items() if d.status == "published"}
        named = {(r.measure, r.area, r.split) for c in claims for r in c.reading if r.split}
        forward = offered((r for key in published for r in results.of(key)), windows, named)
        return Case("the demonstration", forward, published, windows)


def _random(areas: int, months: int, seed: int) -> Case:
    """Reports by channel and repeat victims by risk, of areas of very different size."""
    rng = np.random.default_rng(seed)
    sizes = rng.choice([0.5, 2, 8, 40, 200], areas + 1) * [*[1.0] * areas, 0.1]
    means = np.einsum("a,s,p->asp", sizes, [1.0, 0.3, 0.03], [1.0, 0.3])
    repeats = rng.poisson(means[:, None], (areas + 1, months, 3, 2))
    found: list[Result] = []
    definitions = {}
    for key, column, counts in (
        ("reports", "channel", repeats.sum(axis=3, keepdims=True)),
        ("repeat_victims", "risk_level", repeats),
    ):
        definitions[key] = read_definition(shipped("measures", ".toml")[key])
        found += _results(key, column, counts)
    return Case(
        f"random body {seed}: {areas} areas, {months} months", tuple(found), definitions, ()
    )


def _results(key: str, column: str, counts: np.ndarray) -> Iterator[Result]:
    """Months, quarters and financial years of areas, of splits of the whole, and of the whole."""
    first = Month(2021, 4)
    months = [first + i for i in range(counts.shape[1])]
    periods = {Period.of(m, m): Grain.MONTH for m in months}
    for month in months:
        for period, grain in (
            (quarter_of(month), Grain.QUARTER),
            (financial_year_of(month), Grain.YEAR),
        ):
            if all(each in months for each in period):
                periods[period] = grain
    for period, grain in periods.items():
        inside = counts[:, [i for i, m in enumerate(months) if m in period]].sum(axis=1)
        for area in range(len(inside) - 1):
            yield _result(key, f"area{area}", period, grain, "", inside[area].sum(axis=0))
        yield _result(key, WHOLE, period, grain, "", inside.sum(axis=(0, 1)))
        for split in range(inside.shape[1]):
            cell = inside[:, split].sum(axis=0)
            yield _result(key, WHOLE, period, grain, f"{column}={split}", cell)


def _result(
    key: str, area: str, period: Period, grain: Grain, split: str, cell: np.ndarray
) -> Result:
    n = int(cell.sum())
    count = int(cell[1]) if len(cell) > 1 else None
    value = float(n) if count is None else (round(count / n, 6) if n else None)
    statistic = "count" if count is None else "rate"
    return Result(
        measure=key, version=1, definition="d", statistic=statistic, area=area, period=period.text,
        grain=grain, unit=Unit.COUNT if count is None else Unit.SHARE, value=value, n=n,
        status=Status.OK if n else Status.ZERO, source="s", split=split, count=count,
    )  # fmt: skip


def _told(case: Case) -> None:
    """Print one case: ours beside the greedy rule."""
    ways: dict[str, Callable[[], tuple[Result, ...]]] = {
        "ours": lambda: protect(case.results, case.definitions, APPETITE, case.windows),
        "greedy": lambda: greedy(case.results, case.definitions, APPETITE),
    }
    levels = Counter(level for each in case.results for level in _levels(each))
    print(f"\n{case.name}: {len(case.results):,} figures put forward")
    print(f"{'':28}{'figures':>10}" + "".join(f"{name + ', withheld':>20}" for name in ways))
    lost, kept, took, pinned, across = {}, {}, {}, {}, {}
    for name, way in ways.items():
        began = perf_counter()
        shown = way()
        took[name] = perf_counter() - began
        lost[name] = Counter(
            level for was, now in zip(case.results, shown, strict=True)
            if was.n is not None and now.n is None for level in _levels(was)
        )  # fmt: skip
        kept[name] = _worth(case.results, shown)
        pinned[name] = len(exposed(case.results, shown, case.definitions, APPETITE))
        across[name] = len(given_away(case.results, shown, case.definitions, APPETITE))
    for level in sorted(levels, key=ORDER.index):
        figures = levels[level]
        cells = (f"{lost[name][level]:,} ({lost[name][level] / figures:.0%})" for name in ways)
        print(f"{level:28}{figures:>10,}" + "".join(f"{cell:>20}" for cell in cells))
    for title, values in (
        ("worth kept", {name: f"{kept[name]:.1%}" for name in ways}),
        ("seconds", {name: f"{took[name]:.2f}" for name in ways}),
        ("counts the auditor recovers", {name: f"{pinned[name]:,}" for name in ways}),
        ("and from several measures together", {name: f"{across[name]:,}" for name in ways}),
    ):
        print(f"{title:38}" + "".join(f"{values[name]:>20}" for name in ways))


def _levels(result: Result) -> tuple[str, str]:
    place = "whole" if result.area == WHOLE else "area"
    if result.split:
        place += ", split"
    return f"by {result.grain}", place


def _worth(results: Sequence[Result], shown: Sequence[Result]) -> float:
    """The share of what was there to show that is shown, by the worth of each figure."""
    there = kept = 0.0
    for was, now in zip(results, shown, strict=True):
        if was.n is None:
            continue
        span = len(period_of(was.period))
        worth = A_MONTH if was.grain == Grain.MONTH else A_LONGER * span
        worth *= WHOLE_WEIGHT if was.area == WHOLE and not was.split else 1.0
        there += worth
        kept += worth if now.n is not None else 0.0
    return kept / there


if __name__ == "__main__":
    main()
