"""One payload for every error of the API: problem+json (RFC 9457). One handler for each kind of exception."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

import orjson
from flask import Flask, Response, g, request
from werkzeug.exceptions import HTTPException, RequestEntityTooLarge

from service.api.house import log
from service.api.wire import PROBLEM
from service.errors import RolefitError
from service.telling.logs import told

RETRY_AFTER = {429: "10", 503: "2"}
"""Seconds after which to ask again, where a refusal does not say so itself."""


def register(app: Flask) -> None:
    """Answer every error with a problem."""
    app.register_error_handler(RolefitError, explained)
    app.register_error_handler(HTTPException, refused)
    app.register_error_handler(Exception, unforeseen)


def problem(
    status: int, title: str, detail: str, code: str = "about:blank", errors: Sequence[Mapping[str, Any]] = ()
) -> Response:
    """Return a problem document."""
    body = {
        "type": "about:blank" if code == "about:blank" else f"urn:rolefit:problem:{code}",
        "title": title,
        "status": status,
        "detail": detail,
        "instance": request.path,
        "request_id": g.get("request_id"),
        "errors": list(errors),
    }
    g.problem = {"status": status, "code": code, "errors": body["errors"]}
    response = Response(orjson.dumps(body, default=str), status, content_type=PROBLEM)
    if status == 401:  # noqa: PLR2004 - HTTP's number
        response.headers["WWW-Authenticate"] = 'Bearer realm="rolefit"'
    return response


def explained(error: RolefitError) -> Response:
    """Answer a mistake that we can explain; where it is not the sender's, the log says how it came about."""
    if error.status >= 500:  # noqa: PLR2004 - the statuses of servers
        log().error("unavailable", problem=error.code, request_id=g.get("request_id"), **told(error))
    return problem(error.status, error.title, error.detail, error.code, error.errors)


def refused(error: HTTPException) -> Response:
    """Answer what Flask or Werkzeug refused: no such page, method, kind or size."""
    if isinstance(error, RequestEntityTooLarge):
        limit = request.max_content_length
        detail = f"The request is larger than {limit / 1024 / 1024:g} MiB." if limit else "The request is too large."
        return problem(413, "Too large", detail, "too_large")
    response = problem(error.code or 500, error.name, error.description or error.name)
    for name, value in error.get_headers():
        if name in ("Allow", "Retry-After"):
            response.headers[name] = value
    return response


def unforeseen(error: Exception) -> Response:
    """Answer a defect of ours: the log has its places, the answer only the request's id."""
    log().error("defect", request_id=g.get("request_id"), **told(error))
    return problem(500, "Something went wrong", "This is a defect of Rolefit; its log has the request's id.", "defect")
