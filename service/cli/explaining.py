"""Mistakes at the terminal: a sentence, every fault with its place, and an exit code."""

from __future__ import annotations

import os
import sys
from collections.abc import Callable, Mapping
from functools import wraps
from typing import Any, ParamSpec, TypeVar

from service.cli.terminal import tell
from service.errors import RolefitError

P = ParamSpec("P")
R = TypeVar("R")


IO_ERROR = 74
"""The exit code for what the system refuses while we read or write."""


class CannotWrite(RolefitError):
    """The output cannot be put where it was asked for."""

    exit_code = 73
    code = "cannot_write"
    title = "The file cannot be written"


def explained(command: Callable[P, R]) -> Callable[P, R]:
    """Print a mistake that we can explain, with every fault in it, and exit with its code."""

    @wraps(command)
    def run(*args: P.args, **kwargs: P.kwargs) -> R:
        try:
            return command(*args, **kwargs)
        except RolefitError as error:
            for line in f"{error.title}. {error.detail}".split("\n"):
                tell(line, err=True, fg="red")
            for fault in error.errors:
                tell(f"  {place(fault)}: {fault.get('detail', '')}", err=True)
            raise SystemExit(error.exit_code) from None
        except BrokenPipeError:
            raise  # nobody reads on, and click ends without a word
        except OSError as error:
            _drop_output()
            where = error.filename or "The output"
            tell(f"Reading or writing failed. {where}: {error.strerror or error}.", err=True, fg="red")
            raise SystemExit(IO_ERROR) from None

    return run


def _drop_output() -> None:
    """Drop what an output that takes no more still holds: Python would try it again at its end, and complain."""
    try:
        sys.stdout.flush()
    except OSError:
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())


def place(fault: Mapping[str, Any]) -> str:
    """Return where a fault is, in words."""
    if "row" in fault:
        sheet = f"sheet {fault['sheet']!r}, " if "sheet" in fault else ""
        return f"{sheet}row {fault['row']}" + (f", column {fault['column']}" if fault.get("column") else "")
    if "file" in fault:
        line = f" line {fault['line']}" if fault.get("line") else ""
        return f"{fault['file']}{line}, {fault.get('field') or 'whole file'}"
    return str(fault.get("pointer") or fault.get("parameter") or "whole input")
