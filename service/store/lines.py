"""What was worked out of candidates, kept beside them: one small row each, read in one query.

A line is found only while the candidate has the digest it was worked out from, so that no update can leave an old one
behind; with the candidate it is erased.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from typing import Any

from sqlalchemy import Connection, and_, delete, exists, select, update

from service.store.bulk import chunks, insert_values
from service.store.records import LineKept
from service.store.tables import candidates, lines, shown, versions

POOL = "candidates"

_member = candidates.alias("member")


class Lines:
    """The lines of all candidates, within one transaction. `board` names what they were worked out by."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    def pool_version(self) -> int:
        """Return a number that is another one after every change of any candidate."""
        query = select(versions.c.number).where(versions.c.name == POOL)
        return self._connection.execute(query).scalar_one()

    def pool_changed(self, at_least: int = 0) -> None:
        """Say that candidates were created, updated or erased: whoever changes them calls this."""
        number = max(self.pool_version(), at_least) + 1
        self._connection.execute(update(versions).where(versions.c.name == POOL).values(number=number))

    def all(self, board: str) -> Sequence[Any]:
        """Return for every candidate: id, since, until, line; the latter three are None where there is no line."""
        # The line of somebody into whom others were merged hangs on all of them: it is worked out, never found.
        fresh = and_(
            lines.c.number == shown.c.number,
            lines.c.digest == shown.c.digest,
            lines.c.board == board,
            ~exists(select(1).where(_member.c.merged_into == shown.c.id)),
        )
        query = select(shown.c.id, lines.c.since, lines.c.until, lines.c.line)
        query = query.select_from(shown.outerjoin(lines, fresh)).where(shown.c.merged_into.is_(None))
        return self._connection.execute(query).all()

    def save(self, board: str, found: Sequence[LineKept]) -> None:
        """Keep lines in the place of older ones, but those of candidates who have changed since, or are gone."""
        self.add(board, [line for line in found if line.number is not None])
        for chunk in chunks([line for line in found if line.number is None]):
            same = list(self._same({line.id: line for line in chunk}))
            self._connection.execute(delete(lines).where(lines.c.number.in_([line.number for line in same])))
            self.add(board, same)

    def add(self, board: str, found: Iterable[LineKept]) -> None:
        """Keep lines of candidates, by their numbers, who have none."""
        rows = [(line.number, line.digest, board, line.since, line.until, line.line) for line in found]
        insert_values(self._connection, lines, ("number", "digest", "board", "since", "until", "line"), rows)

    def _same(self, found: dict[str, LineKept]) -> Iterator[LineKept]:
        """Yield the lines of candidates who are as they were, with their numbers."""
        query = select(candidates.c.number, candidates.c.id, candidates.c.digest).where(candidates.c.id.in_(found))
        for number, id_, digest in self._connection.execute(query):
            if digest == found[id_].digest:
                yield found[id_]._replace(number=number)
