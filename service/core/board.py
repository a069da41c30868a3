"""All rubrics side by side: what many roles ask for, worked out at once and kept as a line of bytes.

A *line* is a candidate's value in every column of a board, at least, and then at most. A column stands for each
different criterion, then the months of experience, then the markers met of each role and band, then the level at the
gate of each criterion that has one of its own. What `row_of` finds for one role, a board finds for all of them in
little more time, since the skills behind them are looked at once.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable, Sequence
from functools import cached_property, lru_cache
from typing import NamedTuple

import numpy as np
import numpy.typing as npt

from service.core.crowd import Crowd
from service.core.policy import UNKNOWN
from service.core.profile import Known, Profile, criterion_level, experience_level, levels_by, markers_met
from service.core.result import ENGINE
from service.core.rubric import (
    SENIORITIES,
    WIDTH,
    Criterion,
    Reading,
    Rubric,
    Table,
    digest,
    kth_best,
    mean_of_best,
)  # fmt: skip
from service.core.scoring import Values
from service.core.steady import steady
from service.core.time import Interval

ORDER = 2
"""The version of what stands where in a line: lines are stored."""

A_CROWD = 64
"""The least number of candidates whose lines are worked out sooner all at once than one by one."""


class Line(NamedTuple):
    """A candidate's values in all columns, at least and then at most, and the ticks between which they hold."""

    values: bytes
    holds: Interval


class Board:
    """The columns of several rubrics, which are made of one policy and one vocabulary."""

    def __init__(self, rubrics: Iterable[Rubric]) -> None:
        self._rubrics = tuple(rubrics)
        self.policy = self._rubrics[0].policy
        self._check()
        criteria = [criterion for rubric in self._rubrics for criterion in rubric.criteria]
        self._criteria: dict[tuple[str, object], Criterion] = {(c.id, c.skills): c for c in criteria}
        self._bands = [(rubric, band) for rubric in self._rubrics for band in SENIORITIES]
        self._gated = [key for key, criterion in self._criteria.items() if criterion.has_own_gate]
        self._first_gate = len(self._criteria) + 1 + len(self._bands)
        self.width = self._first_gate + len(self._gated)

    def _check(self) -> None:
        """Raise ValueError where what a skill is worth, or what it proves, differs between the rubrics."""
        if any(rubric.policy is not self.policy for rubric in self._rubrics):
            raise ValueError("A board is of rubrics of one policy.")
        for rubric in self._rubrics:
            asked = frozenset().union(*(criterion.asked for criterion in rubric.criteria))
            if any(proved & asked != rubric.proves.get(skill, frozenset()) for skill, proved in self._proves.items()):
                raise ValueError("A board is of rubrics of one vocabulary.")

    @cached_property
    def name(self) -> str:
        """Return a name for all that a line depends on beside the candidate: rules, columns and their order.

        What a criterion weighs or requires is not among it: a new version that changes no more keeps all lines.
        """
        columns = [[criterion.id, repr(criterion.skills)] for criterion in self._criteria.values()]
        markers = [[rubric.role, band, *(m.id for m in rubric.markers_of(band))] for rubric, band in self._bands]
        proves = {skill: sorted(proved) for skill, proved in self._proves.items()}
        policy = self.policy
        rules = policy.kinds, policy.years, policy.grace_months, policy.loss_per_year, policy.floor_percent
        return digest([ENGINE, ORDER, repr(rules), proves, columns, markers])[:16]

    def line(self, profile: Profile, as_of: int) -> Line:
        """Return a candidate's line. `as_of` is the tick that "today" stands for."""
        known = levels_by(profile.evidence, self._proves, self.policy, as_of)
        levels, gates = list(self._unknown), [UNKNOWN] * len(self._gated)
        told = defaultdict(list)
        for skill, level in known.items():
            for place in self._asking.get(skill, ()):
                told[place].append((skill, level))
        for place, of_skills in told.items():
            levels[place] = self._level(place, tuple(of_skills), mean_of_best)
            if place in self._gate_of:
                gates[self._gate_of[place]] = self._level(place, tuple(of_skills), kth_best)
        levels.append(experience_level(profile, as_of))
        levels += self._markers(profile)
        levels += gates
        lows, highs = zip(*levels, strict=True)
        return Line(bytes(lows) + bytes(highs), steady(profile, self.policy, as_of))

    def lines(self, profiles: Sequence[Profile], as_of: int) -> list[Line]:
        """Return the line of each candidate: the same as `line` returns, sooner where there are many."""
        if len(profiles) < A_CROWD:
            return [self.line(profile, as_of) for profile in profiles]
        found = self._crowd.find([profile.evidence for profile in profiles], as_of)
        beside = np.empty((2, 1 + len(self._bands), len(profiles)), np.uint8)
        beside[:, 1:] = np.array(self._unmarked, np.uint8).T[:, :, None]
        beside[:, 0] = np.array([experience_level(profile, as_of) for profile in profiles]).T
        for place, profile in enumerate(profiles):
            if profile.markers:
                beside[:, 1:, place] = np.array(self._markers(profile)).T
        criteria, gates = np.split(found.levels, [len(self._criteria)], axis=1)
        values = np.concatenate([criteria, beside, gates], axis=1).transpose(2, 0, 1).tobytes()
        size = 2 * self.width
        holds = zip(found.since.tolist(), found.until.tolist(), strict=True)
        return [
            Line(values[place * size : (place + 1) * size], self._held(profile, between, as_of))
            for place, (profile, between) in enumerate(zip(profiles, holds, strict=True))
        ]

    def _held(self, profile: Profile, between: Interval, as_of: int) -> Interval:
        """Return the ticks between which the evidence holds as far as the jobs hold too."""
        if profile.months is not None or not profile.jobs:
            return between
        since, until = steady(Profile(jobs=profile.jobs), self.policy, as_of)
        return max(since, between[0]), min(until, between[1])

    def matrix(self, lines: Iterable[bytes]) -> Values:
        """Return lines as one matrix."""
        return np.frombuffer(b"".join(lines), np.uint8).reshape(-1, 2 * self.width)

    def values(self, matrix: Values, table: Table) -> tuple[Values, Values]:
        """Return what stands in the rows of a table for a matrix's candidates, at least and at most, for `score`."""
        columns = self._columns(table)
        return matrix[:, columns], matrix[:, columns + self.width]

    def estimates(self, matrix: Values, table: Table) -> npt.NDArray[np.int8]:
        """Return the place of each candidate's estimated seniority in SENIORITIES, -1 where it is unknown.

        What `estimate_seniority` says of one, read from the lines of all; but years that may be anything from none to
        21 count as unknown here, since a line does not tell the two apart.
        """
        rubric = table.rubric
        months = len(self._criteria)
        low, high = matrix[:, months], matrix[:, months + self.width]
        least = np.array([rubric.bands[band] * 12 for band in SENIORITIES])
        by_years = np.searchsorted(least, low.astype(np.int64), side="right") - 1
        by_years[(low == 0) & (high == WIDTH - 1)] = -1
        by_markers = self._by_markers(matrix, rubric)
        both = (by_years >= 0) & (by_markers >= 0)
        return np.where(both, np.minimum(by_years, by_markers), np.maximum(by_years, by_markers)).astype(np.int8)

    def _by_markers(self, matrix: Values, rubric: Rubric) -> npt.NDArray[np.int64]:
        """Return the highest band of whose known markers half are met; see `estimate_seniority`."""
        found = np.full(len(matrix), -1)
        for place, band in enumerate(SENIORITIES):
            column = len(self._criteria) + 1 + self._bands_at.index((rubric.digest, band))
            met, may = (matrix[:, at].astype(np.int64) for at in (column, column + self.width))
            known = len(rubric.markers_of(band)) - (may - met)
            below = np.where(found == -1, max(0, place - 1), found)
            found = np.where(known > 0, np.where(2 * met >= known, place, below), found)
        return found

    @cached_property
    def _bands_at(self) -> list[tuple[str, str]]:
        return [(rubric.digest, band) for rubric, band in self._bands]

    def _columns(self, table: Table) -> npt.NDArray[np.intp]:
        places = {key: place for place, key in enumerate(self._criteria)}
        own = [places[criterion.id, criterion.skills] for criterion in table.rubric.criteria]
        band = self._bands_at.index((table.rubric.digest, table.seniority))
        gates = [self._first_gate + self._gate_of[place] for place in own if place in self._gate_of]
        return np.array([*own, len(places), len(places) + 1 + band, *gates])

    @cached_property
    def _crowd(self) -> Crowd:
        return Crowd(self._places, self._proves, self.policy)

    @cached_property
    def _gate_of(self) -> dict[int, int]:
        """Return, for the place of each criterion whose gate is held against a level of its own, that level's place."""
        return {n: self._gated.index(key) for n, key in enumerate(self._criteria) if key in self._gated}

    def _markers(self, profile: Profile) -> list[Interval]:
        if not profile.markers:
            return self._unmarked
        return [markers_met(profile, rubric, band) for rubric, band in self._bands]

    @cached_property
    def _unmarked(self) -> list[Interval]:
        return [(0, len(rubric.markers_of(band))) for rubric, band in self._bands]

    @cached_property
    def _level(self) -> Callable[[int, tuple[tuple[str, Known], ...], Reading], Interval]:
        """Return what gives the level of the criterion at a place, and remembers it: a pool repeats few."""
        return lru_cache(maxsize=65_536)(
            lambda place, known, reading: criterion_level(self._places[place], dict(known), reading)
        )

    @cached_property
    def _places(self) -> tuple[Criterion, ...]:
        return tuple(self._criteria.values())

    @cached_property
    def _unknown(self) -> list[Interval]:
        return [UNKNOWN] * len(self._criteria)

    @cached_property
    def _asking(self) -> dict[str, tuple[int, ...]]:
        """Return, for each skill, the places of the criteria that ask for it."""
        skills = {skill for criterion in self._places for skill in criterion.asked}
        return {skill: tuple(n for n, c in enumerate(self._places) if skill in c.asked) for skill in sorted(skills)}

    @cached_property
    def _proves(self) -> dict[str, frozenset[str]]:
        """Return what each skill proves in any of the rubrics; a criterion looks only at the skills it asks for."""
        proves: dict[str, frozenset[str]] = {}
        for rubric in self._rubrics:
            for skill, proved in rubric.proves.items():
                proves[skill] = proves.get(skill, frozenset()) | proved
        return proves
