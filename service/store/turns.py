"""Whose turn it is to write: one thread at a time, and with a file beside the database one process at a time."""

from __future__ import annotations

import fcntl
import os
import time
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
        try:
            has_come = self._file is None or self._take_file(self._file, until)
        except OSError:
            self._lock.release()
            raise
        if not has_come:
            self._lock.release()
        return has_come

    def give_back(self) -> None:
        """Let the next one write."""
        if self._descriptor >= 0:
            os.close(self._descriptor)
            self._descriptor = -1
        self._lock.release()

    def _take_file(self, file: Path, until: float) -> bool:
        descriptor = os.open(file, os.O_RDWR | os.O_CREAT | os.O_CLOEXEC, 0o600)
        while True:
            try:
                fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
            except BlockingIOError:
                if time.monotonic() >= until:
                    os.close(descriptor)
                    return False
                time.sleep(PAUSE)
            else:
                self._descriptor = descriptor
                return True
