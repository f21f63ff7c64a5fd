"""Medians and percentiles as they are shown tell of no single person: random small forces."""

from dataclasses import replace

import numpy as np
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from answerable.chain.body import Appetite
from answerable.chain.disclosure import Why, protection
from answerable.chain.disclosure.quantiles import laid_bare
from answerable.chain.measures import Grain, Result, Status, Unit
from answerable.chain.statistics import quantile_ranks
from tests.generative.test_suppression import AREAS, definition, periods

APPETITE = Appetite()
KEY = "response_time_priority"
DEFINITIONS = {KEY: definition(KEY)}
SERIES = periods()
MONTHS = [period for period, grain in SERIES if grain == Grain.MONTH]
Times = list[list[np.ndarray]]
"""Seconds by area (the last is of records placed in none) and month."""


def results(times: Times) -> tuple[list[Result], list[np.ndarray]]:
    """Every median and 90th percentile, and the times on which each rests."""
    made, rest_on = [], []
    for area in (*range(len(AREAS)), None):
        here = times if area is None else [times[area]]
        for period, grain in SERIES:
            inside = [i for i, month in enumerate(MONTHS) if month.first in period]
            found = np.sort(np.concatenate([each[i] for each in here for i in inside]))
            for statistic, share in (("median", 0.5), ("p90", 0.9)):
                made.append(_result(statistic, share, area, period.text, grain, found))
                rest_on.append(found)
    return made, rest_on


def _result(
    statistic: str, share: float, area: int | None, period: str, grain: Grain, found: np.ndarray
) -> Result:
    n = len(found)
    ranks = quantile_ranks(n, share) if n else None
    lower, upper = (None, None) if ranks is None else (found[ranks[0] - 1], found[ranks[1] - 1])
    return Result(
        measure=KEY, version=1, definition="d", statistic=statistic, period=period, grain=grain,
        area="all" if area is None else AREAS[area], unit=Unit.SECONDS, source="s", n=n,
        value=float(np.quantile(found, share)) if n else None, lower=lower, upper=upper,
        method="order statistics" if ranks else "", status=Status.OK if n else Status.ZERO,
    )  # fmt: skip


@st.composite
def forces(draw: st.DrawFn) -> Times:
    rng = np.random.default_rng(draw(st.integers(0, 2**32 - 1)))
    sizes = draw(st.lists(st.sampled_from([0, 0.4, 3, 12, 60]), min_size=4, max_size=4))
    counts = rng.poisson(np.array(sizes)[:, None] * np.ones(len(MONTHS)))
    return [[rng.lognormal(7, 1, n) for n in each] for each in counts.tolist()]


@settings(max_examples=8, deadline=None, suppress_health_check=list(HealthCheck), derandomize=True)
@given(times=forces())
def test_no_shown_number_is_an_extreme_or_sets_a_few_apart(times: Times) -> None:
    true, rest_on = results(times)
    shown = protection(true, DEFINITIONS, APPETITE).results
    assert laid_bare(true, shown, DEFINITIONS, APPETITE) == ()
    for each, found in zip(shown, rest_on, strict=True):
        if each.value is None:
            continue
        assert len(found) >= 20
        assert sum(found > each.value) >= 5 and sum(found < each.value) >= 5
        for end in (each.lower, each.upper):
            assert end is None or end not in {*found[:5], *found[-5:]}


def many(n: int) -> np.ndarray:
    return np.random.default_rng(n).lognormal(7, 1, n)


def test_a_whole_that_is_one_area_and_two_people_shows_one_of_the_two() -> None:
    """Records that lie in no area are taken to be known, so their count alone is no secret."""
    times = [[many(60 + i) for i in range(15)], *[[many(0)] * 15] * 2, [many(2)] * 15]
    true, _ = results(times)
    found = laid_bare(true, true, DEFINITIONS, APPETITE)
    assert f"{KEY} 1 median a 2022-04 beside {KEY} 1 median all 2022-04" in found
    done = protection(true, DEFINITIONS, APPETITE)
    assert laid_bare(true, done.results, DEFINITIONS, APPETITE) == ()
    assert Why.NEARLY_ANOTHER in done.reasons


def test_a_year_and_eleven_of_its_months() -> None:
    """The month between them has three: their counts are kept apart, and so are the medians."""
    times = [[many(3 if i == 4 else 60 + i) for i in range(15)], *[[many(0)] * 15] * 3]
    true, _ = results(times)
    eleven = [
        replace(each, period="2022-04..2022-07", grain=Grain.WINDOW, n=249)
        if each.period == "2022-04..2023-03"
        else replace(each, period="2022-04..2022-08", grain=Grain.WINDOW, n=252)
        if each.period == "2022-05..2023-04"
        else each
        for each in true
    ]
    found = laid_bare(eleven, eleven, DEFINITIONS, APPETITE)
    assert any("2022-04..2022-08 beside" in name and "..2022-07" in name for name in found)
    done = protection(eleven, DEFINITIONS, APPETITE)
    assert laid_bare(eleven, done.results, DEFINITIONS, APPETITE) == ()


def test_a_quantile_on_too_few_and_an_interval_on_an_extreme_are_found() -> None:
    times = [[many(19)] * 15, [many(25)] * 15, *[[many(0)] * 15] * 2]
    true, _ = results(times)
    found = set(laid_bare(true, true, DEFINITIONS, APPETITE))
    assert f"{KEY} 1 median a 2022-04" in found
    assert f"{KEY} 1 p90 b 2022-04" in found
