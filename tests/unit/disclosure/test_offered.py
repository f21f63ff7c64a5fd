"""What is put forward: what a reader would read, and no more."""

from dataclasses import replace

import pytest

from answerable.chain.body import Period
from answerable.chain.disclosure import offered
from answerable.chain.measures import Grain, Result, Status, Unit

BASE = Result(
    "reports", 1, "d", "count", "all", "2023-03", Grain.MONTH, Unit.COUNT, 30.0, 30, Status.OK, "s"
)
CLAIMED = Period.parse("2022-12..2023-11")


def of(grain: Grain, period: str, **changed: str) -> Result:
    return replace(BASE, grain=grain, period=period, **changed)


LAST = of(Grain.WINDOW, "2023-07..2024-06")


@pytest.mark.parametrize(
    ("result", "kept"),
    [
        (of(Grain.MONTH, "2023-03"), True),
        (of(Grain.MONTH, "2023-03", area="north"), True),
        (of(Grain.QUARTER, "2023-Q1", area="north"), True),
        (of(Grain.MONTH, "2023-03", split="channel=999"), True),
        (of(Grain.QUARTER, "2023-Q1", split="channel=999"), False),
        (of(Grain.YEAR, "2023/24", split="channel=999"), True),
        (of(Grain.MONTH, "2023-03", area="north", split="channel=999"), False),
        (of(Grain.MONTH, "2023-03", area="north", split="channel=101"), True),
        (of(Grain.WINDOW, "2022-12..2023-11"), True),
        (of(Grain.WINDOW, "2022-11..2023-10"), False),
        (of(Grain.WINDOW, "2022-07..2023-06"), True),
        (LAST, True),
        (of(Grain.MONTH, "2023-03", statistic="mix", split="outcome_code=1"), False),
        (of(Grain.YEAR, "2023/24", statistic="mix", split="outcome_code=1"), True),
        (of(Grain.WINDOW, "2022-12..2023-11", statistic="mix", split="outcome_code=1"), True),
    ],
)
def test_what_is_put_forward(result: Result, kept: bool) -> None:
    forward = offered([LAST, result], [CLAIMED], {("reports", "north", "channel=101")})
    assert (result in forward) == kept
