"""Marks (ETags) of what is edited, and requests that hold only while it is as its editor saw it."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from typing import Any

import orjson
from flask import Response, request
from werkzeug.http import generate_etag

from service.api.wire import reply
from service.errors import Changed, InvalidInput

MARKS = re.compile(r'^(\*|"[^"]*"( *, *"[^"]*")*)\Z')
ANY = "*"

IF_MATCH = {
    "in": "header",
    "name": "If-Match",
    "schema": {"type": "string", "pattern": r'^(\*|"[!#-~]{1,100}")$'},
    "description": "Only where it still has this mark, the `ETag` of an answer; `*`: only where it is there.",
}
IF_NONE_MATCH = {
    "in": "header",
    "name": "If-None-Match",
    "schema": {"type": "string", "enum": [ANY]},
    "description": "`*`: only where it is not there yet.",
}

Kept = Mapping[str, Any] | None
"""What is there, as it is shown; None where nothing is."""


def marked(value: Mapping[str, Any], status: int = 200) -> Response:
    """Return what is edited, with its mark."""
    response = reply(value, status)
    response.add_etag()
    response.headers["Cache-Control"] = "no-cache"
    return response


def as_seen() -> Callable[[Kept], None]:
    """Return what raises Changed where something is not as the request says that it was. Raise InvalidInput."""
    wanted, unwanted = request.headers.get("If-Match"), request.headers.get("If-None-Match")
    if wanted is not None and not MARKS.match(wanted):
        raise _unread("If-Match", 'Send a mark as it came in ETag, in quotes, or "*".')
    if unwanted not in (None, ANY):
        raise _unread("If-None-Match", 'Only "*" can be sent along with a change: it must not be there yet.')

    def check(kept: Kept) -> None:
        if unwanted and kept is not None:
            raise Changed("It is there already, and was not to be replaced.")
        if wanted and not _fits(wanted, kept):
            raise Changed("It is not as you last saw it: somebody changed or deleted it. Load it again, then decide.")

    return check


def _fits(wanted: str, kept: Kept) -> bool:
    if kept is None:
        return False
    return wanted == ANY or generate_etag(orjson.dumps(kept, default=str)) in re.findall(r'"([^"]*)"', wanted)


def _unread(header: str, detail: str) -> InvalidInput:
    return InvalidInput(detail, [{"parameter": header, "code": "invalid", "detail": detail}])
