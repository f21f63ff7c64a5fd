"""Pathways, step by step, counted again."""

from answerable.chain.body import Period
from tests.oracle.measures.kinds import PATHWAY, is_da
from tests.oracle.measures.recount import Again, Counted, Recount, check, in_period, in_place, share
from tests.oracle.measures.rows import Row


def depth(row: Row) -> int:
    steps = (row["eligible"], row["offered"], row["completed_at"] is not None)
    return next((i for i, done in enumerate(steps) if not done), 3)


def test_pathways(counted: Counted) -> None:
    rows, results = counted

    def mine(area: str, period: Period) -> list[int]:
        found = in_period(in_place(rows["video_responses"], area), "received_at", period)
        return [depth(row) for row in found if is_da(row)]

    def reached(step: int) -> Again:
        def again(area: str, period: Period) -> Recount:
            depths = mine(area, period)
            hits = sum(found >= step for found in depths)
            return share(hits, len(depths)), len(depths), hits

        return again

    def stepped(step: int) -> Again:
        def again(area: str, period: Period) -> Recount:
            depths = mine(area, period)
            n = sum(found >= step - 1 for found in depths)
            hits = sum(found >= step for found in depths)
            return share(hits, n), n, hits

        return again

    for step, key in enumerate(("safe", "offered", "done"), start=1):
        check(results, PATHWAY, "reached", reached(step), f"step={key}")
        check(results, PATHWAY, "step_rate", stepped(step), f"step={key}")
    check(results, PATHWAY, "completed", reached(3))

    def lost(reason: str | None) -> Again:
        def again(area: str, period: Period) -> Recount:
            found = in_period(in_place(rows["video_responses"], area), "received_at", period)
            start = [row for row in found if is_da(row)]
            out = sum(depth(row) < 3 and row["lost_reason"] == reason for row in start)
            return share(out, len(start)), len(start), out

        return again

    for reason in ("not_safe", "link_failed", None):
        check(results, PATHWAY, "lost", lost(reason), f"reason={reason or 'not_recorded'}")
