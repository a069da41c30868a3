"""Who is on the shortlist, in which order, and why."""

from __future__ import annotations

import hashlib
from collections.abc import Sequence
from functools import lru_cache
from typing import NamedTuple

import numpy as np
import numpy.typing as npt

from service.core.scoring import FAIL, PASS, Scores


class Ranking(NamedTuple):
    """`order` holds the places in the pool of those ranked, best first, and `ranks` their ranks; `apart` the rest."""

    order: npt.NDArray[np.intp]
    ranks: npt.NDArray[np.int64]
    apart: npt.NDArray[np.intp]


@lru_cache(maxsize=8)
def _lots(role: str, ids: tuple[str, ...]) -> npt.NDArray[np.intp]:
    """Return each candidate's place in the order of equals; the same pool is ranked again under other weights."""
    drawn = b"".join(hashlib.sha256(f"{role}\0{id_}".encode()).digest() for id_ in ids)
    words = np.frombuffer(drawn, ">u8").reshape(-1, 4)
    lots = np.empty(len(ids), np.intp)
    lots[np.lexsort(words.T[::-1])] = np.arange(len(ids))
    return lots


def rank(scores: Scores, role: str, ids: Sequence[str], *, strict: bool = False) -> Ranking:
    """Rank those whose gate is not failed (`strict`: passed) by fit, then by fit at most; equals share a rank.

    Inside a tie the order shown is by a hash of role and id: it favours no name and no time of upload. Those apart
    come in the same order, unranked.
    """
    order = np.lexsort((_lots(role, tuple(ids)), -scores.fit_high, -scores.fit))
    eligible = scores.gate[order] >= (PASS if strict else FAIL + 1)
    ranked = order[eligible]
    fits = np.stack([scores.fit[ranked], scores.fit_high[ranked]])
    first_of_tie = np.ones(len(ranked), bool)
    first_of_tie[1:] = (fits[:, 1:] != fits[:, :-1]).any(axis=0)
    ranks = np.maximum.accumulate(np.where(first_of_tie, np.arange(1, len(ranked) + 1), 0))
    return Ranking(ranked, ranks, order[~eligible])
