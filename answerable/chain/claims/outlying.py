"""Whether an area stands apart: held against the rest of the force, never in a league table."""

from collections.abc import Mapping
from dataclasses import replace

from ..body import Period
from ..measures import Result, Status, Unit
from ..statistics import Funnel, false_outliers, funnel
from ..statistics.funnel import LEAST_EXPECTED, LEAST_UNITS
from ..statistics.funnel import Unit as Place
from . import doubt, sentences
from .comparing import MIX_BETWEEN, SETTLE_MIX
from .doubt import Doubt
from .figure import Wordy
from .undecided import cannot_tell, nothing_for
from .verdict import LABELS, Verdict, VerdictKind

K = VerdictKind
RULE = "each area against the rest"

NOT_AN_AREA = Doubt(
    "not an area",
    "the whole has nothing here to be set against",
    "One of its areas; or the figures of similar forces, counted as ours are.",
)
NO_SIZE = Doubt(
    "no size",
    "this figure is not so many of so many, so how much size alone explains cannot be worked out",
    "A share or a rate with its numerator and denominator.",
)
FEW_AREAS = Doubt(
    "few areas",
    f"fewer than {LEAST_UNITS} areas have figures that can be shown for these months",
    f"Figures of at least {LEAST_UNITS} areas, over a longer period where they are small.",
)
FEW_EXPECTED = Doubt(
    "few expected",
    f"an area of this size would be expected to have fewer than {LEAST_EXPECTED}",
    "A longer period.",
)


def verdict_on_outlier(
    wordy: Wordy,
    results: Mapping[str, Result],
    area: str,
    period: Period,
    notes: tuple[str, ...] = (),
    *,
    mix_open: bool = False,
) -> Verdict:
    """Whether an area lies beyond the 99.8% limits that the others' figures and its size give.

    results   the same figure of every area over the same months, by code
    mix_open  whether no records stand behind them, so that the mix of cases cannot be looked at
    95% limits are never a verdict: on a page of many areas they call out the innocent.
    """
    mine = results.get(area)
    why = _against(mine, area, period, wordy)
    if why is not None or mine is None or mine.value is None:
        value = None if mine is None else mine.value
        recorded = nothing_for(wordy.when(period)) if value is None else (
            sentences.recorded_one(wordy, value, period)
        )  # fmt: skip
        return cannot_tell(
            why or doubt.no_figures(period), wordy.unit, recorded, rule=RULE, size=value
        )
    recorded = sentences.recorded_one(wordy, mine.value, period)
    made = funnel_between(results)
    if made is None:
        return cannot_tell(FEW_AREAS, wordy.unit, recorded, rule=RULE, size=mine.value)
    place = next(each for each in made.units if each.unit == area)
    if place.outlier is None:
        return cannot_tell(FEW_EXPECTED, wordy.unit, recorded, rule=RULE, size=mine.value)
    left_out = len(results) - len(made.units)
    if left_out:
        notes = (*notes, f"{_areas(left_out)} without figures that can be shown left out.")
    if place.outlier:
        notes = (*notes, false_outliers(made).of_one)
    told = _told(wordy, mine, place, recorded, period, notes)
    return _with_mix_open(told) if mix_open and place.outlier else told


def _with_mix_open(verdict: Verdict) -> Verdict:
    """Never plainly supported where the mix may be the reason and was not looked at."""
    return replace(
        verdict,
        label=f"{verdict.label}; mix not checked",
        notes=(*verdict.notes, MIX_BETWEEN),
        sentence=sentences.together(verdict.sentence, MIX_BETWEEN),
        to_settle=SETTLE_MIX,
    )


def _areas(number: int) -> str:
    return "1 area is" if number == 1 else f"{number} areas are"


def _against(mine: Result | None, area: str, period: Period, wordy: Wordy) -> Doubt | None:
    if area == "all":
        return NOT_AN_AREA
    if mine is not None and mine.status == Status.SUPPRESSED:
        return doubt.SUPPRESSED
    if mine is None or not mine.usable:
        return doubt.no_figures(period)
    return None if _counted(mine) and wordy.unit in (Unit.SHARE, Unit.RATIO) else NO_SIZE


def _counted(result: Result) -> bool:
    return result.usable and result.count is not None and bool(result.n)


def funnel_between(results: Mapping[str, Result]) -> Funnel | None:
    """Places beside each other: one figure of each over the same months, by code.

    Only shares and rates whose counts may be shown are set beside each other; None where fewer
    than three can be.
    """
    counted = {
        code: result
        for code, result in results.items()
        if _counted(result) and result.unit in (Unit.SHARE, Unit.RATIO)
    }
    if len(counted) < LEAST_UNITS:
        return None
    share = next(iter(counted.values())).unit == Unit.SHARE
    return funnel(
        list(counted),
        [float(r.count or 0) for r in counted.values()],
        [float(r.n or 0) for r in counted.values()],
        kind="proportion" if share else "ratio",
    )


def _told(
    wordy: Wordy,
    mine: Result,
    place: Place,
    recorded: str,
    period: Period,
    notes: tuple[str, ...],
) -> Verdict:
    per = wordy.per if wordy.unit == Unit.RATIO else 1
    low, high = (wordy.bare(limit * per) for limit in (place.lower998, place.upper998))
    kind = K.SUPPORTED if place.outlier else K.NOT_SHOWN
    value = mine.value or 0.0
    side = "below" if place.value < place.lower998 else "above"
    where = f"It lies {side} that range." if place.outlier else "It lies within that range."
    ordinary = (
        "Held against the other areas, an area of its size with nothing the matter would lie"
        f" from {low} to {high} in 998 of 1,000 cases. {where}"
    )
    may_say = f"{wordy.title}: {wordy.phrase(value)} ({wordy.when(period)})"
    if place.outlier:
        may_say += f", {side} what its size and the differences between the other areas explain"
    return Verdict(
        verdict=kind,
        label=LABELS[kind],
        recorded=recorded,
        ordinary=ordinary,
        rule=RULE,
        sentence=sentences.together(recorded, ordinary, *notes),
        size=value,
        lower=mine.lower,
        upper=mine.upper,
        may_say=f"{may_say}.",
        to_settle="" if place.outlier else "A longer period, which narrows the limits.",
        notes=notes,
        unit=str(wordy.unit),
    )
