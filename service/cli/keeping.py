"""What was done and what stays: `rolefit audit`, `rolefit replay`, `rolefit sweep`."""

from __future__ import annotations

import click
import orjson
from rich.box import SIMPLE
from rich.console import Console
from rich.table import Table

from service import config
from service.cli.accounts import opened
from service.cli.explaining import explained
from service.core.chain import Head
from service.usecases import rights, snapshots, trail


@click.group()
def audit() -> None:
    """Look through what was done."""


@audit.command()
@click.option("--head", help="Count and hash noted down before, as `rolefit audit head` prints them.")
@explained
def verify(head: str | None) -> None:
    """Prove that no entry was changed, put in, taken out or cut off; name the first that was."""
    count, _, hash_ = (head or "").partition(" ")
    kept = Head(int(count), hash_.strip()) if count.isdigit() else None
    with opened() as house:
        found = trail.check(house, kept)
    click.echo(f"{found.length} entries, intact. Head: {found.length} {found.hash}")


@audit.command()
@explained
def head() -> None:
    """Print count and hash of the last entry: to be noted down where nobody who changes entries reaches."""
    with opened() as house, house.store.reading() as work:
        found = work.audit.head()
    click.echo(f"{found.length} {found.hash}")


@audit.command("list")
@click.option("--top", default=50, show_default=True, type=click.IntRange(1, 10_000))
@explained
def list_entries(top: int) -> None:
    """List what was done last."""
    table = Table("Entry", "At", "Who", "What", "Object", "Details", box=SIMPLE)
    with opened() as house:
        for one in trail.page(house, None, top, {}):
            details = orjson.dumps(one["details"]).decode()
            table.add_row(str(one["number"]), one["at"][:19], one["actor"], one["action"], one["object"], details)
    Console().print(table)


@click.command()
@click.argument("receipt")
@explained
def replay(receipt: str) -> None:
    """Make a shortlist of a receipt again, and say whether it is identical, or what changed."""
    with opened() as house:
        found = snapshots.show(house, receipt)
    click.echo(f"{found['role']}, {found['seniority']}, of {found['created_at'][:19]}, by {found['actor']}")
    click.echo("identical" if found["identical"] else "not identical")
    for what, how in found["changed"].items():
        click.echo(f"  {what} changed: {orjson.dumps(how).decode()}")
    for move in found["moves"]:
        before, now = move["before"], move["now"]
        who = move["candidate"]["name"] or move["candidate"]["id"]
        click.echo(f"  {who}: rank {before['rank']} to {now['rank']}, fit {before['fit']:.2f} to {now['fit']:.2f}")
    if not found["identical"]:
        raise SystemExit(1)


@click.command()
@click.option("--dry-run", is_flag=True, help="Only say what would go.")
@explained
def sweep(*, dry_run: bool) -> None:
    """Erase whom nobody touched for ROLEFIT_RETENTION_DAYS, and the values in old reports."""
    settings = config.from_environment()
    with opened() as house:
        told = rights.sweep(house, settings.retention_days, settings.report_days, dry_run=dry_run)
    verb = "would be" if dry_run else "were"
    click.echo(f"{told['candidates']} candidates {verb} erased, {told['reports']} reports {verb} emptied of values.")
