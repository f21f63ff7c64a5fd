"""Surveys, with weights and everyone left out, counted again."""

from answerable.chain.body import Period
from tests.oracle.measures.kinds import SURVEY, is_da
from tests.oracle.measures.recount import (
    Counted,
    Recount,
    check,
    in_period,
    in_place,
    share,
    values_of,
)
from tests.oracle.measures.rows import Row


def test_surveys(counted: Counted) -> None:
    rows, results = counted

    def mine(area: str, period: Period) -> list[Row]:
        found = in_period(in_place(rows["survey_contacts"], area), "eligible_on", period)
        return [row for row in found if is_da(row)]

    def asked(area: str, period: Period) -> list[Row]:
        return [r for r in mine(area, period) if r["excluded_reason"] is None and r["sampled"]]

    def satisfied(area: str, period: Period) -> Recount:
        done = [r for r in asked(area, period) if r["overall"] and r["weight"] is not None]
        happy = [r for r in done if r["overall"] in SURVEY.satisfied]
        weight = sum(r["weight"] for r in done)
        return share(sum(r["weight"] for r in happy), weight), len(done), len(happy)

    def response(area: str, period: Period) -> Recount:
        drawn = asked(area, period)
        done = sum(row["overall"] is not None for row in drawn)
        return share(done, len(drawn)), len(drawn), done

    def excluded(area: str, period: Period) -> Recount:
        everyone = mine(area, period)
        out = sum(row["excluded_reason"] is not None for row in everyone)
        return share(out, len(everyone)), len(everyone), out

    check(results, SURVEY, "satisfied", satisfied)
    check(results, SURVEY, "response_rate", response)
    check(results, SURVEY, "excluded_share", excluded)
    for area, period, found in values_of(results, "survey", "satisfied"):
        everyone = len(mine(area, period))
        assert (found.n or 0) + sum(count for _, count in found.excluded) == everyone
