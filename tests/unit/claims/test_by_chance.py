"""What chance alone would show on a page, in words."""

from answerable.chain.claims import by_chance


def test_only_readings_of_a_change_are_tests() -> None:
    assert by_chance(["meets", "value", "unchanged", "in_place", "outlier"]) == ""


def test_one_and_many() -> None:
    assert by_chance(["rose"]).endswith("at most 1 time in 40.")
    assert by_chance(["rose", "improved", "meets", "fell"]).endswith(
        "to at most 0.075 of the 3 readings of a change here."
    )
    assert "at most 1 of the 40 readings" in by_chance(["rose"] * 40)
