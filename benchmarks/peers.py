"""The same figures and charts beside pandas, Polars and, where it is installed, R.

    python benchmarks/peers.py [--rows 2000000] [--years 10] [--rolling]

One table of made waits, in memory, for everyone: the median, the 90th percentile and the
share within an hour, by force and area, by month, calendar quarter and financial year, and
with `--rolling` by rolling year. Counts must be equal and quantiles agree to a thousandth of
a second, or it stops. Then charts' limits and verdicts. Polars and R are left out where they
are not installed (`pip install polars`; Debian's `r-base-core`), so is each package of R, and it
says so.
"""

import argparse
import importlib.util
import io
import shutil
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

import duckdb
import numpy as np

sys.path.insert(0, str(Path(__file__).resolve().parents[1]))

from answerable.chain.body import Month, Period
from answerable.chain.measures.order import kth_of_ranges
from answerable.chain.statistics import compare, p, xmr
from benchmarks.machine import busy, described

HOUR, AREAS, FORCES, ROLLING = 3600, 215, 43, 12
NEAR = 0.001
Figures = dict[tuple[str, int, str, int], tuple[int, float, float, float]]
"""By level, place, grain and period: how many, median, 90th percentile, share within."""


def made(rows: int, years: int) -> dict[str, Any]:
    """Waits in whole seconds with their area, force and month from zero (a July)."""
    rng = np.random.default_rng(7)
    area = (AREAS * rng.random(rows) ** 1.3).astype(np.int32)
    return {
        "area": area,
        "force": area // (AREAS // FORCES),
        "m": rng.integers(0, 12 * years, rows).astype(np.int32) + 6,
        "s": np.exp(7 + rng.standard_normal(rows)).astype(np.int32),
    }


GRAINS = {"month": "m", "quarter": "m // 3", "year": "(m + 9) // 12"}
LEVELS = ("force", "area")


def ours(table: dict[str, Any], windows: bool) -> Figures:
    """The engine's own way: tallies in DuckDB, quantiles out of one ordering of the rows."""
    found: Figures = {}
    times, rank = np.unique(table["s"], return_inverse=True)
    months = int(table["m"].max()) + 1
    for level in LEVELS:
        key = table[level].astype(np.int64) * months + table["m"]
        order = np.argsort(key, kind="stable")
        key, held = key[order], rank[order].astype(np.int64)
        hit = np.concatenate([[0], np.cumsum(table["s"][order] <= HOUR)])
        spans = periods(months, windows)
        places = np.unique(table[level])
        first = np.array([a for _, _, a, _ in spans])
        last = np.array([b for _, _, _, b in spans])
        low = np.searchsorted(key, (places[:, None] * months + first).ravel())
        high = np.searchsorted(key, (places[:, None] * months + last + 1).ravel())
        n = high - low
        some = n > 0
        low, high, n = low[some], high[some], n[some]
        at = [point * (n - 1) for point in (0.5, 0.9)]
        ranks = [f(a).astype(np.int64) for a in at for f in (np.floor, np.ceil)]
        k = kth_of_ranges(held, np.tile(low, 4), np.tile(high, 4), np.concatenate(ranks))
        a, b, c, d = np.split(times[k].astype(float), 4)
        median = a + (b - a) * (at[0] - np.floor(at[0]))
        p90 = c + (d - c) * (at[1] - np.floor(at[1]))
        share = (hit[high] - hit[low]) / n
        names = [(level, int(place), *span[:2]) for place in places for span in spans]
        kept = [name for name, there in zip(names, some, strict=True) if there]
        found |= dict(zip(kept, zip(n.tolist(), median.tolist(), p90.tolist(), share.tolist(),
                                    strict=True), strict=True))  # fmt: skip
    return found


def periods(months: int, windows: bool) -> list[tuple[str, int, int, int]]:
    """Grain, number, first and last month of every period."""
    found = []
    for grain, start, size in (("month", 0, 1), ("quarter", 0, 3), ("year", 3, 12)):
        numbers = {(m - start) // size for m in range(months)}
        shift = 1 if grain == "year" else 0
        for n in sorted(numbers):
            at = n * size + start
            found.append((grain, n + shift, max(at, 0), min(at + size, months) - 1))
    if windows:
        found += [("rolling", m, m, m + ROLLING - 1) for m in range(6, months - ROLLING + 1)]
    return found


def in_duckdb(table: dict[str, Any], windows: bool) -> Figures:
    """Plain SQL, one GROUP BY a level and grain; rows are joined to rolling years."""
    found: Figures = {}
    with duckdb.connect() as connection:
        connection.register("t", table)
        last = int(table["m"].max()) - ROLLING + 1
        for level in LEVELS:
            for grain, key in _grains(windows).items():
                source = "t"
                if grain == "rolling":
                    source = f"t JOIN range(6, {last + 1}) AS w(w) ON m BETWEEN w AND w + 11"
                rows = connection.execute(
                    f"SELECT {level}, {key}, count(*), quantile_cont(s, 0.5),"
                    f" quantile_cont(s, 0.9), avg((s <= {HOUR})::INT) FROM {source} GROUP BY ALL"
                ).fetchall()
                found |= {(level, place, grain, int(at)): tuple(rest) for place, at, *rest in rows}
    return found


def _grains(windows: bool) -> dict[str, str]:
    return GRAINS | ({"rolling": "w"} if windows else {})


def in_pandas(table: dict[str, Any], windows: bool) -> Figures:
    import pandas as pd

    frame = pd.DataFrame(table)
    frame["hit"] = frame.s <= HOUR
    found: Figures = {}
    for grain in _grains(windows):
        for at, some in _framed(frame, grain):
            for level in LEVELS:
                groups = some.groupby([level, at])
                counted = pd.DataFrame({
                    "n": groups.s.size(), "median": groups.s.median(),
                    "p90": groups.s.quantile(0.9), "share": groups.hit.mean(),
                })  # fmt: skip
                found |= {
                    (level, int(place), grain, int(period)): tuple(row)
                    for (place, period), *row in counted.itertuples()
                }
    return found


def _framed(frame: Any, grain: str) -> Any:
    """The rows of each period of a grain, at once where periods do not overlap."""
    if grain != "rolling":
        yield "at", frame.assign(at=frame.eval(GRAINS[grain]))
        return
    for first in range(6, int(frame.m.max()) - ROLLING + 2):
        yield "at", frame[(frame.m >= first) & (frame.m < first + ROLLING)].assign(at=first)


def in_polars(table: dict[str, Any], windows: bool) -> Figures:
    import polars as pl

    frame = pl.DataFrame(table)
    keys = {
        "month": pl.col("m"), "quarter": pl.col("m") // 3, "year": (pl.col("m") + 9) // 12,
    }  # fmt: skip
    found: Figures = {}
    for grain in _grains(windows):
        some = frame.with_columns(at=keys[grain]) if grain in keys else _windowed(frame)
        for level in LEVELS:
            rows = some.group_by(level, "at").agg(
                pl.len(),
                pl.col("s").median().alias("median"),
                pl.col("s").quantile(0.9, "linear").alias("p90"),
                (pl.col("s") <= HOUR).mean().alias("share"),
            )
            found |= {
                (level, place, grain, at): tuple(rest) for place, at, *rest in rows.iter_rows()
            }
    return found


def _windowed(frame: Any) -> Any:
    import polars as pl

    last = int(frame["m"].max()) - ROLLING + 1
    copies = [
        frame.with_columns(at=pl.col("m") - back).filter(pl.col("at").is_between(6, last))
        for back in range(ROLLING)
    ]
    return pl.concat(copies)


def agree(one: Figures, other: Figures, name: str) -> None:
    """Stop where two ways of counting do not give the same."""
    if one.keys() != other.keys():
        raise SystemExit(f"{name}: {len(one.keys() ^ other.keys())} figures only on one side")
    mine, theirs = (np.array([each[key] for key in one], float) for each in (one, other))
    worst = np.abs(mine - theirs).max(axis=0)
    if worst[0] or worst[1:3].max() > NEAR or worst[3] > 1e-9:
        raise SystemExit(f"{name} does not agree: {worst}")


def timed(work: Callable[[], Any], rounds: int = 1) -> tuple[float, Any]:
    """The seconds of the quickest round, and what it gave."""
    took = []
    for _ in range(rounds):
        began = time.perf_counter()
        found = work()
        took.append(time.perf_counter() - began)
    return min(took), found


def figures(rows: int, years: int, windows: bool) -> None:
    table = made(rows, years)
    base, mine = timed(lambda: ours(table, windows))
    print(f"{rows:,} waits, {years} years, {len(mine):,} cells; counts equal, quantiles agree")
    print(f"{'one ordering of the rows, as in the engine':44} {base:8.2f} s   1.00 x")
    ways = {"DuckDB, one GROUP BY a level": in_duckdb, "pandas": in_pandas, "Polars": in_polars}
    for name, way in ways.items():
        if name == "Polars" and not importlib.util.find_spec("polars"):
            print("Polars is not installed: left out")
            continue
        seconds, theirs = timed(lambda way=way: way(table, windows))
        agree(mine, theirs, name)
        print(f"{name:44} {seconds:8.2f} s {seconds / base:6.2f} x")
    beside_r(table, mine, base, windows)


def beside_r(table: dict[str, Any], mine: Figures, base: float, windows: bool) -> None:
    if not shutil.which("Rscript") or windows:
        print("R: left out, " + ("not in rolling years" if windows else "not installed"))
        return
    seconds, theirs = in_r(table)
    agree(mine, theirs, "R")
    print(f"{'R, quantile over split':44} {seconds:8.2f} s {seconds / base:6.2f} x")


CHARTS, MONTHS = 2_000, 36


def same(found: Any, plain: Any, name: str) -> None:
    """Stop where limits without screening are not those of the bare arithmetic."""
    if not np.allclose(np.array(found, float), plain, rtol=1e-3):
        raise SystemExit(f"{name}: limits do not agree")


def charts() -> None:
    """Limits of many series, beside the bare arithmetic, and verdicts a second."""
    rng = np.random.default_rng(11)
    series = 2400 + 200 * rng.standard_normal((CHARTS, MONTHS))
    x = [str(month) for month in range(MONTHS)]
    lists = series.tolist()
    took, _ = timed(lambda: [xmr(x, values) for values in lists])

    def bare() -> Any:
        moving = np.abs(np.diff(series, axis=1)).mean(axis=1)
        centre = series.mean(axis=1)
        return centre - 2.66 * moving, centre, centre + 2.66 * moving

    plain, (low, _, high) = timed(bare, 5)
    unscreened = [xmr(x, values, screen=False).points[0] for values in lists]
    same([[point.lower, point.upper] for point in unscreened], np.c_[low, high], "XmR")
    print(f"{'XmR, with rules, sentence and notes':44} {1e3 * took / CHARTS:8.3f} ms a chart")
    print(f"{'NumPy, limits only, all series at once':44} {1e3 * plain / CHARTS:8.3f} ms a chart")
    n = rng.integers(300, 500, (CHARTS, MONTHS))
    hits = rng.binomial(n, 0.3)
    pairs = list(zip(hits.tolist(), n.tolist(), strict=True))
    took, _ = timed(lambda: [p(x, above, below, prime=True) for above, below in pairs])
    print(f"{'p-prime, with rules, sentence and notes':44} {1e3 * took / CHARTS:8.3f} ms a chart")
    centre = (hits.sum(axis=1) / n.sum(axis=1))[:, None]
    spread = np.sqrt(centre * (1 - centre) / n)
    sigma = np.abs(np.diff((hits / n - centre) / spread, axis=1)).mean(axis=1) / 1.128
    upper = np.minimum(centre + 3 * spread * sigma[:, None], 1)
    primes = [p(x, above, below, prime=True, screen=False) for above, below in pairs]
    same([[point.upper for point in chart.points] for chart in primes], upper, "p-prime")
    first = Month(2021, 4)
    months = [first + k for k in range(MONTHS)]
    histories = [dict(zip(months, values, strict=True)) for values in lists]
    now, then = Period.of(months[-12], months[-1]), Period.of(months[-24], months[-13])
    took, _ = timed(lambda: [compare(history, now, then) for history in histories])
    print(f"{'verdicts: a year against the year before':44} {CHARTS / took:8.0f} a second")


R_FIGURES = """
t <- read.csv(file("stdin"))
began <- Sys.time()
found <- list()
for (level in c("force", "area")) for (grain in c("month", "quarter", "year")) {
  at <- switch(grain, month = t$m, quarter = t$m %/% 3, year = (t$m + 9) %/% 12)
  cells <- split(t$s, paste(t[[level]], at))
  rows <- vapply(cells, function(v) c(length(v), quantile(v, c(0.5, 0.9), type = 7, names = FALSE),
                                      mean(v <= 3600)), numeric(4))
  found[[length(found) + 1]] <- paste(level, grain, colnames(rows), rows[1, ],
    sprintf("%.6f", rows[2, ]), sprintf("%.6f", rows[3, ]), sprintf("%.12f", rows[4, ]))
}
cat(as.numeric(Sys.time() - began, units = "secs"), "\\n")
cat(unlist(found), sep = "\\n")
"""
R_CHARTS = """
given <- as.matrix(read.csv(file("stdin"), header = FALSE))
took <- function(work) { began <- Sys.time(); work(); as.numeric(Sys.time() - began, units="secs") }
limits <- t(apply(given, 1, function(v) mean(v) + c(-1, 1) * 2.66 * mean(abs(diff(v)))))
cat(sprintf("%.9f %.9f", limits[, 1], limits[, 2]), sep = "\\n")
for (name in c("qicharts2", "NHSRplotthedots")) {
  if (!requireNamespace(name, quietly = TRUE)) { cat(name, "is not installed: left out\\n"); next }
  days <- seq(as.Date("2021-01-01"), by = "month", length.out = ncol(given))
  work <- if (name == "qicharts2") function() for (i in seq_len(nrow(given)))
      qicharts2::qic(given[i, ], chart = "i")
    else function() for (i in seq_len(nrow(given)))
      NHSRplotthedots::ptd_spc(data.frame(d = days, v = given[i, ]), v, d)
  cat(sprintf("%-44s %8.3f ms a chart\\n", name, 1e3 * took(work) / nrow(given)))
}
for (name in c("FunnelPlotR", "survey"))
  cat(name, if (requireNamespace(name, quietly = TRUE)) "is installed: see tests/oracle\\n"
    else "is not installed: left out\\n")
"""


def run_r(script: str, given: str) -> list[str]:
    """What a script of R prints, given a table on its standard input."""
    with tempfile.TemporaryDirectory() as held:
        file = Path(held) / "peers.R"
        file.write_text(script, encoding="utf-8")
        ran = subprocess.run(
            ["Rscript", str(file)], input=given, text=True, check=True, stdout=subprocess.PIPE
        )
    return ran.stdout.splitlines()


def in_r(table: dict[str, Any]) -> tuple[float, Figures]:
    """R's own `quantile` over `split`; seconds of R's work, without reading and writing."""
    columns = ("area", "force", "m", "s")
    rows = np.column_stack([table[name] for name in columns])
    text = io.StringIO()
    np.savetxt(text, rows, fmt="%d", delimiter=",", header=",".join(columns), comments="")
    first, *lines = run_r(R_FIGURES, text.getvalue())
    found: Figures = {}
    for line in lines:
        level, grain, place, at, n, median, p90, share = line.split()
        name = (level, int(place), grain, int(at))
        found[name] = (int(float(n)), float(median), float(p90), float(share))
    return float(first), found


def charts_in_r() -> None:
    """Limits in plain R, and the reference packages, on fewer series, because each chart takes
    them long."""
    if not shutil.which("Rscript"):
        print("R is not installed: left out")
        return
    series = 2400 + 200 * np.random.default_rng(11).standard_normal((50, MONTHS))
    text = io.StringIO()
    np.savetxt(text, series, delimiter=",")
    lines = run_r(R_CHARTS, text.getvalue())
    limits = [[float(each) for each in line.split()] for line in lines[: len(series)]]
    x = [str(month) for month in range(MONTHS)]
    mine = [xmr(x, values, screen=False).points[0] for values in series.tolist()]
    same([[point.lower, point.upper] for point in mine], np.array(limits), "XmR in R")
    print("R's own arithmetic gives the limits of XmR")
    print("\n".join(lines[len(series) :]))


def main() -> None:
    options = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    options.add_argument("--rows", type=int, default=2_000_000)
    options.add_argument("--years", type=int, default=10)
    options.add_argument("--rolling", action="store_true", help="rolling years too")
    chosen = options.parse_args()
    print(f"{described()}; {busy()}")
    figures(chosen.rows, chosen.years, chosen.rolling)
    charts()
    charts_in_r()


if __name__ == "__main__":
    main()
