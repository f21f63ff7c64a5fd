"""One figure as somebody gave it: typed, pasted, or out of a spreadsheet."""

from dataclasses import dataclass
from datetime import date

from ..body import WHOLE, Period
from ..measures import Status, Unit


@dataclass(frozen=True)
class Figure:
    """A total that was given, without the records behind it.

    measure    key of a definition, or a name made from the title where there is none
    title      what it is called where it stood
    statistic  of the definition, or `value` where there is none
    period     whole months: one, or a quarter, a year, or any run of them
    area       a code of the body, or the name as it stood; `all` is the whole
    value      in `unit`: shares from 0 to 1, durations in seconds; None unless usable
    numerator, denominator   counts where they were given; None where only a value was
    status     `suppressed` for `<5` and the like, `missing` for an empty or dashed cell
    source     the document: its name, and what it is
    place      where in it: `Sheet1!C7`, `line 12`, `typed`
    typed_by   who entered it; empty for a file that was read
    typed_on   and when
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
