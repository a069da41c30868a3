"""All that a database holds as a part of one file, of the same form whichever database it came from or goes to.

The file is a zip. The main database stands at its top, those of owners in folders of their names: for each
a file of JSON lines for each table, and a manifest: the schema's revision, counters, and for each table its columns,
rows and SHA-256. A part is written from one snapshot, so that work going on meanwhile is in it wholly or not
at all, and restored in one transaction: at the revision it was made at, then brought up to date. SQLite's own backup
and pg_dump would each make a file that only the one database reads, and the latter is a program of its own; this way
a backup also moves from the embedded database to PostgreSQL.
"""

from __future__ import annotations

import hashlib
import json
import os
import re
import zipfile
from base64 import b64decode, b64encode
from collections.abc import Callable, Iterable, Iterator, Mapping
from contextlib import contextmanager
from datetime import datetime
from itertools import islice
from pathlib import Path
from typing import Any, NamedTuple

from sqlalchemy import JSON, Column, Connection, LargeBinary, Table, column, inspect, select, table
from sqlalchemy.types import TypeEngine

from service import storable
from service.owners import MAIN
from service.store import engines
from service.store.bulk import insert_rows
from service.store.errors import BadBackup
from service.store.lines import Lines
from service.store.tables import Moment, audit_head, metadata, revision, versions

FORM = 2
"""The form of our files; 1 had no owners."""

MANIFEST = "manifest.json"
MANIFEST_OF = re.compile(r"^(?:owners/([a-z][a-z0-9_]{0,30})/)?manifest\.json\Z")
ROWS_AT_ONCE = 1_000
QUICK = 1  # of zlib's levels: a higher one makes a file a quarter smaller in three times the time

STANDING = (versions, audit_head)
"""Tables that an empty database has rows in."""

FOUND_CHANGED = "The backup is damaged: {} is not as it was written."


class Kind(NamedTuple):
    """How values of a kind of column are written as JSON and read back, and their type in SQL."""

    write: Callable[[Any], Any]
    read: Callable[[Any], Any]
    type: TypeEngine[Any] | None


def _text(value: bytes) -> str:
    """Return bytes as text: as they are where they are UTF-8, which most are, so that they pack well."""
    try:
        return "=" + value.decode()
    except UnicodeDecodeError:
        return "~" + b64encode(value).decode()


def _bytes(text: str) -> bytes:
    return b64decode(text[1:]) if text[0] == "~" else text[1:].encode()


KINDS = {
    "bytes": Kind(_text, _bytes, LargeBinary()),
    "moment": Kind(datetime.isoformat, datetime.fromisoformat, Moment()),
    "json": Kind(lambda value: value, lambda value: value, JSON(none_as_null=True)),
    # A file of SQLite from before may hold what PostgreSQL does not keep.
    "plain": Kind(lambda value: value, storable.replaced, None),
}


def kind_of(of: Column[Any]) -> str:
    """Return how a column's values are written."""
    types = {LargeBinary: "bytes", Moment: "moment", JSON: "json"}
    return next((kind for type_, kind in types.items() if isinstance(of.type, type_)), "plain")


@contextmanager
def begun(path: Path) -> Iterator[zipfile.ZipFile]:
    """Give a file to write to, which is there wholly or not at all."""
    part = path.with_name(f".{path.name}.part")
    part.unlink(missing_ok=True)
    try:
        # What is in it is people's: for the owner only, from the first byte.
        with os.fdopen(os.open(part, os.O_CREAT | os.O_EXCL | os.O_RDWR, 0o600), "w+b") as file:
            with zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED, compresslevel=QUICK) as archive:
                yield archive
            file.flush()
            os.fsync(file.fileno())
        part.replace(path)
    finally:
        part.unlink(missing_ok=True)


def write(connection: Connection, archive: zipfile.ZipFile, owner: str, secret: str = "") -> dict[str, int]:
    """Write all that a transaction sees, and under which secret its keys are kept; return the rows by table."""
    tables = {of.name: _write_table(connection, archive, owner, of) for of in metadata.sorted_tables}
    manifest = {
        "form": FORM,
        "revision": connection.execute(select(revision)).scalar_one(),
        "counters": {of.name: engines.counter(connection, of) for of in _counted()},
        "tables": tables,
        **({"secret": secret} if secret else {}),
    }
    archive.writestr(_entry(owner, MANIFEST), json.dumps(manifest, indent=1))
    return {name: found["rows"] for name, found in tables.items()}


def _write_table(connection: Connection, archive: zipfile.ZipFile, owner: str, of: Table) -> dict[str, Any]:
    kinds = {one.name: kind_of(one) for one in of.columns}
    write_each = [KINDS[kind].write for kind in kinds.values()]
    query = select(of).order_by(*of.primary_key.columns)
    digest, count = hashlib.sha256(), 0
    with archive.open(_entry(owner, f"{of.name}.ndjson"), "w", force_zip64=True) as file:
        for row in connection.execute(query, execution_options={"yield_per": ROWS_AT_ONCE}):
            values = [None if value is None else turn(value) for turn, value in zip(write_each, row, strict=True)]
            line = json.dumps(values, ensure_ascii=False, separators=(",", ":")).encode() + b"\n"
            digest.update(line)
            count += 1
            file.write(line)
    return {"columns": kinds, "rows": count, "sha256": digest.hexdigest()}


def _entry(owner: str, name: str) -> str:
    return name if owner == MAIN else f"owners/{owner}/{name}"


def _counted() -> list[Table]:
    """Return the tables whose numbers are never given twice, not even after a deletion."""
    return [of for of in metadata.sorted_tables if of.dialect_options["sqlite"]["autoincrement"]]


class Part(NamedTuple):
    """A database in a backup that was read through, and found to be as it was written."""

    archive: zipfile.ZipFile
    owner: str
    manifest: Mapping[str, Any]

    @property
    def secret(self) -> str:
        """Return under which secret the keys in it are kept; empty where the operator keeps that apart."""
        return str(self.manifest.get("secret", ""))


@contextmanager
def opened(path: Path) -> Iterator[dict[str, Part]]:
    """Open a backup and read it through; give its parts by owner. Raise BadBackup where it is none, or damaged."""
    try:
        archive = zipfile.ZipFile(path)
    except (OSError, zipfile.BadZipFile):
        raise BadBackup("The file is not a backup, or only a part of one.") from None
    with archive:
        parts = {owner: Part(archive, owner, _checked(archive, owner)) for owner in _owners(archive)}
        if not parts:
            raise BadBackup("The file is not a backup of this program.")
        yield parts


def _owners(archive: zipfile.ZipFile) -> list[str]:
    found = [MANIFEST_OF.match(name) for name in archive.namelist()]
    return [one[1] or MAIN for one in found if one]


def _checked(archive: zipfile.ZipFile, owner: str) -> Mapping[str, Any]:
    try:
        manifest = json.loads(archive.read(_entry(owner, MANIFEST)))
        form, tables = manifest["form"], manifest["tables"].items()
        if form not in (1, FORM):
            raise BadBackup("The backup was made by a newer version of this program.", code="backup_newer")
        for name, found in tables:
            with archive.open(_entry(owner, f"{name}.ndjson")) as file:
                if hashlib.file_digest(file, "sha256").hexdigest() != found["sha256"]:
                    raise BadBackup(FOUND_CHANGED.format(name))
    except (zipfile.BadZipFile, zipfile.zlib.error, EOFError):
        raise BadBackup(FOUND_CHANGED.format("its content")) from None
    except (KeyError, TypeError, AttributeError, ValueError):
        raise BadBackup("The file is not a backup of this program.") from None
    return manifest


def restore(connection: Connection, part: Part, *, replace: bool) -> dict[str, int]:
    """Put a part of a backup in the place of all that a database holds; return the rows by table.

    Raise BadBackup where the database holds something already, and that is not to be replaced.
    """
    from service.store import migrations  # noqa: PLC0415 - Alembic is slow to import, and only this needs it

    manifest = part.manifest
    migrations.must_know(manifest["revision"])
    version = clear(connection, replace=replace)
    migrations.upgrade(connection, manifest["revision"])
    for name, of in manifest["tables"].items():
        _load_table(connection, part, name, of["columns"])
    for name, number in manifest["counters"].items():
        engines.set_counter(connection, metadata.tables[name], number)
    migrations.upgrade(connection)
    # Above all that either has seen, so that nobody takes what is remembered of one for the other.
    Lines(connection).pool_changed(at_least=version)
    return {name: of["rows"] for name, of in manifest["tables"].items()}


def clear(connection: Connection, *, replace: bool) -> int:
    """Drop our tables, if they are empty or to be replaced; return the version of the pool that was in them."""
    from service.store import migrations  # noqa: PLC0415 - as above

    ours = _ours(connection)
    if ours is None:
        return 0
    migrations.must_know(connection.execute(select(revision)).scalar_one())
    if not replace and is_used(connection):
        raise BadBackup("The database is not empty: --replace puts the backup in its place.", code="store_not_empty")
    version = Lines(connection).pool_version() if versions in ours else 0
    metadata.drop_all(connection, ours)
    revision.drop(connection)
    return version


def is_used(connection: Connection) -> bool:
    """Tell whether a database holds anything."""
    return any(connection.execute(select(of).limit(1)).first() for of in _ours(connection) or () if of not in STANDING)


def _ours(connection: Connection) -> list[Table] | None:
    """Return those of our tables that are there; None where there is no database of ours yet."""
    found = inspect(connection).get_table_names()
    return [of for of in metadata.sorted_tables if of.name in found] if revision.name in found else None


def _load_table(connection: Connection, part: Part, name: str, kinds: Mapping[str, str]) -> None:
    read_each = [KINDS[kind].read for kind in kinds.values()]
    into = table(name, *(column(field, KINDS[kind].type) for field, kind in kinds.items()))
    connection.execute(into.delete())
    with part.archive.open(_entry(part.owner, f"{name}.ndjson")) as file:
        while lines := list(islice(file, ROWS_AT_ONCE)):
            insert_rows(connection, into, [_row(kinds, read_each, line) for line in lines])


def _row(kinds: Iterable[str], read_each: Iterable[Callable[[Any], Any]], line: bytes) -> dict[str, Any]:
    values = zip(kinds, read_each, json.loads(line), strict=True)
    return {name: None if value is None else read(value) for name, read, value in values}
