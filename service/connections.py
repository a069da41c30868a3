"""Connections that no slow client can exhaust: a gunicorn worker with deadlines, and a most of connections.

A connection takes a thread only after the whole head of a request has arrived; until then it costs a place in the
poller. The thread reads the body and sends the answer under deadlines, and while it does so, it takes no place of those
for work (`whole_bodies`). If all connections are taken, the slowest client that is waited for is cut off.
"""

from __future__ import annotations

import resource
import socket
import time
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager, suppress
from functools import partial
from selectors import EVENT_READ
from types import FrameType
from typing import Any
from weakref import WeakSet

from gunicorn.http import get_parser
from gunicorn.http.errors import NoMoreData
from gunicorn.workers.gthread import STOP_KEEPALIVE_LINGER, TConn, ThreadWorker

MOST_CONNECTIONS = 500
FILES_OF_OUR_OWN = 128
"""Open files left for all that is no connection: databases, logs, files that are read."""

LEAST_RATE = 4096
"""Bytes in a second that a client sends on average once its first seconds are over."""

BLOCK = 64 * 1024
"""Bytes that a client takes in the time that it may pause."""

LONGEST_HEAD = 64 * 1024
HEAD_ENDS = b"\r\n\r\n"


def most_connections() -> int:
    """Return how many connections may be open: each may have a temporary file too."""
    limit, _ = resource.getrlimit(resource.RLIMIT_NOFILE)
    free = MOST_CONNECTIONS if limit == resource.RLIM_INFINITY else (limit - FILES_OF_OUR_OWN) // 2
    return max(min(MOST_CONNECTIONS, free), 16)


class TooSlow(NoMoreData, TimeoutError):  # type: ignore[misc]
    """A client took too long. Gunicorn takes it for a client that went, and closes the connection."""


class Socket(socket.socket):
    """A socket of a client, with deadlines: a most for each pause, and a least average rate for what is received."""

    def __init__(self, connected: socket.socket, patience: float) -> None:
        super().__init__(fileno=connected.detach())
        self._patience = patience
        self.is_awaited = True  # does the service wait for this client?
        self.begin()

    def begin(self) -> None:
        """Begin to count: a request comes."""
        self._began, self._received, self._moved = time.monotonic(), 0, 0

    @property
    def pace(self) -> float:
        """Return the bytes a second since the request began to come; a new one is not slow yet."""
        return (LEAST_RATE + self._moved) / (time.monotonic() - self._began + 0.001)

    def receive_now(self, size: int) -> bytes:
        """Return what has arrived, b"" if the client went. Raise BlockingIOError if nothing is there."""
        data = super().recv(size)
        self._count(len(data))
        return data

    def recv(self, size: int, flags: int = 0) -> bytes:
        """Return the next bytes. Raise TooSlow."""
        until = self._began + self._patience + self._received / LEAST_RATE
        with self._awaited(min(self._patience, until - time.monotonic())):
            data = super().recv(size, flags)
        self._count(len(data))
        return data

    def sendall(self, data: Any, flags: int = 0) -> None:
        """Send all, block by block. Raise TooSlow."""
        view = memoryview(data)
        for at in range(0, len(view), BLOCK):
            with self._awaited(self._patience):
                super().sendall(view[at : at + BLOCK], flags)
            self._moved += BLOCK

    def sendfile(self, file: Any, offset: int = 0, count: int | None = None) -> int:
        """Send a file. Raise TooSlow."""
        with self._awaited(self._patience):
            return super().sendfile(file, offset, count)

    def cut(self) -> None:
        """End the connection: whoever waits for the client is told that it went."""
        with suppress(OSError):
            self.shutdown(socket.SHUT_RDWR)

    def drain(self) -> None:
        """Let the client read the answer to the end: closed with bytes unread, the connection would be reset."""
        self.shutdown(socket.SHUT_WR)
        until = time.monotonic() + self._patience
        while (left := until - time.monotonic()) > 0:
            with self._awaited(min(STOP_KEEPALIVE_LINGER, left)):
                if not super().recv(BLOCK):
                    return

    def close(self) -> None:
        """Close the socket."""
        self.is_awaited = False
        super().close()

    def _count(self, size: int) -> None:
        self._received += size
        self._moved += size

    @contextmanager
    def _awaited(self, seconds: float) -> Iterator[None]:
        """Wait for the client so long. Raise TooSlow."""
        if seconds <= 0:
            raise TooSlow
        self.settimeout(seconds)
        self.is_awaited = True
        try:
            yield
        except TimeoutError:
            raise TooSlow from None
        finally:
            self.is_awaited = False


class Connection(TConn):  # type: ignore[misc]
    """A connection whose requests are collected until their heads are whole."""

    def __init__(self, cfg: Any, connected: Socket, client: Any, server: Any) -> None:
        super().__init__(cfg, connected, client, server)
        self.initialized = self.data_ready = True  # nothing is left for a thread to wait for
        self.parser = get_parser(cfg, connected, client)
        self._head, self.has_head = bytearray(), False

    def receive_head(self) -> bool:
        """Receive what has arrived: `has_head` once a head is whole, or too long. Tell whether the client is there."""
        data = self.sock.receive_now(BLOCK)
        searched = max(0, len(self._head) - len(HEAD_ENDS))
        self._head += data
        self.has_head = self._head.find(HEAD_ENDS, searched) >= 0 or len(self._head) > LONGEST_HEAD
        return bool(data)

    def pass_head(self) -> None:
        """Pass the head on to the parser."""
        self.parser.unreader.unread(bytes(self._head))
        self._head, self.has_head = bytearray(), False

    def close(self, graceful: bool = False) -> None:  # noqa: ARG002, FBT001, FBT002 - the interface of gunicorn
        """Close at once: the thread that answered has let the client read to the end."""
        with suppress(OSError):
            self.sock.close()


class PatientWorker(ThreadWorker):  # type: ignore[misc]
    """A worker whose threads are for requests whose heads have arrived. `patience` is in seconds."""

    patience = 20.0

    def __init__(self, *args: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        self._open: WeakSet[Connection] = WeakSet()

    def get_thread_pool(self) -> ThreadPoolExecutor:
        """Return a thread for each connection there may be; most of them wait for clients."""
        return ThreadPoolExecutor(self.worker_connections)

    def run(self) -> None:
        """Serve until told to stop; then cut off the clients that are still waited for."""
        super().run()
        self._cut_all()

    def handle_quit(self, sig: int, frame: FrameType | None) -> None:
        """Stop at once: no thread goes on waiting for a client.

        The pool of threads is not told, as `ThreadWorker` does it: the signal may come while a request is handed to the
        pool, which then holds the lock that telling it would wait for. It ends with the process.
        """
        self._cut_all()
        super(ThreadWorker, self).handle_quit(sig, frame)

    def _cut_all(self) -> None:
        for conn in list(self._open):
            conn.sock.cut()

    def accept(self, listener: socket.socket) -> None:
        """Accept a connection; if it takes the last place, make room for the next."""
        with suppress(OSError):  # the client went, or no file can be opened now
            connected, client = listener.accept()
            conn = Connection(self.cfg, Socket(connected, self.patience), client, listener.getsockname())
            self.nr_conns += 1
            self._open.add(conn)
            self._await_head(conn)
        if self.nr_conns >= self.worker_connections:
            self._cut_the_slowest()

    def _cut_the_slowest(self) -> None:
        """Cut off the slowest of the clients that are waited for."""
        if awaited := [conn.sock for conn in self._open if conn.sock.is_awaited]:
            min(awaited, key=lambda connected: connected.pace).cut()

    def _await_head(self, conn: Connection) -> None:
        conn.timeout = time.monotonic() + (self.patience if self.alive else STOP_KEEPALIVE_LINGER)
        self.pending_conns.append(conn)
        self.poller.register(conn.sock, EVENT_READ, partial(self.on_pending_socket_readable, conn))

    def on_pending_socket_readable(self, conn: Connection, client: Socket) -> None:
        """Take what has arrived of a head; once it is whole, a thread goes on."""
        try:
            is_open = conn.receive_head()
        except BlockingIOError:
            return
        except OSError:
            is_open = False
        if is_open and not conn.has_head:
            return
        self.poller.unregister(client)
        self.pending_conns.remove(conn)
        if conn.has_head:
            self.enqueue_req(conn)
        else:
            self.nr_conns -= 1
            conn.close()

    def on_client_socket_readable(self, conn: Connection, client: Socket) -> None:
        """Take the first of a further request on a connection that was kept."""
        self.poller.unregister(client)
        self.keepalived_conns.remove(conn)
        client.begin()
        self._await_head(conn)
        self.on_pending_socket_readable(conn, client)

    def handle(self, conn: Connection) -> Any:
        """Answer a request whose head is whole. Tell whether the connection is kept."""
        conn.sock.is_awaited = False
        conn.pass_head()
        is_kept = super().handle(conn)
        if is_kept:
            conn.sock.begin()
            conn.sock.is_awaited = True
        else:
            with suppress(OSError):
                conn.sock.drain()
        return is_kept

    def _cap_keepalive(self, deadline: float) -> None:
        """Close connections without a request by the deadline: the service stops."""
        super()._cap_keepalive(deadline)
        for conn in self.pending_conns:
            conn.timeout = min(conn.timeout, deadline)
