"""A value halfway between two roundings goes up, in whatever order its sum was added up.

Sums of fractions differ in their last bits with the order of adding, and engines add in an
order of their own. The oracle adds in whole fractions, where order does not tell.
"""

from decimal import ROUND_HALF_UP, Decimal
from fractions import Fraction
from typing import Any

import pytest

from tests.spec.measuring import define, measure

ON = "2024-01-10"
SURVEY = define(
    kind="survey", table="survey_contacts", include="true", at="eligible_on", answer="overall",
    satisfied=("very_satisfied",), weight="weight", asked="sampled",
    excluded_by="excluded_reason", statistics=("satisfied",),
)  # fmt: skip
SHARE = define(
    kind="proportion", table="crimes", include="true", at="recorded_on",
    of="outcome_code = 1", strata=("risk_level",), statistics=("rate",),
)  # fmt: skip


def rounded(value: Fraction) -> float:
    exact = Decimal(value.numerator) / Decimal(value.denominator)
    return float(exact.quantize(Decimal("0.000001"), ROUND_HALF_UP))


@pytest.mark.parametrize("weight", [0.7, 1.2])
def test_a_weighted_share(weight: float) -> None:
    """128 answers of one weight: an odd number of them is a share that ends in a half."""
    satisfied = list(range(1, 128, 4))
    rows: list[dict[str, Any]] = [
        {
            "area": f"a{count}",
            "eligible_on": ON,
            "sampled": True,
            "weight": weight,
            "overall": "very_satisfied" if person < count else "neither",
        }
        for count in satisfied
        for person in range(128)
    ]
    areas = tuple(f"a{count}" for count in satisfied)
    results = measure({"survey_contacts": rows}, SURVEY, areas=areas)
    for count in satisfied:
        found = results.one("measured", "satisfied", period="2024-01", area=f"a{count}")
        assert found is not None
        assert found.value == rounded(Fraction(count, 128)), count


def test_a_standardised_share() -> None:
    """Three strata of 128 each, of which the rates come out at an odd share of 128."""
    counts = list(range(7, 120, 8))
    rows: list[dict[str, Any]] = [
        {
            "area": f"a{count}",
            "recorded_on": ON,
            "risk_level": risk,
            "outcome_code": 1 if at < count + more else 16,
        }
        for count in counts
        for risk, more in {"high": 7, "medium": -4, "standard": -3}.items()
        for at in range(128)
    ]
    results = measure({"crimes": rows}, SHARE, areas=tuple(f"a{count}" for count in counts))
    for count in counts:
        found = results.one(
            "measured", "rate", period="2024-01", area=f"a{count}", basis="standardised"
        )
        assert found is not None
        assert found.value == rounded(Fraction(count, 128)), count
