"""Alembic, without an alembic.ini: the connection is handed over, so that all of an upgrade is one transaction.

A new one, from the top of a checkout: write versions/000N_what_it_does.py by hand, change tables.py with it,
and tests/store/test_migrations.py says whether the two agree.
"""

from __future__ import annotations

from alembic import command
from alembic.config import Config
from alembic.util import CommandError
from sqlalchemy import Connection

from service.store.errors import down


def upgrade(connection: Connection) -> None:
    """Bring the schema to the newest revision. Raise StoreDown where it is newer than this program."""
    config = Config()
    config.set_main_option("script_location", __name__.replace(".migrations", ":migrations"))
    config.attributes["connection"] = connection
    try:
        command.upgrade(config, "head")
    except CommandError as error:
        raise down("store_newer", "The database was made by a newer version of this program.") from error
