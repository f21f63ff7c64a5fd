"""A definition of each kind, beside its rules in Python."""

from datetime import date

from tests.oracle.measures.rows import Row
from tests.spec.measuring import define

TARGET = 3600
DA = "strand = 'domestic_abuse'"


def is_da(row: Row) -> bool:
    return row["strand"] == "domestic_abuse"


COUNT = define(
    "count", kind="count", table="incidents", include=f"{DA} and duplicate is not true",
    at="received_on", statistics=("count", "per_day"), splits=("channel",),
)  # fmt: skip
PROPORTION = define(
    "proportion", kind="proportion", table="crimes", include=DA, of="outcome_code in (1, 8)",
    mix="outcome_code", at="recorded_on", statistics=("rate", "mix"), splits=("risk_level",),
    strata=("risk_level", "area"), settles_after="60 days",
)  # fmt: skip
RATIO = define(
    "ratio", kind="ratio", numerator={"table": "arrests", "include": DA, "at": "arrested_on"},
    denominator={"table": "crimes", "include": DA, "at": "recorded_on"}, per=100,
    statistics=("ratio", "numerator", "denominator"), strata=("area",), splits=("strand",),
)  # fmt: skip
DURATION = define(
    "duration", kind="duration", table="incidents",
    include=f"{DA} and first_grade = 2 and response_method = 'attended'",
    eligible=f"{DA} and first_grade = 2", at="received_on", start="received_at",
    stop="first_arrived_at", splits=("risk_level",), strata=("channel", "risk_level", "area"),
    statistics=("median", "p90", "within_target", "eligible_within_target", "missing_share"),
    target={"at_most": "60 minutes", "since": date(2020, 1, 1), "source": "a test"},
)  # fmt: skip
WAIT = define(
    "wait", kind="duration", table="service_returns", include="true", eligible="true",
    at="referred_on", start="referred_on", stop="first_seen_on",
    statistics=("median", "p90", "missing_share"), splits=("service",),
)  # fmt: skip
SURVEY = define(
    "survey", kind="survey", table="survey_contacts", include=DA, at="eligible_on",
    answer="overall", satisfied=("completely_satisfied", "very_satisfied"), weight="weight",
    asked="sampled", excluded_by="excluded_reason", splits=("response_method",),
    statistics=("satisfied", "response_rate", "excluded_share"),
)  # fmt: skip
COVERAGE = define(
    "coverage", kind="coverage", table="training", include="true", opened="in_scope_from",
    closed="in_scope_to", of="completed_on <= period_end and expires_on > period_end",
    statistics=("coverage",), splits=("department",),
)  # fmt: skip
STOCK = define(
    "stock", kind="stock", table="training", include="completed_on is null",
    opened="in_scope_from", closed="in_scope_to", statistics=("open", "median_open_days"),
)  # fmt: skip
PATHWAY = define(
    "pathway", kind="pathway", table="video_responses", include=DA, at="received_on",
    steps=[
        {"key": "safe", "title": "Safe", "when": "eligible"},
        {"key": "offered", "title": "Offered", "when": "offered"},
        {"key": "done", "title": "Done", "when": "completed_at is not null"},
    ],
    lost_reason="lost_reason", statistics=("completed", "reached", "step_rate", "lost"),
)  # fmt: skip
ALL = (COUNT, PROPORTION, RATIO, DURATION, WAIT, SURVEY, COVERAGE, STOCK, PATHWAY)


def seconds_of(row: Row) -> float | None:
    """The wait of an included incident; None where it has none."""
    arrived = row["first_arrived_at"]
    if arrived is None or arrived < row["received_at"]:
        return None
    return float((arrived - row["received_at"]).total_seconds())


def is_priority(row: Row) -> bool:
    return is_da(row) and row["first_grade"] == 2


def is_attended(row: Row) -> bool:
    return is_priority(row) and row["response_method"] == "attended"
