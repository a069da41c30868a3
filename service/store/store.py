"""The database: opened when first used, brought up to date, read and written in whole transactions."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager, suppress

from sqlalchemy import Connection, Engine

from service.store import engines
from service.store.errors import StoreDown, cannot_be_made, down, explained
from service.store.records import ImportKept, Kept, MappingKept, Record, Saved
from service.store.turns import Turn
from service.store.work import Work

__all__ = ["ImportKept", "Kept", "MappingKept", "Record", "Saved", "Store", "StoreDown", "Work"]

PATIENCE = 30.0  # seconds a writer waits for the others


class Store:
    """Candidates and imports in a database. One Store serves all threads of a process."""

    def __init__(self, url: str, schema: str = "") -> None:
        self._url = url
        self._engine = engines.open_engine(url, schema)
        self._writer = engines.writer(self._engine)
        self._reader = engines.reader(self._engine)
        # Writers queue here, not in SQLite: its waiting is unfair, and before 3.51.3 a checkpoint, which
        # follows a commit outside of SQLite's own lock, could meet another writer and corrupt the file.
        # So those of other processes, commands beside a server, queue here too.
        self._file = engines.file_of(self._engine)
        self._turn = Turn(self._file and self._file.with_name(f"{self._file.name}-turn"))
        self._queuer = engines.queuer(self._engine)
        self._queue = self._turn if self._file else Turn()
        self._owes_scrub = False

    def of(self, owner: str) -> Store:
        """Return the store of an owner: a database of its own, so that no question can reach another's."""
        return Store(*engines.of_owner(self._url, owner))

    def migrate(self) -> None:
        """Create the tables or bring them up to date. Two processes may do this at once.

        No connection stays open, so that a server may fork afterwards.
        """
        # Alembic is slow to import, and only a start needs it.
        from service.store.migrations import upgrade  # noqa: PLC0415

        with explained(), self._writing():
            with self._writer.begin() as connection:
                upgrade(connection)
            # A process killed between a deletion and its checkpoint left the text in the log.
            self._owes_scrub = True
            self._scrub()
        self.close()

    @contextmanager
    def transaction(self, *, keep: bool = True, waits: bool = True) -> Iterator[Work]:
        """Read and write: all of it is kept at the end, or none after any exception, nor unless it is to `keep`.

        One that `waits` not, for who else is writing, raises StoreDown at once.
        """
        writer = self._writer if waits else self._writer.execution_options(waits=False)
        with explained(), self._writing(PATIENCE if waits else 0), self._scrubbed(writer) as work:
            yield work
            if not keep:
                work.undo()

    @contextmanager
    def queueing(self) -> Iterator[Work]:
        """Put something in line, and no more: on PostgreSQL that need not wait for a long transaction to end."""
        with explained(), self._writing(turn=self._queue), self._scrubbed(self._queuer) as work:
            yield work

    @contextmanager
    def reading(self) -> Iterator[Work]:
        """Read one moment of the database, whatever others write meanwhile."""
        with explained():
            with self._reader.begin() as connection:
                yield Work(connection)
            self._scrub_if_free()

    def must_exist(self) -> None:
        """Raise StoreDown where there is no database yet: reading alone shall not make an empty one."""
        engines.must_exist(self._engine)

    def check(self) -> dict[str, str]:
        """Write a row and read it back; return what the database is. Raise StoreDown."""
        engines.must_exist(self._engine)
        with self.transaction() as work:
            schema = work.probe()
        dialect = self._engine.dialect
        version = ".".join(str(part) for part in dialect.server_version_info or ())
        return {"database": dialect.name, "version": version, "schema": schema}

    @contextmanager
    def saving(self) -> Iterator[Connection]:
        """Give one moment of a database to be saved. Raise StoreDown where there is none, or an older one."""
        from service.store import migrations  # noqa: PLC0415 - Alembic is slow to import

        engines.must_exist(self._engine)
        with explained(), self._reader.begin() as connection:
            if Work(connection).revision() != migrations.newest():
                raise down("store_older", "The database is of an older version of this program: start it once first.")
            yield connection

    @contextmanager
    def replacing(self) -> Iterator[Connection]:
        """Give a transaction in which tables go and come; nothing of what went is left on disk."""
        with explained(), self._writing():
            with self._writer.begin() as connection:
                yield connection
            self._owes_scrub = True
            self._scrub()
        self.close()

    def is_used(self) -> bool:
        """Tell whether the database is there and holds anything."""
        from service.store import backup  # noqa: PLC0415 - as above

        if not engines.is_there(self._engine):
            return False
        with explained(), self._reader.begin() as connection:
            return backup.is_used(connection)

    def close(self) -> None:
        """Close all connections; the next use opens others."""
        self._engine.dispose()

    @contextmanager
    def _writing(self, patience: float = PATIENCE, turn: Turn | None = None) -> Iterator[None]:
        turn = turn or self._turn
        if not self._take(turn, patience):
            raise down("store_busy", "The database is busy with other work. Try again in a moment.")
        try:
            yield
        finally:
            turn.give_back()

    def _take(self, turn: Turn, patience: float) -> bool:
        try:
            if self._file:
                engines.make_folder(self._file)
            return turn.take(patience)
        except OSError as error:
            raise cannot_be_made(error) from error

    @contextmanager
    def _scrubbed(self, engine: Engine) -> Iterator[Work]:
        with engine.begin() as connection:
            work = Work(connection)
            yield work
        self._owes_scrub |= work.has_erased
        self._scrub()

    def _scrub(self) -> None:
        if self._owes_scrub:
            self._owes_scrub = not engines.scrub(self._engine)

    def _scrub_if_free(self) -> None:
        # A reader was in the way of a deletion: it is gone now. A writer at work scrubs at its own end.
        if self._owes_scrub:
            with suppress(StoreDown), self._writing(0):
                self._scrub()
