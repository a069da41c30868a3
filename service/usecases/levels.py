"""Levels worked out once: the matrix behind a shortlist of all stored candidates.

A candidate's line (see core/board.py) is worked out when the candidate is saved, and stored beside it. A shortlist
reads all lines in one query and scores them as one matrix; it reads bodies only of those it shows. Lines that are
missing or no longer hold are worked out from bodies when a shortlist meets them, and stored where nobody else is
writing: after the first one a restart finds all of them again. Lines stop to hold when a rubric changes, and when time
passes: of a dated pool on the day a level fades, of somebody at work with each month.

Why so, in figures of 100,000 candidates of 13 skills on one quiet core: reading their bodies takes 6 s; working out
one role for each alone takes 3 s, and all six roles with all their seniorities for a thousand at a time 1.5 s. So one
line for all roles adds little to an import, and every first shortlist after it takes 0.4 s in the place of 6 s. A row
for each role would be six times as many to read; a block of a thousand candidates in a row reads faster yet, but one
changed candidate would spoil a thousand.

A process remembers the matrix while the pool's version in the database is the one it was read at, so that none serves
an old list whatever others write. A candidate takes about 300 bytes there.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Container, Iterable, Iterator, Sequence
from threading import Lock
from typing import NamedTuple

import numpy as np
import numpy.typing as npt

from service.core.board import Board
from service.core.rubric import Rubric, Table
from service.core.scoring import Values, values
from service.core.time import tick_of
from service.intake.candidate import Candidate
from service.intake.union import read_whole
from service.store.errors import StoreDown
from service.store.records import LineKept, Saved
from service.store.store import Store
from service.store.work import Work

MOST_DAYS = 2
"""Days of scoring that a process remembers a matrix for: today, and one that somebody looks back at."""

PORTION = 1_000
"""Bodies read at a time: as many candidates are in memory."""

STORED = 5_000
"""Lines stored at a time."""

NEVER = (1, 0)
"""Between which ticks the line of somebody who has none holds."""


class Pool(NamedTuple):
    """All candidates at a version: their ids, their lines as a matrix, and the ticks between which each holds."""

    version: int
    ids: tuple[str, ...]
    matrix: Values
    since: npt.NDArray[np.int64]
    until: npt.NDArray[np.int64]

    def among(self, ids: Container[str]) -> Pool:
        """Return those of the pool who have one of these ids, in the same order."""
        places = [place for place, id_ in enumerate(self.ids) if id_ in ids]
        found = tuple(self.ids[place] for place in places)
        return Pool(self.version, found, self.matrix[places], self.since[places], self.until[places])

    def stale(self, as_of: int) -> list[int]:
        """Return the places whose lines do not hold at a tick."""
        return np.flatnonzero((self.since > as_of) | (self.until < as_of)).tolist()


class Levels:
    """The lines of all stored candidates. One serves all threads of a process."""

    def __init__(self, rubrics: Iterable[Rubric]) -> None:
        self.board = Board(rubrics)
        self._pools: dict[int, Pool] = {}
        self._owed: list[LineKept] = []
        self._turn = Lock()

    def keep(self, work: Work, saved: Sequence[Saved], candidates: Sequence[Candidate], today: dt.date) -> None:
        """Store the lines of candidates that were just saved, but of those unchanged."""
        # Of somebody saved twice at once the last word counts.
        last = {one.id: (one, who) for one, who in zip(saved, candidates, strict=True) if one.outcome != "unchanged"}
        lines = self.board.lines([who.profile for _, who in last.values()], tick_of(today))
        kept = [
            LineKept(one.id, who.digest, *line.holds, line.values, one.number)
            for (one, who), line in zip(last.values(), lines, strict=True)
        ]
        work.lines.save(self.board.name, kept)

    def pool(self, work: Work, as_of: dt.date, *, is_today: bool) -> Pool:
        """Return all candidates, with lines that hold on a day; those of today are worth storing."""
        tick, version = tick_of(as_of), work.lines.pool_version()
        with self._turn:
            same = {day: pool for day, pool in self._pools.items() if pool.version == version}
            if tick not in same:
                known = next(iter(same.values()), None) or self._read(work, version)
                renewed, found = self._renewed(work, known, tick)
                self._pools = dict([*same.items(), (tick, renewed)][-MOST_DAYS:])
                self._owed = found if is_today else self._owed
            return self._pools[tick]

    def values(self, pool: Pool, table: Table) -> tuple[Values, Values]:
        """Return the values of a pool in the rows of a table, at least and at most."""
        low, high = self.board.values(pool.matrix, table)
        return values(low, table), values(high, table)

    def settle(self, store: Store) -> None:
        """Store the lines that were worked out on the way, unless somebody is writing: then another time."""
        with self._turn:
            owed, self._owed = self._owed, []
        try:
            while owed:
                with store.transaction(waits=False) as work:
                    work.lines.save(self.board.name, owed[:STORED])
                del owed[:STORED]
        except StoreDown:
            with self._turn:
                self._owed = self._owed or owed

    def _read(self, work: Work, version: int) -> Pool:
        nothing = bytes(2 * self.board.width)
        rows = [row if row[3] else (row[0], *NEVER, nothing) for row in work.lines.all(self.board.name)]
        ids, since, until, lines = zip(*rows, strict=True) if rows else ((), (), (), ())
        return Pool(version, ids, self.board.matrix(lines), np.array(since, np.int64), np.array(until, np.int64))

    def _renewed(self, work: Work, pool: Pool, as_of: int) -> tuple[Pool, list[LineKept]]:
        """Return a pool whose lines all hold, and those that did not, worked out anew."""
        stale = pool.stale(as_of)
        if not stale:
            return pool, []
        found = list(self._worked_out(work, [pool.ids[place] for place in stale], as_of))
        renewed = pool._replace(matrix=pool.matrix.copy(), since=pool.since.copy(), until=pool.until.copy())
        renewed.matrix[stale] = self.board.matrix(line.line for line in found)
        renewed.since[stale] = [line.since for line in found]
        renewed.until[stale] = [line.until for line in found]
        return renewed, found

    def _worked_out(self, work: Work, ids: Sequence[str], as_of: int) -> Iterator[LineKept]:
        members = work.people.all_members()
        for start in range(0, len(ids), PORTION):
            portion = ids[start : start + PORTION]
            bodies = work.bodies(portion)
            profiles = [read_whole(bodies[id_].body, members.get(id_, ()), as_of).profile for id_ in portion]
            for id_, line in zip(portion, self.board.lines(profiles, as_of), strict=True):
                yield LineKept(id_, bodies[id_].digest, *line.holds, line.values)

    def lines(self, candidates: Sequence[Candidate], as_of: int) -> list[LineKept]:
        """Return the lines of candidates, worked out at a tick. They do not name ids yet."""
        found = self.board.lines([candidate.profile for candidate in candidates], as_of)
        return [
            LineKept("", candidate.digest, *line.holds, line.values)
            for candidate, line in zip(candidates, found, strict=True)
        ]
