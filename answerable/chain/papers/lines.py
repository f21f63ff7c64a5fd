"""The figures of a few periods as lines of a table, in words."""

from dataclasses import dataclass

from ..body import Period
from ..measures import Result, Status, shown_interval
from .spans import YEAR, Spans
from .speaker import Speaker

HEADING = ("Period", "Figure", "95% interval", "Rests on", "Status")


@dataclass(frozen=True)
class Line:
    """One figure as a table has it; `result` is what it was made from, None for none."""

    period: str
    figure: str
    interval: str
    rests: str
    status: str
    result: Result | None = None

    @property
    def cells(self) -> tuple[str, ...]:
        """In the order of `HEADING`."""
        return self.period, self.figure, self.interval, self.rests, self.status


STATUS = {
    Status.OK: "",
    Status.ZERO: "none recorded",
    Status.SUPPRESSED: "withheld to protect people",
    Status.MISSING: "not supplied",
    Status.PROVISIONAL: "may still change",
    Status.REVISED: "revised",
    Status.NOT_COMPARABLE: "not comparable",
}
"""Why a figure is not plainly there."""


def lines_of(speaker: Speaker, spans: Spans) -> tuple[Line, ...]:
    """The year and the year before it, the last quarter and the same a year earlier."""
    settled, quarter = spans.settled, spans.quarter
    periods = (settled, settled.earlier(YEAR), quarter, quarter.earlier(YEAR))
    return tuple(_line(speaker, period) for period in periods)


def _line(speaker: Speaker, period: Period) -> Line:
    evidence = speaker.evidence(period)
    result, (value, averaged) = evidence.one(period), speaker.value(period)
    if averaged or evidence.at_end:  # the window's own result, if any, says another thing
        result = None
    return Line(
        period=speaker.wordy.when(period),
        figure="–" if value is None else speaker.words(averaged).phrase(value),
        interval="" if result is None else shown_interval(result, speaker.definition.per),
        rests="" if result is None else rests_on(result),
        status=_status(evidence.one(period), value),
        result=result,
    )


def _status(result: Result | None, value: float | None) -> str:
    if result is not None and STATUS[result.status] and (value is None or result.usable):
        return STATUS[result.status]
    return "not on record" if value is None else ""


def rests_on(result: Result) -> str:
    """'1,204 of 1,900', or '1,204'; empty for a count, which rests on itself."""
    if result.n is None or result.n == result.value:
        return ""
    return f"{result.n:,}" if result.count is None else f"{result.count:,} of {result.n:,}"
