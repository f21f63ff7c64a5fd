"""Survey shares: what weights and strata do, and what is refused."""

import pytest

from answerable.chain.statistics import survey_share

YES = [True] * 60 + [False] * 40


def test_equal_weights_give_the_plain_share_and_its_error() -> None:
    found = survey_share(YES, [5.0] * 100)
    assert found.value == pytest.approx(0.6)
    assert found.error == pytest.approx((0.6 * 0.4 / 99) ** 0.5)
    assert found.freedom == 99


def test_weights_put_right_who_was_drawn_too_often() -> None:
    found = survey_share(YES, [1.0] * 60 + [3.0] * 40)
    assert found.value == pytest.approx(60 / 180)


def test_unequal_weights_make_it_less_sure() -> None:
    even = survey_share(YES, [1.0] * 100)
    uneven = survey_share(YES, [1.0, 9.0] * 50)
    assert uneven.effective is not None
    assert even.effective is not None
    assert uneven.effective < even.effective


def test_people_of_one_household_are_not_as_many_answers() -> None:
    pairs = [i // 2 for i in range(100)]
    found, alone = survey_share(YES, [1.0] * 100, clusters=pairs), survey_share(YES, [1.0] * 100)
    assert found.error is not None
    assert alone.error is not None
    assert found.error > 1.3 * alone.error


def test_everybody_of_one_mind_has_no_interval() -> None:
    found = survey_share([True] * 30, [1.0] * 30)
    assert (found.value, found.error, found.lower) == (1, None, None)


def test_a_census_is_sure() -> None:
    found = survey_share(YES, [1.0] * 100, populations=[100.0] * 100)
    assert found.error is None


@pytest.mark.parametrize(
    ("changes", "why"),
    [({"strata": [1] * 99 + [2]}, "one primary unit"), ({"of": [False] * 100}, "nobody"),
     ({"clusters": [1] * 5}, "one length")],
    ids=["stratum", "group", "length"],
)  # fmt: skip
def test_what_has_no_spread_is_refused(changes: dict[str, list[object]], why: str) -> None:
    with pytest.raises(ValueError, match=why):
        survey_share(YES, [1.0] * 100, **changes)  # type: ignore[arg-type]


def test_a_weight_is_above_nought() -> None:
    with pytest.raises(ValueError, match="weight"):
        survey_share([True, False], [1.0, 0.0])
