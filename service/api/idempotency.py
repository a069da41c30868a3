"""`Idempotency-Key`: a request that is sent again under its key is done once, and answered as it was.

The answer is committed with what the request did, so that a crash leaves both or neither. A refusal did nothing, and
is not kept: the key may be used for the request once it is mended. A key stands for a route and its request: under
another body it is a mistake (422), while its first request is at work it is too early (409).
"""

from __future__ import annotations

import hashlib
import re
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from functools import wraps
from threading import Lock
from typing import Any, BinaryIO

from flask import Response, current_app, g, request

from service.api.house import house
from service.errors import InvalidInput, RolefitError
from service.store.idempotency import FORGOTTEN, Answer
from service.store.work import Work

HEADER = "Idempotency-Key"
PATTERN = r'^"?[A-Za-z0-9._~:/+=@-]{1,255}"?$'
KEY = re.compile(PATTERN.removesuffix("$") + r"\Z")
BLOCK = 1024 * 1024

DOCUMENTED = {
    "parameters": [
        {
            "in": "header",
            "name": HEADER,
            "schema": {"type": "string", "pattern": PATTERN},
            "description": "The same for each try of one request: what it does is done once, and its answer repeated.",
        }
    ]
}


class BadKey(RolefitError):
    """The key is not of the kind that is read."""

    status = 400
    code = "bad_idempotency_key"
    title = "The Idempotency-Key cannot be used"


class Conflict(RolefitError):
    """What was asked for meets something else that is or was done."""

    status = 409
    code = "conflict"
    title = "In conflict with another request"


class InFlight:
    """The keys whose requests are at work in this process; another process waits for the database's one writer."""

    def __init__(self) -> None:
        self._keys: set[tuple[str, ...]] = set()
        self._lock = Lock()

    @contextmanager
    def alone(self, key: tuple[str, ...]) -> Iterator[None]:
        """Hold a key. Raise Conflict while another request holds it."""
        with self._lock:
            if key in self._keys:
                raise Conflict("The first request under this key is still at work.", code="idempotency_in_flight")
            self._keys.add(key)
        try:
            yield
        finally:
            with self._lock:
                self._keys.discard(key)


class AlreadyDone(Exception):
    """What this request asks for was done under its key, by another process, while this one waited to write."""

    def __init__(self, answer: Answer) -> None:
        super().__init__()
        self.answer = answer


View = Callable[..., Response]
Again = Callable[[Answer], Response]


def once(again: Again | None = None) -> Callable[[View], View]:
    """Do what a view does once for each key; `again` makes the answer anew where its body is not kept."""

    def decorate(view: View) -> View:
        @wraps(view)
        def run(*args: Any, **kwargs: Any) -> Response:
            key = _key()
            if key is None:
                return view(*args, **kwargs)
            with current_app.extensions["rolefit.in_flight"].alone((str(house().folder), *key)):
                g.idempotency = (*key, _digest())
                with house().store.reading() as work:
                    kept = _find(work, key)
                try:
                    return _replay(kept, again) if kept else view(*args, **kwargs)
                except AlreadyDone as done:
                    return _replay(done.answer, again)

        return run

    return decorate


def keeper(answer: Callable[[Any], Response], *, body: bool = True) -> Callable[[Work, Any], None]:
    """Return what keeps the answer to this request in the transaction of its effect, where it has a key."""

    def keep(work: Work, told: Any) -> None:
        if "idempotency" not in g:
            return
        route, key, digest = g.idempotency
        if kept := _find(work, (route, key)):
            raise AlreadyDone(kept)
        response = answer(told)
        text = response.get_data(as_text=True) if body else ""
        now = house().now()
        work.sweep_answers(now - house().keys_last)
        work.answers.keep(route, key, Answer(digest, response.status_code, response.location, text), now)

    return keep


def _key() -> tuple[str, str] | None:
    """Return the route and the key of the request, or None. Raise BadKey."""
    sent = request.headers.get(HEADER)
    if sent is None:
        return None
    if not KEY.match(sent):
        raise BadKey("Send 1 to 255 letters, digits or marks of ._~:/+=@- such as a UUID.", [
            {"parameter": HEADER, "code": "invalid", "detail": "Not a key."},
        ])  # fmt: skip
    return str(request.url_rule), sent.strip('"')


def _find(work: Work, key: tuple[str, str]) -> Answer | None:
    return work.answers.find(*key, since=house().now() - house().keys_last)


def _replay(kept: Answer, again: Again | None) -> Response:
    """Answer as before. Raise InvalidInput for another request, Conflict where the answer is forgotten."""
    if kept == FORGOTTEN:
        raise Conflict(
            "What was sent under this key was done, and a person in it erased since: the answer is gone too.",
            code="idempotency_forgotten",
        )
    if kept.digest != g.idempotency[2]:
        detail = "This key was used for another request. Give each request a key of its own."
        error = {"parameter": HEADER, "code": "reused", "detail": detail}
        raise InvalidInput(detail, [error], code="idempotency_key_reused")
    if kept.body or again is None:
        response = Response(kept.body, kept.status, content_type="application/json")
    else:
        response = again(kept)
    if kept.location:
        response.headers["Location"] = kept.location
    response.headers["Idempotent-Replayed"] = "true"
    return response


def _digest() -> str:
    """Return a digest of the request: of a form, what its fields and files hold, since its boundaries differ."""
    digest = hashlib.sha256()

    def add(*texts: str | bytes) -> None:
        for text in texts:
            raw = text if isinstance(text, bytes) else text.encode(errors="surrogatepass")
            digest.update(b"%d:" % len(raw) + raw)

    add(request.query_string, request.mimetype)
    if request.mimetype != "multipart/form-data":
        add(request.get_data())
        return digest.hexdigest()
    for name, text in sorted(request.form.items(multi=True)):
        add("field", name, text)
    for name, file in request.files.items(multi=True):
        add("file", name, file.filename or "", _digest_of(file.stream))
    return digest.hexdigest()


def _digest_of(file: BinaryIO) -> bytes:
    """Return the digest of a file that is read from its beginning afterwards."""
    digest = hashlib.sha256()
    while block := file.read(BLOCK):
        digest.update(block)
    file.seek(0)
    return digest.digest()
