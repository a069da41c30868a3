"""Owners, keys, users and sessions, in the main database. Nothing that opens a door is kept as it is: only digests."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime
from typing import NamedTuple

from sqlalchemy import Connection, delete, exists, func, insert, or_, select, update

from service.store.tables import api_keys, failed_logins, known_addresses, owners, sessions, users


class KeyKept(NamedTuple):
    """A key for programs: `digest` is an HMAC of it. `seen_on` is the day of its last use."""

    prefix: str
    name: str
    owner: str
    scopes: str
    digest: str
    created_at: datetime
    expires_at: datetime | None
    revoked_at: datetime | None
    seen_on: datetime | None


class UserKept(NamedTuple):
    """Somebody who logs in; `password` is argon2's hash."""

    name: str
    owner: str
    scopes: str
    password: str
    created_at: datetime
    disabled_at: datetime | None


class SessionKept(NamedTuple):
    """A session of a user: `digest` is an HMAC of what the browser holds."""

    digest: str
    user: str
    created_at: datetime
    seen_at: datetime


class Accounts:
    """The accounts, within one transaction."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    def are_there(self) -> bool:
        """Tell whether anybody has to say who they are: there is a user, or a key."""
        either = or_(exists(select(users.c.owner)), exists(select(api_keys.c.owner)))
        return bool(self._connection.execute(select(either)).scalar_one())

    def owners(self) -> list[str]:
        """Return the owners beside the main one."""
        return list(self._connection.execute(select(owners.c.name).order_by(owners.c.name)).scalars())

    def add_owner(self, name: str, now: datetime) -> None:
        """Keep an owner; one that is there stays as it is."""
        if name not in self.owners():
            self._connection.execute(insert(owners).values(name=name, created_at=now))

    def add_key(self, key: KeyKept) -> None:
        """Keep a key."""
        self._connection.execute(insert(api_keys).values(key._asdict()))

    def key(self, prefix: str) -> KeyKept | None:
        """Return the key of a prefix."""
        row = self._connection.execute(select(api_keys).where(api_keys.c.prefix == prefix)).one_or_none()
        return KeyKept(*row) if row else None

    def all_keys(self) -> list[KeyKept]:
        """Return all keys, the oldest first."""
        return [KeyKept(*row) for row in self._connection.execute(select(api_keys).order_by(api_keys.c.created_at))]

    def revoke(self, prefix: str, now: datetime) -> bool:
        """Revoke a key. Tell whether there was one in use."""
        own = (api_keys.c.prefix == prefix, api_keys.c.revoked_at.is_(None))
        return self._connection.execute(update(api_keys).where(*own).values(revoked_at=now)).rowcount > 0

    def saw_key(self, prefix: str, now: datetime) -> None:
        """Keep that a key was used."""
        self._connection.execute(update(api_keys).where(api_keys.c.prefix == prefix).values(seen_on=now))

    def save_user(self, user: UserKept) -> None:
        """Keep a user in the place of the one of this name."""
        self._connection.execute(delete(users).where(users.c.name == user.name))
        self._connection.execute(insert(users).values(user._asdict()))

    def user(self, name: str) -> UserKept | None:
        """Return a user."""
        row = self._connection.execute(select(users).where(users.c.name == name)).one_or_none()
        return UserKept(*row) if row else None

    def all_users(self) -> list[UserKept]:
        """Return all users by name."""
        return [UserKept(*row) for row in self._connection.execute(select(users).order_by(users.c.name))]

    def open_session(self, session: SessionKept) -> None:
        """Keep a session."""
        self._connection.execute(insert(sessions).values(session._asdict()))

    def session(self, digest: str) -> SessionKept | None:
        """Return a session."""
        row = self._connection.execute(select(sessions).where(sessions.c.digest == digest)).one_or_none()
        return SessionKept(*row) if row else None

    def saw_session(self, digest: str, now: datetime) -> None:
        """Keep that a session is in use."""
        self._connection.execute(update(sessions).where(sessions.c.digest == digest).values(seen_at=now))

    def close_sessions(self, *, digest: str | None = None, user: str | None = None) -> None:
        """End one session, or all of a user."""
        own = sessions.c.digest == digest if digest is not None else sessions.c.user == user
        self._connection.execute(delete(sessions).where(own))

    def failures(self, who: str, since: datetime) -> int:
        """Return how often a login failed since a time."""
        own = (failed_logins.c.who == who, failed_logins.c.at >= since)
        return self._connection.execute(select(func.count()).select_from(failed_logins).where(*own)).scalar_one()

    def failed(self, each: Iterable[str], now: datetime, before: datetime) -> list[int]:
        """Keep that a login failed, and forget what was before a time; return the numbers of what was kept."""
        self._connection.execute(delete(failed_logins).where(failed_logins.c.at < before))
        query = insert(failed_logins).returning(failed_logins.c.number)
        return list(self._connection.execute(query, [{"who": who, "at": now} for who in each]).scalars())

    def forget_failures(self, numbers: Iterable[int], who: str = "") -> None:
        """Forget failed logins by their numbers, and all of `who`."""
        own = or_(failed_logins.c.number.in_(numbers), failed_logins.c.who == who)
        self._connection.execute(delete(failed_logins).where(own))

    def knows(self, who: str, since: datetime) -> bool:
        """Tell whether a user logged in from an address since a time."""
        own = (known_addresses.c.who == who, known_addresses.c.seen_at >= since)
        return self._connection.execute(select(exists().where(*own))).scalar_one()

    def remember(self, who: str, now: datetime, before: datetime) -> None:
        """Keep that a user logged in from an address; forget the addresses last seen before a time."""
        old = or_(known_addresses.c.who == who, known_addresses.c.seen_at < before)
        self._connection.execute(delete(known_addresses).where(old))
        self._connection.execute(insert(known_addresses).values(who=who, seen_at=now))
