"""What differs between databases, in one place: how each is opened, begins, and forgets."""

from __future__ import annotations

import os
import sqlite3
import time
from collections.abc import Callable
from contextlib import closing
from pathlib import Path
from threading import Lock
from typing import Any

from sqlalchemy import URL, Connection, Engine, Table, create_engine, event, make_url, text
from sqlalchemy.exc import ArgumentError, SQLAlchemyError

from service.store.errors import StoreDown, cannot_be_made, down, without_values

BUSY_MS = 5_000
PRAGMAS = ("synchronous=FULL", "foreign_keys=ON", "secure_delete=ON")
READERS_KIB, WRITERS_KIB = 2_000, 64_000
"""Memory for pages. Readers are many. There is one writer, and one who imports thousands writes each page once."""

WRITER_LOCK = f"{0x726F6C65}, hashtext(current_schema())"
"""Any number that no other program of the same PostgreSQL database uses, and the schema that is written to."""

QUEUE_LOCK = f"{0x726F6C66}, hashtext(current_schema())"
"""That of those who only put something in line."""

OF_OWNERS = "owner_"
"""How the schemas of owners begin, beside the main one."""

WRONG_SCHEMA = (
    "PostgreSQL answers from the schema {found!r} instead of {wanted}, so one owner would see the data of another. "
    "A connection pooler may have dropped the startup option search_path. Let ROLEFIT_DATABASE_URL name the PostgreSQL "
    "server itself, or a pooler that passes startup options on."
)

DRIVERS = frozenset({"sqlite", "postgres", "postgresql", "postgresql+psycopg"})

_creating = Lock()


def open_engine(address: str, schema: str = "") -> Engine:
    """Return an engine for a database's address. Nothing is opened before its first use.

    `schema`, of PostgreSQL, is where all of it stands; it is created where it is not there.
    """
    url = _parse(address)
    # Errors carry SQL into logs; the values in it are people's.
    engine = create_engine(url, hide_parameters=True, connect_args=_options(url, schema))
    if _is_sqlite(engine):
        event.listen(engine, "do_connect", _create_file)
        event.listen(engine, "connect", _prepare_sqlite)
        event.listen(engine, "begin", _begin_sqlite)
        return engine
    if schema:
        event.listen(engine, "connect", _creating_schema(schema))
    event.listen(engine, "handle_error", without_values, retval=True)
    event.listen(engine, "begin", _beginning(schema))
    return engine


def _options(url: URL, schema: str) -> dict[str, str]:
    """Return what is told PostgreSQL at the start of a connection, beside the options that the address has."""
    own = url.query.get("options", "")
    return {"options": f"{own} -csearch_path={schema}".strip()} if schema else {}


def of_owner(address: str, owner: str) -> tuple[str, str]:
    """Return the address and the schema of an owner's own database, beside the main one."""
    url = _parse(address)
    if url.get_backend_name() != "sqlite":
        return address, f"{OF_OWNERS}{owner}"
    file = Path(url.database or "").parent / "owners" / f"{owner}.db"
    return url.set(database=str(file)).render_as_string(hide_password=False), ""


def _creating_schema(schema: str) -> Callable[[Any, Any], None]:
    def create(connection: Any, _record: Any) -> None:
        with connection.cursor() as cursor:
            cursor.execute(f'CREATE SCHEMA IF NOT EXISTS "{schema}"')
        connection.commit()

    return create


def writer(engine: Engine) -> Engine:
    """Return the engine on which one transaction at a time writes, over all processes."""
    return engine.execution_options(writes=True)


def queuer(engine: Engine) -> Engine:
    """Return the engine whose transactions only put something in line: beside the writer, where that can be."""
    return engine.execution_options(writes=True, queues=not _is_sqlite(engine))


def file_of(engine: Engine) -> Path | None:
    """Return SQLite's file: it has one lock, and even who only puts something in line waits for it."""
    return Path(engine.url.database or "") if _is_sqlite(engine) else None


def make_folder(file: Path) -> None:
    """Create the folder of SQLite's file, for its owner only."""
    for folder in reversed([one for one in file.parents if not one.exists()]):
        folder.mkdir(mode=0o700, exist_ok=True)


def reader(engine: Engine) -> Engine:
    """Return the engine whose transactions see one moment and cannot write."""
    if _is_sqlite(engine):
        return engine
    return engine.execution_options(isolation_level="REPEATABLE READ", postgresql_readonly=True)


def must_exist(engine: Engine) -> None:
    """Raise StoreDown where SQLite's file is gone: connections opened before go on writing to nowhere."""
    if not is_there(engine):
        raise down("store_missing", "The file of the database is missing.")


def is_there(engine: Engine) -> bool:
    """Tell whether there is a file, where the database is one."""
    return not _is_sqlite(engine) or Path(engine.url.database or "").is_file()


def scrub(engine: Engine) -> bool:
    """Take what was deleted out of SQLite's write-ahead log. Return False where that has to wait."""
    if not _is_sqlite(engine):
        return True
    try:
        with closing(engine.raw_connection()) as connection, closing(connection.cursor()) as cursor:
            return _truncate_log(cursor)
    # The transaction before is committed: an error here must not tell its caller that it failed.
    except (sqlite3.Error, SQLAlchemyError, StoreDown):
        return False


def counter(connection: Connection, table: Table) -> int:
    """Return the last number that a table has given, or 0."""
    (column,) = table.primary_key.columns
    if connection.dialect.name == "sqlite":
        query = text("SELECT seq FROM sqlite_sequence WHERE name = :table")
    else:
        query = text("SELECT pg_sequence_last_value(pg_get_serial_sequence(:table, :column)::regclass)")
        query = query.bindparams(column=column.name)
    return connection.execute(query, {"table": table.name}).scalar() or 0


def set_counter(connection: Connection, table: Table, number: int) -> None:
    """Let a table give the numbers after this one."""
    (column,) = table.primary_key.columns
    if not number:
        return
    if connection.dialect.name == "sqlite":
        connection.execute(text("DELETE FROM sqlite_sequence WHERE name = :table"), {"table": table.name})
        query = text("INSERT INTO sqlite_sequence (name, seq) VALUES (:table, :number)")
    else:
        query = text("SELECT setval(pg_get_serial_sequence(:table, :column), :number)").bindparams(column=column.name)
    connection.execute(query, {"table": table.name, "number": number})


def _truncate_log(cursor: Any) -> bool:
    # A deletion does not wait for a long export: whoever ends next tries again.
    cursor.execute("PRAGMA busy_timeout=0")
    try:
        is_blocked = cursor.execute("PRAGMA wal_checkpoint(TRUNCATE)").fetchone()[0]
        return not is_blocked
    finally:
        cursor.execute(f"PRAGMA busy_timeout={BUSY_MS}")


def _is_sqlite(engine: Engine) -> bool:
    return engine.dialect.name == "sqlite"


def _parse(address: str) -> URL:
    try:
        url = make_url(address)
    except (ArgumentError, ValueError):
        raise down("bad_database", "The address of the database is not understood.") from None
    if url.drivername not in DRIVERS:
        raise down("bad_database", "The database is SQLite or PostgreSQL: postgresql://user:password@host/name.")
    if url.get_backend_name() == "sqlite" and url.database in {None, "", ":memory:"}:
        raise down("bad_database", "The database must be a file: one in memory is another for each thread.")
    # Named without a driver, PostgreSQL is spoken to by ours: SQLAlchemy's own choice differs between versions.
    return url.set(drivername="postgresql+psycopg") if url.drivername in {"postgres", "postgresql"} else url


def _create_file(_dialect: Any, _record: Any, args: list[Any], _options: dict[str, Any]) -> None:
    """Create SQLite's file, for its owner only; the files beside it take over its mode."""
    path = Path(args[0])
    try:
        # Under a lock, and never for a file in use: closing any descriptor of a file drops this
        # process's locks on it, those of SQLite too (https://www.sqlite.org/howtocorrupt.html, 2.2).
        with _creating:
            if not path.exists():
                make_folder(path)
                os.close(os.open(path, os.O_CREAT | os.O_RDWR, 0o600))
    except OSError as error:
        raise cannot_be_made(error) from error


def _prepare_sqlite(connection: sqlite3.Connection, _record: Any) -> None:
    # The driver would begin late, only before writes, and never IMMEDIATE: `_begin_sqlite` does it.
    connection.isolation_level = None
    connection.execute(f"PRAGMA busy_timeout={BUSY_MS}").close()
    _use_wal(connection)
    for pragma in PRAGMAS:
        connection.execute(f"PRAGMA {pragma}").close()


def _use_wal(connection: sqlite3.Connection) -> None:
    """Switch to a write-ahead log; done once in a file's life, when SQLite may be busy without waiting."""
    give_up = time.monotonic() + BUSY_MS / 1000
    while True:
        try:
            connection.execute("PRAGMA journal_mode=WAL").close()
        except sqlite3.OperationalError as error:
            if error.sqlite_errorcode & 0xFF != sqlite3.SQLITE_BUSY or time.monotonic() > give_up:
                raise
            time.sleep(0.01)
        else:
            return


def _begin_sqlite(connection: Connection) -> None:
    options = connection.get_execution_options()
    writes = options.get("writes", False)
    connection.exec_driver_sql(f"PRAGMA query_only={'OFF' if writes else 'ON'}")
    _set_cache(connection, WRITERS_KIB if writes else READERS_KIB)
    connection.exec_driver_sql(f"PRAGMA busy_timeout={BUSY_MS if options.get('waits', True) else 0}")
    # IMMEDIATE: a transaction that reads first and then writes cannot wait for another, it fails.
    connection.exec_driver_sql("BEGIN IMMEDIATE" if writes else "BEGIN")


def _set_cache(connection: Connection, kib: int) -> None:
    if connection.info.get("cache_kib") != kib:
        connection.exec_driver_sql(f"PRAGMA cache_size=-{kib}")
        connection.info["cache_kib"] = kib


def _beginning(schema: str) -> Callable[[Connection], None]:
    def begin(connection: Connection) -> None:
        found, has_turn = connection.exec_driver_sql(_first_query(connection)).one()
        if not _is_right(found, schema):
            # A new connection may be right again: this one was changed, or a pooler gave it to others meanwhile.
            connection.invalidate()
            raise down(
                "store_schema", WRONG_SCHEMA.format(found=found, wanted=repr(schema) if schema else "the main one")
            )
        if not has_turn:
            raise down("store_busy", "The database is busy with other work. Try again in a moment.")

    return begin


def _first_query(connection: Connection) -> str:
    """Return the query that a transaction begins with: in which schema it is, and whether it has its turn to write."""
    options = connection.get_execution_options()
    # As on SQLite one writer at a time: an upsert sees what is there, and cursors come in the order of commits.
    if not options.get("writes", False):
        return "SELECT current_schema(), true"
    if options.get("queues", False):
        return f"SELECT current_schema(), pg_advisory_xact_lock({QUEUE_LOCK}) IS NOT NULL"
    if options.get("waits", True):
        return f"SELECT current_schema(), pg_advisory_xact_lock({WRITER_LOCK}) IS NOT NULL"
    return f"SELECT current_schema(), pg_try_advisory_xact_lock({WRITER_LOCK})"


def _is_right(found: str | None, schema: str) -> bool:
    """Tell whether a schema is the one wanted. The main owner's has no name of ours, but is none of another owner."""
    return found == schema if schema else not (found or "").startswith(OF_OWNERS)
