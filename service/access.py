"""Who may come in, before anything is done: every route has its scope here, and what is not here is closed.

A service without accounts is open to the one person at its own machine, and to nobody else. With the first user or key
it asks everybody: programs for a key (`Authorization: Bearer`), people for a name and password.
"""

from __future__ import annotations

import hmac
import ipaddress
import time
from collections.abc import Callable, Iterable, Mapping
from threading import Lock
from typing import Any

from flask import Flask, Response, g, make_response, redirect, request, url_for
from werkzeug.middleware.proxy_fix import ProxyFix

from service.api.wire import CSRF_FIELD
from service.errors import NotAllowed, TooMany
from service.store.errors import StoreDown
from service.usecases import accounts
from service.usecases.accounts import ANYBODY, Who
from service.usecases.houses import Houses

PUBLIC = None
COOKIE = "__Host-rolefit"
TOKEN_HEADER = "X-CSRF-Token"  # noqa: S105 - its name is no secret

SCOPES: Mapping[str, str | None] = {
    # probes, documents, ways in
    "probes.livez": PUBLIC, "probes.readyz": PUBLIC, "health.livez": PUBLIC, "health.readyz": PUBLIC,
    "web.static": PUBLIC, "login.show": PUBLIC, "login.log_in": PUBLIC, "login.log_out": PUBLIC,
    "docs.show": PUBLIC, "docs.static": PUBLIC, "api-docs.openapi_json": PUBLIC,
    "probes.metrics": "admin", "health.metrics": "admin",
    # the API
    "roles.list_roles": "read", "roles.show_role": "read", "roles.show_matrix": "read", "roles.download_matrix": "read",
    "roles.download_template": "read",
    "scores.score": "read", "evidence.read": "read", "evidence.show": "read", "evidence.unknown_words": "read",
    "candidates.list_candidates": "read", "candidates.show": "read", "candidates.show_scores": "read",
    "candidates.store": "write", "candidates.erase": "erase",
    "decisions.show": "read", "decisions.decide": "decide",
    "duplicates.list_duplicates": "read", "duplicates.merge": "write", "duplicates.unmerge": "write",
    "imports.list_imports": "read", "imports.show": "read", "imports.download_rejected": "read",
    "imports.upload": "write", "imports.cancel": "write", "imports.undo": "write",
    "mappings.list_mappings": "read", "mappings.show": "read", "mappings.keep": "write", "mappings.delete": "write",
    "audit.list_entries": "admin", "audit.list_snapshots": "read", "audit.show_snapshot": "read",
    "audit.download_snapshot": "read", "shortlists.take_snapshot": "write", "candidates.export": "admin",
    "versions.list_versions": "read", "versions.lint": "read", "versions.show": "read", "versions.compare": "read",
    "versions.download_workbook": "read", "versions.download_yaml": "read", "versions.download_json": "read",
    "drafts.draft": "read",
    "versions.send": "admin", "versions.send_one": "admin", "versions.withdraw": "admin",
    "robustness.how_sure": "read", "robustness.questions": "read", "robustness.interview": "read",
    "robustness.roles_for": "read", "robustness.elsewhere": "read",
    "preferences.agreement": "read", "preferences.weights": "read", "what-if.of_candidate": "read",
    "what-if.of_shortlist": "read", "what-if.price": "read",
    "shortlists.show": "read", "shortlists.download_workbook": "read", "shortlists.download_csv": "read",
    # the pages
    "start.show": "read", "start.upload": "write", "start.preview": "write", "start.confirm": "write",
    "start.answer": "write", "start.correct": "write", "start.apply_kept": "write",
    "start.kept_answers": "read", "start.delete_kept": "write", "start.undo": "write", "start.ask_to_undo": "write",
    "start.imported": "read", "start.cancel": "write", "start.samples": "write",
    "shortlist.choose": "read", "shortlist.show": "read", "shortlist.download": "read", "shortlist.heat_map": "read",
    "views.how_sure": "read", "views.questions": "read", "views.interview": "read", "views.price": "read",
    "views.elsewhere": "read",
    "candidate.show": "read", "candidate.decide": "decide", "compare.show": "read",
    "rubric_pages.matrix": "read", "rubric_pages.show": "read",
    "rubric_changes.upload": "admin", "rubric_changes.preview": "admin", "rubric_changes.publish": "admin",
}  # fmt: skip
"""What each route needs. A test walks all routes, and fails where one is missing."""


LOGGING_IN = "login.log_in"


class Buckets:
    """How much each may still ask in this minute: a bucket that fills again all the time."""

    MOST = 10_000
    """Those remembered; with more, whoever has a full bucket again is forgotten."""

    def __init__(self, per_minute: int, clock: Callable[[], float] = time.monotonic) -> None:
        self._most, self._clock = float(per_minute), clock
        self._left: dict[str, tuple[float, float]] = {}
        self._turn = Lock()

    def take(self, who: str) -> None:
        """Take one. Raise TooMany where none is left."""
        with self._turn:
            now = self._clock()
            left, then = self._left.get(who, (self._most, now))
            left = min(self._most, left + (now - then) * self._most / 60)
            if left < 1:
                raise TooMany("More requests than one may send in a minute. Wait a moment, then go on.")
            self._left[who] = (left - 1, now)
            if len(self._left) > self.MOST:
                self._left = {one: kept for one, kept in self._left.items() if now - kept[1] < 60}  # noqa: PLR2004


def register(app: Flask, houses: Houses, per_minute: int) -> None:
    """Keep the doors of an app."""
    app.extensions["rolefit.houses"] = houses
    buckets = Buckets(per_minute)
    known: list[bool | None] = [None]

    def is_closed() -> bool:
        # Accounts are never deleted, so that what was closed once stays closed; and none is made in a lost database.
        try:
            known[0] = known[0] or accounts.are_there(houses.main)
        except StoreDown:
            if known[0] is None:
                raise
        return bool(known[0])

    @app.before_request
    def check() -> Response | None:
        """Find out who asks, and whether they may."""
        scope = SCOPES.get(request.endpoint or "", "")
        if request.endpoint == LOGGING_IN:
            buckets.take(f"address:{request.remote_addr}")
        if request.endpoint is None or scope is PUBLIC:
            return None
        asks_everybody = is_closed()
        who = _who(houses) if asks_everybody else _alone()
        if asks_everybody:
            buckets.take(who.door if who else f"address:{request.remote_addr}")
        if who is None:
            return _ask()
        if scope not in who.scopes:
            raise NotAllowed(f"This needs the scope {scope!r}, which {who.actor} does not have.", code="no_scope")
        g.who, g.house = who, houses.for_(who)
        return None

    app.jinja_env.globals.update(csrf_token=lambda: _token(houses), asker=lambda: g.get("who"))


def _alone() -> Who:
    """Return the one person of a service without accounts. Raise NotAllowed for whoever is not at this machine."""
    if not _is_loopback(request.remote_addr or "127.0.0.1"):
        raise NotAllowed("There are no accounts yet: only who sits at this machine may come in.", code="no_accounts")
    return ANYBODY


def _is_loopback(address: str) -> bool:
    try:
        return ipaddress.ip_address(address).is_loopback
    except ValueError:
        return False


def _who(houses: Houses) -> Who | None:
    """Return who asks, by key or by session. Raise NotAllowed where a session's request lacks its token."""
    kind, _, key = request.headers.get("Authorization", "").partition(" ")
    if kind.lower() == "bearer":
        return accounts.of_key(houses.main, key.strip())
    session = request.cookies.get(COOKIE, "")
    who = accounts.of_session(houses.main, session) if session else None
    if who and request.method not in ("GET", "HEAD", "OPTIONS") and not _has_token(houses):
        raise NotAllowed("The page is too old: load it again, then send it once more.", code="no_token")
    return who


def _has_token(houses: Houses) -> bool:
    sent = request.headers.get(TOKEN_HEADER) or request.form.get(CSRF_FIELD, "")
    return hmac.compare_digest(sent.encode(), _token(houses).encode())


def _token(houses: Houses) -> str:
    """Return what a form must bring along, so that it is known to be a page's of this session."""
    session = request.cookies.get(COOKIE, "")
    return accounts.digest(houses.main.secret, f"csrf:{session}") if session else ""


def _ask() -> Response:
    """Ask who is there: people for their name, programs for a key."""
    if request.blueprint in PAGES:
        way = url_for("login.show", next=request.full_path.rstrip("?") if request.method == "GET" else "/")
        if request.headers.get("HX-Request"):
            return make_response("", 401, {"HX-Redirect": way})
        return make_response(redirect(way, 303))
    raise NotAllowed("Send a key as `Authorization: Bearer …`.", code="no_key", status=401)


PAGES = frozenset({"start", "shortlist", "views", "candidate", "compare", "rubric_pages", "rubric_changes"})


class TrustedProxies:
    """Believes what a proxy says of its client (`X-Forwarded-*`), where the proxy is one of ours."""

    def __init__(self, app: Callable[..., Iterable[bytes]], peers: Iterable[str]) -> None:
        self._plain, self._behind = app, ProxyFix(app, x_for=1, x_proto=1, x_host=1)
        self._networks = tuple(ipaddress.ip_network(peer, strict=False) for peer in peers)

    def __call__(self, environ: dict[str, Any], start: Callable[..., Any]) -> Iterable[bytes]:
        """Answer a request."""
        app = self._behind if self._networks and self._is_ours(environ.get("REMOTE_ADDR", "")) else self._plain
        return app(environ, start)

    def _is_ours(self, address: str) -> bool:
        try:
            found = ipaddress.ip_address(address)
        except ValueError:
            return False
        return any(found in network for network in self._networks)
