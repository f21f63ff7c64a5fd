"""The default reading of a statement on figures that no register holds.

Whoever may choose the periods can find some that suit, so the last twelve months on record
against the twelve before stand beside any others.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from ..body import Month, Period
from ..figures import Figure, Totals
from ..measures import Status
from .claim import COMPARES
from .direction import Better
from .given import judge_figures
from .series import Series, judge_series
from .verdict import Verdict

Spans = tuple[Period, Period | None]


@dataclass(frozen=True)
class Usual:
    """The default reading, with its verdict."""

    period: Period
    baseline: Period | None
    verdict: Verdict

    @property
    def sentence(self) -> str:
        """'The usual reading, December 2022 to November 2023 against …: not shown (…).'"""
        against = "" if self.baseline is None else f" against {self.baseline.plain()}"
        word = str(self.verdict.verdict)
        label = "" if self.verdict.label == word else f" ({self.verdict.label})"
        return f"The usual reading, {self.period.plain()}{against}: {word}{label}."


def usual_spans(figures: Sequence[Figure], says: str) -> Spans:
    """The last twelve complete months on record, and the twelve before where a change is said.

    figures   of one series, with at least one value

    A target is set against the year where the figure of the year is known; monthly times and
    percentages do not make one, so then it is set against the last figure that there is. Months
    that may still change are passed over where there are others.
    """
    known = [f for f in figures if f.known is not None]
    settled = [f for f in known if f.status != Status.PROVISIONAL] or known
    period, baseline = _year_to(max(f.period.last for f in settled))
    if says in COMPARES:
        return period, baseline
    if Totals(figures).whole(period) is not None:
        return period, None
    return max((f.period for f in settled), key=lambda span: (span.last, -len(span))), None


def _year_to(last: Month) -> tuple[Period, Period]:
    period = Period.of(last + -11, last)
    return period, period.earlier(12)


def usual_of_figures(
    figures: Sequence[Figure],
    says: str,
    better: Better,
    period: Period | None,
    baseline: Period | None,
    **more: Any,
) -> Usual | None:
    """The default reading; None where the reading is that already, or nothing is on record.

    more   as for `judge_figures`, which judges it; raises ValueError as that does
    A stated value, something in place and an outlier have a period of their own and no default.
    """
    if says in ("value", "in_place", "outlier") or not any(f.known is not None for f in figures):
        return None
    spans = usual_spans(figures, says)
    at_a_date = more.pop("changed_at", None) is not None
    if not at_a_date and _same(spans, (period, baseline if says in COMPARES else None)):
        return None
    return Usual(*spans, judge_figures(figures, says, better, *spans, **more))


def usual_of_series(
    series: Series,
    says: str,
    better: Better,
    period: Period,
    baseline: Period | None,
    **more: Any,
) -> Usual | None:
    """The same of one monthly series, judged by `judge_series`."""
    months = series.monthly()
    if not months:
        return None
    year, before = _year_to(max(months))
    spans: Spans = (year, before if says in COMPARES else None)
    at_a_date = more.pop("changed_at", None) is not None
    if not at_a_date and _same(spans, (period, baseline if says in COMPARES else None)):
        return None
    return Usual(*spans, judge_series(series, says, better, *spans, **more))


def _same(one: Spans, other: tuple[Period | None, Period | None]) -> bool:
    return all(_months(a) == _months(b) for a, b in zip(one, other, strict=True))


def _months(span: Period | None) -> tuple[Month, Month] | None:
    return None if span is None else (span.first, span.last)
