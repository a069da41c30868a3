"""What people decided: kept as said, in order, never changed. A candidate's go with the candidate."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime
from typing import NamedTuple

from sqlalchemy import Connection, insert, select

from service.store.tables import decisions

IDS_AT_ONCE = 500


class Decision(NamedTuple):
    """One decision on a candidate for a role: a verdict, or points added to or taken from the fit (in hundredths)."""

    candidate_id: str
    role: str
    seniority: str
    what: str
    points: int | None
    reason: str
    note: str | None
    actor: str
    fit: int
    rubric_digest: str
    at: datetime


_all = select(*(decisions.c[name] for name in Decision._fields)).order_by(decisions.c.number)


def add(connection: Connection, decision: Decision) -> None:
    """Keep a decision."""
    connection.execute(insert(decisions).values(decision._asdict()))


def of_candidate(connection: Connection, candidate_id: str) -> list[Decision]:
    """Return all decisions on a candidate, oldest first."""
    return [Decision(*row) for row in connection.execute(_all.where(decisions.c.candidate_id == candidate_id))]


def of_role(connection: Connection, role: str, candidate_ids: Iterable[str]) -> list[Decision]:
    """Return the decisions on candidates for a role, oldest first for each candidate."""
    ids = list(candidate_ids)
    found: list[Decision] = []
    for start in range(0, len(ids), IDS_AT_ONCE):
        chunk = ids[start : start + IDS_AT_ONCE]
        query = _all.where(decisions.c.role == role, decisions.c.candidate_id.in_(chunk))
        found += [Decision(*row) for row in connection.execute(query)]
    return found


def verdicts(connection: Connection, role: str, seniority: str) -> dict[str, Decision]:
    """Return the last verdict on each candidate for a role at a seniority, by the candidate's id."""
    asked = (decisions.c.role == role, decisions.c.seniority == seniority)
    query = _all.where(*asked, decisions.c.what != "adjust")
    return {row.candidate_id: Decision(*row) for row in connection.execute(query)}
