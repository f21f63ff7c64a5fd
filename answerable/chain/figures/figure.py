"""One figure as somebody gave it: typed, pasted, or out of a spreadsheet."""

from dataclasses import dataclass
from datetime import date
from typing import Literal

from ..body import WHOLE, Period
from ..measures import Status, Unit

USABLE = frozenset({Status.OK, Status.ZERO, Status.PROVISIONAL, Status.REVISED})
STANDING = frozenset({"open", "median_open_days", "coverage"})
"""Statistics of what stands at a day: the months of a year do not add up to the year."""


@dataclass(frozen=True)
class Figure:
    """A total that was given, without the records behind it.

    measure    key of a definition, or a name made from the title where there is none
    title      what it is called where it stood
    statistic  of the definition, or `value` where there is none. A whole count under `value`
               is of what happened and adds up over months; `open` is of what stands at a day,
               such as posts filled, and does not. `mean` is an average, such as of waiting
               times; `satisfied` a share of those who answered a survey
    period     whole months: one, or a quarter, a year, or any run of them
    area       a code of the body, or the name as it stood; `all` is the whole
    value      in `unit`: shares from 0 to 1, durations in seconds; None unless usable
    numerator, denominator   counts where they were given; None where only a value was. A
               denominator alone is how many a time, an average, or a share rests on: those
               who answered a survey, whose weights may make the share none of its counts
    status     `suppressed` for `<5` and the like, `missing` for an empty or dashed cell
    source     the document: its name, and what it is
    place      where in it: `Sheet1!C7`, `line 12`, `typed`
    typed_by   who entered it; empty for a file that was read
    typed_on   and when
    per        of a ratio: so many of the denominator, as 100 or 1,000
    better     which way is good, where that was said; empty where it was not
    note       what was written beside it
    """

    measure: str
    title: str
    period: Period
    unit: Unit
    statistic: str = "value"
    area: str = WHOLE
    value: float | None = None
    numerator: float | None = None
    denominator: float | None = None
    status: Status = Status.OK
    source: str = ""
    place: str = ""
    typed_by: str = ""
    typed_on: date | None = None
    per: int = 100
    better: Literal["", "lower", "higher", "neither"] = ""
    note: str = ""

    @property
    def counted(self) -> bool:
        """Whether it is a share or ratio that came with both of its counts."""
        return (
            self.unit in (Unit.SHARE, Unit.RATIO)
            and self.numerator is not None
            and bool(self.denominator)
        )

    @property
    def known(self) -> float | None:
        """The value that may be used: from its counts where they were given, else as it
        stood; None where it is withheld, missing, or out of nothing."""
        if self.status not in USABLE:
            return None
        if self.counted:
            assert self.numerator is not None and self.denominator is not None  # noqa: S101
            scale = self.per if self.unit == Unit.RATIO else 1
            return scale * self.numerator / self.denominator
        return self.value

    @property
    def span(self) -> tuple[int, int]:
        """Its first and last month, for comparing periods however they were spelled."""
        return self.period.first.index, self.period.last.index
