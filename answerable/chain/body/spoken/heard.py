"""What was understood of a written period."""

from dataclasses import dataclass
from datetime import date
from typing import Literal

from ..periods import Month, Period
from ..problems import InputMistake, Problem

Shape = Literal["month", "quarter", "half", "year", "rolling", "to date", "span"]
Calendar = Literal["calendar", "financial"]


@dataclass(frozen=True)
class Heard:
    """One way to read a period as written.

    period   whole months, under one of the spellings of `Period`
    shape    month, quarter, half, year (calendar or financial), rolling (twelve months to),
             to date (from the start of a year), span (any other run of months)
    assumed  what was taken for granted, each a plain sentence; empty where the words say all
    day      where a date labels the month: `first` or `last` day of it, else empty
    """

    period: Period
    shape: Shape
    assumed: tuple[str, ...] = ()
    day: str = ""


@dataclass(frozen=True)
class Spoken:
    """A period as someone wrote it.

    readings  none: refused, and `reason` says why. One: understood. Several: the words allow
              each, and `reason` says what decides.
    relative  whether only the day of speaking fixes it ('last year')
    open      `since` or `by` where the words give only a beginning or a deadline
    """

    text: str
    readings: tuple[Heard, ...]
    reason: str = ""
    relative: bool = False
    open: Literal["", "since", "by"] = ""

    @property
    def period(self) -> Period | None:
        """The period, where the words allow one reading only."""
        return self.readings[0].period if len(self.readings) == 1 else None

    @property
    def shape(self) -> Shape | None:
        return self.readings[0].shape if len(self.readings) == 1 else None

    @property
    def assumed(self) -> tuple[str, ...]:
        return self.readings[0].assumed if len(self.readings) == 1 else ()

    def required(self, where: str, key: str = "") -> Period:
        """The period. Raises InputMistake, naming the place, where there is not just one."""
        if self.period is not None:
            return self.period
        each = " or ".join(str(one.period) for one in self.readings)
        raise InputMistake(
            Problem(where, self.reason, each or ALLOWED, "Write the period in one of these ways.",
                    key)
        )  # fmt: skip


ALLOWED = (
    "whole months, as 2023-11, Nov 2023, Q2 2023/24, 2023/24, 12m to Apr-15, YTD Sept 2023"
    " or 2022-12..2023-11"
)


class Refused(Exception):
    """These words are a period, and it cannot be used; the text says why."""


@dataclass(frozen=True)
class Context:
    """What stands round a period and may complete it.

    year       a year alone, or the period of a year: completes 'Apr' and 'Q2'
    calendar   whose quarters, halves and years are meant, where the words do not say
    day_first  whether 01/04 is the first of April; None: it is, unless it cannot be
    """

    year: "int | Period | None" = None
    calendar: Calendar | None = None
    day_first: bool | None = None


def financial(year: int) -> Period:
    """The financial year that begins in April of a year."""
    return Period.parse(f"{year}/{(year + 1) % 100:02d}")


def month_labelled_by(day: date) -> Heard:
    """The month that a date stands for: by its first or its last day.

    Raises Refused for a day within a month: whole months only.
    """
    month = Month.of(day)
    which = "first" if day == month.first_day else "last" if day == month.last_day else ""
    if not which:
        raise Refused(
            "this is a day within a month; a period here is whole months, and a month may be"
            " labelled by its first or last day only"
        )
    return Heard(Period.of(month, month), "month", day=which)
