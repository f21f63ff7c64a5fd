"""Has a monthly series changed? Like months compared with like months.

The unit of change over time is the month, never the row. Each month is set against the
same month of an earlier year, so that season cannot pass for change, and the standard
error allows for months that lean on each other. Rates of false findings and power are in
`docs/reference/calibration.md`; tests/unit/statistics/test_change.py re-measures them.
"""

import math
from collections.abc import Mapping
from dataclasses import dataclass, replace
from enum import StrEnum
from functools import cache

import numpy as np

from ..body import Month, Period
from .autocorrelation import (
    ALLOWANCE,
    Floats,
    allowance_for,
    variance_of_mean,
    widening,
)
from .quarter import quarter_on_quarter
from .steps import LEAST_FREEDOM, ages_within, steps_of
from .yardstick import ages_of, yardstick

LIKE_MONTHS = "like months paired"
LIKE_QUARTERS = "like quarters"
AT_A_DATE = "like months, freed of drift"
BY_STEPS = "steps of what stands at a day"
NO_RULE = "none"
YEAR = 12
FREED_OF_DRIFT = tuple((1, -2, 1)[age // YEAR] / YEAR for age in range(3 * YEAR))
"""A year less the year before, less that one less the year before it; by age in months."""


class Moved(StrEnum):
    """What the test says of a series."""

    ROSE = "rose"
    FELL = "fell"
    WITHIN = "within ordinary variation"
    UNTESTABLE = "cannot be tested"


class Obstacle(StrEnum):
    """Why a comparison cannot be tested."""

    OVERLAP = "the two periods overlap"
    ORDER = "the baseline comes after the period"
    LENGTHS = "the two periods differ in length"
    SEASON = "the two periods are of different times of year"
    SHORT = "the period is too short"
    HISTORY = "the record does not go back far enough"
    GAPS = "months are not on record"
    STILL = "the series does not vary"
    DATE_HISTORY = "too few months lie before or after the date"


@dataclass(frozen=True)
class Change:
    """The outcome of one comparison.

    moved    rose, fell, within ordinary variation, or cannot be tested
    size     mean of the differences of like months, in the unit of the series
    lower, upper        its 95% interval; lower_90, upper_90 the 90% one
    smallest_visible    the change that these data would have shown four times in five
    months   how many pairs
    rests_on how many months, or steps between them, the yardstick rests on
    allowance   the lag 1 autocorrelation allowed for
    obstacle    why it cannot be tested, with the months that are not on record
    offers   periods that could be tested on the same record against the same months a
             year earlier; the longest first
    """

    moved: Moved
    rule: str
    size: float | None = None
    lower: float | None = None
    upper: float | None = None
    lower_90: float | None = None
    upper_90: float | None = None
    smallest_visible: float | None = None
    months: int = 0
    rests_on: int = 0
    allowance: float = 0.0
    obstacle: Obstacle | None = None
    absent: tuple[Month, ...] = ()
    offers: tuple[Period, ...] = ()


def compare(
    history: Mapping[Month, float], period: Period, baseline: Period, *, standing: bool = False
) -> Change:
    """Test `period` against `baseline` on a monthly series.

    history   the months on record, since the last break in the series; months after the
              period are not looked at
    standing  whether each figure is of what stands at the month's end and carries over, such
              as cases open: then the change is held against the steps from month to month,
              over two years at least (`chain.statistics.steps`)
    Twelve months (or 6 and more) against the same months of an earlier year are tested
    by like months paired; a quarter against the same quarter a year earlier needs 36
    months. Everything else cannot be tested, and says why.
    """
    obstacle = _shape(period, baseline)
    if obstacle is not None:
        return _untestable(obstacle, history, period, standing=standing)
    absent = tuple(month for span in (baseline, period) for month in span if month not in history)
    if absent:
        before = bool(history) and all(month < min(history) for month in absent)
        return _untestable(
            Obstacle.HISTORY if before else Obstacle.GAPS, history, period, absent,
            standing=standing,
        )  # fmt: skip
    if len(period) == 3:
        needed = Period.of(period.last + (1 - 3 * YEAR), period.last)
        lacking = tuple(month for month in needed if month not in history)
        if lacking:
            rule = BY_STEPS if standing else LIKE_QUARTERS
            return _untestable(Obstacle.HISTORY, history, period, lacking, rule, standing)
    if standing:
        return _stood(history, period, baseline)
    return _quarter(history, period) if len(period) == 3 else _paired(history, period, baseline)


def _shape(period: Period, baseline: Period) -> Obstacle | None:
    """What stands against the two periods themselves."""
    apart = period.first - baseline.first
    if apart < 0:
        return Obstacle.ORDER
    if baseline.last >= period.first:
        return Obstacle.OVERLAP
    if len(period) != len(baseline):
        return Obstacle.LENGTHS
    if apart % 12:
        return Obstacle.SEASON
    if len(period) < 6 and not (len(period) == 3 and apart == 12):
        return Obstacle.SHORT
    return None


def _untestable(
    obstacle: Obstacle,
    known: Mapping[Month, float],
    period: Period,
    absent: tuple[Month, ...] = (),
    rule: str = NO_RULE,
    standing: bool = False,
) -> Change:
    return Change(
        Moved.UNTESTABLE,
        rule,
        obstacle=obstacle,
        absent=absent,
        offers=_offers(known, period, standing),
    )


def _offers(
    known: Mapping[Month, float], period: Period, standing: bool = False
) -> tuple[Period, ...]:
    """Twelve and six months up to the period's end, where they and their baseline are there;
    of what stands at a day, where two years are."""
    found = []
    for length in (12, 6):
        offer = Period.of(period.last + (1 - length), period.last)
        spans = (_two_years(period),) if standing else (offer, offer.earlier(12))
        needed = (month for span in spans for month in span)
        if len(period) != length and all(month in known for month in needed):
            found.append(offer)
    return tuple(found)


def run_up_to(known: Mapping[Month, float], last: Month) -> Floats:
    """The unbroken run of months that ends with `last`, oldest first."""
    first = last
    while first in known:
        first = first + -1
    return np.array([known[first + i] for i in range(1, last - first + 1)], dtype=np.float64)


def _paired(known: Mapping[Month, float], period: Period, baseline: Period) -> Change:
    now = np.array([known[month] for month in period])
    then = np.array([known[month] for month in baseline])
    differences = now - then
    m = len(differences)
    spread = float(np.std(differences, ddof=1))
    if _still(spread, now, then):
        return _untestable(Obstacle.STILL, known, period, rule=LIKE_MONTHS)
    apart = period.first - baseline.first
    by_age = {period.last - month: value for month, value in known.items()}
    ages = ages_of(by_age, m, apart)
    rule = yardstick(ages, m, apart)
    found = rule.measure(np.array([[by_age[age] for age in ages]]))
    rho = float(found.allowance[0])
    plain = float(found.scatter[0]) * rule.error_at(rho)
    return _tested(
        LIKE_MONTHS,
        size=float(np.mean(differences)),
        error=float(found.error[0]),
        freedom=rule.freedom,
        smallest=plain * _needed(rule.freedom),
        months=m,
        rests_on=len(ages),
        rho=rho,
    )


def _two_years(period: Period) -> Period:
    """The 24 months up to a period's last."""
    return Period.of(period.last + (1 - 2 * YEAR), period.last)


def _stood(known: Mapping[Month, float], period: Period, baseline: Period) -> Change:
    return _by_steps(known, period, contrast_of(len(period), period.first - baseline.first))


def contrast_of(length: int, apart: int) -> tuple[float, ...]:
    """Mean of a period less mean of a baseline so many months earlier, as the weight of each
    month by its age before the period's last."""
    weights = [0.0] * (apart + length)
    for age in range(length):
        weights[age] += 1 / length
        weights[apart + age] -= 1 / length
    return tuple(weights)


def _by_steps(known: Mapping[Month, float], period: Period, weights: tuple[float, ...]) -> Change:
    """weights   of the months in the change, by their age before the period's last"""
    by_age = {period.last - month: value for month, value in known.items()}
    ages = ages_within(by_age, weights)
    rule = steps_of(ages, weights, len(period))
    if rule.freedom < LEAST_FREEDOM:
        absent = tuple(month for month in _two_years(period) if month not in known)
        return _untestable(Obstacle.HISTORY, known, period, absent, BY_STEPS, standing=True)
    values = np.array([by_age[age] for age in ages])
    size, error = (float(each[0]) for each in rule.measure(values[None, :]))
    if _still(error, values):
        return _untestable(Obstacle.STILL, known, period, rule=BY_STEPS, standing=True)
    return _tested(
        BY_STEPS,
        size=size,
        error=error,
        freedom=rule.freedom,
        smallest=error * _needed(rule.freedom),
        months=len(period),
        rho=ALLOWANCE,
        rests_on=rule.steps,
        offers=_offers(known, period, standing=True) if len(period) == 3 else (),
    )


def _quarter(known: Mapping[Month, float], period: Period) -> Change:
    history = run_up_to(known, period.last)
    test = quarter_on_quarter(history)
    if _still(test.spread, history, history):
        return _untestable(Obstacle.STILL, known, period, rule=LIKE_QUARTERS)
    change = _tested(
        LIKE_QUARTERS,
        size=test.size,
        error=test.error,
        freedom=test.freedom,
        smallest=test.smallest_visible,
        months=3,
        rho=test.allowance,
        offers=_offers(known, period),
    )
    if change.moved in (Moved.ROSE, Moved.FELL) and not test.holds_without_best_month:
        return replace(change, moved=Moved.WITHIN)
    return change


def _tested(
    rule: str,
    size: float,
    error: float,
    freedom: int,
    smallest: float,
    months: int,
    rho: float,
    rests_on: int = 0,
    offers: tuple[Period, ...] = (),
) -> Change:
    t95, t90 = t_quantile(0.975, freedom), t_quantile(0.95, freedom)
    moved = Moved.WITHIN
    if abs(size) > t95 * error:
        moved = Moved.ROSE if size > 0 else Moved.FELL
    return Change(
        moved,
        rule,
        size=size,
        lower=size - t95 * error,
        upper=size + t95 * error,
        lower_90=size - t90 * error,
        upper_90=size + t90 * error,
        smallest_visible=smallest,
        months=months,
        rests_on=rests_on or months,
        allowance=rho,
        offers=offers,
    )


def _still(spread: float, *values: Floats) -> bool:
    """No variation beyond what arithmetic leaves in the last bits."""
    largest = max(float(np.max(np.abs(each))) for each in values)
    return spread <= 1e-12 * max(1.0, largest)


def unchanged_within(change: Change, margin: float) -> bool:
    """Whether the 90% interval lies inside ± margin: two one-sided tests at 5%."""
    if change.lower_90 is None or change.upper_90 is None:
        return False
    return -margin < change.lower_90 and change.upper_90 < margin


@cache
def t_quantile(probability: float, freedom: int) -> float:
    """Quantile of Student's t."""
    from scipy.special import stdtrit

    return float(stdtrit(freedom, probability))


@cache
def _needed(freedom: int) -> float:
    """How many standard errors a true change must measure to be found four times in five.

    From the noncentral t; about 1.75 monthly standard deviations at twelve months.
    """
    from scipy.special import nctdtrinc

    return float(nctdtrinc(freedom, 0.2, t_quantile(0.975, freedom)))


def at_a_date(history: Mapping[Month, float], first: Month, *, standing: bool = False) -> Change:
    """Did the series change at a date, beyond the way that it was going already?

    first   the first month from which the effect is said to run
    standing  as for `compare`: the same pairs of differences, held against the steps
    Each of the twelve months from the date is set against the same month a year earlier, and
    that difference against the same difference of the year before it. A season falls out of
    such a pair of differences and so does a steady drift; what is left is a step at the date.
    It needs 24 months before and 12 after, all on record: something begun seven months ago
    cannot be tested. The standard error allows for months that lean on each other as in
    `compare`; 80% power needs about 3 monthly standard deviations (simulated:
    tests/unit/statistics/test_change.py). It says 'changed at', never 'because'.
    """
    period = Period.of(first, first + (YEAR - 1))
    needed = Period.of(first + -2 * YEAR, period.last)
    absent = tuple(month for month in needed if month not in history)
    if absent:
        end = max(history, default=first)
        known = Period.of(end, end)
        return _untestable(Obstacle.DATE_HISTORY, history, known, absent=absent, rule=AT_A_DATE)
    if standing:
        return _by_steps(history, period, FREED_OF_DRIFT)
    values = np.array([history[month] for month in needed])
    before, last, now = values.reshape(3, YEAR)
    steps = (now - last) - (last - before)
    spread = float(np.std(steps, ddof=1))
    if _still(spread, now, last, before):
        return _untestable(Obstacle.STILL, history, period, rule=AT_A_DATE)
    rho = allowance_for(values)
    plain = spread / math.sqrt(YEAR)
    return _tested(
        AT_A_DATE,
        size=float(np.mean(steps)),
        error=plain * widening(YEAR, rho),
        freedom=YEAR - 1,
        smallest=plain * math.sqrt(variance_of_mean(YEAR, rho)) * _needed(YEAR - 1),
        months=YEAR,
        rho=rho,
    )
