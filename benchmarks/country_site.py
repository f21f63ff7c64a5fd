"""A whole country from made-up records to a site by force: time, memory, size of pages.

    python benchmarks/country_site.py [--forces 43] [--years 3] [--reports 600] [--folder DIR]

Each step is a process of its own, run as its command, so that its memory is its own. Last, what
is planted in the nation is looked for in the open data of the site.
"""

import argparse
import csv
import gzip
import os
import sys
import tempfile
from collections.abc import Sequence
from pathlib import Path
from time import perf_counter

sys.path.insert(0, str(Path(__file__).parents[1]))

from answerable.synthetic import planted_forces, synthesise_national
from benchmarks.machine import busy, described


def run(step: str, *arguments: str) -> None:
    """Run a command of ours and print what it took. Ends the benchmark where it fails."""
    began = perf_counter()
    command = [sys.executable, "-m", "answerable", step, *arguments]
    child = os.posix_spawn(sys.executable, command, os.environ, file_actions=_quiet())
    _, status, used = os.wait4(child, 0)
    if status:
        raise SystemExit(f"{step} failed; run it by hand: answerable {step} {' '.join(arguments)}")
    took, core = perf_counter() - began, used.ru_utime + used.ru_stime
    most = used.ru_maxrss / 1024
    print(f"{step:<10} {took:7.1f} s, of a core {core:7.1f} s, at most {most:6.0f} MB")


def _quiet() -> Sequence[tuple[int, int, str, int, int]]:
    return [(os.POSIX_SPAWN_OPEN, fd, os.devnull, os.O_WRONLY, 0) for fd in (1, 2)]


def pages(site: Path) -> None:
    """How many pages there are, and the heaviest."""
    found = sorted(site.rglob("*.html"), key=lambda path: path.stat().st_size)
    heaviest = found[-1]
    print(
        f"{len(found)} pages; the heaviest is {heaviest.relative_to(site)},"
        f" {heaviest.stat().st_size / 1000:.0f} kB,"
        f" {len(gzip.compress(heaviest.read_bytes())) / 1000:.0f} kB compressed;"
        f" the front page {(site / 'index.html').stat().st_size / 1000:.0f} kB"
    )


def planted(site: Path, forces: int) -> None:
    """What was planted and found, and what else was."""
    rows = list(csv.DictReader((site / "data" / "forces.csv").read_text().splitlines()))
    found = {(r["measure"], r["force"], "outlier") for r in rows if r["outlier"] == "true"}
    found |= {(r["measure"], r["force"], "improved") for r in rows if r["change"] == "supported"}
    found |= {(r["measure"], r["force"], "worse") for r in rows if r["change"] == "contradicted"}
    meant = {
        (each.measure, force, each.says)
        for force, truth in planted_forces(forces).items()
        for each in truth.found
    }
    print(f"planted: {len(meant)}, found: {len(meant & found)}; others found: {len(found - meant)}")
    for each in sorted(found):
        print(f"  {'planted' if each in meant else 'chance '}  {', '.join(each)}")


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--forces", type=int, default=43)
    parser.add_argument("--years", type=int, default=3)
    parser.add_argument("--reports", type=float, default=600, help="a month in a mean force")
    parser.add_argument("--folder", type=Path, help="keep what is made here")
    options = parser.parse_args()
    with tempfile.TemporaryDirectory() as scratch:
        nation = (options.folder or Path(scratch)) / "nation"
        site = nation.with_name("site")
        print(f"{described()}; {busy()}")
        made = synthesise_national(nation, options.forces, options.years, reports=options.reports)
        print(f"{options.forces} forces, {options.years} years, {made.incidents:,} incidents")
        run("import", str(nation))
        run("publish", str(nation), str(site))
        run("verify", str(site))
        pages(site)
        planted(site, options.forces)


if __name__ == "__main__":
    main()
