"""What must be read beside a verdict on a change: missing times, mix, both sides of a
ratio, who answered, and the control chart."""

from dataclasses import replace

from ..body import Period
from ..measures import shown
from ..statistics import MixFinding, check_mix, xmr
from . import doubt
from .comparing import Comparison, verdict_of
from .doubt import Doubt
from .evidence import Evidence, since_the_last_break
from .missing import Times, dealt_against, excess
from .parts import parts_beside
from .verdict import VerdictKind

K = VerdictKind
_LEVELS = {"median": 0.5, "p90": 0.9, "within_target": None}
_OTHER = {"median": ("p90", 0.9), "p90": ("median", 0.5)}


def moves_with_missing(evidence: Evidence, c: Comparison, kind: VerdictKind) -> Doubt | None:
    """The doubt that missing times raise: the excess dealt against the claim flips the verdict.

    Only durations have times that can be missing, and only a verdict in favour of the
    claim can be undone by dealing the excess against it.
    """
    statistic = evidence.reading.statistic
    if evidence.definition.kind != "duration" or statistic not in _LEVELS:
        return None
    if kind != K.SUPPORTED or c.wanted is None:
        return None
    missing = since_the_last_break(
        evidence.tested("missing_share"), evidence.definition, c.earliest
    )
    before, after = (evidence.value(span, "missing_share") for span in (c.baseline, c.period))
    moved_by = excess(missing, c.period, c.baseline) if missing else None
    if moved_by is None and before is not None and after is not None:
        moved_by = after - before  # cannot be tested by month, so taken as it stands
    if not moved_by:
        return None
    other, level = _OTHER.get(statistic, ("", 0.0))
    times = Times(c.months, _LEVELS[statistic], evidence.tested(other) if other else {}, level)
    dealt = dealt_against(times, missing, moved_by, c.wanted, c.period, c.baseline)
    if verdict_of(replace(c, months={**c.months, **dealt}).tested.moved, c.wanted) == kind:
        return None
    return doubt.missing_moved(_share(before), _share(after))


def _share(value: float | None) -> str:
    return "an unknown share" if value is None else shown(value, "share")


def mix_finding(evidence: Evidence, c: Comparison) -> MixFinding | None:
    """The check of the mix; None where there is no figure standardised to one mix."""
    standardised = evidence.tested(basis="standardised")
    if not standardised:
        return None
    within = since_the_last_break(standardised, evidence.definition, c.earliest)
    return check_mix(c.months, within, c.period, c.baseline, c.changed_at, standing=c.standing)


# --- figures told beside


def read_beside(evidence: Evidence, period: Period, baseline: Period | None) -> tuple[str, ...]:
    """Figures without which the judged one can mislead, as sentences."""
    kind, statistic = evidence.definition.kind, evidence.reading.statistic
    if kind == "duration" and statistic in _LEVELS:
        return _of_all_eligible(evidence, period, baseline)
    if kind == "ratio" and statistic == "ratio":
        return _both_sides(evidence, period, baseline)
    if kind == "survey" and statistic == "satisfied":
        return _who_answered(evidence, period)
    if kind == "proportion" and statistic == "rate":
        return parts_beside(evidence, period, baseline)
    return ()


def _beside(evidence: Evidence, statistic: str, period: Period, baseline: Period | None) -> str:
    """'63.2%, up from 60.1%'; empty where it is not known."""
    if statistic not in evidence.definition.statistics:
        return ""
    now = evidence.one(period, statistic)
    if now is None or not now.usable or now.value is None:
        return ""
    words = shown(now.value, now.unit, evidence.definition.per)
    then = evidence.one(baseline, statistic) if baseline is not None else None
    if then is None or not then.usable or then.value is None:
        return words
    before = shown(then.value, then.unit, evidence.definition.per)
    if before == words:
        return f"{words}, as before"
    return f"{words}, {'up' if now.value > then.value else 'down'} from {before}"


def _of_all_eligible(
    evidence: Evidence, period: Period, baseline: Period | None
) -> tuple[str, ...]:
    notes = []
    seen = _beside(evidence, "eligible_within_target", period, baseline)
    if seen:
        notes.append(
            f"Of all eligible, seen within target: {seen}; those not attended and those without a"
            " time count as not."
        )
    gaps = _beside(evidence, "missing_share", period, baseline)
    if gaps:
        notes.append(f"Without a usable time: {gaps}.")
    return tuple(notes)


def _both_sides(evidence: Evidence, period: Period, baseline: Period | None) -> tuple[str, ...]:
    top = _beside(evidence, "numerator", period, baseline)
    bottom = _beside(evidence, "denominator", period, baseline)
    if not top or not bottom:
        return ()
    return (f"Numerator: {top}. Denominator: {bottom}.",)


def _who_answered(evidence: Evidence, period: Period) -> tuple[str, ...]:
    notes = []
    answered = _beside(evidence, "response_rate", period, None)
    if answered:
        notes.append(f"Answered, of those asked: {answered}.")
    left_out = _beside(evidence, "excluded_share", period, None)
    if left_out:
        notes.append(f"Kept out of the survey, for safety or another stated reason: {left_out}.")
    return tuple(notes)


# --- the chart


def chart_note(evidence: Evidence, c: Comparison, kind: VerdictKind) -> str:
    """Why chart and verdict differ, where they do. The chart is context, never a hurdle."""
    if kind not in (K.SUPPORTED, K.CONTRADICTED, K.NOT_SHOWN) or c.says == "unchanged":
        return ""
    if evidence.definition.chart == "none":
        return ""
    return differs(c, kind)


def differs(c: Comparison, kind: VerdictKind) -> str:
    """The sentence on a chart that says other than the verdict; empty where they agree."""
    months = sorted(c.months)
    chart = xmr([str(month) for month in months], [c.months[month] for month in months])
    if chart.variation == "cannot tell":
        return ""
    signals = chart.points[-1].signals
    moved = kind in (K.SUPPORTED, K.CONTRADICTED)
    if moved and not signals:
        return (
            "A control chart of the same months shows no signal at the last one: it looks for odd"
            " months and runs, the test at both periods as a whole."
        )
    if not moved and signals:
        return (
            f"A control chart of the same months has a signal at {c.period.last.plain()}: it looks"
            " at the latest months, the test at both periods as a whole."
        )
    return ""
