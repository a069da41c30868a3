"""Whose turn it is to write: one thread at a time, and with a file beside the database one process at a time."""

from __future__ import annotations

import fcntl
import os
import time
from contextlib import suppress
from pathlib import Path
from threading import Lock

PAUSE = 0.005
"""Seconds until another process's turn is looked at again."""


class Turn:
    """A turn that is taken and given back. Whoever dies with it has given it back."""

    def __init__(self, file: Path | None = None) -> None:
        self._lock, self._file = Lock(), file
        self._descriptor = -1

    def take(self, patience: float) -> bool:
        """Wait up to so many seconds for the turn; tell whether it came. Raise OSError where its file cannot be."""
        until = time.monotonic() + patience
        if not self._lock.acquire(timeout=patience):
            return False
        has_come = False
        try:
            has_come = self._file is None or self._take_file(self._file, until)
        finally:
            if not has_come:
                self._lock.release()
        return has_come

    def give_back(self) -> None:
        """Let the next one write."""
        if self._descriptor >= 0:
            self._close()
        self._lock.release()

    def _take_file(self, file: Path, until: float) -> bool:
        self._descriptor, has_come = _opened(file), False
        try:
            has_come = _locked(self._descriptor, until)
        finally:
            if not has_come:
                self._close()
        return has_come

    def _close(self) -> None:
        descriptor, self._descriptor = self._descriptor, -1
        try:
            fcntl.flock(descriptor, fcntl.LOCK_UN)  # a process forked meanwhile has it open too, and would keep it
        finally:
            os.close(descriptor)


def _opened(file: Path) -> int:
    is_new = not file.exists()
    descriptor = os.open(file, os.O_RDWR | os.O_CREAT | os.O_CLOEXEC, 0o600)
    if is_new and os.geteuid() == 0:
        # As SQLite does with its own files: else a command of root's would shut a service of somebody else out.
        folder = file.parent.stat()
        with suppress(OSError):
            os.fchown(descriptor, folder.st_uid, folder.st_gid)
    return descriptor


def _locked(descriptor: int, until: float) -> bool:
    while True:
        try:
            fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            if time.monotonic() >= until:
                return False
            time.sleep(PAUSE)
        else:
            return True
