"""Values in words."""

import pytest

from answerable.chain.measures import Unit, shown, shown_change


@pytest.mark.parametrize(
    ("value", "unit", "words"),
    [
        (2280, Unit.SECONDS, "38 minutes"),
        (2300, Unit.SECONDS, "38 minutes 20 seconds"),
        (3900, Unit.SECONDS, "1 hour 5 minutes"),
        (3599.7, Unit.SECONDS, "1 hour"),
        (3660, Unit.SECONDS, "1 hour 1 minute"),
        (90_000, Unit.SECONDS, "25 hours"),
        (266_400, Unit.SECONDS, "3 days 2 hours"),
        (1, Unit.SECONDS, "1 second"),
        (0, Unit.SECONDS, "0 seconds"),
        (2.5, Unit.SECONDS, "2 seconds"),
        (-2280, Unit.SECONDS, "−38 minutes"),
        (0.632, Unit.SHARE, "63.2%"),
        (0.6, Unit.SHARE, "60.0%"),
        (0.2925, Unit.SHARE, "29.2%"),
        (0.2935, Unit.SHARE, "29.4%"),
        (1, Unit.SHARE, "100%"),
        (0, Unit.SHARE, "0%"),
        (1204, Unit.COUNT, "1,204"),
        (33.25, Unit.COUNT, "33.2"),
        (12.34, Unit.RATIO, "12.3 per 100"),
        (0.046, Unit.RATIO, "0.05 per 100"),
        (1, Unit.DAYS, "1 day"),
        (12.5, Unit.DAYS, "12.5 days"),
        (14.0, Unit.DAYS, "14 days"),
    ],
)
def test_a_value_is_shown_in_its_unit(value: float, unit: Unit, words: str) -> None:
    assert shown(value, unit) == words


def test_a_ratio_says_per_how_many() -> None:
    assert shown(3.21, Unit.RATIO, per=1000) == "3.2 per 1,000"


def test_a_target_is_shown_as_it_was_set() -> None:
    assert shown(0.8, Unit.SHARE, exact=True) == "80%"


@pytest.mark.parametrize(
    ("change", "unit", "words"),
    [
        (0.041, Unit.SHARE, "4.1 percentage points"),
        (-0.041, Unit.SHARE, "4.1 percentage points"),
        (-360, Unit.SECONDS, "6 minutes"),
        (32, Unit.COUNT, "32"),
        (1.25, Unit.RATIO, "1.2 per 100"),
        (0.0001, Unit.SHARE, "less than 0.1 percentage points"),
        (0, Unit.SHARE, "0.0 percentage points"),
        (0.2, Unit.SECONDS, "less than 1 second"),
    ],
)
def test_a_change_is_shown_without_its_direction(change: float, unit: Unit, words: str) -> None:
    assert shown_change(change, unit) == words


def test_a_signed_change_carries_its_sign() -> None:
    assert shown_change(-0.041, Unit.SHARE, signed=True) == "−4.1 percentage points"
    assert shown_change(30, Unit.COUNT, signed=True) == "+30"


def test_an_unknown_unit_stops() -> None:
    with pytest.raises(ValueError):
        shown(1, "furlongs")
