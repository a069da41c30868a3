"""What was done and what stays: `rolefit audit`, `replay`, `sweep`, `undo`, `backup`, `restore`."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Iterator, Mapping
from contextlib import closing, contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click
import orjson

from service import config
from service.cli.accounts import opened_houses, owner_option
from service.cli.common import data_option, settings_of
from service.cli.explaining import CannotWrite, explained
from service.cli.terminal import draw, tell
from service.core.chain import Head
from service.errors import InvalidInput
from service.owners import MAIN

if TYPE_CHECKING:
    from service.usecases import House


HEAD = re.compile(r"(\d{1,15}) ([0-9a-f]{64})")


@click.group()
def audit() -> None:
    """Look through what was done."""


@audit.command()
@click.option("--head", help="Count and hash noted down before, as `rolefit audit head` prints them; of one owner.")
@click.option("--owner", help="Whose trail; the default is everybody's, and --head is then the main one's.")
@data_option
@explained
def verify(head: str | None, owner: str | None, data: Path | None) -> None:
    """Prove that no entry was changed, put in, taken out or cut off; name the first that was."""
    from service.usecases import trail  # noqa: PLC0415 - `rolefit --help` needs none of it

    kept = {} if head is None else {owner or MAIN: _head_noted(head)}
    with opened_houses(data) as houses:
        intact = [_verify(houses.known(one), one, kept.get(one)) for one in ([owner] if owner else houses.owners())]
    if not all(intact):
        raise SystemExit(trail.Tampered.exit_code)


def _head_noted(text: str) -> Head:
    """Return a head as it was printed. Raise InvalidInput: one that is not understood would prove nothing."""
    if not (found := HEAD.fullmatch(text.strip())):
        raise InvalidInput("--head takes a count and a hash, as `rolefit audit head` prints them.", code="bad_head")
    return Head(int(found[1]), found[2])


def _verify(house: House, owner: str, kept: Head | None) -> bool:
    """Say whether an owner's trail is intact; one that is not does not keep the others from being looked at."""
    from service.usecases import trail  # noqa: PLC0415 - `rolefit --help` needs none of it

    whose = "" if owner == MAIN else f"{owner}: "
    try:
        found = trail.check(house, kept)
    except trail.Tampered as error:
        tell(f"{whose}{error.title}. {error.detail}", err=True, fg="red")
        return False
    click.echo(f"{whose}{found.length} entries, intact. Head: {found.length} {found.hash}")
    return True


@audit.command()
@owner_option
@data_option
@explained
def head(owner: str, data: Path | None) -> None:
    """Print count and hash of the last entry: to be noted down where nobody who changes entries reaches."""
    with opened_houses(data) as houses, houses.known(owner).store.reading() as work:
        found = work.audit.head()
    click.echo(f"{found.length} {found.hash}")


@audit.command("list")
@click.option("--top", default=50, show_default=True, type=click.IntRange(1, 10_000))
@owner_option
@data_option
@explained
def list_entries(top: int, owner: str, data: Path | None) -> None:
    """List what was done last."""
    from service.usecases import trail  # noqa: PLC0415 - `rolefit --help` needs none of it

    with opened_houses(data) as houses:
        rows = [_entry_row(one) for one in trail.page(houses.known(owner), None, top, {})]
    draw("", ("Entry", "At", "Who", "What", "Object", "Details"), rows)


def _entry_row(one: Mapping[str, Any]) -> tuple[str, ...]:
    return str(one["number"]), one["at"][:19], one["actor"], one["action"], one["object"], _json(one["details"])


def _json(value: Any) -> str:
    return orjson.dumps(value).decode()


@click.command()
@click.argument("receipt")
@owner_option
@data_option
@explained
def replay(receipt: str, owner: str, data: Path | None) -> None:
    """Make a shortlist of a receipt again, and say whether it is identical, or what changed."""
    from service.usecases import snapshots  # noqa: PLC0415 - `rolefit --help` needs none of it

    with opened_houses(data) as houses:
        found = snapshots.show(houses.known(owner), receipt)
    tell(f"{found['role']}, {found['seniority']}, of {found['created_at'][:19]}, by {found['actor']}")
    click.echo("identical" if found["identical"] else "not identical")
    for what, how in found["changed"].items():
        reason = how.pop("reason", None)
        tell(f"  {what} changed: {_json(how)}{f'. {reason}' if reason else ''}")
    for move in found["moves"]:
        before, now = move["before"], move["now"]
        who = move["candidate"]["name"] or move["candidate"]["id"]
        tell(f"  {who}: rank {before['rank']} to {now['rank']}, fit {before['fit']:.2f} to {now['fit']:.2f}")
    for one in found["entered"]:
        tell(f"  {one['candidate']['name'] or one['candidate']['id']}: entered at rank {one['rank']}, {one['fit']:.2f}")
    if not found["identical"]:
        raise SystemExit(1)


@click.command()
@click.option("--dry-run", is_flag=True, help="Only say what would go.")
@data_option
@explained
def sweep(data: Path | None, *, dry_run: bool) -> None:
    """Erase whom nobody touched for ROLEFIT_RETENTION_DAYS, and the values in old reports, of all owners."""
    from service.usecases import rights  # noqa: PLC0415 - `rolefit --help` needs none of it

    with opened_houses(data) as houses:
        told = [rights.sweep(one, one.retention_days, one.report_days, dry_run=dry_run) for one in houses.all()]
    verb = "would be" if dry_run else "were"
    candidates, reports, versions = (sum(one[of] for one in told) for of in ("candidates", "reports", "versions"))
    click.echo(
        f"{candidates} candidates {verb} erased, {reports} reports {verb} emptied of values, "
        f"{versions} versions from before an import {verb} deleted."
    )


@click.command()
@click.argument("import_id", metavar="IMPORT")
@click.option("--dry-run", is_flag=True, help="Only say what would be done.")
@owner_option
@data_option
@explained
def undo(import_id: str, owner: str, data: Path | None, *, dry_run: bool) -> None:
    """Undo the import of this id: who it created goes, who it updated is as before. Who has to stay is named."""
    from service.usecases import imports  # noqa: PLC0415 - `rolefit --help` needs none of it

    with opened_houses(data) as houses:
        report = imports.undo(houses.known(owner), import_id, dry_run=dry_run)
    done, verb = report["undone"], "would be" if dry_run else "were"
    tell(
        f"{report['file']}: {done['removed']} candidates {verb} removed, {done['restored']} {verb} put back as before."
    )
    for one in done["candidates"]:
        tell(f"Stays: {one['name'] or one['external_id'] or one['id']} ({one['id']}). {one['detail']}")
    if (more := done["stayed"] - len(done["candidates"])) > 0:
        tell(f"… and {more} more stay.")


ONE_OWNER = click.option("--owner", help="Only the database of this owner; the default is all of them.")


@contextmanager
def store_of(settings: config.Settings) -> Iterator[Any]:
    """Give the main database."""
    from service.store.store import Store  # noqa: PLC0415 - `rolefit --help` needs none of it

    with closing(Store(settings.database)) as store:
        yield store


@click.command()
@click.argument("file", type=click.Path(dir_okay=False, path_type=Path))
@ONE_OWNER
@data_option
@explained
def backup(file: Path, owner: str | None, data: Path | None) -> None:
    """Write all that Rolefit keeps, of all owners, to FILE, also while it runs. Keep it safe: people are in it."""
    from service.store import whole  # noqa: PLC0415 - as above

    settings = settings_of(data)
    own = settings.secret_file
    with store_of(settings) as store:
        try:
            secret = "" if settings.secret or not own.is_file() else own.read_text(encoding="ascii")
            rows = whole.save(store, file, owner=owner, secret=secret)
        except OSError as error:
            raise CannotWrite(f"{file} cannot be written: {error.strerror}.") from None
    _tell(rows, f"written to {file}")
    if waiting := sum(found.get("jobs", 0) for found in rows.values()):
        click.echo(f"{waiting} imports still wait: their files are not in it.", err=True)


@click.command()
@click.argument("file", type=click.Path(exists=True, dir_okay=False, path_type=Path))
@click.option("--replace", is_flag=True, help="Put it in the place of all that is kept.")
@ONE_OWNER
@data_option
@explained
def restore(file: Path, owner: str | None, data: Path | None, *, replace: bool) -> None:
    """Read FILE, a backup of either kind of database, into an empty one. Stop Rolefit before."""
    from service.store import whole  # noqa: PLC0415 - as above

    settings = settings_of(data)
    with store_of(settings) as store:
        rows, secret = whole.restore(store, file, dt.datetime.now(dt.UTC), owner=owner, replace=replace)
    if secret and not settings.secret:
        _keep_secret(settings.secret_file, secret)
    _tell(rows, f"restored from {file}")


def _keep_secret(path: Path, secret: str) -> None:
    """Keep the secret under which the keys that came back were made."""
    path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
    path.unlink(missing_ok=True)
    path.touch(mode=0o600)
    path.write_text(secret, encoding="ascii")


def _tell(rows: Mapping[str, Mapping[str, int]], done: str) -> None:
    total = {of: sum(found.get(of, 0) for found in rows.values()) for of in ("candidates", "imports")}
    owners = f" of {len(rows)} owners" if len(rows) > 1 else ""
    click.echo(f"{total['candidates']} candidates and {total['imports']} imports{owners} {done}")


COMMANDS = (audit, replay, sweep, undo, backup, restore)
