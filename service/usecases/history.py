"""What happened to a candidate, in one line of time: from the records, the decisions on them, and the trail."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from typing import NamedTuple

from service.core.chain import Entry
from service.store.decisions import Decision
from service.store.records import Kept
from service.store.work import Work

LONGEST = dt.timedelta(minutes=10)
"""How long after a record's time its transaction notes down what it did; what is later belongs to another."""

STORING = ("import", "candidates.store")
UNDO = "import.undo"


class Event(NamedTuple):
    """Something that happened.

    `what` is created, updated, restored (by an undo), merged, unmerged, merged_into, taken_out, or decided.
    `name` is the other candidate's where there is one; `file` and `import_id` say which import it came by.
    """

    at: dt.datetime
    what: str
    by: str | None = None
    name: str | None = None
    source: str | None = None
    file: str | None = None
    import_id: str | None = None
    decision: Decision | None = None


def of(work: Work, kept: Kept) -> list[Event]:
    """Return what happened to a candidate and to the records merged into it, the newest first."""
    records = [kept, *kept.members]
    events = [event for one in records for event in _stored(work, one, is_own=one is kept)]
    events += [Event(one.at, "decided", one.actor, decision=one) for r in records for one in work.decisions_on(r.id)]
    events += _merges(work, kept)
    return sorted(events, key=lambda event: event.at, reverse=True)


def _stored(work: Work, one: Kept, *, is_own: bool) -> Iterator[Event]:
    name = None if is_own else one.name or one.external_id
    created = Event(one.created_at, "created", name=name, source=one.source)
    import_id = one.import_id or work.imported.creator(one.id)
    yield _by_import(work, created, import_id) if import_id else _by_whom(work, created)
    if one.updated_at != one.created_at:
        yield _by_whom(work, Event(one.updated_at, "updated", name=name, source=one.source))


def _by_import(work: Work, event: Event, import_id: str) -> Event:
    """Return an event with the import that created the record, and who sent it: the trail knows at its end."""
    by = next((entry.actor for entry in work.audit.about(import_id) if entry.action == "import"), None)
    return event._replace(by=by, import_id=import_id, file=work.get_import(import_id).filename)


def _by_whom(work: Work, event: Event) -> Event:
    """Return an event with who stored the record, and by which import, where the trail knows.

    Whoever writes is alone, and notes it down last: what is first in the trail since then is the doing of the same
    transaction.
    """
    entry = work.audit.first_since(event.at)
    if entry is None or not _did(entry, event):
        return event
    event = event._replace(by=entry.actor, what="restored" if entry.action == UNDO else event.what)
    if entry.action not in ("import", UNDO):
        return event
    return event._replace(import_id=entry.object, file=work.get_import(entry.object).filename)


def _did(entry: Entry, event: Event) -> bool:
    """Tell whether an entry of the trail is of the transaction that an event was in."""
    is_soon = dt.datetime.fromisoformat(entry.at) - event.at <= LONGEST
    if entry.action == UNDO:
        return is_soon and event.what == "updated" and bool(entry.details.get("restored"))
    return is_soon and entry.action in STORING and bool(entry.details.get(event.what))


MERGES = {("merge", True): "merged", ("merge", False): "merged_into", ("unmerge", True): "unmerged"}


def _merges(work: Work, kept: Kept) -> Iterator[Event]:
    """Yield the merges that a candidate had part in, with the other's name while it is known."""
    entries = [entry for entry in work.audit.about(kept.id) if entry.action in ("merge", "unmerge")]
    others = [entry.details["other"] if entry.object == kept.id else entry.object for entry in entries]
    known = work.people.records(others)
    for entry, id_ in zip(entries, others, strict=True):
        other = known.get(id_)
        what = MERGES.get((entry.action, entry.object == kept.id), "taken_out")
        name = (other.name or other.external_id) if other else None
        yield Event(dt.datetime.fromisoformat(entry.at), what, entry.actor, name=name)
