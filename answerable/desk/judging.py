"""From figures and a claim to a verdict, with the usual reading's beside it."""

from dataclasses import replace

from ..chain.body import Period
from ..chain.claims import COMPARES, Verdict, judge_figures, usual_spans
from .things import Answer, Asked, Given


def usual_periods(given: Given) -> tuple[Period, Period]:
    """The last twelve complete months for which there are figures, and the twelve before."""
    if any(figure.known is not None for figure in given.figures):
        period, _ = usual_spans(given.figures, "rose")
    else:
        period = Period.of(given.months[1] + -11, given.months[1])
    return period, period.earlier(12)


def usual_for(given: Given, says: str) -> tuple[Period, Period | None]:
    """What the usual reading of a statement is: a year and, of a change, the year before it."""
    period, baseline = usual_periods(given)
    if says in COMPARES:
        return period, baseline
    known = any(figure.known is not None for figure in given.figures)
    return usual_spans(given.figures, says) if known else (period, None)


def answered(given: Given, asked: Asked, claim: str) -> Answer:
    """The verdict, and that of the usual reading beside it where another was chosen.

    claim   the address at which the claim was chosen
    """
    period, baseline = usual_for(given, asked.says)
    usual = replace(asked, period=period, baseline=baseline)
    beside = None if usual == asked else _verdict(given, usual)
    return Answer(given, asked, _verdict(given, asked), beside, claim)


def _verdict(given: Given, asked: Asked) -> Verdict:
    if asked.says == "outlier":
        every, area = (*given.figures, *given.others), given.figures[0].area
        return judge_figures(every, asked.says, asked.better, asked.period, area=area)
    return judge_figures(
        given.figures, asked.says, asked.better, asked.period, asked.baseline,
        target=asked.target, margin=asked.margin,
    )  # fmt: skip
