"""One sentence for each published figure, made from the result alone."""

from ..chain.claims import EVIDENCE
from ..chain.measures import Definition, Grade, Result, Status, period_of, shown, shown_interval
from .words import STATUS, statistic_of

NOTHING = "–"


def value_words(result: Result | None, definition: Definition) -> str:
    """The figure, or the word for why there is none."""
    if result is None:
        return NOTHING
    if result.value is None:
        return STATUS[result.status]
    return shown(result.value, result.unit, definition.per)


def interval_words(result: Result | None, definition: Definition) -> str:
    """'37 minutes to 39 minutes'; empty where there is no interval."""
    return "" if result is None else shown_interval(result, definition.per)


def rests_on(result: Result | None) -> str:
    """'1,204 of 1,900' for shares, '1,204' for others; empty where it is withheld."""
    if result is None or result.n is None:
        return ""
    if result.count is None:
        return f"{result.n:,}"
    return f"{result.count:,} of {result.n:,}"


def sentence(result: Result, definition: Definition, area: str) -> str:
    """The figure as one sentence that can be copied and stands alone.

    Measure, figure, what kind of figure, place, period, what it rests on, interval, status.
    """
    statistic = statistic_of(result.statistic, definition)
    when = period_of(result.period).plain()
    if result.value is None:
        name = f"{definition.title}, {statistic.name.lower()}, {area}, {when}"
        return f"{name}: {STATUS[result.status]}."
    gloss = f" ({statistic.name.lower()}{': ' + statistic.means if statistic.means else ''})"
    parts = [
        f"{definition.title}: {value_words(result, definition)}{gloss}, {area}, {when}.",
        _basis(result, definition),
    ]
    if interval := interval_words(result, definition):
        parts.append(f"The 95% interval is {interval}.")
    if result.rounded_to > 1:
        parts.append(f"Counts are to the nearest {result.rounded_to}.")
    if result.status not in (Status.OK, Status.ZERO):
        parts.append(f"Status: {STATUS[result.status]}.")
    if result.grade != Grade.ROWS:
        parts.append(f"Evidence: {EVIDENCE[result.grade]}.")
    return " ".join(part for part in parts if part)


def _basis(result: Result, definition: Definition) -> str:
    rests = rests_on(result)
    if not rests or result.value == result.n:
        return ""
    noun = f" {definition.unit}" if definition.unit and result.count is None else ""
    return f"It rests on {rests}{noun}."
