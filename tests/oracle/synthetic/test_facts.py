"""Planted truths that are facts at a date or a share, with the plant and without."""

from itertools import pairwise

import numpy as np
import pytest

from answerable.chain.body import Period
from answerable.chain.statistics import wilson
from answerable.synthetic import World, planted_truths
from answerable.synthetic.response import LOST
from answerable.synthetic.workforce import DEPARTMENTS, REVIEWS
from answerable.synthetic.world import Table

Happened = tuple[World, dict[str, Table]]


def plant(key: str) -> dict:
    return next(truth.plant for truth in planted_truths() if truth.key == key)


def within(days: np.ndarray, period: str) -> np.ndarray:
    span = Period.parse(period)
    first, last = np.datetime64(span.first.first_day), np.datetime64(span.last.last_day)
    return (days >= first) & (days <= last)


def satisfaction(happened: Happened, period: str) -> tuple[int, int]:
    table = happened[1]["survey_contacts"]
    answers = table["answer"][within(table["eligible_on"], period) & (table["answer"] >= 0)]
    return int((answers < 2).sum()), len(answers)


def test_5_a_quarter_cannot_tell_satisfaction_from_its_target(
    planted: Happened, unplanted: Happened
) -> None:
    target = plant("satisfaction_under_target")["target"]
    yes, asked = satisfaction(planted, "2023-Q3")
    assert asked == pytest.approx(200, abs=25)
    lower, upper = wilson(yes, asked)
    assert lower < target < upper
    lower, _ = wilson(*satisfaction(unplanted, "2023-Q3"))
    assert lower > target


def test_5_years_together_show_that_it_is_under_the_target(planted: Happened) -> None:
    _, upper = wilson(*satisfaction(planted, "2021-08..2023-11"))
    assert upper < plant("satisfaction_under_target")["target"]


def lost(happened: Happened) -> np.ndarray:
    """How many scheduled incidents each reason stopped, in the year that claims are about."""
    table = happened[1]["video_responses"]
    reason = table["lost_reason"][within(table["day"], "2022-12..2023-11")]
    return np.bincount(reason[reason >= 0], minlength=len(LOST))


def test_6_most_are_lost_where_no_video_officer_is_free(
    planted: Happened, unplanted: Happened
) -> None:
    step = list(LOST).index(plant("video_loses_at_one_step")["reason"])
    counts = lost(planted)
    assert counts.argmax() == step
    assert counts[step] / counts.sum() == pytest.approx(0.62, abs=0.02)
    assert lost(unplanted).argmax() != step


def test_6_each_step_of_the_pathway_needs_the_one_before(planted: Happened) -> None:
    table = planted[1]["video_responses"]
    reached = [
        table["eligible"] == 1,
        table["team_available"] == 1,
        table["offered"] == 1,
        *(~np.isnat(table[name]) for name in ("accepted_at", "connected_at", "completed_at")),
    ]
    for earlier, later in pairwise(reached):
        assert not (later & ~earlier).any()
    assert np.array_equal(reached[-1], table["lost_reason"] < 0)


def filled(happened: Happened, day: str) -> set[str]:
    world, made = happened
    table, at = made["posts"], np.datetime64(day)
    ended = ~np.isnat(table["to_on"]) & (table["to_on"] <= at)
    there = (table["filled"] == 1) & (table["from_on"] <= at) & ~ended
    return set(world.area_codes(table["area"])[there].tolist())


def test_7_five_posts_one_in_each_area_one_vacant_for_four_months(
    planted: Happened, unplanted: Happened
) -> None:
    everywhere = {place.code for place in planted[0].places}
    assert filled(planted, "2023-04-30") == set()
    assert filled(planted, "2023-05-31") == everywhere
    for day in ("2023-07-31", "2023-08-31", "2023-09-30", "2023-10-31"):
        assert filled(planted, day) == everywhere - {"ironbrook"}
    assert filled(planted, "2023-11-30") == everywhere
    assert filled(unplanted, "2023-05-31") == set()


def first_panel(happened: Happened) -> str:
    table = happened[1]["reviews"]
    return str(table["reviewed_on"][table["kind"] == REVIEWS.index("scrutiny_panel")].min())[:7]


def test_8_panels_start_two_months_late(planted: Happened, unplanted: Happened) -> None:
    assert first_panel(planted) == "2024-03"
    assert first_panel(unplanted) == "2024-01"


def trained(happened: Happened, department: str = "") -> tuple[float, float]:
    """Shares at the end of November 2023: trained of those in scope, champions of those."""
    table, at = happened[1]["training"], np.datetime64("2023-11-30")
    scope = (table["in_scope_from"] <= at) & ~(table["in_scope_to"] <= at)
    if department:
        scope &= table["department"] == DEPARTMENTS.index(department)
    done = scope & (table["completed_on"] <= at)
    return done.sum() / scope.sum(), (done & (table["champion_on"] <= at)).sum() / done.sum()


def test_9_training_passes_one_threshold_and_fails_the_other(
    planted: Happened, unplanted: Happened
) -> None:
    attended, champions = trained(planted)
    assert attended > 0.77
    assert champions < 0.09
    assert trained(planted, "control_room")[0] < 0.70
    for department in set(DEPARTMENTS) - {"control_room"}:
        assert trained(planted, department)[0] > 0.75
    assert trained(unplanted, "control_room")[0] > 0.75
    assert trained(unplanted)[1] > 0.11
