"""How far a ranking hangs on its weights and on what nobody knows (SMAA: stochastic multicriteria acceptability).

Many weights near the rubric's are drawn, and what is unknown is filled in between what is proven and what is possible;
each draw ranks everybody. A place that most draws agree on can be defended; one that a tenth more or less of a weight
turns over cannot. Draws are made from a seed alone, so that the same question has the same answer.

Weights: each part's criteria, and the parts among one another, by a Dirichlet distribution around the rubric's, the
narrower the surer, and even where one is not sure at all; or, `ranked`, evenly over all weights that keep the rubric's
order. Unknown points are drawn evenly between least and most, anew for each criterion and draw; candidates take turns
in `STREAMS` independent drawings in the order of their ranks, so that neighbours never share one.
"""

from __future__ import annotations

import hashlib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import NamedTuple

import numpy as np
import numpy.typing as npt

from service.core.rubric import PART_OF, Table
from service.core.scoring import Values

Floats = npt.NDArray[np.float32]

STREAMS = 16
BLOCK = 64
"""Draws ranked at a time: what is held meanwhile is this often the number of candidates, four bytes each."""

TIE = 1e-4
"""Points that are no difference: shares are kept in single precision."""


class Pool(NamedTuple):
    """Shares of each row's full points (0 to 1) at least and at most, a line for each candidate, the best first."""

    low: Floats
    high: Floats


@dataclass(frozen=True)
class Robustness:
    """What the draws say of each candidate, in the order given.

    `first` and `top` are the probabilities of rank 1 and of the top k, `ranks` the ranks at 5, 50 and 95 %, `above` the
    probability of being ahead of the next one, `central` the mean weights (shares of 100, by row) of the draws that
    put a candidate first, NaN where none does.
    """

    draws: int
    k: int
    first: npt.NDArray[np.float64]
    top: npt.NDArray[np.float64]
    ranks: npt.NDArray[np.int64]
    above: npt.NDArray[np.float64]
    central: npt.NDArray[np.float64]


def shares(table: Table, values: Values) -> Floats:
    """Return the share of full points that values earn, whatever the weights; rows without points earn none.

    It is of the points as they are rounded down in a fit: by the rubric's own weights the fits are the same.
    """
    full = np.maximum(np.array(table.full), 1)
    earned = [table.lookup[place].take(values[:, place]) / full[place] for place in range(len(full))]
    return np.stack(earned, axis=1).astype(np.float32)


def draw_weights(table: Table, draws: int, certainty: float, dice: np.random.Generator, *, ranked: bool) -> Floats:
    """Return weights as points of 100, a line for each draw, near the table's own; `certainty` 1 gives just those."""
    full = np.array(table.full, np.float64) / 100
    places = _parts(table, full)
    weights = np.zeros((draws, len(full)))
    among = _drawn(np.array([full[own].sum() for own in places.values()]), draws, certainty, dice, ranked=ranked)
    for part, own in enumerate(places.values()):
        weights[:, own] = among[:, part : part + 1] * _drawn(full[own], draws, certainty, dice, ranked=ranked)
    return (100 * weights).astype(np.float32)


def _parts(table: Table, full: npt.NDArray[np.float64]) -> Mapping[str, list[int]]:
    """Return the rows of each part that have points."""
    parts: dict[str, list[int]] = {}
    for place, row in enumerate(table.rows):
        if full[place] > 0:
            parts.setdefault(PART_OF.get(row.requirement, "seniority"), []).append(place)
    return parts


def _drawn(
    usual: npt.NDArray[np.float64], draws: int, certainty: float, dice: np.random.Generator, *, ranked: bool
) -> npt.NDArray[np.float64]:
    """Return shares that add up to 1, a line for each draw, around those of `usual`."""
    usual = usual / usual.sum()
    if ranked:
        even = -np.sort(-dice.dirichlet(np.ones(len(usual)), draws), axis=1)
        # Equal weights may stand in either order.
        order = np.lexsort((dice.random((draws, len(usual))), np.broadcast_to(-usual, (draws, len(usual)))))
        return np.take_along_axis(even, np.argsort(order, axis=1), axis=1)
    if certainty >= 1:
        return np.broadcast_to(usual, (draws, len(usual)))
    # What is not sure is even: near none, shares would be all or nothing, wilder than those of who is not sure at all.
    pull = 2 * len(usual) * certainty / (1 - certainty)
    return dice.dirichlet(1 - certainty + pull * usual, draws)


def robustness(
    pool: Pool, weights: Floats, k: int, dice: np.random.Generator, *, shown: int, fills: bool = True
) -> Robustness:
    """Rank everybody in each draw of weights; tell ranks, neighbours and central weights of the first `shown`.

    Where it `fills` not, only what is proven counts.
    """
    count, draws = len(pool.low), len(weights)
    if not count:
        nothing = np.empty(0)
        return Robustness(draws, k, nothing, nothing, np.empty((0, 3), np.int64), nothing, np.empty((0, 0)))
    shown, k = min(shown, count), min(k, count)
    order, streams = _streams(pool, fills=fills)
    seen = np.argsort(order)[: max(shown + 1, k)]
    first, top = np.zeros(count, np.int64), np.zeros(count, np.int64)
    ranks = np.empty((shown, draws), np.int32)
    above, central = np.zeros(shown), np.zeros((count, weights.shape[1]))
    for start in range(0, draws, BLOCK):
        block = weights[start : start + BLOCK]
        fits = _fits(streams, block, dice, fills=fills)
        of_seen = fits[:, seen]
        ordered = [_best(*line) for line in zip(fits, of_seen, strict=True)]
        top[order] += _times(fits >= np.array([[best[-k]] for best in ordered]) - TIE)
        is_first = fits >= fits.max(axis=1, keepdims=True) - TIE
        times = _times(is_first)
        first[order] += times
        for place in np.flatnonzero(times):
            central[order[place]] += block[is_first[:, place]].sum(axis=0)
        for line, best in enumerate(ordered):
            behind = np.searchsorted(best, of_seen[line, :shown] + TIE, side="right")
            ranks[:, start + line] = len(best) - behind + 1
        ahead = of_seen[:, :shown] - np.roll(of_seen[:, : shown + 1], -1, axis=1)[:, :shown]
        above += (ahead > TIE).sum(axis=0) + (np.abs(ahead) <= TIE).sum(axis=0) / 2
    if shown == count:
        above[-1] = np.nan  # nobody is behind the last
    with np.errstate(invalid="ignore", divide="ignore"):
        middle = central / first[:, None]
    quantiles = np.percentile(ranks, [5, 50, 95], axis=1, method="nearest").T
    return Robustness(draws, k, first / draws, top / draws, quantiles.astype(np.int64), above / draws, middle)


def _streams(pool: Pool, *, fills: bool) -> tuple[npt.NDArray[np.int64], list[Floats]]:
    """Return everybody's place in the order by streams, and each stream's shares, a column for each candidate.

    Below what is proven stands what may come to it. The streams lie side by side, so that each is one product.
    """
    known = [pool.low, pool.high - pool.low] if fills else [pool.low]
    own = [np.arange(stream, len(pool.low), STREAMS) for stream in range(min(STREAMS, len(pool.low)))]
    return np.concatenate(own), [np.ascontiguousarray(np.hstack([of[places] for of in known]).T) for places in own]


def _fits(streams: Sequence[Floats], weights: Floats, dice: np.random.Generator, *, fills: bool) -> Floats:
    """Return the fit of everybody in each draw of weights, stream by stream."""
    fits = np.empty((len(weights), sum(stream.shape[1] for stream in streams)), np.float32)
    start = 0
    for stream in streams:
        filled = [weights, weights * dice.random(weights.shape, np.float32)] if fills else [weights]
        np.matmul(np.hstack(filled), stream, out=fits[:, start : start + stream.shape[1]])
        start += stream.shape[1]
    return fits


def _best(fits: Floats, seen: Floats) -> Floats:
    """Return the fits of a draw that are as good as the worst of those `seen`, in order: nobody else is ahead of one.

    A tenth of a pool, as a rule: to put all of it in order took most of the time.
    """
    return np.sort(fits[fits >= seen.min()])


def _times(is_so: npt.NDArray[np.bool_]) -> npt.NDArray[np.uint8]:
    """Return in how many of a block's draws something is so of each candidate; `BLOCK` fits into a byte."""
    times: npt.NDArray[np.uint8] = np.add.reduce(is_so, axis=0, dtype=np.uint8)
    return times


def seed_of(digests: Sequence[str]) -> int:
    """Return the seed that goes with the digests of what is asked about."""
    return int.from_bytes(hashlib.blake2b("\0".join(digests).encode(), digest_size=16).digest(), "big")
