"""What stands at a period's end, counted again."""

import pytest

from answerable.chain.body import Period
from tests.oracle.measures.kinds import COVERAGE, STOCK
from tests.oracle.measures.recount import Counted, Recount, check, in_place, quantile, share
from tests.oracle.measures.rows import Row


def standing(rows: list[Row], area: str, period: Period) -> list[Row]:
    """In scope at the end of the period's last day."""
    end = period.last.last_day
    return [
        row for row in in_place(rows, area)
        if row["in_scope_from"] <= end and (row["in_scope_to"] is None or end < row["in_scope_to"])
    ]  # fmt: skip


@pytest.mark.parametrize("department", ["", "custody"])
def test_coverage_is_at_the_period_end(counted: Counted, department: str) -> None:
    rows, results = counted

    def covered(area: str, period: Period) -> Recount:
        end = period.last.last_day
        mine = [r for r in standing(rows["training"], area, period)
                if not department or r["department"] == department]  # fmt: skip
        hits = sum(
            r["completed_on"] is not None and r["completed_on"] <= end < r["expires_on"]
            for r in mine
        )
        return share(hits, len(mine)), len(mine), hits

    check(results, COVERAGE, "coverage", covered, f"department={department}" if department else "")


def test_stock_is_what_is_open_at_the_period_end(counted: Counted) -> None:
    rows, results = counted

    def ages(area: str, period: Period) -> list[float]:
        end = period.last.last_day
        return [
            (end - row["in_scope_from"]).days
            for row in standing(rows["training"], area, period) if row["completed_on"] is None
        ]  # fmt: skip

    check(results, STOCK, "open", lambda a, p: (len(ages(a, p)), len(ages(a, p)), None))
    check(
        results, STOCK, "median_open_days",
        lambda a, p: (quantile(ages(a, p), 0.5), len(ages(a, p)), None),
    )  # fmt: skip
