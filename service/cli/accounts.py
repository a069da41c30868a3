"""Keys and users, from the terminal of whoever runs the service: `rolefit keys`, `rolefit users`."""

from __future__ import annotations

import datetime as dt
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING

import click

from service.cli.common import data_option, settings_of
from service.cli.explaining import explained
from service.cli.terminal import draw
from service.owners import MAIN, SCOPES, USUAL

if TYPE_CHECKING:
    from service.usecases import House
    from service.usecases.houses import Houses

owner_option = click.option("--owner", default=MAIN, show_default=True, help="Whose data it opens.")
scopes_option = click.option(
    "--scopes",
    default=",".join(one for one in SCOPES if one in USUAL),
    show_default=True,
    help=f"Of {', '.join(SCOPES)}.",
)


@contextmanager
def opened(data: Path | None) -> Iterator[House]:
    """Give the main owner's house, with the rubrics that are in force."""
    with opened_houses(data) as houses:
        yield houses.of(MAIN)


@contextmanager
def opened_houses(data: Path | None) -> Iterator[Houses]:
    """Give the houses of all owners, as the settings name them; `data` names another folder."""
    from service.app import build_house  # noqa: PLC0415 - Flask and the rubrics are loaded only where needed
    from service.usecases.houses import Houses  # noqa: PLC0415 - as above

    houses = Houses(build_house(settings_of(data)))
    try:
        yield houses
    finally:
        houses.close()


def _scopes(text: str) -> frozenset[str]:
    return frozenset(one.strip() for one in text.split(",") if one.strip())


def _listed(title: str, header: list[str], rows: list[list[str]]) -> None:
    if rows:
        draw(title, header, rows)
    else:
        click.echo(f"{title}: none.")


def _day(when: dt.datetime | None) -> str:
    return when.date().isoformat() if when else "–"


@click.group()
def keys() -> None:
    """Keys for programs."""


@keys.command("create")
@click.argument("name")
@scopes_option
@owner_option
@click.option("--days", type=click.IntRange(1, 3650), help="How long it opens; default: until it is revoked.")
@click.option("--if-none", is_flag=True, help="Only where nobody has to say who they are yet: for a first start.")
@data_option
@explained
def create_key(name: str, scopes: str, owner: str, days: int | None, data: Path | None, *, if_none: bool) -> None:
    """Create a key; it is shown once."""
    from service.usecases import accounts  # noqa: PLC0415 - `rolefit --help` needs none of it

    with opened(data) as house:
        if if_none and accounts.are_there(house):
            click.echo("There are accounts already: no key was created.", err=True)
            return
        expires = house.now() + dt.timedelta(days=days) if days else None
        click.echo(accounts.create_key(house, name, _scopes(scopes), owner, expires))
    click.echo("Keep it now: it is not shown again. Send it as `Authorization: Bearer …`.", err=True)


@keys.command("list")
@data_option
@explained
def list_keys(data: Path | None) -> None:
    """List keys, without their secret."""
    with opened(data) as house, house.store.reading() as work:
        rows = [
            [key.prefix, key.name, key.owner, key.scopes, _day(key.created_at), _day(key.seen_on), _day(key.revoked_at)]
            for key in work.accounts.all_keys()
        ]
    _listed("Keys", ["Key", "Name", "Owner", "Scopes", "Created", "Last used", "Revoked"], rows)


@keys.command("rotate")
@click.argument("prefix")
@data_option
@explained
def rotate_key(prefix: str, data: Path | None) -> None:
    """Create a key like another one, and revoke that."""
    from service.usecases import accounts  # noqa: PLC0415 - `rolefit --help` needs none of it

    with opened(data) as house:
        click.echo(accounts.rotate_key(house, prefix))


@keys.command("revoke")
@click.argument("prefix")
@data_option
@explained
def revoke_key(prefix: str, data: Path | None) -> None:
    """Revoke a key at once."""
    from service.usecases import accounts  # noqa: PLC0415 - `rolefit --help` needs none of it

    with opened(data) as house:
        accounts.revoke_key(house, prefix)
    click.echo(f"{prefix} opens nothing any more.")


@click.group()
def users() -> None:
    """People who log in to the pages."""


def _password() -> str:
    """Return a password: typed twice at a terminal, else the first line of the standard input."""
    if sys.stdin.isatty():
        return str(click.prompt("Password", hide_input=True, confirmation_prompt=True))
    return sys.stdin.readline().rstrip("\n")


@users.command("add")
@click.argument("name")
@click.option("--scopes", help=f"Of {', '.join(SCOPES)}; default: as before, and of somebody new read,write,decide.")
@click.option("--owner", help=f"Whose data it opens; default: as before, and of somebody new {MAIN}.")
@data_option
@explained
def add_user(name: str, scopes: str | None, owner: str | None, data: Path | None) -> None:
    """Add a user, or give one another password. The password is asked for, or read from standard input."""
    from service.usecases import accounts  # noqa: PLC0415 - `rolefit --help` needs none of it

    password = _password()
    with opened(data) as house:
        user = accounts.save_user(house, name, password, _scopes(scopes) if scopes else None, owner)
    is_in = user.disabled_at is None
    click.echo(f"{name} may log in." if is_in else f"{name} is disabled still: `rolefit users enable {name}`.")


@users.command("disable")
@click.argument("name")
@data_option
@explained
def disable_user(name: str, data: Path | None) -> None:
    """Let a user in no more; sessions that are open end."""
    from service.usecases import accounts  # noqa: PLC0415 - `rolefit --help` needs none of it

    with opened(data) as house:
        accounts.disable_user(house, name)
    click.echo(f"{name} may not log in any more.")


@users.command("enable")
@click.argument("name")
@data_option
@explained
def enable_user(name: str, data: Path | None) -> None:
    """Let a user in again."""
    from service.usecases import accounts  # noqa: PLC0415 - `rolefit --help` needs none of it

    with opened(data) as house:
        accounts.enable_user(house, name)
    click.echo(f"{name} may log in.")


@users.command("list")
@data_option
@explained
def list_users(data: Path | None) -> None:
    """List users."""
    with opened(data) as house, house.store.reading() as work:
        rows = [
            [user.name, user.owner, user.scopes, _day(user.created_at), _day(user.disabled_at)]
            for user in work.accounts.all_users()
        ]
    _listed("Users", ["Name", "Owner", "Scopes", "Since", "Disabled"], rows)


COMMANDS = (keys, users)
