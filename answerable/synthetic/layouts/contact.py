"""The video desk, the risk assessments and the survey contractor."""

import numpy as np

from ..chance import label
from ..clock import written
from ..incidents import METHODS
from ..response import EXCLUDED, LEVELS, LOST
from ..world import Table, World, rows
from ..writing import Extract, Sheet, delimited, digits, glue, parquet, words, yes_no
from .codes import AREA_NAMES, AREAS
from .command import reference

SURVEY_METHODS = dict(
    zip(METHODS, ("In person", "Video call", "Phone", "Appointment", "Not known"), strict=True)
)


def extracts(world: World, made: dict[str, Table]) -> list[Extract]:
    """Three files from three sources."""
    risk = _risk(world, made["risk_assessments"], made["incidents"])
    survey = delimited(_survey(world, made["survey_contacts"]), ";")
    return [
        Extract("video_desk.csv", delimited(_video(world, made["video_responses"])).encode()),
        Extract("risk_assessments.parquet", parquet(risk)),
        Extract("survey_contractor.csv", survey.encode("cp1252")),
    ]


def _video(world: World, table: Table) -> Sheet:
    """ISO times in UTC; the desk writes N/A where a question did not arise."""

    def asked(column: np.ndarray) -> np.ndarray:
        return np.array(["No", "Yes", "N/A"])[column]

    return {
        "Log": reference(table),
        "LPA": words(AREA_NAMES, world.area_codes(table["area"])),
        "Opened": written(table["received_at"], "Y-m-d H:M:S"),
        "Suitable": asked(table["eligible"]),
        "Officer free": asked(table["team_available"]),
        "Offered": asked(table["offered"]),
        "Accepted": written(table["accepted_at"], "Y-m-d H:M:S"),
        "Link up": written(table["connected_at"], "Y-m-d H:M:S"),
        "Finished": written(table["completed_at"], "Y-m-d H:M:S"),
        "Stopped by": label(table["lost_reason"], tuple(LOST)),
        "Patrol sent": asked(table["deployed_after"]),
    }


def _risk(world: World, table: Table, incidents: Table) -> Sheet:
    """Out of the force's data store: already typed, its words nearly those of the contract."""
    return {
        "assessment_no": np.arange(rows(table), dtype=np.int32),
        "log_ref": reference(incidents)[table["incident"]],
        "lpa": words(AREAS, world.area_codes(table["area"])),
        "assessed": table["assessed_on"],
        "tool": np.where(table["dara"] == 1, "DARA", "DASH"),
        "by": label(table["method"], METHODS),
        "level": label(table["level"], LEVELS),
        "supervised": table["supervisor_checked"] == 1,
    }


def _survey(world: World, table: Table) -> Sheet:
    """The contractor uses semi-colons, and numbers its answers."""
    size = rows(table)
    return {
        "Case": glue("Q", digits(np.arange(size), 6)),
        "Area": words(AREA_NAMES, world.area_codes(table["area"])),
        "Eligible": written(table["eligible_on"], "d.m.Y"),
        "Not to be asked": np.char.replace(label(table["excluded"], EXCLUDED), "_", " "),
        "Drawn": yes_no(table["sampled"], "1", "0"),
        "Reached": written(table["contacted_on"], "d.m.Y"),
        "Interviewed": written(table["completed_on"], "d.m.Y"),
        "Q1 overall": np.where(table["answer"] < 0, "", (table["answer"] + 1).astype(str)),
        "Weight": np.full(size, "1,0"),
        "First response": words(SURVEY_METHODS, label(table["method"], METHODS)),
    }
