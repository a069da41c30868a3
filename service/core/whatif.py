"""What would change one candidate's standing: any single change of a level, and the fewest changes that reach a goal.

A change makes a level known: whatever it was at least and at most, it now is what the change says. Levels change in
whole levels, or to exactly what a criterion requires or gates at; years and markers stay as they are.
"""

from __future__ import annotations

from collections.abc import Collection, Sequence
from typing import NamedTuple

import numpy as np
import numpy.typing as npt

from service.core.policy import TOP
from service.core.rubric import WHOLE, Row, Table
from service.core.scoring import FAIL, OPEN, PASS, Scores, Values, score

BASE = WHOLE + 1
"""A key is fit × BASE + fit at most, both in hundredths: its order is that of the ranking."""

NEVER = -(2**60)
"""Less than any sum of keys: this cannot be reached."""

Line = npt.NDArray[np.uint8]
"""The values of one candidate in the columns of a table."""


class Change(NamedTuple):
    """A criterion, by its row in the table, and the level that it is known to have, in tenths."""

    row: int
    level: int


class Standing(NamedTuple):
    """Where a candidate stands: hundredths, the gate's code, and the rank among the rest (None: not eligible)."""

    fit: int
    fit_high: int
    gate: int
    rank: int | None


class Goal(NamedTuple):
    """What is to be reached: the least code of the gate, and the least key."""

    gate: int = FAIL
    key: int = 0


class Rivals:
    """The others of a pool who are eligible, as their keys in rising order."""

    def __init__(self, scores: Scores, but: int | None = None) -> None:
        """Take a pool, `but` the candidate at a place."""
        eligible = scores.gate > FAIL
        if but is not None:
            eligible[but] = False
        self._keys = np.sort(keys(scores)[eligible])

    def ranks(self, own: npt.NDArray[np.int64]) -> npt.NDArray[np.int64]:
        """Return the rank of each key: one more than there are rivals above it."""
        return 1 + len(self._keys) - np.searchsorted(self._keys, own, side="right")

    def key_for(self, top: int) -> int:
        """Return the least key whose rank is among the first `top`."""
        return int(self._keys[-top]) if top <= len(self._keys) else 0


def keys(scores: Scores) -> npt.NDArray[np.int64]:
    """Return the keys of those scored."""
    return scores.fit.astype(np.int64) * BASE + scores.fit_high


def changed(table: Table, line: Line, changes: Sequence[Change]) -> Line:
    """Return the values of a candidate, at least or at most, after changes."""
    after = line.copy()
    for row, level in changes:
        after[[row, table.gate_columns[row]]] = level
    return after


def standings(table: Table, low: Values, high: Values, rivals: Rivals) -> list[Standing]:
    """Return where each of several states of one candidate stands."""
    scores = score(table, low, high)
    columns = (scores.fit, scores.fit_high, scores.gate, rivals.ranks(keys(scores)))
    return [
        Standing(fit, fit_high, gate, rank if gate > FAIL else None)
        for fit, fit_high, gate, rank in zip(*(column.tolist() for column in columns), strict=True)
    ]


def effects(table: Table, low: Line, high: Line, rivals: Rivals) -> list[tuple[Change, Standing]]:
    """Return where a candidate would stand after each single change there is."""
    changes = [Change(place, level) for place, row in enumerate(table.rows) for level in levels_of(row)]
    lows, highs = (np.array([changed(table, line, [change]) for change in changes]) for line in (low, high))
    return list(zip(changes, standings(table, lows, highs, rivals), strict=True))


def levels_of(row: Row) -> list[int]:
    """Return the levels that a change may give a row, rising; a row of seniority has none."""
    return sorted({*range(0, TOP + 1, 10), row.required, row.gate}) if row.unit == "level" else []


class _Choices(NamedTuple):
    """What may be done to one row: the levels it may rise to, by how many tenths, and what each adds to the key."""

    row: int
    forced: bool
    levels: list[int]
    steps: npt.NDArray[np.int64]
    gains: npt.NDArray[np.int64]


def smallest(table: Table, low: Line, high: Line, goal: Goal, fixed: Collection[int] = ()) -> tuple[Change, ...] | None:
    """Return the fewest rises of a level that reach a goal, and of those the least tenths in all; None: out of reach.

    Rows that are `fixed` stay as they are. Exact for every rubric: how many rows must rise is settled by what each can
    add at most, how far by a table over rows, number of rises and tenths.
    """
    choices = [_choices(table, place, low, high, goal) for place in range(len(table.rows))]
    if any(found.forced and found.row in fixed for found in choices):
        return None
    choices = [found for found in choices if found.levels and found.row not in fixed]
    now = score(table, low[None], high[None])
    missing = goal.key - int(keys(now)[0])
    count = _fewest(choices, missing)
    return None if count is None else _least_steps(choices, missing, count)


def _choices(table: Table, place: int, lows: Line, highs: Line, goal: Goal) -> _Choices:
    """Return what may be done to a row: a must-have that may be had is never settled as one that is not.

    A row may hold the gate though its level is high enough, where several skills are asked for and one is missing. Then
    it may be enough to have the same level in all of them, which is no rise.
    """
    row, gate = table.rows[place], table.gate_columns[place]
    low, high, gate_low, gate_high = (int(of[at]) for at in (place, gate) for of in (lows, highs))
    least = row.gate if goal.gate > FAIL or gate_high >= row.gate else 0
    forced = (goal.gate == PASS and gate_low < row.gate) or (goal.gate == OPEN and gate_high < row.gate)
    levels = [level for level in levels_of(row) if level >= max(least, low + (not forced))]
    points = table.lookup[place].astype(np.int64)
    gains = (points[levels] - points[low]) * BASE + points[levels] - points[high]
    return _Choices(place, forced, levels, np.array(levels, np.int64) - low, gains)


def _fewest(choices: Sequence[_Choices], missing: int) -> int | None:
    """Return how many rows have to rise beside those forced, each as far as it can; None where all are not enough."""
    missing -= sum(int(found.gains.max()) for found in choices if found.forced)
    free = sorted((int(found.gains.max()) for found in choices if not found.forced), reverse=True)
    reached = np.cumsum([0, *free]) >= missing
    return int(reached.argmax()) if reached.any() else None


def _least_steps(choices: Sequence[_Choices], missing: int, count: int) -> tuple[Change, ...]:
    """Return the changes of the least tenths, `count` of them free, that add what is missing to the key.

    `best[n, t]` is the most that n free rises and t units of tenths can add, over the rows looked at so far.
    """
    unit = int(np.gcd.reduce([0, *(step for found in choices for step in found.steps)])) or 1
    width = 1 + sum(int(found.steps.max()) for found in choices) // unit
    best = np.full((count + 1, width), NEVER, np.int64)
    best[0, 0] = 0
    taken = []
    for found in choices:
        ways = [np.full_like(best, NEVER) if found.forced else best]
        ways += [
            _risen(best, int(step) // unit, int(gain), free=not found.forced)
            for step, gain in zip(found.steps, found.gains, strict=True)
        ]
        taken.append(np.argmax(ways, axis=0).astype(np.uint8))
        best = np.max(ways, axis=0)
    return _walked_back(choices, taken, (count, int((best[count] >= missing).argmax())), unit)


def _risen(best: npt.NDArray[np.int64], step: int, gain: int, *, free: bool) -> npt.NDArray[np.int64]:
    """Return what is best when one more row rises by a step for a gain."""
    after = np.full_like(best, NEVER)
    before = best[: len(best) - free, : best.shape[1] - step]
    after[int(free) :, step:] = np.where(before > NEVER, before + gain, NEVER)
    return after


def _walked_back(
    choices: Sequence[_Choices], taken: Sequence[Values], at: tuple[int, int], unit: int
) -> tuple[Change, ...]:
    changes = []
    for found, ways in zip(reversed(choices), reversed(taken), strict=True):
        way = int(ways[at])
        if way:
            changes.append(Change(found.row, found.levels[way - 1]))
            at = at[0] - (not found.forced), at[1] - int(found.steps[way - 1]) // unit
    return tuple(reversed(changes))
