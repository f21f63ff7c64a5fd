"""Rows that are weighed for a standardised median."""

import numpy as np

from answerable.chain.measures.weighing import _Rows


def test_where_there_are_no_rows_there_are_no_places() -> None:
    none = np.array([], dtype=np.int32)
    assert list(_Rows(none, none, none, none.astype(np.int64), 0).by_place()) == []


def test_each_place_has_its_rows_in_the_order_of_their_times() -> None:
    place, time = np.array([2, 1, 2], dtype=np.int32), np.array([10, 20, 30])
    zero = np.zeros(3, dtype=np.int32)
    found = {
        where: mine.time.tolist() for where, mine in _Rows(place, zero, zero, time, 1).by_place()
    }
    assert found == {1: [20], 2: [10, 30]}
