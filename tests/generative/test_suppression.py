"""What is withheld cannot be worked out: random small forces, audited by linear programming."""

from collections.abc import Callable
from dataclasses import replace
from itertools import product

import numpy as np
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from answerable.chain.body import Appetite, Month, Period, financial_year_of, quarter_of, shipped
from answerable.chain.disclosure import exposed, protect
from answerable.chain.disclosure.audit import audit
from answerable.chain.measures import (
    Definition,
    Grain,
    Result,
    Status,
    Unit,
    read_definition,
)

MONTHS = [Month(2022, 4) + i for i in range(15)]
AREAS = ("a", "b", "c")
APPETITE = Appetite()
ROUNDED = Appetite(round_to=5)


def definition(key: str) -> Definition:
    return read_definition(shipped("measures", ".toml")[key])


def periods() -> list[tuple[Period, Grain]]:
    found = {Period.of(month, month): Grain.MONTH for month in MONTHS}
    for month in MONTHS:
        found[quarter_of(month)] = Grain.QUARTER
        found[financial_year_of(month)] = Grain.YEAR
    for first in MONTHS[:4]:
        found[Period.of(first, first + 11)] = Grain.WINDOW
    return list(found.items())


Make = Callable[[str, Period, Grain, str, np.ndarray], list[Result]]


def results(counts: np.ndarray, columns: dict[str, list[str]], make: Make) -> list[Result]:
    """Every result of counts [area, month, split, …]; splits of the first column add up.

    The last area is of records placed in none: it counts in the whole alone.
    """
    made = []
    places = [*enumerate(AREAS), (slice(None), "all")]
    for (at, area), (period, grain) in product(places, periods()):
        months = [i for i, month in enumerate(MONTHS) if month in period]
        here = counts[at][..., months, :, :] if isinstance(at, slice) else counts[at][months]
        here = here.reshape(-1, *counts.shape[2:]).sum(axis=0)
        made += make(area, period, grain, "", here.sum(axis=0))
        for column, names in columns.items():
            for i, name in enumerate(names):
                made += make(area, period, grain, f"{column}={name}", here[i])
    return made


def result(key: str, statistic: str, unit: Unit, area: str, period: Period, grain: Grain,
           split: str, n: int, count: int | None) -> Result:  # fmt: skip
    value = float(n) if count is None else (round(count / n, 6) if n else None)
    return Result(
        measure=key, version=1, definition="d", statistic=statistic, area=area,
        period=period.text, grain=grain, unit=unit, value=value, n=n,
        status=Status.OK if n else Status.ZERO, source="s", split=split, count=count,
        lower=None if value is None else value, upper=value,
    )  # fmt: skip


def reports(area: str, period: Period, grain: Grain, split: str, cell: np.ndarray) -> list[Result]:
    n = int(cell[0])
    return [result("reports", "count", Unit.COUNT, area, period, grain, split, n, None)]


def repeats(area: str, period: Period, grain: Grain, split: str, cell: np.ndarray) -> list[Result]:
    x, rest = int(cell[0]), int(cell[1])
    return [result("repeat_victims", "rate", Unit.SHARE, area, period, grain, split, x + rest, x)]


def ratio(area: str, period: Period, grain: Grain, split: str, cell: np.ndarray) -> list[Result]:
    top, n = int(cell[0]), int(cell[1])
    key = "arrests_per_100_crimes"
    value = replace(
        result(key, "ratio", Unit.RATIO, area, period, grain, split, n, top),
        value=round(100 * top / n, 4) if n else None,
    )
    return [
        value,
        result(key, "numerator", Unit.COUNT, area, period, grain, split, top, None),
        result(key, "denominator", Unit.COUNT, area, period, grain, split, n, None),
    ]


KINDS: dict[str, tuple[Make, int, dict[str, list[str]]]] = {
    "reports": (reports, 1, {"channel": ["999", "101", "online"]}),
    "repeat_victims": (repeats, 2, {"risk_level": ["high", "standard"]}),
    "arrests_per_100_crimes": (ratio, 2, {}),
}


@st.composite
def forces(draw: st.DrawFn, parts: int, splits: int) -> np.ndarray:
    """Counts of areas of very different size, with some that are tiny and some empty."""
    seed = draw(st.integers(0, 2**32 - 1))
    sizes = draw(st.lists(st.sampled_from([0.2, 1, 3, 8, 40, 200]), min_size=4, max_size=4))
    shares = draw(st.lists(st.sampled_from([0.02, 0.2, 1.0]), min_size=splits, max_size=splits))
    of = draw(st.lists(st.sampled_from([0.03, 0.4, 1.0]), min_size=parts, max_size=parts))
    means = np.einsum("a,s,p->asp", np.array(sizes) * [1, 1, 1, 0.1], shares, of)
    shape = (len(AREAS) + 1, len(MONTHS), splits, parts)
    return np.random.default_rng(seed).poisson(means[:, None], shape)


def checked(
    key: str, counts: np.ndarray, appetite: Appetite = APPETITE
) -> tuple[list[Result], tuple[Result, ...]]:
    make, _, columns = KINDS[key]
    true = results(counts, columns, make)
    return true, protect(true, {key: definition(key)}, appetite)


@pytest.mark.parametrize("key", KINDS)
@settings(max_examples=4, deadline=None, suppress_health_check=list(HealthCheck), derandomize=True)
@given(data=st.data())
def test_no_small_count_can_be_worked_out(key: str, data: st.DataObject) -> None:
    _, parts, columns = KINDS[key]
    splits = max((len(names) for names in columns.values()), default=1)
    true, shown = checked(key, data.draw(forces(parts, splits)))
    assert audit(true, shown, {key: definition(key)}, APPETITE) == ()


@pytest.mark.parametrize("key", KINDS)
@settings(max_examples=1, deadline=None, suppress_health_check=list(HealthCheck), derandomize=True)
@given(data=st.data())
def test_nor_out_of_rounded_figures(key: str, data: st.DataObject) -> None:
    _, parts, columns = KINDS[key]
    splits = max((len(names) for names in columns.values()), default=1)
    true, shown = checked(key, data.draw(forces(parts, splits)), ROUNDED)
    assert all(each.n % 5 == 0 for each in shown if each.n is not None)
    assert audit(true, shown, {key: definition(key)}, ROUNDED) == ()
    assert exposed(true, shown, {key: definition(key)}, ROUNDED) == ()


def test_to_the_auditor_a_rounded_number_is_a_range() -> None:
    """A month of 3 beside one of 60 in a quarter of 63. Rounded, it may be up to 67 - 58."""
    counts = np.zeros((4, len(MONTHS), 3, 1), dtype=int)
    counts[0, 0, 0, 0], counts[0, 1, 0, 0] = 3, 60
    make, _, columns = KINDS["reports"]
    true = results(counts, columns, make)
    hide = [
        replace(each, status=Status.SUPPRESSED, value=None, n=None)
        if each.n is not None and 0 < each.n < 5
        else each
        for each in true
    ]
    exact = audit(true, hide, {"reports": definition("reports")}, APPETITE)
    assert {(each.low, each.high) for each in exact} == {(3, 3)}
    to_five = [
        replace(each, n=5 * round(each.n / 5), rounded_to=5) if each.n is not None else each
        for each in hide
    ]
    definitions = {"reports": definition("reports")}
    assert audit(true, to_five, definitions, APPETITE) == ()
    wider = audit(true, to_five, definitions, Appetite(count_under=20))
    assert {(each.low, each.high) for each in wider} == {(1, 9)}


def test_the_numerator_of_a_rate_on_too_few_is_not_narrowed_down() -> None:
    """A month of 6 in 12, elsewhere plenty: kept from being known exactly, it would be known to
    within one; kept as the appetite asks, it may be five more."""
    counts = np.full((4, len(MONTHS), 2, 2), 20)
    counts[3] = 0
    counts[0, 2] = [[3, 3], [3, 3]]
    make, _, _ = KINDS["repeat_victims"]
    true = results(counts, {}, make)
    definitions = {"repeat_victims": definition("repeat_victims")}
    exact = protect(true, definitions, Appetite(rate_width=1))
    assert audit(true, exact, definitions, Appetite(rate_width=1)) == ()
    assert audit(true, protect(true, definitions, APPETITE), definitions, APPETITE) == ()
    bare = [
        replace(each, status=Status.SUPPRESSED, value=None, n=None, count=None)
        if each.n == 12
        else each
        for each in true
    ]
    (found,) = audit(true, bare, definitions, APPETITE)
    assert found.where[1:3] == ("a", "2022-06") and (found.low, found.high) == (6, 6)


def test_nor_that_of_the_whole_where_most_records_lie_in_no_area() -> None:
    """The areas of a month make up for each other, and for what lies in no area nothing does."""
    counts = np.zeros((4, len(MONTHS), 2, 2), dtype=int)
    counts[3, :, 1, 1] = [3, 0, 3, 3, 1, 5, 2, 2, 3, 4, 3, 3, 1, 1, 4]
    counts[3, 14, 1, 0] = 1
    counts[0, 6, 1, 0] = counts[1, 13, 1, 1] = counts[2, 13, 1, 1] = 1
    make, _, columns = KINDS["repeat_victims"]
    true = results(counts, columns, make)
    definitions = {"repeat_victims": definition("repeat_victims")}
    assert audit(true, protect(true, definitions, APPETITE), definitions, APPETITE) == ()


def test_the_auditor_finds_what_thresholds_alone_give_away() -> None:
    """The audit can fail: with no more than small cells withheld, sums give them back."""
    counts = np.full((4, len(MONTHS), 3, 1), 9)
    counts[3] = 0
    counts[0, 2, 0, 0] = 3
    make, _, columns = KINDS["reports"]
    true = results(counts, columns, make)
    alone = [
        replace(each, status=Status.SUPPRESSED, value=None, n=None)
        if each.n and each.n < 5
        else each
        for each in true
    ]
    (found,) = audit(true, alone, {"reports": definition("reports")}, APPETITE)
    assert found.where == ("reports", "a", "2022-06", "channel=999", "n")
    assert (found.low, found.high) == (pytest.approx(3), pytest.approx(3))
    _, shown = checked("reports", counts)
    assert audit(true, shown, {"reports": definition("reports")}, APPETITE) == ()


@pytest.mark.parametrize("key", KINDS)
@settings(max_examples=12, deadline=None, suppress_health_check=list(HealthCheck), derandomize=True)
@given(data=st.data())
def test_what_is_shown_is_true_and_what_is_small_is_withheld(key: str, data: st.DataObject) -> None:
    _, parts, columns = KINDS[key]
    splits = max((len(names) for names in columns.values()), default=1)
    true, shown = checked(key, data.draw(forces(parts, splits)))
    for before, after in zip(true, shown, strict=True):
        assert before.name == after.name
        if after.status == Status.SUPPRESSED:
            numbers = (after.value, after.n, after.count, after.lower, after.upper)
            assert numbers == (None,) * 5 and not after.excluded
            continue
        assert (before.value, before.n, before.count) == (after.value, after.n, after.count)
        n, count = after.n or 0, after.count or 0
        assert not 0 < n < 5 and not 0 < count < 5
        if after.unit == Unit.SHARE:
            assert not 0 < n - count < 5 and not 0 < n < 20
