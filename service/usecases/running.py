"""How the service runs: is it stopping, has it room on the disk, and for another file to be read."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from threading import BoundedSemaphore, Event

from service.errors import RolefitError

SMALL = 500
"""Rows up to which a table or list is made for everyone who asks; larger ones are bounded in number."""


class TooBusy(RolefitError):
    """As many files are being read, or large tables made, as may be. What was asked may be asked again."""

    status = 503
    exit_code = 69
    code = "too_busy"
    title = "Too busy"


class Running:
    """What the service knows of itself while it runs."""

    def __init__(self, folder: Path = Path(), least_free_bytes: int = 0, parsers: int = 1, downloads: int = 2) -> None:
        self.stopping = Event()
        self.more = Event()  # set when there is more to do
        self._folder, self._least = folder, least_free_bytes
        self._parsers, self._places = parsers, BoundedSemaphore(parsers)
        self._downloads, self._large = downloads, BoundedSemaphore(downloads)

    @contextmanager
    def reading_a_file(self) -> Iterator[None]:
        """Take one of the places for files that are read; each may cost the memory of a parser. Raise TooBusy."""
        # Waiting would hold a thread, and all of them would wait while a lookup could be answered.
        if not self._places.acquire(blocking=False):
            raise TooBusy(f"{self._parsers} files are being read now, the most at once. Send yours again in a moment.")
        try:
            yield
        finally:
            self._places.release()

    @contextmanager
    def making_rows(self, rows: int) -> Iterator[None]:
        """Take one of the places for large tables and lists, if so many rows are large. Raise TooBusy."""
        if rows <= SMALL:
            yield
            return
        if not self._large.acquire(blocking=False):
            raise TooBusy(
                f"{self._downloads} downloads of more than {SMALL} rows are being made now, the most at once. "
                f"Ask again in a moment, or ask for at most {SMALL} rows."
            )
        try:
            yield
        finally:
            self._large.release()

    def free_bytes(self) -> int:
        """Return how much room is left where the data is, or will be."""
        there = next(folder for folder in (self._folder, *self._folder.resolve().parents) if folder.exists())
        return shutil.disk_usage(there).free

    def reasons(self) -> Iterator[dict[str, str]]:
        """Yield why the service should not be asked, apart from its database."""
        if self.stopping.is_set():
            yield {"code": "stopping", "detail": "The service was told to stop, and ends the work at hand."}
        if (free := self.free_bytes()) < self._least:
            yield {"code": "disk_full", "detail": f"{free:,} bytes are left for the data; {self._least:,} are needed."}
