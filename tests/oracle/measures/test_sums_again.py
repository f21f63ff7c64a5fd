"""Parts add up to the whole."""

from tests.oracle.measures.kinds import is_da
from tests.oracle.measures.recount import Counted, in_period, periods
from tests.oracle.measures.rows import AREAS


def test_areas_and_the_unplaced_make_the_whole_and_months_their_quarter(counted: Counted) -> None:
    rows, results = counted
    unplaced = [row for row in rows["incidents"] if row["area"] is None]
    for _, period in periods():
        parts = [results.one("count", "count", area, period) for area in AREAS]
        whole = results.one("count", "count", "all", period)
        assert whole is not None
        rest = sum(
            is_da(r) and r["duplicate"] is not True
            for r in in_period(unplaced, "received_at", period)
        )
        assert sum(part.value or 0 for part in parts if part) + rest == whole.value
        months = [results.one("count", "count", "all", str(month)) for month in period]
        assert sum(month.value or 0 for month in months if month) == whole.value


def test_splits_and_losses_make_the_whole(counted: Counted) -> None:
    _, results = counted
    for found in results.series("pathway", "lost"):
        parts = [
            results.one("pathway", "lost", "all", found.period, split)
            for split in results.splits("pathway", "lost")
        ]
        assert sum(part.count or 0 for part in parts if part) == found.count
        done = results.one("pathway", "completed", "all", found.period)
        assert done is not None
        assert (done.count or 0) + (found.count or 0) == found.n
    for found in results.series("count", "count", "north"):
        parts = [
            results.one("count", "count", "north", found.period, split)
            for split in results.splits("count", "count")
        ]
        assert sum(part.value or 0 for part in parts if part) == found.value
