"""The Flask app: what it is made of, in the order it is put together."""

from __future__ import annotations

import gc
import os
import re
import secrets
from collections.abc import Callable
from contextlib import suppress
from datetime import timedelta
from pathlib import Path
from typing import Any
from uuid import uuid4

from flask import Flask, abort, current_app, g, request
from werkzeug.exceptions import RequestEntityTooLarge
from werkzeug.wrappers import Response as BaseResponse

from service import access, api, rubric_library, web
from service.api import watch
from service.config import LEAST_SECRET, BadSetting, Settings, from_environment
from service.owners import MAIN
from service.store.store import Store
from service.telling import logs
from service.telling.metrics import Metrics
from service.usecases import House
from service.usecases.houses import Houses
from service.usecases.running import Running
from service.whole_bodies import FAULT, LIMIT, WholeBodies

MOST_BODIES = 16
"""Bodies of the largest size that there is room for at once, in temporary files."""

COLLECTED = (50_000, 20, 100)
"""New objects after which Python looks for cycles among them, and how many such looks go before one at older objects.

An import holds a hundred thousand small objects at a time, and few are in a cycle. By Python's own figures (700, 10,
10) the looking took a quarter of its time.
"""

REQUEST_ID = re.compile(r"^[\w.:-]{1,100}\Z", re.ASCII)

HEADERS = {
    "Content-Security-Policy": (
        "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:; connect-src 'self'; "
        "form-action 'self'; base-uri 'none'; frame-ancestors 'none'"
    ),
    "X-Content-Type-Options": "nosniff",
    "Referrer-Policy": "no-referrer",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cross-Origin-Resource-Policy": "same-origin",
}


def create_app(settings: Settings | None = None) -> Flask:
    """Return the app, its database up to date. Raise BrokenRubric or StoreDown where it cannot serve."""
    settings = settings or from_environment()
    app = Flask("service", static_folder=None)
    app.config |= _safe(settings)
    house = build_house(settings)
    watch.register(app, house.log, house.tally)
    app.before_request(_open_request)
    app.after_request(_close_response)
    houses = Houses(house)
    _ = houses.of(MAIN).reader  # before anybody asks: what was published has to fit, and reading takes a while to learn
    house.store.close()
    access.register(app, houses, settings.requests_per_minute)
    api.register(app, house)
    web.register(app, api.problems.refused)
    served = access.TrustedProxies(app.wsgi_app, settings.trusted_proxies)
    room = MOST_BODIES * max(settings.max_upload_bytes, settings.max_json_bytes)
    app.wsgi_app = WholeBodies(served, _body_limit(settings), room, settings.downloads)  # type: ignore[method-assign]
    return app


def build_house(settings: Settings) -> House:
    """Return the collaborators of the use cases, by the settings."""
    gc.set_threshold(*COLLECTED)
    library = rubric_library.load(settings.rubrics, settings.vocabulary)
    store = Store(settings.database)
    store.migrate()
    running = Running(settings.data, settings.least_free_bytes, settings.parsers, settings.downloads)
    keys_last = timedelta(hours=settings.idempotency_hours)
    house = House(
        library,
        store,
        settings.limits,
        tally=Metrics(),
        log=logs.make(settings.log),
        running=running,
        keys_last=keys_last,
        secret=_secret(settings),
        folder=settings.data.resolve(),
        chunk_rows=settings.chunk_rows,
        most_jobs=settings.most_jobs,
        retention_days=settings.retention_days,
        report_days=settings.report_days,
    )
    with store.transaction() as work:
        work.sweep_answers(house.now() - keys_last)
    store.close()  # as after migrating: the server may fork
    return house


def _secret(settings: Settings) -> bytes:
    """Return the service's secret: as it was set, else one of its own, made once."""
    if settings.secret:
        return settings.secret.encode()
    path = settings.secret_file
    try:
        if not path.exists():
            _make_secret(path)
        found = path.read_bytes()
    except OSError as error:
        raise BadSetting(f"The secret in {path} cannot be read: {error.strerror}.") from None
    if len(found.strip()) < LEAST_SECRET:
        raise BadSetting(f"{path} holds no secret: put it back from a backup, or take it away; all keys end with it.")
    return found


def _make_secret(path: Path) -> None:
    """Write a secret whole or not at all; of two who write one at once the first's counts."""
    path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
    draft = path.with_name(f"{path.name}-{secrets.token_hex(8)}")
    draft.touch(mode=0o600)
    try:
        draft.write_text(secrets.token_hex(32), encoding="ascii")
        with suppress(FileExistsError):
            os.link(draft, path)
    finally:
        draft.unlink()


def _safe(settings: Settings) -> dict[str, object]:
    """Return Flask's settings: it starts with no limit, no trusted hosts, and lax cookies."""
    return {
        "MAX_CONTENT_LENGTH": settings.max_json_bytes,
        "MAX_UPLOAD_BYTES": settings.max_upload_bytes,
        "INLINE_BYTES": settings.inline_bytes,
        "MAX_FORM_MEMORY_SIZE": settings.max_json_bytes,
        "MAX_FORM_PARTS": 20,
        "TRUSTED_HOSTS": list(settings.trusted_hosts),
        "SESSION_COOKIE_SECURE": True,
        "SESSION_COOKIE_HTTPONLY": True,
        "SESSION_COOKIE_SAMESITE": "Lax",
    }


def _open_request() -> None:
    """Give the request an id; refuse a body that is too large or not whole, and what another site's page sends."""
    sent = request.headers.get("X-Request-ID", "")
    g.request_id = sent if REQUEST_ID.match(sent) else uuid4().hex
    request.max_content_length = request.environ[LIMIT]
    if FAULT in request.environ:
        raise request.environ[FAULT]
    if request.endpoint == "candidates.store" and _is_between():
        request.max_content_length = current_app.config["MAX_CONTENT_LENGTH"]
        raise RequestEntityTooLarge
    if request.method not in ("GET", "HEAD", "OPTIONS") and not _is_own():
        abort(403, "This came from a page of another site. Send it from Rolefit's own pages, or from a program.")


def _is_between() -> bool:
    """Tell whether a body is too large for JSON, and too small to be left to the worker like a file."""
    config = current_app.config
    return bool(config["MAX_CONTENT_LENGTH"] < (request.content_length or 0) <= config["INLINE_BYTES"])


def _body_limit(settings: Settings) -> Callable[[dict[str, Any]], int]:
    """Return what tells how large the body of a request may be: a file, and candidates, may be larger than others."""

    def limit(environ: dict[str, Any]) -> int:
        kind = environ.get("CONTENT_TYPE", "").partition(";")[0].strip().lower()
        is_large = kind == "multipart/form-data" or environ["PATH_INFO"] == f"{api.BASE}/candidates"
        return settings.max_upload_bytes if is_large else settings.max_json_bytes

    return limit


def _is_own() -> bool:
    """Tell whether a request comes from a page of ours or from no page at all; browsers say which."""
    if site := request.headers.get("Sec-Fetch-Site"):
        return site in ("same-origin", "none")
    origin = request.headers.get("Origin")
    return origin is None or origin.partition("://")[2] == request.host


def _close_response(response: BaseResponse) -> BaseResponse:
    """Give every answer its id and what keeps a browser from doing more with it than showing it."""
    response.headers["X-Request-ID"] = g.get("request_id", "")
    for name, value in HEADERS.items():
        response.headers.setdefault(name, value)
    if again := api.problems.RETRY_AFTER.get(response.status_code):
        response.headers.setdefault("Retry-After", again)
    if request.is_secure:
        response.headers["Strict-Transport-Security"] = "max-age=31536000"
    # What has a mark to ask again by holds nobody's data: a rubric, or a part of the pages.
    if "ETag" not in response.headers or response.status_code >= 400:  # noqa: PLR2004 - a refusal is not to be kept
        response.headers["Cache-Control"] = "no-store"
    return response
