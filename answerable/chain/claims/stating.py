"""Readings of a single fact: a stated value, and something in place by a day."""

import re
from collections.abc import Mapping
from datetime import date
from decimal import Decimal

from ..body import Month, Period
from ..measures import Result, Unit, quantity
from . import doubt, sentences
from .doubt import Doubt
from .figure import Wordy
from .undecided import STATED, cannot_tell, nothing_for
from .verdict import LABELS, Verdict, VerdictKind

K = VerdictKind
IN_PLACE = "in place on a day"


def verdict_on_value(
    wordy: Wordy, stated: str | float, value: float, period: Period, notes: tuple[str, ...] = ()
) -> Verdict:
    """Whether the recorded figure is the stated one, at the precision of the statement.

    '63%' is so for anything that rounds to 63%; '38 minutes' for 37½ to 38½ minutes.
    """
    said, half = stated_value(stated, wordy.unit)
    off = abs(value - said)
    holds = off <= half + 1e-9 * max(1.0, abs(said))
    kind = K.SUPPORTED if holds else K.CONTRADICTED
    recorded = sentences.recorded_one(wordy, value, period)
    exact = wordy.bare(value)
    words = _stated_words(wordy, said)
    ordinary = (
        f"The stated {words} is what the record gives, at the precision of the statement."
        if holds
        else f"The stated {words} is not what the record gives; it is off by {wordy.change(off)}."
    )
    return Verdict(
        verdict=kind,
        label=LABELS[kind],
        recorded=recorded,
        ordinary=ordinary,
        rule=STATED,
        sentence=sentences.together(recorded, ordinary, *notes),
        size=value,
        may_say=f"{wordy.title}: {wordy.phrase(value)} ({wordy.when(period)})." if exact else "",
        notes=notes,
        unit=str(wordy.unit),
    )


def _stated_words(wordy: Wordy, said: float) -> str:
    from ..measures import shown

    return shown(said, wordy.unit, wordy.per, exact=True)


def stated_value(stated: str | float, unit: Unit) -> tuple[float, float]:
    """A stated value in its unit, and half of the last place in which it was stated.

    Whole numbers of counts are exact. Raises ValueError as `quantity` does.
    """
    value = quantity(stated, unit)
    number = re.match(r"[-+]?\d+(?:\.\d+)?", str(stated).strip())
    assert number is not None  # noqa: S101  # quantity has read it
    places = -int(Decimal(number[0]).as_tuple().exponent)
    if unit == Unit.COUNT and places == 0:
        return value, 0.0
    step = abs(quantity(str(stated).strip().replace(number[0], f"{_step(places)}", 1), unit))
    return value, step / 2


def _step(places: int) -> str:
    return "1" if places == 0 else f"{Decimal(1).scaleb(-places):f}"


def verdict_in_place(
    wordy: Wordy,
    months: Mapping[Month, Result],
    on: date,
    stated: str | float | None,
    until: Period | None = None,
) -> Verdict:
    """Whether what was said to be in place by a day is recorded as in place.

    months   monthly results: for what stands at a day, of the last day of the month in
             which `on` lies; for what is counted, of that month
    stated   how many, or what share; without it a share must be whole and a count above 0
    until    later months to look at for whether it stayed so
    """
    month = Month.of(on)
    result = months.get(month)
    if result is None or not result.usable or result.value is None:
        return _not_told(wordy, month, result)
    needed, is_share = _needed(stated, wordy.unit)
    held = _held(result, is_share, wordy.unit)
    holds = held >= needed - 1e-9
    kind = K.IN_PLACE if holds else K.NOT_IN_PLACE
    fact = f"{_amount(wordy, result, is_share)} {_when(wordy, month)}"
    recorded = f"Recorded: {fact}."
    ordinary = (
        f"That is what was said to be in place: {_goal(wordy, needed, is_share, stated)}."
        if holds
        else f"What was said to be in place is {_goal(wordy, needed, is_share, stated)}."
    )
    notes = (
        _since(wordy, months, month, needed, is_share, until)
        if holds
        else _first_so(wordy, months, month, needed, is_share)
    )
    return Verdict(
        verdict=kind,
        label=LABELS[kind],
        recorded=recorded,
        ordinary=ordinary,
        rule=IN_PLACE,
        sentence=sentences.together(recorded, ordinary, *notes),
        size=held,
        may_say=f"{wordy.title}: {fact}.",
        notes=notes,
        unit=str(Unit.SHARE if is_share else Unit.COUNT),
    )


def _when(wordy: Wordy, month: Month) -> str:
    return f"{'at the end of' if wordy.at_end else 'in'} {month.plain()}"


def _needed(stated: str | float | None, unit: Unit) -> tuple[float, bool]:
    """What must be there, and whether it is a share of those that should be."""
    if stated is None:
        return (1.0, True) if unit == Unit.SHARE else (1.0, False)
    if unit == Unit.SHARE and (str(stated).strip().endswith("%") or float(str(stated)) < 1):
        return quantity(stated, unit), True
    return float(str(stated)), False


def _held(result: Result, is_share: bool, unit: Unit) -> float:
    assert result.value is not None  # noqa: S101
    if not is_share and unit == Unit.SHARE:
        return float(result.count or 0)
    return result.value


def _amount(wordy: Wordy, result: Result, is_share: bool) -> str:
    assert result.value is not None  # noqa: S101
    if wordy.unit != Unit.SHARE:
        return wordy.bare(result.value)
    if result.count is not None and result.n is not None:
        share = f" ({wordy.bare(result.value)})" if is_share else ""
        return f"{result.count:,} of {result.n:,}{share}"
    return wordy.bare(result.value)


def _goal(wordy: Wordy, needed: float, is_share: bool, stated: str | float | None) -> str:
    if stated is None:
        return "all of them" if is_share else "at least one"
    if is_share:
        return f"at least {_stated_words(wordy, needed)}"
    return f"at least {needed:,.0f}"


def _since(
    wordy: Wordy,
    months: Mapping[Month, Result],
    first: Month,
    needed: float,
    is_share: bool,
    until: Period | None,
) -> tuple[str, ...]:
    """Whether it stayed so, over the later months that the reading names."""
    if until is None:
        return ()
    later = [m for m in until if m > first and m in months and months[m].usable]
    short = [m for m in later if _held(months[m], is_share, wordy.unit) < needed - 1e-9]
    if not later:
        return ()
    if not short:
        return (f"It was still so in every later month up to {later[-1].plain()}.",)
    return (
        f"It was not so in {doubt.months_in_words(short)}: {len(short)} of the {len(later)} later"
        " months looked at.",
    )


def _first_so(
    wordy: Wordy, months: Mapping[Month, Result], after: Month, needed: float, is_share: bool
) -> tuple[str, ...]:
    """The first later month in which it was so."""
    for month in sorted(m for m in months if m > after and months[m].usable):
        if _held(months[month], is_share, wordy.unit) >= needed - 1e-9:
            return (f"It was first recorded so {_when(wordy, month)}.",)
    return ("No later month on record has it so.",)


def _not_told(wordy: Wordy, month: Month, result: Result | None) -> Verdict:
    from ..measures import Status

    withheld = result is not None and result.status == Status.SUPPRESSED
    why: Doubt = doubt.SUPPRESSED if withheld else doubt.no_figures(Period.of(month, month))
    return cannot_tell(why, wordy.unit, nothing_for(month.plain()), rule=IN_PLACE)
