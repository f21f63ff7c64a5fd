"""A claim as an object: the words, who said them, and how we read them."""

from datetime import date
from enum import StrEnum
from typing import Any, Literal

from pydantic import Field, model_validator

from ..body import Month, Period, Schema

Says = Literal[
    "improved",
    "worsened",
    "rose",
    "fell",
    "unchanged",
    "meets",
    "misses",
    "just_misses",
    "value",
    "outlier",
    "in_place",
]

COMPARES = frozenset({"improved", "worsened", "rose", "fell", "unchanged"})
"""The readings that need a baseline."""


class Wording(StrEnum):
    """The verdict on a claim as worded."""

    TESTABLE = "testable as worded"
    NOT_TESTABLE = "not testable as worded"
    NOT_A_FIGURE = "not a matter of figures"  # an intention, a feeling, an event to come


class Retelling(Schema):
    """How someone else told it: whether the scope was kept, widened or lost."""

    source: str
    words: str
    scope: Literal["kept", "widened", "lost"]
    note: str = ""


class Reading(Schema):
    """One way to test the claim, with who chose it and why."""

    says: Says
    measure: str
    statistic: str
    area: str = "all"
    split: str = ""
    period: str = ""
    baseline: str = ""
    value: str | float | None = None
    margin: str | float | None = None
    changed_at: date | None = None
    """What compares: whether it changed at this date, beyond the way it was going already."""
    on: date | None = None
    """`in_place`: the day by which it was said to be in place."""
    bound_by: str
    bound_on: date
    why: str
    agreed_with_force: bool = False

    @model_validator(mode="before")
    @classmethod
    def _from_the_date(cls, values: Any) -> Any:
        """A change at a date is read over the twelve months from it and the twelve before."""
        at = values.get("changed_at") if isinstance(values, dict) else None
        day = date.fromisoformat(at) if isinstance(at, str) else at
        if not isinstance(day, date):
            return values
        period = Period.of(Month.of(day), Month.of(day) + 11)
        follow = {"period": str(period), "baseline": str(period.earlier(12))}
        return values | {key: values.get(key) or text for key, text in follow.items()}

    @model_validator(mode="after")
    def _at_its_date(self) -> "Reading":
        if self.changed_at is None:
            return self
        if self.says not in COMPARES - {"unchanged"}:
            raise ValueError(f"'changed_at' belongs to a change, and '{self.says}' is none")
        period = Period.of(Month.of(self.changed_at), Month.of(self.changed_at) + 11)
        if (self.period, self.baseline) != (str(period), str(period.earlier(12))):
            raise ValueError("with 'changed_at' the periods follow from the date: leave them out")
        return self

    @model_validator(mode="after")
    def _complete(self) -> "Reading":
        for text in (self.period, self.baseline):
            if text:
                Period.parse(text)
        if self.says in COMPARES and not (self.period and self.baseline):
            raise ValueError(f"'{self.says}' needs a period and a baseline")
        if self.says == "value" and self.value is None:
            raise ValueError("'value' needs the value that was stated")
        return self


class Claim(Schema):
    """One assertion in one public text."""

    key: str = Field(pattern=r"^[a-z0-9][a-z0-9-]*$")
    words: str
    published_by: str
    attributed_to: str = ""
    quoted: bool = False
    said_on: date
    source: str
    section: str = ""
    """Where it stands in the source, for the order in which claims are shown."""
    as_worded: Wording
    lacks: tuple[str, ...] = ()
    """What the words leave open: measure, period, baseline, area, size."""
    told_in: tuple[Retelling, ...] = ()
    reading: tuple[Reading, ...] = ()
    see: tuple[str, ...] = ()
    """Measures to show beside a claim that no reading can test."""
    checked_by: str = ""
    note: str = ""

    @model_validator(mode="after")
    def _honest(self) -> "Claim":
        if self.as_worded == Wording.NOT_TESTABLE and not self.lacks:
            raise ValueError("a claim that is not testable as worded says what it lacks")
        return self
