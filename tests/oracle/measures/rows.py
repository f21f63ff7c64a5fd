"""Random rows with gaps, wrong orders and places that nobody knows."""

import random
from datetime import date, datetime, timedelta
from typing import Any

from answerable.chain.body import Period

Row = dict[str, Any]
COVERS = Period.parse("2022-11..2024-05")
AREAS = ("north", "south", "west")


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
