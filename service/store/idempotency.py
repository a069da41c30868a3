"""Answers kept under the key that a client gave its request, in the transaction of what the request did.

What is kept of a request is a digest, never the request. An answer that names a person is forgotten with the person:
the key stays, so that a request sent again does not bring an erased candidate back.
"""

from __future__ import annotations

from datetime import datetime
from typing import NamedTuple

from sqlalchemy import Connection, delete, insert, select, update

from service.store.tables import idempotency_keys

_kept = idempotency_keys.c


class Answer(NamedTuple):
    """An answer to give again: `digest` is that of its request, and is empty, as all of it, once forgotten."""

    digest: str
    status: int
    location: str | None
    body: str


FORGOTTEN = Answer("", 0, None, "")


class Answers:
    """The answers of one transaction's moment."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    def find(self, route: str, key: str, since: datetime) -> Answer | None:
        """Return what was answered under a key, unless it was before `since`."""
        query = select(*(_kept[field] for field in Answer._fields))
        query = query.where(_kept.route == route, _kept.key == key, _kept.created_at >= since)
        row = self._connection.execute(query).one_or_none()
        return row and Answer(*row)

    def keep(self, route: str, key: str, answer: Answer, now: datetime) -> None:
        """Keep an answer under a key that has none."""
        values = {"route": route, "key": key, "created_at": now, **answer._asdict()}
        self._connection.execute(insert(idempotency_keys).values(values))

    def sweep(self, before: datetime) -> int:
        """Delete what was kept before a time; return how much it was."""
        return self._connection.execute(delete(idempotency_keys).where(_kept.created_at < before)).rowcount

    def forget(self, id: str) -> None:  # noqa: A002 - the word the records use
        """Empty every answer that names a candidate by id."""
        naming = update(idempotency_keys).where(_kept.body.contains(id, autoescape=True))
        self._connection.execute(naming.values(FORGOTTEN._asdict()))
