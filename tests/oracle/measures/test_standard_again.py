"""Figures at the standard mix: the standard is a dictionary of shares."""

from collections import Counter
from datetime import timedelta
from typing import Any

import pytest

from answerable.chain.body import Month, Period
from answerable.chain.measures import Definition, Grain, Status
from tests.oracle.measures.kinds import DURATION, PROPORTION, is_attended, is_da, seconds_of
from tests.oracle.measures.recount import (
    Counted,
    agree,
    day_of,
    in_period,
    in_place,
    periods,
    quantile,
)
from tests.oracle.measures.rows import AREAS, COVERS, Row


def stratum(row: Row, names: tuple[str, ...], area: str) -> tuple[Any, ...]:
    return tuple(row[name] for name in names if not (name == "area" and area != "all"))


def standard_of(definition: Definition) -> list[Month]:
    """Settled months up to the last March among them, if they are twelve; else all of them."""
    last = COVERS.last.last_day
    waits = timedelta(days=definition.settles_days)
    settled = [month for month in COVERS if month.last_day + waits <= last]
    upto = max((at for at, month in enumerate(settled) if month.month == 3), default=-1) + 1
    return settled[:upto] if upto >= 12 else settled


def weights(
    rows: list[Row], definition: Definition, column: str, area: str
) -> dict[tuple[Any, ...], float]:
    """The share of each stratum among the rows that count in the months of the standard."""
    months = standard_of(definition)
    mine = [r for r in rows if Month.of(day_of(r[column])) in months]
    if area != "all":
        names = tuple(name for name in definition.strata if name != "area")
        found = Counter(tuple(r[name] for name in names) for r in mine)
    else:
        found = Counter(tuple(r[name] for name in definition.strata) for r in mine)
    return {key: size / found.total() for key, size in found.items()}


@pytest.mark.parametrize("grain", [Grain.MONTH, Grain.WINDOW])
def test_a_standardised_share_is_the_rates_at_the_standard_mix(
    counted: Counted, grain: Grain
) -> None:
    rows, results = counted
    crimes = [row for row in rows["crimes"] if is_da(row)]
    seen = 0
    for area in ("all", *AREAS):
        standard = weights(crimes, PROPORTION, "recorded_on", area)
        for found in results.series("proportion", "rate", area, basis="standardised", grain=grain):
            if found.status == Status.MISSING:
                continue
            mine = in_period(in_place(crimes, area), "recorded_on", Period.parse(found.period))
            rates: dict[tuple[Any, ...], list[bool]] = {}
            for row in mine:
                key = stratum(row, PROPORTION.strata, area)
                rates.setdefault(key, []).append(row["outcome_code"] in (1, 8))
            held = {key: hits for key, hits in rates.items() if key in standard}
            weight = sum(standard[key] for key in held)
            value = (
                sum(standard[k] * sum(h) / len(h) for k, h in held.items()) / weight
                if weight
                else None
            )
            agree(found, value, len(mine), sum(map(sum, rates.values())))
            seen += 1
    assert seen == 4 * sum(each == grain for each, _ in periods())


@pytest.mark.parametrize(("statistic", "point"), [("median", 0.5), ("p90", 0.9)])
def test_a_standardised_quantile_weighs_the_rows(
    counted: Counted, statistic: str, point: float
) -> None:
    rows, results = counted
    usable = [r for r in rows["incidents"] if is_attended(r) and seconds_of(r) is not None]
    changed = 0
    for area in ("all", *AREAS):
        standard = weights(usable, DURATION, "received_at", area)
        for grain in (Grain.MONTH, Grain.WINDOW):
            series = results.series("duration", statistic, area, basis="standardised", grain=grain)
            for found in series:
                if found.status == Status.MISSING:
                    continue
                period = Period.parse(found.period)
                mine = in_period(in_place(usable, area), "received_at", period)
                sizes = Counter(stratum(r, DURATION.strata, area) for r in mine)
                heavy = sorted(
                    (seconds_of(r) or 0.0, standard[key] / sizes[key])
                    for r in mine
                    for key in [stratum(r, DURATION.strata, area)]
                )
                value = weighted_quantile(heavy, point)
                agree(found, value, len(mine))
                raw = results.one("duration", statistic, area, period)
                changed += raw is not None and raw.value != found.value
    assert changed > 20


def weighted_quantile(heavy: list[tuple[float, float]], point: float) -> float | None:
    """Row k of the sorted rows stands at (weight before k) / (all weight - weight of k)."""
    if not heavy:
        return None
    total = sum(weight for _, weight in heavy)
    before, stood = 0.0, []
    for value, weight in heavy:
        rest = total - weight
        stood.append((before / rest if rest > total * 1e-12 else 0.0, value))
        before += weight
    low = max((s for s in stood if s[0] <= point + 1e-12), default=stood[0])
    above = [s for s in stood if s[0] > point + 1e-12]
    if not above:
        return low[1]
    high = min(above)
    return low[1] + (high[1] - low[1]) * max(point - low[0], 0) / (high[0] - low[0])


def test_equal_weights_give_type_7() -> None:
    values = [1.0, 1.0, 2.0, 5.0, 9.0, 9.0, 40.0]
    for point in (0.1, 0.5, 0.9):
        equal = [(value, 1.0) for value in values]
        assert weighted_quantile(equal, point) == pytest.approx(quantile(values, point))
