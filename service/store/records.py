"""What goes in and what comes out: plain tuples that travel between rooms."""

from __future__ import annotations

from datetime import datetime
from typing import Any, Literal, NamedTuple

Outcome = Literal["created", "updated", "unchanged"]


class Record(NamedTuple):
    """A candidate to keep.

    `source` and `key` together say who it is; `key` is the external id, or a digest of the content.
    `digest` is the SHA-256 of all that would change if the candidate changed. `body` is opaque JSON. Records that may
    be of one person share one of their `traces`.
    """

    source: str
    key: str
    external_id: str | None
    name: str | None
    digest: str
    body: bytes
    traces: frozenset[str] = frozenset()


OWN = Record._fields[:-1]
"""What stands in a candidate's own row: all but the traces."""


class Saved(NamedTuple):
    """What became of a record: the candidate's id, created, updated or unchanged, and the body before an update.

    `overruled` says by which later word a record does not count: another version, or an erasure, which leaves no id.
    `number` is that of a candidate who was created just now.
    """

    id: str
    outcome: Outcome
    before: bytes | None = None
    overruled: Literal["stored", "erased"] | None = None
    number: int | None = None


class Kept(NamedTuple):
    """A candidate as kept. Times are aware, in UTC.

    `cursor` rises with each candidate created and is never given twice, not even after a deletion:
    pass the last one seen to `Work.candidates` for those that follow. `merged_into` is the id of the candidate it was
    merged into, `members` are those that were merged into it, and into them. `import_id` is the import that created it.
    """

    id: str
    source: str
    external_id: str | None
    name: str | None
    body: bytes
    created_at: datetime
    updated_at: datetime
    cursor: int
    merged_into: str | None = None
    import_id: str | None = None
    members: tuple[Kept, ...] = ()


class Alike(NamedTuple):
    """Two candidates that share traces, and which."""

    id: str
    other: str
    traces: frozenset[str]


class Body(NamedTuple):
    """A candidate's body, and the digest of its content."""

    digest: str
    body: bytes


class LineKept(NamedTuple):
    """What was worked out of a candidate of this id and digest, and the ticks between which it holds.

    `number` is that of a candidate who was created just now, and has no line yet.
    """

    id: str
    digest: str
    since: int
    until: int
    line: bytes
    number: int | None = None


class StagedRow(NamedTuple):
    """A candidate that was read, at its place among the rows of the file: a record, and its line, still without id.

    `board` names what the line was worked out by.
    """

    place: int
    board: str
    record: Record
    line: LineKept


class ImportKept(NamedTuple):
    """An import as kept: the file it was, how far it is, what was counted, and its report (opaque bytes).

    `received` is its number of receipt once it is done; None where it did not keep what it replaced.
    """

    id: str
    filename: str
    digest: str
    state: str
    counts: dict[str, Any]
    report: bytes
    created_at: datetime
    updated_at: datetime
    received: int | None = None


class MappingKept(NamedTuple):
    """A mapping as kept: what the headers, or letters of columns, of some people's files mean.

    `answers` is what was answered beside the columns, `headers` those of the file that it was answered for.
    """

    name: str
    columns: dict[str, str]
    created_at: datetime
    updated_at: datetime
    answers: dict[str, Any] | None = None
    headers: list[str] | None = None
