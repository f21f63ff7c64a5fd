"""Figures made from a body's own monthly results give the same sizes; only the grade differs."""

import re
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from answerable.chain.body import Body, BodyFile, Force, Period
from answerable.chain.claims import Reading, Verdict, judge_figures, judge_reading
from answerable.chain.figures import Figure, results_of
from answerable.chain.measures import (
    Definition,
    Gathered,
    Grade,
    Grain,
    Result,
    Status,
    compute,
    load_definitions,
    unit_of,
)
from tests.given import MONTHS, NOW, THEN
from tests.snapshots import make_body, make_snapshot

BODY = Body(Path(), BodyFile(key="b", name="B", forces=(Force(key="f", name="F"),)))
DEFINITIONS = load_definitions(BODY)
NUMBER = re.compile(r"\d[\d,]*(?:\.\d+)?")
SIZES = ("verdict", "recorded", "size", "lower", "upper", "smallest_visible", "rule", "ordinary")


def reading(measure: str, statistic: str, says: str) -> Reading:
    return Reading.model_validate(
        {"says": says, "measure": measure, "statistic": statistic, "period": str(NOW),
         "baseline": str(THEN), "bound_by": "b", "bound_on": "2024-01-01", "why": "w"}
    )  # fmt: skip


def row(d: Definition, statistic: str, period: str, top: int, n: int) -> Result:
    """As the engine makes it: a count, or a share with both of its counts."""
    count = statistic == "count"
    value = float(n) if count else round(top / n, 6)
    grain = Grain.WINDOW if len(Period.parse(period)) > 1 else Grain.MONTH
    return Result(d.key, d.version, d.digest, statistic, "all", period, grain,
                  unit_of(d, statistic), value, n, Status.OK, "rows",
                  count=None if count else top)  # fmt: skip


def from_rows(d: Definition, statistic: str, tops: list[int], sizes: list[int]) -> Gathered:
    made = [
        row(d, statistic, str(month), *pair)
        for month, pair in zip(MONTHS, zip(tops, sizes, strict=True), strict=True)
    ]
    for period, at in ((THEN, slice(0, 12)), (NOW, slice(12, 24))):
        made.append(row(d, statistic, str(period), sum(tops[at]), sum(sizes[at])))
    return Gathered(made, "rows")


def given_from(results: Gathered, measure: str, statistic: str) -> list[Figure]:
    """The monthly results as somebody would type them: counts where there are counts."""
    return [
        Figure(measure, "Anything", Period.parse(r.period), r.unit, statistic,
               value=r.value if r.count is None else None, numerator=r.count,
               denominator=None if r.count is None else r.n, source="Pack")
        for r in results.series(measure, statistic)
    ]  # fmt: skip


def compared(d: Definition, statistic: str, says: str, rows: Gathered) -> None:
    figures = given_from(rows, d.key, statistic)
    made = Gathered(results_of(figures, DEFINITIONS, [NOW, THEN]), "figures")
    wanted = reading(d.key, statistic, says)
    by_rows: Verdict = judge_reading(wanted, d, rows, BODY)
    by_figures = judge_reading(wanted, d, made, BODY)
    alone = judge_figures(figures, says, "higher", NOW, THEN)
    for name in SIZES:
        assert getattr(by_figures, name) == getattr(by_rows, name), name
        # Results are held to six decimals and typed shares are not, so a number that is told may
        # differ by one in its last digit. Counts are the same either way.
        one, other = getattr(alone, name), getattr(by_rows, name)
        if isinstance(other, float):
            near = 1e-6 if name == "size" else 1e-5
            assert one == pytest.approx(other, abs=near), name
        elif name != "recorded":
            digit = 0.0 if statistic == "count" else 0.1 + 1e-9
            assert NUMBER.sub("#", str(one)) == NUMBER.sub("#", str(other)), name
            assert numbers(one) == pytest.approx(numbers(other), rel=0, abs=digit), name
    assert (by_rows.grade, by_figures.grade, alone.grade) == (
        str(Grade.ROWS), str(Grade.MONTHS), str(Grade.MONTHS))  # fmt: skip


def numbers(told: object) -> list[float]:
    return [float(each.replace(",", "")) for each in NUMBER.findall(str(told))]


SIZED = st.lists(st.integers(60, 400), min_size=24, max_size=24)
SAYS = st.sampled_from(["rose", "fell"])


@settings(max_examples=60, deadline=None)
@given(SIZED, SAYS)
def test_counts(sizes: list[int], says: str) -> None:
    d = DEFINITIONS["reports"]
    compared(d, "count", says, from_rows(d, "count", sizes, sizes))


@settings(max_examples=60, deadline=None)
@given(SIZED, st.lists(st.floats(0.05, 0.95), min_size=24, max_size=24), SAYS)
def test_shares(sizes: list[int], shares: list[float], says: str) -> None:
    d = DEFINITIONS["repeat_victims"].model_copy(update={"mix": ""})
    tops = [round(n * share) for n, share in zip(sizes, shares, strict=True)]
    compared(d, "rate", says, from_rows(d, "rate", tops, sizes))


def test_counts_of_real_rows(tmp_path: Path) -> None:
    """Rows through the engine, and its monthly results given back as figures."""
    dice = np.random.default_rng(5)
    rows = [
        {"incident_id": f"{month}-{i}", "area": "north", "strand": "domestic_abuse",
         "received_at": f"{month}-{1 + i % 28:02d}T10:00:00"}
        for at, month in enumerate(MONTHS)
        for i in range(int(30 + 8 * (at >= 12) + dice.integers(0, 4)))
    ]  # fmt: skip
    body = make_body(tmp_path)
    snapshot = make_snapshot(body, {"incidents": rows}, "2021-12..2023-11")
    d = DEFINITIONS["reports"]
    results = compute(body, {d.key: d}, snapshot, [NOW, THEN])
    made = Gathered(
        results_of(given_from(results, d.key, "count"), DEFINITIONS, [NOW, THEN]), "figures"
    )
    wanted = reading(d.key, "count", "rose")
    one, other = (judge_reading(wanted, d, each, body) for each in (results, made))
    assert {name: getattr(one, name) for name in SIZES} == {
        name: getattr(other, name) for name in SIZES
    }
    assert str(one.verdict) == "supported"
    month, same = results.one(d.key, "count", period="2023-05"), made.one(
        d.key, "count", period="2023-05")  # fmt: skip
    assert (month.value, month.lower, month.upper) == (same.value, same.lower, same.upper)
