"""Import of a million incidents with every check, against DuckDB's plain read to Parquet.

    python benchmarks/import_speed.py [ROWS]

Both read the same CSV in turn, several times; the ratio is of the medians, in one run, so
that it does not depend on the machine. The extract has the warts that the checks look
for: text NULL, two formats of time, missing arrivals, repeated records, unlisted codes,
events out of order, a night when the clocks go back.
"""

import statistics
import sys
import tempfile
import time
from collections.abc import Callable
from pathlib import Path

import duckdb
from machine import busy, described

from answerable.chain.body import open_body
from answerable.chain.records import Import, import_body, last_import

ROUNDS = 3
BODY = """
key = "testshire"
name = "Office for Testshire"
zone = "Europe/London"

[[forces]]
key = "testshire"
name = "Testshire Police"
"""
AREA = '\n[[areas]]\ncode = "area_{0}"\nname = "Area {0}"\nforce = "testshire"\n'
MAPPING = """
table = "incidents"
force = "testshire"
file = "var/incoming/incidents.csv"
covers = "2021-07..2024-06"
nulls = ["", "NULL"]

[columns]
incident_id = '"URN"'
received_at = { sql = '"Created"', formats = ["%d/%m/%Y %H:%M:%S", "%Y-%m-%d %H:%M:%S"] }
first_grade = { sql = '"Grade"', codes = { I = 1, P = 2, S = 3, N = 4 } }
last_grade = { sql = '"Last grade"', codes = { I = 1, P = 2, S = 3, N = 4 } }
repeat_caller = '"Repeat"'
first_dispatched_at = { sql = '"Assigned"', formats = ["%d/%m/%Y %H:%M:%S"] }
first_contact_at = { sql = '"Contact"', formats = ["%d/%m/%Y %H:%M:%S"] }
first_arrived_at = { sql = '"At scene"', formats = ["%d/%m/%Y %H:%M:%S"] }
closed_at = { sql = '"Closed"', formats = ["%d/%m/%Y %H:%M:%S"] }
duplicate = '"Dup"'
crime_recorded = '"Crimed"'
victim_key = '"Person"'

[columns.strand]
sql = '"Flag"'
[columns.strand.codes]
DA = "domestic_abuse"
ST = "stalking"
SV = "sexual_violence"
HB = "honour_based_abuse"
XX = "other"

[columns.area]
sql = '"LPA"'
codes = { A = "area_1", B = "area_2", C = "area_3", D = "area_4", E = "area_5" }

[columns.channel]
sql = '"Origin"'
codes = { "999" = "999", "101" = "101", WEB = "online", DESK = "in_person", OTH = "other" }

[columns.risk_level]
sql = '"Risk"'
codes = { S = "standard", M = "medium", H = "high", U = "not_assessed" }

[columns.response_method]
sql = '"Response"'
codes = { ATT = "attended", VID = "video", TEL = "telephone", APP = "appointment", NON = "none" }
"""


def write_extract(path: Path, rows: int) -> None:
    """A force's command-and-control extract over 36 months, the same for the same size."""

    def at(seconds: str) -> str:
        return f"strftime(t + to_seconds(({seconds})::bigint), '%d/%m/%Y %H:%M:%S')"

    def one_of(codes: str, salt: int) -> str:
        listed = codes.split()
        return f"{listed}[1 + (hash(i, {salt}) % {len(listed)})::int]"

    duckdb.execute(
        f"""
        copy (select
            'INC' || lpad((case when i % 5000 = 17 then i - 1 else i end)::varchar, 8, '0') as URN,
            {one_of("A A B B C D E", 1)} as LPA,
            {one_of("DA DA DA ST SV HB XX", 2)} as Flag,
            case when i % 3 = 0 then strftime(t, '%Y-%m-%d %H:%M:%S')
                 else {at("0")} end as Created,
            case when i % 997 = 0 then 'Z' else {one_of("I P P S N", 3)} end as Grade,
            {one_of("I P P S N", 3)} as "Last grade",
            {one_of("999 999 101 WEB DESK OTH", 5)} as Origin,
            {one_of("S M H U", 6)} as Risk,
            {one_of("Y N", 7)} as Repeat,
            {one_of("ATT ATT ATT VID TEL APP NON", 8)} as Response,
            {at("60 + hash(i, 9) % 600")} as Assigned,
            {at("90 + hash(i, 10) % 3000")} as Contact,
            case when i % 9 = 0 then 'NULL'
                 when i % 1009 = 0 then {at("-300")}
                 else {at("700 + hash(i, 11) % 6000")} end as "At scene",
            {at("9000 + hash(i, 12) % 90000")} as Closed,
            {one_of("N N N N N N N N N Y", 13)} as Dup,
            {one_of("Y N", 14)} as Crimed,
            'V' || (hash(i, 15) % {max(rows // 3, 1)})::varchar as Person
        from (select i, timestamp '2021-07-01' + to_seconds((i * (94608000 / {rows}))::bigint) as t
              from range({rows}) as r(i)))
        to '{path.as_posix()}' (header)
        """
    )


def timed(work: Callable[[], object]) -> float:
    start = time.perf_counter()
    work()
    return time.perf_counter() - start


def plain(extract: Path, folder: Path, as_text: bool) -> None:
    """What DuckDB takes with no check at all, guessing types or leaving all as text."""
    with duckdb.connect() as connection:
        connection.execute(
            f"copy (select * from read_csv('{extract.as_posix()}', all_varchar={as_text}))"
            f" to '{(folder / 'plain.parquet').as_posix()}' (format parquet)"
        )


def body_folder(folder: Path) -> Path:
    for name in ("extracts", "var/incoming"):
        (folder / name).mkdir(parents=True)
    (folder / "body.toml").write_text(BODY + "".join(AREA.format(n) for n in range(1, 6)))
    (folder / "extracts" / "incidents.toml").write_text(MAPPING)
    return folder


def imported(body: Path) -> Import:
    done = import_body(open_body(body))
    assert not done.stopped
    return done


def main(rows: int) -> None:
    times: dict[str, list[float]] = {"import": [], "text": [], "guessed": []}
    with tempfile.TemporaryDirectory() as held:
        folder = Path(held)
        extract = folder / "incidents.csv"
        write_extract(extract, rows)
        for number in range(ROUNDS):
            body = body_folder(folder / f"body{number}")
            (body / "var" / "incoming" / "incidents.csv").hardlink_to(extract)
            times["text"].append(timed(lambda: plain(extract, folder, True)))
            times["guessed"].append(timed(lambda: plain(extract, folder, False)))
            times["import"].append(timed(lambda body=body: imported(body)))
        done = last_import(open_body(body))
        size = extract.stat().st_size
    took = {name: statistics.median(each) for name, each in times.items()}
    print(f"{described()}; {busy()}")
    print(f"{rows:,} rows, {size / 1e6:.0f} MB of CSV, medians of {ROUNDS} rounds")
    print(f"records used: {done.sources[0].used:,}")
    print(f"findings: {', '.join(sorted({found.name for found in done.findings}))}")
    print(f"answerable import, all checks:          {took['import']:6.2f} s")
    for name, words in (("text", "all as text"), ("guessed", "guessing types")):
        ratio = took["import"] / took[name]
        print(f"DuckDB to Parquet, {words:<15}      {took[name]:6.2f} s   ratio {ratio:.2f}")


if __name__ == "__main__":
    main(int(sys.argv[1]) if len(sys.argv) > 1 else 1_000_000)
