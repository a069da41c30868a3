"""What is printed: texts of candidates and files reach the terminal as texts, never as commands or markup."""

from __future__ import annotations

import os
import sys
from collections.abc import Iterable, Sequence
from io import TextIOWrapper

import click
from rich.box import SIMPLE
from rich.console import Console
from rich.table import Table
from rich.text import Text

from service.reports.plain import plain


def make_ready(context: click.Context) -> None:
    """See to it that a terminal of few characters shows "?" for the others, and one that wants no colour has none."""
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, TextIOWrapper):
            stream.reconfigure(errors="replace")
    if os.environ.get("NO_COLOR"):  # rich looks for it, click does not
        context.color = False


def tell(text: str, *, err: bool = False, fg: str | None = None, bold: bool | None = None) -> None:
    """Print a line in which words of candidates or files may stand; what they say stays in it."""
    shown = plain(text)
    click.echo(click.style(shown, fg=fg, bold=bold) if fg or bold else shown, err=err)


def cells(*texts: str) -> list[Text]:
    """Return texts as cells of a table: what looks like markup in them is shown as it is."""
    return [Text(plain(text)) for text in texts]


def titled(title: str) -> Table:
    """Return a table without columns that has a title."""
    return Table(title=Text(plain(title), style="table.title"), title_justify="left", box=SIMPLE)


def draw(title: str, header: Iterable[str], rows: Iterable[Sequence[str]]) -> None:
    """Draw a table of texts; without a title where that is empty."""
    table = titled(title) if title else Table(box=SIMPLE)
    for heading in header:
        table.add_column(heading)
    for row in rows:
        table.add_row(*cells(*row))
    Console().print(table)
