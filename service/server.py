"""`rolefit serve`: the app under gunicorn, in one process that writes, with threads that answer."""

from __future__ import annotations

import gc
import ipaddress
import logging
import os
import signal
import socket
from collections.abc import Callable
from dataclasses import replace
from importlib.metadata import version
from pathlib import Path
from types import FrameType
from typing import Any

from flask import Flask
from gunicorn.app.base import BaseApplication
from gunicorn.glogging import Logger
from gunicorn.util import is_ipv6

from service.app import build_house, create_app
from service.config import BadSetting, Settings
from service.connections import PatientWorker, most_connections
from service.errors import RolefitError
from service.telling.logs import Bridge, Log, told
from service.usecases import House, accounts, imports
from service.usecases.houses import Houses
from service.whole_bodies import AT_WORK
from service.worker import Worker, work

LOOPBACK = ("127.0.0.1", "localhost")
GRACE_SECONDS = 30
"""How long work at hand may take once the service is told to stop."""


INHERITED = {"GUNICORN_FD", "LISTEN_FDS"}
"""Variables that say that a socket is there already: of a server that hands over, or of systemd."""


class CannotListen(RolefitError):
    """The address is taken, is not of this machine, or may not be listened on."""

    exit_code = 69
    code = "cannot_listen"
    title = "Rolefit cannot listen"


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
    host = host.strip("[]")
    if settings.is_new:
        _must_be_safe(host, has_accounts=False)
    _must_be_free(host, port)
    app = create_app(settings)
    house: House = app.extensions["rolefit"]
    _must_be_safe(host, has_accounts=accounts.are_there(house))
    log: Log = app.extensions["rolefit.log"]
    if samples:
        _import_samples(house, log, say)
    house.store.close()
    address = f"[{host}]:{port}" if ":" in host else f"{host}:{port}"

    def begun(_: object) -> None:
        say(f"Rolefit listens on http://{address} (pages of the API: /docs). Stop it with Ctrl-C.")
        log.info("start", version=version("rolefit"), threads=AT_WORK)

    options = {
        "bind": address,
        "when_ready": begun,
        "workers": 1,
        "worker_class": type("Worker", (PatientWorker,), {"patience": float(settings.request_seconds)}),
        "threads": AT_WORK,
        "worker_connections": most_connections(),
        "timeout": 60,
        "graceful_timeout": GRACE_SECONDS,
        "control_socket_disable": True,
        **_telling(log, app.extensions["rolefit.houses"], works=works),
    }
    Server(app, options).run()


def _must_be_safe(host: str, *, has_accounts: bool) -> None:
    """Raise BadSetting where others could reach the service and nobody is asked who they are, or nobody could."""
    if _is_loopback_of_ipv6(host):
        raise BadSetting(
            f"Rolefit does not listen on {host}: it checks which host a request names, and that check knows no "
            "addresses of IPv6, so every request would be refused. Use 127.0.0.1."
        )
    if host not in LOOPBACK and not has_accounts:
        raise BadSetting(
            f"Rolefit does not listen on {host}: there are no accounts, so anybody who reaches it could read your "
            "candidates. Add a user (`rolefit users add NAME`) or a key (`rolefit keys create NAME`) first, or use "
            "127.0.0.1."
        )


def _is_loopback_of_ipv6(host: str) -> bool:
    try:
        return ":" in host and ipaddress.ip_address(host).is_loopback
    except ValueError:
        return False


def _must_be_free(host: str, port: int) -> None:
    """Raise CannotListen where the address cannot be had: gunicorn tries for seconds, and says it in its log alone."""
    if INHERITED & os.environ.keys():
        return
    family = socket.AF_INET6 if is_ipv6(host) else socket.AF_INET
    try:
        with socket.socket(family, socket.SOCK_STREAM) as probe:
            probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)  # as gunicorn does: the last run is no obstacle
            probe.bind((host, port))
    except (OSError, TypeError) as error:  # TypeError: a name that no encoding of names of hosts takes
        reason = getattr(error, "strerror", None) or "that is no name of a host"
        raise CannotListen(f"Port {port} of {host} cannot be had: {reason}.") from None


def run_worker(settings: Settings) -> None:
    """Do jobs until told to stop."""
    houses = Houses(build_house(settings))
    log, running = houses.main.log, houses.main.running

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


def _import_samples(house: House, log: Log, say: Callable[[str], object]) -> None:
    """Import the sample candidates, and say what happened to each file; a second time changes nothing."""
    for sample in imports.import_samples(house):
        say(sample.summary)
        if sample.error is not None and sample.is_defect:
            log.error("defect", **told(sample.error))
