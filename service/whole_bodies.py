"""Requests with their whole body: it is read, up to its limit, before any work on the request begins.

The thread that reads may wait for a slow client; a place for work is taken only afterwards. A body that is sent in
chunks is then like one with a Content-Length, whatever route reads it and however. What is wrong with a body is told
to the app, which refuses the request as it refuses others.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from tempfile import SpooledTemporaryFile
from threading import BoundedSemaphore, Lock
from typing import IO, Any

from werkzeug.exceptions import (
    BadRequest,
    HTTPException,
    RequestEntityTooLarge,
    RequestTimeout,
    ServiceUnavailable,
)
from werkzeug.wsgi import get_content_length

FAULT, LIMIT = "rolefit.body_fault", "rolefit.body_limit"
"""Where the app finds what is wrong with the body, an HTTPException, if anything is; and how many bytes it may have."""

AT_WORK = 8
"""Requests that a process works on at once; others wait, their bodies read."""

SMALL_DOWNLOADS = 2
"""Places for downloads beyond those that large ones may take."""

DOWNLOADS = (".xlsx", ".csv")
"""Endings of paths that take places of their own: making a table takes seconds, and others shall not wait for it."""

BLOCK = 64 * 1024
IN_MEMORY = 64 * 1024
"""Bytes of a body that are kept in memory; a larger one goes to a temporary file."""

App = Callable[[dict[str, Any], Callable[..., Any]], Iterable[bytes]]


class WholeBodies:
    """Reads a body, then lets the app answer: at most `AT_WORK` requests at once, and so many downloads beside them.

    `limit` returns how many bytes the body of a request may have, `room` is for all bodies together.
    """

    def __init__(self, app: App, limit: Callable[[dict[str, Any]], int], room: int, large_downloads: int) -> None:
        self._app, self._limit = app, limit
        self._places, self._downloads = BoundedSemaphore(AT_WORK), BoundedSemaphore(large_downloads + SMALL_DOWNLOADS)
        self._lock, self._room = Lock(), room

    def __call__(self, environ: dict[str, Any], start: Callable[..., Any]) -> Iterable[bytes]:
        """Answer a request."""
        environ[LIMIT] = self._limit(environ)
        with self._body(environ) as (body, size, fault):
            environ["wsgi.input"], environ["wsgi.input_terminated"] = body, True
            environ["CONTENT_LENGTH"] = str(size)
            environ.pop("HTTP_TRANSFER_ENCODING", None)
            if fault:
                environ[FAULT] = fault
            with self._downloads if environ["PATH_INFO"].endswith(DOWNLOADS) else self._places:
                return self._app(environ, start)

    @contextmanager
    def _body(self, environ: dict[str, Any]) -> Iterator[tuple[IO[bytes], int, HTTPException | None]]:
        """Give the body with its size, or an empty one and what is wrong with it."""
        with SpooledTemporaryFile(IN_MEMORY) as file:
            size, fault = 0, None
            try:
                for block in _blocks(environ):
                    self._take_room(len(block))
                    size += len(block)
                    _write(file, block)
            except HTTPException as error:
                fault = error
            try:
                if fault:
                    file.truncate(0)
                file.seek(0)
                yield file, 0 if fault else size, fault
            finally:
                self._take_room(-size)

    def _take_room(self, size: int) -> None:
        """Take room for so many bytes, or give it back. Raise ServiceUnavailable if there is not so much."""
        with self._lock:
            if size > self._room:
                raise ServiceUnavailable("There is no room for more large requests now. Send yours again in a moment.")
            self._room -= size


def _blocks(environ: dict[str, Any]) -> Iterator[bytes]:
    """Yield the body block by block. Raise what is wrong with it."""
    length, most = get_content_length(environ), environ[LIMIT]
    if length is None and not environ.get("wsgi.input_terminated"):
        return
    if length is not None and length > most:
        raise RequestEntityTooLarge
    size, wanted = 0, most + 1 if length is None else length
    while size < wanted and (block := _read(environ["wsgi.input"], min(BLOCK, wanted - size))):
        size += len(block)
        yield block
    if size > most:
        raise RequestEntityTooLarge
    if length is not None and size < length:
        raise BadRequest("The body ended before its Content-Length. Send the request again.")


def _read(body: IO[bytes], size: int) -> bytes:
    """Return the next bytes of a body. Raise what is wrong with it."""
    try:
        return body.read(size)
    except TimeoutError:
        raise RequestTimeout("The body came too slowly. Send the request again on a faster connection.") from None
    except Exception as error:
        # Each server has exceptions of its own for a connection that ended and for chunks that are malformed.
        raise BadRequest("The body ended too early or is malformed. Send the request again.") from error


def _write(file: IO[bytes], block: bytes) -> None:
    try:
        file.write(block)
    except OSError:
        raise ServiceUnavailable("There is no room on the disk for the request. Send it again later.") from None
