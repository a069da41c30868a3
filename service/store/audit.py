"""The trail: who did what, when, to what. Rows are only ever added; triggers of the database (0009) refuse all else."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from datetime import UTC, datetime
from typing import Any

from sqlalchemy import Connection, Text, insert, or_, select, type_coerce, update

from service.core.chain import START, Entry, Head, seal
from service.store.tables import audit, audit_head

ROWS_AT_ONCE = 1_000


def _details(told: Any) -> Any:
    """Return what an entry tells beside, which SQLite keeps as text; as it stands there, where it is no JSON."""
    try:
        return json.loads(told) if isinstance(told, str) else told
    except ValueError:
        return told


class Audit:
    """The trail, within one transaction. Whoever writes is alone, so that it never forks."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    def add(self, at: datetime, actor: str, action: str, object_: str = "", **details: Any) -> None:
        """Add what was done."""
        head = self.head()
        moment = at.astimezone(UTC).isoformat()
        entry = Entry(head.length + 1, moment, actor, action, object_, details, "")
        sealed = entry._replace(hash=seal(head.hash, entry))
        self._connection.execute(insert(audit).values(sealed._asdict()))
        self._connection.execute(update(audit_head).values(count=sealed.number, hash=sealed.hash))

    def head(self) -> Head:
        """Return how many entries there are, and the hash of the last."""
        row = self._connection.execute(select(audit_head.c.count, audit_head.c.hash)).one_or_none()
        return Head(*row) if row else Head(0, START)

    def entries(self, after: int = 0) -> Iterator[Entry]:
        """Yield all entries behind a number, in order, a thousand in memory at a time."""
        # Details as they stand there: a row that somebody spoilt shall be named, and end nothing.
        columns = [type_coerce(column, Text) if column is audit.c.details else column for column in audit.c]
        query = select(*columns).where(audit.c.number > after).order_by(audit.c.number)
        with self._connection.execute(query, execution_options={"yield_per": ROWS_AT_ONCE}) as rows:
            for row in rows:
                entry = Entry(*row)
                yield entry._replace(details=_details(entry.details))

    def page(self, before: int | None, limit: int, wanted: Mapping[str, str]) -> list[Entry]:
        """Return up to `limit` entries, the newest first, from below a number; `wanted` names actor, action, object."""
        query = select(audit).order_by(audit.c.number.desc()).limit(limit)
        query = query.where(*(audit.c[name] == value for name, value in wanted.items()))
        if before is not None:
            query = query.where(audit.c.number < before)
        return [Entry(*row) for row in self._connection.execute(query)]

    def about(self, id_: str) -> list[Entry]:
        """Return the entries about an object, the oldest first."""
        named = or_(audit.c.object == id_, audit.c.details["other"].as_string() == id_)
        return [Entry(*row) for row in self._connection.execute(select(audit).where(named).order_by(audit.c.number))]

    def first_since(self, at: datetime) -> Entry | None:
        """Return the first entry that is no older than a time. Entries stand in the order of time: look halfway."""
        moment = at.astimezone(UTC).isoformat()
        low, high = 1, self.head().length + 1
        while low < high:
            middle = (low + high) // 2
            when = self._connection.execute(select(audit.c.at).where(audit.c.number == middle)).scalar_one()
            low, high = (low, middle) if when >= moment else (middle + 1, high)
        row = self._connection.execute(select(audit).where(audit.c.number == low)).one_or_none()
        return Entry(*row) if row else None
