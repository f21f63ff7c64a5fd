"""Measures that count the same records do not give each other's small counts away."""

from dataclasses import replace

import numpy as np
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from answerable.chain.body import Appetite, Period
from answerable.chain.disclosure import exposed, given_away, linked, protect
from answerable.chain.disclosure.counted import rules_of
from answerable.chain.measures import Definition, Grain, Result, Unit
from tests.generative.test_suppression import AREAS, definition, periods, result

APPETITE = Appetite()
SERIES = periods()
MONTHS = [period for period, grain in SERIES if grain == Grain.MONTH]


def measures() -> dict[str, Definition]:
    """A count of referrals; a ratio that has them as its numerator; a share of all crimes; and a
    count of those crimes that the share counts."""
    crimes = "strand = 'domestic_abuse'"
    share = definition("outcome_16_share")
    counted = definition("reports").model_copy(
        update={
            "key": "outcome_16", "table": "crimes", "at": "recorded_on", "statistics": ("count",),
            "include": f"16 = outcome_code and ({crimes})",
        }
    )  # fmt: skip
    known = ("cps_referrals", "cps_referral_rate")
    return {key: definition(key) for key in known} | {share.key: share, counted.key: counted}


DEFINITIONS = measures()


def results(referrals: np.ndarray, sixteen: np.ndarray, crimes: np.ndarray) -> list[Result]:
    """Every result of counts [area, month]; the last area is of records placed in none."""
    made = []
    for area in (*range(len(AREAS)), None):
        place = "all" if area is None else AREAS[area]
        for period, grain in SERIES:
            inside = [i for i, month in enumerate(MONTHS) if month.first in period]
            at = slice(None) if area is None else slice(area, area + 1)
            referred, found, all_ = (
                int(each[at][:, inside].sum()) for each in (referrals, sixteen, crimes)
            )
            made += _here(place, period, grain, referred, found, all_)
    return made


def _here(
    area: str, period: Period, grain: Grain, referred: int, found: int, crimes: int
) -> list[Result]:
    def one(key: str, statistic: str, unit: Unit, n: int, count: int | None = None) -> Result:
        return result(key, statistic, unit, area, period, grain, "", n, count)

    ratio = one("cps_referral_rate", "ratio", Unit.RATIO, crimes, referred)
    return [
        one("cps_referrals", "count", Unit.COUNT, referred),
        replace(ratio, value=round(100 * referred / crimes, 4) if crimes else None),
        one("cps_referral_rate", "numerator", Unit.COUNT, referred),
        one("cps_referral_rate", "denominator", Unit.COUNT, crimes),
        one("outcome_16_share", "rate", Unit.SHARE, crimes, found),
        one("outcome_16", "count", Unit.COUNT, found),
    ]


@st.composite
def forces(draw: st.DrawFn) -> tuple[np.ndarray, np.ndarray, np.ndarray]:
    rng = np.random.default_rng(draw(st.integers(0, 2**32 - 1)))
    sizes = np.array(draw(st.lists(st.sampled_from([8, 30, 120, 2]), min_size=4, max_size=4)))
    crimes = rng.poisson((sizes * [1, 1, 1, 0.1])[:, None], (len(AREAS) + 1, len(MONTHS)))
    sixteen = rng.binomial(crimes, draw(st.sampled_from([0.95, 0.3, 0.02])))
    referrals = rng.poisson(crimes * draw(st.sampled_from([0.3, 0.05, 2])))
    return referrals, sixteen, crimes


def apart(true: list[Result]) -> tuple[Result, ...]:
    """Each measure protected as if it stood alone."""
    alone = {
        key: iter(protect([r for r in true if r.measure == key], DEFINITIONS, APPETITE))
        for key in DEFINITIONS
    }
    return tuple(next(alone[each.measure]) for each in true)


@settings(max_examples=2, deadline=None, suppress_health_check=list(HealthCheck), derandomize=True)
@given(counts=forces())
def test_no_small_count_comes_out_of_several_measures(
    counts: tuple[np.ndarray, np.ndarray, np.ndarray],
) -> None:
    true = results(*counts)
    shown = protect(true, DEFINITIONS, APPETITE)
    assert given_away(true, shown, DEFINITIONS, APPETITE) == ()
    assert exposed(true, shown, DEFINITIONS, APPETITE) == ()


def test_protected_one_by_one_they_give_each_other_away() -> None:
    """The test above can fail: this is what it looks for."""
    rng = np.random.default_rng(0)
    crimes = rng.poisson(np.array([12, 40, 90, 3])[:, None], (4, len(MONTHS)))
    true = results(rng.poisson(crimes * 0.2), rng.binomial(crimes, 0.9), crimes)
    assert given_away(true, apart(true), DEFINITIONS, APPETITE)
    assert given_away(true, protect(true, DEFINITIONS, APPETITE), DEFINITIONS, APPETITE) == ()


def test_what_is_told_is_the_count_itself() -> None:
    """A month of 3 that one measure withholds, and the other would show in its own way."""
    crimes = np.full((4, len(MONTHS)), 40)
    referrals = np.full((4, len(MONTHS)), 20)
    referrals[0, 2] = 3
    true = results(referrals, np.full((4, len(MONTHS)), 20), crimes)
    (shown,) = [
        r for r in protect(true, DEFINITIONS, APPETITE)
        if (r.measure, r.area, r.period) == ("cps_referrals", "a", "2022-06")
    ]  # fmt: skip
    assert shown.n is None
    hidden = tuple(shown if each.name == shown.name else each for each in true)
    (found,) = given_away(true, hidden, DEFINITIONS, APPETITE)
    assert (found.where[0], found.low, found.high) == ("cps_referrals, cps_referral_rate", 3, 3)


def test_measures_that_share_no_records_are_not_linked() -> None:
    counts = np.full((4, len(MONTHS)), 40)
    assert linked(results(counts, counts, counts), DEFINITIONS) == [
        ("cps_referrals", "cps_referral_rate", "outcome_16_share", "outcome_16")
    ]
    other = DEFINITIONS | {
        "cps_referrals": DEFINITIONS["cps_referrals"].model_copy(update={"at": "decided_on"})
    }
    assert linked(results(counts, counts, counts), other) == [
        ("cps_referral_rate", "outcome_16_share", "outcome_16")
    ]


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("a and b", "(b) and (a)"),
        ("a and (b and c)", "c and b and a"),
        ("x in (3, 1, 2)", "x in (1, 2, 3)"),
        ("x in ('video')", "x = 'video'"),
        ("16 = outcome_code", "outcome_code = 16"),
        ("X = 'Video'", "x = 'Video'"),
    ],
)
def test_conditions_that_are_the_same(one: str, other: str) -> None:
    assert rules_of(one) == rules_of(other)


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("a or b", "a and b"),
        ("x = 'Video'", "x = 'video'"),
        ("x in (1, 2)", "x in (1, 2, 3)"),
        ("a", "a is not true"),
        ("x > 1", "x >= 1"),
        ("not a", "a"),
    ],
)
def test_conditions_that_are_not(one: str, other: str) -> None:
    assert rules_of(one) != rules_of(other)
