"""The price of each must-have: whom it removes alone and with others, and what giving way would bring back.

Two lists stand side by side. From the usual one are removed those who surely fail a must-have; from the strict one also
those who may, because it is not known.
"""

from __future__ import annotations

from collections.abc import Iterator
from fractions import Fraction
from typing import NamedTuple

import numpy as np
import numpy.typing as npt

from service.core.rubric import Table
from service.core.scoring import Values

ONE_LEVEL = 10

Fails = npt.NDArray[np.bool_]
"""A line for each candidate, or each pattern of failing; a column for each must-have: is it failed?"""


class Toll(NamedTuple):
    """What one must-have takes from a list, in candidates.

    `alone` fail nothing else: the list grows by so many without it, and by `lowered` if it gates one level lower.
    `share` is its part of all who are removed, by Shapley.
    """

    removed: int
    alone: int
    lowered: int
    share: Fraction


class Attrition(NamedTuple):
    """What the must-haves take from one list: each alone, all together, and the smallest sets of them nobody meets."""

    tolls: tuple[Toll, ...]
    removed: int
    nobody_meets: tuple[tuple[int, ...], ...]


def must_haves(table: Table) -> list[int]:
    """Return the places of the rows that gate."""
    return [place for place, row in enumerate(table.rows) if row.gate]


def attrition(table: Table, values: Values) -> Attrition:
    """Return what the must-haves take, in the order of `must_haves`.

    With the values at most those count who surely fail; with the values at least those too who may.
    """
    places = must_haves(table)
    gates = np.array([table.rows[place].gate for place in places], np.int64)
    own = values[:, [table.gate_columns[place] for place in places]].astype(np.int64)
    fails = own < gates
    patterns, counts = _patterns(fails)
    only = fails & (fails.sum(axis=1) == 1)[:, None]
    lowered = (only & (own >= gates - ONE_LEVEL)).sum(axis=0)
    columns = (counts @ patterns, only.sum(axis=0), lowered)
    tolls = zip(*(column.tolist() for column in columns), shares(patterns, counts), strict=True)
    return Attrition(
        tuple(Toll(*toll) for toll in tolls), int(counts[patterns.any(axis=1)].sum()), tuple(nobody_meets(patterns))
    )


def _patterns(fails: Fails) -> tuple[Fails, npt.NDArray[np.int64]]:
    """Return the different ways in which candidates fail, and how many fail in each."""
    packed, counts = np.unique(np.packbits(fails, axis=1), axis=0, return_counts=True)
    return np.unpackbits(packed, axis=1, count=fails.shape[1]).astype(bool), counts.astype(np.int64)


def shares(patterns: Fails, counts: npt.NDArray[np.int64]) -> list[Fraction]:
    """Return the Shapley share of each must-have in all who are removed; they add up to them exactly.

    Taking the must-haves one after the other, in every order, a candidate is removed by the first one failed: by each
    of those failed equally often. So each of n failed has an n-th of the candidate, which is the mean over all orders
    without going through them.
    """
    failed = patterns.sum(axis=1)
    total = [Fraction()] * patterns.shape[1]
    for number in range(1, patterns.shape[1] + 1):
        chosen = failed == number
        for place, count in enumerate((counts[chosen] @ patterns[chosen]).tolist()):
            total[place] += Fraction(count, number)
    return total


def nobody_meets(patterns: Fails) -> list[tuple[int, ...]]:
    """Return the smallest sets of must-haves that nobody meets together, by place; none where somebody meets all.

    Everybody must fail one of the set, so it grows by one of what the first candidate fails who meets it so far.
    """
    masks = sorted((_mask(pattern) for pattern in patterns), key=lambda mask: (mask.bit_count(), mask))
    reached = {0} if masks and masks[0] else set()
    while reached:
        meets = {chosen: next((mask for mask in masks if not mask & chosen), 0) for chosen in reached}
        found = [chosen for chosen, mask in meets.items() if not mask]
        if found:
            return sorted(tuple(_places(chosen)) for chosen in found)
        reached = {chosen | 1 << place for chosen, mask in meets.items() for place in _places(mask)}
    return []


def _mask(pattern: npt.NDArray[np.bool_]) -> int:
    return sum(1 << place for place in np.flatnonzero(pattern).tolist())


def _places(mask: int) -> Iterator[int]:
    return (place for place in range(mask.bit_length()) if mask >> place & 1)
