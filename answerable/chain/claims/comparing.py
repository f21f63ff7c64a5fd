"""Readings that compare: improved, worsened, rose, fell, unchanged.

Size is taken from rows (the windows), the test from months. Where the two point in
different directions nothing is claimed.
"""

from collections.abc import Mapping
from dataclasses import dataclass, replace

from ..body import Month, Period
from ..measures import Unit
from ..statistics import (
    Change,
    Mix,
    MixFinding,
    Moved,
    Obstacle,
    at_a_date,
    compare,
    unchanged_within,
)
from ..statistics.change import YEAR
from . import doubt, sentences
from .doubt import Doubt
from .figure import Wordy
from .undecided import cannot_tell
from .verdict import Verdict, VerdictKind

K = VerdictKind


@dataclass(frozen=True)
class Comparison:
    """Everything that a verdict on a change is made of.

    now, then   the figures of the two windows; None where they are not known
    months      the monthly values as they are tested, since the last break
    scale       what a tested month's value is multiplied by to be in the unit of `now`:
                the days of the period for counts, which are tested per day; else 1
    wanted      the move that is claimed; None for 'unchanged'
    changed_at  the month at which it is said to have changed; None for any other comparison
    standing    whether each month's figure is of what stands at its end and carries over
    """

    wordy: Wordy
    says: str
    wanted: Moved | None
    period: Period
    baseline: Period
    now: float | None
    then: float | None
    months: Mapping[Month, float]
    scale: float = 1.0
    margin: float | None = None
    changed_at: Month | None = None
    standing: bool = False

    @property
    def earliest(self) -> Month:
        """The first month that the rule looks at."""
        return self.baseline.first if self.changed_at is None else self.baseline.earlier(12).first

    @property
    def tested(self) -> Change:
        """The outcome of the rule for these periods, or for the date from which it changed."""
        if self.changed_at is not None:
            return at_a_date(self.months, self.changed_at, standing=self.standing)
        return compare(self.months, self.period, self.baseline, standing=self.standing)

    @property
    def size(self) -> float | None:
        """The change by rows, freed of the leap day where counts are tested per day."""
        if self.now is None or self.then is None:
            return None
        if self.scale == 1.0:
            return self.now - self.then
        return self.now - self.then / self.baseline.days * self.period.days


def test(comparison: Comparison) -> tuple[Change, VerdictKind | None, Doubt | None]:
    """The rule's outcome, and the verdict that follows, or the doubt that stands against it."""
    change = _scaled(comparison.tested, comparison.scale)
    if change.moved == Moved.UNTESTABLE:
        why = doubt.untested(change, comparison.period, comparison.baseline)
        return change, None, doubt.of_what_stands(why) if comparison.standing else why
    if comparison.now is None or comparison.then is None:
        missing = comparison.period if comparison.now is None else comparison.baseline
        return change, None, doubt.no_figures(missing)
    if comparison.says == "unchanged":
        if comparison.margin is None:
            return change, None, doubt.NO_MARGIN
        return change, _unchanged(change, comparison.margin), None
    if _signs_differ(change, comparison):
        return change, None, doubt.SIGNS
    return change, verdict_of(change.moved, comparison.wanted), None


def _scaled(change: Change, scale: float) -> Change:
    names = ("size", "lower", "upper", "lower_90", "upper_90", "smallest_visible")
    values = {name: getattr(change, name) for name in names}
    return replace(
        change, **{name: value * scale for name, value in values.items() if value is not None}
    )


def _signs_differ(change: Change, comparison: Comparison) -> bool:
    """Whether rows and months disagree about a change that the test calls one."""
    size = comparison.size
    if change.moved not in (Moved.ROSE, Moved.FELL) or size is None or change.size is None:
        return False
    # The figures as told count too: a leap day may turn a fall per day into a larger total.
    assert comparison.now is not None and comparison.then is not None  # noqa: S101
    return size * change.size <= 0 or (comparison.now - comparison.then) * change.size <= 0


def verdict_of(moved: Moved, wanted: Moved | None) -> VerdictKind:
    """The verdict on a directed claim, by what the test found."""
    if moved == Moved.WITHIN:
        return K.NOT_SHOWN
    return K.SUPPORTED if moved == wanted else K.CONTRADICTED


def _unchanged(change: Change, margin: float) -> VerdictKind:
    assert change.lower_90 is not None and change.upper_90 is not None  # noqa: S101
    if unchanged_within(change, margin):
        return K.SUPPORTED
    beyond = change.lower_90 > margin or change.upper_90 < -margin
    return K.CONTRADICTED if beyond else K.NOT_SHOWN


def with_mix(
    kind: VerdictKind, finding: MixFinding | None, *, matters: bool
) -> tuple[VerdictKind, str, Doubt | None]:
    """The verdict once the mix has been looked at: verdict, note, doubt.

    finding   None where there is no standardised series
    matters   whether the measure names strata at all
    """
    if not matters or kind not in (K.SUPPORTED, K.CONTRADICTED, K.NOT_SHOWN):
        return kind, "", None
    if finding is None or finding.mix == Mix.UNTESTABLE:
        return kind, "" if kind == K.NOT_SHOWN else MIX_NOT_CHECKED, None
    if kind == K.NOT_SHOWN:
        return kind, _hidden(finding), None
    if finding.mix in (Mix.ONLY, Mix.REVERSED):
        return (K.MIX_ONLY if kind == K.SUPPORTED else K.NOT_SHOWN), "", None
    if finding.mix == Mix.OPPOSED:
        return kind, "", doubt.OPPOSED
    if finding.mix == Mix.PART:
        return kind, MIX_MAY_BE_PART, None
    if finding.part_moved:
        return kind, (
            "The change holds at the same mix of cases, and part of it is a change in the mix."
        ), None  # fmt: skip
    return kind, "The change holds at the same mix of cases.", None


def _hidden(finding: MixFinding) -> str:
    if finding.mix != Mix.HIDDEN:
        return ""
    move = "rise" if finding.standardised.moved == Moved.ROSE else "fall"
    return f"At the same mix of cases there is a {move}, beyond ordinary variation between months."


SHAPES = frozenset({Obstacle.OVERLAP, Obstacle.ORDER, Obstacle.LENGTHS})
"""What may be wrong with two periods, whatever is on record for them."""
_APART = frozenset({Obstacle.OVERLAP, Obstacle.LENGTHS})


def bared(why: Doubt, change: Change) -> Doubt:
    """Totals of periods that overlap or differ in length may not even stand as up or down."""
    return replace(why, bare=True) if change.obstacle in _APART else why


def at_its_date(month: Month) -> str:
    """What is tested where something is said to have changed at a date."""
    return (
        f"What is tested is a change at {month.plain()}, beyond the way the figure was going the"
        " year before; what brought it about is not."
    )


CARRIES_OVER = (
    "What stands at a month's end carries over to the next, so the change is held against how far"
    " the figure moves from one month to the next."
)
MIX_NOT_CHECKED = (
    "The mix of cases was not checked, and a change in the mix can look like a change in the"
    " figure."
)
MIX_MAY_BE_PART = "Part of the change may be a change in the mix of cases."
MIX_BETWEEN = (
    "The mix of cases was not checked, and areas with another mix of cases can differ for that"
    " alone."
)
UNCHECKED = frozenset({MIX_NOT_CHECKED, MIX_BETWEEN})
"""The notes that say of a verdict that the mix was not looked at."""
SETTLE_MIX = "The same figures within each group of like cases, or standardised to one mix."


def verdict_on_change(
    comparison: Comparison,
    change: Change,
    kind: VerdictKind,
    *,
    notes: tuple[str, ...] = (),
    to_settle: str = "",
    against_mix: bool = False,
    reversed_mix: bool = False,
) -> Verdict:
    """The verdict on a change that could be tested.

    against_mix    what would contradict the claim is a change in mix
    reversed_mix   at the same mix of cases the figure went the other way than recorded
    """
    c = comparison
    assert c.now is not None and c.then is not None and c.size is not None  # noqa: S101
    assert change.lower is not None and change.upper is not None  # noqa: S101
    recorded = sentences.recorded_change(c.wordy, c.now, c.then, c.period, c.baseline)
    if against_mix:
        said = sentences.against_mix(reversed_mix)
    elif c.says == "unchanged":
        assert change.lower_90 is not None and change.upper_90 is not None  # noqa: S101
        said = sentences.ordinary_unchanged(
            kind, c.wordy, change.lower_90, change.upper_90, c.margin or 0.0
        )
    else:
        said = sentences.ordinary(kind, c.wordy, change.lower, change.upper, reversed_mix)
    power = sentences.power(c.wordy, change.smallest_visible)
    notes = (*notes, *_over_a_year(change), *((CARRIES_OVER,) if c.standing else ()))
    moved = Moved.WITHIN if against_mix else change.moved
    return Verdict(
        verdict=kind,
        label=sentences.label_against_mix(c.now, c.then)
        if against_mix
        else _label(kind, c, notes),
        recorded=recorded,
        ordinary=said,
        rule=change.rule,
        sentence=sentences.together(recorded, said, power, *notes),
        size=c.size if c.changed_at is None else change.size,
        lower=change.lower,
        upper=change.upper,
        smallest_visible=change.smallest_visible,
        may_say=sentences.may_say_change(
            K.MIX_ONLY if against_mix else kind,
            c.says, c.wordy, c.now, c.then, c.period, c.baseline, moved, reversed_mix, c.changed_at,
        ),
        to_settle=to_settle or (SETTLE_MIX if against_mix else _settle(kind, c, change)),
        notes=notes,
        unit=str(c.wordy.unit),
    )  # fmt: skip


def _label(kind: VerdictKind, c: Comparison, notes: tuple[str, ...]) -> str:
    assert c.now is not None and c.then is not None  # noqa: S101
    label = sentences.label_of(kind, c.says, c.now, c.then)
    if kind != K.SUPPORTED:
        return label
    # Never plainly supported where the mix matters and was not looked at, or may be part of it.
    if MIX_NOT_CHECKED in notes:
        return f"{label}; mix not checked"
    return f"{label}; part may be mix" if MIX_MAY_BE_PART in notes else label


def _over_a_year(change: Change) -> tuple[str, ...]:
    """A quarter is never told without the reading that finds more."""
    year = [offer for offer in change.offers if len(offer) == YEAR]
    if change.months != 3 or not year:
        return ()
    return (
        f"A quarter shows little: the same records can be read for {year[0].plain()} against the"
        " same months a year earlier.",
    )


def _settle(kind: VerdictKind, c: Comparison, change: Change) -> str:
    if kind != K.NOT_SHOWN:
        return ""
    if c.says == "unchanged":
        return "More months, or figures that vary less, so that the interval narrows."
    assert change.smallest_visible is not None  # noqa: S101
    size = c.wordy.change(change.smallest_visible)
    if size.startswith("less than"):
        return "The same change kept up over more months."
    return f"A change of about {size} or more, or the same change kept up over more months."


def verdict_of_doubt(
    comparison: Comparison, why: Doubt, rule: str = "", notes: tuple[str, ...] = ()
) -> Verdict:
    """'Cannot tell', with the recorded figures, the reason and what would settle it."""
    c = comparison
    if why.key == doubt.SUPPRESSED.key:  # then not even the other figures are told
        c = replace(c, now=None, then=None)
    comparable = not why.bare and c.now is not None and c.then is not None
    if comparable:
        assert c.now is not None and c.then is not None  # noqa: S101
        recorded = sentences.recorded_change(c.wordy, c.now, c.then, c.period, c.baseline)
    else:
        recorded = sentences.recorded_apart(c.wordy, c.now, c.then, c.period, c.baseline)
    return cannot_tell(
        why,
        c.wordy.unit,
        recorded,
        rule=rule,
        notes=notes,
        size=c.size if comparable else None,
        may_say=sentences.may_say_figures(c.wordy, c.now, c.then, c.period, c.baseline)
        if comparable
        else "",
    )


def scale_of(unit: Unit, adds_up: bool, period: Period) -> float:
    """Counts are tested per day and told for the whole period."""
    return float(period.days) if adds_up and unit == Unit.COUNT else 1.0
