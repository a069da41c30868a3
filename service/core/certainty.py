"""What of an order is certain: where one candidate's least beats another's most, whatever comes to be known."""

from __future__ import annotations

from typing import NamedTuple

import numpy as np
import numpy.typing as npt

Fits = npt.NDArray[np.int32]
Places = npt.NDArray[np.int64]


class Order(NamedTuple):
    """For each candidate the best and the worst rank there may be, and the number of its group, 1 for the best.

    Whoever's gate is open may turn out not to be eligible, and then stands in nobody's way. Between groups the order is
    certain: whoever is in a lower-numbered one is ahead of all in the others. Inside one nothing is, but through
    others.
    """

    best: Places
    worst: Places
    group: Places


def certain_order(low: Fits, high: Fits, stays: npt.NDArray[np.bool_]) -> Order:
    """Return what is certain of the order of candidates by their fits at least and at most.

    `stays` tells who is eligible whatever comes to be known.
    """
    lows = np.sort(low[stays])
    best = 1 + len(lows) - np.searchsorted(lows, high, side="right")
    return Order(best.astype(np.int64), _worst(low, high), _groups(low, high))


def _worst(low: Fits, high: Fits) -> Places:
    """Return the worst rank: one more than those who may have more than one has at least, but oneself."""
    highs = np.sort(high)
    ahead = len(low) - np.searchsorted(highs, low, side="right")
    return (1 + ahead - (high > low)).astype(np.int64)


def _groups(low: Fits, high: Fits) -> Places:
    """Return the number of each one's group, whose spans of fit hang together; 1 is the highest."""
    order = np.lexsort((-low, -high))
    reach = np.minimum.accumulate(low[order])
    starts = np.ones(len(low), np.int64)
    starts[1:] = high[order][1:] < reach[:-1]
    numbers = np.empty(len(low), np.int64)
    numbers[order] = np.cumsum(starts)
    return numbers
