"""A statement judged on one monthly series and nothing else: no rows, no groups of cases."""

from collections.abc import Mapping
from dataclasses import dataclass, replace

from ..body import Month, Period
from ..measures import Grade, Unit
from ..statistics.target import Side
from . import doubt
from .claim import COMPARES
from .comparing import (
    MIX_NOT_CHECKED,
    SETTLE_MIX,
    Comparison,
    at_its_date,
    test,
    verdict_of_doubt,
    verdict_on_change,
)
from .context import differs
from .direction import Better, claimed_move
from .figure import Wordy
from .targeting import Aim, stand_of, verdict_on_target
from .undecided import cannot_tell, nothing_for
from .verdict import Verdict, VerdictKind

PER = 100


@dataclass(frozen=True)
class Series:
    """A monthly series: values, or numerators over denominators.

    title          what it is, for sentences
    values         one figure a month; empty where there are numerators and denominators
    numerators, denominators   counts of the same months
    source         digest of the file
    standing       whether each figure is of what stands at the month's end, such as cases open
    """

    title: str
    values: Mapping[Month, float]
    numerators: Mapping[Month, float] | None = None
    denominators: Mapping[Month, float] | None = None
    source: str = ""
    standing: bool = False

    @property
    def unit(self) -> Unit:
        """A share where no numerator exceeds its denominator, else a ratio per 100."""
        if self.numerators is None or self.denominators is None:
            return Unit.COUNT
        parts = all(
            0 <= top <= self.denominators.get(month, 0) for month, top in self.numerators.items()
        )
        return Unit.SHARE if parts else Unit.RATIO

    def monthly(self) -> dict[Month, float]:
        """One value a month. A month without a denominator has none."""
        if self.numerators is None or self.denominators is None:
            return dict(self.values)
        scale = PER if self.unit == Unit.RATIO else 1
        return {
            month: scale * top / self.denominators[month]
            for month, top in self.numerators.items()
            if self.denominators.get(month)
        }

    def whole(self, period: Period) -> float | None:
        """The figure of a period: numerators over denominators, or the mean of the months;
        of what stands at a day the mean of the month ends."""
        months = self.monthly()
        if not all(month in months for month in period):
            return None
        if self.standing or self.numerators is None or self.denominators is None:
            return sum(months[month] for month in period) / len(period)
        scale = PER if self.unit == Unit.RATIO else 1
        top = sum(self.numerators[month] for month in period)
        return scale * top / sum(self.denominators[month] for month in period)

    def wordy(self) -> Wordy:
        """How its figures read."""
        average = self.numerators is None
        name = "average" if average and not self.standing else "rate"
        return Wordy(self.title, name, self.unit, PER, self.standing)


def judge_series(
    series: Series,
    says: str,
    better: Better,
    period: Period,
    baseline: Period | None = None,
    *,
    target: float | None = None,
    margin: float | None = None,
    changed_at: Month | None = None,
) -> Verdict:
    """The verdict on one statement about one series, on monthly totals.

    target   for 'meets', 'misses', 'just_misses': at most it where lower is better, else
             at least it
    margin   for 'unchanged' and 'just_misses'
    changed_at  the month from which a change is said to hold: `period` is then the twelve months
             from it, and `baseline` the twelve before
    Values, target and margin are in the unit of the series: shares from 0 to 1, ratios per
    100. Raises ValueError for a word that is not judged here, for 'improved' without a
    direction of good, and for a comparison without a baseline.
    """
    if says in COMPARES:
        if baseline is None:
            raise ValueError(f"'{says}' needs a baseline")
        verdict = _compared(series, says, better, (period, baseline), margin, changed_at)
    elif target is None:
        raise ValueError(f"'{says}' needs a target")
    else:
        verdict = _against_target(series, says, better, period, target, margin)
    return replace(verdict, grade=str(Grade.MONTHS), source=series.source, name=series.title)


def _compared(
    series: Series,
    says: str,
    better: Better,
    spans: tuple[Period, Period],
    margin: float | None,
    changed_at: Month | None,
) -> Verdict:
    period, baseline = spans
    months = series.monthly()
    comparison = Comparison(
        wordy=series.wordy(),
        says=says,
        wanted=claimed_move(says, better),
        period=period,
        baseline=baseline,
        now=series.whole(period),
        then=series.whole(baseline),
        months={month: value for month, value in months.items() if month <= period.last},
        margin=margin,
        changed_at=changed_at,
        standing=series.standing,
    )
    dated = () if changed_at is None else (at_its_date(changed_at),)
    change, kind, why = test(comparison)
    if why is not None or kind is None:
        assert why is not None  # noqa: S101  # no verdict always has its reason
        return verdict_of_doubt(comparison, why, change.rule, dated)
    notes: tuple[str, ...] = (*dated, MIX_NOT_CHECKED)
    charted = differs(comparison, kind) if says != "unchanged" else ""
    if charted:
        notes = (*notes, charted)
    settle = SETTLE_MIX if kind == VerdictKind.SUPPORTED else ""
    return verdict_on_change(comparison, change, kind, notes=notes, to_settle=settle)


def _against_target(
    series: Series,
    says: str,
    better: Better,
    period: Period,
    target: float,
    margin: float | None,
) -> Verdict:
    if better == "neither":
        raise ValueError(f"'{says}' needs a side: whether lower or higher is better")
    wordy, value = series.wordy(), series.whole(period)
    if value is None:
        gaps = [month for month in period if month not in series.monthly()]
        why = doubt.not_covered(gaps)
        return cannot_tell(why, series.unit, nothing_for(doubt.in_months(period)))
    side: Side = "at_most" if better == "lower" else "at_least"
    aim = Aim(wordy, stand_of(says), period, value, target, side, margin=margin)
    return verdict_on_target(aim)
