"""Incidents: who reported, how it was graded, who came, how long it took."""

from typing import Any

import numpy as np
from numpy.typing import NDArray

from .chance import choose, label, lognormal, shares
from .clock import NEVER, days_of, moments_in, plus
from .world import RISKS, STRANDS, Table, World, join, rows, take

CHANNELS = ("999", "101", "online", "in_person", "other")
METHODS = ("attended", "video", "telephone", "appointment", "none")
VOLUME = {
    "domestic_abuse": 1.0,
    "stalking": 0.07,
    "sexual_violence": 0.08,
    "honour_based_abuse": 0.004,
    "other": 0.2,
}
"""Incidents of each strand, against those of domestic abuse."""
RISK = (0.45, 0.32, 0.15, 0.08)
GRADE = (
    (0.13, 0.38, 0.39, 0.10),
    (0.26, 0.47, 0.22, 0.05),
    (0.60, 0.33, 0.05, 0.02),
    (0.15, 0.36, 0.34, 0.15),
)
"""Shares of grades 1 to 4, by the risk that the call handler saw."""
LATER_CHANNEL = ((0.45, 0.38, 0.08, 0.06, 0.03), (0.12, 0.55, 0.20, 0.10, 0.03))
"""Channels of grade 2, and of grades 3 and 4."""
METHOD = {
    1: {"attended": 0.97, "telephone": 0.02, "none": 0.01},
    2: {"attended": 0.90, "telephone": 0.05, "appointment": 0.04, "none": 0.01},
    3: {"attended": 0.42, "appointment": 0.33, "telephone": 0.22, "none": 0.03},
    4: {"telephone": 0.75, "none": 0.25},
}
"""How each grade is answered where it is not by video."""
CRIME = {
    "domestic_abuse": 0.52,
    "stalking": 0.72,
    "sexual_violence": 0.8,
    "honour_based_abuse": 0.6,
    "other": 0.5,
}
ARRIVAL_MISSING = 0.11
"""Share of attended incidents with no time of arrival, whatever else holds of them."""


def incidents(world: World) -> Table:
    """All incidents of the months, in order of receipt, as they truly were."""
    table = join(*(_reports(world, strand) for strand in STRANDS))
    table = take(table, np.argsort(table["received_at"], kind="stable"))
    _name(world, table)
    _respond(world, table)
    _close(world, table)
    return table


def _reports(world: World, strand: str) -> Table:
    """What is known when the call ends: nothing here depends on the response."""
    rng = world.chance("reports", strand)
    days = world.days(rng, world.reports * VOLUME[strand])
    size = len(days)
    risk = choose(RISK, rng.random(size))
    grade = choose(GRADE, rng.random(size), risk) + 1
    return {
        "strand": np.full(size, STRANDS.index(strand), dtype=np.int8),
        "received_at": moments_in(rng, days),
        "area": world.area(rng, size),
        "risk": risk,
        "first_grade": grade,
        "channel": _channel(world, strand, days, grade, rng.random(size)),
        "repeat_caller": (rng.random(size) < 0.34).astype(np.int8),
        "duplicate": (rng.random(size) < 0.012).astype(np.int8),
        "victim": _victims(rng, size),
    }


def _channel(
    world: World, strand: str, days: Any, grade: NDArray[Any], draws: NDArray[np.float64]
) -> NDArray[np.int8]:
    """How each report came. The plant moves immediate domestic abuse calls to 999."""
    plant = world.plants.get("immediate_case_mix") or {}
    before = plant.get("share_999_before", 0.40)
    after = plant.get("share_999_after", before)
    immediate = [[s, 0.95 - s, 0.01, 0.03, 0.01] for s in (before, after)]
    moved = world.since(days, "immediate_case_mix") & (strand == "domestic_abuse")
    row = np.where(grade == 1, moved.astype(int), np.where(grade == 2, 2, 3))
    return choose([*immediate, *LATER_CHANNEL], draws, row)


def _victims(rng: np.random.Generator, size: int) -> NDArray[np.int64]:
    """A number for each person harmed; four in ten reports are by someone who reported
    within the last several thousand."""
    back = 1 + (rng.random(size) ** 2 * 9000).astype(np.int64)
    root = np.arange(size)
    again = (rng.random(size) < 0.38) & (back <= root)
    root = np.where(again, root - back, root)
    while not np.array_equal(root, further := root[root]):
        root = further
    return root


def _name(world: World, table: Table) -> None:
    """References: the civil day and the number of the report on it; a key for each person."""
    days = days_of(table["received_at"])
    order = np.arange(len(days))
    starts = np.maximum.accumulate(np.where(np.r_[True, days[1:] != days[:-1]], order, 0))
    table["day"] = days
    table["number"] = order - starts + 1
    person = table.pop("victim") * len(STRANDS) + table["strand"]
    names = world.chance("people").permutation(int(person.max(initial=0)) + 1)
    table["victim"] = names[person]
    crime = np.array([CRIME[strand] for strand in STRANDS])[table["strand"]]
    plant = world.plants.get("crimes_rose")
    if plant:
        risen = world.since(days, "crimes_rose") & (table["strand"] == 0)
        crime = np.where(risen, crime * plant["factor"], crime)
    draws = world.chance("crime recorded").random(rows(table))
    table["crime_recorded"] = ((draws < crime) & (table["duplicate"] == 0)).astype(np.int8)


def _respond(world: World, table: Table) -> None:
    """How the police responded, and when."""
    rng = world.chance("response")
    size, grade = rows(table), table["first_grade"]
    usual = choose([shares(METHOD[g], METHODS) for g in (1, 2, 3, 4)], rng.random(size), grade - 1)
    before, after = completed_shares(world)
    share = np.where(world.since(table["day"], "video_quicker_contact"), after, before)
    video = (grade == 3) & (table["strand"] == 0) & (rng.random(size) < share)
    method = np.where(video, METHODS.index("video"), usual).astype(np.int8)
    table["method"] = method
    wait = _minutes_to_arrival(world, table, rng)
    attended = method == METHODS.index("attended")
    arrival = plus(table["received_at"], np.where(attended, wait, np.nan))
    table["first_dispatched_at"] = plus(
        table["received_at"], np.where(attended, wait * rng.uniform(0.15, 0.55, size), np.nan)
    )
    contact = np.where(attended, wait + rng.uniform(0.5, 4, size), _minutes_to_contact(table, rng))
    contact_at = plus(table["received_at"], contact)
    # Missing at random, and no more in one month than in another: a share that drifted
    # would itself move every figure.
    missing = rng.random(size) < ARRIVAL_MISSING
    table["first_arrived_at"] = np.where(missing, NEVER, arrival)
    table["first_contact_at"] = np.where(rng.random(size) < 0.03, NEVER, contact_at)
    table["true_contact_at"] = contact_at


def completed_shares(world: World) -> tuple[float, float]:
    """Shares of scheduled domestic abuse incidents completed by video, before the plant
    shows and after."""
    plant = world.plants.get("video_quicker_contact") or {}
    before = plant.get("completed_before", 0.055)
    return before, plant.get("completed_after", before)


def _minutes_to_arrival(world: World, table: Table, rng: np.random.Generator) -> Any:
    """Minutes from the report to an officer at the door, were one sent."""
    size, grade = rows(table), table["first_grade"]
    pace = np.array([*(place.pace for place in world.places), 1.0])[table["area"]]
    urgent = table["channel"] == CHANNELS.index("999")
    risk = np.array([1.07, 1.0, 0.88, 1.03])[table["risk"]]
    immediate = np.where(urgent, 8.4, 15.8) * risk * pace
    priority = 47.5 * np.where(urgent, 0.95, 1.04) * risk * pace
    plant = world.plants.get("quicker_priority")
    if plant:
        quicker = world.since(table["day"], "quicker_priority") & (table["strand"] == 0)
        priority = np.where(quicker, priority * plant["factor"], priority)
    scheduled = 260 * np.sqrt(pace)
    median = np.select([grade == 1, grade == 2], [immediate, priority], scheduled)
    spread = np.select([grade == 1, grade == 2], [0.5, 0.62], 0.9)
    return lognormal(rng, median, spread, size) * _weather(world, rng)[world.month(table["day"])]


def _weather(world: World, rng: np.random.Generator) -> NDArray[np.float64]:
    """How much slower each month is than the mean: winter roads, summer nights, and chance."""
    season = 1 + 0.03 * np.cos(2 * np.pi * (world.calendar - 0.5) / 6)
    return season * np.exp(0.01 * rng.standard_normal(world.months))


def _minutes_to_contact(table: Table, rng: np.random.Generator) -> Any:
    """Minutes to the first word with an officer where none comes to the door."""
    method, size = table["method"], rows(table)
    urgent = table["first_grade"] <= 2
    kinds = [method == METHODS.index(name) for name in ("video", "telephone", "appointment")]
    median = np.select(kinds, [24.0, np.where(urgent, 35.0, 150.0), 1320.0], np.nan)
    spread = np.select(kinds, [0.6, 1.0, 0.6], 1.0)
    return lognormal(rng, median, spread, size)


def _close(world: World, table: Table) -> None:
    """Regrading, and the closing of the log, never before the last thing that happened."""
    rng = world.chance("closing")
    size = rows(table)
    moved = rng.random(size) < 0.06
    step = np.where(rng.random(size) < 0.5, 1, -1)
    table["last_grade"] = np.where(
        moved, np.clip(table["first_grade"] + step, 1, 4), table["first_grade"]
    ).astype(np.int8)
    contact = table["true_contact_at"]
    latest = np.where(np.isnat(contact), table["received_at"], contact)
    closed = plus(latest, lognormal(rng, 14 * 60, 1.0, size))
    table["closed_at"] = np.where(closed >= world.end.astype("datetime64[s]"), NEVER, closed)


def labels(world: World, table: Table) -> dict[str, Any]:
    """The columns that hold numbers of kinds, as the contract's words."""
    return {
        "strand": label(table["strand"], STRANDS),
        "area": world.area_codes(table["area"]),
        "risk_level": label(table["risk"], RISKS),
        "channel": label(table["channel"], CHANNELS),
        "response_method": label(table["method"], METHODS),
    }
