"""From values to points, for one candidate or a million: the same integers through the same lines."""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

import numpy as np
import numpy.typing as npt

from service.core.rubric import Table

Values = npt.NDArray[np.uint8]
"""A matrix of values: a line for each candidate, and the columns of a table."""

FAIL, OPEN, PASS = range(3)
GATES = ("fail", "open", "pass")
"""The names of the gate's states, by their code."""

BLOCK = 8_192
"""Candidates scored at a time, so that what is worked on stays in the processor's cache."""


class Scores(NamedTuple):
    """For each candidate: fit at least and at most, in hundredths, and the gate's code."""

    fit: npt.NDArray[np.int32]
    fit_high: npt.NDArray[np.int32]
    gate: npt.NDArray[np.uint8]


def values(rows: Sequence[Sequence[int]], table: Table) -> Values:
    """Return rows of integers as a matrix for `score`. Raise ValueError for a value outside its row's range."""
    matrix = np.asarray(rows).reshape(len(rows), table.width)
    if len(rows) and not np.issubdtype(matrix.dtype, np.integer):
        raise ValueError("Levels, months and counts of markers are whole numbers.")
    if (matrix < 0).any() or (matrix > table.ceilings).any():
        raise ValueError("A value is outside its range: levels are 0 to 50 tenths.")
    return matrix.astype(np.uint8)


def score(table: Table, low: Values, high: Values) -> Scores:
    """Score candidates by their values at least and at most, which must not be lower."""
    count = len(low)
    scores = Scores(np.empty(count, np.int32), np.empty(count, np.int32), np.empty(count, np.uint8))
    gated = [place for place, row in enumerate(table.rows) if row.gate]
    gate_columns = [table.gate_columns[place] for place in gated]
    least = np.array([table.rows[place].gate for place in gated], np.uint8)[:, None]
    for start in range(0, count, BLOCK):
        block = slice(start, start + BLOCK)
        columns = np.concatenate([low[block], high[block]]).T.copy()
        ends = len(low[block])
        points, met = _sum(table, columns), columns[gate_columns] >= least
        scores.fit[block], scores.fit_high[block] = points[:ends], points[ends:]
        # What may pass is not failed, and what surely passes is passed: each adds one to the code.
        scores.gate[block] = met[:, :ends].all(axis=0).view(np.uint8) + met[:, ends:].all(axis=0)
    return scores


def _sum(table: Table, columns: Values) -> npt.NDArray[np.int32]:
    """Return the points of each candidate, given a line of values for each column of the table."""
    total = np.zeros(columns.shape[1], np.int32)
    for row in range(len(table.rows)):
        total += table.lookup[row].take(columns[row])
    return total
