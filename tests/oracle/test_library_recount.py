"""Every shipped measure, counted again in plain Python from what its own words say.

Nothing here reads an expression of a definition: each recount is written from the `plain`
and `technical` texts, over the records of the force that never was.
"""

from collections import Counter
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import date, timedelta
from functools import cached_property
from math import floor
from typing import Any

import duckdb
import pytest

from answerable.chain.body import Period, shipped
from tests.severnshire import Demo

Row = dict[str, Any]
Found = dict[tuple[str, str], float | None]
"""(statistic, split) → value."""

ACTION = {1, 2, 3, 6, 7, 8, 22}


class Records:
    """Every record of every table, as dictionaries."""

    def __init__(self, demo: Demo) -> None:
        self.demo = demo
        self.kept: dict[str, list[Row]] = {}

    def __getitem__(self, table: str) -> list[Row]:
        if table not in self.kept:
            files = self.demo.imported.snapshot.files(table)
            with duckdb.connect() as connection:
                rows = connection.execute("SELECT * FROM read_parquet($1)", [files])
                names = [column[0] for column in rows.description]
                found = [dict(zip(names, row, strict=True)) for row in rows.fetchall()]
            self.kept[table] = found
        return self.kept[table]


@dataclass
class Asked:
    """The records of one area in one period."""

    records: Records
    area: str
    period: Period

    def rows(self, table: str) -> Iterable[Row]:
        return (r for r in self.records[table] if self.area in ("all", r["area"]))

    def on(self, table: str, day: str, abuse: bool = True) -> list[Row]:
        """Rows of a table by a day in the period; of domestic abuse unless said."""
        first, last = self.period.first.first_day, self.period.last.last_day
        return [
            r
            for r in self.rows(table)
            if r[day] is not None
            and first <= r[day] <= last
            and (not abuse or r["strand"] == "domestic_abuse")
        ]

    @cached_property
    def calls(self) -> list[Row]:
        """Domestic abuse incidents that are no duplicates."""
        return [r for r in self.on("incidents", "received_on") if r["duplicate"] is not True]

    @property
    def end(self) -> date:
        return self.period.last.last_day

    @property
    def days(self) -> int:
        return sum(month.days for month in self.period)


def share(part: int, whole: int) -> float | None:
    return part / whole if whole else None


def quantile(values: list[float], level: float) -> float | None:
    """Type 7."""
    if not values:
        return None
    values = sorted(values)
    at = (len(values) - 1) * level
    low = floor(at)
    high = min(low + 1, len(values) - 1)
    return values[low] + (at - low) * (values[high] - values[low])


def length(row: Row, start: str, stop: str) -> float | None:
    """Seconds (days between days); None where either is missing or they are in disorder."""
    if row[start] is None or row[stop] is None or row[stop] < row[start]:
        return None
    gap: timedelta = row[stop] - row[start]
    return gap.total_seconds() if hasattr(row[start], "hour") else gap.days


def waits(rows: list[Row], start: str, stop: str) -> Found:
    lengths = [length(r, start, stop) for r in rows]
    usable = [each for each in lengths if each is not None]
    return {
        ("median", ""): quantile(usable, 0.5),
        ("p90", ""): quantile(usable, 0.9),
        ("missing_share", ""): share(len(lengths) - len(usable), len(lengths)),
    }


def arrivals(asked: Asked, grade: int, minutes: int) -> Found:
    eligible = [r for r in asked.calls if r["first_grade"] == grade]
    sent = [r for r in eligible if r["response_method"] == "attended"]
    lengths = [length(r, "received_at", "first_arrived_at") for r in sent]
    usable = [each for each in lengths if each is not None]
    within = sum(each <= minutes * 60 for each in usable)
    return waits(sent, "received_at", "first_arrived_at") | {
        ("within_target", ""): share(within, len(usable)),
        ("eligible_within_target", ""): share(within, len(eligible)),
    }


def first_contact(asked: Asked) -> Found:
    rows = [r for r in asked.calls if r["first_grade"] == 3]
    by_video = [r for r in rows if r["response_method"] == "video"]
    video = waits(by_video, "received_at", "first_contact_at")
    found = waits(rows, "received_at", "first_contact_at")
    return found | {(name, "response_method=video"): value for (name, _), value in video.items()}


def counted(rows: list[Row], asked: Asked, by: str = "", code: str = "") -> Found:
    found: Found = {("count", ""): len(rows), ("per_day", ""): len(rows) / asked.days}
    if by:
        found["count", f"{by}={code}"] = sum(r[by] == code for r in rows)
    return found


def repeats(asked: Asked) -> Found:
    known = [r for r in asked.calls if r["prior_incidents_12m"] is not None]
    return {("rate", ""): share(sum(r["prior_incidents_12m"] >= 1 for r in known), len(known))}


def per_100(top: int, bottom: int) -> Found:
    return {
        ("ratio", ""): 100 * top / bottom if bottom else None,
        ("numerator", ""): top,
        ("denominator", ""): bottom,
    }


def suspects_arrested(asked: Asked) -> Found:
    arrests = [r for r in asked.on("arrests", "arrested_on") if not r["counter_allegation"]]
    return per_100(len(arrests), len(asked.on("crimes", "recorded_on")))


def victims_arrested(asked: Asked) -> Found:
    arrests = [r for r in asked.on("arrests", "arrested_on") if r["counter_allegation"]]
    return {("count", ""): len(arrests)}


def action(rows: list[Row]) -> Found:
    codes = Counter(r["outcome_code"] for r in rows)
    found: Found = {("rate", ""): share(sum(codes[code] for code in ACTION), len(rows))}
    return found | {("mix", f"outcome_code={c}"): share(n, len(rows)) for c, n in codes.items()}


def closed(asked: Asked) -> Found:
    return action([r for r in asked.on("crimes", "outcome_on") if r["outcome_code"] != 0])


def outcome_16(asked: Asked) -> Found:
    crimes = asked.on("crimes", "recorded_on")
    return {("rate", ""): share(sum(r["outcome_code"] == 16 for r in crimes), len(crimes))}


def pathway(rows: list[Row], steps: dict[str, str]) -> Found:
    """How far each row got: a step counts only after all before it."""
    reached = Counter[str]()
    stopped = Counter[str]()
    for row in rows:
        for step, column in steps.items():
            if row[column] in (None, False):
                stopped[row["lost_reason"]] += 1
                break
            reached[step] += 1
    found: Found = {("completed", ""): share(reached[list(steps)[-1]], len(rows))}
    found["lost", ""] = share(sum(stopped.values()), len(rows))
    for step in steps:
        found["reached", f"step={step}"] = share(reached[step], len(rows))
    for reason, number in stopped.items():
        found["lost", f"reason={reason or 'not_recorded'}"] = share(number, len(rows))
    return found


def orders(asked: Asked) -> Found:
    rows = asked.on("protective_orders", "considered_on")
    names = ("considered", "authorised", "issued", "applied", "granted")
    return pathway(
        [r for r in rows if not r["counter_allegation"]], {name: f"{name}_on" for name in names}
    )


def video(asked: Asked) -> Found:
    steps = {"reported": "received_at", "eligible": "eligible", "team_available": "team_available"}
    steps |= {"offered": "offered", "accepted": "accepted_at", "connected": "connected_at"}
    return pathway(
        asked.on("video_responses", "received_on"), steps | {"completed": "completed_at"}
    )


def connected(asked: Asked) -> Found:
    rows = [r for r in asked.on("video_responses", "received_on") if r["accepted_at"] is not None]
    gaps = [length(r, "accepted_at", "connected_at") for r in rows]
    return {("rate", ""): share(sum(g is not None and g <= 300 for g in gaps), len(rows))}


def referrals(asked: Asked, purpose: str) -> list[Row]:
    return [r for r in asked.on("cps_referrals", "referred_on") if r["purpose"] == purpose]


def charged(asked: Asked) -> Found:
    rows = [
        r
        for r in asked.on("cps_referrals", "decided_on")
        if r["purpose"] == "charging_decision" and r["decision"] in ("charged", "no_further_action")
    ]
    return {("rate", ""): share(sum(r["decision"] == "charged" for r in rows), len(rows))}


def satisfaction(asked: Asked) -> Found:
    rows = asked.on("survey_contacts", "eligible_on")
    could = [r for r in rows if r["excluded_reason"] is None]
    put = [r for r in could if r["sampled"] and r["contacted_on"] is not None]
    said = [r for r in put if r["overall"] is not None]
    top = [r for r in said if r["overall"] in ("completely_satisfied", "very_satisfied")]
    whole = sum(r["weight"] for r in said)
    return {
        ("satisfied", ""): sum(r["weight"] for r in top) / whole if whole else None,
        ("response_rate", ""): share(len(said), len(put)),
        ("excluded_share", ""): share(len(rows) - len(could), len(rows)),
    }


def posts(asked: Asked) -> Found:
    filled = [r for r in asked.rows("posts") if r["state"] == "filled"]
    return {("open", ""): sum(standing(r, "from_on", "to_on", asked.end) for r in filled)}


def standing(row: Row, opened: str, ended: str, on: date) -> bool:
    return row[opened] <= on and (row[ended] is None or row[ended] > on)


def reviews(asked: Asked) -> list[Row]:
    rows = asked.on("reviews", "reviewed_on")
    return [r for r in rows if r["kind"] in ("case_review", "dip_sample")]


def advice(asked: Asked) -> Found:
    given = [r for r in reviews(asked) if r["advice_given"]]
    return {("rate", ""): share(sum(r["advice_answer"] == "taken_up" for r in given), len(given))}


def panels(asked: Asked) -> Found:
    rows = asked.on("reviews", "reviewed_on", abuse=False)
    return {("count", ""): sum(r["kind"] == "scrutiny_panel" for r in rows)}


def in_scope(asked: Asked) -> list[Row]:
    return [
        r
        for r in asked.rows("training")
        if r["course"] == "domestic_abuse_matters"
        and standing(r, "in_scope_from", "in_scope_to", asked.end)
    ]


def trained(asked: Asked) -> Found:
    def valid(r: Row) -> bool:
        done = r["completed_on"] is not None and r["completed_on"] <= asked.end
        return done and (r["expires_on"] is None or r["expires_on"] > asked.end)

    rows = in_scope(asked)
    there = [r for r in rows if r["department"] == "control_room"]
    return {
        ("coverage", ""): share(sum(map(valid, rows)), len(rows)),
        ("coverage", "department=control_room"): share(sum(map(valid, there)), len(there)),
    }


def champions(asked: Asked) -> Found:
    def by_then(row: Row, column: str) -> bool:
        return row[column] is not None and row[column] <= asked.end

    rows = [r for r in in_scope(asked) if by_then(r, "completed_on")]
    return {("coverage", ""): share(sum(by_then(r, "champion_on") for r in rows), len(rows))}


def service_wait(asked: Asked) -> Found:
    rows = asked.on("service_returns", "referred_on", abuse=False)
    ours = [r for r in rows if r["first_seen_on"] is not None or r["closed_on"] is None]
    return waits(ours, "referred_on", "first_seen_on")


def engaged(asked: Asked) -> Found:
    rows = asked.on("service_returns", "referred_on", abuse=False)
    known = [r for r in rows if r["engaged"] is not None]
    return {("rate", ""): share(sum(r["engaged"] for r in known), len(known))}


def waiting(asked: Asked) -> Found:
    still = [
        r
        for r in asked.rows("service_returns")
        if standing(r, "referred_on", "first_seen_on", asked.end)
        and (r["first_seen_on"] is not None or r["closed_on"] is None or r["closed_on"] > asked.end)
    ]
    so_far = [float((asked.end - r["referred_on"]).days) for r in still]
    return {("open", ""): len(still), ("median_open_days", ""): quantile(so_far, 0.5)}


def code_right(asked: Asked, column: str, recorded: bool = False) -> Found:
    """One test of the Victims' Code; `recorded` where only those with an answer count."""
    rows = asked.on("crimes", "recorded_on")
    rows = [r for r in rows if r[column] is not None] if recorded else rows
    return {("rate", ""): share(sum(r[column] not in (None, False) for r in rows), len(rows))}


RECOUNT: dict[str, Callable[[Asked], Found]] = {
    "response_time_priority": lambda a: arrivals(a, 2, 60),
    "response_time_immediate": lambda a: arrivals(a, 1, 15),
    "first_contact_time": first_contact,
    "reports": lambda a: counted(a.calls, a, "channel", "online"),
    "repeat_victims": repeats,
    "arrests_per_100_crimes": suspects_arrested,
    "counter_allegation_arrests": victims_arrested,
    "action_taken_recorded": lambda a: action(a.on("crimes", "recorded_on")),
    "action_taken_closed": closed,
    "outcome_16_share": outcome_16,
    "protective_orders": orders,
    "cps_referrals": lambda a: counted(referrals(a, "charging_decision"), a),
    "cps_early_advice": lambda a: counted(referrals(a, "early_advice"), a),
    "cps_referral_rate": lambda a: per_100(
        len(referrals(a, "charging_decision")), len(a.on("crimes", "recorded_on"))
    ),
    "cps_charged": charged,
    "video_response": video,
    "video_connected_in_5_minutes": connected,
    "victim_satisfaction": satisfaction,
    "specialist_posts_filled": posts,
    "case_reviews": lambda a: {("count", ""): len(reviews(a))},
    "advice_taken_up": advice,
    "panel_reviews": panels,
    "training_coverage": trained,
    "training_champions": champions,
    "service_referrals": lambda a: counted(
        a.on("service_returns", "referred_on", abuse=False), a, "source", "self"
    ),
    "service_engaged": engaged,
    "service_wait": service_wait,
    "service_waiting": waiting,
    "victims_code_acknowledged": lambda a: code_right(a, "acknowledged_on"),
    "victims_code_support_referral": lambda a: code_right(a, "support_referred_on"),
    "victims_code_updates": lambda a: code_right(a, "updated_within_28_days", recorded=True),
    "victims_code_personal_statement": lambda a: code_right(
        a, "personal_statement_offered", recorded=True
    ),
    "complaints": lambda a: {("count", ""): len(a.on("complaints", "received_on", abuse=False))},
}
ASKED = (("all", "2022-12..2023-11"), ("all", "2024-03"), ("clunmoor", "2023-Q3"))
WITHIN = {"share": 6e-7, "ratio": 6e-5, "seconds": 0.06, "days": 0.06, "count": 6e-5}
"""Half a unit of the last place to which each kind of value is rounded."""


@pytest.fixture(scope="module")
def records(demo: Demo) -> Records:
    return Records(demo)


def test_every_shipped_measure_is_counted_again() -> None:
    assert set(RECOUNT) == set(shipped("measures", ".toml"))


@pytest.mark.parametrize(("area", "period"), ASKED)
@pytest.mark.parametrize("key", RECOUNT)
def test_a_measure_is_what_its_words_say(
    demo: Demo, records: Records, key: str, area: str, period: str
) -> None:
    found = RECOUNT[key](Asked(records, area, Period.parse(period)))
    assert {name for name, _ in found} >= set(demo.definitions[key].statistics) - {"step_rate"}
    for (statistic, split), value in found.items():
        if statistic not in demo.definitions[key].statistics:
            continue
        result = demo.results.one(key, statistic, area, period, split)
        if result is None:
            assert not value, (statistic, split)
        elif value is None:
            assert result.value is None, (statistic, split)
        else:
            near = pytest.approx(value, rel=0, abs=WITHIN[result.unit])
            assert result.value == near, (statistic, split)
