"""The definition of a measure: one TOML file, readable by a civil servant.

What is written here is published verbatim beside the figures.
"""

import hashlib
import re
from datetime import date
from pathlib import Path
from typing import Any, Literal

from pydantic import Field, field_validator, model_validator

from ..body import Schema, read_toml

Kind = Literal[
    "count",
    "proportion",
    "ratio",
    "duration",
    "survey",
    "coverage",
    "stock",
    "pathway",
    "figures",
]
NAME = r"^[a-z][a-z0-9_]*$"

STATISTICS: dict[str, tuple[str, ...]] = {
    "count": ("count", "per_day"),
    "proportion": (
        "rate",
        "mix",  # share of the whole denominator with each value of `mix`, as a split
    ),
    "ratio": ("ratio", "numerator", "denominator"),
    "duration": (
        "median",
        "p90",
        "within_target",  # share of those with both times
        "eligible_within_target",  # share of ALL eligible; unattended and missing count as not
        "missing_share",  # share of the included with no usable stop
    ),
    "survey": ("satisfied", "response_rate", "excluded_share"),
    "coverage": ("coverage",),
    "stock": ("open", "median_open_days"),
    "pathway": ("completed", "reached", "step_rate", "lost"),
    "figures": (
        "value",  # as given: a count of what happened, a share, a time
        "count",
        "per_day",
        "numerator",
        "denominator",
        "rate",
        "ratio",
        "mean",
        "median",
        "p90",
        "within_target",
        "eligible_within_target",
        "missing_share",
        "satisfied",
        "response_rate",
        "excluded_share",
        "coverage",
        "open",  # what stands at a day: months do not add up
        "median_open_days",
        "completed",
    ),
}
"""The statistics that each kind may have. `reached`, `step_rate` and `lost` carry the
step or the reason as a split: `step=offered`, `reason=link_failed`; `mix` the value of its
column: `outcome_code=8`."""


class Side(Schema):
    """One side of a ratio."""

    table: str
    include: str
    at: str


class Target(Schema):
    """A target that someone set: `at_most` or `at_least`, in the measure's own unit.

    Durations are written `60 minutes`, shares `80%`. `source` says who set it; a target
    without a source is not a target.
    """

    at_most: str | float | None = None
    at_least: str | float | None = None
    statistic: str = ""
    since: date
    source: str

    @model_validator(mode="after")
    def _one_side(self) -> "Target":
        if (self.at_most is None) == (self.at_least is None):
            raise ValueError("a target has either at_most or at_least")
        return self


class Matters(Schema):
    """The smallest change worth acting on, and why."""

    by: str | float
    why: str


class Break(Schema):
    """A day from which the figures are not comparable with those before."""

    on: date
    why: str


class Step(Schema):
    """One step of a pathway. `when` is the expression that says it was reached."""

    key: str = Field(pattern=NAME)
    title: str
    when: str


class Case(Schema):
    """A worked case: rows of the table and the value that they must give.

    `rows` give only the columns that matter; the rest are empty. `period` is one month
    unless said. A ratio's rows name their table: `{ table = "arrests", … }`.
    """

    title: str
    rows: tuple[dict[str, Any], ...]
    statistic: str
    gives: float | None
    n: int | None = None
    split: str = ""
    period: str = "2024-01"
    area: str = "all"


class Definition(Schema):
    """What a measure is and how it is counted. See `docs/reference/measures.md`."""

    key: str = Field(pattern=NAME)
    version: int = Field(ge=1)
    title: str
    question: str
    why: str
    plain: str
    """How it is counted, for anyone."""
    technical: str
    """How it is counted, for an analyst."""
    family: str
    """The family of claims that it can test: response_time, arrest, … ."""
    kind: Kind
    table: str = ""
    include: str = ""
    at: str = ""
    of: str = ""
    mix: str = ""
    """Proportion: the column whose values take the whole apart, such as `outcome_code`."""
    numerator: Side | None = None
    denominator: Side | None = None
    per: int = 100
    start: str = ""
    stop: str = ""
    eligible: str = ""
    answer: str = ""
    satisfied: tuple[str, ...] = ()
    weight: str = ""
    asked: str = ""
    """Survey: the expression that says a person was asked (drawn and reached)."""
    excluded_by: str = ""
    """Survey: the column of the reason why a person was not asked."""
    opened: str = ""
    closed: str = ""
    steps: tuple[Step, ...] = ()
    lost_reason: str = ""
    reasons: dict[str, str] = {}
    """Plain words for each code of `lost_reason` or `excluded_by`."""
    statistics: tuple[str, ...]
    units: dict[str, Literal["count", "share", "ratio", "seconds", "days"]] = {}
    """Figures: what each statistic is measured in."""
    unit: str = ""
    """The noun counted, plural: 'incidents', 'arrests per 100 crimes'."""
    target: Target | None = None
    better: Literal["lower", "higher", "neither"]
    matters: Matters | None = None
    strata: tuple[str, ...] = ()
    splits: tuple[str, ...] = ()
    chart: Literal["xmr", "run", "p", "p-prime", "u", "u-prime", "c", "g", "t", "none"] = "xmr"
    settles_after: str = "0 days"
    owner: str
    checked_by: str = ""
    checked_on: date | None = None
    next_check: date | None = None
    """Who checked it, when, and when next: needed of all but figures as given."""
    status: Literal["draft", "published", "archived"]
    archived_because: str = ""
    breaks: tuple[Break, ...] = ()
    replaces: str = ""
    cases: tuple[Case, ...] = ()
    digest: str = ""
    """sha256 of the file's text, filled in when read."""

    @field_validator("at", "opened", "closed")
    @classmethod
    def _a_date(cls, name: str) -> str:
        if name and not re.fullmatch(r"[a-z_]+_(on|from|to)", name):
            raise ValueError(f"'{name}' is not a date column; name one that ends in _on")
        return name

    @model_validator(mode="after")
    def _complete(self) -> "Definition":
        needed = _NEEDS[self.kind] + (() if self.as_given else _CHECKED)
        missing = [name for name in needed if not getattr(self, name)]
        if missing:
            raise ValueError(f"a measure of kind '{self.kind}' also needs: {', '.join(missing)}")
        allowed = STATISTICS[self.kind]
        if strays := [name for name in self.statistics if name not in allowed]:
            raise ValueError(
                f"{', '.join(strays)}: a measure of kind '{self.kind}' gives {', '.join(allowed)}"
            )
        if self.as_given and set(self.units) != set(self.statistics):
            raise ValueError("units gives the unit of each statistic, and of nothing else")
        if ("mix" in self.statistics) != bool(self.mix):
            raise ValueError("the statistic 'mix' and the key mix, its column, stand together")
        if self.status == "archived" and not self.archived_because:
            raise ValueError("an archived measure says why, in archived_because")
        return self

    @property
    def as_given(self) -> bool:
        """Whether it is of figures that were given, and counts nothing by itself."""
        return self.kind == "figures"

    @property
    def settles_days(self) -> int:
        """Days after a period's end for which its figures stay provisional."""
        return int(self.settles_after.split()[0])


_CHECKED = ("checked_by", "checked_on", "next_check", "cases")
_NEEDS: dict[str, tuple[str, ...]] = {
    "count": ("table", "include", "at"),
    "proportion": ("table", "include", "of", "at"),
    "ratio": ("numerator", "denominator", "per"),
    "duration": ("table", "include", "at", "start", "stop", "eligible"),
    "survey": ("table", "include", "at", "answer", "satisfied", "asked", "excluded_by"),
    "coverage": ("table", "include", "opened", "closed", "of"),
    "stock": ("table", "include", "opened", "closed"),
    "pathway": ("table", "include", "at", "steps", "lost_reason"),
    "figures": ("units",),
}


def read_definition(path: Path) -> Definition:
    """Read a measure's file. Raises InputMistake with every problem in it."""
    digest = hashlib.sha256(path.read_bytes()).hexdigest() if path.is_file() else ""
    return read_toml(path, Definition, f"measures/{path.name}", digest=digest)
