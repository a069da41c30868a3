"""The worker: does the jobs there are, of every owner in turn. Inside `rolefit serve`, or apart as `rolefit worker`."""

from __future__ import annotations

from threading import Thread

from service.errors import RolefitError
from service.owners import MAIN
from service.store.errors import StoreDown
from service.telling.logs import Log, told
from service.usecases import House, jobs, rights
from service.usecases.houses import Houses

PAUSE = 1.0
"""Seconds until a worker looks again whether there is a job that was not told of: another's, whose lease lapsed."""


def work(houses: Houses, log: Log) -> None:
    """Do jobs until told to stop. A job that meets a defect is left to its lease, and to the next try."""
    main, swept = houses.main, None
    while not main.running.stopping.is_set():
        is_new_day, swept = swept != main.today, main.today
        if not _round(houses, log, everywhere=is_new_day):
            main.running.more.wait(PAUSE)
            main.running.more.clear()


def _round(houses: Houses, log: Log, *, everywhere: bool) -> bool:
    """Do one job of each owner, so that nobody waits for all that another sent. Tell whether there was one.

    A database is opened only where a file waits, or `everywhere`: to tidy, and to end jobs whose file is gone.
    """
    done = [
        _serve(houses, owner, log, tidy=everywhere)
        for owner in _owners(houses, log)
        if everywhere or jobs.wait_in(houses.folder_of(owner))
    ]
    return any(done)


def _owners(houses: Houses, log: Log) -> list[str]:
    """Return all owners, those too who came since; where the main database is away, only the main one."""
    try:
        return houses.owners()
    except RolefitError as error:
        log.warning("owners not known", **told(error))
        return [MAIN]


def _serve(houses: Houses, owner: str, log: Log, *, tidy: bool) -> bool:
    """Do the oldest job of an owner. What goes wrong there is no other owner's."""
    if houses.main.running.stopping.is_set():
        return False
    try:
        house = houses.of(owner)
        if tidy:
            _tidy(house, log)
        return jobs.run_next(house)
    except StoreDown:
        return False
    except Exception as error:  # noqa: BLE001 - a worker that ends would leave all other jobs undone
        log.error("defect", **told(error))  # noqa: TRY400 - what is told of an error is chosen
        return False


def _tidy(house: House, log: Log) -> None:
    """Take away once a day what a crash left behind, and what is kept no longer."""
    try:
        jobs.sweep(house)
        rights.sweep(house, house.retention_days, house.report_days)
    except RolefitError as error:
        log.warning("not swept", **told(error))


class Worker:
    """A worker in a thread of its own."""

    def __init__(self, houses: Houses, log: Log) -> None:
        self._running = houses.main.running
        self._houses, self._log = houses, log
        self._thread: Thread | None = None

    def start(self) -> None:
        """Begin. The thread is made here, after the server forked: some Pythons (3.13.0) start none made before."""
        self._thread = Thread(target=work, args=(self._houses, self._log), name="rolefit-worker", daemon=True)
        self._thread.start()

    def stop(self, patience: float) -> None:
        """End at the end of a chunk; the switch of a job is waited for."""
        self._running.stopping.set()
        self._running.more.set()
        if self._thread is not None:  # `serve --no-worker` never starts it
            self._thread.join(patience)
