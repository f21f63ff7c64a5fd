"""How long the demonstration's site and one chart take.

    python benchmarks/site_speed.py

Builds the demonstration's body in a temporary folder, then times, in one process: what is put
forward and withheld, the verdicts, the pages, and one chart.
"""

import statistics
from collections.abc import Callable
from time import perf_counter

from demonstration import demonstration
from machine import busy, described

from answerable.chain.charts import draw
from answerable.chain.claims import load_claims, windows_of
from answerable.chain.measures import compute, load_definitions
from answerable.chain.statistics import xmr
from answerable.cli.release import release_of
from answerable.site import build, render


def timed(work: Callable[[], object], rounds: int = 3) -> float:
    """Median seconds of a few rounds."""
    took = []
    for _ in range(rounds):
        began = perf_counter()
        work()
        took.append(perf_counter() - began)
    return statistics.median(took)


def main() -> None:
    with demonstration() as (body, snapshot):
        definitions = load_definitions(body)
        compute(body, definitions, snapshot, windows_of(load_claims(body, definitions)))
        release = release_of(body)
        files = render(release)
        pages = [name for name in files if name.endswith(".html")]
        decide = timed(lambda: release_of(body))
        site = timed(lambda: render(release))
        number = iter(range(100))
        write = timed(lambda: build(release, body.var / f"site{next(number)}"))
        months = [f"{2021 + i // 12}-{i % 12 + 1:02d}" for i in range(36)]
        chart = xmr(months, [40 + (i * 7) % 11 for i in range(36)], better="lower")
        once = timed(
            lambda: [
                draw(chart, title="t", desc="d", show=str, y_label="minutes", ident="c")
                for _ in range(200)
            ]
        )
    print(f"{described()}; {busy()}")
    print(f"{len(files)} files, {len(pages)} of them pages, {len(release.results):,} figures")
    print(f"withholding and verdicts          {decide:6.2f} s")
    print(f"pages and downloads               {site:6.2f} s")
    print(f"the same, written to disk         {write:6.2f} s")
    print(f"the whole site                    {decide + write:6.2f} s   bar: 10 s")
    print(f"one chart                         {once / 200 * 1000:6.2f} ms  bar: 1 ms")


if __name__ == "__main__":
    main()
