"""How well a ranking goes with what people decided: Kendall's tau-b with its interval, and who speaks against it.

Verdicts and standings are whole numbers, the higher the better; equal ones are ties.
"""

from __future__ import annotations

from math import atanh, sqrt, tanh
from typing import NamedTuple

import numpy as np
import numpy.typing as npt

LEAST = 5
"""Decisions below which nothing is said."""

Z = 1.959964
"""Standard errors to either side of 95 %."""

Numbers = npt.NDArray[np.int64]


class Tau(NamedTuple):
    """Tau-b from -1 to 1, and its interval of 95 %, which is None where all agree or none does."""

    tau: float
    interval: tuple[float, float] | None


def kendall(verdicts: Numbers, standings: Numbers) -> Tau | None:
    """Return tau-b of two gradings of the same people; None where either has no two that differ.

    The interval is the asymptotic one (delta method on the pairs of each person), by Fisher's transformation, so that
    it stays between -1 and 1.
    """
    size = len(verdicts)
    both = _agreeing(verdicts, standings)
    ours, theirs = (_differing(grades) for grades in (verdicts, standings))
    if not ours.any() or not theirs.any():
        return None
    scale = sqrt(ours.mean() * theirs.mean())
    tau = float(both.mean()) / scale
    if abs(tau) > 1 - 1e-12:
        return Tau(round(tau, 12), None)
    pull = 2 * ((both - both.mean()) / scale - tau / 2 * (ours / ours.mean() + theirs / theirs.mean() - 2))
    error = sqrt(float((pull**2).sum())) / size / (1 - tau**2)
    return Tau(tau, (tanh(atanh(tau) - Z * error), tanh(atanh(tau) + Z * error)))


def _agreeing(verdicts: Numbers, standings: Numbers) -> Numbers:
    """Return for each person with how many others both gradings agree, less those with whom they disagree."""
    total = np.zeros(len(verdicts), np.int64)
    for verdict in np.unique(verdicts):
        of_verdict = np.sort(standings[verdicts == verdict])
        below = np.searchsorted(of_verdict, standings, side="left")
        above = len(of_verdict) - np.searchsorted(of_verdict, standings, side="right")
        total += np.sign(verdicts - verdict) * (below - above)
    return total


def _differing(grades: Numbers) -> Numbers:
    """Return for each person how many others have another grade."""
    _, place, counts = np.unique(grades, return_inverse=True, return_counts=True)
    return np.asarray(len(grades) - counts[place], np.int64)


def against(verdicts: Numbers, standings: Numbers, *, taken: int, declined: int) -> tuple[Numbers, Numbers]:
    """Return, for each person declined, how many taken stand lower; for each taken, how many declined stand higher.

    Whoever has another verdict has 0. `taken` and `declined` are the numbers of the two verdicts.
    """
    yes, no = (np.sort(standings[verdicts == verdict]) for verdict in (taken, declined))
    passed = np.searchsorted(yes, standings, side="left") * (verdicts == declined)
    missed = (len(no) - np.searchsorted(no, standings, side="right")) * (verdicts == taken)
    return passed, missed
