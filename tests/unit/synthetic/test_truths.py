"""The file of planted truths says what it must, and nothing in it is left over."""

import pytest

from answerable.chain.body import InputMistake
from answerable.chain.claims.claim import COMPARES
from answerable.synthetic import planted_truths, plants


def test_twelve_truths_stand_in_order() -> None:
    numbers = [truth.number for truth in planted_truths()]
    assert numbers == sorted(numbers)
    assert set(numbers) == set(range(1, 13))


def test_every_truth_has_a_plant_and_something_to_check() -> None:
    for truth in planted_truths():
        assert truth.plant, truth.key
        assert truth.reading or truth.figure or truth.number == 12, truth.key


def test_a_comparison_names_both_its_periods() -> None:
    for truth in planted_truths():
        for reading in truth.reading:
            assert (reading.says in COMPARES) == bool(reading.baseline), truth.key


def test_some_verdict_of_each_truth_turns_when_its_plant_is_removed() -> None:
    for truth in planted_truths():
        if truth.reading:
            assert any(r.verdict != r.without for r in truth.reading), truth.key


def test_a_plant_can_be_left_out() -> None:
    assert "crimes_rose" in plants()
    assert "crimes_rose" not in plants(without={"crimes_rose"})


def test_leaving_out_what_was_never_planted_is_a_mistake() -> None:
    with pytest.raises(InputMistake, match="no planted truth is called quicker_priorities"):
        plants(without={"quicker_priorities"})
