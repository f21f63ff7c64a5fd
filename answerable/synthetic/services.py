"""Services that the body commissions, and complaints about the police."""

import numpy as np

from .chance import choose, lognormal
from .world import Table, World, join, take

SERVICES = {"severn_advocacy": (130, 6.0), "harbour_outreach": (110, 10.0),
            "clearwater_recovery": (60, 21.0)}  # fmt: skip
"""Referrals a month to each service, and the median wait in days."""
SERVICE_KEYS = tuple(SERVICES)
SOURCES = ("police", "self", "health", "council", "other")
EXITS = ("planned", "unplanned", "declined", "not_reached")
ABOUT = ("delivery_of_duties", "individual_behaviour", "discrimination", "police_powers", "other")
RESULTS = ("service_acceptable", "service_not_acceptable", "not_determined", "other")
NO_DAY = np.datetime64("NaT", "D")


def service_returns(world: World) -> Table:
    """Every referral to every service: when it came, when the person was seen, how it ended."""
    return join(*(_returns(world, number) for number in range(len(SERVICES))))


def _returns(world: World, number: int) -> Table:
    key = SERVICE_KEYS[number]
    rng = world.chance("service", key)
    monthly, wait = SERVICES[key]
    on = world.days(rng, monthly, season=False)
    size = len(on)
    median = np.full(size, wait)
    plant = world.plants.get("service_wait_rises")
    if plant and plant["service"] == key:
        since = world.month(np.array([np.datetime64(plant["from"], "M")]))[0]
        months = world.month(on) - since
        median = np.where(months >= 0, wait * plant["jump"] * plant["monthly"] ** months, wait)
    seen = on + np.ceil(lognormal(rng, median, 0.6, size)).astype("m8[D]")
    chance = rng.random(size)
    engaged, met = chance < 0.70, chance < 0.82
    gone = on + (14 + rng.exponential(18, size)).astype("m8[D]")
    ends = np.where(met, seen + (7 + rng.gamma(2, 45, size)).astype("m8[D]"), gone)
    exit_by = np.where(
        engaged, choose((0.72, 0.28), rng.random(size)), 2 + (chance > 0.91).astype(int)
    )
    was_seen, is_closed = met & (seen < world.end), ends < world.end
    known = was_seen | is_closed
    return {
        "service": np.full(size, number, dtype=np.int8),
        "area": world.area(rng, size, unplaced=0.02),
        "referred_on": on,
        "source": choose((0.55, 0.18, 0.10, 0.11, 0.06), rng.random(size)),
        "risk": choose((0.38, 0.34, 0.20, 0.08), rng.random(size)),
        "first_seen_on": np.where(was_seen, seen, NO_DAY),
        "engaged": np.where(known, engaged, -1).astype(np.int8),
        "closed_on": np.where(is_closed, ends, NO_DAY),
        "exit": np.where(is_closed, exit_by, -1).astype(np.int8),
    }


def complaints(world: World) -> Table:
    """Complaints about the response to domestic abuse and the other strands."""
    rng = world.chance("complaints")
    on = world.days(rng, 21, season=False)
    size = len(on)
    final = on + (10 + rng.gamma(2, 40, size)).astype("m8[D]")
    done = final < world.end
    result = choose((0.56, 0.26, 0.10, 0.08), rng.random(size))
    table = {
        "received_on": on,
        "strand": choose((0.66, 0.10, 0.12, 0.01, 0.11), rng.random(size)),
        "area": world.area(rng, size),
        "about": choose((0.58, 0.22, 0.06, 0.09, 0.05), rng.random(size)),
        "finalised_on": np.where(done, final, NO_DAY),
        "result": np.where(done, result, -1).astype(np.int8),
    }
    return take(table, np.argsort(on, kind="stable"))
