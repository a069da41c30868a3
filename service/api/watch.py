"""Sees every request begin and end: a line of the log, and a count. Never the path, the query or a header."""

from __future__ import annotations

import time
from collections.abc import Mapping
from typing import Any

from flask import Flask, g, request
from werkzeug.wrappers import Response

from service.telling.logs import Log
from service.telling.tally import Tally

METHODS = frozenset({"GET", "HEAD", "OPTIONS", "POST", "PUT", "PATCH", "DELETE"})
UPLOAD = "imports.upload"


def register(app: Flask, log: Log, tally: Tally) -> None:
    """Watch an app. To be called before others add what they do around a request."""
    app.extensions["rolefit.log"] = log
    app.before_request(_begin)

    @app.after_request  # the first to be added is the last to be called
    def end(response: Response) -> Response:
        """Tell of the request."""
        seconds = time.perf_counter() - g.began
        route, method = _route(), request.method if request.method in METHODS else "OTHER"
        tally.request(route, method, response.status_code, seconds)
        problem = g.get("problem")
        if problem and problem["code"] != "defect" and request.endpoint == UPLOAD:
            _refused(problem, log, tally)
        (log.error if response.status_code >= 500 else log.info)(  # noqa: PLR2004 - the statuses of servers
            "request",
            method=method,
            route=route,
            status=response.status_code,
            ms=round(seconds * 1000, 1),
            bytes=response.content_length or response.calculate_content_length() or 0,
            request_id=g.get("request_id"),
        )
        return response


def _begin() -> None:
    g.began = time.perf_counter()


def _route() -> str:
    """Return the template of the route: what was asked for may hold a name."""
    return request.url_rule.rule if request.url_rule else "unmatched"


def _refused(problem: Mapping[str, Any], log: Log, tally: Tally) -> None:
    """Tell of an upload that was refused, and of the parser that died of it."""
    code = problem["code"]
    reason = f"http_{problem['status']}" if code == "about:blank" else code
    tally.refused(reason)
    log.warning("upload refused", reason=reason, request_id=g.get("request_id"))
    for error in problem["errors"]:
        if signal := error.get("signal"):
            tally.killed(signal)
