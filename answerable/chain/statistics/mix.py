"""Did the thing itself change, or only the mix of cases?

Two monthly series are compared: the figure as recorded, and the same figure standardised
to one fixed mix. What lies between them, month by month, is the part that the mix makes.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum

from ..body import Month, Period
from .change import Change, Moved, at_a_date, compare


class Mix(StrEnum):
    """What the comparison with a fixed mix shows."""

    HOLDS = "the change holds at the same mix"
    PART = "part of the change may be mix"
    ONLY = "only the mix changed"
    REVERSED = "the mix changed, and at the same mix it went the other way"
    OPPOSED = "at the same mix it went the other way"
    HIDDEN = "at the same mix there is a change that the recorded figure hides"
    QUIET = "neither moved"
    UNTESTABLE = "the mix cannot be checked"


@dataclass(frozen=True)
class MixFinding:
    """The three tests: as recorded, at the same mix, and the part that the mix makes.

    part_moved   the part that the mix makes went beyond its own interval, in the direction
                 of the recorded change
    """

    mix: Mix
    raw: Change
    standardised: Change
    part: Change
    part_moved: bool


def check_mix(
    raw: Mapping[Month, float],
    standardised: Mapping[Month, float],
    period: Period,
    baseline: Period,
    changed_at: Month | None = None,
    *,
    standing: bool = False,
) -> MixFinding:
    """Test the recorded series, the standardised one and their difference by one rule.

    changed_at   the month at which the series is said to have changed, where that is the rule
    standing     as for `compare`

    A recorded change is 'only the mix' when the standardised series did not move with it
    and the part that the mix makes did, beyond its own interval; where the standardised
    series even moved against it, it is 'reversed'. When neither can be shown the change
    stands, with the remark that part of it may be mix: a failure to show something at the
    same mix is not yet a finding about the mix.
    """
    both = {month: raw[month] - standardised[month] for month in raw if month in standardised}

    def tested(series: Mapping[Month, float]) -> Change:
        if changed_at is not None:
            return at_a_date(series, changed_at, standing=standing)
        return compare(series, period, baseline, standing=standing)

    recorded, part = tested(raw), tested(both)
    same_mix = tested({month: standardised[month] for month in both})
    part_moved = recorded.moved in _MOVES and part.moved == recorded.moved
    return MixFinding(
        _decide(recorded.moved, same_mix.moved, part_moved), recorded, same_mix, part, part_moved
    )


_MOVES = (Moved.ROSE, Moved.FELL)


def _decide(recorded: Moved, same_mix: Moved, part_moved: bool) -> Mix:
    if Moved.UNTESTABLE in (recorded, same_mix):
        return Mix.UNTESTABLE
    if recorded == Moved.WITHIN:
        return Mix.QUIET if same_mix == Moved.WITHIN else Mix.HIDDEN
    if same_mix == recorded:
        return Mix.HOLDS
    if part_moved:
        return Mix.ONLY if same_mix == Moved.WITHIN else Mix.REVERSED
    return Mix.PART if same_mix == Moved.WITHIN else Mix.OPPOSED
