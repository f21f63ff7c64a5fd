"""Funnels of few units: each against the rest, and what is not told."""

import pytest

from answerable.chain.statistics import funnel

AREAS = ["north", "south", "east", "west", "mid"]
N = [4120, 2680, 3010, 1880, 740]
EVEN = [824, 536, 602, 376, 148]


def told(numerators: list[float], **options: object) -> list[str]:
    made = funnel(AREAS, numerators, N, **options)  # type: ignore[arg-type]
    return [unit.unit for unit in made.units if unit.outlier]


def test_equal_areas_have_no_outlier() -> None:
    assert told(EVEN) == []


def test_one_area_far_from_the_rest_is_found_and_no_other() -> None:
    assert told([824, 536, 903, 376, 148]) == ["east"]


def test_with_few_units_a_shared_variance_would_hide_it() -> None:
    assert told([824, 536, 903, 376, 148], dispersion="additive") == []


def test_without_allowance_the_innocent_are_called_out_too() -> None:
    assert len(told([900, 500, 640, 330, 160], dispersion="none")) > len(
        told([900, 500, 640, 330, 160])
    )


def test_variance_of_earlier_years_is_taken_where_given() -> None:
    assert told([824, 536, 903, 376, 148], past_tau2=0.02) == []
    made = funnel(AREAS, EVEN, N, past_tau2=0.02)
    assert made.tau2 == 0.02
    assert "earlier years" in made.method


def test_a_small_area_is_not_told() -> None:
    made = funnel(AREAS, [824, 536, 602, 376, 30], [4120, 2680, 3010, 1880, 40])
    assert made.units[-1].outlier is None
    assert "mid" in made.notes[0]


def test_two_areas_are_too_few() -> None:
    made = funnel(["a", "b"], [10, 900], [1000, 1000])
    assert {unit.outlier for unit in made.units} == {None}
    assert "fewer than 3" in made.notes[0]


def test_limits_are_for_the_size_of_each_unit() -> None:
    made = funnel(AREAS, EVEN, N)
    widths = [unit.upper998 - unit.lower998 for unit in made.units]
    assert sorted(range(5), key=lambda i: widths[i]) == sorted(range(5), key=lambda i: -N[i])


def test_rates_may_exceed_their_exposure() -> None:
    made = funnel(AREAS, [2 * n for n in N], N, kind="ratio")
    assert made.centre == 2
    assert not any(unit.outlier for unit in made.units)


@pytest.mark.parametrize(
    ("numerators", "denominators", "why"),
    [([5, 5, 5], [4, 9, 9], "larger"), ([-1, 5, 5], [9, 9, 9], "below 0"),
     ([1, 5, 5], [0, 9, 9], "not above 0"), ([1, 5], [9, 9, 9], "one length")],
)  # fmt: skip
def test_what_no_count_gives_is_refused(
    numerators: list[float], denominators: list[float], why: str
) -> None:
    with pytest.raises(ValueError, match=why):
        funnel(["a", "b", "c"], numerators, denominators)
