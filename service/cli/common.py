"""What the commands share: the rubrics in use, progress, and files that are written."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path
from typing import Any, BinaryIO, TypeVar

import click
import orjson
from rich.console import Console
from rich.progress import Progress, SpinnerColumn, TextColumn

from service import config, rubric_library
from service.cli.explaining import CannotWrite
from service.errors import InvalidInput
from service.intake.draft import Reader
from service.reports.plain import plain
from service.telling import logs

W = TypeVar("W")


data_option = click.option(
    "--data", type=click.Path(file_okay=False, path_type=Path), help="Folder of the embedded database."
)


def settings_of(data: Path | None) -> config.Settings:
    """Return the settings of the environment, for a data folder where one is named."""
    settings = config.from_environment()
    return replace(settings, data=data) if data else settings


own_vocabulary = click.option(
    "--vocabulary",
    type=click.Path(exists=True, dir_okay=False, path_type=Path),
    help="Your own skills and names beside ours; default: ROLEFIT_VOCABULARY.",
)


def rubrics_in_use(vocabulary: Path | None = None) -> rubric_library.Library:
    """Return the rubrics in use, with the user's own vocabulary."""
    settings = config.from_environment()
    return rubric_library.load(settings.rubrics, vocabulary or settings.vocabulary)


@contextmanager
def progress(name: str) -> Iterator[Callable[[], None]]:
    """Show on a terminal how many candidates were read; elsewhere nothing."""
    console = Console(stderr=True)
    # A file's name may hold what looks like markup, or speaks to the terminal.
    columns = (SpinnerColumn(), TextColumn("{task.description}: {task.completed:.0f} candidates read", markup=False))
    with Progress(*columns, console=console, transient=True, disable=not console.is_terminal) as progress:
        task = progress.add_task(plain(name), total=None)
        yield lambda: progress.advance(task)


def chosen(output: Path, writers: Mapping[str, W]) -> W:
    """Return the writer for the ending of a file's name. Raise CannotWrite or InvalidInput where there is none."""
    if not output.parent.is_dir():
        raise CannotWrite(f"There is no folder {output.parent} to write {output.name} to.")
    if output.suffix.lower() not in writers:
        raise InvalidInput(f"{output.name} ends in none of {', '.join(writers)}.", code="unknown_output")
    return writers[output.suffix.lower()]


@contextmanager
def opened(output: Path) -> Iterator[BinaryIO]:
    """Open a file to write. Raise CannotWrite where that is not possible."""
    try:
        with output.open("wb") as file:
            yield file
    except OSError as error:
        raise CannotWrite(f"{output} cannot be written: {error.strerror}.") from None


def as_json_bytes(payload: Any) -> bytes:
    """Return an answer as JSON that people can read."""
    return orjson.dumps(payload, option=orjson.OPT_INDENT_2 | orjson.OPT_APPEND_NEWLINE, default=str)


def reader_in_use(library: rubric_library.Library) -> Reader:
    """Return what reads candidates on the command line; a defect that it meets is logged on standard error."""
    from service.usecases import reader_of  # noqa: PLC0415 - `rolefit --help` needs none of it

    log = logs.make(config.from_environment().log)
    return reader_of(library)._replace(on_defect=lambda error: log.error("defect", **logs.told(error)))
