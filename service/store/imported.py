"""What an import did, candidate by candidate: who its people are, and how it is undone.

A candidate that an import created carries the import's id. For each candidate that was there before, a row of
`import_candidates` says what the import did: `updated`, with the version before it; `unchanged`; or `overruled` by
something that was received later. After an undo only the rows of candidates that stayed are left, with the reason.

The undo itself is short however many candidates were created: they are hidden by one row, as those of an import at
work are, and deleted afterwards, a chunk at a time (see store/hidden.py).
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Mapping, Sequence
from datetime import datetime
from typing import Any, NamedTuple

from sqlalchemy import (
    ColumnElement,
    Connection,
    Select,
    bindparam,
    case,
    delete,
    exists,
    func,
    insert,
    literal,
    or_,
    select,
    update,
)

from service.store.bulk import chunks
from service.store.lines import Lines
from service.store.people import People
from service.store.records import Saved
from service.store.tables import candidates, decisions, hidden, import_candidates, imports, shown, snapshot_members

LEFT = "left"
"""An updated candidate that stays as it is: it was changed, or sent again, after the import."""

STAYING = ("merged", "decided", "listed", "changed")
"""Why a created candidate stays when its import is undone, the first reason that holds."""

VERSION = ("external_id", "name", "digest", "body")
"""What an update replaces in a candidate's row."""

_met, _other, _member = import_candidates, import_candidates.alias("other"), candidates.alias("member")
_of_candidate = _met.c.candidate_id == candidates.c.id
_is_merged = or_(
    candidates.c.merged_into.is_not(None), exists(select(1).where(_member.c.merged_into == candidates.c.id))
)
_is_decided = exists(select(1).where(decisions.c.candidate_id == candidates.c.id))
_is_listed = exists(select(1).where(snapshot_members.c.candidate_id == candidates.c.id))


class Version(NamedTuple):
    """A candidate as it was before an import updated it."""

    id: str
    external_id: str | None
    name: str | None
    digest: str
    body: bytes
    received: int


class Stayed(NamedTuple):
    """A candidate that the undo of an import did not take back, and why."""

    id: str
    source: str
    external_id: str | None
    name: str | None
    reason: str


def people_of(import_id: str) -> Select[tuple[str]]:
    """Return the query of the people in an import: of a merged record, the candidate that it counts for."""
    columns = (candidates.c.id, candidates.c.merged_into)
    met = select(*columns).join(_met, _of_candidate).where(_met.c.import_id == import_id)
    records = select(*columns).where(candidates.c.import_id == import_id).union(met).subquery()
    up = select(records.c.id, records.c.merged_into).cte("up", recursive=True)
    up = up.union(select(*columns).join(up, candidates.c.id == up.c.merged_into))
    return select(up.c.id).where(up.c.merged_into.is_(None))


class Imported:
    """What imports did, within one transaction."""

    def __init__(self, connection: Connection, people: People, pool: Lines) -> None:
        self._connection, self._people, self._pool = connection, people, pool

    # What is kept of an import

    def meet(self, import_id: str, saved: Sequence[Saved]) -> None:
        """Keep what an import is about to do to candidates that were there before it, and their versions before."""
        by_outcome: dict[str, set[str]] = defaultdict(set)
        for one in saved:
            if one.id and one.outcome != "created":
                by_outcome["overruled" if one.overruled else one.outcome].add(one.id)
        for outcome in sorted(by_outcome, reverse=True):  # an update says more than a row that changes nothing
            for chunk in chunks(sorted(by_outcome[outcome])):
                self._meet(import_id, outcome, chunk)

    def _meet(self, import_id: str, outcome: str, ids: Sequence[str]) -> None:
        kept = (*VERSION, "received") if outcome == "updated" else ()
        own = (_met.c.import_id == import_id, _met.c.candidate_id.in_(ids), _met.c.outcome != "updated")
        self._connection.execute(delete(_met).where(*own))
        known = exists(select(1).where(_met.c.import_id == import_id, _of_candidate))
        found = select(literal(import_id), candidates.c.id, literal(outcome), *(candidates.c[name] for name in kept))
        found = found.where(candidates.c.id.in_(ids), candidates.c.import_id.is_distinct_from(import_id), ~known)
        names = ["import_id", "candidate_id", "outcome", *kept]
        self._connection.execute(insert(_met).from_select(names, found))

    def people(self, import_id: str) -> set[str]:
        """Return the ids of the people in an import."""
        return set(self._connection.execute(people_of(import_id)).scalars())

    def creator(self, candidate_id: str) -> str | None:
        """Return the import that created a candidate and was undone, where the candidate stayed."""
        query = select(_met.c.import_id).where(_met.c.candidate_id == candidate_id, _met.c.outcome.in_(STAYING))
        return self._connection.execute(query.limit(1)).scalar_one_or_none()

    def versions_of(self, candidate_id: str) -> list[tuple[str, bytes]]:
        """Return the versions of a candidate that can be brought back, each with the import that replaced it."""
        query = select(_met.c.import_id, _met.c.body).order_by(_met.c.received)
        rows = self._connection.execute(query.where(_met.c.candidate_id == candidate_id, _met.c.body.is_not(None)))
        return [(import_id, body) for import_id, body in rows]

    def forget_versions(self, before: datetime) -> int:
        """Delete the versions that imports replaced which ended before a time. Return how many they were."""
        old = select(imports.c.id).where(imports.c.updated_at < before)
        return self._forget(_met.c.import_id.in_(old), _met.c.body.is_not(None))

    def _forget(self, *which: ColumnElement[bool], **values: Any) -> int:
        nothing = dict.fromkeys((*VERSION, "received"))
        return self._connection.execute(update(_met).where(*which).values({**nothing, **values})).rowcount

    # Undo

    def hide(self, import_id: str, received: int) -> int:
        """Take what an import created out of everybody's sight, but for what must stay. Return how many went."""
        own = candidates.c.import_id == import_id
        reasons = dict(zip(STAYING, (_is_merged, _is_decided, _is_listed, _is_later(import_id, received)), strict=True))
        reason = case(*((holds, why) for why, holds in reasons.items()))
        stay = select(literal(import_id), candidates.c.id, reason).where(own, or_(*reasons.values()))
        names = ["import_id", "candidate_id", "outcome"]
        self._connection.execute(insert(_met).from_select(names, stay))
        stayed = select(_met.c.candidate_id).where(_met.c.import_id == import_id, _met.c.outcome.in_(STAYING))
        self._connection.execute(update(candidates).where(candidates.c.id.in_(stayed)).values(import_id=None))
        gone = self._connection.execute(select(func.count()).select_from(candidates).where(own)).scalar_one()
        if gone:
            self._connection.execute(insert(hidden).values(import_id=import_id, base=0))
        return gone

    def leave(self, import_id: str, received: int) -> None:
        """Let stay as they are the updated candidates on which there is a later word than the import's."""
        later = exists(select(1).select_from(candidates).where(_of_candidate, _is_later(import_id, received)))
        self._forget(_met.c.import_id == import_id, _met.c.outcome == "updated", later, outcome=LEFT)

    def versions(self, import_id: str, after: str, limit: int) -> list[Version]:
        """Return up to `limit` versions that an import replaced and that are to come back, behind a candidate's id."""
        query = select(_met.c.candidate_id, *(_met.c[name] for name in Version._fields[1:]))
        query = query.where(_met.c.import_id == import_id, _met.c.outcome == "updated", _met.c.candidate_id > after)
        return [Version(*row) for row in self._connection.execute(query.order_by(_met.c.candidate_id).limit(limit))]

    def restore(self, versions: Sequence[Version], traces: Mapping[str, Collection[str]], now: datetime) -> None:
        """Bring versions back, with the traces of each. It is a change of today: `updated_at` says so."""
        changed = (*VERSION, "received")
        query = update(candidates).where(candidates.c.id == bindparam("of_id")).values(updated_at=now)
        query = query.values({name: bindparam(f"new_{name}") for name in changed})
        rows = [{"of_id": one.id, **{f"new_{name}": getattr(one, name) for name in changed}} for one in versions]
        self._connection.execute(query, rows)
        self._people.trace(traces, is_new=False)

    def undone(self, import_id: str) -> None:
        """Forget what an import did, but for the candidates that stayed."""
        stay = (*STAYING, LEFT)
        self._connection.execute(delete(_met).where(_met.c.import_id == import_id, _met.c.outcome.not_in(stay)))
        self._pool.pool_changed()

    def stayed(self, import_id: str, limit: int) -> list[Stayed]:
        """Return up to `limit` candidates that stayed when an import was undone, the oldest first."""
        columns = (shown.c.id, shown.c.source, shown.c.external_id, shown.c.name, _met.c.outcome)
        query = select(*columns).join(_met, _met.c.candidate_id == shown.c.id)
        query = query.where(_met.c.import_id == import_id, _met.c.outcome.in_((*STAYING, LEFT)))
        return [Stayed(*row) for row in self._connection.execute(query.order_by(shown.c.number).limit(limit))]

    def count_stayed(self, import_id: str) -> dict[str, int]:
        """Return how many candidates stayed when an import was undone, by reason."""
        query = (
            select(_met.c.outcome, func.count().label("total"))
            .where(_met.c.import_id == import_id)
            .group_by(_met.c.outcome)
        )
        found = {row.outcome: row.total for row in self._connection.execute(query)}
        return {reason: found[reason] for reason in (*STAYING, LEFT) if reason in found}


def _is_later(import_id: str, received: int) -> ColumnElement[bool]:
    """Return whether there is a later word on a candidate than an import's: of a request, or of another import."""
    query = select(1).select_from(_other).join(imports, imports.c.id == _other.c.import_id)
    by_other = query.where(
        _other.c.candidate_id == candidates.c.id,
        _other.c.import_id != import_id,
        or_(imports.c.received > received, _other.c.outcome == "overruled"),
    )
    return or_(candidates.c.received > received, exists(by_other.correlate(candidates)))
