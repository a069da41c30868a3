"""What those who run the service must know of it: may it be asked, is it stopping, has it room."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from threading import BoundedSemaphore, Event
from typing import TYPE_CHECKING, Any

from service.errors import RolefitError

if TYPE_CHECKING:
    from service.usecases import House


class NotReady(RolefitError):
    """The service should not be asked now; `errors` has every reason, and `code` is that of the first."""

    status = 503
    exit_code = 69
    code = "not_ready"
    title = "Not ready"


class TooBusy(RolefitError):
    """As many files are being read as may be. What was asked was not done, and may be asked again."""

    status = 503
    exit_code = 69
    code = "too_busy"
    title = "Too busy"


class Running:
    """How the service runs: whether it is told to stop, the disk below it, and room for files that are read."""

    def __init__(self, folder: Path = Path(), least_free_bytes: int = 0, parsers: int = 1) -> None:
        self.stopping = Event()
        self._folder, self._least = folder, least_free_bytes
        self._parsers, self._places = parsers, BoundedSemaphore(parsers)

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


def check(house: House) -> dict[str, Any]:
    """Return what is ready, the database written and read back. Raise NotReady with every reason."""
    reasons = list(house.running.reasons())
    database: dict[str, str] = {}
    try:
        database = house.store.check()
    except RolefitError as error:
        reasons.append({"code": error.code, "detail": error.detail})
    if reasons:
        detail = " ".join(reason["detail"] for reason in reasons)
        raise NotReady(detail, reasons, code=reasons[0]["code"])
    free = house.running.free_bytes()
    return {"status": "ready", "rubrics": len(house.library.rubrics), "free_bytes": free, **database}
