"""Import and all measures of 1, 5, 15 and 43 forces: time by force, memory, and a new month.

    python benchmarks/scale.py [--forces 1,5,15,43] [--years 10] [--reports N] [--json]

Each size is made afresh by the national synthesiser and each step runs in a process of its
own, so that its memory can be told: the import; all measures, standardised and with
intervals; then the last month, which was kept back, is put in, and both are done again. A
smaller run: `--forces 1,3 --years 3`. Nothing is asserted about seconds.

A process begins by loading modules, which is a good part of a small month. They are compiled
before the clock runs, as those of installed software are, whatever Python was told of that.
"""

import argparse
import json
import multiprocessing
import resource
import shutil
import sys
import tempfile
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

import duckdb
from machine import busy, described

sys.path.insert(0, str(Path(__file__).resolve().parents[1]))

from answerable.chain.body import Month, open_body
from answerable.chain.measures import Results, compute, load_definitions
from answerable.chain.measures.recipe import tables_of
from answerable.chain.records import current_snapshot, import_body, load_mappings
from answerable.synthetic.national import REPORTS, synthesise_national


def imported(folder: Path) -> dict[str, Any]:
    """Import; the records that are used, and the digest that says which they are."""
    done = import_body(open_body(folder))
    if done.stopped or not done.snapshot:
        raise SystemExit(f"the import stopped: {[found.name for found in done.findings]}")
    used = sum(part.rows for part in done.snapshot.parts)
    return {"rows": used, "digest": done.snapshot.digest}


def measured(folder: Path) -> dict[str, Any]:
    """Every shipped measure of the tables that there are; the figures and the file."""
    body = open_body(folder)
    snapshot = current_snapshot(body)
    tables = {cover.table for cover in snapshot.covers}
    chosen = {
        key: each
        for key, each in load_definitions(body).items()
        if tables_of(each) and set(tables_of(each)) <= tables
    }
    results = compute(body, chosen, snapshot)
    with duckdb.connect() as connection:
        figures = connection.execute(f"SELECT count(*) FROM {results.relation}").fetchall()[0][0]
    return {
        "measures": len(chosen), "figures": figures,
        "path": str(results.path), "source": results.source,
    }  # fmt: skip


def whole_again(folder: Path) -> dict[str, Any]:
    """The measures with nothing to take over, for comparison with the new month's."""
    shutil.move(folder / "var" / "results", folder / "var" / "by_step")
    return measured(folder)


STEPS: dict[str, Callable[[Path], dict[str, Any]]] = {
    "import": imported,
    "measures": measured,
    "whole": whole_again,
}


def _child(step: str, folder: Path, compiled: str, queue: "multiprocessing.Queue[Any]") -> None:
    sys.dont_write_bytecode, sys.pycache_prefix = False, compiled
    began, worked = time.monotonic(), time.process_time()
    found = STEPS[step](folder)
    cores = time.process_time() - worked
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    queue.put(found | {"s": time.monotonic() - began, "core s": cores, "mb": peak})


def apart(step: str, folder: Path, compiled: str) -> dict[str, Any]:
    """One step in a process of its own: what it gave, its seconds and its peak in MB.

    compiled   a folder for what Python compiles, which the processes share
    """
    context = multiprocessing.get_context("spawn")
    queue: Any = context.Queue()
    process = context.Process(target=_child, args=(step, folder, compiled, queue))
    process.start()
    process.join()
    if process.exitcode:
        raise SystemExit(f"{step}: failed")
    found: dict[str, Any] = queue.get()
    return found


def keep_back(folder: Path) -> Callable[[], None]:
    """Take the last month out of every extract; the function returned puts it in, as a file
    of its own."""
    later = folder / "later"
    later.mkdir()
    undo: list[Callable[[], object]] = []
    for mapping in load_mappings(open_body(folder)):
        last = mapping.period.last
        path = folder / "extracts" / f"{mapping.name}.toml"
        text = path.read_text(encoding="utf-8")
        shorter = text.replace(f"..{last}", f"..{last + -1}")
        path.write_text(shorter, encoding="utf-8")
        undo.append(lambda path=path, text=text: path.write_text(text, encoding="utf-8"))
        file = max((folder / "var" / "incoming").glob(Path(mapping.file).name))
        month = later / f"{file.stem}-{last}.parquet"
        _split(file, month, mapping.contract.month.replace("_on", "_at"), last)
        undo.append(lambda month=month, file=file: month.rename(file.with_name(month.name)))
    return lambda: [each() for each in undo] and None


def _split(file: Path, later: Path, column: str, last: Month) -> None:
    rest = file.with_suffix(".rest")
    day = f"(timezone('Europe/London', timezone('UTC', {column})))::DATE"
    with duckdb.connect() as connection:
        names = [row[0] for row in connection.execute(f"DESCRIBE FROM '{file}'").fetchall()]
        if column not in names:
            day = column.replace("_at", "_on")
        for to, which in ((rest, "<"), (later, ">=")):
            connection.execute(
                f"COPY (SELECT * FROM '{file}' WHERE {day} {which} DATE '{last.first_day}')"
                f" TO '{to}' (FORMAT parquet, COMPRESSION zstd)"
            )
    rest.rename(file)


def one_size(
    folder: Path, compiled: str, forces: int, years: int, reports: float
) -> dict[str, Any]:
    """All steps at one size."""
    synthesise_national(folder, forces, years, reports=reports)
    put_in = keep_back(folder)
    first = {step: apart(step, folder, compiled) for step in ("import", "measures")}
    put_in()
    month = {step: apart(step, folder, compiled) for step in ("import", "measures")}
    whole = apart("whole", folder, compiled)
    return {
        "forces": forces,
        "rows": first["import"]["rows"],
        "import": first["import"]["s"],
        "measures": first["measures"]["s"],
        "figures": first["measures"]["figures"],
        "keys": first["measures"]["measures"],
        "mb": max(found["mb"] for found in (*first.values(), *month.values(), whole)),
        "core s": first["import"]["core s"] + first["measures"]["core s"],
        "month core s": month["import"]["core s"] + month["measures"]["core s"],
        "month import": month["import"]["s"],
        "month measures": month["measures"]["s"],
        "month rows": month["import"]["rows"] - first["import"]["rows"],
        "same": _same(month["measures"], whole, folder),
    }


def _same(by_step: dict[str, Any], whole: dict[str, Any], folder: Path) -> bool:
    """Whether the figures of the new month are those that counting whole gives."""
    moved = folder / "var" / "by_step" / Path(by_step["path"]).name
    with duckdb.connect() as connection:
        connection.execute("SET enable_progress_bar = false")
        connection.execute(f"SET temp_directory = '{folder / 'var'}'")
        connection.execute("SET memory_limit = '2GB'")
        rows = [
            connection.execute(
                "SELECT count(*), sum(hash(COLUMNS(*)::VARCHAR)::HUGEINT)"
                f" FROM {Results(path, path.stem, each['source']).relation}"
            ).fetchall()
            for path, each in ((moved, by_step), (Path(whole["path"]), whole))
        ]
    return bool(rows[0] == rows[1])


def told(found: dict[str, Any], base: dict[str, Any]) -> str:
    """The line of one size. Times by force are against those of the first size."""
    full = found["import"] + found["measures"]
    month = found["month import"] + found["month measures"]
    by_force = (full / found["forces"]) / ((base["import"] + base["measures"]) / base["forces"])
    return (
        f"{found['forces']:6} {found['rows']:11,} {found['figures']:11,}"
        f" {found['import']:9.1f} {found['measures']:9.1f} {1e6 * full / found['rows']:9.1f}"
        f" {found['mb']:8.0f} {by_force:9.2f}"
        f" {found['month import']:8.1f} {found['month measures']:8.1f} {100 * month / full:8.1f}%"
        f" {100 * found['month core s'] / found['core s']:8.1f}%"
        f"   {'yes' if found['same'] else 'NO'}"
    )


HEAD = (
    "forces        rows     figures  import s measures s s/million  peak MB by force*"
    "  month: import measures   share of a core  same as whole"
)


def sized(compiled: str, forces: int, years: int, reports: float) -> dict[str, Any]:
    """All steps at one size, in a folder that goes afterwards."""
    with tempfile.TemporaryDirectory() as held:
        return one_size(Path(held) / "nation", compiled, forces, years, reports)


def main() -> None:
    options = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    options.add_argument("--forces", default="1,5,15,43", help="sizes, such as 1,5")
    options.add_argument("--years", type=int, default=10)
    options.add_argument("--reports", type=float, default=REPORTS, help="a month, of a mean force")
    options.add_argument("--json", action="store_true")
    chosen = options.parse_args()
    print(f"{described()}; {busy()}")
    base = None
    with tempfile.TemporaryDirectory() as compiled:
        sized(compiled, 1, 2, 20)
        for forces in map(int, chosen.forces.split(",")):
            found = sized(compiled, forces, chosen.years, chosen.reports)
            if not base:
                base = found
                measures = f"{found['keys']} measures, standardised, with intervals"
                print(f"{chosen.years} years; {measures}\n{HEAD}")
            print(json.dumps(found) if chosen.json else told(found, base), flush=True)
    print("* time by force, import and measures, as a multiple of the first line's")


if __name__ == "__main__":
    main()
