"""The order in which things were received: what was received later counts, also where it was done earlier.

A file of candidates may wait for hours. Whoever was stored or erased meanwhile was so by a later word than the file's.
The order is a counter of the database, so no clock has a part in it. An erasure is remembered, by a digest, as long as
a file waits that was received before it.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterable
from typing import Any

from sqlalchemy import Connection, delete, func, select, update

from service.store.bulk import chunks, insert_rows
from service.store.tables import candidates, erased, jobs, versions

COUNTER = "received"
LAST_ERASURE = "erased"
"""The names of the numbers given last: of what was received, and of an erasure."""


class Receipts:
    """What was received when, within one transaction."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    def next(self) -> int:
        """Return the number of what is received now: above all that were given."""
        own = versions.c.name == COUNTER
        self._connection.execute(update(versions).where(own).values(number=versions.c.number + 1))
        return self._connection.execute(select(versions.c.number).where(own)).scalar_one()

    def erase(self, ids: Iterable[str]) -> None:
        """Remember that candidates are erased now, where a file that was received before may name them."""
        now = self.next()
        self._connection.execute(update(versions).where(versions.c.name == LAST_ERASURE).values(number=now))
        if self._connection.execute(select(jobs.c.id).limit(1)).one_or_none() is None:
            return
        query = select(candidates.c.source, candidates.c.key)
        for chunk in chunks(list(ids)):
            rows = self._connection.execute(query.where(candidates.c.id.in_(chunk))).all()
            digests = [_digest(row.source, row.key) for row in rows]
            self._connection.execute(delete(erased).where(erased.c.digest.in_(digests)))
            insert_rows(self._connection, erased, [{"digest": digest, "received": now} for digest in digests])

    def is_erased_since(self, received: int) -> bool:
        """Tell whether anyone was erased by a later word; who it was is known only where a file waits."""
        last = select(versions.c.number).where(versions.c.name == LAST_ERASURE)
        return self._connection.execute(last).scalar_one() > received

    def erased_since(self, received: int, identities: Iterable[tuple[str, str]]) -> set[tuple[str, str]]:
        """Return those of sources and keys whose candidate was erased by a later word."""
        found: set[tuple[str, str]] = set()
        if self._connection.execute(select(erased.c.digest).limit(1)).one_or_none() is None:
            return found
        by_digest = {_digest(*identity): identity for identity in identities}
        later = select(erased.c.digest).where(erased.c.received > received)
        for chunk in chunks(sorted(by_digest)):
            rows = self._connection.execute(later.where(erased.c.digest.in_(chunk))).scalars()
            found |= {by_digest[digest] for digest in rows}
        return found

    def confirm(self, ids: Iterable[str], received: int, *, always: bool = False) -> None:
        """Keep that candidates are as was said just now: `always`, or where a file waits that was received before."""
        first = self._connection.execute(select(func.min(jobs.c.received))).scalar_one()
        if not always and (first is None or first >= received):
            return
        for chunk in chunks(sorted(ids)):
            older = (candidates.c.id.in_(chunk), candidates.c.received < received)
            self._connection.execute(update(candidates).where(*older).values(received=received))

    def forget(self) -> None:
        """Forget the erasures that no waiting file was received before."""
        first: Any = select(func.min(jobs.c.received)).scalar_subquery()
        self._connection.execute(delete(erased).where(first.is_(None) | (erased.c.received < first)))


def _digest(source: str, key: str) -> str:
    return hashlib.sha256(f"{len(source)}:{source}{key}".encode(errors="surrogatepass")).hexdigest()
