"""The same person in several records: which may be, which were merged, and how a merge is made and undone.

A merge rewrites no record: it says of one whom it is merged into. So chains form trees, and whoever is taken back
brings along those that had been merged into them.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping
from typing import Any

from sqlalchemy import Connection, and_, bindparam, delete, exists, or_, select, update

from service.errors import Conflict, NotFound
from service.store.bulk import chunks, insert_values
from service.store.records import Alike, Kept
from service.store.tables import candidates, shown, traces

MOST_SHARING = 10
"""Records that may share a trace: what more have is a mailbox, or a name for everybody, and tells of no person."""

# In the order of the fields of Kept.
all_candidates = select(
    shown.c.id,
    shown.c.source,
    shown.c.external_id,
    shown.c.name,
    shown.c.body,
    shown.c.created_at,
    shown.c.updated_at,
    shown.c.number,
    shown.c.merged_into,
    shown.c.import_id,
).order_by(shown.c.number)

_mine, _theirs, _more = traces.alias("mine"), traces.alias("theirs"), traces.alias("more")
_few = ~exists(select(1).where(_more.c.trace == _mine.c.trace).offset(MOST_SHARING).limit(1).correlate(_mine))
_shared = and_(_mine.c.trace == _theirs.c.trace, _mine.c.person != _theirs.c.person)
_is_shown = exists(select(1).where(shown.c.id == _theirs.c.person))
_am_shown = exists(select(1).where(shown.c.id == _mine.c.person))


class People:
    """Who is who, within one transaction."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    # Which may be

    def trace(self, found: Mapping[str, Collection[str]], *, is_new: bool) -> None:
        """Keep the traces of records, by their ids, in place of those that they had."""
        persons = {} if is_new else self._survivors(found)
        if not is_new:
            self._forget({id_: persons.get(id_, id_) for id_ in found})
        # In the order of the index: that is where most of the time goes.
        rows = [
            (trace, id_, persons.get(id_, id_))
            for trace, id_ in sorted((trace, id_) for id_, of_record in found.items() for trace in of_record)
        ]
        insert_values(self._connection, traces, ("trace", "candidate", "person"), rows)

    def alike(self, ids: Collection[str], bringing: str = "") -> list[Alike]:
        """Return who shares traces with candidates that stand for themselves; those of an import `bringing` too."""
        shared: dict[tuple[str, str], set[str]] = defaultdict(set)
        query = select(_mine.c.person, _theirs.c.person, _mine.c.trace).join(_theirs, _shared).where(_few, _is_shown)
        for chunk in chunks(sorted(ids)):
            for mine, theirs, trace in self._connection.execute(
                query.where(_mine.c.person.in_(chunk)), {"bringing": bringing}
            ):
                shared[mine, theirs].add(trace)
        return [Alike(*pair, frozenset(found)) for pair, found in sorted(shared.items())]

    def pairs(self, after: tuple[str, str] | None, limit: int) -> list[tuple[str, str]]:
        """Return up to `limit` pairs of candidates that share traces, by their ids, from behind the pair `after`."""
        first, second = after or ("", "")
        one, two = _mine.c.person, _theirs.c.person
        found = and_(_shared, one < two)
        # First whom to look at, in the order of the index: the pairs of all would have to be sorted for each page.
        ones = select(one).distinct().join(_theirs, found).where(_few, _is_shown, _am_shown, one >= first)
        query = (
            select(one, two)
            .distinct()
            .join(_theirs, found)
            .where(
                _few, _is_shown, one.in_(self._connection.execute(ones.order_by(one).limit(limit + 1)).scalars().all())
            )
            .where(or_(one > first, two > second))
            .order_by(one, two)
            .limit(limit)
        )
        return [(row[0], row[1]) for row in self._connection.execute(query)]

    def heads(self) -> dict[str, tuple[str | None, str | None]]:
        """Return the name and the external id of everyone, by their ids."""
        query = select(shown.c.id, shown.c.name, shown.c.external_id)
        return {id_: (name, external_id) for id_, name, external_id in self._connection.execute(query)}

    def records(self, ids: Iterable[str], bringing: str = "") -> dict[str, Kept]:
        """Return candidates by their ids, without their members; those too whom an import is `bringing`."""
        found = (
            Kept(*row)
            for chunk in chunks(sorted(set(ids)))
            for row in self._connection.execute(all_candidates.where(shown.c.id.in_(chunk)), {"bringing": bringing})
        )
        return {kept.id: kept for kept in found}

    # Which are

    def merge(self, survivor: str, other: str) -> None:
        """Merge a candidate into another. Raise NotFound, or Conflict where one of them is merged already."""
        for id_ in (survivor, other):
            kept = self._row(id_)
            if kept.merged_into is not None:
                into = self._survivors([id_])[id_]
                raise Conflict(f"The candidate {id_} is merged already: it counts for {into}.", code="already_merged")
        if survivor == other:
            raise Conflict("A candidate cannot be merged with itself.", code="same_candidate")
        self._put(other, survivor)
        self._connection.execute(update(traces).where(traces.c.person == other).values(person=survivor))

    def unmerge(self, survivor: str, other: str) -> None:
        """Take a candidate back out of the one it was merged into. Raise NotFound where it was not."""
        self._row(survivor)
        if self._row(other).merged_into != survivor:
            raise NotFound(f"The candidate {other} is not merged into {survivor}.", code="not_merged")
        stood_for = self.survivor(other)
        self._put(other, None)
        records = [other, *(member.id for member in self.members(other))]
        self._connection.execute(
            update(traces).where(_of_record).values(person=other),
            [{"of": record, "counting_for": stood_for} for record in records],
        )

    def members(self, id_: str) -> tuple[Kept, ...]:
        """Return those that were merged into a candidate, and into them, the oldest first."""
        found: list[Kept] = []
        parents = [id_]
        while parents:
            rows = [
                Kept(*row)
                for chunk in chunks(parents)
                for row in self._connection.execute(all_candidates.where(shown.c.merged_into.in_(chunk)))
            ]
            found += rows
            parents = [kept.id for kept in rows]
        return tuple(sorted(found, key=lambda kept: kept.cursor))

    def all_members(self) -> dict[str, tuple[Kept, ...]]:
        """Return all that were merged, by the candidate that they count for."""
        rows = self._connection.execute(all_candidates.where(shown.c.merged_into.is_not(None)))
        merged = {kept.id: kept for kept in (Kept(*row) for row in rows)}
        found: dict[str, list[Kept]] = defaultdict(list)
        for kept in merged.values():
            into = kept
            while into.merged_into in merged:
                into = merged[into.merged_into]
            found[str(into.merged_into)].append(kept)
        return {id_: tuple(members) for id_, members in found.items()}

    def survivor(self, id_: str) -> str:
        """Return the candidate that one counts for: itself, unless it is merged."""
        return self._survivors([id_]).get(id_, id_)

    def erase(self, id_: str) -> bool:
        """Delete a candidate. Tell whether there was one.

        One that stands for itself takes all its records along: they are of one person. One that is merged goes
        alone, and those merged into it stay where it was.
        """
        row = self._connection.execute(select(shown.c.merged_into).where(shown.c.id == id_)).one_or_none()
        if row is None:
            return False
        ids = [id_]
        person = self.survivor(id_)
        if row.merged_into is None:
            ids += [member.id for member in self.members(id_)]
        else:
            moved = update(candidates).where(candidates.c.merged_into == id_).values(merged_into=row.merged_into)
            self._connection.execute(moved)
        self._forget(dict.fromkeys(ids, person))
        for chunk in chunks(ids):
            self._connection.execute(delete(candidates).where(candidates.c.id.in_(chunk)))
        return True

    def _forget(self, persons: Mapping[str, str]) -> None:
        """Delete the traces of records, each with the candidate that it counts for."""
        rows = [{"of": record, "counting_for": person} for record, person in persons.items()]
        self._connection.execute(delete(traces).where(_of_record), rows)

    def _row(self, id_: str) -> Any:
        row = self._connection.execute(select(shown.c.merged_into).where(shown.c.id == id_)).one_or_none()
        if row is None:
            raise NotFound(f"There is no candidate {id_!r}.", code="unknown_candidate")
        return row

    def _put(self, id_: str, into: str | None) -> None:
        self._connection.execute(update(candidates).where(candidates.c.id == id_).values(merged_into=into))

    def _survivors(self, ids: Iterable[str]) -> dict[str, str]:
        """Return whom the merged ones among candidates count for."""
        above: dict[str, str] = {}
        todo = sorted(ids)
        while todo:
            found = {
                row.id: row.merged_into
                for chunk in chunks(todo)
                for row in self._connection.execute(_merged.where(candidates.c.id.in_(chunk)))
            }
            above |= found
            todo = sorted(set(found.values()) - above.keys())
        return {id_: _top(id_, above) for id_ in above}


# By the person first: that is what there is an index for.
_of_record = and_(traces.c.person == bindparam("counting_for"), traces.c.candidate == bindparam("of"))
_merged = select(candidates.c.id, candidates.c.merged_into).where(candidates.c.merged_into.is_not(None))


def _top(id_: str, above: Mapping[str, str]) -> str:
    while id_ in above:
        id_ = above[id_]
    return id_
