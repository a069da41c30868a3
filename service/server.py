"""`rolefit serve`: the app under gunicorn, in one process that writes, with threads that answer."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from typing import Any

from flask import Flask
from gunicorn.app.base import BaseApplication

from service import shipped
from service.app import create_app
from service.config import Settings
from service.usecases import House, imports

THREADS = 8


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
    settings: Settings, host: str, port: int, *, data: Path | None, samples: bool, say: Callable[[str], object]
) -> None:
    """Serve until told to stop."""
    if data is not None:
        settings = replace(settings, data=data)
    app = create_app(settings)
    house: House = app.extensions["rolefit"]
    if samples:
        _import_samples(house, say)
    house.store.close()
    say(f"Rolefit listens on http://{host}:{port} (pages of the API: /docs). Stop it with Ctrl-C.")
    options = {
        "bind": f"{host}:{port}",
        "workers": 1,
        "worker_class": "gthread",
        "threads": THREADS,
        "timeout": 60,
        "graceful_timeout": 30,
        "loglevel": "warning",
        "control_socket_disable": True,
    }
    Server(app, options).run()


def _import_samples(house: House, say: Callable[[str], object]) -> None:
    """Import the sample candidates; a second time changes nothing."""
    for path in sorted(shipped.folder("sample_candidates").iterdir()):
        if path.suffix in (".xlsx", ".csv", ".json", ".txt"):
            counts = imports.import_file(house, path, path.name, source="samples")["counts"]
            told = ", ".join(f"{count} {name}" for name, count in counts.items() if count and name != "rows")
            say(f"{path.name}: {told}")
