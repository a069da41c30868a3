"""Imports at work: a job for each, leased to one worker at a time, and the rows it has read so far.

A lease ends by itself, so that the job of a worker that died is taken up by another. Each taking raises the `token`:
whoever comes back with an old one finds that it moves nothing. A row and the cursor behind it are kept together.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime, timedelta
from typing import Any, NamedTuple

from sqlalchemy import Connection, delete, func, insert, select, update

from service.store.bulk import insert_values
from service.store.receipts import Receipts
from service.store.records import OWN, LineKept, Record, StagedRow
from service.store.tables import imports, jobs, staged

NEXT = timedelta(microseconds=1)
"""What a job comes after another at least: in this order they are done, one after another."""


class Lost(Exception):
    """The job is another's now, or nobody's: it was cancelled."""


class Job(NamedTuple):
    """A job as claimed: `cursor` rows of its file are kept, `request` is how it is to be read.

    `tries` counts the takings since a row was kept last, `begun` how often the reading of the next rows began since.
    `received` is when it was received: see store/receipts.py.
    """

    id: str
    token: int
    cursor: int
    tries: int
    request: dict[str, Any]
    received: int = 0
    begun: int = 0


class Jobs:
    """The jobs, within one transaction."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    def put(self, id_: str, request: dict[str, Any], now: datetime, received: int) -> None:
        """Let a job wait for a worker, behind all that are there, also where a clock went back or another is ahead."""
        last = self._connection.execute(select(func.max(jobs.c.created_at))).scalar_one()
        values = {
            "id": id_,
            "request": request,
            "token": 0,
            "cursor": 0,
            "tries": 0,
            "begun": 0,
            "leased_until": now,
            "created_at": now if last is None else max(now, last + NEXT),
            "received": received,
        }
        self._connection.execute(insert(jobs).values(values))

    def count(self) -> int:
        """Return how many jobs wait or are at work."""
        return self._connection.execute(select(func.count()).select_from(jobs)).scalar_one()

    def cursor(self, id_: str) -> int | None:
        """Return how many rows a job has kept; None where there is no such job."""
        return self._connection.execute(select(jobs.c.cursor).where(jobs.c.id == id_)).scalar_one_or_none()

    def is_one_free(self, now: datetime) -> bool:
        """Tell whether the oldest job is nobody's: whoever only looks need not wait for those who write."""
        oldest = select(jobs.c.leased_until).order_by(jobs.c.created_at, jobs.c.id).limit(1)
        until = self._connection.execute(oldest).scalar_one_or_none()
        return until is not None and until <= now

    def claim(self, now: datetime, lease: timedelta) -> Job | None:
        """Take the oldest job, where it is nobody's; None where it is somebody's, or there is none.

        One after another: two files of the same people must not overtake each other.
        """
        oldest = select(jobs.c.id).order_by(jobs.c.created_at, jobs.c.id).limit(1)
        id_ = self._connection.execute(oldest).scalar_one_or_none()
        free = select(jobs.c.id).where(jobs.c.id == id_, jobs.c.leased_until <= now)
        if self._connection.execute(free.with_for_update(skip_locked=True)).scalar_one_or_none() is None:
            return None
        taken = {"token": jobs.c.token + 1, "tries": jobs.c.tries + 1, "leased_until": now + lease}
        self._connection.execute(update(jobs).where(jobs.c.id == id_).values(taken))
        query = select(*(jobs.c[name] for name in Job._fields)).where(jobs.c.id == id_)
        self._connection.execute(update(imports).where(imports.c.id == id_).values(state="running", updated_at=now))
        return Job(*self._connection.execute(query).one())

    def advance(self, job: Job, before: int, cursor: int, until: datetime) -> None:
        """Move a job's cursor and renew its lease. Raise Lost where the job is no longer the caller's.

        The reading goes on behind the new cursor at once: it counts as begun there.
        """
        own = (jobs.c.id == job.id, jobs.c.token == job.token, jobs.c.cursor == before)
        values = {"cursor": cursor, "leased_until": until, **({"tries": 0, "begun": 1} if cursor > before else {})}
        if not self._connection.execute(update(jobs).where(*own).values(values)).rowcount:
            raise Lost

    def begin(self, job: Job) -> None:
        """Count that the rows behind the cursor are about to be read. Raise Lost as above."""
        own = (jobs.c.id == job.id, jobs.c.token == job.token)
        if not self._connection.execute(update(jobs).where(*own).values(begun=jobs.c.begun + 1)).rowcount:
            raise Lost

    def fail(self, job: Job) -> None:
        """Count an attempt that a defect ended; it is counted already where rows were read since it was taken."""
        own = (jobs.c.id == job.id, jobs.c.token == job.token, jobs.c.cursor == job.cursor)
        self._connection.execute(update(jobs).where(*own).values(begun=job.begun + 1))

    def read(self, job: Job) -> None:
        """Say that no row is left to be read: what goes wrong from now on is not the file's."""
        own = (jobs.c.id == job.id, jobs.c.token == job.token)
        self._connection.execute(update(jobs).where(*own).values(begun=0))

    def renew(self, job: Job, until: datetime) -> None:
        """Say that a job is still at work."""
        own = (jobs.c.id == job.id, jobs.c.token == job.token)
        self._connection.execute(update(jobs).where(*own).values(leased_until=until))

    def release(self, job: Job, now: datetime) -> None:
        """Give a job back, for whoever comes next; it was no try that failed.

        The token rises: a renewal of the lease that is under way must not take the job back.
        """
        own = (jobs.c.id == job.id, jobs.c.token == job.token)
        values = {"leased_until": now, "tries": 0, "begun": 0, "token": job.token + 1}
        self._connection.execute(update(jobs).where(*own).values(values))

    def stage(self, id_: str, rows: Sequence[StagedRow]) -> None:
        """Keep rows that were read, out of everybody's sight."""
        names = ("job", "place", "board", *OWN, "traces", "since", "until", "line")
        insert_values(self._connection, staged, names, [
            (
                id_, row.place, row.board, *row.record[:-1], " ".join(sorted(row.record.traces)),
                row.line.since, row.line.until, row.line.line,
            )
            for row in rows
        ])  # fmt: skip

    def staged(self, id_: str, after: int, limit: int) -> list[StagedRow]:
        """Return up to `limit` rows behind a place, in the order of the file."""
        query = select(staged).where(staged.c.job == id_, staged.c.place > after).order_by(staged.c.place).limit(limit)
        return [
            StagedRow(
                row.place,
                row.board,
                Record(*(getattr(row, name) for name in OWN), frozenset(row.traces.split())),
                LineKept("", row.digest, row.since, row.until, row.line),
            )
            for row in self._connection.execute(query)
        ]

    def end(self, id_: str) -> bool:
        """Forget a job and its rows, and the erasures that mattered to it alone. Tell whether there was one."""
        self._connection.execute(delete(staged).where(staged.c.job == id_))
        was_there = self._connection.execute(delete(jobs).where(jobs.c.id == id_)).rowcount > 0
        Receipts(self._connection).forget()
        return was_there
