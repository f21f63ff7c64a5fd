"""Ranks for a quantile, and what intervals refuse."""

from math import comb

import pytest

from answerable.chain.statistics import (
    chi_square,
    newcombe,
    quantile,
    quantile_interval,
    quantile_ranks,
    wilson,
)


@pytest.mark.parametrize("n", [6, 7, 10, 25, 50, 101])
@pytest.mark.parametrize("share", [0.5, 0.9])
def test_ranks_hold_the_level_and_no_narrower_pair_does(n: int, share: float) -> None:
    """Held to the binomial sum, term by term."""

    def below(k: int) -> float:
        return sum(comb(n, i) * share**i * (1 - share) ** (n - i) for i in range(k + 1))

    ranks = quantile_ranks(n, share)
    lowest = [rank for rank in range(1, n + 1) if below(rank - 1) <= 0.025]
    highest = [rank for rank in range(1, n + 1) if 1 - below(rank - 1) <= 0.025]
    if not lowest or not highest:
        assert ranks is None
    else:
        assert ranks == (lowest[-1], highest[0])


def test_the_median_of_six_needs_all_of_them() -> None:
    assert quantile_interval([5, 1, 4, 2, 6, 3]) == (1, 6)
    assert quantile_interval([5, 1, 4, 2, 3]) is None
    assert quantile_interval([]) is None


def test_quantile_interpolates_and_refuses_nothing() -> None:
    assert quantile([4, 1, 3, 2], 0.5) == 2.5
    assert quantile([7], 0.9) == 7
    for values, share in (([], 0.5), ([1], 1.1)):
        with pytest.raises(ValueError):
            quantile(values, share)


def test_a_share_needs_a_denominator() -> None:
    for count, n in ((0, 0), (3, 2), (-1, 5)):
        with pytest.raises(ValueError):
            wilson(count, n)
    with pytest.raises(ValueError):
        wilson(1, 2, level=1)


def test_nothing_to_compare_gives_no_p() -> None:
    assert chi_square(0, 10, 0, 20) is None and chi_square(10, 10, 20, 20) is None


def test_newcombe_turns_round_with_its_arguments() -> None:
    low, high = newcombe(56, 70, 48, 80)
    other = newcombe(48, 80, 56, 70)
    assert (low, high) == (pytest.approx(-other[1]), pytest.approx(-other[0]))
