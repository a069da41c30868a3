"""`rolefit serve`: the app under gunicorn, in one process that writes, with threads that answer."""

from __future__ import annotations

import gc
import logging
import signal
from collections.abc import Callable
from dataclasses import replace
from importlib.metadata import version
from pathlib import Path
from types import FrameType
from typing import Any

from flask import Flask
from gunicorn.app.base import BaseApplication
from gunicorn.glogging import Logger

from service.app import build_house, create_app
from service.config import BadSetting, Settings
from service.telling.logs import Bridge, Log
from service.telling.logs import make as make_log
from service.usecases import House, accounts, imports
from service.usecases.houses import Houses
from service.worker import Worker, work

LOOPBACK = ("127.0.0.1", "localhost")
THREADS = 8
GRACE_SECONDS = 30
"""How long work at hand may take once the service is told to stop."""


class Server(BaseApplication):
    """Gunicorn, told everything here: it reads neither files nor the command line."""

    def __init__(self, app: Flask, options: dict[str, Any]) -> None:
        self.app, self.options = app, options
        super().__init__()

    def load_config(self) -> None:
        """Set what was told."""
        for name, value in self.options.items():
            self.cfg.set(name, value)

    def load(self) -> Flask:
        """Return the app."""
        return self.app


def run(
    settings: Settings,
    host: str,
    port: int,
    *,
    data: Path | None,
    samples: bool,
    works: bool = True,
    say: Callable[[str], object],
) -> None:
    """Serve until told to stop; where it `works`, do the jobs too."""
    if data is not None:
        settings = replace(settings, data=data)
    if settings.is_new:
        _must_be_safe(host, has_accounts=False)
    app = create_app(settings)
    house: House = app.extensions["rolefit"]
    _must_be_safe(host, has_accounts=accounts.are_there(house))
    if samples:
        _import_samples(house, say)
    house.store.close()
    log: Log = app.extensions["rolefit.log"]
    say(f"Rolefit listens on http://{host}:{port} (pages of the API: /docs). Stop it with Ctrl-C.")
    options = {
        "bind": f"{host}:{port}",
        "workers": 1,
        "worker_class": "gthread",
        "threads": THREADS,
        "timeout": 60,
        "graceful_timeout": GRACE_SECONDS,
        "control_socket_disable": True,
        **_telling(log, app.extensions["rolefit.houses"], works=works),
    }
    Server(app, options).run()


def _must_be_safe(host: str, *, has_accounts: bool) -> None:
    """Raise BadSetting where others could reach the service and nobody is asked who they are."""
    if host not in LOOPBACK and not has_accounts:
        raise BadSetting(
            f"Rolefit does not listen on {host}: there are no accounts, so anybody who reaches it could read your "
            "candidates. Add a user (`rolefit users add NAME`) or a key (`rolefit keys create NAME`) first, or use "
            "127.0.0.1."
        )


def run_worker(settings: Settings) -> None:
    """Do jobs until told to stop."""
    houses, log = Houses(build_house(settings)), make_log(settings.log)
    running = houses.main.running

    def stop(*_: object) -> None:
        running.stopping.set()
        running.more.set()

    for number in (signal.SIGTERM, signal.SIGINT):
        signal.signal(number, stop)
    log.info("start", version=version("rolefit"))
    work(houses, log)
    houses.close()
    log.info("stop")


def _telling(log: Log, houses: Houses, *, works: bool) -> dict[str, Any]:
    """Return the options by which the server tells what happens in words of ours, and the house that it ends."""
    bridge, worker = Bridge(log), Worker(houses, log)
    logging.getLogger().addHandler(bridge)

    class Quiet(Logger):  # type: ignore[misc]
        """Gunicorn's own log, passed on without its words: they hold paths and headers."""

        def setup(self, cfg: Any) -> None:
            """Put our handler in the place of its own."""
            super().setup(cfg)
            self.error_log.handlers = [bridge]
            for name in ("critical", "error", "warning", "info", "debug", "exception"):
                setattr(self, name, getattr(self.error_log, name))  # so that a record has its caller's place

    return {
        "loglevel": "warning",
        "logger_class": Quiet,
        "when_ready": lambda _: log.info("start", version=version("rolefit"), threads=THREADS),
        "post_worker_init": lambda _: _begin(houses.main, worker if works else None),
        "worker_exit": lambda _server, _process: worker.stop(GRACE_SECONDS),
        "on_exit": lambda _: log.info("stop"),
    }


def _begin(house: House, worker: Worker | None) -> None:
    """Make a process ready: it was just forked."""
    _listen_for_the_end(house)
    settle_memory()
    if worker:
        worker.start()


def settle_memory() -> None:
    """Put what was loaded at the start beyond the collector's reach: to look it all over again took 70 ms each time."""
    gc.collect()
    gc.freeze()


def _listen_for_the_end(house: House) -> None:
    """Say at `/readyz` that the service is told to stop, as long as connections that are open still ask."""
    ends = signal.getsignal(signal.SIGTERM)

    def stop(number: int, frame: FrameType | None) -> None:
        house.running.stopping.set()
        if callable(ends):
            ends(number, frame)

    signal.signal(signal.SIGTERM, stop)


def _import_samples(house: House, say: Callable[[str], object]) -> None:
    """Import the sample candidates; a second time changes nothing."""
    for name, counts in imports.import_samples(house):
        say(f"{name}: {', '.join(f'{count} {of}' for of, count in counts.items() if count and of != 'rows')}")
