"""Durations, counted again."""

import pytest

from answerable.chain.body import Period
from tests.oracle.measures.kinds import DURATION, TARGET, WAIT, is_attended, is_priority, seconds_of
from tests.oracle.measures.recount import (
    Counted,
    Recount,
    check,
    in_period,
    in_place,
    quantile,
    share,
)
from tests.oracle.measures.rows import Row


@pytest.mark.parametrize("risk", ["", "high"])
def test_durations(counted: Counted, risk: str) -> None:
    rows, results = counted
    split = f"risk_level={risk}" if risk else ""

    def mine(area: str, period: Period) -> list[Row]:
        found = in_period(in_place(rows["incidents"], area), "received_at", period)
        return [row for row in found if not risk or row["risk_level"] == risk]

    def waits(area: str, period: Period) -> list[float]:
        found = [seconds_of(row) for row in mine(area, period) if is_attended(row)]
        return [wait for wait in found if wait is not None]

    for statistic, point in (("median", 0.5), ("p90", 0.9)):
        check(
            results, DURATION, statistic,
            lambda a, p, q=point: (quantile(waits(a, p), q), len(waits(a, p)), None), split,
        )  # fmt: skip

    def within(area: str, period: Period) -> Recount:
        found = waits(area, period)
        hits = sum(wait <= TARGET for wait in found)
        return share(hits, len(found)), len(found), hits

    def of_all(area: str, period: Period) -> Recount:
        n = sum(map(is_priority, mine(area, period)))
        hits = sum(wait <= TARGET for wait in waits(area, period))
        return share(hits, n), n, hits

    def missing(area: str, period: Period) -> Recount:
        n = sum(map(is_attended, mine(area, period)))
        lost = n - len(waits(area, period))
        return share(lost, n), n, lost

    check(results, DURATION, "within_target", within, split)
    check(results, DURATION, "eligible_within_target", of_all, split)
    check(results, DURATION, "missing_share", missing, split)


def test_a_wait_from_day_to_day_is_in_days(counted: Counted) -> None:
    rows, results = counted

    def waits(area: str, period: Period) -> list[float]:
        mine = in_period(in_place(rows["service_returns"], area), "referred_on", period)
        found = [(r["first_seen_on"] - r["referred_on"]).days for r in mine if r["first_seen_on"]]
        return [wait for wait in found if wait >= 0]

    check(
        results, WAIT, "median", lambda a, p: (quantile(waits(a, p), 0.5), len(waits(a, p)), None)
    )
    check(results, WAIT, "p90", lambda a, p: (quantile(waits(a, p), 0.9), len(waits(a, p)), None))
    found = results.one("wait", "median", period="2023-05")
    assert found is not None
    assert found.unit == "days"
