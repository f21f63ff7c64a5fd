"""Can anything withheld be worked out of everything that was ever published?

Makes random forces of small and large areas, and publishes each two to four times: months are
added, records come late or are withdrawn, areas are split, merged and redrawn, or lie in forces.
Then a reader who keeps every page asks a linear solver for each small count, each small movement
between releases, and each strip of ground that changed hands. The reader is written from the world
(`tests/histories.py`) and knows nothing of how the software withholds. Beside the shipped way
stand two others, so that it can be seen that the reader finds something: every release protected
by itself, and thresholds alone.

    python benchmarks/disclosure_audit.py [--worlds 300] [--seed 1] [--jobs 2] [--shipped]

Leaves with 1 where the shipped way lets anything be recovered, and names the worlds.
"""

import argparse
import sys
from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass, field
from functools import partial
from multiprocessing import get_context
from pathlib import Path
from time import monotonic

sys.path.insert(0, str(Path(__file__).parents[1]))

from answerable.chain.disclosure import Protection, solving
from benchmarks.machine import busy, described
from tests.generative.test_suppression import KINDS
from tests.histories import (
    Reader,
    World,
    each_by_itself,
    protected,
    publish,
    thresholds_alone,
    world,
)

WAYS = {
    "as shipped": protected,
    "each release by itself (differencing off)": each_by_itself,
    "thresholds alone (complementary suppression off)": thresholds_alone,
}
KINDS_FOUND = ("count", "movement", "ground")


@dataclass
class Tally:
    """What was seen in one world or in many; `found` by way and kind."""

    worlds: int = 0
    releases: int = 0
    figures: int = 0
    withheld: Counter[str] = field(default_factory=Counter)
    small: int = 0
    by_software: int = 0
    by_reader: int = 0
    told: int = 0
    found: Counter[tuple[str, str]] = field(default_factory=Counter)
    open: Counter[str] = field(default_factory=Counter)
    broken: list[str] = field(default_factory=list)

    def add(self, other: "Tally") -> None:
        for name, value in vars(other).items():
            mine = getattr(self, name)
            if isinstance(value, Counter):
                mine.update(value)
            elif isinstance(value, list):
                mine.extend(value)
            else:
                setattr(self, name, mine + value)


def of_one(number: int, seed: int, months: int, shipped: bool) -> Tally:
    """One world, published in each way, or in the shipped way alone, and read."""
    key = list(KINDS)[number % len(KINDS)]
    releases, nested = 2 + number // len(KINDS) % 3, number % 4 == 3
    made = world(seed * 1_000_000 + number, key, releases, nested, months)
    tally = Tally(worlds=1, releases=releases)
    for name, how in list(WAYS.items())[: 1 if shipped else None]:
        done, programmes = counted(lambda how=how: publish(made, how))
        reader, found = read(made, done)
        kinds = Counter(each[0] for each in found)
        tally.found.update({(name, kind): number for kind, number in kinds.items()})
        tally.open[name] += bool(found)
        tally.withheld[name] += sum(r.n is None for each in done for r in each.results)
        tally.by_reader += reader.programmes
        if how is protected:
            tally.figures = sum(len(each.results) for each in done)
            tally.by_software, tally.small = programmes, reader.small
            tally.told = sum(len(each.told) for each in done)
            if found:
                tally.broken.append(f"world {number} of seed {seed} ({key}, {releases} releases)")
    return tally


def read(made: World, done: list[Protection]) -> tuple[Reader, set[tuple[object, ...]]]:
    """The reader, and every number recovered, once."""
    reader = Reader(made, done)
    return reader, {
        (e.what, e.release, e.area, e.span, e.split, e.part) for e in reader.recovered()
    }


def counted(work: Callable[[], list[Protection]]) -> tuple[list[Protection], int]:
    """What work gives, and how many linear programmes it took."""
    solved, solve = [0], solving.Solver._solve

    def counting(self: solving.Solver, *given: object, **more: object) -> object:
        solved[0] += 1
        return solve(self, *given, **more)  # type: ignore[arg-type]

    solving.Solver._solve = counting  # type: ignore[method-assign,assignment]
    try:
        return work(), solved[0]
    finally:
        solving.Solver._solve = solve  # type: ignore[method-assign]


def printed(tally: Tally, seed: int, took: float) -> list[str]:
    asked = f"{tally.small:,}"
    lines = [
        f"{tally.worlds:,} random forces (seed {seed}), {tally.releases:,} releases,"
        f" {tally.figures:,} figures put forward; {took:,.0f} s",
        f"{asked} small counts to keep; movements and ground that changed hands besides",
        f"{tally.by_software:,} linear programmes to withhold, {tally.by_reader:,} to read",
        "",
        f"{'':49}{'withheld':>10}{'counts':>8}{'movements':>11}{'ground':>8}{'forces':>8}",
    ]
    for name in tally.open:
        share = tally.withheld[name] / max(tally.figures, 1)
        found = [tally.found[name, kind] for kind in KINDS_FOUND]
        lines.append(
            f"{name:49}{share:>10.1%}{found[0]:>8,}{found[1]:>11,}{found[2]:>8,}"
            f"{tally.open[name]:>8,}"
        )
    lines += [
        "",
        "counts, movements, ground: how many small ones a reader of all releases recovers;",
        "forces: in how many of them anything is recovered",
        f"told to the publisher as given away by earlier releases: {tally.told}",
        *(f"RECOVERED AS SHIPPED: {each}" for each in tally.broken),
    ]
    return lines


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.split("\n")[0])
    parser.add_argument("--worlds", type=int, default=300)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--months", type=int, default=13, help="in the first release; 6 or more")
    parser.add_argument("--first", type=int, default=0, help="the number of the first world")
    parser.add_argument("--jobs", type=int, default=2)
    parser.add_argument("--shipped", action="store_true", help="the shipped way alone: sooner done")
    given = parser.parse_args()
    began, total = monotonic(), Tally()
    one = partial(of_one, seed=given.seed, months=given.months, shipped=given.shipped)
    numbers = range(given.first, given.first + given.worlds)
    with get_context("spawn").Pool(given.jobs) as pool:
        for done, tally in enumerate(pool.imap_unordered(one, numbers), 1):
            total.add(tally)
            if done % 10 == 0:
                print(f"  {done} of {given.worlds}", file=sys.stderr, flush=True)
    print(f"{described()}; {busy()}")
    print("\n".join(printed(total, given.seed, monotonic() - began)))
    sys.exit(bool(total.broken))


if __name__ == "__main__":
    main()
