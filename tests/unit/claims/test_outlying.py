"""An area against the rest: when it stands apart, and when that cannot be told."""

import pytest

from answerable.chain.body import Period
from answerable.chain.claims import Verdict, VerdictKind
from answerable.chain.claims.figure import Wordy
from answerable.chain.claims.outlying import verdict_on_outlier
from answerable.chain.measures import Grain, Result, Status, Unit

PERIOD = Period.parse("2022-12..2023-11")
SIZES = {"a": 4120, "b": 2680, "c": 3010, "d": 1880, "e": 740}


def result(area: str, count: int | None, n: int | None, status: Status = Status.OK) -> Result:
    return Result(
        "m", 1, "d", "rate", area, str(PERIOD), Grain.WINDOW, Unit.SHARE,
        None if count is None or not n else count / n, n, status, "s", count=count,
    )  # fmt: skip


def told(area: str = "c", unit: Unit = Unit.SHARE, **changes: Result) -> Verdict:
    results = {code: result(code, n // 5, n) for code, n in SIZES.items()} | changes
    return verdict_on_outlier(Wordy("Arrests", "rate", unit), results, area, PERIOD)


def test_an_area_far_above_the_rest_stands_apart() -> None:
    verdict = told(c=result("c", 903, 3010))
    assert verdict.verdict == VerdictKind.SUPPORTED
    assert "It lies above that range." in verdict.sentence
    assert verdict.may_say.endswith("explain.")


def test_an_area_far_below_the_rest_stands_apart() -> None:
    assert "below" in told(c=result("c", 300, 3010)).may_say


def test_the_others_do_not_stand_apart_because_of_it() -> None:
    assert told("a", c=result("c", 903, 3010)).verdict == VerdictKind.NOT_SHOWN


def test_an_area_like_the_rest_is_within_its_limits() -> None:
    verdict = told()
    assert verdict.verdict == VerdictKind.NOT_SHOWN
    assert verdict.to_settle


@pytest.mark.parametrize(
    ("changes", "why"),
    [
        ({"c": result("c", None, None, Status.SUPPRESSED)}, "withheld"),
        ({"c": result("c", None, None, Status.MISSING)}, "no figure for"),
        ({"c": result("c", 8, 40)}, "fewer than 10"),
        ({c: result(c, None, None, Status.SUPPRESSED) for c in "abd"}, "fewer than 3 areas"),
    ],
    ids=["withheld", "missing", "small", "alone"],
)
def test_what_cannot_be_told_says_why(changes: dict[str, Result], why: str) -> None:
    verdict = told(**changes)
    assert verdict.verdict == VerdictKind.CANNOT_TELL
    assert why in verdict.sentence
    assert verdict.to_settle


def test_a_time_has_no_size_to_be_judged_by() -> None:
    assert "of so many" in told(unit=Unit.SECONDS).sentence


def test_areas_that_are_withheld_are_counted_out_aloud() -> None:
    verdict = told(a=result("a", None, None, Status.SUPPRESSED))
    assert "1 area is without figures" in verdict.sentence
