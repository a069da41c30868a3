"""Who may come in, and do what: keys for programs, users with passwords, sessions of the page.

A key is `rf_`, eight characters that name it, 43 that are the secret (256 bits), and a checksum, so that a mistyped one
is refused without a look-up, and leak scanners find it. It is shown once; what is kept is an HMAC under the service's
secret. Passwords are kept as argon2's hash, sessions as an HMAC of what the browser holds.
"""

from __future__ import annotations

import datetime as dt
import hashlib
import hmac
import ipaddress
import re
import secrets
import string
import zlib
from functools import cache
from threading import BoundedSemaphore
from typing import NamedTuple

from argon2 import PasswordHasher
from argon2.exceptions import Argon2Error

from service.errors import InvalidInput, NotFound, RolefitError
from service.owners import EVERYTHING, MAIN, SCOPES, USUAL
from service.store.accounts import Accounts, KeyKept, SessionKept, UserKept
from service.store.work import Work
from service.usecases import House

OWNER = re.compile(r"^[a-z][a-z0-9_]{0,30}\Z")

ALPHABET = string.ascii_letters + string.digits
KEY = re.compile(r"^rf_([a-zA-Z0-9]{8})_([a-zA-Z0-9]{43})_([a-f0-9]{8})\Z")
LEAST_PASSWORD, MOST_PASSWORD = 12, 1000
LONGEST_NAME = 100

IDLE, LONGEST = dt.timedelta(hours=8), dt.timedelta(days=7)
"""How long a session lasts unused, and at most."""

PATIENCE, MOST_FAILURES = dt.timedelta(minutes=15), 5
"""Logins that may fail for one name from one address within a time."""

MOST_FAILURES_HERE = 50
"""Logins that may fail from one address within that time, whatever the names."""

MOST_FAILURES_OF_NAME = 20
"""Logins that may fail for one name within that time, from all addresses together."""

KNOWN = dt.timedelta(days=90)
"""How long an address counts as known after a user logged in from it. The limit of the name does not apply there: else
anyone could lock a user out by sending wrong passwords from elsewhere."""

NETWORK_BITS = 64
"""An IPv6 address stands for its network: one customer of a provider has that many addresses."""

_hashing, MOST_WAIT = BoundedSemaphore(2), 2.0
"""Passwords looked at at once, for each takes 64 MiB; and the seconds another one waits."""

_hasher = PasswordHasher()


@cache
def _nobody() -> str:
    """Return what is compared with where there is no such user: an answer takes the same time."""
    return _hasher.hash(secrets.token_hex(16))


class Who(NamedTuple):
    """Whoever asks: what they are called in the records, whose data they see, and what they may do."""

    actor: str
    owner: str
    scopes: frozenset[str]
    door: str = ""
    """The one key or session they came by: two of one name are counted apart."""


ANYBODY = Who("local", MAIN, EVERYTHING)
"""The one person of a service that has no accounts."""


class TooManyLogins(RolefitError):
    """A name was tried too often."""

    status = 429
    code = "too_many_logins"
    title = "Too many attempts"


def digest(secret: bytes, text: str) -> str:
    """Return what is kept of a text that opens a door."""
    return hmac.new(secret, text.encode(errors="surrogatepass"), hashlib.sha256).hexdigest()


# Keys


def create_key(
    house: House, name: str, scopes: frozenset[str], owner: str = MAIN, expires: dt.datetime | None = None
) -> str:
    """Create a key; return it, which is the only time it is seen."""
    _check(scopes, owner)
    _check_name(name, "key")
    with house.store.transaction() as work:
        _admit(work.accounts, owner, house)
        return _made_key(house, work, name, scopes, owner, expires)


def _made_key(
    house: House, work: Work, name: str, scopes: frozenset[str], owner: str, expires: dt.datetime | None
) -> str:
    prefix, body = (_random(8), _random(43))
    key = f"rf_{prefix}_{body}_{_checksum(prefix + body)}"
    kept = digest(house.secret, key)
    work.accounts.add_key(
        KeyKept(prefix, name, owner, " ".join(sorted(scopes)), kept, house.now(), expires, None, None)
    )
    house.note(work, "key.create", prefix, owner=owner, scopes=sorted(scopes))
    return key


def rotate_key(house: House, prefix: str) -> str:
    """Revoke a key and create one like it, both or neither. Raise NotFound where it opens nothing any more."""
    with house.store.transaction() as work:
        old = work.accounts.key(prefix)
        if old is None or (old.expires_at and old.expires_at <= house.now()):
            raise NotFound(f"There is no key {prefix!r} in use.", code="unknown_key")
        _revoke(house, work, prefix)
        return _made_key(house, work, old.name, frozenset(old.scopes.split()), old.owner, old.expires_at)


def revoke_key(house: House, prefix: str) -> None:
    """Revoke a key at once. Raise NotFound."""
    with house.store.transaction() as work:
        _revoke(house, work, prefix)


def _revoke(house: House, work: Work, prefix: str) -> None:
    if not work.accounts.revoke(prefix, house.now()):
        raise NotFound(f"There is no key {prefix!r} in use.", code="unknown_key")
    house.note(work, "key.revoke", prefix)


def of_key(house: House, key: str) -> Who | None:
    """Return whose key it is; None where it opens nothing."""
    found = KEY.match(key)
    if not found or found[3] != _checksum(found[1] + found[2]):
        return None
    with house.store.reading() as work:
        kept = work.accounts.key(found[1])
    now = house.now()
    if kept is None or kept.revoked_at or (kept.expires_at and kept.expires_at <= now):
        return None
    if not hmac.compare_digest(kept.digest, digest(house.secret, key)):
        return None
    if kept.seen_on is None or kept.seen_on.date() != now.date():
        with house.store.transaction() as work:
            work.accounts.saw_key(kept.prefix, now)
    return Who(f"key:{kept.name}", kept.owner, frozenset(kept.scopes.split()), f"key:{kept.prefix}")


def _random(length: int) -> str:
    return "".join(secrets.choice(ALPHABET) for _ in range(length))


def _checksum(text: str) -> str:
    return f"{zlib.crc32(text.encode()):08x}"


def _check(scopes: frozenset[str], owner: str) -> None:
    if wrong := sorted(scopes - EVERYTHING):
        raise InvalidInput(f"There is no scope {', '.join(wrong)}. Scopes are: {', '.join(SCOPES)}.", code="bad_scope")
    if not scopes:
        raise InvalidInput("A key without a scope opens nothing.", code="bad_scope")
    if not OWNER.match(owner):
        raise InvalidInput(f"{owner!r} cannot be an owner: small letters, digits and _, at most 31.", code="bad_owner")


def _check_name(name: str, of: str) -> None:
    if not name.strip() or len(name) > LONGEST_NAME or not name.isprintable():
        raise InvalidInput(f"A {of} has a name of 1 to {LONGEST_NAME} characters that can be printed.", code="bad_name")


def _admit(accounts: Accounts, owner: str, house: House) -> None:
    if owner != MAIN:
        accounts.add_owner(owner, house.now())


# Users and sessions


def save_user(
    house: House, name: str, password: str, scopes: frozenset[str] | None = None, owner: str | None = None
) -> UserKept:
    """Add a user, or give one a new password; sessions that are open end. Return the user.

    Of somebody known, scopes stay as they were unless others are given; so does it whether they may come in. Raise
    InvalidInput for another owner than theirs: nobody is moved to other people's data by a new password.
    """
    _check_name(name, "user")
    _check_password(password)
    with house.store.transaction() as work:
        old = work.accounts.user(name)
        owner = owner or (old.owner if old else MAIN)
        if old and old.owner != owner:
            raise InvalidInput(f"{name!r} is a user of {old.owner}: take another name for {owner}.", code="bad_owner")
        scopes = scopes or (frozenset(old.scopes.split()) if old else USUAL)
        _check(scopes, owner)
        _admit(work.accounts, owner, house)
        disabled = old.disabled_at if old else None
        kept = UserKept(name, owner, " ".join(sorted(scopes)), _hasher.hash(password), house.now(), disabled)
        work.accounts.save_user(kept)
        work.accounts.close_sessions(user=name)
        house.note(work, "user.save", name, owner=owner, scopes=sorted(scopes))
    return kept


def _check_password(password: str) -> None:
    if not LEAST_PASSWORD <= len(password) <= MOST_PASSWORD:
        detail = f"A password has {LEAST_PASSWORD} to {MOST_PASSWORD} characters."
        raise InvalidInput(detail, code="short_password")
    if not password.isprintable():
        raise InvalidInput("A password is made of characters that can be typed, in UTF-8.", code="bad_password")


def disable_user(house: House, name: str) -> None:
    """Let a user in no more; sessions that are open end. Raise NotFound."""
    with house.store.transaction() as work:
        user = work.accounts.user(name)
        if user is None:
            raise NotFound(f"There is no user {name!r}.", code="unknown_user")
        work.accounts.save_user(user._replace(disabled_at=house.now()))
        work.accounts.close_sessions(user=name)
        house.note(work, "user.disable", name)


def enable_user(house: House, name: str) -> None:
    """Let a user in again. Raise NotFound."""
    with house.store.transaction() as work:
        user = work.accounts.user(name)
        if user is None:
            raise NotFound(f"There is no user {name!r}.", code="unknown_user")
        work.accounts.save_user(user._replace(disabled_at=None))
        house.note(work, "user.enable", name)


class Doors(NamedTuple):
    """What failed logins are counted by, each as an HMAC: of bounded length, and it tells nothing of anyone."""

    pair: str
    """A name from an address."""
    name: str
    address: str


def log_in(house: House, name: str, password: str, address: str) -> str | None:
    """Return the session's token for the browser; None if name and password do not fit. Raise TooManyLogins.

    An attempt is counted as failed before the password is checked, in the transaction that compares the counts with
    the limits: however many attempts come at once, no more passwords are checked than the limits allow.
    """
    doors = _doors(house, name, address)
    with house.store.transaction() as work:
        attempt = _begin_attempt(house, work.accounts, doors)
        user = work.accounts.user(name)
    try:
        is_right = _fits(user and user.password, password)
    except TooManyLogins:
        with house.store.transaction() as work:
            work.accounts.forget_failures(attempt)
        raise
    if user is None or not is_right:
        return None
    token, now = secrets.token_urlsafe(32), house.now()
    with house.store.transaction() as work:
        if user.disabled_at or work.accounts.user(name) != user:
            return None
        work.accounts.forget_failures(attempt, doors.pair)
        work.accounts.remember(doors.pair, now, now - KNOWN)
        work.accounts.open_session(SessionKept(digest(house.secret, token), user.name, now, now))
    return token


def _doors(house: House, name: str, address: str) -> Doors:
    here = _network(address)
    texts = Doors(f"pair:{len(name)}:{name}:{here}", f"name:{name}", f"address:{here}")
    return Doors(*(digest(house.secret, f"login:{text}") for text in texts))


def _network(address: str) -> str:
    """Return the address that counts for an address: of IPv6 the network."""
    try:
        found = ipaddress.ip_address(address)
    except ValueError:
        return address
    if isinstance(found, ipaddress.IPv4Address):
        return str(found)
    return str(found.ipv4_mapped or ipaddress.ip_network((int(found), NETWORK_BITS), strict=False))


def _begin_attempt(house: House, accounts: Accounts, doors: Doors) -> list[int]:
    """Count an attempt as failed; return its numbers. Raise TooManyLogins at a limit: then nothing is counted."""
    now = house.now()
    limits = {doors.pair: MOST_FAILURES, doors.address: MOST_FAILURES_HERE}
    if not accounts.knows(doors.pair, now - KNOWN):
        limits[doors.name] = MOST_FAILURES_OF_NAME
    if any(accounts.failures(who, now - PATIENCE) >= most for who, most in limits.items()):
        raise TooManyLogins("Too many logins failed. Wait a quarter of an hour.")
    return accounts.failed(doors, now, now - PATIENCE)


def _fits(kept: str | None, password: str) -> bool:
    """Tell whether a password fits the hash of a user; None, for an unknown name, takes as long and never fits."""
    if not _hashing.acquire(timeout=MOST_WAIT):
        raise TooManyLogins("Too many people log in at once. Try again in a moment.")
    try:
        nobody, is_short = _nobody(), len(password) <= MOST_PASSWORD
        return _hasher.verify(kept or nobody, password[:MOST_PASSWORD].encode(errors="surrogatepass")) and is_short
    except Argon2Error:
        return False
    finally:
        _hashing.release()


def of_session(house: House, token: str) -> Who | None:
    """Return whose session it is; None where there is none, or it ended."""
    kept_as, now = digest(house.secret, token), house.now()
    with house.store.reading() as work:
        session = work.accounts.session(kept_as)
        user = work.accounts.user(session.user) if session else None
    if session is None or user is None or user.disabled_at:
        return None
    if now - session.seen_at > IDLE or now - session.created_at > LONGEST:
        log_out(house, token)
        return None
    if now - session.seen_at > IDLE / 100:
        with house.store.transaction() as work:
            work.accounts.saw_session(kept_as, now)
    return Who(f"user:{user.name}", user.owner, frozenset(user.scopes.split()), f"session:{kept_as}")


def log_out(house: House, token: str) -> None:
    """End a session."""
    with house.store.transaction() as work:
        work.accounts.close_sessions(digest=digest(house.secret, token))


def are_there(house: House) -> bool:
    """Tell whether anybody has to say who they are."""
    with house.store.reading() as work:
        return work.accounts.are_there()
