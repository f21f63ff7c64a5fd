"""Random forces that publish again and again: no reader of every page works out what was kept.

Areas split, merge and are redrawn, or lie in forces; months are added, and counts revised. The
reader is `tests.histories.Reader`, which knows nothing of how the software withholds.
`benchmarks/disclosure_audit.py` does the same with thousands.
"""

from collections import Counter

import numpy as np
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from tests.generative.test_suppression import KINDS
from tests.histories import (
    Edition,
    Reader,
    World,
    each_by_itself,
    protected,
    publish,
    thresholds_alone,
    world,
)

SETTINGS = settings(
    max_examples=2, deadline=None, suppress_health_check=list(HealthCheck), derandomize=True
)


@pytest.mark.parametrize("key", KINDS)
@SETTINGS
@given(seed=st.integers(0, 2**32 - 1), releases=st.integers(2, 3), nested=st.booleans())
def test_nothing_can_be_recovered_from_all_that_was_ever_published(
    key: str, seed: int, releases: int, nested: bool
) -> None:
    made = world(seed, key, releases, nested, months=12)
    done = publish(made)
    assert Reader(made, done).recovered() == []
    assert [each.told for each in done] == [()] * releases


def test_the_reader_finds_what_releases_give_away_that_do_not_know_of_each_other() -> None:
    """The reader can find something. With differencing off: small counts, by how few others were
    revised, and how few lived where boundaries moved. With thresholds alone: more."""
    made = world(12, "reports", 3)
    assert Reader(made, publish(made, protected)).recovered() == []
    without = Counter(each.what for each in Reader(made, publish(made, each_by_itself)).recovered())
    assert without.keys() == {"count", "movement", "ground"}
    alone = Reader(made, publish(made, thresholds_alone)).recovered()
    assert len(alone) > without.total()


def test_areas_and_splits_that_were_revised_do_not_narrow_each_other_down() -> None:
    """Records of one month: in no area, in a, b, c and d, each by 999, 101 and online. First 12,
    none of them by 101. Then one more in c and one in d; then two more by 101 in no area, and 16 in
    all. Whoever knows what was revised in each step knows that no area's count went down, so that c
    and d have 4 at most between them. Areas by themselves do not tell it, and splits do not."""
    first = [[2, 0, 1], [4, 0, 2], [1, 0, 2], [0, 0, 0], [0, 0, 0]]
    second = [*first[:3], [1, 0, 0], [0, 1, 0]]
    third = [[2, 2, 1], *second[1:]]
    areas = {name: frozenset({plot}) for plot, name in enumerate("abcd", 1)}
    made = World(
        "reports",
        tuple(Edition(np.array(its)[:, None, :, None], areas) for its in (first, second, third)),
        by_area=False,
    )
    done = publish(made)
    assert Reader(made, done).recovered() == []
    assert {r.n for r in done[0].results if r.area == "all"} == {12, 7, 0, 5}, (
        "nor is all kept back"
    )
