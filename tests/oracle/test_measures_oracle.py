"""Every kind of measure and every statistic, counted again in plain Python.

Nothing of the engine is used here: rows are a list of dictionaries, a median is taken
from a sorted list, and the standard mix is a dictionary.
"""

import math
import random
from collections import Counter
from collections.abc import Callable, Iterator
from datetime import date, datetime, timedelta
from statistics import NormalDist
from typing import Any

import pytest

from answerable.chain.body import Month, Period
from answerable.chain.measures import Definition, Grain, Result, Results, Status
from tests.spec.measuring import define, measure

Row = dict[str, Any]
COVERS = Period.parse("2022-11..2024-05")
AREAS = ("north", "south", "west")
WINDOW = Period.parse("2023-02..2023-09")
TARGET = 3600
Z = NormalDist().inv_cdf(0.975)


# --- rows -----------------------------------------------------------------------------


def made(seed: int) -> dict[str, list[Row]]:
    """Random rows with gaps, wrong orders and places that nobody knows."""
    pick = random.Random(seed)
    return {
        "incidents": [incident(pick) for _ in range(700)],
        "crimes": [crime(pick) for _ in range(500)],
        "arrests": [arrest(pick) for _ in range(200)],
        "survey_contacts": [contact(pick) for _ in range(400)],
        "training": [spell(pick) for _ in range(120)],
        "service_returns": [referral(pick) for _ in range(250)],
        "video_responses": [video(pick) for _ in range(300)],
    }


def some_day(pick: random.Random) -> date:
    first, last = COVERS.first.first_day, COVERS.last.last_day
    return first + timedelta(days=pick.randrange((last - first).days + 1))


def moment(pick: random.Random) -> datetime:
    """A time in the middle of a day, so that the civil date is that of UTC."""
    return datetime.combine(some_day(pick), datetime.min.time()) + timedelta(
        seconds=pick.randrange(4 * 3600, 20 * 3600)
    )


def placed(pick: random.Random) -> Row:
    strand = pick.choices(["domestic_abuse", "stalking"], [4, 1])[0]
    return {"area": pick.choice([*AREAS, None]), "strand": strand}


def incident(pick: random.Random) -> Row:
    received = moment(pick)
    late = pick.choice([None, -60, *range(300, 9000, 97)])
    return {
        **placed(pick),
        "received_at": received,
        "first_grade": pick.choice([1, 2, 2, None]),
        "channel": pick.choice(["999", "101", None]),
        "risk_level": pick.choice(["high", "standard"]),
        "response_method": pick.choice(["attended", "attended", "video"]),
        "duplicate": pick.choice([True, False, None, None]),
        "first_arrived_at": None if late is None else received + timedelta(seconds=late),
    }


def crime(pick: random.Random) -> Row:
    risk = pick.choice(["high", "standard", None])
    return {
        **placed(pick),
        "recorded_on": some_day(pick),
        "risk_level": risk,
        "outcome_code": pick.choice([0, 1, 8, 16, None] if risk else [1, 1, 16]),
    }


def arrest(pick: random.Random) -> Row:
    return {**placed(pick), "arrested_at": moment(pick), "counter_allegation": pick.random() < 0.1}


def contact(pick: random.Random) -> Row:
    reason = pick.choice(["unsafe_to_contact", "fatal", None, None, None, None])
    sampled = reason is None and pick.random() < 0.8
    answer = pick.choice(["completely_satisfied", "very_satisfied", "neither", None])
    return {
        **placed(pick),
        "eligible_on": some_day(pick),
        "excluded_reason": reason,
        "sampled": sampled,
        "overall": answer if sampled else None,
        "weight": pick.choice([0.5, 1.0, 2.25, None]),
        "response_method": pick.choice(["attended", "video"]),
    }


def spell(pick: random.Random) -> Row:
    start = COVERS.first.first_day + timedelta(days=pick.randrange(-300, 400))
    done = pick.choice([None, start + timedelta(days=pick.randrange(300))])
    return {
        "area": pick.choice([*AREAS, None]),
        "department": pick.choice(["response", "custody"]),
        "in_scope_from": start,
        "in_scope_to": pick.choice([None, start + timedelta(days=pick.randrange(1, 400))]),
        "completed_on": done,
        "expires_on": done and done + timedelta(days=200),
    }


def referral(pick: random.Random) -> Row:
    start = some_day(pick)
    return {
        "area": pick.choice([*AREAS, None]),
        "service": pick.choice(["one", "two"]),
        "referred_on": start,
        "risk_level": pick.choice(["high", "standard", None]),
        "first_seen_on": pick.choice([None, start + timedelta(days=pick.randrange(-2, 60))]),
    }


def video(pick: random.Random) -> Row:
    received = moment(pick)
    step = pick.randrange(4)
    return {
        **placed(pick),
        "received_at": received,
        "eligible": step > 0 or pick.random() < 0.05,
        "offered": step > 1 or None,
        "completed_at": received if step > 2 else None,
        "lost_reason": None if step > 2 else pick.choice(["not_safe", "link_failed", None]),
    }


# --- definitions, each beside its rules in Python -----------------------------------------

DA = "strand = 'domestic_abuse'"


def is_da(row: Row) -> bool:
    return row["strand"] == "domestic_abuse"


COUNT = define(
    "count", kind="count", table="incidents", include=f"{DA} and duplicate is not true",
    at="received_on", statistics=("count", "per_day"), splits=("channel",),
)  # fmt: skip
PROPORTION = define(
    "proportion", kind="proportion", table="crimes", include=DA, of="outcome_code in (1, 8)",
    mix="outcome_code", at="recorded_on", statistics=("rate", "mix"), splits=("risk_level",),
    strata=("risk_level", "area"), settles_after="60 days",
)  # fmt: skip
RATIO = define(
    "ratio", kind="ratio", numerator={"table": "arrests", "include": DA, "at": "arrested_on"},
    denominator={"table": "crimes", "include": DA, "at": "recorded_on"}, per=100,
    statistics=("ratio", "numerator", "denominator"), strata=("area",), splits=("strand",),
)  # fmt: skip
DURATION = define(
    "duration", kind="duration", table="incidents",
    include=f"{DA} and first_grade = 2 and response_method = 'attended'",
    eligible=f"{DA} and first_grade = 2", at="received_on", start="received_at",
    stop="first_arrived_at", splits=("risk_level",), strata=("channel", "risk_level", "area"),
    statistics=("median", "p90", "within_target", "eligible_within_target", "missing_share"),
    target={"at_most": "60 minutes", "since": date(2020, 1, 1), "source": "a test"},
)  # fmt: skip
WAIT = define(
    "wait", kind="duration", table="service_returns", include="true", eligible="true",
    at="referred_on", start="referred_on", stop="first_seen_on",
    statistics=("median", "p90", "missing_share"), splits=("service",),
)  # fmt: skip
SURVEY = define(
    "survey", kind="survey", table="survey_contacts", include=DA, at="eligible_on",
    answer="overall", satisfied=("completely_satisfied", "very_satisfied"), weight="weight",
    asked="sampled", excluded_by="excluded_reason", splits=("response_method",),
    statistics=("satisfied", "response_rate", "excluded_share"),
)  # fmt: skip
COVERAGE = define(
    "coverage", kind="coverage", table="training", include="true", opened="in_scope_from",
    closed="in_scope_to", of="completed_on <= period_end and expires_on > period_end",
    statistics=("coverage",), splits=("department",),
)  # fmt: skip
STOCK = define(
    "stock", kind="stock", table="training", include="completed_on is null",
    opened="in_scope_from", closed="in_scope_to", statistics=("open", "median_open_days"),
)  # fmt: skip
PATHWAY = define(
    "pathway", kind="pathway", table="video_responses", include=DA, at="received_on",
    steps=[
        {"key": "safe", "title": "Safe", "when": "eligible"},
        {"key": "offered", "title": "Offered", "when": "offered"},
        {"key": "done", "title": "Done", "when": "completed_at is not null"},
    ],
    lost_reason="lost_reason", statistics=("completed", "reached", "step_rate", "lost"),
)  # fmt: skip
ALL = (COUNT, PROPORTION, RATIO, DURATION, WAIT, SURVEY, COVERAGE, STOCK, PATHWAY)


@pytest.fixture(scope="module", params=[11, 12])
def counted(request: pytest.FixtureRequest) -> tuple[dict[str, list[Row]], Results]:
    rows = made(request.param)
    return rows, measure(rows, *ALL, covers=str(COVERS), areas=AREAS, windows=[str(WINDOW)])


# --- counting again -------------------------------------------------------------------


def in_place(rows: list[Row], area: str) -> list[Row]:
    return [row for row in rows if area == "all" or row["area"] == area]


def day_of(value: Any) -> date:
    return value.date() if isinstance(value, datetime) else value


def in_period(rows: list[Row], column: str, period: Period) -> list[Row]:
    return [row for row in rows if Month.of(day_of(row[column])) in period]


def periods() -> Iterator[tuple[Grain, Period]]:
    """Every period whose months are all covered."""
    months = list(COVERS)
    for month in months:
        yield Grain.MONTH, Period.of(month, month)
    for start in months:
        if start.month in (1, 4, 7, 10) and start + 2 <= COVERS.last:
            yield Grain.QUARTER, Period.parse(f"{start.year}-Q{(start.month + 2) // 3}")
    yield Grain.YEAR, Period.parse("2023/24")
    for start in months[:-11]:
        yield Grain.WINDOW, Period.of(start, start + 11)
    yield Grain.WINDOW, WINDOW


def quantile(values: list[float], p: float) -> float | None:
    """Type 7."""
    if not values:
        return None
    values = sorted(values)
    place = (len(values) - 1) * p
    low = math.floor(place)
    high = min(low + 1, len(values) - 1)
    return values[low] + (place - low) * (values[high] - values[low])


def share(x: float, n: float) -> float | None:
    return x / n if n else None


def values_of(
    results: Results, measured: str, statistic: str, split: str = "", basis: str = "raw"
) -> Iterator[tuple[str, Period, Result]]:
    for area in ("all", *AREAS):
        for _, period in periods():
            found = results.one(measured, statistic, area, period, split, basis)
            assert found is not None, (measured, statistic, area, period.text, split)
            yield area, period, found


def agree(found: Result, value: float | None, n: int, count: int | None = None) -> None:
    within = {"share": 6e-7, "ratio": 6e-5, "seconds": 0.06, "days": 0.06, "count": 6e-5}[
        found.unit
    ]
    assert found.n == n, found
    assert found.count == count, found
    assert found.value == (None if value is None else pytest.approx(value, abs=within)), found


def check(
    results: Results,
    definition: Definition,
    statistic: str,
    again: Callable[[str, Period], tuple[float | None, int, int | None]],
    split: str = "",
) -> None:
    """Hold every figure of a statistic to its recount, and see that some are not nothing."""
    seen = 0
    for area, period, found in values_of(results, definition.key, statistic, split):
        value, n, count = again(area, period)
        agree(found, value, n, count)
        seen += n > 0
    assert seen > 20


Counted = tuple[dict[str, list[Row]], Results]


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

    def rate(area: str, period: Period) -> tuple[float | None, int, int | None]:
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

    def part(area: str, period: Period) -> tuple[float | None, int, int | None]:
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

    def ratio(area: str, period: Period) -> tuple[float | None, int, int | None]:
        top, bottom = sizes(area, period)
        return (100 * top / bottom if bottom else None), bottom, top

    for split in ("", "strand=domestic_abuse"):
        check(results, RATIO, "ratio", ratio, split)
        check(results, RATIO, "numerator", lambda a, p: (sizes(a, p)[0],) * 2 + (None,), split)
        check(results, RATIO, "denominator", lambda a, p: (sizes(a, p)[1],) * 2 + (None,), split)


def seconds_of(row: Row) -> float | None:
    """The wait of an included incident; None where it has none."""
    arrived = row["first_arrived_at"]
    if arrived is None or arrived < row["received_at"]:
        return None
    return float((arrived - row["received_at"]).total_seconds())


def is_priority(row: Row) -> bool:
    return is_da(row) and row["first_grade"] == 2


def is_attended(row: Row) -> bool:
    return is_priority(row) and row["response_method"] == "attended"


@pytest.mark.parametrize("risk", ["", "high"])
def test_durations(counted: Counted, risk: str) -> None:
    rows, results = counted
    split = f"risk_level={risk}" if risk else ""

    def mine(area: str, period: Period) -> list[Row]:
        found = in_period(in_place(rows["incidents"], area), "received_at", period)
        return [row for row in found if not risk or row["risk_level"] == risk]

    def waits(area: str, period: Period) -> list[float]:
        found = [seconds_of(row) for row in mine(area, period) if is_attended(row)]
        return [wait for wait in found if wait is not None]

    for statistic, point in (("median", 0.5), ("p90", 0.9)):
        check(
            results, DURATION, statistic,
            lambda a, p, q=point: (quantile(waits(a, p), q), len(waits(a, p)), None), split,
        )  # fmt: skip

    def within(area: str, period: Period) -> tuple[float | None, int, int | None]:
        found = waits(area, period)
        hits = sum(wait <= TARGET for wait in found)
        return share(hits, len(found)), len(found), hits

    def of_all(area: str, period: Period) -> tuple[float | None, int, int | None]:
        n = sum(map(is_priority, mine(area, period)))
        hits = sum(wait <= TARGET for wait in waits(area, period))
        return share(hits, n), n, hits

    def missing(area: str, period: Period) -> tuple[float | None, int, int | None]:
        n = sum(map(is_attended, mine(area, period)))
        lost = n - len(waits(area, period))
        return share(lost, n), n, lost

    check(results, DURATION, "within_target", within, split)
    check(results, DURATION, "eligible_within_target", of_all, split)
    check(results, DURATION, "missing_share", missing, split)


def test_a_wait_from_day_to_day_is_in_days(counted: Counted) -> None:
    rows, results = counted

    def waits(area: str, period: Period) -> list[float]:
        mine = in_period(in_place(rows["service_returns"], area), "referred_on", period)
        found = [(r["first_seen_on"] - r["referred_on"]).days for r in mine if r["first_seen_on"]]
        return [wait for wait in found if wait >= 0]

    check(
        results, WAIT, "median", lambda a, p: (quantile(waits(a, p), 0.5), len(waits(a, p)), None)
    )
    check(results, WAIT, "p90", lambda a, p: (quantile(waits(a, p), 0.9), len(waits(a, p)), None))
    found = results.one("wait", "median", period="2023-05")
    assert found is not None
    assert found.unit == "days"


def test_surveys(counted: Counted) -> None:
    rows, results = counted

    def mine(area: str, period: Period) -> list[Row]:
        found = in_period(in_place(rows["survey_contacts"], area), "eligible_on", period)
        return [row for row in found if is_da(row)]

    def asked(area: str, period: Period) -> list[Row]:
        return [r for r in mine(area, period) if r["excluded_reason"] is None and r["sampled"]]

    def satisfied(area: str, period: Period) -> tuple[float | None, int, int | None]:
        done = [r for r in asked(area, period) if r["overall"] and r["weight"] is not None]
        happy = [r for r in done if r["overall"] in SURVEY.satisfied]
        weight = sum(r["weight"] for r in done)
        return share(sum(r["weight"] for r in happy), weight), len(done), len(happy)

    def response(area: str, period: Period) -> tuple[float | None, int, int | None]:
        drawn = asked(area, period)
        done = sum(row["overall"] is not None for row in drawn)
        return share(done, len(drawn)), len(drawn), done

    def excluded(area: str, period: Period) -> tuple[float | None, int, int | None]:
        everyone = mine(area, period)
        out = sum(row["excluded_reason"] is not None for row in everyone)
        return share(out, len(everyone)), len(everyone), out

    check(results, SURVEY, "satisfied", satisfied)
    check(results, SURVEY, "response_rate", response)
    check(results, SURVEY, "excluded_share", excluded)
    for area, period, found in values_of(results, "survey", "satisfied"):
        everyone = len(mine(area, period))
        assert (found.n or 0) + sum(count for _, count in found.excluded) == everyone


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

    def covered(area: str, period: Period) -> tuple[float | None, int, int | None]:
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


def depth(row: Row) -> int:
    steps = (row["eligible"], row["offered"], row["completed_at"] is not None)
    return next((i for i, done in enumerate(steps) if not done), 3)


def test_pathways(counted: Counted) -> None:
    rows, results = counted

    def mine(area: str, period: Period) -> list[int]:
        found = in_period(in_place(rows["video_responses"], area), "received_at", period)
        return [depth(row) for row in found if is_da(row)]

    def reached(step: int) -> Callable[[str, Period], tuple[float | None, int, int | None]]:
        def again(area: str, period: Period) -> tuple[float | None, int, int | None]:
            depths = mine(area, period)
            hits = sum(found >= step for found in depths)
            return share(hits, len(depths)), len(depths), hits

        return again

    def stepped(step: int) -> Callable[[str, Period], tuple[float | None, int, int | None]]:
        def again(area: str, period: Period) -> tuple[float | None, int, int | None]:
            depths = mine(area, period)
            n = sum(found >= step - 1 for found in depths)
            hits = sum(found >= step for found in depths)
            return share(hits, n), n, hits

        return again

    for step, key in enumerate(("safe", "offered", "done"), start=1):
        check(results, PATHWAY, "reached", reached(step), f"step={key}")
        check(results, PATHWAY, "step_rate", stepped(step), f"step={key}")
    check(results, PATHWAY, "completed", reached(3))

    def lost(reason: str | None) -> Callable[[str, Period], tuple[float | None, int, int | None]]:
        def again(area: str, period: Period) -> tuple[float | None, int, int | None]:
            found = in_period(in_place(rows["video_responses"], area), "received_at", period)
            start = [row for row in found if is_da(row)]
            out = sum(depth(row) < 3 and row["lost_reason"] == reason for row in start)
            return share(out, len(start)), len(start), out

        return again

    for reason in ("not_safe", "link_failed", None):
        check(results, PATHWAY, "lost", lost(reason), f"reason={reason or 'not_recorded'}")


# --- the standard mix -----------------------------------------------------------------


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


# --- intervals ------------------------------------------------------------------------


def wilson(p: float, n: float) -> tuple[float, float]:
    middle = (p + Z * Z / (2 * n)) / (1 + Z * Z / n)
    half = Z / (1 + Z * Z / n) * math.sqrt(p * (1 - p) / n + Z * Z / (4 * n * n))
    return middle - half, middle + half


def test_shares_have_wilson_intervals(counted: Counted) -> None:
    _, results = counted
    for _, _, found in values_of(results, "proportion", "rate"):
        if found.n:
            assert found.count is not None
            assert (found.lower, found.upper) == pytest.approx(
                wilson(found.count / found.n, found.n), abs=1e-6
            )
        else:
            assert (found.lower, found.upper, found.method) == (None, None, "")


def test_a_weighted_share_counts_its_effective_answers(counted: Counted) -> None:
    rows, results = counted
    period = Period.parse("2023-01..2023-12")
    done = [
        r for r in in_period(rows["survey_contacts"], "eligible_on", period)
        if is_da(r) and r["excluded_reason"] is None and r["sampled"] and r["overall"]
        and r["weight"] is not None
    ]  # fmt: skip
    found = results.one("survey", "satisfied", period=period)
    assert found is not None
    effective = sum(r["weight"] for r in done) ** 2 / sum(r["weight"] ** 2 for r in done)
    assert effective < len(done)
    assert (found.lower, found.upper) == pytest.approx(
        wilson(found.value or 0.0, effective), abs=2e-6
    )


def test_counts_have_exact_poisson_limits(counted: Counted) -> None:
    """The limits put exactly 2.5% beyond them: sums of the mass function say so."""
    _, results = counted
    found = results.one("count", "count", period="2023-05")
    assert found is not None
    assert found.value
    assert found.lower is not None
    assert found.upper is not None
    x = int(found.value)

    def mass(k: int, mean: float) -> float:
        return math.exp(k * math.log(mean) - mean - math.lgamma(k + 1))

    at_least = 1 - sum(mass(k, found.lower) for k in range(x))
    at_most = sum(mass(k, found.upper) for k in range(x + 1))
    assert (at_least, at_most) == pytest.approx((0.025, 0.025), abs=1e-5)


def test_a_median_lies_between_order_statistics(counted: Counted) -> None:
    """With the fewest ranks on each side that leave at most 2.5% beyond them."""
    rows, results = counted
    for period in ("2023-05", "2023/24", "2023-02..2023-09"):
        found = results.one("duration", "median", period=period)
        assert found is not None
        assert found.n
        mine = in_period(rows["incidents"], "received_at", Period.parse(period))
        waits = sorted(s for r in mine if is_attended(r) for s in [seconds_of(r)] if s is not None)
        n = len(waits)
        below = [math.comb(n, k) / 2**n for k in range(n + 1)]
        rank = max((r for r in range(1, n) if sum(below[:r]) <= 0.025), default=0)
        if rank:
            assert (found.lower, found.upper) == (waits[rank - 1], waits[n - rank])
        else:
            assert (found.lower, found.upper) == (None, None)


# --- parts add up ---------------------------------------------------------------------


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
