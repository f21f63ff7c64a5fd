"""Order statistics of many overlapping stretches of rows at once.

A rolling year shares eleven months with the next, so sorting the rows of each anew would
sort every row twelve times. A wavelet matrix (Claude, Navarro and Ordóñez, The Wavelet
Matrix, Information Systems 47, 2015) answers "the k-th smallest of rows l to r" for any
stretch out of one arrangement of the rows, bit by bit; all stretches go down it together.
"""

import numpy as np
from numpy.typing import NDArray

Ints = NDArray[np.int64]


def kth_of_ranges(values: Ints, low: Ints, high: Ints, k: Ints) -> Ints:
    """The k-th smallest of values[low:high], for each of many low, high and k.

    values   whole numbers from zero
    k        from zero; each below its high - low
    """
    held = values.astype(np.int32)
    left, right, k = low.astype(np.int32), high.astype(np.int32), k.astype(np.int32)
    found = np.zeros(len(k), np.int32)
    zeros = np.zeros(len(held) + 1, np.int32)
    for bit in reversed(range(int(held.max(initial=0)).bit_length())):
        clear = (held >> bit & 1) == 0
        np.cumsum(clear, out=zeros[1:])
        before, upto = zeros[left], zeros[right]
        below = upto - before
        up = k >= below
        left = np.where(up, zeros[-1] + left - before, before)
        right = np.where(up, zeros[-1] + right - upto, upto)
        k = np.where(up, k - below, k)
        found |= up.astype(np.int32) << bit
        held = np.concatenate([held[clear], held[~clear]])
    return found.astype(np.int64)
