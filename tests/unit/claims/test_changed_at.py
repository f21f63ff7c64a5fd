"""A change said to have come at a date: read from the date, refused without the months."""

from collections.abc import Callable
from datetime import date

import numpy as np
import pytest
from pydantic import ValidationError

from answerable.chain.claims import Claim, Reading, Verdict, VerdictKind, default_reading
from tests.unit.claims.ledger import Ledger, define, noise

Judged = Callable[..., Verdict]
SAID = {"bound_by": "x", "bound_on": date(2024, 1, 1), "why": "x", "statistic": "median"}


def reading(**changes: object) -> Reading:
    given = {"says": "improved", "measure": "response_time_priority", "changed_at": "2022-12-01"}
    return Reading(**(SAID | given | changes))  # type: ignore[arg-type]


def test_the_periods_follow_from_the_date() -> None:
    made = reading()
    assert (made.period, made.baseline) == ("2022-12..2023-11", "2021-12..2022-11")
    assert Reading(**made.model_dump()) == made


@pytest.mark.parametrize(
    ("changes", "why"),
    [
        ({"says": "unchanged"}, "belongs to a change"),
        ({"says": "meets"}, "belongs to a change"),
        ({"period": "2023-01..2023-12"}, "follow from the date"),
    ],
)
def test_what_does_not_go_with_a_date(changes: dict[str, str], why: str) -> None:
    with pytest.raises(ValidationError, match=why):
        reading(**changes)


def test_the_default_reading_stands_beside_it() -> None:
    claim = Claim(
        key="a", words="w", published_by="p", said_on=date(2023, 12, 19), source="s",
        as_worded="testable as worded",
    )  # fmt: skip
    default = default_reading(claim, reading())
    assert default is not None
    assert default.changed_at is None
    assert default.period == "2022-12..2023-11"


def test_a_date_with_too_few_months_is_refused_and_says_which(judged: Judged) -> None:
    verdict = judged(
        ledger(np.zeros(36)), says="improved", changed_at="2023-05-01", period="", baseline=""
    )
    assert verdict.verdict == VerdictKind.CANNOT_TELL
    assert "24 months before it and 12 after" in verdict.sentence


def test_a_step_is_supported_and_a_drift_is_not(judged: Judged) -> None:
    step = ledger(np.r_[np.zeros(24), np.full(12, -900.0)])
    asked = {"says": "improved", "changed_at": "2022-12-01", "period": "", "baseline": ""}
    found = judged(step, **asked)
    assert found.verdict == VerdictKind.SUPPORTED
    assert "change at December 2022" in found.sentence
    assert "because" not in found.sentence
    drift = judged(ledger(-60.0 * np.arange(36)), **asked)
    assert drift.verdict == VerdictKind.NOT_SHOWN


def ledger(shape: np.ndarray) -> Ledger:
    """Three years of a median, of the shape given, with the noise of months."""
    made = Ledger(define(strata=()))
    made.fill("median", 4_000 + shape + noise())
    return made
