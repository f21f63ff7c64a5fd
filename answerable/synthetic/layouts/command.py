"""Command and control. The system was replaced at the end of 2022, so the layout changes
half way: other columns, other codes, another clock."""

from typing import Any

import numpy as np

from ..chance import label
from ..clock import plus, to_local, written
from ..incidents import CHANNELS, METHODS
from ..world import RISKS, STRANDS, Table, World, rows, take
from ..writing import Extract, Sheet, delimited, digits, glue, words, yes_no, zipped
from .codes import AREAS

CHANGED = np.datetime64("2023-01-01")
"""The day on which the new system went live."""
SPRING = ("27/03/2022 01:17:40", "27/03/2022 01:42:05")
"""Times that never were: the old system's clock was not put forward at once."""

OLD_STRANDS = dict(zip(STRANDS, ("DOMESTIC", "STALKING", "SEXUAL", "HBA", "NONE"), strict=True))
OLD_CHANNELS = dict(zip(CHANNELS, ("999", "101", "WEB", "FRONT", "OTHER"), strict=True))
OLD_METHODS = dict(zip(METHODS, ("ATT", "VID", "TEL", "APP", "NIL"), strict=True))
OLD_RISKS = dict(zip(RISKS, ("STD", "MED", "HIGH", "NA"), strict=True))
BEATS = {"wyreford": 5, "kempsham": 3, "teme_valley": 3, "ironbrook": 2, "clunmoor": 1}
"""How many beats each area has in the new system."""


def extracts(world: World, incidents: Table) -> list[Extract]:
    """Both systems' files, and the list of beats that the second one needs."""
    table = _mistyped(world, incidents)
    old = table["day"] < CHANGED
    first = np.datetime64(str(world.first), "M")
    span_old, span_new = f"{first}_to_2022-12", f"2023-01_to_{world.edges[-2]!s:.7}"
    before = delimited(_old(world, take(table, old)))
    after = delimited(_new(world, take(table, ~old)))
    return [
        Extract(f"command_{span_old}.csv", before.encode("utf-8-sig")),
        Extract(f"cad_{span_new}.csv.gz", zipped(after.encode())),
        Extract("beats.csv", delimited(_beats()).encode()),
    ]


def reference(table: Table) -> Any:
    """The incident's reference in every system: its civil day and its number on that day."""
    return glue(written(table["day"], "Ymd"), "-", digits(table["number"], 4))


def person(numbers: Any) -> Any:
    """The pseudonymous key of a person."""
    return np.where(np.asarray(numbers) < 0, "", glue("P", digits(numbers, 7)))


def _mistyped(world: World, table: Table) -> Table:
    """Arrivals keyed before the report, two in a thousand all the way through."""
    rng = world.chance("mistyped")
    early = rng.random(rows(table)) < 0.002
    before = plus(table["received_at"], -rng.uniform(1, 25, rows(table)))
    known = early & ~np.isnat(table["first_arrived_at"])
    return {**table, "first_arrived_at": np.where(known, before, table["first_arrived_at"])}


def _old(world: World, table: Table) -> Sheet:
    """The old system: the clock on the wall, in two formats, and NULL as a word."""
    rng = world.chance("old system")
    columns = {
        "URN": reference(table),
        "Agency": np.full(rows(table), "POLICE"),
        "Created": _two_formats(to_local(table["received_at"]), rng),
        "LPA": words(AREAS, world.area_codes(table["area"])),
        "Source": words(OLD_CHANNELS, label(table["channel"], CHANNELS)),
        "Opening Grade": table["first_grade"].astype(str),
        "Closing Grade": table["last_grade"].astype(str),
        "Qualifier": words(OLD_STRANDS, label(table["strand"], STRANDS)),
        "Risk": words(OLD_RISKS, label(table["risk"], RISKS)),
        "Repeat": yes_no(table["repeat_caller"]),
        "Response": words(OLD_METHODS, label(table["method"], METHODS)),
        "First Assigned": _null(written(to_local(table["first_dispatched_at"]), "d/m/Y H:M:S")),
        "First At Scene": _null(written(to_local(table["first_arrived_at"]), "d/m/Y H:M:S")),
        "First Spoke": _null(written(to_local(table["first_contact_at"]), "d/m/Y H:M:S")),
        "Closed": _null(written(to_local(table["closed_at"]), "d/m/Y H:M:S")),
        "Duplicate": yes_no(table["duplicate"]),
        "Crime": yes_no(table["crime_recorded"]),
        "Person Ref": person(table["victim"]),
    }
    return _spoilt(columns, rng)


def _two_formats(local: Any, rng: np.random.Generator) -> Any:
    """Most consoles write the British way, about one in six the other way."""
    other = rng.random(len(local)) < 0.17
    return np.where(other, written(local, "Y-m-d H:M:S"), written(local, "d/m/Y H:M:S"))


def _null(column: Any) -> Any:
    return np.where(column == "", "NULL", column)


def _spoilt(columns: dict[str, Any], rng: np.random.Generator) -> Sheet:
    """Rows sent twice, rows that contradict each other, codes that nobody listed, logs of
    other agencies, and two times that the clock left out."""
    size = len(columns["URN"])
    twice, contrary, ambulance = (rng.choice(size, n, replace=False) for n in (160, 6, 240))
    order = np.sort(np.concatenate([np.arange(size), twice, contrary, ambulance]))
    copy = np.r_[False, order[1:] == order[:-1]]
    sheet = {name: column[order] for name, column in columns.items()}
    changed = copy & np.isin(order, contrary)
    sheet["Opening Grade"] = np.where(
        changed, np.where(sheet["Opening Grade"] == "4", "2", "4"), sheet["Opening Grade"]
    )
    others = copy & np.isin(order, ambulance) & ~changed
    sheet["Agency"] = np.where(others, "AMBULANCE", sheet["Agency"])
    sheet["URN"] = np.where(others, np.char.add("A", sheet["URN"]), sheet["URN"])
    for name, code, count in (("LPA", "HQX", 9), ("Source", "TWEET", 7), ("Response", "DRONE", 4)):
        wide = sheet[name].astype(f"<U{max(len(code), 6)}")
        # A drone is sent where nobody is: no one waits for it, so no wait rests on the code.
        able = sheet["Opening Grade"] == "4" if code == "DRONE" else np.ones(len(order), bool)
        wide[rng.choice(np.flatnonzero(able), count, replace=False)] = code
        sheet[name] = wide
    sunday = np.flatnonzero(np.char.startswith(sheet["Created"], "27/03/2022"))[: len(SPRING)]
    sheet["Created"][sunday] = SPRING[: len(sunday)]
    return sheet


def _new(world: World, table: Table) -> Sheet:
    """The new system: UTC, beats instead of areas, words instead of letters."""
    rng = world.chance("new system")
    sheet = {
        "IncidentRef": reference(table),
        "ReceivedUtc": written(table["received_at"], "Y-m-dTH:M:S"),
        "BeatCode": _beat(world, table, rng),
        "ContactChannel": words(
            dict(zip(CHANNELS, ("emergency", "non_emergency", "online", "enquiry_office", "other"),
                     strict=True)), label(table["channel"], CHANNELS)),
        "InitialGrade": glue("G", table["first_grade"].astype(str)),
        "FinalGrade": glue("G", table["last_grade"].astype(str)),
        "Flag": words(dict(zip(STRANDS, ("DA", "SH", "RASSO", "HBA", "-"), strict=True)),
                      label(table["strand"], STRANDS)),
        "RiskAtCall": words(dict(zip(RISKS, ("S", "M", "H", "U"), strict=True)),
                            label(table["risk"], RISKS)),
        "RepeatCaller": yes_no(table["repeat_caller"], "true", "false"),
        "FirstResponse": words(
            dict(zip(METHODS, ("deployed", "video", "phone", "appointment", "none"), strict=True)),
            label(table["method"], METHODS)),
        "AssignedUtc": written(table["first_dispatched_at"], "Y-m-dTH:M:S"),
        "AtSceneUtc": written(table["first_arrived_at"], "Y-m-dTH:M:S"),
        "FirstContactUtc": written(table["first_contact_at"], "Y-m-dTH:M:S"),
        "ClosedUtc": written(table["closed_at"], "Y-m-dTH:M:S"),
        "IsDuplicate": yes_no(table["duplicate"], "true", "false"),
        "CrimeCreated": yes_no(table["crime_recorded"], "true", "false"),
        "PersonKey": person(table["victim"]),
    }  # fmt: skip
    again = np.sort(np.r_[np.arange(rows(table)), rng.choice(rows(table), 60, replace=False)])
    return take(sheet, again)


def _beat(world: World, table: Table, rng: np.random.Generator) -> Any:
    """A beat of each incident's area; a few beats that were abolished and never taken out."""
    area = world.area_codes(table["area"])
    counts = np.array([*(BEATS[place.code] for place in world.places), 1])[table["area"]]
    letters = words({code: code[0].upper() for code in BEATS}, area)
    beat = glue(letters, (1 + (rng.random(rows(table)) * counts).astype(int)).astype(str))
    beat = np.where(area == "", "", beat)
    beat[rng.choice(len(beat), 8, replace=False)] = "X9"
    return beat


def _beats() -> Sheet:
    pairs = [(f"{area[0].upper()}{i + 1}", area) for area, n in BEATS.items() for i in range(n)]
    return {"beat": np.array([p[0] for p in pairs]), "area": np.array([p[1] for p in pairs])}
