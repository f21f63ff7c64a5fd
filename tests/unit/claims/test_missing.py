"""Missing times dealt against a claim."""

import numpy as np
import pytest

from answerable.chain.body import Month, Period
from answerable.chain.claims.missing import Times, dealt_against, excess
from answerable.chain.statistics import Moved

NOW, THEN = Period.parse("2022-12..2023-11"), Period.parse("2021-12..2022-11")
MONTHS = [*THEN, *NOW]


def months(values: np.ndarray) -> dict[Month, float]:
    return dict(zip(MONTHS, values.tolist(), strict=True))


def flat(value: float) -> dict[Month, float]:
    return dict.fromkeys(MONTHS, value)


def test_a_share_that_moves_is_found_and_one_that_does_not_is_not() -> None:
    noise = np.random.default_rng(1).normal(0, 0.005, 24)
    assert excess(months(0.1 + noise), NOW, THEN) == 0
    moved = excess(months(0.1 + noise + np.repeat([0, 0.06], 12)), NOW, THEN)
    assert moved == pytest.approx(0.06, abs=0.005)
    assert excess(flat(0.1), NOW, THEN) == 0
    assert excess({Month(2023, 1): 0.1}, NOW, THEN) is None


def test_more_missing_now_is_put_back_on_the_slow_side_of_now() -> None:
    times = Times(flat(2_400.0), 0.5, flat(5_400.0))
    dealt = dealt_against(times, flat(0.2), 0.1, Moved.FELL, NOW, THEN)
    assert all(dealt[month] == 2_400.0 for month in THEN)
    assert all(dealt[month] > 2_400.0 for month in NOW)


def test_more_missing_before_is_put_back_on_the_quick_side_of_before() -> None:
    times = Times(flat(2_400.0), 0.5, flat(5_400.0))
    dealt = dealt_against(times, flat(0.2), -0.1, Moved.FELL, NOW, THEN)
    assert all(dealt[month] < 2_400.0 for month in THEN)
    assert all(dealt[month] == 2_400.0 for month in NOW)


@pytest.mark.parametrize("claimed", [Moved.ROSE, Moved.FELL])
@pytest.mark.parametrize("moved_by", [0.1, -0.1])
@pytest.mark.parametrize("level", [0.5, 0.9, None])
def test_what_is_dealt_always_speaks_against_the_claim(
    claimed: Moved, moved_by: float, level: float | None
) -> None:
    value = 0.6 if level is None else 2_400.0
    other = {0.5: 5_400.0, 0.9: 1_200.0}.get(level or 0, 0.0)
    times = Times(flat(value), level, flat(other), 0.9 if level == 0.5 else 0.5)
    dealt = dealt_against(times, flat(0.2), moved_by, claimed, NOW, THEN)
    now, then = (np.mean([dealt[month] for month in span]) for span in (NOW, THEN))
    assert (now > then) == (claimed == Moved.FELL)


def test_a_share_is_dealt_by_arithmetic() -> None:
    """30 of 100 recorded, 60% of them in time; 10 put back as late: 60% × 80/90."""
    times = Times(flat(0.6), None, {})
    dealt = dealt_against(times, flat(0.2), 0.1, Moved.ROSE, NOW, THEN)
    assert dealt[NOW.first] == pytest.approx(0.6 * 0.8 / 0.9)


def test_the_dealt_median_lies_near_that_of_the_rows() -> None:
    """Against rows: a skewed wait whose slowest are put back at infinity."""
    random = np.random.default_rng(5)
    seen = random.lognormal(7.8, 0.8, 20_000)
    put_back = 0.1 / 0.9
    times = Times(flat(float(np.median(seen))), 0.5, flat(float(np.quantile(seen, 0.9))))
    dealt = dealt_against(times, flat(0.2), 0.1, Moved.FELL, NOW, THEN)[NOW.first]
    extra = int(len(seen) * put_back / (1 - put_back))
    truth = float(np.median(np.append(seen, np.full(extra, np.inf))))
    assert dealt >= truth
    assert dealt == pytest.approx(truth, rel=0.15)
