"""What is taken to stand still, of an area and a split together, between two releases."""

import numpy as np

from answerable.chain.disclosure.ground import Ground
from answerable.chain.disclosure.puts import Put
from answerable.chain.disclosure.solving import Solver
from answerable.chain.disclosure.union import Union
from tests.generative.test_suppression import definition
from tests.histories import FIRST, Edition, World, forward

AREAS = {"a": frozenset({1}), "b": frozenset({2})}
CHANNELS = {name: ("channel", f"channel={name}", "n") for name in ("999", "101", "online")}
BEFORE = [[0, 0, 0], [5, 6, 7], [8, 9, 10]]
"""One month's records: in no area, in a and in b, each by 999, 101 and online."""


def moved(now: list[list[int]], channel: str, area: str = "all") -> tuple[float, float]:
    """How little and how much a count of now may differ from that of before, with nothing shown."""
    editions = tuple(Edition(np.array(its)[:, None, :, None], AREAS) for its in (BEFORE, now))
    made = World("reports", editions, by_area=False)
    puts = []
    for edition in editions:
        true = forward(made, edition)
        puts.append(Put("a release", true, [False] * len(true), Ground()))
    union = Union(definition("reports"), puts)
    key = CHANNELS[channel] if channel else ("", "", "n")
    terms: dict[int, float] = {}
    for release, sign in ((1, 1.0), (0, -1.0)):
        for unknown in union.terms(release, [key], area, [FIRST.index]) or {}:
            terms[unknown] = terms.get(unknown, 0.0) + sign
    return Solver(union.low, union.fixed, union.facts).ends(terms)


def test_what_came_late_in_one_area_and_one_split_moved_nothing_else() -> None:
    late = [BEFORE[0], [5, 8, 7], BEFORE[2]]
    still = [("999", "all"), ("online", "a"), ("101", "b"), ("", "b")]
    assert {moved(late, *each) for each in still} == {(0.0, 0.0)}
    low, high = moved(late, "101")
    assert low < 0 < high
    assert moved(late, "101", "a") == (low, high), "nowhere else"


def test_what_was_only_counted_in_another_area_leaves_the_splits_as_they_were() -> None:
    """One record by 101 went from a to b: no split moved, and no more is taken to stand still."""
    elsewhere = [BEFORE[0], [5, 5, 7], [8, 10, 10]]
    assert {moved(elsewhere, each) for each in CHANNELS} == {(0.0, 0.0)}
    assert moved(elsewhere, "101", "a")[0] < 0 < moved(elsewhere, "101", "a")[1]
