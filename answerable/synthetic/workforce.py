"""People who work for the force: training, specialist posts, and reviews of its cases."""

from typing import Any

import numpy as np
from numpy.typing import NDArray

from ..chain.body import Month, Period
from .chance import choose
from .world import Table, World, join, take

COURSE = "domestic_abuse_matters"
STAFF = {
    "response": 820,
    "control_room": 260,
    "investigation": 380,
    "neighbourhood": 290,
    "custody": 90,
    "public_protection": 120,
}
DEPARTMENTS = tuple(STAFF)
ROLES = ("first_responder", "call_handler", "investigator", "supervisor")
ROLE = (
    (0.87, 0.0, 0.0, 0.13),
    (0.0, 0.88, 0.0, 0.12),
    (0.0, 0.0, 0.86, 0.14),
    (0.88, 0.0, 0.0, 0.12),
    (0.85, 0.0, 0.0, 0.15),
    (0.0, 0.0, 0.84, 0.16),
)
ATTENDED, CHAMPIONS = 0.91, 0.16
"""Shares trained, and champions among them, where nothing is planted."""
POSTS_WITHOUT_PLANT = Month(2024, 2)
REVIEWS = ("dip_sample", "case_review", "scrutiny_panel")
GRADES = ("good", "adequate", "inadequate", "no_agreement")
ANSWERS = ("taken_up", "declined", "no_answer")
NO_DAY = np.datetime64("NaT", "D")


def training(world: World) -> Table:
    """A row for each person and spell in scope, since the personnel system was begun."""
    rng = world.chance("training")
    department = np.repeat(np.arange(len(STAFF)), list(STAFF.values()))
    size, span = len(department), int((world.end - world.start).astype(int)) - 10
    joined = np.where(rng.random(size) < 0.72, 0, rng.integers(0, span, size)).astype("m8[D]")
    start = world.start + joined
    stay = (rng.exponential(3200, size) + 60).astype("m8[D]")
    left = np.where(start + stay < world.end, start + stay, NO_DAY)
    plant = world.plants.get("training_by_department") or {}
    attended = np.full(len(STAFF), plant.get("attended", ATTENDED))
    control = DEPARTMENTS.index("control_room")
    attended[control] = plant.get("control_room", attended[control])
    trained = _exactly(rng, department, attended)
    completed = start + (20 + rng.gamma(2, 110, size)).astype("m8[D]")
    settled = np.datetime64(Month.parse(plant.get("on", "2023-11")).first_day)
    # Whoever was long in scope has had the course by the date that is planted.
    completed = np.where(
        joined == np.timedelta64(0, "D"), np.minimum(completed, settled), completed
    )
    trained &= (completed < world.end) & (np.isnat(left) | (completed <= left))
    champion = trained & (rng.random(size) < plant.get("champions", CHAMPIONS))
    became = np.minimum(completed + rng.integers(5, 60, size).astype("m8[D]"), world.end - 1)
    return {
        "person": rng.permutation(size),
        "department": department.astype(np.int8),
        "area": world.area(rng, size, unplaced=0.0),
        "role": choose(ROLE, rng.random(size), department),
        "in_scope_from": start,
        "in_scope_to": left,
        "completed_on": np.where(trained, completed, NO_DAY),
        "expires_on": np.where(trained, completed + np.timedelta64(1461, "D"), NO_DAY),
        "champion_on": np.where(champion, became, NO_DAY),
    }


def _exactly(
    rng: np.random.Generator, group: NDArray[Any], share: NDArray[np.float64]
) -> NDArray[np.bool_]:
    """Choose this share of each group, to the person: a complete count has no sampling."""
    chosen = np.zeros(len(group), dtype=bool)
    for number, part in enumerate(share):
        members = rng.permutation(np.flatnonzero(group == number))
        chosen[members[: round(part * len(members))]] = True
    return chosen


def posts(world: World) -> Table:
    """Spells of the five specialist posts, filled and vacant."""
    plant = world.plants.get("five_posts")
    begins = Month.parse(plant["starts"]) if plant else POSTS_WITHOUT_PLANT
    spells = []
    for number, place in enumerate(world.places):
        first = np.datetime64(begins.first_day) + np.timedelta64(1 + 5 * number, "D")
        if plant and place.code == plant["vacant_area"]:
            gap = Period.parse(plant["vacant"])
            since = np.datetime64(gap.first.first_day)
            until = np.datetime64((gap.last + 1).first_day)
            spells += [(number, 1, first, since), (number, 0, since, until)]
            spells += [(number, 1, until, NO_DAY)]
        else:
            spells.append((number, 1, first, NO_DAY))
    area, filled, start, stop = zip(*spells, strict=True)
    return {
        "area": np.array(area, dtype=np.int16),
        "filled": np.array(filled, dtype=np.int8),
        "from_on": np.array(start, dtype="datetime64[D]"),
        "to_on": np.array(stop, dtype="datetime64[D]"),
    }


def reviews(world: World, incidents: Table) -> Table:
    """Dip samples all along, case reviews since the specialists, panels when they began."""
    plant = world.plants.get("panels_late")
    panels = Month.parse(plant["first"] if plant else "2024-01")
    specialists = world.plants.get("five_posts")
    since = Month.parse(specialists["starts"]) if specialists else POSTS_WITHOUT_PLANT
    table = join(
        _reviews(world, incidents, 0, 42, world.first),
        _reviews(world, incidents, 1, 58, since),
        _reviews(world, incidents, 2, 14, panels),
    )
    return take(table, np.argsort(table["reviewed_on"], kind="stable"))


def _reviews(world: World, incidents: Table, kind: int, monthly: float, since: Month) -> Table:
    rng = world.chance("reviews", REVIEWS[kind])
    on = world.days(rng, monthly, season=False)
    on = on[on >= np.datetime64(since.first_day) + np.timedelta64(12 if kind else 0, "D")]
    size = len(on)
    ours = np.flatnonzero(incidents["strand"] == 0)
    # The case reviewed is one of the last two months, as far as the records go back.
    ends = np.searchsorted(incidents["day"][ours], on)
    back = 1 + rng.integers(0, 3000, size)
    known = ends >= back
    incident = np.where(known, ours[np.where(known, ends - back, 0)], -1)
    advice = rng.random(size) < 0.46
    answer = choose((0.62, 0.20, 0.18), rng.random(size))
    answered = on + rng.integers(3, 40, size).astype("m8[D]")
    given = advice & (answer < 2) & (answered < world.end)
    return {
        "kind": np.full(size, kind, dtype=np.int8),
        "incident": incident,
        "area": np.where(incident >= 0, incidents["area"][incident], -1),
        "reviewed_on": on,
        "grade": choose((0.41, 0.36, 0.19, 0.04), rng.random(size)),
        "advice_given": advice.astype(np.int8),
        "answer": np.where(advice, np.where(given, answer, 2), -1).astype(np.int8),
        "answered_on": np.where(given, answered, NO_DAY),
    }
