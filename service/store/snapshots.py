"""Shortlists as they were: what was asked, by which rules, and who stood where. With a candidate goes the member."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from typing import Any, NamedTuple

from sqlalchemy import Connection, func, insert, select

from service.store.bulk import insert_rows
from service.store.tables import candidates, rubrics_used, shown, snapshot_members, snapshots


class Member(NamedTuple):
    """Somebody on a shortlist: rank (None: not eligible), fits in hundredths, gate, and digest of what was known."""

    place: int
    candidate_id: str
    digest: str
    rank: int | None
    fit: int
    fit_high: int
    gate: str


class Snapshot(NamedTuple):
    """A shortlist as it was: `asked` is what it was asked by, `rules` the digests and versions it was made by."""

    id: str
    kind: str
    role: str
    seniority: str
    asked: dict[str, Any]
    rules: dict[str, Any]
    pool_size: int
    pool_digest: str
    members: int
    output_digest: str
    actor: str
    created_at: datetime


class Snapshots:
    """The snapshots, within one transaction."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    def add(self, snapshot: Snapshot, members: Sequence[Member], rubric: dict[str, Any]) -> None:
        """Keep a snapshot, its members, and the rubric it was made by."""
        self._connection.execute(insert(snapshots).values(snapshot._asdict()))
        insert_rows(self._connection, snapshot_members, [{"snapshot": snapshot.id, **one._asdict()} for one in members])
        digest = snapshot.rules["rubric"]
        if not self._connection.execute(select(rubrics_used.c.digest).where(rubrics_used.c.digest == digest)).first():
            values = {"digest": digest, "rubric": rubric, "since": snapshot.created_at}
            self._connection.execute(insert(rubrics_used).values(values))

    def get(self, id_: str) -> Snapshot | None:
        """Return a snapshot."""
        row = self._connection.execute(select(snapshots).where(snapshots.c.id == id_)).one_or_none()
        return Snapshot(*row) if row else None

    def all(self, limit: int) -> list[Snapshot]:
        """Return snapshots, the newest first."""
        query = select(snapshots).order_by(snapshots.c.created_at.desc(), snapshots.c.id).limit(limit)
        return [Snapshot(*row) for row in self._connection.execute(query)]

    def members(self, id_: str) -> list[Member]:
        """Return the members of a snapshot who are still here, in the order in which they stood."""
        columns = [snapshot_members.c[name] for name in Member._fields]
        query = select(*columns).where(snapshot_members.c.snapshot == id_).order_by(snapshot_members.c.place)
        return [Member(*row) for row in self._connection.execute(query)]

    def with_candidate(self, candidate_id: str) -> list[str]:
        """Return the ids of the snapshots that a candidate is in."""
        query = select(snapshot_members.c.snapshot).where(snapshot_members.c.candidate_id == candidate_id)
        return list(self._connection.execute(query).scalars())

    def rubric(self, digest: str) -> dict[str, Any]:
        """Return a rubric that was used, as canonical JSON."""
        query = select(rubrics_used.c.rubric).where(rubrics_used.c.digest == digest)
        found: dict[str, Any] = self._connection.execute(query).scalar_one()
        return found

    def digests(self) -> dict[str, str]:
        """Return the digest of what is known of everybody who stands for themselves, by id."""
        query = select(shown.c.id, shown.c.digest).where(shown.c.merged_into.is_(None))
        merged = select(func.max(candidates.c.merged_into)).where(candidates.c.merged_into.is_not(None))
        found = {row.id: row.digest for row in self._connection.execute(query)}
        if self._connection.execute(merged).scalar_one_or_none() is None:
            return found
        joined = select(candidates.c.merged_into, candidates.c.digest).where(candidates.c.merged_into.is_not(None))
        for into, digest in self._connection.execute(joined.order_by(candidates.c.number)):
            found[into] = f"{found.get(into, '')}+{digest}"[-64:]
        return found
