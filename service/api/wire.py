"""Bytes to values and back: strict JSON in, orjson out, files as downloads with names for people."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Mapping
from io import BytesIO
from typing import Any, BinaryIO, NoReturn

import orjson
from flask import Request, Response, request, send_file
from flask.json.provider import JSONProvider
from flask_smorest import Blueprint as SmorestBlueprint
from marshmallow import Schema, ValidationError
from webargs.flaskparser import FlaskParser

from service.errors import InvalidInput, UnsupportedFile
from service.schemas import faults, strict_json
from service.schemas.answers import Problem

XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
PROBLEM = "application/problem+json"
NDJSON = ("application/x-ndjson", "application/jsonl", "application/ndjson")


class OrjsonProvider(JSONProvider):
    """Flask's JSON by orjson."""

    def dumps(self, obj: Any, **_: Any) -> str:
        """Return a value as JSON text."""
        return orjson.dumps(obj, default=str).decode()

    def loads(self, s: str | bytes, **_: Any) -> Any:
        """Return the value of JSON text."""
        return strict_json.loads(s.encode() if isinstance(s, str) else s)


def json_body(req: Request | None = None, *, lines: bool = False) -> Any:
    """Return the request's JSON; where `lines` are welcome, of a value to a line too.

    Raise UnsupportedFile where it is sent as something else.
    """
    req = req or request
    if lines and req.mimetype in NDJSON:
        return strict_json.loads_lines(req.get_data())
    if not req.is_json:
        raise UnsupportedFile("Send the body as application/json.", code="not_json")
    return strict_json.loads(req.get_data())


def reply(value: Any, status: int = 200) -> Response:
    """Return a value as a JSON response."""
    return Response(orjson.dumps(value, default=str), status, content_type="application/json")


UNCHANGED = {"schema": None, "content_type": None, "description": "Still what the mark in If-None-Match stands for"}


def unless_known(response: Response) -> Response:
    """Return an answer, or only that it is still the one whose mark the request sent (`If-None-Match`)."""
    response.add_etag()
    response.headers["Cache-Control"] = "no-cache"
    return response.make_conditional(request)


def download(write: Callable[[BinaryIO], None], name: str, mimetype: str) -> Response:
    """Return what `write` writes as a file to keep, with a name for people."""
    file = BytesIO()
    write(file)
    file.seek(0)
    return send_file(file, mimetype, as_attachment=True, download_name=name, max_age=0, conditional=False)


class Parser(FlaskParser):
    """Checks requests by a schema; every mistake is told at once, with its pointer or its parameter."""

    DEFAULT_UNKNOWN_BY_LOCATION: Mapping[str, str | None] = {}

    def load_json(self, req: Request, schema: Schema) -> Any:  # noqa: ARG002 - the interface of webargs
        """Return the body."""
        return json_body(req)

    def handle_error(  # type: ignore[override]
        self, error: ValidationError, req: Request, schema: Schema, *, error_status_code: int, error_headers: Any
    ) -> NoReturn:
        """Raise InvalidInput with a fault for each message."""
        del req, schema, error_status_code, error_headers
        (location, messages), *_ = error.messages.items()
        found = list(faults.flatten(messages))
        errors = [_fault(location, path, message) for path, message in found]
        detail = "; ".join(f"{'.'.join(map(str, path)) or location}: {message}" for path, message in found[:3])
        raise InvalidInput(f"The request cannot be used as it is. {detail}", errors)


def _fault(location: str, path: faults.Path, message: str) -> dict[str, Any]:
    if location == "json":
        return {"pointer": faults.pointer(path), "code": "invalid", "detail": message}
    return {"parameter": ".".join(map(str, path)), "code": "invalid", "detail": message}


REFUSALS = {
    400: "The request cannot be read, or is not meant for this service",
    413: "The body is over a limit",
    415: "The body is not of a kind that is read",
    422: "Every mistake of the request",
    500: "A defect of the service",
    503: "The service cannot do it now; Retry-After says when to ask again",
}


class Blueprint(SmorestBlueprint):
    """A blueprint whose requests are checked by our parser, and whose refusals are documented as problems."""

    ARGUMENTS_PARSER = Parser()

    def response(self, status_code: int, schema: Any = None, **options: Any) -> Callable[..., Any]:
        """Document the answer, JSON unless told otherwise, and the refusals that every call may give."""
        document = super().response(status_code, schema, **{"content_type": "application/json", **options})
        refusals = self.refusals(400, 500, 503)
        return lambda view: document(refusals(view))

    def refusals(self, *statuses: int) -> Callable[..., Any]:
        """Document refusals that mean the same wherever they are given."""

        def document(view: Callable[..., Any]) -> Callable[..., Any]:
            for status in statuses:
                view = self.alt_response(status, description=REFUSALS[status])(view)
            return view

        return document

    def alt_response(self, status_code: int, **options: Any) -> Callable[..., Any]:
        """Document another answer: a problem, unless it has a schema of its own."""
        content_type = "application/json" if "schema" in options else PROBLEM
        return super().alt_response(status_code, **{"schema": Problem, "content_type": content_type, **options})


def today_or(date: dt.date | None, today: dt.date) -> dt.date:
    """Return the day asked for, else today."""
    return date or today
