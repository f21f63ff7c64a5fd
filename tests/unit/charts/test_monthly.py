"""A measure's months are drawn as its definition says, where the figures allow it."""

from dataclasses import replace

import pytest

from answerable.chain.body import Month, shipped
from answerable.chain.charts import chart_of
from answerable.chain.measures import Grain, Result, Status, Unit, read_definition
from answerable.chain.statistics import c, g, run, t, xmr

DEFINITION = read_definition(shipped("measures", ".toml")["reports"])
MONTHS = [str(Month(2022, 1) + i) for i in range(14)]
COUNTS = [3, 5, 2, 4, 6, 3, 5, 4, 2, 3, 4, 3, 5, 21]


def series(unit: Unit = Unit.COUNT) -> list[Result]:
    plain = Result(
        measure="reports", version=1, definition="", statistic="count", area="all", period="",
        grain=Grain.MONTH, unit=unit, value=0, n=9, status=Status.OK, source="",
    )  # fmt: skip
    return [replace(plain, period=m, value=v) for m, v in zip(MONTHS, COUNTS, strict=True)]


def kind(name: str) -> object:
    return DEFINITION.model_copy(update={"chart": name})


@pytest.mark.parametrize(
    ("name", "unit", "made"),
    [
        ("run", Unit.COUNT, run), ("c", Unit.COUNT, c), ("g", Unit.COUNT, g),
        ("t", Unit.SECONDS, t), ("t", Unit.DAYS, t), ("run", Unit.SHARE, run),
    ],
)  # fmt: skip
def test_each_kind_is_drawn_by_its_own_rules(name: str, unit: Unit, made: object) -> None:
    drawn, plain = chart_of(series(unit), kind(name)), made(MONTHS, COUNTS)  # type: ignore[arg-type,operator]
    assert drawn is not None and drawn.kind == name
    assert drawn.points == plain.points and drawn.runs == plain.runs


@pytest.mark.parametrize(
    ("name", "unit"), [("c", Unit.SECONDS), ("g", Unit.SHARE), ("t", Unit.COUNT)]
)
def test_what_a_kind_does_not_fit_is_drawn_as_xmr(name: str, unit: Unit) -> None:
    drawn = chart_of(series(unit), kind(name))  # type: ignore[arg-type]
    assert drawn is not None and drawn.kind == "xmr"


def test_low_counts_on_xmr_are_offered_another_kind_and_times_are_not_taken_for_counts() -> None:
    counted, timed = (chart_of(series(unit), kind("xmr")) for unit in (Unit.COUNT, Unit.DAYS))  # type: ignore[arg-type]
    assert counted is not None and timed is not None
    assert "(c, g or t)" in counted.sentence and counted.points[-1].signals == ()
    assert timed.points == xmr(MONTHS, COUNTS, counts=False).points
    assert timed.points[-1].signals == ("outside",)
