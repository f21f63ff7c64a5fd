"""Order statistics of overlapping stretches, against sorting each stretch."""

import numpy as np
from hypothesis import given
from hypothesis import strategies as st

from answerable.chain.measures.order import kth_of_ranges


@given(st.lists(st.integers(0, 40), min_size=1, max_size=60), st.data())
def test_the_kth_of_each_stretch_is_that_of_its_sorted_rows(
    values: list[int], data: st.DataObject
) -> None:
    ends = st.integers(0, len(values))
    stretches = data.draw(st.lists(st.tuples(ends, ends), min_size=1, max_size=8))
    asked = [
        (low, high, data.draw(st.integers(0, high - low - 1)))
        for low, high in map(sorted, stretches)
        if high > low
    ]
    low, high, k = np.array(asked or np.empty((0, 3)), np.int64).T
    found = kth_of_ranges(np.array(values), low, high, k)
    assert found.tolist() == [sorted(values[a:b])[i] for a, b, i in asked]
