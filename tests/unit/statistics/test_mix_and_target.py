"""Change in mix, and figures against a target."""

import numpy as np
import pytest

from answerable.chain.body import Month, Period
from answerable.chain.statistics import Mix, Moved, Unsettled, check_mix, stand

YEAR = Period.parse("2022-12..2023-11")
BEFORE = Period.parse("2021-12..2022-11")


def series(values: np.ndarray) -> dict[Month, float]:
    return {Month(2021, 12) + i: float(value) for i, value in enumerate(values)}


def noise(seed: int, size: float = 1.0) -> np.ndarray:
    return np.random.default_rng(seed).normal(0, size, 24)


def step(by: float) -> np.ndarray:
    return np.repeat([0.0, by], 12)


def test_a_change_at_the_same_mix_holds() -> None:
    standard = 50 + noise(1) + step(6)
    found = check_mix(series(standard + noise(2, 0.1)), series(standard), YEAR, BEFORE)
    assert found.mix == Mix.HOLDS
    assert not found.part_moved


def test_only_the_mix_changed() -> None:
    standard = 50 + noise(1)
    found = check_mix(series(standard + noise(2, 0.1) + step(6)), series(standard), YEAR, BEFORE)
    assert found.mix == Mix.ONLY
    assert found.raw.moved == Moved.ROSE
    assert found.standardised.moved == Moved.WITHIN
    assert found.part_moved


def test_where_nothing_is_shown_of_the_mix_the_change_stands_with_a_remark() -> None:
    standard = 50 + noise(1, 3.0) + step(1.5)
    raw = 50 + noise(1, 0.5) + step(2.5)
    found = check_mix(series(raw), series(standard), YEAR, BEFORE)
    assert found.standardised.moved == Moved.WITHIN
    assert found.part.moved == Moved.WITHIN
    assert found.mix == Mix.PART


def test_at_the_same_mix_the_other_way() -> None:
    standard = 50 + noise(1) - step(6)
    raw = 50 + noise(2) + step(6)
    assert check_mix(series(raw), series(standard), YEAR, BEFORE).mix == Mix.REVERSED


def test_a_mix_that_hides_a_change_is_told() -> None:
    raw = 50 + noise(1)
    found = check_mix(series(raw), series(raw + step(6) + noise(2, 0.3)), YEAR, BEFORE)
    assert found.mix == Mix.HIDDEN


def test_months_without_a_standardised_figure_leave_the_mix_unchecked() -> None:
    raw = 50 + noise(1) + step(6)
    standard = series(raw)
    del standard[Month(2022, 5)]
    assert check_mix(series(raw), standard, YEAR, BEFORE).mix == Mix.UNTESTABLE


@pytest.mark.parametrize(
    ("says", "value", "holds"),
    [
        ("meets", 0.80, True),
        ("meets", 0.7999, False),
        ("misses", 0.7999, True),
        ("misses", 0.80, False),
        ("just_misses", 0.78, True),
        ("just_misses", 0.779, False),
        ("just_misses", 0.80, False),
    ],
)
def test_a_complete_count_is_arithmetic(says: str, value: float, holds: bool) -> None:
    found = stand(says, value, 0.80, "at_least", margin=0.02, lower=0.1, upper=0.99)  # type: ignore[arg-type]
    assert found.holds is holds


@pytest.mark.parametrize(("value", "holds"), [(3600, True), (3601, False)])
def test_a_target_of_at_most(value: float, holds: bool) -> None:
    assert stand("meets", value, 3600, "at_most").holds is holds
    assert stand("misses", value, 3600, "at_most").holds is not holds


@pytest.mark.parametrize(
    ("says", "lower", "upper", "holds"),
    [
        ("meets", 0.80, 0.86, True),
        ("meets", 0.70, 0.79, False),
        ("meets", 0.75, 0.85, None),
        ("misses", 0.70, 0.79, True),
        ("misses", 0.80, 0.86, False),
        ("misses", 0.75, 0.85, None),
        ("just_misses", 0.782, 0.798, True),
        ("just_misses", 0.70, 0.77, False),
        ("just_misses", 0.80, 0.86, False),
        ("just_misses", 0.77, 0.79, None),
        ("just_misses", 0.79, 0.81, None),
    ],
)
def test_a_survey_is_its_interval(
    says: str, lower: float, upper: float, holds: bool | None
) -> None:
    middle = (lower + upper) / 2
    found = stand(
        says,  # type: ignore[arg-type]
        middle,
        0.80,
        "at_least",
        lower=lower,
        upper=upper,
        survey=True,
        n=400,
        margin=0.02,
    )
    assert found.holds is holds
    assert (found.why == Unsettled.INTERVAL) is (holds is None)


def test_under_fifty_answers_nothing_is_settled() -> None:
    found = stand("misses", 0.2, 0.8, "at_least", lower=0.1, upper=0.3, survey=True, n=49)
    assert found.holds is None
    assert found.why == Unsettled.FEW


def test_just_misses_needs_to_know_how_near_is_near() -> None:
    assert stand("just_misses", 0.79, 0.8, "at_least").why == Unsettled.NO_MARGIN


def test_another_word_is_refused() -> None:
    with pytest.raises(ValueError, match="target"):
        stand("exceeds", 1, 1, "at_least")  # type: ignore[arg-type]


def test_two_points_under_target_is_seldom_found_in_two_hundred_answers() -> None:
    """A truth of 78% against 80%: found about 10% of the time at n = 200, 69% at 2,500."""
    random = np.random.default_rng(7)
    for n, expected in ((200, 0.10), (2_500, 0.69)):
        shares = random.binomial(n, 0.78, 2_000) / n
        half = 1.96 * np.sqrt(shares * (1 - shares) / n)
        found = np.mean(
            [
                stand(
                    "misses", p, 0.8, "at_least", lower=p - h, upper=p + h, survey=True, n=n
                ).holds
                is True
                for p, h in zip(shares, half, strict=True)
            ]
        )
        assert found == pytest.approx(expected, abs=0.03)
