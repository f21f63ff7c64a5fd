"""What went with the response: video, assessment of risk, protective orders, the survey."""

from typing import Any

import numpy as np
from numpy.typing import NDArray

from .chance import choose
from .clock import NEVER, plus
from .incidents import METHODS, completed_shares
from .world import Table, World, rows, take

STEPS = ("eligible", "team_available", "offered", "accepted", "connected", "completed")
LOST = {
    "not_safe": (0, 0.08),
    "suspect_present": (0, 0.07),
    "no_device_or_signal": (0, 0.07),
    "team_not_available": (1, 0.05),
    "not_offered": (2, 0.03),
    "chose_in_person": (3, 0.07),
    "link_failed": (4, 0.02),
    "risk_rose": (5, 0.02),
    "disconnected": (5, 0.02),
}
"""The step at which each reason stops the pathway, and its weight among its like."""
LOST_LATE = 0.1
"""Share of accepted calls that are lost before the response is complete."""
DARA_SINCE = np.datetime64("2023-04-25")
LEVELS = ("standard", "medium", "high")
INSTRUMENT = "dvpn_dvpo"
ORDER_STEPS = ("authorised_on", "issued_on", "applied_on", "granted_on")
ORDER_LOST = (
    "not_authorised",
    "not_served",
    "not_applied_in_time",
    "refused_by_court",
    "withdrawn",
)
EXCLUDED = ("unsafe_to_contact", "no_safe_number", "police_employee", "fatal", "live_risk")
ANSWERS = (
    "completely_satisfied",
    "very_satisfied",
    "fairly_satisfied",
    "neither",
    "fairly_dissatisfied",
    "very_dissatisfied",
    "completely_dissatisfied",
)
NO_DAY = np.datetime64("NaT", "D")


def video_responses(world: World, incidents: Table) -> Table:
    """One row for each scheduled domestic abuse incident, with how far video went."""
    rng = world.chance("video")
    ours = (incidents["strand"] == 0) & (incidents["first_grade"] == 3)
    table = take(incidents, ours & (incidents["duplicate"] == 0))
    size = rows(table)
    done = table["method"] == METHODS.index("video")
    steps = np.array([step for step, _ in LOST.values()])
    plant = world.since(table["day"], "video_quicker_contact").astype(int)
    reason = choose([_reasons(world, share) for share in completed_shares(world)],
                    rng.random(size), plant)  # fmt: skip
    reached = np.where(done, len(STEPS), steps[reason])
    table["lost_reason"] = np.where(done, -1, reason).astype(np.int8)
    for number, step in enumerate(STEPS[:3]):
        table[step] = np.where(reached > number, 1, np.where(reached == number, 0, -1))
    _times(table, reached, done, rng)
    begun = reached >= STEPS.index("completed")
    sent = np.where(done, rng.random(size) < 0.09, True)
    table["deployed_after"] = np.where(begun, sent, -1).astype(np.int8)
    return table


def _reasons(world: World, completed: float) -> NDArray[np.float64]:
    """How often each reason stops the pathway, of all that are not completed.

    Of those who accept, one in ten is lost later, however many accept: so what is counted
    of accepted calls does not move when more are made. Of the rest, the plant gives one
    reason most.
    """
    late = [step > STEPS.index("accepted") for step, _ in LOST.values()]
    weight = np.array([w for _, w in LOST.values()])
    after = np.where(late, weight, 0) / weight[late].sum()
    after = after * completed / (1 - completed) * LOST_LATE / (1 - LOST_LATE)
    before = np.where(late, 0, weight)
    left = 1 - after.sum()
    if plant := world.plants.get("video_loses_at_one_step"):
        most = np.array([reason == plant["reason"] for reason in LOST])
        others = np.where(most, 0, before)
        rest = others / others.sum() * (left - plant["share"])
        return np.where(most, plant["share"], rest) + after
    return before / before.sum() * left + after


def _times(
    table: Table, reached: NDArray[Any], done: NDArray[np.bool_], rng: np.random.Generator
) -> None:
    """When the person accepted, the call connected and the response was complete.

    A call that was completed connected at the moment of first contact.
    """
    size = rows(table)
    first = np.where(done, table["true_contact_at"], table["received_at"])
    wait = (first - table["received_at"]).astype(float) / 60
    wait = np.where(done, wait, rng.gamma(4, 6, size))
    quick = rng.random(size) < 0.84
    gap = np.minimum(np.where(quick, rng.uniform(0.4, 4.8, size), rng.uniform(5.2, 18, size)), wait)
    for number, name, minutes in (
        (3, "accepted_at", wait - gap),
        (4, "connected_at", wait),
        (5, "completed_at", wait + rng.gamma(6, 6, size)),
    ):
        at = plus(table["received_at"], minutes)
        table[name] = np.where(reached > number, at, NEVER)


def risk_assessments(world: World, incidents: Table) -> Table:
    """Assessments on DASH until 24 April 2023 and on DARA since, which finds more high risk."""
    rng = world.chance("risk")
    seen = (incidents["strand"] == 0) & (incidents["method"] != METHODS.index("none"))
    seen &= (incidents["first_grade"] <= 3) & (incidents["duplicate"] == 0)
    source = np.flatnonzero(seen & (rng.random(rows(incidents)) < 0.88))
    met = incidents["true_contact_at"][source].astype("datetime64[D]")
    on = np.maximum(met, incidents["day"][source])
    dara = on >= DARA_SINCE
    found = choose([(0.62, 0.28, 0.10), (0.52, 0.31, 0.17)], rng.random(len(on)), dara.astype(int))
    table = {
        "incident": source,
        "area": incidents["area"][source],
        "assessed_on": on,
        "dara": dara.astype(np.int8),
        "method": incidents["method"][source],
        "level": found,
        "supervisor_checked": (rng.random(len(on)) < 0.71).astype(np.int8),
    }
    return take(table, on < world.end)


def protective_orders(world: World) -> Table:
    """Notices and orders: a pathway that loses some at every step."""
    rng = world.chance("orders")
    on = world.days(rng, 95)
    size = len(on)
    table = {"considered_on": on, "area": world.area(rng, size)}
    alive, last = np.ones(size, dtype=bool), on
    lost = np.full(size, -1, dtype=np.int8)
    for number, (step, share) in enumerate(zip(ORDER_STEPS, (0.84, 0.95, 0.92, 0.88), strict=True)):
        passed = alive & (rng.random(size) < share)
        lost = np.where(alive & ~passed, number, lost)
        last = last + rng.integers(0, 3, size).astype("m8[D]")
        table[step] = np.where(passed & (last < world.end), last, NO_DAY)
        alive = passed
    withdrawn = (lost == 2) & (rng.random(size) < 0.2)
    table["lost_reason"] = np.where(withdrawn, 4, lost).astype(np.int8)
    breach = last + (1 + rng.exponential(9, size)).astype("m8[D]")
    breached = alive & (rng.random(size) < 0.23) & (breach + 3 < world.end)
    table["breached_on"] = np.where(breached, breach, NO_DAY)
    acted = breached & (rng.random(size) < 0.82)
    after = breach + rng.integers(0, 3, size).astype("m8[D]")
    table["breach_acted_on"] = np.where(acted, after, NO_DAY)
    table["counter"] = (rng.random(size) < 0.02).astype(np.int8)
    return table


INTERVIEWERS_DRAW = 112
"""People drawn for the survey each month: about 200 interviews a quarter come of it."""


def survey_contacts(world: World, crimes: Table, incidents: Table) -> Table:
    """Everyone who became eligible, who was left out and why, who was asked and answered."""
    rng = world.chance("survey")
    ours = take(crimes, crimes["strand"] == 0)
    on = ours["recorded_on"] + rng.integers(14, 36, rows(ours)).astype("m8[D]")
    incident = ours["incident"]
    method = np.where(incident >= 0, incidents["method"][incident], METHODS.index("none"))
    table = {"eligible_on": on, "area": ours["area"], "method": method.astype(np.int8)}
    table = take(table, on < world.end)
    size = rows(table)
    out = rng.random(size) < 0.14
    why = choose((0.46, 0.34, 0.04, 0.01, 0.15), rng.random(size))
    table["excluded"] = np.where(out, why, -1).astype(np.int8)
    table["sampled"] = _drawn(world, table, rng)
    reached = (table["sampled"] == 1) & (rng.random(size) < 0.80)
    contacted = table["eligible_on"] + rng.integers(5, 22, size).astype("m8[D]")
    completed = contacted + rng.integers(0, 8, size).astype("m8[D]")
    answered = reached & (rng.random(size) < 0.76) & (completed < world.end)
    table["contacted_on"] = np.where(reached & (contacted < world.end), contacted, NO_DAY)
    table["completed_on"] = np.where(answered, completed, NO_DAY)
    table["answer"] = np.where(answered, _answers(world, rng, size), -1).astype(np.int8)
    return take(table, np.argsort(table["eligible_on"], kind="stable"))


def _drawn(world: World, table: Table, rng: np.random.Generator) -> NDArray[np.int8]:
    """The contractor draws the same number each month from those who may be asked."""
    size, month = rows(table), world.month(table["eligible_on"])
    lot = np.where(table["excluded"] < 0, rng.random(size), 2.0)
    order = np.lexsort((lot, month))
    starts = np.searchsorted(month[order], np.arange(world.months))
    rank = np.empty(size, dtype=np.int64)
    rank[order] = np.arange(size) - starts[month[order]]
    return ((rank < INTERVIEWERS_DRAW) & (table["excluded"] < 0)).astype(np.int8)


def _answers(world: World, rng: np.random.Generator, size: int) -> NDArray[np.int8]:
    """Answers, with the share satisfied that is planted."""
    plant = world.plants.get("satisfaction_under_target")
    satisfied = plant["satisfied"] if plant else 0.90
    rest = 1 - satisfied
    shares = [
        satisfied * 0.55,
        satisfied * 0.45,
        *(rest * w for w in (0.45, 0.15, 0.18, 0.12, 0.1)),
    ]
    return choose(shares, rng.random(size))
