"""Months and periods of whole months.

A period is written `2023-11`, `2023-Q4` (calendar quarter), `2023/24` (financial
year, April to March), `2023/24-Q2` (financial quarter) or `A..B` (months, both
included). Nothing else is a period.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from functools import total_ordering

from .problems import InputMistake, Problem

NAMES = (
    "January February March April May June July August September October November December"
).split()
ALLOWED = "2023-11, 2023-Q4, 2023/24, 2023/24-Q2, or two months as 2022-12..2023-11"


@total_ordering
@dataclass(frozen=True)
class Month:
    """A calendar month, in the body's zone."""

    year: int
    month: int

    def __post_init__(self) -> None:
        if not (1 <= self.month <= 12 and 1 <= self.year <= 9999):
            raise ValueError(f"{self.year}-{self.month} is not a month")

    @classmethod
    def parse(cls, text: str) -> "Month":
        """Read `2023-11`. Raises ValueError for anything else."""
        match = re.fullmatch(r"(\d{4})-(\d{2})", text)
        if not match:
            raise ValueError(f"'{text}' is not a month")
        return cls(int(match[1]), int(match[2]))

    @classmethod
    def of(cls, day: date) -> "Month":
        """The month in which a day lies."""
        return cls(day.year, day.month)

    @property
    def index(self) -> int:
        """Months since year 0, for arithmetic."""
        return self.year * 12 + self.month - 1

    @property
    def first_day(self) -> date:
        return date(self.year, self.month, 1)

    @property
    def last_day(self) -> date:
        return date.fromordinal((self + 1).first_day.toordinal() - 1)

    @property
    def days(self) -> int:
        return (self + 1).first_day.toordinal() - self.first_day.toordinal()

    def __add__(self, months: int) -> "Month":
        year, month = divmod(self.index + months, 12)
        return Month(year, month + 1)

    def __sub__(self, other: "Month") -> int:
        """How many months later this is than another."""
        return self.index - other.index

    def __lt__(self, other: "Month") -> bool:
        return self.index < other.index

    def __str__(self) -> str:
        return f"{self.year:04d}-{self.month:02d}"

    def plain(self) -> str:
        """'November 2023'."""
        return f"{NAMES[self.month - 1]} {self.year}"


@dataclass(frozen=True)
class Period:
    """Whole months from `first` to `last`, both included.

    `text` is the spelling under which it was given, and is part of a result's name.
    """

    first: Month
    last: Month
    text: str

    def __post_init__(self) -> None:
        if self.last < self.first:
            raise ValueError(f"{self.text} ends before it begins")

    @classmethod
    def parse(cls, text: str) -> "Period":
        """Read any of the five spellings. Raises ValueError for anything else."""
        text = text.strip()
        if match := re.fullmatch(r"(\d{4}-\d{2})\.\.(\d{4}-\d{2})", text):
            return cls(Month.parse(match[1]), Month.parse(match[2]), text)
        if match := re.fullmatch(r"(\d{4})-Q([1-4])", text):
            first = Month(int(match[1]), int(match[2]) * 3 - 2)
            return cls(first, first + 2, text)
        if match := re.fullmatch(r"(\d{4})/(\d{2})(?:-Q([1-4]))?", text):
            year = int(match[1])
            if (year + 1) % 100 != int(match[2]):
                raise ValueError(f"'{text}' is not a financial year: it must run into the next")
            first = Month(year, 4) + (3 * (int(match[3]) - 1) if match[3] else 0)
            return cls(first, first + (2 if match[3] else 11), text)
        month = Month.parse(text)
        return cls(month, month, text)

    @classmethod
    def read(cls, text: str, where: str, key: str = "") -> "Period":
        """As `parse`, raising InputMistake that names the place."""
        try:
            return cls.parse(text)
        except ValueError as error:
            raise InputMistake(
                Problem(where, f"{error}", ALLOWED, "Write the period in one of these ways.", key)
            ) from None

    @classmethod
    def of(cls, first: Month, last: Month) -> "Period":
        """A period named by its months: `2023-11`, or `2022-12..2023-11`."""
        return cls(first, last, str(first) if first == last else f"{first}..{last}")

    def __len__(self) -> int:
        return self.last - self.first + 1

    def __iter__(self) -> Iterator[Month]:
        return (self.first + i for i in range(len(self)))

    def __contains__(self, month: Month) -> bool:
        return self.first <= month <= self.last

    def __str__(self) -> str:
        return self.text

    def covers(self, other: "Period") -> bool:
        """Whether every month of `other` lies in this."""
        return self.first <= other.first and other.last <= self.last

    def earlier(self, months: int) -> "Period":
        """The same length, so many months earlier."""
        return Period.of(self.first + -months, self.last + -months)

    @property
    def days(self) -> int:
        return (self.last + 1).first_day.toordinal() - self.first.first_day.toordinal()

    def plain(self) -> str:
        """In words: 'November 2023', 'December 2022 to November 2023', '2023/24 (…)'."""
        span = (
            self.first.plain()
            if self.first == self.last
            else f"{self.first.plain()} to {self.last.plain()}"
        )
        return f"{self.text} ({span})" if "Q" in self.text or "/" in self.text else span


def quarter_of(month: Month) -> Period:
    """The calendar quarter in which a month lies."""
    return Period.parse(f"{month.year}-Q{(month.month + 2) // 3}")


def financial_year_of(month: Month) -> Period:
    """The financial year, April to March, in which a month lies."""
    start = month.year if month.month >= 4 else month.year - 1
    return Period.parse(f"{start}/{(start + 1) % 100:02d}")
