"""A figure that was given, held against a target.

Where only monthly percentages are known, that of the whole period is not: but it lies
between the least and the greatest of them, whatever the counts, and that can be enough.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace

from ..body import Period
from ..figures import Totals, Whole, interval
from ..measures import Unit
from ..statistics import stand
from ..statistics.target import Side
from . import doubt, sentences
from .direction import Better
from .doubt import Doubt
from .figure import Wordy
from .footing import added_up, not_pooled, too_few, twice_in
from .targeting import COUNTED, Aim, stand_of, verdict_on_target
from .undecided import cannot_tell, nothing_for
from .verdict import LABELS, Verdict, VerdictKind

K = VerdictKind


@dataclass(frozen=True)
class Level:
    """Everything that a verdict on a target is made of, where figures were given.

    target, margin   in the unit of the figures
    survey           whether people were asked, rather than all cases counted
    """

    totals: Totals
    wordy: Wordy
    says: str
    better: Better
    period: Period
    target: float
    margin: float | None
    survey: bool

    @property
    def side(self) -> Side:
        return "at_most" if self.better == "lower" else "at_least"

    def aim(self, value: float, whole: Whole | None = None) -> Aim:
        """This value against the target."""
        lower, upper, n = None, None, None
        if whole is not None:
            n = None if whole.denominator is None else int(whole.denominator)
            lower, upper, _ = interval(
                self.totals.unit, self.period, value, whole.numerator, whole.denominator,
                statistic=self.totals.statistic, per=self.totals.per,
            )  # fmt: skip
        return Aim(
            self.wordy, stand_of(self.says), self.period, value, self.target, self.side,
            margin=self.margin, lower=lower, upper=upper, n=n, survey=self.survey, as_given=True,
        )  # fmt: skip


def verdict_on_level(level: Level) -> Verdict:
    """Judge the figure of a period against its target. Raises ValueError without a side."""
    if level.better == "neither":
        raise ValueError(f"'{level.says}' needs a side: whether lower or higher is better")
    totals, period = level.totals, level.period
    whole = totals.whole(period)
    why = twice_in(totals, period)
    if why is None and whole is None:
        if level.survey and not all(f.denominator for f in totals.figures):
            return undecided(totals, level.wordy, period, doubt.NO_ANSWERS, None)
        between = None if level.survey else _between(level)
        if between is not None:
            return between
        why = doubt_of(totals, period)
    why = why or too_few(whole, period, totals.unit, level.survey)
    if why is None and whole is not None:
        added = added_up(totals, whole)
        if added is not None and _sides_differ(level, whole.value, added):
            why = doubt.SIDES
    if why is not None or whole is None:
        return undecided(totals, level.wordy, period, why or doubt.none_given(period), whole)
    return verdict_on_target(level.aim(whole.value, whole))


def doubt_of(totals: Totals, period: Period) -> Doubt:
    """Why there is no figure of a period: withheld, not on record, or not to be put together."""
    hidden = totals.withheld(period)
    if hidden:
        return doubt.withheld(hidden)
    if totals.covered(period):
        return not_pooled(totals.unit)
    absent = [month for month in period if month not in totals.monthly]
    return doubt.none_given(period) if len(absent) == len(period) else doubt.not_given(absent)


def undecided(
    totals: Totals, wordy: Wordy, period: Period, why: Doubt, whole: Whole | None
) -> Verdict:
    """'Cannot tell' of one figure, which is told where it may be."""
    if why.bare or whole is None:
        return cannot_tell(why, totals.unit, nothing_for(doubt.in_months(period)))
    recorded = sentences.recorded_one(wordy, whole.value, period)
    said = f"{wordy.title}: {wordy.phrase(whole.value)} ({wordy.when(period)})."
    return cannot_tell(why, totals.unit, recorded, size=whole.value, may_say=said)


def _sides_differ(level: Level, given: float, added: float) -> bool:
    """Whether two figures for one period would get different verdicts."""
    one, other = (
        stand(stand_of(level.says), value, level.target, level.side, margin=level.margin).holds
        for value in (given, added)
    )
    return one != other


def _between(level: Level) -> Verdict | None:
    totals = level.totals
    if totals.unit not in RATES or not totals.covered(level.period):
        return None
    return between([totals.monthly[month] for month in level.period], level.aim)


RATES = (Unit.SHARE, Unit.RATIO)
"""Units of which the figure of a whole lies between those of its parts."""


def between(values: Sequence[float], aim_of: Callable[[float], Aim]) -> Verdict | None:
    """The verdict where every month is on one side: a rate of the whole lies between them.

    values   the months of the period, in one of `RATES`
    aim_of   any of them against the target
    """
    low, high = min(values), max(values)
    aim = aim_of(low)
    if aim.says == "just_misses":
        return None
    near, far = verdict_on_target(aim), verdict_on_target(aim_of(high))
    if near.verdict != far.verdict:
        return None
    wordy = aim.wordy
    spread = f"from {wordy.bare(low)} to {wordy.bare(high)}"
    when = wordy.when(aim.period)
    met = (near.verdict == K.SUPPORTED) == (aim.says == "meets")
    recorded = f"Recorded: each month {spread} ({when}), against a target of {aim.goal}."
    side = "meets the target" if met else f"is {aim.missed} the target"
    does, of_all = ("does", "each of which meets") if met else ("is", aim.missed)
    said = (
        f"Every month {side}, so the whole period {does} too, whatever the counts behind the"
        " months."
    )
    return replace(
        near,
        recorded=recorded,
        ordinary=said,
        rule=COUNTED,
        label=LABELS[near.verdict],
        sentence=sentences.together(recorded, said),
        size=None,
        lower=None,
        upper=None,
        may_say=f"{wordy.title}: each month {spread} ({when}), {of_all} the target of {aim.goal}.",
    )
