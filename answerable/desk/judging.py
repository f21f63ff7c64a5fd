"""From figures and a claim to a verdict, with the usual reading's beside it."""

from dataclasses import replace

from ..chain.body import Period
from ..chain.claims import COMPARES, Verdict, judge_figures
from ..chain.figures import Totals
from .things import Answer, Asked, Given


def usual_periods(given: Given) -> tuple[Period, Period]:
    """The last twelve months for which there are figures, and the twelve before."""
    known = [f.period.last for f in given.figures if f.known is not None]
    last = max(known, default=given.months[1])
    period = Period.of(last + -11, last)
    return period, period.earlier(12)


def usual_for(given: Given, says: str) -> tuple[Period, Period | None]:
    """What the usual reading of a statement is: a year and the year before it.

    A target is set against the year where the figure of the year is known; monthly times and
    percentages do not make one, so then it is set against the last figure that there is.
    """
    period, baseline = usual_periods(given)
    if says in COMPARES:
        return period, baseline
    if Totals(given.figures).whole(period) is not None:
        return period, None
    known = [f.period for f in given.figures if f.known is not None]
    return max(known, key=lambda span: (span.last, -len(span)), default=period), None


def answered(given: Given, asked: Asked, claim: str) -> Answer:
    """The verdict, and that of the usual reading beside it where another was chosen.

    claim   the address at which the claim was chosen
    """
    period, baseline = usual_for(given, asked.says)
    usual = replace(asked, period=period, baseline=baseline)
    beside = None if usual == asked else _verdict(given, usual)
    return Answer(given, asked, _verdict(given, asked), beside, claim)


def _verdict(given: Given, asked: Asked) -> Verdict:
    return judge_figures(
        given.figures, asked.says, asked.better, asked.period, asked.baseline,
        target=asked.target, margin=asked.margin,
    )  # fmt: skip
