"""Each planted change moves its series, its absence leaves it still, and nothing else drifts.

The series are counted here in plain NumPy from what happened, not by the measures.
"""

from collections.abc import Callable, Iterator

import numpy as np
import pytest
from numpy.typing import NDArray

from answerable.chain.body import Month, Period
from answerable.chain.statistics import Moved, compare
from answerable.synthetic import World
from answerable.synthetic.crimes import OFFENCES
from answerable.synthetic.incidents import CHANNELS, METHODS
from answerable.synthetic.services import SERVICE_KEYS
from answerable.synthetic.world import Table

Happened = tuple[World, dict[str, Table]]
Series = dict[Month, float]
PERIOD, BASELINE = Period.parse("2022-12..2023-11"), Period.parse("2021-12..2022-11")
ACTION = (1, 2, 3, 6, 7, 8, 22)


def by_month(world: World, days: NDArray, values: NDArray) -> Iterator[tuple[Month, NDArray]]:
    number = world.month(days)
    for at in range(world.months):
        yield world.first + at, values[number == at]


def median(world: World, days: NDArray, values: NDArray) -> Series:
    return {m: float(np.median(v[~np.isnan(v)])) for m, v in by_month(world, days, values)}


def mean(world: World, days: NDArray, values: NDArray) -> Series:
    return {m: float(v.mean()) for m, v in by_month(world, days, values)}


def count(world: World, days: NDArray) -> Series:
    return {m: float(len(v)) for m, v in by_month(world, days, days)}


def incidents(made: dict[str, Table], grade: int, method: str = "", channel: str = "") -> Table:
    table = made["incidents"]
    chosen = (table["strand"] == 0) & (table["first_grade"] == grade) & (table["duplicate"] == 0)
    if method:
        chosen &= table["method"] == METHODS.index(method)
    if channel:
        chosen &= table["channel"] == CHANNELS.index(channel)
    return {name: column[chosen] for name, column in table.items()}


def minutes(table: Table, stop: str) -> NDArray:
    waited = (table[stop] - table["received_at"]).astype(float) / 60
    return np.where(np.isnat(table[stop]), np.nan, waited)


def arrival(grade: int, channel: str = "") -> Callable[[Happened], Series]:
    def series(happened: Happened) -> Series:
        world, made = happened
        table = incidents(made, grade, "attended", channel)
        return median(world, table["day"], minutes(table, "first_arrived_at"))

    return series


def contact(method: str = "") -> Callable[[Happened], Series]:
    def series(happened: Happened) -> Series:
        world, made = happened
        table = incidents(made, 3, method)
        return median(world, table["day"], minutes(table, "first_contact_at"))

    return series


def missing(happened: Happened) -> Series:
    world, made = happened
    table = incidents(made, 2, "attended")
    return mean(world, table["day"], np.isnat(table["first_arrived_at"]))


def reports(happened: Happened) -> Series:
    world, made = happened
    return count(world, made["incidents"]["day"][made["incidents"]["strand"] == 0])


def crimes(made: dict[str, Table]) -> Table:
    ours = made["crimes"]["strand"] == 0
    return {name: column[ours] for name, column in made["crimes"].items()}


def outcome(*codes: int) -> Callable[[Happened], Series]:
    def series(happened: Happened) -> Series:
        world, made = happened
        table = crimes(made)
        return mean(world, table["recorded_on"], np.isin(table["outcome_code"], codes))

    return series


def share(column: str) -> Callable[[Happened], Series]:
    def series(happened: Happened) -> Series:
        world, made = happened
        table = crimes(made)
        value = table[column]
        yes = ~np.isnat(value) if value.dtype.kind == "M" else value == 1
        known = np.ones(len(yes), bool) if value.dtype.kind == "M" else value >= 0
        return mean(world, table["recorded_on"][known], yes[known])

    return series


def offence(name: str) -> Callable[[Happened], Series]:
    def series(happened: Happened) -> Series:
        world, made = happened
        table = crimes(made)
        return mean(world, table["recorded_on"], table["offence"] == OFFENCES.index(name))

    return series


def referrals(happened: Happened) -> Series:
    world, made = happened
    table = made["cps_referrals"]
    return count(world, table["referred_on"][(table["strand"] == 0) & (table["purpose"] == 0)])


def referral_rate(happened: Happened) -> Series:
    world, made = happened
    recorded = count(world, crimes(made)["recorded_on"])
    return {month: n / recorded[month] for month, n in referrals(happened).items()}


def arrest_rate(happened: Happened) -> Series:
    world, made = happened
    table = made["arrests"]
    ours = table["day"][(table["strand"] == 0) & (table["counter"] == 0)]
    recorded = count(world, crimes(made)["recorded_on"])
    return {month: n / recorded[month] for month, n in count(world, ours).items()}


def wait(service: str) -> Callable[[Happened], Series]:
    def series(happened: Happened) -> Series:
        world, made = happened
        table = made["service_returns"]
        ours = table["service"] == SERVICE_KEYS.index(service)
        days = (table["first_seen_on"] - table["referred_on"]).astype(float)
        days = np.where(np.isnat(table["first_seen_on"]), np.nan, days)
        return median(world, table["referred_on"][ours], days[ours])

    return series


def quickly_connected(happened: Happened) -> Series:
    world, made = happened
    table = made["video_responses"]
    accepted = ~np.isnat(table["accepted_at"])
    gap = (table["connected_at"] - table["accepted_at"]).astype(float)
    quick = np.where(np.isnat(table["connected_at"]), False, gap <= 300)
    return mean(world, table["day"][accepted], quick[accepted])


def orders_granted(happened: Happened) -> Series:
    world, made = happened
    table = made["protective_orders"]
    return mean(world, table["considered_on"], ~np.isnat(table["granted_on"]))


def satisfied(happened: Happened) -> Series:
    world, made = happened
    table = made["survey_contacts"]
    answered = table["answer"] >= 0
    return mean(world, table["eligible_on"][answered], table["answer"][answered] < 2)


def complaints(happened: Happened) -> Series:
    world, made = happened
    return count(world, made["complaints"]["received_on"])


MOVED = {
    "1 priority, time to arrival": (arrival(2), Moved.FELL),
    "2 scheduled, time to contact by any method": (contact(), Moved.FELL),
    "2 immediate, time to arrival": (arrival(1), Moved.FELL),
    "3 action taken": (outcome(*ACTION), Moved.ROSE),
    "3 community resolutions": (outcome(8), Moved.ROSE),
    "4 referrals to the CPS": (referrals, Moved.ROSE),
    "10 wait at Harbour Outreach": (wait("harbour_outreach"), Moved.ROSE),
}
STILL = {
    "1 arrivals with no time": missing,
    "2 contact at the door": contact("attended"),
    "2 contact by telephone": contact("telephone"),
    "2 contact by appointment": contact("appointment"),
    "2 contact by video": contact("video"),
    "2 immediate calls by 999": arrival(1, "999"),
    "2 immediate calls by 101": arrival(1, "101"),
    "3 charges": outcome(1),
    "3 outcome 16": outcome(16),
    "3 injury among crimes": offence("violence_with_injury"),
    "4 referral rate": referral_rate,
    "4 reports": reports,
    "5 satisfaction": satisfied,
    "10 wait at Severn Advocacy": wait("severn_advocacy"),
    "10 wait at Clearwater Recovery": wait("clearwater_recovery"),
    "11 arrests for each crime": arrest_rate,
    "video connected in five minutes": quickly_connected,
    "orders granted": orders_granted,
    "complaints": complaints,
    "Victims' Code, acknowledged": share("acknowledged_on"),
    "Victims' Code, support": share("support_referred_on"),
    "Victims' Code, updates": share("updated"),
    "Victims' Code, statement": share("statement_offered"),
}


@pytest.mark.parametrize("name", MOVED)
def test_a_planted_change_is_seen_and_only_where_it_is_planted(
    name: str, planted: Happened, unplanted: Happened
) -> None:
    series, direction = MOVED[name]
    assert compare(series(planted), PERIOD, BASELINE).moved == direction
    assert compare(series(unplanted), PERIOD, BASELINE).moved == Moved.WITHIN


@pytest.mark.parametrize("name", STILL)
def test_nothing_else_drifts(name: str, planted: Happened) -> None:
    assert compare(STILL[name](planted), PERIOD, BASELINE).moved == Moved.WITHIN


def test_most_of_the_rise_in_action_is_one_outcome(planted: Happened) -> None:
    def rise(codes: tuple[int, ...]) -> float:
        size = compare(outcome(*codes)(planted), PERIOD, BASELINE).size
        assert size is not None
        return size

    assert rise((8,)) > 0.6 * rise(ACTION)


def test_eleven_in_a_hundred_arrivals_have_no_time(planted: Happened) -> None:
    assert np.mean(list(missing(planted).values())) == pytest.approx(0.11, abs=0.005)
