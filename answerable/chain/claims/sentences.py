"""What a verdict says, made from its numbers alone.

The fact first, then whether it is more than ordinary variation, then the smallest change
that these figures could have shown. Nothing here gives a cause or sets one body above
another.
"""

from ..body import Month, Period
from ..statistics import Moved
from .figure import Wordy
from .verdict import LABELS, VerdictKind

K = VerdictKind


def recorded_change(wordy: Wordy, now: float, then: float, period: Period, baseline: Period) -> str:
    """'Recorded: a median of 38 minutes (…), down from 44 minutes (…).'"""
    return f"Recorded: {fact(wordy, now, then, period, baseline)}."


def fact(wordy: Wordy, now: float, then: float, period: Period, baseline: Period) -> str:
    """The fact without its opening and full stop."""
    first = f"{wordy.phrase(now)} ({wordy.when(period)})"
    if wordy.bare(now) == wordy.bare(then):
        return f"{first}, the same, when rounded, as before ({wordy.when(baseline)})"
    move = "up from" if now > then else "down from"
    return f"{first}, {move} {wordy.bare(then)} ({wordy.when(baseline)})"


def recorded_one(wordy: Wordy, value: float, period: Period) -> str:
    """'Recorded: a median of 38 minutes (…).'"""
    return f"Recorded: {wordy.phrase(value)} ({wordy.when(period)})."


def recorded_apart(
    wordy: Wordy, now: float | None, then: float | None, period: Period, baseline: Period
) -> str:
    """Two figures that may not be compared, or as many of them as there are."""
    found = [
        f"{wordy.phrase(value)} ({wordy.when(span)})"
        for value, span in ((now, period), (then, baseline))
        if value is not None
    ]
    if not found:
        return "Recorded: nothing that can be shown for these periods."
    return f"Recorded: {' and '.join(found)}."


def direction_words(now: float, then: float) -> str:
    """'higher', 'lower' or 'the same'."""
    if now == then:
        return "the same"
    return "higher" if now > then else "lower"


def label_of(kind: VerdictKind, says: str, now: float, then: float) -> str:
    """The verdict on a change in public words."""
    if kind != K.NOT_SHOWN:
        return LABELS[kind]
    if says == "unchanged":
        return "not shown to be unchanged"
    direction = direction_words(now, then)
    joint = ", " if now == then else ", but "
    return f"{direction}{joint}within ordinary variation"


MOVED_BY_MIX = "what moved is the mix of cases"
HIDDEN_BY_MIX = "a change in the mix hides that"


def label_against_mix(now: float, then: float) -> str:
    """The label where the recorded change speaks against a claim and is one of mix."""
    return f"{direction_words(now, then)}, but the mix of cases changed"


def ordinary(
    kind: VerdictKind, wordy: Wordy, lower: float, upper: float, reversed_mix: bool = False
) -> str:
    """Whether a change is more than ordinary variation, with its interval."""
    interval = f"95% interval of the change: {wordy.span(lower, upper)}"
    if kind == K.SUPPORTED:
        return f"This is more than ordinary variation between months ({interval})."
    if kind == K.CONTRADICTED:
        return (
            "This is more than ordinary variation between months, and it goes the other way"
            f" ({interval})."
        )
    if kind == K.MIX_ONLY:
        at_the_same = (
            f"the figure went the other way: {HIDDEN_BY_MIX}"
            if reversed_mix
            else f"it is not: {MOVED_BY_MIX}"
        )
        return (
            f"The recorded change is more than ordinary variation between months ({interval}),"
            f" but at the same mix of cases {at_the_same}."
        )
    return f"This is within ordinary variation between months ({interval})."


def against_mix(reversed_mix: bool) -> str:
    """The same where the recorded change would contradict what was said, and is one of mix."""
    at_the_same = (
        f"the figure went the way that was said, beyond ordinary variation: {HIDDEN_BY_MIX}"
        if reversed_mix
        else f"it is within ordinary variation: {MOVED_BY_MIX}"
    )
    return (
        "The recorded change is more than ordinary variation between months and goes the other"
        f" way, but at the same mix of cases {at_the_same}."
    )


def ordinary_unchanged(
    kind: VerdictKind, wordy: Wordy, lower: float, upper: float, margin: float
) -> str:
    """The same for 'unchanged': a 90% interval against the smallest change that matters."""
    interval = f"The 90% interval of the change, {wordy.span(lower, upper)},"
    matters = f"{wordy.change(margin)} either way, the smallest change that matters"
    if kind == K.SUPPORTED:
        return f"{interval} lies within {matters}."
    if kind == K.CONTRADICTED:
        return f"{interval} lies beyond {matters}."
    return f"{interval} reaches beyond {matters}, so neither a change nor its absence is shown."


def cannot_be_told(reason: str) -> str:
    """The ordinary-variation part where there is none."""
    return f"Whether what was said is so cannot be told: {reason}."


def power(wordy: Wordy, smallest: float | None) -> str:
    """What these figures could have missed; empty where that is not known, or too small to
    put into figures. A change of `smallest` is found four times in five, a smaller one less."""
    if smallest is None or (size := wordy.change(smallest)).startswith("less than"):
        return ""
    return f"A change smaller than about {size} could easily have been missed."


def may_say_change(
    kind: VerdictKind,
    says: str,
    wordy: Wordy,
    now: float,
    then: float,
    period: Period,
    baseline: Period,
    moved: Moved,
    reversed_mix: bool = False,
    changed_at: Month | None = None,
) -> str:
    """The strongest true sentence on a change."""
    start = f"{wordy.title}: {fact(wordy, now, then, period, baseline)}"
    if kind == K.MIX_ONLY and reversed_mix:
        return f"{start}; at the same mix of cases, it went the other way."
    if kind == K.MIX_ONLY:
        return f"{start}; at the same mix of cases, within ordinary variation."
    if says == "unchanged" and kind == K.SUPPORTED:
        return f"{start}; no change of a size that matters."
    if changed_at is not None:
        return f"{start}; {_at(changed_at, moved)}."
    if moved in (Moved.ROSE, Moved.FELL):
        return f"{start}, more than ordinary variation between months."
    return f"{start}, within ordinary variation between months."


def _at(month: Month, moved: Moved) -> str:
    """'changed at December 2022', and never why."""
    if moved == Moved.WITHIN:
        return (
            f"no change at {month.plain()} is shown, beyond ordinary variation between months and"
            " earlier drift"
        )
    return (
        f"it changed at {month.plain()}, by more than ordinary variation between months and earlier"
        " drift"
    )


def may_say_figures(
    wordy: Wordy, now: float | None, then: float | None, period: Period, baseline: Period
) -> str:
    """The two figures alone, where nothing may be said of their difference."""
    if now is None or then is None:
        return ""
    return (
        f"{wordy.title}: {wordy.phrase(now)} ({wordy.when(period)}) and {wordy.bare(then)}"
        f" ({wordy.when(baseline)}); whether that is more than ordinary variation is not known."
    )


def together(*parts: str) -> str:
    """One paragraph of the parts that are there."""
    return " ".join(part for part in parts if part)
