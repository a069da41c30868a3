"""The worker: does the jobs there are, one after another. Inside `rolefit serve`, or apart as `rolefit worker`."""

from __future__ import annotations

import datetime as dt
from threading import Thread

from service.errors import RolefitError
from service.store.errors import StoreDown
from service.telling.logs import Log, told
from service.usecases import House, jobs, rights

PAUSE = 1.0
"""Seconds until a worker looks again whether there is a job that was not told of: another's, whose lease lapsed."""


def work(house: House, log: Log) -> None:
    """Do jobs until told to stop. A job that meets a defect is left to its lease, and to the next try."""
    running = house.running
    swept: dt.date | None = None
    while not running.stopping.is_set():
        if swept != house.today:
            swept = house.today
            _tidy(house, log)
        try:
            found = jobs.run_next(house)
        except StoreDown:
            found = False
        except Exception as error:  # noqa: BLE001 - a worker that ends would leave all other jobs undone
            log.error("defect", **told(error))  # noqa: TRY400 - what is told of an error is chosen
            found = False
        if not found:
            running.more.wait(PAUSE)
            running.more.clear()


def _tidy(house: House, log: Log) -> None:
    """Take away once a day what a crash left behind, and what is kept no longer."""
    try:
        jobs.sweep(house)
        rights.sweep(house, house.retention_days, house.report_days)
    except RolefitError as error:
        log.warning("not swept", **told(error))


class Worker:
    """A worker in a thread of its own."""

    def __init__(self, house: House, log: Log) -> None:
        self._house = house
        self._thread = Thread(target=work, args=(house, log), name="rolefit-worker", daemon=True)

    def start(self) -> None:
        """Begin."""
        self._thread.start()

    def stop(self, patience: float) -> None:
        """End at the end of a chunk; the switch of a job is waited for."""
        self._house.running.stopping.set()
        self._house.running.more.set()
        self._thread.join(patience)
