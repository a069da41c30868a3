"""Weights that go with what people preferred: "this one before that one", as a linear programme over the points.

The unknowns are the shares of the whole that each criterion has, and one for seniority with its two rows. A pair is
kept where the one preferred is ahead by a margin; what it falls short by is its slack. Of all shares with the least
slack those nearest to the present ones are proposed, then made whole: thousandths that `compile_table` takes as
weights. Nearest is where the greatest change of a share, against what it is now, is least, then where the sum of
changes is. The sum alone would turn one pair into one criterion that outweighs all others.

The programmes are only written down here; who calls brings what solves them.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from itertools import combinations, islice, product
from typing import NamedTuple

import numpy as np
import numpy.typing as npt

from service.core.rubric import PART_OF, WHOLE, Table, Weights
from service.core.scoring import Values, score

MARGIN = 0.01
"""How far ahead the one preferred should be, as a share of the whole: a point, which outlives rounding."""

MOST_PAIRS = 500
"""Pairs that a programme takes: of more, so many evenly from those kept least to those kept best."""

LEAST_SHARE = 0.01
"""A share below this changes as one of this size would: what is almost nothing may grow to something."""

THOUSAND = 1_000
SUM_COUNTS = 0.001
"""What the sum of changes counts beside the greatest: it decides between those whose greatest is the same."""

TOLERANCE = 1e-5
"""By how much a second programme may miss what the first one reached: solvers reckon in floats, to seven places."""

TRIES = 10
"""Pairs looked at for one whose order is still open, the most telling first."""

Pair = tuple[int, int]
"""Two places in a pool: the one preferred, and the other."""

Shares = npt.NDArray[np.float64]


class Programme(NamedTuple):
    """Find x of 0 or more with least cost · x, where most_of · x <= most and equal_of · x = equal."""

    cost: Shares
    most_of: Shares
    most: Shares
    equal_of: Shares
    equal: Shares


Solve = Callable[[Programme], Shares]


class Proposal(NamedTuple):
    """Weights that keep the pairs best; the slack that is left, in points of all pairs together; the greatest change.

    That is of a share against what it is now: 1 is from something to nothing, or to twice as much.
    """

    weights: Weights
    slack: float
    greatest: float


def propose(table: Table, low: Values, pairs: Sequence[Pair], solve: Solve, within: float | None = None) -> Proposal:
    """Return the weights nearest to those of a table that keep pairs best.

    `within` is a factor by which no share may grow or shrink; some pairs are then given up rather than that.
    """
    task = _Task(table, low, pairs, within)
    least = _least_slack(task, solve)
    shares = _nearest(task, least, solve)
    change = np.abs(shares - task.present)
    weights = table.weights if change.sum() < 1 / THOUSAND else _whole(table, shares)
    return Proposal(weights, round(least * 100, 2), round(float((change / task.usual).max()), 2))


def kept(table: Table, low: Values, pairs: Iterable[Pair]) -> list[bool]:
    """Tell of each pair whether the one preferred has the higher fit."""
    fit = score(table, low, low).fit
    return [bool(fit[better] > fit[worse]) for better, worse in pairs]


def next_pair(
    table: Table, low: Values, pairs: Sequence[Pair], among: Sequence[int], solve: Solve
) -> tuple[int, int] | None:
    """Return the pair of candidates whose order would tell most; None where none is open.

    It is the one whose border runs nearest to the weights of the table, which say least of it; and with the pairs told
    so far both orders must be possible.
    """
    task = _Task(table, low, pairs)
    least = _least_slack(task, solve)
    told = {frozenset(pair) for pair in pairs}
    open_pairs = [pair for pair in combinations(among, 2) if frozenset(pair) not in told]
    ahead = _ahead(task.earned, open_pairs)
    across = np.linalg.norm(ahead - ahead.mean(axis=1, keepdims=True), axis=1)
    telling = np.flatnonzero(across > 0)
    nearest = telling[np.argsort(np.abs(ahead[telling] @ task.present) / across[telling], kind="stable")]
    both_ways = (open_pairs[at] for at in islice(nearest, TRIES) if _is_open(task, least, ahead[at], solve))
    return next(both_ways, None)


class _Task:
    """What the programmes are made of: shares at present, what is earned of each, and how far pairs are ahead."""

    def __init__(self, table: Table, low: Values, pairs: Sequence[Pair], within: float | None = None) -> None:
        self.earned = _earned(table, low)
        self.present = _together(np.array(table.full) / WHOLE)
        self.usual = np.maximum(self.present, LEAST_SHARE)
        self.within = within
        ahead = _ahead(self.earned, pairs)
        taken = np.linspace(0, len(ahead) - 1, min(len(ahead), MOST_PAIRS)).round().astype(int)
        self.ahead = ahead[np.argsort(ahead @ self.present, kind="stable")[taken]]


def _earned(table: Table, low: Values) -> Shares:
    """Return what each candidate earns of each share, from 0 to 1; of seniority the mean of its rows that count."""
    required = np.array([row.required for row in table.rows])
    earned = np.minimum(low[:, : len(required)], required) / np.maximum(required, 1) + (required == 0)
    last = len(required) - (table.rows[-1].required == 0)  # without markers years are all of seniority
    return np.column_stack([earned[:, :-2], earned[:, len(required) - 2 : last].mean(axis=1)])


def _together(by_row: Shares) -> Shares:
    return np.append(by_row[:-2], by_row[-2:].sum())


def _ahead(earned: Shares, pairs: Sequence[Pair]) -> Shares:
    """Return by how much the first of each pair is ahead of the second in each share."""
    places = np.array(pairs, np.intp).reshape(-1, 2)
    return np.asarray(earned[places[:, 0]] - earned[places[:, 1]])


def _least_slack(task: _Task, solve: Solve) -> float:
    if not len(task.ahead):
        return 0.0
    shares, pairs = len(task.present), len(task.ahead)
    cost = np.concatenate([np.zeros(shares), np.ones(pairs)])
    return float(cost @ solve(Programme(cost, *_keeping(task), *_whole_of(shares, pairs))))


def _keeping(task: _Task) -> tuple[Shares, Shares]:
    """Return the rows that say: each pair is ahead by the margin, or short of it by its slack; each share is within."""
    pairs, one = len(task.ahead), np.eye(len(task.present))
    of, most = np.hstack([-task.ahead, -np.eye(pairs)]), np.full(pairs, -MARGIN)
    if task.within is None:
        return of, most
    bounds = np.hstack([np.vstack([one, -one]), np.zeros((2 * len(one), pairs))])
    ends = np.concatenate([task.usual * task.within, -task.present / task.within])
    return np.vstack([of, bounds]), np.concatenate([most, ends])


def _whole_of(shares: int, others: int) -> tuple[Shares, Shares]:
    """Return the row that says: all shares make the whole."""
    return np.concatenate([np.ones(shares), np.zeros(others)])[None], np.ones(1)


def _within(task: _Task, least: float) -> tuple[Shares, Shares]:
    """Return the rows of `_keeping` and one that says: all slack together is the least there can be."""
    of, most = _keeping(task)
    total = np.concatenate([np.zeros(len(task.present)), np.ones(len(task.ahead))])
    return np.vstack([of, total]), np.append(most, least + TOLERANCE)


def _nearest(task: _Task, least: float, solve: Solve) -> Shares:
    """Return the shares with the least slack that are nearest to the present ones.

    The further unknowns are the change of each share, and the greatest change against what a share is now.
    """
    shares, pairs = len(task.present), len(task.ahead)
    kept_of, kept_most = _within(task, least)
    one, usual = np.eye(shares), task.usual[:, None]
    most_of = np.vstack([
        np.hstack([kept_of, np.zeros((len(kept_of), shares + 1))]),
        np.hstack([one, np.zeros((shares, pairs)), -one, np.zeros((shares, 1))]),
        np.hstack([-one, np.zeros((shares, pairs)), -one, np.zeros((shares, 1))]),
        np.hstack([np.zeros((shares, shares + pairs)), one, -usual]),
    ])  # fmt: skip
    most = np.concatenate([kept_most, task.present, -task.present, np.zeros(shares)])
    equal = _whole_of(shares, pairs + shares + 1)
    cost = np.concatenate([np.zeros(shares + pairs), np.full(shares, SUM_COUNTS), np.ones(1)])
    return solve(Programme(cost, most_of, most, *equal))[:shares]


def _is_open(task: _Task, least: float, ahead: Shares, solve: Solve) -> bool:
    """Tell whether some weights that keep what was told put the first ahead, and others the second."""
    padding = np.zeros(len(task.ahead))
    equal = _whole_of(len(task.present), len(task.ahead))
    costs = (np.concatenate([sign * ahead, padding]) for sign in (1, -1))
    return all(cost @ solve(Programme(cost, *_within(task, least), *equal)) < -MARGIN for cost in costs)


def _whole(table: Table, shares: Shares) -> Weights:
    """Return shares as whole weights: thousandths by largest remainder, and each part with the sum of its own."""
    exact = np.maximum(shares, 0) / np.maximum(shares, 0).sum() * THOUSAND
    parts_of = np.floor(exact).astype(int)
    parts_of[np.argsort(parts_of - exact, kind="stable")[: THOUSAND - parts_of.sum()]] += 1
    *criteria, seniority = parts_of.tolist()
    weights = {criterion.id: weight for criterion, weight in zip(table.rubric.criteria, criteria, strict=True)}
    parts = dict.fromkeys(table.weights.parts, 0) | {"seniority": seniority}
    for criterion in table.rubric.criteria:
        parts[PART_OF[criterion.requirement]] += weights[criterion.id]
    return Weights(parts, weights)


def pairs_of(taken: Sequence[int], declined: Sequence[int]) -> Iterator[Pair]:
    """Yield a pair for each who was taken before each who was declined."""
    return product(taken, declined)
