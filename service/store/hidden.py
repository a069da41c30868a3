"""Candidates that an import at work brings: kept where they will stay, and seen by nobody before its switch.

Rows of whom nobody has the key are written once, chunk by chunk, as candidates of their import. While that stands in
`hidden` no question finds them, so the switch is the deletion of one row, however long the file is. Only what meets
somebody who is there already waits aside (see store/jobs.py) and is saved at the switch.

Whoever pages through candidates must meet those of an import behind all who came before its switch. So they are
numbered from `base`, far above the last number given, and the switch moves the counter of numbers up to them.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence
from datetime import datetime
from itertools import groupby
from operator import attrgetter
from typing import Any, NamedTuple
from uuid import uuid4

from sqlalchemy import Connection, and_, delete, exists, func, insert, select, update

from service.store.bulk import chunks, insert_values
from service.store.jobs import Jobs
from service.store.lines import Lines
from service.store.people import People
from service.store.receipts import Receipts
from service.store.records import OWN, LineKept, Record, StagedRow
from service.store.tables import candidates, hidden, jobs, lines, staged, traces, versions

NUMBERS = "numbers"
"""The counter of the numbers that candidates were given."""

ROOM = 10**9
"""Numbers left below those of an import, for candidates who come one by one while it is at work."""

# A hidden candidate as the row that was read, where its import is still at work.
_as_read = (
    select(
        hidden.c.import_id,
        (candidates.c.number - hidden.c.base).label("place"),
        *(candidates.c[name] for name in ("id", *OWN)),
        *(lines.c[name] for name in ("board", "since", "until", "line")),
    )
    .select_from(candidates)
    .join(hidden, hidden.c.import_id == candidates.c.import_id)
    .join(jobs, jobs.c.id == hidden.c.import_id)
    .join(lines, lines.c.number == candidates.c.number)
)
_holders = select(
    *(candidates.c[name] for name in ("source", "key", "id", "digest", "received")),
    candidates.c.import_id.in_(select(hidden.c.import_id)).label("is_hidden"),
)
_of_nobody = select(hidden).where(~exists(select(1).where(jobs.c.id == hidden.c.import_id))).limit(1)


def holders(connection: Connection, records: Iterable[Record]) -> list[Any]:
    """Return who has the source and key of a record, seen or hidden: source, key, id, digest, received, is_hidden."""
    keys = defaultdict(set)
    for record in records:
        keys[record.source].add(record.key)
    return [
        row
        for source, of_source in keys.items()
        for chunk in chunks(sorted(of_source))
        for row in connection.execute(_holders.where(candidates.c.source == source, candidates.c.key.in_(chunk)))
    ]


class Brought(NamedTuple):
    """A candidate that an import brings, at its place among the rows of the file."""

    place: int
    id: str
    body: bytes


class Hidden:
    """Who is hidden, and the numbers of all, within one transaction."""

    def __init__(self, connection: Connection, people: People, waiting: Jobs, pool: Lines, receipts: Receipts) -> None:
        self._connection, self._receipts = connection, receipts
        self._people, self._jobs, self._lines = people, waiting, pool

    def numbers(self, count: int) -> range:
        """Return the numbers of so many candidates who are about to be created."""
        self._raise(versions.c.number + count)
        last = self._last()
        return range(last - count + 1, last + 1)

    def put(self, import_id: str, rows: Sequence[StagedRow], now: datetime, received: int) -> list[StagedRow]:
        """Keep rows as candidates of an import, out of everybody's sight.

        Return those whose key somebody has, or had when the import was `received` and was erased since.
        """
        held = holders(self._connection, [row.record for row in rows])
        taken, new, rest = {(row.source, row.key) for row in held}, [], []
        taken |= self._receipts.erased_since(received, [(row.record.source, row.record.key) for row in rows])
        for row in rows:
            identity = (row.record.source, row.record.key)
            (rest if identity in taken else new).append(row)
            taken.add(identity)
        if new:
            self._insert(import_id, {uuid4().hex: row for row in new}, now, received)
        return rest

    def brought(self, import_id: str, after: int, limit: int) -> list[Brought]:
        """Return up to `limit` candidates of an import behind a place, in the order of the file."""
        base = self._base(import_id) or 0
        query = select(candidates.c.number - base, candidates.c.id, candidates.c.body)
        query = query.where(candidates.c.import_id == import_id, candidates.c.number > base + after)
        return [Brought(*row) for row in self._connection.execute(query.order_by(candidates.c.number).limit(limit))]

    def show(self, import_id: str, rows: int) -> int:
        """Let everybody see the candidates of an import of so many rows; return how many they are."""
        base = self._base(import_id)
        if base is None:
            return 0
        self.give_way(self._overtaking(import_id, base))
        own = and_(candidates.c.import_id == import_id, candidates.c.number >= base)
        count = self._connection.execute(select(func.count()).select_from(candidates).where(own)).scalar_one()
        self._connection.execute(delete(hidden).where(hidden.c.import_id == import_id))
        self._raise(base + rows)
        if count:
            self._lines.pool_changed()
        return count

    def give_way(self, ids: Sequence[str]) -> None:
        """Let somebody else have the keys of hidden candidates: what their import says of them waits for its switch."""
        for chunk in chunks(ids):
            for import_id, rows in self._rows(chunk).items():
                self._jobs.stage(import_id, rows)
            self._delete(chunk)

    def clear(self, limit: int) -> bool:
        """Delete up to `limit` candidates whose import came to nothing. Tell whether there was anything to do."""
        left = self._connection.execute(_of_nobody).one_or_none()
        if left is None:
            return False
        own = and_(candidates.c.import_id == left.import_id, candidates.c.number >= left.base)
        ids = self._connection.execute(select(candidates.c.id).where(own).limit(limit)).scalars().all()
        for chunk in chunks(ids):
            self._delete(chunk)
        if len(ids) < limit:
            self._connection.execute(delete(hidden).where(hidden.c.import_id == left.import_id))
        return True

    def _last(self) -> int:
        query = select(versions.c.number).where(versions.c.name == NUMBERS)
        return self._connection.execute(query).scalar_one()

    def _raise(self, number: Any) -> None:
        self._connection.execute(update(versions).where(versions.c.name == NUMBERS).values(number=number))

    def _base(self, import_id: str) -> int | None:
        query = select(hidden.c.base).where(hidden.c.import_id == import_id)
        return self._connection.execute(query).scalar_one_or_none()

    def _new_base(self, import_id: str) -> int:
        """Return the number of an import's first row: above all that were given, or are kept for another import."""
        highest = self._connection.execute(select(func.max(hidden.c.base))).scalar_one() or 0
        base = max(self._last(), highest) + ROOM
        self._connection.execute(insert(hidden).values(import_id=import_id, base=base))
        return base

    def _overtaking(self, import_id: str, base: int) -> Sequence[str]:
        """Return candidates behind a row of their key that waits: whom that row had met was erased before they came."""
        same = and_(candidates.c.source == staged.c.source, candidates.c.key == staged.c.key)
        later = and_(candidates.c.import_id == import_id, candidates.c.number - base > staged.c.place)
        query = select(candidates.c.id).distinct().join(staged, same).where(staged.c.job == import_id, later)
        return self._connection.execute(query).scalars().all()

    def _insert(self, import_id: str, rows: dict[str, StagedRow], now: datetime, received: int) -> None:
        base = self._base(import_id)
        base = self._new_base(import_id) if base is None else base
        names = ("number", "id", "import_id", "created_at", "updated_at", "received", *OWN)
        insert_values(self._connection, candidates, names, [
            (base + row.place, id_, import_id, now, now, received, *row.record[:-1]) for id_, row in rows.items()
        ])  # fmt: skip
        for board, of_board in groupby(rows.values(), attrgetter("board")):
            self._lines.add(board, [row.line._replace(number=base + row.place) for row in of_board])
        self._people.trace({id_: row.record.traces for id_, row in rows.items()}, is_new=True)

    def _rows(self, ids: Sequence[str]) -> dict[str, list[StagedRow]]:
        """Return hidden candidates as the rows that they were read as, by their imports that are still at work."""
        found, own = defaultdict(list), defaultdict(set)
        for trace, id_ in self._connection.execute(
            select(traces.c.trace, traces.c.candidate).where(traces.c.person.in_(ids))
        ):
            own[id_].add(trace)
        for row in self._connection.execute(_as_read.where(candidates.c.id.in_(ids))):
            record = Record(*(getattr(row, name) for name in OWN), frozenset(own[row.id]))
            line = LineKept("", row.digest, row.since, row.until, row.line)
            found[row.import_id].append(StagedRow(row.place, row.board, record, line))
        return found

    def _delete(self, ids: Sequence[str]) -> None:
        self._connection.execute(delete(traces).where(traces.c.person.in_(ids)))
        self._connection.execute(delete(candidates).where(candidates.c.id.in_(ids)))
