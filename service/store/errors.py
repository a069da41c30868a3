"""What the database says when it cannot, in sentences without SQL, values or paths."""

from __future__ import annotations

import errno
from collections.abc import Iterator
from contextlib import contextmanager

from sqlalchemy import Dialect, exc
from sqlalchemy.engine import ExceptionContext

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
UNREACHED = ("store_down", "The database cannot be reached. Is it running, and is its address right?")
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
NO_PLACE = ("store_down", "The database cannot be created where it should be.")
SENTENCES_OF_FILES = {errno.EACCES: SENTENCES[8], errno.EROFS: SENTENCES[8], errno.ENOSPC: SENTENCES[13]}
# The same of PostgreSQL: https://www.postgresql.org/docs/current/errcodes-appendix.html
SENTENCES_OF_STATES = {
    "25006": SENTENCES[8],
    "53100": SENTENCES[13],
    "53300": BUSY,
    "55P03": BUSY,
    "58030": SENTENCES[10],
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
        raise down(*_sentence(error.orig)) from error


def cannot_be_made(error: OSError) -> StoreDown:
    """Return what is told where a file of ours cannot be created or opened."""
    return down(*SENTENCES_OF_FILES.get(error.errno or 0, NO_PLACE))


def _sentence(error: object) -> tuple[str, str]:
    """Return the code and the sentence for what a driver says."""
    primary_code, state = getattr(error, "sqlite_errorcode", 0) & 0xFF, getattr(error, "sqlstate", None)
    if not primary_code and state is None:
        return UNREACHED
    return SENTENCES.get(primary_code) or SENTENCES_OF_STATES.get(state or "", UNKNOWN)


def without_values(context: ExceptionContext) -> exc.SQLAlchemyError | None:
    """Return an error of PostgreSQL without the row that it quotes: a person's values do not belong in a log."""
    error = context.original_exception
    if not getattr(error, "diag", None):
        return None
    return quiet(error, context.statement or "", context.dialect)


def quiet(error: BaseException, statement: str, dialect: Dialect) -> exc.SQLAlchemyError:
    """Return a driver's error as SQLAlchemy names it, with the first line of what it says."""
    error.args = (getattr(error.diag, "message_primary", None) or type(error).__name__,)
    base = dialect.loaded_dbapi.Error
    return exc.DBAPIError.instance(statement, None, error, base, hide_parameters=True, dialect=dialect)


def down(code: str, detail: str) -> StoreDown:
    """Return a StoreDown of that code and sentence."""
    return StoreDown(detail, code=code)
