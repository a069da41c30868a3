"""What the database says when it cannot, in sentences without SQL, values or paths."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager

from sqlalchemy import exc

from service.errors import RolefitError


class StoreDown(RolefitError):
    """The database cannot be used now; `code` names why. What was asked was not done, and may be asked again."""

    status = 503
    exit_code = 69
    code = "store_down"
    title = "The database cannot be used now"


class BadBackup(RolefitError):
    """A backup cannot be restored; `code` names why. The database is as it was."""

    exit_code = 65
    code = "bad_backup"
    title = "The backup cannot be restored"


# These mean a mistake in this room or a value it should never have been given: they stay loud.
OURS = (exc.DataError, exc.IntegrityError, exc.NotSupportedError, exc.ProgrammingError)

BUSY = ("store_busy", "The database is busy with other work. Try again in a moment.")
UNKNOWN = ("store_down", "The database does not answer as it should. Its tables may be missing or of another version.")
# SQLite's primary result codes: https://www.sqlite.org/rescode.html
SENTENCES = {
    5: BUSY,
    6: BUSY,
    8: ("store_read_only", "The database cannot be written to."),
    10: ("store_disk", "The disk that holds the database fails to read or write."),
    11: ("store_damaged", "The file of the database is damaged."),
    13: ("store_full", "The disk that holds the database is full."),
    14: ("store_down", "The database cannot be opened."),
    26: ("store_damaged", "The file of the database is damaged, or is not a database."),
}


@contextmanager
def explained() -> Iterator[None]:
    """Turn errors of the database into StoreDown; leave those that are ours."""
    try:
        yield
    except OURS:
        raise
    except exc.TimeoutError as error:
        raise down(*BUSY) from error
    except exc.DBAPIError as error:
        primary_code = getattr(error.orig, "sqlite_errorcode", 0) & 0xFF
        raise down(*SENTENCES.get(primary_code, UNKNOWN)) from error


def down(code: str, detail: str) -> StoreDown:
    """Return a StoreDown of that code and sentence."""
    return StoreDown(detail, code=code)
