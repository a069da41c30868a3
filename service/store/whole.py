"""All databases of a service as one file: the main one, with accounts, and those of all owners; or that of one."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from contextlib import closing, contextmanager
from datetime import datetime
from pathlib import Path
from zipfile import ZipFile

from service.errors import NotFound
from service.owners import MAIN
from service.store import backup, migrations
from service.store.accounts import Accounts
from service.store.errors import BadBackup, StoreDown
from service.store.store import Store

Rows = dict[str, dict[str, int]]
"""The rows by owner and table."""

NOT_THERE = ("store_missing", "store_empty")
"""What an owner's database is until somebody first asks for it."""


def save(main: Store, path: Path, *, owner: str | None = None, secret: str = "") -> Rows:
    """Write all that is committed now to a file, whatever others write meanwhile; return the rows.

    Each database is of one moment. Raise NotFound where there is no such owner.
    """
    # Before the main database is read: so nobody is saved whose owner is not.
    owners = _owners(main)
    if owner not in (None, MAIN, *owners):
        raise NotFound(f"There is no owner {owner!r}.", code="unknown_owner")
    rows: Rows = {}
    with backup.begun(path) as archive:
        for one in [MAIN, *owners] if owner is None else [owner]:
            _save(main, one, archive, secret, rows)
    return rows


def _owners(main: Store) -> list[str]:
    with main.saving() as connection:
        return Accounts(connection).owners()


def _save(main: Store, owner: str, archive: ZipFile, secret: str, rows: Rows) -> None:
    try:
        with _of(main, owner) as store, store.saving() as connection:
            rows[owner] = backup.write(connection, archive, owner, secret if owner == MAIN else "")
    except StoreDown as error:
        if owner == MAIN or error.code not in NOT_THERE:
            raise


def restore(
    main: Store, path: Path, now: datetime, *, owner: str | None = None, replace: bool = False
) -> tuple[Rows, str]:
    """Put back all that a file holds, or one owner's; return the rows, and the secret of the keys among them.

    Each database is empty or to be replaced, and comes back wholly or not at all; the main one, which opens the doors,
    comes last. Raise BadBackup, before anything is changed, where something speaks against it.
    """
    with backup.opened(path) as found:
        parts = {name: part for name, part in found.items() if owner in (None, name)}
        if not parts:
            raise BadBackup(f"There is nothing of {owner!r} in the backup.", code="unknown_owner")
        for part in parts.values():
            migrations.must_know(part.manifest["revision"])
        if not replace:
            _must_be_free(main, parts)
        if owner is None and MAIN in parts:
            _clear(main, set(_known(main)) - set(parts))
        rows = {name: _put_back(main, parts[name], replace=replace) for name in parts if name != MAIN}
        if MAIN in parts:
            rows[MAIN] = _put_back(main, parts[MAIN], replace=replace)
            return rows, parts[MAIN].secret
        _admit(main, parts, now)
        return rows, ""


def _must_be_free(main: Store, owners: Iterable[str]) -> None:
    for owner in owners:
        with _of(main, owner) as store:
            if store.is_used():
                detail = f"The database of {owner} is not empty: --replace puts the backup in its place."
                raise BadBackup(detail, code="store_not_empty")


def _known(main: Store) -> list[str]:
    """Return the owners of whom there may be something before a restore."""
    if not main.is_used():
        return []
    main.migrate()
    return _owners(main)


def _clear(main: Store, owners: Iterable[str]) -> None:
    """Leave nothing of owners whom the backup does not have: another of that name would find it."""
    for owner in owners:
        with _of(main, owner) as store, store.replacing() as connection:
            backup.clear(connection, replace=True)


def _put_back(main: Store, part: backup.Part, *, replace: bool) -> dict[str, int]:
    with _of(main, part.owner) as store, store.replacing() as connection:
        return backup.restore(connection, part, replace=replace)


def _admit(main: Store, owners: Iterable[str], now: datetime) -> None:
    main.migrate()
    with main.transaction() as work:
        for owner in owners:
            work.accounts.add_owner(owner, now)


@contextmanager
def _of(main: Store, owner: str) -> Iterator[Store]:
    """Give the database of an owner; the main one is its caller's to close."""
    if owner == MAIN:
        yield main
        return
    with closing(main.of(owner)) as store:
        yield store
