"""What can be asked and done within one transaction."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Container, Iterable, Iterator, Mapping, Sequence
from datetime import datetime
from typing import Any, Literal, NamedTuple
from uuid import uuid4

from sqlalchemy import (
    ColumnElement,
    Connection,
    and_,
    bindparam,
    delete,
    exists,
    func,
    insert,
    inspect,
    literal,
    or_,
    select,
    text,
    update,
)

from service.errors import NotFound
from service.store import decisions
from service.store.accounts import Accounts
from service.store.audit import Audit
from service.store.bulk import chunks, insert_values
from service.store.decisions import Decision
from service.store.errors import down
from service.store.hidden import Hidden, holders
from service.store.idempotency import Answers
from service.store.imported import Imported, people_of
from service.store.jobs import Jobs
from service.store.lines import Lines
from service.store.people import People, all_candidates
from service.store.receipts import Receipts
from service.store.records import OWN, Body, ImportKept, Kept, MappingKept, Record, Saved
from service.store.rubrics import Rubrics
from service.store.snapshots import Snapshots
from service.store.tables import candidates, imports, mappings, probes, revision, shown, traces
from service.store.tables import decisions as decided

ROWS_AT_ONCE = 1_000

# In the order of the fields of ImportKept and MappingKept.
_all_imports = select(*(imports.c[field] for field in ImportKept._fields))
_all_mappings = select(*(mappings.c[field] for field in MappingKept._fields)).order_by(mappings.c.name)
_alone = all_candidates.where(shown.c.merged_into.is_(None))


class Known(NamedTuple):
    """What must be known of a candidate kept already to save it again; its body where that came just before."""

    id: str
    digest: str
    received: int
    body: bytes | None = None


class Plan(NamedTuple):
    """What saving comes to: an answer for each record, and the last word on each candidate to write, by id."""

    saved: list[Saved]
    created: dict[str, Record]
    updated: dict[str, Record]


def plan(
    records: Sequence[Record],
    known: Mapping[tuple[str, str], Known],
    received: int,
    erased: Container[tuple[str, str]] = (),
) -> Plan:
    """Decide what becomes of each record, in order, all of them `received` at once.

    `known` are those that are kept, by source and key; `erased` are those that were erased by a later word.
    """
    result = Plan([], {}, {})
    seen = dict(known)
    for record in records:
        identity = (record.source, record.key)
        before = seen.get(identity)
        if before is None and identity in erased:
            result.saved.append(Saved("", "unchanged", overruled="erased"))
            continue
        if before and before.received > received:
            overruled: Literal["stored"] | None = None if before.digest == record.digest else "stored"
            result.saved.append(Saved(before.id, "unchanged", overruled=overruled))
            continue
        saved = _outcome(record, before)
        if saved.outcome != "unchanged":
            is_new = saved.outcome == "created" or saved.id in result.created
            (result.created if is_new else result.updated)[saved.id] = record
        seen[identity] = Known(saved.id, record.digest, received, record.body)
        result.saved.append(saved)
    return result


def _outcome(record: Record, before: Known | None) -> Saved:
    if before is None:
        return Saved(uuid4().hex, "created")
    if before.digest == record.digest:
        return Saved(before.id, "unchanged")
    return Saved(before.id, "updated", before.body)


class Work:
    """One transaction. Reading and writing, or reading only, as the Store was asked for."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection
        self.lines = Lines(connection)
        self.answers = Answers(connection)
        self.people = People(connection)
        self.jobs = Jobs(connection)
        self.receipts = Receipts(connection)
        self.hidden = Hidden(connection, self.people, self.jobs, self.lines, self.receipts)
        self.imported = Imported(connection, self.people, self.lines)
        self.audit = Audit(connection)
        self.snapshots = Snapshots(connection)
        self.accounts = Accounts(connection)
        self.rubrics = Rubrics(connection)
        self.has_erased = False

    def undo(self) -> None:
        """Keep nothing of this transaction."""
        self._connection.rollback()

    def save_candidates(
        self, records: Sequence[Record], now: datetime, received: int | None = None, import_id: str | None = None
    ) -> list[Saved]:
        """Create or update candidates by source and key; tell of each, in the order given, what became of it.

        A candidate whose digest is the same is left as it is. Of a key given twice the second meets the first. Whom an
        import hides is nobody yet. What was stored or erased by a later word than `received` (default: now) stays so.
        What is done for an import is kept, so that it can be undone.
        """
        received = self.receipts.next() if received is None else received
        identities = [(record.source, record.key) for record in records]
        result = plan(records, self._known(records), received, self.receipts.erased_since(received, identities))
        saved = self._with_bodies(result.saved)
        if import_id is not None:
            self.imported.meet(import_id, saved)
        numbers = self._insert(result.created, now, received, import_id)
        self._update(result.updated, now, received)
        unchanged = {one.id for one in saved if one.outcome == "unchanged"}
        self.receipts.confirm(unchanged, received, always=import_id is None)
        if result.created or result.updated:
            self.lines.pool_changed()
        return [Saved(*one[:-1], numbers.get(one.id)) for one in saved]

    def candidate(self, id: str) -> Kept:  # noqa: A002 - the word the records use
        """Return a candidate, with those that were merged into it. Raise NotFound."""
        row = self._connection.execute(all_candidates.where(shown.c.id == id)).one_or_none()
        if row is None:
            raise _unknown("candidate")
        return Kept(*row, self.people.members(id))

    def ids_of(self, identities: Iterable[tuple[str, str]]) -> dict[tuple[str, str], str]:
        """Return the ids of candidates by source and external id; of those that there are."""
        keys = defaultdict(set)
        for source, external_id in identities:
            keys[source].add(external_id)
        query = select(shown.c.external_id, shown.c.id)
        return {
            (source, external_id): id_
            for source, of_source in keys.items()
            for chunk in chunks(sorted(of_source))
            for external_id, id_ in self._connection.execute(
                query.where(shown.c.source == source, shown.c.external_id.in_(chunk))
            )
        }

    def person(self, id: str) -> Kept:  # noqa: A002 - as above
        """Return a candidate, or the one that it was merged into. Raise NotFound."""
        return self.candidate(self.people.survivor(id))

    def candidates(self, after: int | None, limit: int, import_id: str | None = None) -> list[Kept]:
        """Return up to `limit` candidates, oldest first, from behind the one whose `cursor` is `after`.

        Those that were merged into another are left out, here and in all that follows. With an import only its people.
        """
        query = _alone.where(shown.c.number > (after or 0), *_of_import(import_id)).limit(limit)
        return [Kept(*row) for row in self._connection.execute(query)]

    def decide(self, decision: Decision) -> None:
        """Keep what was decided on a candidate."""
        decisions.add(self._connection, decision)

    def decisions_on(self, candidate_id: str) -> list[Decision]:
        """Return all that was decided on a candidate, oldest first."""
        return decisions.of_candidate(self._connection, candidate_id)

    def decisions_for(self, role: str, candidate_ids: Iterable[str]) -> list[Decision]:
        """Return what was decided on candidates for a role, oldest first."""
        return decisions.of_role(self._connection, role, candidate_ids)

    def verdicts(self, role: str, seniority: str) -> dict[str, Decision]:
        """Return the last verdict on each candidate for a role at a seniority, by the candidate's id."""
        return decisions.verdicts(self._connection, role, seniority)

    def bodies(self, ids: Iterable[str]) -> dict[str, Body]:
        """Return the bodies of candidates, by their id; those that are not there are left out."""
        query = select(shown.c.id, shown.c.digest, shown.c.body)
        found = (self._connection.execute(query.where(shown.c.id.in_(chunk))) for chunk in chunks(list(ids)))
        return {id_: Body(digest, body) for rows in found for id_, digest, body in rows}

    def count_candidates(self, import_id: str | None = None) -> int:
        """Return how many candidates are kept; with an import, how many of its people."""
        counted = select(func.count()).select_from(shown).where(shown.c.merged_into.is_(None), *_of_import(import_id))
        return self._connection.execute(counted).scalar_one()

    def pool(self) -> Iterator[Kept]:
        """Yield all candidates, oldest first, a thousand in memory at a time, and those that were merged."""
        members = self.people.all_members()
        with self._connection.execute(_alone, execution_options={"yield_per": ROWS_AT_ONCE}) as rows:
            for row in rows:
                yield Kept(*row, members.get(row.id, ()))

    def delete_candidate(self, id: str, *, lasts: bool = True) -> None:  # noqa: A002 - as above
        """Erase a candidate, from the files of the database too, with all that was merged into it. Raise NotFound.

        An erasure that `lasts` also counts for what was received before, and is done later.
        """
        if lasts:
            self.receipts.erase([id, *(member.id for member in self.people.members(id))])
        if not self.people.erase(id):
            raise _unknown("candidate")
        self.answers.forget(id)
        self.has_erased = True
        self.lines.pool_changed()

    def sweep_answers(self, before: datetime) -> None:
        """Delete the answers kept under keys before a time, from the files of the database too."""
        self.has_erased |= self.answers.sweep(before) > 0

    def save_import(
        self,
        id: str,  # noqa: A002 - as above
        filename: str,
        digest: str,
        state: str,
        counts: Mapping[str, Any],
        report: bytes,
        now: datetime,
        received: int | None = None,
    ) -> None:
        """Create an import, or bring the one of this id up to date."""
        values = {
            "filename": filename,
            "digest": digest,
            "state": state,
            "counts": dict(counts),
            "report": report,
            "updated_at": now,
            **({} if received is None else {"received": received}),
        }
        if not self._connection.execute(update(imports).where(imports.c.id == id).values(values)).rowcount:
            self._connection.execute(insert(imports).values(id=id, created_at=now, **values))

    def has_import(self, id: str) -> bool:  # noqa: A002 - as above
        """Tell whether there is an import of this id."""
        return self._connection.execute(select(imports.c.id).where(imports.c.id == id)).one_or_none() is not None

    def get_import(self, id: str) -> ImportKept:  # noqa: A002 - as above
        """Return an import. Raise NotFound."""
        row = self._connection.execute(_all_imports.where(imports.c.id == id)).one_or_none()
        if row is None:
            raise _unknown("import")
        return ImportKept(*row)

    def latest_imports(self, count: int, before: str | None = None) -> list[ImportKept]:
        """Return the last imports, the newest first, of those `before` another one; their reports are not read."""
        columns = [
            literal(b"").label("report") if field == "report" else imports.c[field] for field in ImportKept._fields
        ]
        query = select(*columns).order_by(imports.c.created_at.desc(), imports.c.id).limit(count)
        if before is not None:
            at = select(imports.c.created_at).where(imports.c.id == before).scalar_subquery()
            query = query.where(or_(imports.c.created_at < at, and_(imports.c.created_at == at, imports.c.id > before)))
        return [ImportKept(*row) for row in self._connection.execute(query)]

    def look_over(self) -> None:
        """Let PostgreSQL look at what grew in this transaction: it plans by the tables as they were before."""
        if self._connection.dialect.name == "postgresql":
            for table in (candidates, traces):
                self._connection.execute(text(f"ANALYZE {table.name}"))

    def reports(self, before: datetime | None = None) -> Iterator[tuple[str, bytes]]:
        """Yield the reports of imports, of those before a time where one is given, by their ids."""
        query = select(imports.c.id, imports.c.report)
        query = query if before is None else query.where(imports.c.updated_at < before)
        yield from ((id_, report) for id_, report in self._connection.execute(query).all())

    def mend_report(self, id: str, report: bytes) -> None:  # noqa: A002 - as above
        """Put a report in the place of one that named somebody."""
        self._connection.execute(update(imports).where(imports.c.id == id).values(report=report))
        self.has_erased = True

    def untouched(self, since: datetime) -> list[str]:
        """Return the ids of those who stand for themselves, unchanged and undecided since a time."""
        newer = exists(select(1).where(decided.c.candidate_id == shown.c.id, decided.c.at >= since))
        query = select(shown.c.id).where(shown.c.merged_into.is_(None), shown.c.updated_at < since, ~newer)
        return list(self._connection.execute(query).scalars())

    def save_mapping(
        self,
        name: str,
        columns: Mapping[str, str],
        now: datetime,
        answers: Mapping[str, Any] | None = None,
        headers: Sequence[str] | None = None,
    ) -> bool:
        """Create a mapping, or replace the one of this name; tell whether it is new."""
        values = {
            "columns": dict(columns),
            "updated_at": now,
            "answers": dict(answers) if answers else None,
            "headers": None if headers is None else list(headers),
        }
        if self._connection.execute(update(mappings).where(mappings.c.name == name).values(values)).rowcount:
            return False
        self._connection.execute(insert(mappings).values(name=name, created_at=now, **values))
        return True

    def mend_mapping(self, name: str, answers: Mapping[str, Any]) -> None:
        """Put answers in the place of those of a mapping that named a person."""
        self._connection.execute(update(mappings).where(mappings.c.name == name).values(answers=dict(answers)))
        self.has_erased = True

    def has_mapping(self, name: str) -> bool:
        """Tell whether there is a mapping of this name."""
        return self._connection.execute(select(mappings.c.name).where(mappings.c.name == name)).first() is not None

    def mapping(self, name: str) -> MappingKept:
        """Return a mapping. Raise NotFound."""
        row = self._connection.execute(_all_mappings.where(mappings.c.name == name)).one_or_none()
        if row is None:
            raise _unknown("mapping", "name")
        return MappingKept(*row)

    def mappings(self) -> list[MappingKept]:
        """Return all mappings by name."""
        return [MappingKept(*row) for row in self._connection.execute(_all_mappings)]

    def delete_mapping(self, name: str) -> None:
        """Delete a mapping. Raise NotFound."""
        if not self._connection.execute(delete(mappings).where(mappings.c.name == name)).rowcount:
            raise _unknown("mapping", "name")

    def probe(self) -> str:
        """Write a row, read it back and take it away; return the revision of the schema."""
        schema = self.revision()
        token = uuid4().hex
        self._connection.execute(insert(probes).values(token=token))
        self._connection.execute(select(probes).where(probes.c.token == token)).one()
        self._connection.execute(delete(probes).where(probes.c.token == token))
        return schema

    def revision(self) -> str:
        """Return the revision of the schema. Raise StoreDown where there is none."""
        if not inspect(self._connection).has_table(revision.name):
            raise down("store_empty", "The database has no tables yet.")
        return str(self._connection.execute(select(revision)).scalar_one())

    def _known(self, records: Sequence[Record]) -> dict[tuple[str, str], Known]:
        found = holders(self._connection, records)
        self.hidden.give_way([row.id for row in found if row.is_hidden])
        return {(row.source, row.key): Known(row.id, row.digest, row.received) for row in found if not row.is_hidden}

    def _with_bodies(self, saved: list[Saved]) -> list[Saved]:
        """Return what became of records, with the body that was kept before in place of one that will be updated."""
        ids = [one.id for one in saved if one.outcome == "updated" and one.before is None]
        query = select(candidates.c.id, candidates.c.body)
        found = (self._connection.execute(query.where(candidates.c.id.in_(chunk))) for chunk in chunks(ids))
        bodies = {row.id: row.body for rows in found for row in rows}
        return [one._replace(before=one.before or bodies[one.id]) if one.outcome == "updated" else one for one in saved]

    def _insert(
        self, records: Mapping[str, Record], now: datetime, received: int, import_id: str | None
    ) -> dict[str, int]:
        """Create candidates; return their numbers by id."""
        if not records:
            return {}
        numbers = dict(zip(records, self.hidden.numbers(len(records)), strict=True))
        names = ("number", "id", "created_at", "updated_at", "received", "import_id", *OWN)
        rows = [(numbers[id_], id_, now, now, received, import_id, *record[:-1]) for id_, record in records.items()]
        insert_values(self._connection, candidates, names, rows)
        self.people.trace({id_: record.traces for id_, record in records.items()}, is_new=True)
        return numbers

    def _update(self, records: Mapping[str, Record], now: datetime, received: int) -> None:
        if not records:
            return
        changed = ("external_id", "name", "digest", "body")
        query = (
            update(candidates).where(candidates.c.id == bindparam("of_id")).values(updated_at=now, received=received)
        )
        query = query.values({name: bindparam(f"new_{name}") for name in changed})
        self._connection.execute(
            query,
            [
                {"of_id": id_, **{f"new_{name}": getattr(record, name) for name in changed}}
                for id_, record in records.items()
            ],
        )
        self.people.trace({id_: record.traces for id_, record in records.items()}, is_new=False)


def _of_import(import_id: str | None) -> tuple[ColumnElement[bool], ...]:
    return () if import_id is None else (shown.c.id.in_(people_of(import_id)),)


def _unknown(what: str, known_by: str = "id") -> NotFound:
    return NotFound(f"There is no {what} of this {known_by}.", code=f"unknown_{what}")
