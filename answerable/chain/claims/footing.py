"""What figures that were given can be used for: how they read, and what stands against them."""

from dataclasses import replace

from ..body import WHOLE, Period
from ..figures import Figure, Totals, Whole
from ..measures import Unit, shown
from ..statistics.target import LEAST_ANSWERS
from . import doubt
from .doubt import Doubt
from .figure import Wordy

LEAST_RECORDS = 20


def wordy_of_totals(totals: Totals) -> Wordy:
    """How the figures read; the area stands in the title."""
    title = totals.title if totals.area == WHOLE else f"{totals.title}, {totals.area}"
    statistic = "count" if totals.adds_up and totals.statistic == "value" else totals.statistic
    if statistic == "satisfied" and "satisf" not in title.lower():
        statistic = "value"  # people were asked, and of something else
    return Wordy(title, statistic, totals.unit, totals.per, totals.standing)


STANDING_WORDS = (
    "month end", "month-end", "end of month", "end of the month", "end of period",
    "open cases", "cases open", "caseload", "backlog", "waiting list", "people waiting",
    "in post", "posts filled", "filled posts", "headcount", "vacancies",
)  # fmt: skip
"""Words of a title that say a figure stands at a day, and carries over to the next."""
STANDING_SHARES = (*STANDING_WORDS, "trained", "training", "vacancy", "filled")
"""The same of a percentage."""


def stands_by_title(title: str, unit: Unit) -> bool:
    """Whether a title says that its figures stand at a day."""
    words = {Unit.COUNT: STANDING_WORDS, Unit.SHARE: STANDING_SHARES}.get(unit, ())
    return any(word in title.lower() for word in words)


def standing_of(totals: Totals, standing: bool | None) -> Totals:
    """The figures as what stands at a day, where they are that: as said, or by their title.

    standing   as said; None where nobody did
    """
    if totals.standing or totals.statistic != "value":
        return totals
    if standing is None:
        standing = stands_by_title(totals.title, totals.unit)
    if not standing or totals.unit not in (Unit.COUNT, Unit.SHARE):
        return totals
    statistic = "coverage" if totals.unit == Unit.SHARE else "open"
    return Totals(replace(figure, statistic=statistic) for figure in totals.figures)


def not_pooled(unit: Unit) -> Doubt:
    """Why monthly figures do not make up that of the whole period."""
    behind = counts_behind(unit, "month")
    return doubt.not_pooled(kind_of(unit), behind.replace(", and", ", or", 1) if behind else "")


def counts_behind(unit: Unit, each: str = "one") -> str:
    """What a percentage or a rate is asked for besides; nothing for times."""
    if unit in (Unit.SECONDS, Unit.DAYS):
        return ""
    return f", and the counts behind each {each}: how many, out of how many"


def averaged(unit: Unit) -> str:
    """The note beside the mean of months where the figure of the whole is not known."""
    timed = unit in (Unit.SECONDS, Unit.DAYS)
    needs = "only the records can give" if timed else "needs the counts behind them"
    return (
        f"The average of monthly {kind_of(unit)} is not the figure of the whole period, which"
        f" {needs}."
    )


def kind_of(unit: Unit) -> str:
    """What the values are called in the plural."""
    return {
        Unit.SHARE: "percentages",
        Unit.RATIO: "rates",
        Unit.SECONDS: "times",
        Unit.DAYS: "times",
        Unit.COUNT: "figures",
    }[unit]


def too_few(whole: Whole | None, period: Period, unit: Unit, survey: bool) -> Doubt | None:
    """A survey without its answers or with too few; a share or time on too few records."""
    n = None if whole is None else whole.denominator
    if survey:
        if n is None:
            return doubt.NO_ANSWERS
        return doubt.few_answers(int(n), LEAST_ANSWERS) if n < LEAST_ANSWERS else None
    if n is None or unit == Unit.COUNT or n >= LEAST_RECORDS:
        return None
    return doubt.few(int(n), LEAST_RECORDS, "records", period)


def twice_in(totals: Totals, period: Period) -> Doubt | None:
    """Different figures given for a period, or for one of the parts used for it."""
    used = {part.span for part in totals.parts(period)}
    used |= {(month.index, month.index) for month in period}
    for one, other in totals.conflicts:
        if one.span in used:
            said = [(_shown(f), f.place) for f in (one, other)]
            return doubt.given_twice(one.period, said)
    return None


def _shown(figure: Figure) -> str:
    if figure.known is None:
        return "withheld"
    text = shown(figure.known, figure.unit, figure.per)
    if figure.counted:
        return f"{figure.numerator:,.0f} of {figure.denominator:,.0f} ({text})"
    return text


def added_up(totals: Totals, whole: Whole | None) -> float | None:
    """What the months of a period come to, where the period's own figure was given too."""
    if whole is None or not whole.given or len(whole.period) == 1:
        return None
    if not totals.covered(whole.period):
        return None
    months = [totals.months[month] for month in whole.period]
    pooled = totals.pooled(whole.period, months)
    return None if pooled is None else pooled.value
