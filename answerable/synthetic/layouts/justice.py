"""The crime system, custody, the prosecutors' workbook and the civil orders desk."""

import numpy as np

from ..chance import label
from ..clock import to_local, written
from ..crimes import DECISIONS, OFFENCES, PURPOSES
from ..response import INSTRUMENT, ORDER_LOST, ORDER_STEPS
from ..workbook import Page, workbook
from ..world import RISKS, STRANDS, Table, World, rows, take
from ..writing import Extract, Sheet, delimited, digits, glue, json_lines, words, yes_no
from .codes import AREA_NAMES, AREAS, FLAGS, RISK_LETTERS
from .command import person, reference

GROUPS = dict(
    zip(
        OFFENCES,
        (
            "Violence – with injury",
            "Violence – without injury",
            "Stalking & harassment",
            "Controlling or coercive behaviour",
            "Sexual offences",
            "Criminal damage",
            "Public order",
            "Other",
        ),
        strict=True,
    )
)
"""The en dash is why this file has to be read as cp1252."""


def extracts(world: World, made: dict[str, Table]) -> list[Extract]:
    """Four files in four formats."""
    crimes = _crimes(world, made["crimes"], made["incidents"])
    return [
        Extract("crimes.csv", delimited(crimes).encode("cp1252")),
        Extract("custody_arrests.jsonl", json_lines(_arrests(world, made)).encode()),
        Extract("cps_referrals.xlsx", _cps(world, made)),
        Extract("civil_orders.csv", delimited(_orders(world, made["protective_orders"])).encode()),
    ]


def crime_reference(numbers: np.ndarray, crimes: Table) -> np.ndarray:
    """The crime's reference: the force's number, the year, and a number of its own."""
    year = written(crimes["recorded_on"], "Y")[numbers].astype("<U4")
    return glue("43/", year, "/", digits(numbers, 6))


def _crimes(world: World, crimes: Table, incidents: Table) -> Sheet:
    """British dates, and a few crimes whose outcome is older than the crime."""
    rng = world.chance("crime system")
    outcome_on = crimes["outcome_on"].copy()
    known = np.flatnonzero(~np.isnat(outcome_on))
    wrong = rng.choice(known, 14, replace=False)
    outcome_on[wrong] = crimes["recorded_on"][wrong] - np.timedelta64(3, "D")
    source = crimes["incident"]
    sheet = {
        "Crime No": crime_reference(crimes["crime"], crimes),
        "Log Ref": np.where(source < 0, "", reference(incidents)[source]),
        "Recorded": written(crimes["recorded_on"], "d/m/Y"),
        "LPA": words(AREAS, world.area_codes(crimes["area"])),
        "Flag": words(FLAGS, label(crimes["strand"], STRANDS)),
        "Offence Group": words(GROUPS, label(crimes["offence"], OFFENCES)),
        "Risk": words(RISK_LETTERS, label(crimes["risk"], RISKS)),
        "Outcome": crimes["outcome_code"].astype(str),
        "Outcome Date": written(outcome_on, "d/m/Y"),
        "Supervisor": yes_no(crimes["supervisor_checked"]),
        "Victim Ref": person(crimes["victim"]),
        "Suspect Ref": np.where(crimes["suspect"] < 0, "", glue("S", crimes["suspect"])),
        "VC Acknowledged": written(crimes["acknowledged_on"], "d/m/Y"),
        "VC Support": written(crimes["support_referred_on"], "d/m/Y"),
        "VC Updates": yes_no(crimes["updated"], "Yes", "No"),
        "VC Statement": yes_no(crimes["statement_offered"], "Yes", "No"),
    }
    unknown = rng.choice(rows(crimes), 6, replace=False)
    sheet["LPA"][unknown] = "HQX"
    return take(sheet, np.sort(np.r_[np.arange(rows(crimes)), rng.choice(rows(crimes), 25)]))


def _arrests(world: World, made: dict[str, Table]) -> Sheet:
    arrests = made["arrests"]
    return {
        "custody_ref": glue("C", digits(arrests["arrest"], 7)),
        "crime": crime_reference(arrests["crime"], made["crimes"]),
        "lpa": words(AREA_NAMES, world.area_codes(arrests["area"])),
        "flag": words(FLAGS, label(arrests["strand"], STRANDS)),
        "arrested": written(to_local(arrests["arrested_at"]), "Y-m-d H:M:S"),
        "detained": np.where(arrests["suspect"] < 0, "", glue("S", arrests["suspect"])),
        "counter_allegation": yes_no(arrests["counter"], "true", "false"),
    }


def _cps(world: World, made: dict[str, Table]) -> bytes:
    """The workbook that the case team keeps: a title above, a sheet of names hidden behind.

    The names are of places, not of people: what a hidden sheet holds is not for a demo.
    """
    table = made["cps_referrals"]
    codes = dict(zip(DECISIONS, ("Charge", "NFA", "Admin finalised", "Awaited"), strict=True))
    data: Sheet = {
        "Ref": glue("R", digits(table["referral"], 6)),
        "Crime No": crime_reference(table["crime"], made["crimes"]),
        "LPA": words(AREA_NAMES, world.area_codes(table["area"])),
        "Flag": words(FLAGS, label(table["strand"], STRANDS)),
        "Suspect": np.where(table["suspect"] < 0, "", glue("S", table["suspect"])),
        "Purpose": words(
            dict(zip(PURPOSES, ("Charging decision", "Early advice"), strict=True)),
            label(table["purpose"], PURPOSES),
        ),
        "Date referred": table["referred_on"],
        "Decision": words(codes, label(table["decision"], DECISIONS)),
        "Date decided": table["decided_on"],
    }
    titles = ("Severnshire Police: referrals to the CPS", "Case management, all units", "")
    units: Sheet = {"Unit": np.array(list(AREA_NAMES.values())), "Code": np.array(list("ABCDE"))}
    return workbook([Page("Referrals", data, titles), Page("Units (old)", units, hidden=True)])


def _orders(world: World, table: Table) -> Sheet:
    size = rows(table)
    stamps = {
        title: written(table[name], "d-m-Y")
        for title, name in zip(
            ("Considered", "Authorised", "Served", "Court applied", "Granted"),
            ("considered_on", *ORDER_STEPS),
            strict=True,
        )
    }
    return {
        "Case": glue("DV", digits(np.arange(size), 5)),
        "Type": np.full(size, INSTRUMENT.upper().replace("_", "/")),
        "LPA": words(AREAS, world.area_codes(table["area"])),
        **stamps,
        "Breached": written(table["breached_on"], "d-m-Y"),
        "Breach dealt with": written(table["breach_acted_on"], "d-m-Y"),
        "Ended because": np.char.replace(label(table["lost_reason"], ORDER_LOST), "_", " "),
        "Counter-allegation": yes_no(table["counter"]),
    }
