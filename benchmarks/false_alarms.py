"""How often charts and funnels signal when nothing has changed: the table that pages go by.

Histories without any change are charted with the shipped rules, for each kind of chart and a
ladder of lengths; sets of units that nothing sets apart are put into funnels. With --write the
table that the software reads is replaced.

    python benchmarks/false_alarms.py [--histories 10000] [--seed 1] [--only funnels] [--write]
"""

import argparse
import math
import sys
from collections.abc import Callable, Iterator
from pathlib import Path
from time import monotonic

import numpy as np

sys.path.insert(0, str(Path(__file__).parents[1]))

from answerable.chain.statistics import Chart, c, funnel, g, p, run, t, u, xmr
from answerable.chain.statistics.false_alarms import FILE, beyond_chance
from benchmarks.machine import described

Rng = np.random.Generator
LENGTHS = (12, 18, 24, 30, 36, 48, 60, 84, 120)
UNITS = (3, 5, 8, 12, 16, 19, 20, 30, 43, 60, 100)
SMALLEST, LARGEST = 60, 1500
"""Sizes of the units of a funnel, spread evenly on a log scale."""
SHARE = 0.4
DIFFER = (0.0, 0.25, 0.5, 0.75, 0.9, 0.97)
"""How much of the variance between units of the middle size lies beyond chance."""


def _labels(count: int) -> list[str]:
    return [str(i) for i in range(count)]


def _values(chart: Callable[..., Chart], draw: Callable[[Rng, int], object]) -> object:
    def made(rng: Rng, points: int) -> Chart:
        return chart(_labels(points), np.asarray(draw(rng, points)).tolist())

    return made


def _shares(prime: bool) -> object:
    def made(rng: Rng, points: int) -> Chart:
        sizes = rng.integers(300, 500, points)
        return p(_labels(points), rng.binomial(sizes, SHARE).tolist(), sizes.tolist(), prime=prime)

    return made


def _rates(prime: bool) -> object:
    def made(rng: Rng, points: int) -> Chart:
        sizes = rng.integers(300, 500, points)
        return u(_labels(points), rng.poisson(0.1 * sizes).tolist(), sizes.tolist(), prime=prime)

    return made


KINDS: dict[str, tuple[str, object]] = {
    "run": ("standard normal values", _values(run, lambda r, m: r.standard_normal(m))),
    "xmr": ("standard normal values", _values(xmr, lambda r, m: r.standard_normal(m))),
    "p": ("shares of 0.4, on 300 to 500", _shares(False)),
    "p-prime": ("shares of 0.4, on 300 to 500", _shares(True)),
    "u": ("0.1 events each, on 300 to 500", _rates(False)),
    "u-prime": ("0.1 events each, on 300 to 500", _rates(True)),
    "c": ("counts of mean 6 (Poisson)", _values(c, lambda r, m: r.poisson(6, m))),
    "g": ("cases between events of chance 0.1", _values(g, lambda r, m: r.geometric(0.1, m) - 1)),
    "t": ("times between events (exponential)", _values(t, lambda r, m: r.exponential(10, m))),
}


def charts(histories: int, seed: int) -> Iterator[str]:
    """A table for each kind of chart, in TOML."""
    for place, (kind, (made, make)) in enumerate(KINDS.items()):
        found: dict[str, list[float]] = {"signal": [], "outside": [], "latest": []}
        for points in LENGTHS:
            rng = np.random.default_rng([seed, place, points])
            seen = [_seen(make(rng, points)) for _ in range(histories)]  # type: ignore[operator]
            for name, share in zip(found, np.mean(seen, axis=0), strict=True):
                found[name].append(float(share))
        yield _toml("chart", kind, made, "points", LENGTHS, found)


def _seen(chart: Chart) -> tuple[bool, bool, bool]:
    runs = bool(chart.runs and chart.runs["signal"])
    return (
        runs or any(point.signals for point in chart.points),
        any("outside" in point.signals for point in chart.points),
        bool(chart.points[-1].signals),
    )


def funnels(histories: int, seed: int) -> Iterator[str]:
    """A table for each way of allowing for differences, in TOML: a row for each amount by
    which units differ, a column for each number of them."""
    ways = {
        "auto": ("shares about 0.4 on 60 to 1,500 that differ beyond chance", DIFFER),
        "none": ("shares of 0.4 on 60 to 1,500 that differ by chance alone", DIFFER[:1]),
    }
    for place, (dispersion, (made, levels)) in enumerate(ways.items()):
        found: dict[str, list[list[float]]] = {"fitted": [], "each": [], "some": []}
        for row, differ in enumerate(levels):
            for rates in found.values():
                rates.append([])
            for count in UNITS:
                rng = np.random.default_rng([seed, 100 + place, row, count])
                drawn = [_beyond(rng, count, dispersion, differ) for _ in range(histories)]
                beyond, fitted = np.array(drawn).T
                found["fitted"][-1].append(float(np.mean(fitted)))
                found["each"][-1].append(float(np.mean(beyond)) / count)
                found["some"][-1].append(float(np.mean(beyond > 0)))
        yield _toml_of_funnel(dispersion, made, histories, levels, found)


def _beyond(rng: Rng, count: int, dispersion: str, differ: float) -> tuple[int, float]:
    """How many units lie beyond the limits, and how much they seem to differ beyond chance."""
    middle = math.sqrt(SMALLEST * LARGEST)
    spread = math.sqrt(differ / (1 - differ) / (4 * middle))
    sizes = np.exp(rng.uniform(np.log(SMALLEST), np.log(LARGEST), count)).astype(int)
    # Differences are normal on the scale of the limits: the arcsine of the root.
    angle = np.arcsin(np.sqrt(SHARE)) + spread * rng.standard_normal(count)
    top = rng.binomial(sizes, np.sin(angle) ** 2)
    made = funnel(_labels(count), top.tolist(), sizes.tolist(), dispersion=dispersion)  # type: ignore[arg-type]
    return sum(bool(unit.outlier) for unit in made.units), beyond_chance(made)


def _toml(
    table: str, name: str, made: str, axis: str, at: tuple[int, ...], found: dict[str, list[float]]
) -> str:
    lines = [f"[{table}.{name}]", f'made = "{made}"', f"{axis} = {list(at)}"]
    lines += [f"{key} = [{', '.join(f'{v:.4f}' for v in values)}]" for key, values in found.items()]
    return "\n".join(lines) + "\n"


def _toml_of_funnel(
    name: str,
    made: str,
    histories: int,
    levels: tuple[float, ...],
    found: dict[str, list[list[float]]],
) -> str:
    lines = [f"[funnel.{name}]", f'made = "{made}"', f"histories = {histories}"]
    lines += [f"units = {list(UNITS)}", f"differ = {list(levels)}"]
    for key, rows in found.items():
        told = [f"    [{', '.join(f'{v:.4f}' for v in row)}]," for row in rows]
        lines += [f"{key} = [", *told, "]"]
    return "\n".join(lines) + "\n"


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--histories", type=int, default=10_000)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--write", action="store_true", help="replace the table that is read")
    parser.add_argument(
        "--only", choices=["funnels"], help="renew these tables, and leave those of the charts"
    )
    options = parser.parse_args()
    if options.only:
        kept = FILE.read_text(encoding="utf-8").partition("[funnel.")[0]
        made_anew = "\n".join(funnels(options.histories, options.seed))
        print(made_anew)
        if options.write:
            FILE.write_text(kept + made_anew, encoding="utf-8")
        return
    start = monotonic()
    head = (
        "# How often an unchanged series, or a unit that nothing sets apart, signals.\n"
        f'made_by = "benchmarks/false_alarms.py"\nmachine = "{described()}"\n'
        f"histories = {options.histories}\nseed = {options.seed}\n"
    )
    parts = [head]
    for made in (charts, funnels):
        for part in made(options.histories, options.seed):
            parts.append(part)
            print(part)
    if options.write:
        FILE.write_text("\n".join(parts), encoding="utf-8")
    print(f"{monotonic() - start:.0f} s")


if __name__ == "__main__":
    main()
