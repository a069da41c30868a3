"""One line for each thing that happened, on standard error: JSON, text for a person, or nothing.

An error is told by its type and the places it went through. Its message, its arguments and the variables on the way
may hold what people sent, and so they are never written; those of libraries neither.
"""

from __future__ import annotations

import logging
import sys
import traceback
from contextlib import suppress
from typing import Any, NoReturn

import orjson
import structlog

MOST_CAUSES = 5

SPEAKS_OF_PROCESSES = "arbiter"
"""The one module of the server whose own words are passed on: it knows of workers, and of no request."""

Log = structlog.typing.FilteringBoundLogger


class StandardError:
    """Writes lines. That nobody reads them is no reason to fail a request."""

    def msg(self, line: str) -> None:
        """Write a line at once, so that those of other threads stand before or behind it."""
        with suppress(OSError, ValueError):
            sys.stderr.write(line + "\n")
            sys.stderr.flush()

    info = warning = error = critical = msg


def make(mode: str) -> Log:
    """Return a log that writes `json`, `text`, or nothing where it is `off`."""
    endings = {
        "json": structlog.processors.JSONRenderer(_dump),
        "text": structlog.dev.ConsoleRenderer(colors=False, timestamp_key="time"),
        "off": _drop,
    }
    return structlog.wrap_logger(
        StandardError(),
        processors=[
            structlog.processors.add_log_level,
            structlog.processors.TimeStamper("iso", utc=True, key="time"),
            endings[mode],
        ],
        wrapper_class=structlog.make_filtering_bound_logger(logging.INFO),
    )


def _drop(*_: Any) -> NoReturn:
    raise structlog.DropEvent


def _dump(line: dict[str, Any], **_: Any) -> str:
    return orjson.dumps({name: line[name] for name in ("time", "level", "event")} | line).decode()


def told(error: BaseException) -> dict[str, Any]:
    """Return what may be told of an error: its type and places, and those of its causes."""
    causes = []
    cause = _cause(error)
    while cause is not None and len(causes) < MOST_CAUSES:
        causes.append(_one(cause))
        cause = _cause(cause)
    return {**_one(error), **({"causes": causes} if causes else {})}


def _one(error: BaseException) -> dict[str, Any]:
    kind = type(error)
    return {
        "error": f"{kind.__module__}.{kind.__qualname__}",
        "places": [
            f"{frame.f_globals.get('__name__', '?')}:{line} {frame.f_code.co_name}"
            for frame, line in traceback.walk_tb(error.__traceback__)
        ],
    }


def _cause(error: BaseException) -> BaseException | None:
    return error.__cause__ or error.__context__


class Bridge(logging.Handler):
    """Passes on what libraries log: where it was said, and how bad it is, but not the words."""

    def __init__(self, log: Log) -> None:
        super().__init__(logging.WARNING)
        self._log = log

    def emit(self, record: logging.LogRecord) -> None:
        """Write a line for a record."""
        more = told(record.exc_info[1]) if record.exc_info and record.exc_info[1] else {}
        if record.module == SPEAKS_OF_PROCESSES:
            more["said"] = record.getMessage()
        self._log.log(record.levelno, "library", logger=record.name, place=f"{record.module}:{record.lineno}", **more)
