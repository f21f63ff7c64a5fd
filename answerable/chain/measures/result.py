"""A result: one figure that can explain itself.

Chart, table, sentence and open data are four renderings of this one object.
"""

from dataclasses import dataclass
from enum import StrEnum


class Status(StrEnum):
    """What a result is. Suppressed is a status, never a zero."""

    OK = "ok"
    ZERO = "zero"  # the period was covered and nothing happened
    SUPPRESSED = "suppressed"  # withheld to protect people
    MISSING = "missing"  # the source does not cover the period
    PROVISIONAL = "provisional"  # half covered, or not yet settled
    REVISED = "revised"  # differs from what an earlier release said
    NOT_COMPARABLE = "not comparable"  # the period runs across a break


class Grain(StrEnum):
    """How long a result's period is. Only months are tested; windows give sizes."""

    MONTH = "month"
    QUARTER = "quarter"  # calendar quarter
    YEAR = "year"  # financial year
    WINDOW = "window"  # a rolling year, or a period that a claim names


class Grade(StrEnum):
    """What a result or verdict rests on, best first."""

    ROWS = "from rows"
    STRATA = "strata totals"
    MONTHS = "monthly totals"
    TWO = "two figures"


class Unit(StrEnum):
    """What a value is measured in. Durations are seconds inside, shares run from 0 to 1."""

    COUNT = "count"
    SHARE = "share"
    RATIO = "ratio"  # per `per` of the denominator, e.g. arrests per 100 crimes
    SECONDS = "seconds"
    DAYS = "days"


@dataclass(frozen=True)
class Result:
    """One figure, with its full name, what it rests on and how sure it is.

    Full name: measure, version, definition (digest of the definition's text),
    statistic, area (a code in `body.toml`, or `all`), period (as spelled in
    `chain.body.Period`), grain, split (`""` for the whole, else `column=value`), basis
    (`raw`, or `standardised` to one standard mix) and source (digest of the
    snapshot).

    value     in `unit`; None unless status is ok, zero, provisional, revised or
              not comparable
    n         how many records it rests on: the denominator, or the observations
    count     the numerator of a share or ratio; None for quantiles
    lower, upper   95% interval, with its `method`; None where there is none
    excluded  how many records fell out, by reason
    rounded_to  n, count and excluded are to the nearest so many, and all else follows from
              them so; 1 where they are exact
    """

    measure: str
    version: int
    definition: str
    statistic: str
    area: str
    period: str
    grain: Grain
    unit: Unit
    value: float | None
    n: int | None
    status: Status
    source: str
    split: str = ""
    basis: str = "raw"
    count: int | None = None
    lower: float | None = None
    upper: float | None = None
    method: str = ""
    excluded: tuple[tuple[str, int], ...] = ()
    grade: Grade = Grade.ROWS
    rounded_to: int = 1

    @property
    def name(self) -> str:
        """The full name without digests, for addresses and messages."""
        parts = [self.measure, str(self.version), self.statistic, self.area, self.period]
        if self.split:
            parts.append(self.split)
        if self.basis != "raw":
            parts.append(self.basis)
        return " ".join(parts)

    @property
    def usable(self) -> bool:
        """Whether there is a value that may be compared with others of its series."""
        return self.value is not None and self.status in (
            Status.OK,
            Status.ZERO,
            Status.PROVISIONAL,
            Status.REVISED,
        )
