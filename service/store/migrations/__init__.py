"""Alembic, without an alembic.ini: the connection is handed over, so that all of an upgrade is one transaction.

A new one, from the top of a checkout: write versions/000N_what_it_does.py by hand, change tables.py with it,
and tests/store/test_migrations.py says whether the two agree.
"""

from __future__ import annotations

from functools import cache

from alembic import command
from alembic.config import Config
from alembic.migration import MigrationContext
from alembic.script import ScriptDirectory
from alembic.util import CommandError
from sqlalchemy import Connection

from service.store.errors import StoreDown, down


def upgrade(connection: Connection, to: str = "head") -> None:
    """Bring the schema to a revision, the newest by default. Raise StoreDown where it is newer than this program."""
    if to == "head" and MigrationContext.configure(connection).get_current_revision() == newest():
        return
    config = _config()
    config.attributes["connection"] = connection
    try:
        command.upgrade(config, to)
    except CommandError as error:
        raise _newer() from error


def must_know(revision: str) -> None:
    """Raise StoreDown for a revision that this program does not know."""
    try:
        ScriptDirectory.from_config(_config()).get_revision(revision)
    except CommandError as error:
        raise _newer() from error


@cache
def newest() -> str:
    """Return the revision that this program works with."""
    return str(ScriptDirectory.from_config(_config()).get_current_head())


def _config() -> Config:
    config = Config()
    config.set_main_option("script_location", __name__.replace(".migrations", ":migrations"))
    return config


def _newer() -> StoreDown:
    return down("store_newer", "The database was made by a newer version of this program.")
