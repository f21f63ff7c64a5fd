"""A small body's folder for tests of the records: rows in, an import out."""

from collections.abc import Mapping, Sequence
from pathlib import Path

BODY = """
key = "testshire"
name = "Office for Testshire"
zone = "Europe/London"

[[forces]]
key = "testshire"
name = "Testshire Police"

[[areas]]
code = "north"
name = "North"
force = "testshire"

[[areas]]
code = "south"
name = "South"
force = "testshire"
"""

INCIDENTS = """
table = "incidents"
force = "testshire"
file = "var/incoming/incidents*.csv"
covers = "2023-01..2023-12"
[columns]
incident_id = "id"
area = "area"
strand = { sql = "flag", codes = { DA = "domestic_abuse", ST = "stalking" } }
received_at = { sql = "received", formats = ["%d/%m/%Y %H:%M", "%Y-%m-%d %H:%M:%S"] }
first_grade = "grade"
first_dispatched_at = "dispatched"
first_arrived_at = "arrived"
closed_at = "closed"
duplicate = "double"
victim_key = "victim"
"""

ROW: dict[str, str] = {
    "id": "1",
    "area": "north",
    "flag": "DA",
    "received": "01/03/2023 10:00",
    "grade": "1",
    "dispatched": "2023-03-01 10:02:00",
    "arrived": "2023-03-01 10:10:00",
    "closed": "2023-03-01 12:00:00",
    "double": "N",
    "victim": "V1",
}


def make_body(folder: Path, mappings: Mapping[str, str] | None = None) -> Path:
    """A body's folder with these mappings; by default one of incidents."""
    (folder / "extracts").mkdir(parents=True, exist_ok=True)
    (folder / "var" / "incoming").mkdir(parents=True, exist_ok=True)
    (folder / "body.toml").write_text(BODY, encoding="utf-8")
    for name, text in (mappings or {"incidents": INCIDENTS}).items():
        (folder / "extracts" / f"{name}.toml").write_text(text, encoding="utf-8")
    return folder


def incidents(*rows: Mapping[str, str]) -> list[dict[str, str]]:
    """Rows of the incidents extract: each says how it differs from `ROW`; ids count up."""
    return [{**ROW, "id": str(n), **row} for n, row in enumerate(rows, 1)]


def write_csv(path: Path, rows: Sequence[Mapping[str, str]]) -> Path:
    """A CSV file whose header is the keys of the first row."""
    lines = [",".join(rows[0])] + [",".join(row.values()) for row in rows]
    path.write_text("\n".join(lines) + "\n", encoding="utf-8")
    return path
