"""The door for people at a terminal: `rolefit serve`, `score`, `read`, `template`, `backup`, `rubrics` and others."""

from __future__ import annotations

import click

from service.cli import accounts, files, keeping, lists, rubrics, serving
from service.cli.terminal import make_ready


@click.group()
@click.version_option(package_name="rolefit")
@click.pass_context
def main(context: click.Context) -> None:
    """Score candidates against the skills matrix of AI roles, and rank them."""
    make_ready(context)


for command in (
    *serving.COMMANDS,
    *files.COMMANDS,
    *lists.COMMANDS,
    *accounts.COMMANDS,
    *keeping.COMMANDS,
    rubrics.rubrics,
):
    main.add_command(command)
