"""Servers from the terminal: `rolefit serve` and `rolefit worker`."""

from __future__ import annotations

from pathlib import Path

import click

from service import config
from service.cli.common import data_option, settings_of
from service.cli.explaining import explained
from service.cli.terminal import tell


@click.command()
@click.option("--host", default="127.0.0.1", show_default=True, help="Address to listen on.")
@click.option("--port", default=8000, show_default=True, type=click.IntRange(1, 65535))
@data_option
@click.option("--samples", is_flag=True, help="Import the sample candidates (invented people) first.")
@click.option("--no-worker", is_flag=True, help="Leave large imports to `rolefit worker`.")
@explained
def serve(host: str, port: int, data: Path | None, *, samples: bool, no_worker: bool) -> None:
    """Serve the API and its pages."""
    from service import server  # noqa: PLC0415 - Flask is loaded only to serve

    settings = config.from_environment()
    server.run(settings, host, port, data=data, samples=samples, works=not no_worker, say=tell)


@click.command()
@data_option
@explained
def worker(data: Path | None) -> None:
    """Do large imports apart from `rolefit serve`, beside as many others as you like. Needs PostgreSQL."""
    from service import server  # noqa: PLC0415 - as above

    settings = settings_of(data)
    if not settings.database_url.startswith("postgres"):
        raise config.BadSetting("A worker apart needs ROLEFIT_DATABASE_URL to name PostgreSQL: SQLite has one writer.")
    server.run_worker(settings)


COMMANDS = (serve, worker)
