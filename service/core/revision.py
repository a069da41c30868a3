"""A rubric with other required levels, gates and requirements laid over it, and what that does to a ranking."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from typing import NamedTuple

import numpy as np
import numpy.typing as npt

from service.core.ranking import Ranking
from service.core.rubric import Criterion, Rubric


@dataclass(frozen=True)
class Revision:
    """What is to be otherwise, by criterion: the level required and that of the gate (tenths), the requirement."""

    required: Mapping[str, int] = field(default_factory=dict)
    gates: Mapping[str, int] = field(default_factory=dict)
    requirements: Mapping[str, str] = field(default_factory=dict)


def revised(rubric: Rubric, seniority: str, revision: Revision, default_gate: int) -> Rubric:
    """Return a rubric with a revision over it, for one target seniority, under a digest of its own.

    What becomes a must-have gates at `default_gate`, but never above the level it requires.
    """
    criteria = tuple(_revised(criterion, seniority, revision, default_gate) for criterion in rubric.criteria)
    if criteria == rubric.criteria:
        return rubric
    told = {
        criterion.id: [criterion.requirement, criterion.required[seniority], criterion.gate] for criterion in criteria
    }
    return replace(rubric, criteria=criteria, canonical={**rubric.canonical, "revised": {seniority: told}})


def _revised(criterion: Criterion, seniority: str, revision: Revision, default_gate: int) -> Criterion:
    requirement = revision.requirements.get(criterion.id, criterion.requirement)
    level = revision.required.get(criterion.id, criterion.required[seniority])
    usual = min(default_gate, level) if criterion.gate is None else criterion.gate
    return replace(
        criterion,
        requirement=requirement,
        required={**criterion.required, seniority: level},
        gate=revision.gates.get(criterion.id, usual) if requirement == "must" else None,
    )


class Moves(NamedTuple):
    """Two rankings of one pool side by side: ranks by place (0: not eligible), and who enters and leaves the top."""

    before: npt.NDArray[np.int64]
    after: npt.NDArray[np.int64]
    entered: list[int]
    left: list[int]

    @property
    def moved(self) -> list[int]:
        """Return the places of those whose rank is another one, the longest way first; who comes or goes before all."""
        far = np.where((self.before == 0) | (self.after == 0), len(self.before) + 1, abs(self.after - self.before))
        far[self.before == self.after] = 0
        order = np.lexsort((self.before, self.after, -far))
        return [int(place) for place in order[: np.count_nonzero(far)]]


def moves(before: Ranking, after: Ranking, top: int) -> Moves:
    """Compare two rankings of one pool. The top are those whose rank is at most `top`."""
    old, new = _by_place(before), _by_place(after)
    was, is_ = ((found > 0) & (found <= top) for found in (old, new))
    entered = [place for place in after.order.tolist() if is_[place] and not was[place]]
    left = [place for place in before.order.tolist() if was[place] and not is_[place]]
    return Moves(old, new, entered, left)


def _by_place(ranking: Ranking) -> npt.NDArray[np.int64]:
    ranks = np.zeros(len(ranking.order) + len(ranking.apart), np.int64)
    ranks[ranking.order] = ranking.ranks
    return ranks
