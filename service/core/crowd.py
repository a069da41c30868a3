"""The levels of many candidates at once: what `levels_by` and `criterion_level` find of one, as arrays over all.

Few things are said in a table, and many times. So each distinct *saying* is weighed once, by the functions that weigh
it for one candidate: one undated piece of evidence, or all dated pieces of a skill, whose time counts together. What
the sayings of a skill come to is the greatest of them, and those that decide come before all others. So a saying
becomes a byte that is greater the more it counts.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Container, Mapping, Sequence
from functools import lru_cache
from typing import NamedTuple

import numpy as np
import numpy.typing as npt

from service.core.policy import UNKNOWN, Evidence, Policy
from service.core.profile import Profile, Saying, own_level
from service.core.rubric import Criterion, Expression
from service.core.steady import ALWAYS, steady

Bytes = npt.NDArray[np.uint8]
Truths = npt.NDArray[np.bool_]
Places = npt.NDArray[np.intp]
Best = Callable[[Bytes, int], Bytes]
"""A reading of an expression, as in rubric.py, of all candidates at once."""

DECIDES = 64
"""The bit in the byte of a saying that decides: more than any level, with 1 added to tell it from nothing."""

NOTHING = (0, 0, 0, 0)
"""The bytes of a saying that says nothing."""


class Found(NamedTuple):
    """The levels of many candidates, and the ticks between which those of each hold.

    The levels have three axes: at least and at most; criteria, then those with a gate of their own; candidates.
    """

    levels: Bytes
    since: npt.NDArray[np.int64]
    until: npt.NDArray[np.int64]


class Known(NamedTuple):
    """What is known of a skill, as in profile.py, of all candidates at once: intervals are two rows."""

    levels: Bytes
    named: Bytes
    is_named: Truths
    decided: Truths

    def of(self, some: Places) -> Known:
        """Return what is known of some candidates."""
        return Known(self.levels[:, some], self.named[:, some], self.is_named[some], self.decided[some])


class Crowd:
    """Criteria, worked out for many candidates at once."""

    def __init__(self, criteria: Sequence[Criterion], proves: Mapping[str, frozenset[str]], policy: Policy) -> None:
        self._criteria, self._proves, self._policy = criteria, proves, policy
        self._gated = [criterion for criterion in criteria if criterion.has_own_gate]
        self._asked = sorted({skill for criterion in criteria for skill in criterion.asked})
        self._places = {skill: place for place, skill in enumerate(dict.fromkeys((*proves, *self._asked)))}
        self._provers = {
            skill: [self._places[prover] for prover, proved in proves.items() if skill in proved]
            for skill in self._asked
        }
        self._weighed = lru_cache(maxsize=65_536)(self._weigh)

    def find(self, evidence: Sequence[Sequence[Evidence]], as_of: int) -> Found:
        """Return what the evidence of each candidate comes to. `as_of` is the tick that "today" stands for."""
        count = len(evidence)
        owners, sayings = _sayings(evidence)
        ids = np.fromiter(map(id, sayings), np.int64, len(sayings))
        _, firsts, which = np.unique(ids, return_index=True, return_inverse=True)
        weighed = [self._weighed(*_said(sayings[first]), as_of) for first in firsts]
        skills, *codes, begins, ends = np.array(weighed, np.int64).reshape(-1, 7).T[:, which]
        since, until = (np.full(count, end) for end in ALWAYS)
        np.maximum.at(since, owners, begins)
        np.minimum.at(until, owners, ends)
        greatest = np.zeros((4, len(self._places) * count), np.uint8)
        for row, code in zip(greatest, codes, strict=True):
            np.maximum.at(row, skills * count + owners, code.astype(np.uint8))
        own, proof = greatest.reshape(2, 2, -1, count)
        said = {place for place, *_ in weighed}
        known = {skill: self._known(skill, own, proof, said) for skill in self._asked}
        levels = [_level(criterion, known, _mean_of_best) for criterion in self._criteria]
        levels += [_level(criterion, known, _kth_best) for criterion in self._gated]
        return Found(np.stack(levels, axis=1), since, until)

    def _weigh(self, skill: str, saying: tuple[Saying, ...], as_of: int) -> tuple[int, ...]:
        """Return the place of a skill, the bytes of what is said of it (its level, what it proves), and the ticks."""
        holds = steady(Profile(tuple(Evidence(skill, *piece) for piece in saying)), self._policy, as_of)
        found = own_level(saying, self._policy, as_of) if skill in self._proves else None
        if found is None:
            return (0, *NOTHING, *holds)
        level, proof = found
        least = 1 + DECIDES * level.decided
        return (self._places[skill], *(least + value for value in (level.low, level.high, *proof)), *holds)

    def _known(self, skill: str, own: Bytes, proof: Bytes, said: Container[int]) -> Known:
        """Return what is known of a skill, by its own evidence and by what proves it: see `levels_by`.

        `said` are the places of the skills of which anything is said.
        """
        codes = own[:, self._places[skill]]
        is_named, decided, named = codes[0] > 0, codes[0] > DECIDES, _decoded(codes)
        levels = np.where(is_named, named, np.array(UNKNOWN, np.uint8)[:, None])
        if provers := [prover for prover in self._provers[skill] if prover in said]:
            raised = np.maximum(levels, _decoded(proof[:, provers]).max(axis=1))
            levels = np.where(decided, levels, raised)
        return Known(levels, named, is_named, decided)


def _sayings(evidence: Sequence[Sequence[Evidence]]) -> tuple[Places, list[tuple[Evidence, ...] | Evidence]]:
    """Return every saying, and the place of the candidate whose it is. Dated pieces of a skill are one saying."""
    sayings: list[tuple[Evidence, ...] | Evidence] = []
    counts = []
    for pieces in evidence:
        before = len(sayings)
        sayings += pieces
        if dated := [piece for piece in pieces if piece.span]:
            sayings[before:] = [piece for piece in pieces if not piece.span]
            sayings += _by_skill(dated)
        counts.append(len(sayings) - before)
    return np.repeat(np.arange(len(evidence)), counts), sayings


def _by_skill(pieces: Sequence[Evidence]) -> list[tuple[Evidence, ...]]:
    found = defaultdict(list)
    for piece in pieces:
        found[piece.skill].append(piece)
    return [tuple(of_skill) for of_skill in found.values()]


def _said(saying: tuple[Evidence, ...] | Evidence) -> tuple[str, tuple[Saying, ...]]:
    """Return the skill of a saying, and what is said of it."""
    pieces = (saying,) if isinstance(saying, Evidence) else saying
    return pieces[0].skill, tuple(piece[1:6] for piece in pieces)


def _decoded(codes: Bytes) -> Bytes:
    """Return the levels of bytes, 0 for what says nothing."""
    levels: Bytes = np.maximum(codes & (DECIDES - 1), 1) - 1
    return levels


def _level(criterion: Criterion, known: Mapping[str, Known], best: Best) -> Bytes:
    """Return the level of a criterion by one reading: see `criterion_level`."""
    found = _level_of(criterion.skills, {skill: known[skill].levels for skill in criterion.asked}, best)
    area = known[criterion.id]
    bound = np.flatnonzero(area.is_named & (area.decided | (area.named[1] == 0)))
    if bound.size:
        within = {skill: _within(known[skill].of(bound), area.of(bound)) for skill in criterion.asked}
        found = found.copy()
        found[:, bound] = _level_of(criterion.skills, within, best)
    return np.maximum(found, area.named)  # which is 0 where the area is not named


def _within(skill: Known, area: Known) -> Bytes:
    """Return the level of a skill inside an area that bounds it: see `profile._within`."""
    is_closed = (area.named[1] == 0) & ~skill.is_named
    others = np.where(is_closed, skill.levels[:1], skill.levels)
    return np.where(area.decided & ~skill.decided, np.minimum(skill.levels, area.named), others)


def _level_of(expression: Expression, levels: Mapping[str, Bytes], best: Best) -> Bytes:
    """Return the level of an expression: see `level_of`."""
    if isinstance(expression, str):
        return levels[expression]
    members = np.stack([_level_of(member, levels, best) for member in expression.of])
    greatest: Bytes = members.max(axis=0)
    return greatest if expression.k == 1 else best(np.sort(members, axis=0), expression.k)


def _mean_of_best(rising: Bytes, k: int) -> Bytes:
    mean: Bytes = (rising[-k:].sum(axis=0, dtype=np.uint16) // k).astype(np.uint8)
    return mean


def _kth_best(rising: Bytes, k: int) -> Bytes:
    kth: Bytes = rising[-k]
    return kth
