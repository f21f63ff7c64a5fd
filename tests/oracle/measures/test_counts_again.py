"""Counts, proportions with their mix, and ratios, counted again."""

import pytest

from answerable.chain.body import Period
from tests.oracle.measures.kinds import COUNT, PROPORTION, RATIO, is_da
from tests.oracle.measures.recount import Counted, Recount, check, in_period, in_place, share


@pytest.mark.parametrize("channel", ["", "999", "not_recorded"])
def test_counts(counted: Counted, channel: str) -> None:
    rows, results = counted

    def size(area: str, period: Period) -> int:
        return sum(
            is_da(row) and row["duplicate"] is not True
            and (not channel or (row["channel"] or "not_recorded") == channel)
            for row in in_period(in_place(rows["incidents"], area), "received_at", period)
        )  # fmt: skip

    split = f"channel={channel}" if channel else ""
    check(results, COUNT, "count", lambda a, p: (size(a, p), size(a, p), None), split)
    check(results, COUNT, "per_day", lambda a, p: (size(a, p) / p.days, size(a, p), None), split)


@pytest.mark.parametrize("risk", ["", "high", "not_recorded"])
def test_proportions(counted: Counted, risk: str) -> None:
    rows, results = counted

    def rate(area: str, period: Period) -> Recount:
        mine = [
            row for row in in_period(in_place(rows["crimes"], area), "recorded_on", period)
            if is_da(row) and (not risk or (row["risk_level"] or "not_recorded") == risk)
        ]  # fmt: skip
        hits = sum(row["outcome_code"] in (1, 8) for row in mine)
        return share(hits, len(mine)), len(mine), hits

    check(results, PROPORTION, "rate", rate, f"risk_level={risk}" if risk else "")


@pytest.mark.parametrize("code", [1, 16, None])
def test_the_mix_takes_the_whole_apart(counted: Counted, code: int | None) -> None:
    rows, results = counted

    def part(area: str, period: Period) -> Recount:
        mine = [r for r in in_period(in_place(rows["crimes"], area), "recorded_on", period)
                if is_da(r)]  # fmt: skip
        hits = sum(row["outcome_code"] == code for row in mine)
        return share(hits, len(mine)), len(mine), hits

    label = "not_recorded" if code is None else code
    check(results, PROPORTION, "mix", part, f"outcome_code={label}")


def test_ratios(counted: Counted) -> None:
    rows, results = counted

    def sizes(area: str, period: Period) -> tuple[int, int]:
        top = in_period(in_place(rows["arrests"], area), "arrested_at", period)
        bottom = in_period(in_place(rows["crimes"], area), "recorded_on", period)
        return sum(map(is_da, top)), sum(map(is_da, bottom))

    def ratio(area: str, period: Period) -> Recount:
        top, bottom = sizes(area, period)
        return (100 * top / bottom if bottom else None), bottom, top

    for split in ("", "strand=domestic_abuse"):
        check(results, RATIO, "ratio", ratio, split)
        check(results, RATIO, "numerator", lambda a, p: (sizes(a, p)[0],) * 2 + (None,), split)
        check(results, RATIO, "denominator", lambda a, p: (sizes(a, p)[1],) * 2 + (None,), split)
