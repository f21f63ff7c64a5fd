"""Why a reading cannot be told, and what would settle it. Every such sentence stands here."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date

from ..body import Month, Period
from ..body.periods import NAMES
from ..measures import Definition
from ..statistics import Change, Obstacle


@dataclass(frozen=True)
class Doubt:
    """One reason, as the end of 'this cannot be told: …', and what would settle it.

    bare   whether not even the recorded figures may stand side by side
    """

    key: str
    reason: str
    settle: str
    bare: bool = False


def listed(words: Sequence[str]) -> str:
    """'May 2023', 'May and June 2023': a list as a sentence has it."""
    if len(words) < 2:
        return "".join(words)
    return f"{', '.join(words[:-1])} and {words[-1]}"


def months_in_words(months: Sequence[Month]) -> str:
    """Runs of months: 'May 2022, and July to September 2022'."""
    runs: list[list[Month]] = []
    for month in sorted(months):
        if runs and month - runs[-1][-1] == 1:
            runs[-1].append(month)
        else:
            runs.append([month])
    return listed([Period.of(run[0], run[-1]).plain() for run in runs])


def in_months(period: Period) -> str:
    """A period by its months, however it was spelled."""
    return Period.of(period.first, period.last).plain()


def no_figures(period: Period) -> Doubt:
    return Doubt(
        "no figures",
        f"the record has no figure for {in_months(period)}",
        f"Records that cover {in_months(period)}.",
        bare=True,
    )


def not_covered(months: Sequence[Month]) -> Doubt:
    words = months_in_words(months)
    return Doubt(
        "not covered",
        f"the record does not hold a usable figure for {words}",
        f"Records that cover {words}.",
    )


def broken(definition: Definition, span: Period) -> Doubt | None:
    """The first break of a measure inside a span of months, told with its date and reason."""
    inside = [b for b in definition.breaks if span.first.first_day < b.on <= span.last.last_day]
    if not inside:
        return None
    first, last = min(inside, key=lambda b: b.on), max(inside, key=lambda b: b.on)
    after = Month.of(last.on) + (0 if last.on.day == 1 else 1)
    return Doubt(
        "break",
        f"what is counted changed on {day(first.on)} ({first.why.strip().rstrip('.')}), so the"
        " figures before and after it are not comparable",
        f"Two periods on one side of {day(last.on)}: the first twelve months that can be set"
        f" against the twelve before end in {(after + 23).plain()}.",
        bare=True,
    )


def day(on: date) -> str:
    """'25 April 2023'."""
    return f"{on.day} {NAMES[on.month - 1]} {on.year}"


SUPPRESSED = Doubt(
    "suppressed",
    "figures of these months are withheld to protect people",
    "A longer period or a larger area, in which nobody can be told apart.",
    bare=True,
)

TWO_FIGURES = Doubt(
    "two figures",
    "only two figures are known, and two figures always differ; how much they differ anyway"
    " from month to month is not known",
    "The monthly figures of both periods, and of the year before them.",
)


def whole_periods(period: Period, baseline: Period, *, mix: bool, longest: int) -> Doubt:
    """Figures of whole periods without their months: two of them, or a few quarters.

    longest   how many months the longest of the figures used takes in
    """
    months = len(period) + len(baseline)
    groups = ", each by groups of like cases where the mix of cases may have changed" if mix else ""
    settle = f"The {months} monthly figures of both periods{groups}."
    if longest >= max(len(period), len(baseline)):
        return Doubt("two figures", TWO_FIGURES.reason, settle)
    return Doubt(
        "no months",
        f"the figures are of {longest} months at a time, and so few cannot show how much they"
        " differ anyway",
        settle,
    )


def not_given(months: Sequence[Month]) -> Doubt:
    words = months_in_words(months)
    return Doubt(
        "not covered", f"no usable figure was given for {words}", f"Monthly figures for {words}."
    )


def none_given(period: Period) -> Doubt:
    """As `no_figures`, of figures that came without their records."""
    words = in_months(period)
    return Doubt(
        "no figures", f"no figure was given for {words}", f"Monthly figures for {words}.", bare=True
    )


def parts_not_pooled(what: str, settles: str) -> Doubt:
    """what, settles   as for `not_pooled`, of quarters or other parts of the periods"""
    return Doubt(
        "not pooled",
        f"the {what} that were given are of parts of these periods, and parts alone do not make up"
        " the figure of the whole",
        f"The monthly figures of both periods{settles}.",
    )


def withheld(months: Sequence[Month]) -> Doubt:
    words = months_in_words(months)
    return Doubt(
        "suppressed",
        f"what was given for {words} is withheld as too small to show",
        f"A longer period or a larger area; or the figure for {words}, from whoever withheld it,"
        " where it may be shown to you.",
        bare=True,
    )


def given_twice(period: Period, said: Sequence[tuple[str, str]]) -> Doubt:
    """said   the different values, each with the place where it stands"""
    values = listed([f"{value}{f' ({place})' if place else ''}" for value, place in said])
    return Doubt(
        "given twice",
        f"for {in_months(period)} different figures were given: {values}",
        "Which of them is right, from whoever supplied them.",
        bare=True,
    )


def not_pooled(what: str, settles: str) -> Doubt:
    """what   'percentages', 'rates', 'times'; settles   what else than the whole would do"""
    return Doubt(
        "not pooled",
        f"only monthly {what} were given, and their average is not the figure of the whole period",
        f"The figure of the whole period{settles}.",
    )


NO_ANSWERS = Doubt(
    "no answers",
    "this is a survey, and how many people answered was not given",
    "How many answered in each period, how many were asked, and how the answers were weighted.",
)

SIDES = Doubt(
    "two sides",
    "the figure given for the whole period and the one that its parts come to lie on different"
    " sides of the target",
    "Which of the two is right, from whoever supplied them.",
)

SIGNS = Doubt(
    "signs differ",
    "the records of the whole period and its months taken one by one point in opposite"
    " directions, so a few months of unusual size or mix decide the figure",
    "The same figures by month and by group of like cases, read together.",
)

NO_MARGIN = Doubt(
    "no margin",
    "the measure does not say what size of change matters, so 'unchanged' and 'just misses'"
    " have no meaning here",
    "A smallest change that matters, with a reason, in the measure or in the reading.",
)

NO_TARGET = Doubt(
    "no target",
    "the measure has no target for this figure",
    "A target with its source and the day from which it holds.",
)


def few(n: int, least: int, noun: str, period: Period) -> Doubt:
    return Doubt(
        "few",
        f"{in_months(period)} rests on {n:,} {noun if n != 1 else 'record'}, and {least} are the"
        " fewest on which a share, a rate or a time is judged",
        f"A longer period or a larger area with at least {least} records.",
    )


def few_answers(n: int, least: int) -> Doubt:
    answers = "1 answer is" if n == 1 else f"{n:,} answers are"
    return Doubt(
        "few",
        f"{answers} too few for a survey to be set against anything",
        f"At least {least} answers, from a longer period or a larger sample.",
    )


def across(near: bool, needed: int | None) -> Doubt:
    more = (
        f"About {needed:,} answers, if the figure stays where it is."
        if needed
        else "More answers, so that the interval narrows."
    )
    line = "an end of what counts as just missing" if near else "the target"
    return Doubt("interval", f"the interval reaches across {line}", more)


NO_INTERVAL = Doubt(
    "interval", "the survey figure came without an interval", "The answers, or their interval."
)


def immature(settles_days: int) -> Doubt:
    wait = (
        f"The same reading once the last month is more than {settles_days} days old"
        if settles_days
        else "The same reading once the last month is complete"
    )
    return Doubt(
        "immature",
        "the latest months are not settled, and figures that have not settled lean towards what"
        " was said",
        f"{wait}.",
    )


def missing_moved(before: str, after: str) -> Doubt:
    return Doubt(
        "missing",
        f"the share without a usable time moved from {before} to {after}, and if the additional"
        " gaps hide the cases that speak against the claim the verdict changes",
        "The missing times, or a reason why they are missing that does not depend on how long"
        " people waited.",
    )


OPPOSED = Doubt(
    "mix opposed",
    "at the same mix of cases the figure went the other way, while the part that the mix makes"
    " cannot itself be shown",
    "The figures within each group of like cases.",
)


def untested(change: Change, period: Period, baseline: Period) -> Doubt:
    """A comparison that the rule refuses, with what could be tested instead."""
    obstacle = change.obstacle
    assert obstacle is not None  # noqa: S101  # only untestable changes come here
    reason = _OBSTACLES[obstacle].format(
        period=in_months(period), baseline=in_months(baseline), absent=_absent(change)
    )
    return Doubt(str(obstacle.name).lower(), reason, _settle(change, period))


def of_what_stands(why: Doubt) -> Doubt:
    """The same of a figure that stands at a day, which needs no test to be told for one day."""
    at_once = (
        "The figure at the end of any one month can be told as it stands, and set against a target."
    )
    return replace(why, settle=f"{why.settle} {at_once}")


def _absent(change: Change) -> str:
    return months_in_words(change.absent) if change.absent else "earlier months"


_OBSTACLES = {
    Obstacle.OVERLAP: "the two periods overlap, so some months would be compared with themselves",
    Obstacle.ORDER: "the baseline comes after the period",
    Obstacle.LENGTHS: "the two periods are not of the same length",
    Obstacle.SEASON: "{period} and {baseline} are different times of year, and season alone"
    " makes such figures differ",
    Obstacle.SHORT: "the period is too short, as single months and a few months differ anyway",
    Obstacle.HISTORY: "the record does not go back far enough ({absent} would be needed)",
    Obstacle.GAPS: "the record does not hold a usable figure for {absent}",
    Obstacle.STILL: "the figures do not vary from month to month, so there is no ordinary"
    " variation to compare a change with",
    Obstacle.DATE_HISTORY: "an effect at a date needs 24 months before it and 12 after, and the"
    " record does not hold {absent}",
}


def _settle(change: Change, period: Period) -> str:
    if change.obstacle == Obstacle.GAPS:
        return f"Records that cover {_absent(change)}."
    if change.obstacle == Obstacle.STILL:
        return "Figures that are not rounded or carried forward."
    if change.offers:
        offer = change.offers[0]
        return (
            f"These records can be read for {offer.plain()} against the same months a year earlier."
        )
    if change.absent:
        return f"Records that cover {_absent(change)}."
    wanted = Period.of(period.last + -11, period.last)
    return f"Monthly figures for {wanted.plain()} and for the same months a year earlier."
