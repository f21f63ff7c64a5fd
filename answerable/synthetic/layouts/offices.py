"""Personnel, the specialists and the panels, the providers of services, and complaints."""

import numpy as np

from ..chance import label
from ..clock import written
from ..services import ABOUT, EXITS, RESULTS, SERVICE_KEYS, SOURCES
from ..workbook import Page, workbook
from ..workforce import ANSWERS, COURSE, DEPARTMENTS, GRADES, REVIEWS, ROLES
from ..world import RISKS, STRANDS, Table, World, rows, take
from ..writing import Extract, Sheet, delimited, digits, glue, words, yes_no
from .codes import AREA_NAMES, AREAS, FLAGS, RISK_LETTERS
from .command import reference


def extracts(world: World, made: dict[str, Table]) -> list[Extract]:
    """Personnel's workbook, and text files from the others."""
    returns = made["service_returns"]
    providers = [
        Extract(
            f"provider_{key}.csv",
            delimited(_returns(world, take(returns, returns["service"] == number), key)).encode(),
        )
        for number, key in enumerate(SERVICE_KEYS)
    ]
    reviews = delimited(_reviews(world, made["reviews"], made["incidents"]))
    complaints = delimited(_complaints(world, made["complaints"]), "\t")
    return [
        Extract("training.xlsx", _training(world, made["training"])),
        Extract("specialist_posts.csv", delimited(_posts(world, made["posts"])).encode()),
        Extract("case_reviews.csv", reviews.encode()),
        *providers,
        Extract("complaints.txt", complaints.encode("utf-16")),
    ]


def _training(world: World, table: Table) -> bytes:
    """Personnel's workbook: two lines of title, dates as the spreadsheet keeps them."""
    data: Sheet = {
        "Spell": glue("T", digits(np.arange(rows(table)), 5)),
        "Employee": glue("E", digits(table["person"], 5)),
        "LPA": words(AREA_NAMES, world.area_codes(table["area"])),
        "Department": np.char.replace(label(table["department"], DEPARTMENTS), "_", " "),
        "Role": np.char.replace(label(table["role"], ROLES), "_", " "),
        "Course": np.full(rows(table), COURSE),
        "In scope from": table["in_scope_from"],
        "In scope to": table["in_scope_to"],
        "Attended": table["completed_on"],
        "Valid until": table["expires_on"],
        "Champion from": table["champion_on"],
    }
    titles = ("Learning and development", "Domestic Abuse Matters: all spells in scope")
    return workbook([Page("Spells", data, titles)])


def _posts(world: World, table: Table) -> Sheet:
    area = world.area_codes(table["area"])
    return {
        "Spell": glue("SP", digits(np.arange(rows(table)), 3)),
        "Post": glue("VAWG-", words(AREAS, area)),
        "LPA": words(AREAS, area),
        "State": np.array(["VACANT", "FILLED"])[table["filled"]],
        "From": written(table["from_on"], "d/m/Y"),
        "To": written(table["to_on"], "d/m/Y"),
        "Funded by": np.full(rows(table), "OPCC"),
    }


def _reviews(world: World, table: Table, incidents: Table) -> Sheet:
    source = table["incident"]
    return {
        "Review": glue("RV", digits(np.arange(rows(table)), 5)),
        "Log": np.where(source < 0, "", reference(incidents)[source]),
        "LPA": words(AREA_NAMES, world.area_codes(table["area"])),
        "Kind": np.char.replace(label(table["kind"], REVIEWS), "_", " "),
        "Reviewed": written(table["reviewed_on"], "d/m/Y"),
        "Grade": np.char.replace(label(table["grade"], GRADES), "_", " "),
        "Advice": yes_no(table["advice_given"]),
        "Answer": np.char.replace(label(table["answer"], ANSWERS), "_", " "),
        "Answered": written(table["answered_on"], "d/m/Y"),
    }


def _returns(world: World, table: Table, key: str) -> Sheet:
    """One layout for every provider; they write Unknown where they do not know."""
    area = words(AREA_NAMES, world.area_codes(table["area"]))
    return {
        "Client": glue(key[0].upper(), digits(np.arange(rows(table)), 6)),
        "Service": np.full(rows(table), key),
        "District": np.where(area == "", "Unknown", area),
        "Referred": written(table["referred_on"], "Y-m-d"),
        "By": label(table["source"], SOURCES),
        "Risk": words(RISK_LETTERS, label(table["risk"], RISKS)),
        "First seen": written(table["first_seen_on"], "Y-m-d"),
        "Took up": yes_no(table["engaged"], "yes", "no"),
        "Closed": written(table["closed_on"], "Y-m-d"),
        "Exit": np.char.replace(label(table["exit"], EXITS), "_", " "),
    }


def _complaints(world: World, table: Table) -> Sheet:
    """Tabs and UTF-16, as the complaints system exports for a spreadsheet."""
    return {
        "Ref": glue("CO", digits(np.arange(rows(table)), 5)),
        "Area": words(AREA_NAMES, world.area_codes(table["area"])),
        "Flag": words(FLAGS, label(table["strand"], STRANDS)),
        "Received": written(table["received_on"], "d/m/Y"),
        "Subject": np.char.replace(label(table["about"], ABOUT), "_", " "),
        "Finalised": written(table["finalised_on"], "d/m/Y"),
        "Result": np.char.replace(label(table["result"], RESULTS), "_", " "),
    }
