"""Crimes, and what followed: outcomes, arrests, referrals to the Crown Prosecution Service."""

from typing import Any

import numpy as np
from numpy.typing import NDArray

from ..chain.body import Period
from .chance import choose
from .clock import moments_in
from .world import Table, World, join, rows, take

OFFENCES = (
    "violence_with_injury",
    "violence_without_injury",
    "stalking_and_harassment",
    "controlling_or_coercive_behaviour",
    "sexual_offences",
    "criminal_damage",
    "public_order",
    "other",
)
OFFENCE = {
    "domestic_abuse": (0.24, 0.36, 0.16, 0.06, 0.03, 0.09, 0.03, 0.03),
    "stalking": (0.0, 0.02, 0.94, 0.0, 0.0, 0.02, 0.01, 0.01),
    "sexual_violence": (0.0, 0.0, 0.02, 0.0, 0.96, 0.0, 0.0, 0.02),
    "honour_based_abuse": (0.2, 0.3, 0.25, 0.1, 0.05, 0.03, 0.02, 0.05),
    "other": (0.2, 0.4, 0.1, 0.0, 0.02, 0.12, 0.1, 0.06),
}
OUTCOMES = {
    1: 0.115, 2: 0.003, 3: 0.018, 6: 0.002, 7: 0.002, 8: 0.030, 9: 0.010, 10: 0.015, 14: 0.060,
    15: 0.250, 16: 0.400, 18: 0.060, 20: 0.009, 21: 0.020, 22: 0.006,
}  # fmt: skip
"""Shares of outcomes that crimes come to in the end."""
GIVES_WAY = 15
"""The outcome that becomes rarer where the plant makes others more frequent."""
LONGEST = 195
"""Days after which every crime has its outcome."""
ARREST = {"wyreford": 0.345, "kempsham": 0.335, "teme_valley": 0.34, "ironbrook": 0.35,
          "clunmoor": 0.34}  # fmt: skip
COUNTER_ALLEGATION = 0.022
"""Arrests of the person harmed, on a counter-allegation, for each crime."""
REFERRED_WITHOUT_CHARGE = 0.052
EARLY_ADVICE = 0.045
CHARGED = 1


def crimes(world: World, incidents: Table) -> Table:
    """The crimes that were recorded from incidents, and a few that came by other ways."""
    rng = world.chance("crimes")
    source = np.flatnonzero(incidents["crime_recorded"] == 1)
    table = take(incidents, source)
    table = {name: table[name] for name in ("strand", "area", "risk", "victim", "day", "number")}
    size = rows(table)
    lag = choose((0.76, 0.15, 0.04, 0.03, 0.02), rng.random(size))
    table["incident"] = np.where(rng.random(size) < 0.06, -1, source)
    table["recorded_on"] = table["day"] + lag.astype("m8[D]")
    table["offence"] = choose(list(OFFENCE.values()), rng.random(size), table["strand"])
    table["final_outcome"] = _outcomes(world, table)
    table = take(table, np.argsort(table["recorded_on"], kind="stable"))
    table = take(table, table["recorded_on"] < world.end)
    table["crime"] = np.arange(rows(table))
    _settle(world, table)
    _look_after(world, table)
    return table


def _outcomes(world: World, table: Table) -> NDArray[np.int8]:
    """The outcome that each crime comes to. The plant moves a few in a hundred to action."""
    codes = np.array(list(OUTCOMES), dtype=np.int8)
    after = dict(OUTCOMES)
    if plant := world.plants.get("one_outcome_code"):
        more = {plant["code"]: plant["by"]} | {int(k): v for k, v in plant["others"].items()}
        for code, by in more.items():
            after[code] += by
            after[GIVES_WAY] -= by
    moved = world.since(table["recorded_on"], "one_outcome_code") & (table["strand"] == 0)
    draws = world.chance("outcomes").random(rows(table))
    return codes[choose([list(OUTCOMES.values()), list(after.values())], draws, moved.astype(int))]


def _settle(world: World, table: Table) -> None:
    """What the extract shows: an outcome that is not yet assigned is 0."""
    rng, size = world.chance("settling"), rows(table)
    delay = np.minimum(rng.gamma(1.6, 30, size), LONGEST).astype("m8[D]")
    on = table["recorded_on"] + delay
    open_still = on >= world.end
    table["outcome_on"] = np.where(open_still, np.datetime64("NaT", "D"), on)
    table["outcome_code"] = np.where(open_still, 0, table["final_outcome"]).astype(np.int8)
    checked = (rng.random(size) < 0.8).astype(np.int8)
    table["supervisor_checked"] = np.where(open_still, -1, checked).astype(np.int8)
    table["suspect"] = np.where(rng.random(size) < 0.86, rng.integers(0, 10**7, size), -1)


def _look_after(world: World, table: Table) -> None:
    """The Victims' Code: what was sent, offered and told."""
    rng, size = world.chance("victims code"), rows(table)
    for name, share, longest in (("acknowledged_on", 0.88, 6), ("support_referred_on", 0.81, 3)):
        on = table["recorded_on"] + rng.integers(0, longest, size).astype("m8[D]")
        done = (rng.random(size) < share) & (on < world.end)
        table[name] = np.where(done, on, np.datetime64("NaT", "D"))
    updated = (rng.random(size) < 0.74).astype(np.int8)
    table["updated"] = np.where(rng.random(size) < 0.04, -1, updated).astype(np.int8)
    offered = (rng.random(size) < 0.61).astype(np.int8)
    table["statement_offered"] = np.where(rng.random(size) < 0.55, -1, offered).astype(np.int8)


def arrests(world: World, crimes: Table) -> Table:
    """Arrests for crimes, and apart from them those on a counter-allegation."""
    table = join(_suspects(world, crimes), _counter_allegations(world, crimes))
    table = take(table, np.argsort(table["arrested_at"], kind="stable"))
    table["arrest"] = np.arange(rows(table))
    return table


def _suspects(world: World, crimes: Table) -> Table:
    rng = world.chance("arrests")
    ratio = dict(ARREST)
    plant = world.plants.get("arrest_outlier")
    if plant:
        ratio[plant["area"]] = plant["ratio"]
    by_area = np.array([*(ratio.get(place.code, 0.34) for place in world.places), 0.33])
    draws = rng.random(rows(crimes))
    chosen = np.flatnonzero(draws < by_area[crimes["area"]])
    table = _arrested(world, rng, crimes, chosen, counter=0)
    if plant:
        table = _few_by_chance(world, crimes, table, plant)
    return table


def _arrested(
    world: World, rng: np.random.Generator, crimes: Table, chosen: NDArray[Any], counter: int
) -> Table:
    """Arrests for the chosen crimes: most on the day of recording, the rest soon after."""
    later = np.where(rng.random(len(chosen)) < 0.8, 0, rng.exponential(7, len(chosen)))
    day = crimes["recorded_on"][chosen] + later.astype("m8[D]")
    table = {
        "crime": crimes["crime"][chosen],
        "strand": crimes["strand"][chosen],
        "area": crimes["area"][chosen],
        "day": day,
        "arrested_at": moments_in(rng, day),
        "suspect": crimes["victim" if counter else "suspect"][chosen],
        "counter": np.full(len(chosen), counter, dtype=np.int8),
    }
    return take(table, day < world.end)


def _few_by_chance(world: World, crimes: Table, table: Table, plant: dict[str, Any]) -> Table:
    """Leave out arrests of the small area until its ratio lies so many standard deviations
    under that of the rest, as chance alone now and then makes it."""
    area = [place.code for place in world.places].index(plant["small_area"])
    ours = _within(crimes["recorded_on"], plant["small_period"]) & (crimes["strand"] == 0)
    theirs = _within(table["day"], plant["small_period"]) & (table["strand"] == 0)
    here, there = ours & (crimes["area"] == area), ours & (crimes["area"] != area)
    ratio = (theirs & (table["area"] != area)).sum() / max(there.sum(), 1)
    size = here.sum()
    wanted = size * ratio - plant["small_deviations"] * np.sqrt(size * ratio * (1 - ratio))
    candidates = np.flatnonzero(theirs & (table["area"] == area))
    spare = max(len(candidates) - round(float(wanted)), 0)
    gone = world.chance("few by chance").choice(candidates, spare, replace=False)
    keep = np.ones(rows(table), dtype=bool)
    keep[gone] = False
    return take(table, keep)


def _counter_allegations(world: World, crimes: Table) -> Table:
    """Arrests of the person harmed. The plant sets how many there are in one small cell."""
    rng = world.chance("counter-allegations")
    chosen = (rng.random(rows(crimes)) < COUNTER_ALLEGATION) & (crimes["strand"] == 0)
    table = _arrested(world, rng, crimes, np.flatnonzero(chosen), counter=1)
    if plant := world.plants.get("count_given_away"):
        table = _given_away(world, rng, crimes, table, plant)
    return table


def _given_away(
    world: World, rng: np.random.Generator, crimes: Table, table: Table, plant: dict[str, Any]
) -> Table:
    """In the period: so many in the small area, none unplaced, enough in every other area."""
    codes = [place.code for place in world.places]
    within = _within(table["day"], plant["period"])
    cell = within & np.isin(table["area"], (-1, codes.index(plant["area"])))
    parts = [take(table, ~cell)]
    usable = _within(crimes["recorded_on"], plant["period"]) & (crimes["strand"] == 0)
    for number, code in enumerate(codes):
        there = int((within & (table["area"] == number)).sum())
        more = plant["count"] if code == plant["area"] else max(plant["others_at_least"] - there, 0)
        candidates = np.flatnonzero(usable & (crimes["area"] == number))
        picked = rng.choice(candidates, more, replace=False)
        added = _arrested(world, rng, crimes, picked, counter=1)
        # On the day of recording, so that none slips out of the period.
        added["day"] = crimes["recorded_on"][picked]
        added["arrested_at"] = moments_in(rng, added["day"])
        parts.append(added)
    return join(*parts)


def _within(days: NDArray[Any], period: str) -> NDArray[np.bool_]:
    span = Period.parse(period)
    return (days >= np.datetime64(span.first.first_day)) & (
        days <= np.datetime64(span.last.last_day)
    )


PURPOSES = ("charging_decision", "early_advice")
DECISIONS = ("charged", "no_further_action", "administratively_finalised", "pending")


def cps_referrals(world: World, crimes: Table) -> Table:
    """Referrals for a charging decision, at the same rate whatever the number of crimes, and
    requests for early advice."""
    rng, size = world.chance("cps"), rows(crimes)
    charged = crimes["final_outcome"] == CHARGED
    referred = charged | (rng.random(size) < REFERRED_WITHOUT_CHARGE)
    advice = rng.random(size) < EARLY_ADVICE
    table = join(
        _referrals(world, rng, crimes, np.flatnonzero(referred), 0),
        _referrals(world, rng, crimes, np.flatnonzero(advice), 1),
    )
    table = take(table, np.argsort(table["referred_on"], kind="stable"))
    table["referral"] = np.arange(rows(table))
    return table


def _referrals(
    world: World, rng: np.random.Generator, crimes: Table, chosen: NDArray[Any], purpose: int
) -> Table:
    size = len(chosen)
    on = crimes["recorded_on"][chosen] + np.minimum(rng.exponential(5, size), 60).astype("m8[D]")
    decided = on + np.minimum(1 + rng.gamma(1.5, 14, size), 150).astype("m8[D]")
    charged = (crimes["final_outcome"][chosen] == CHARGED) & (purpose == 0)
    decision = np.where(charged, 0, choose((0.0, 0.85, 0.15), rng.random(size)))
    pending = decided >= world.end
    table = {
        "crime": crimes["crime"][chosen],
        "strand": crimes["strand"][chosen],
        "area": crimes["area"][chosen],
        "suspect": crimes["suspect"][chosen],
        "purpose": np.full(size, purpose, dtype=np.int8),
        "referred_on": on,
        "decision": np.where(pending, 3, decision).astype(np.int8),
        "decided_on": np.where(pending, np.datetime64("NaT", "D"), decided),
    }
    return take(table, on < world.end)
