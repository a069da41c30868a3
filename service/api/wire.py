"""Bytes to values and back: strict JSON in, orjson out, files as downloads with names for people."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Mapping
from io import BytesIO
from typing import Any, BinaryIO, NoReturn

import orjson
from flask import Request, Response, current_app, request, send_file
from flask.json.provider import JSONProvider
from flask_smorest import Blueprint as SmorestBlueprint
from marshmallow import Schema, ValidationError
from webargs.flaskparser import FlaskParser
from webargs.multidictproxy import MultiDictProxy
from werkzeug.datastructures import MultiDict

from service.errors import InvalidInput, UnsupportedFile
from service.schemas import faults, strict_json
from service.schemas.answers import Problem

XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
PROBLEM = "application/problem+json"
NDJSON = ("application/x-ndjson", "application/jsonl", "application/ndjson")
FORMS = ("multipart/form-data", "application/x-www-form-urlencoded")
CSRF_FIELD = "csrf"
"""The form field by which a page shows that a request comes from it; it is no option."""

PROBES = "probes"
"""The blueprint whose calls may carry whatever a load balancer adds to their address."""


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

    def load_querystring(self, req: Request, schema: Schema) -> Any:
        """Return the options of a request: its query and the fields of its form mean the same."""
        sent = _options(req)
        wrong = {name: [ONCE] for name, values in sent.lists() if _differ(schema, name, values)}
        if wrong:
            raise ValidationError(wrong)
        return MultiDictProxy(sent, schema)

    def load_files(self, req: Request, schema: Schema) -> Any:
        """Return the files of a form, of which each has a name of its own."""
        wrong = [name for name, files in req.files.lists() if len(files) > 1]
        if wrong:
            raise ValidationError(
                {name: [f"Send one file, with a name, in the form field {name!r}."] for name in wrong}
            )
        return super().load_files(req, schema)

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


ONCE = "This is said more than once, and not the same each time. Say it once, in the query or in the form."


def _options(req: Request) -> MultiDict[str, str]:
    """Return what a request says in its query and in the fields of its form."""
    fields = list(req.form.items(multi=True)) if req.mimetype in FORMS else []
    return MultiDict([*req.args.items(multi=True), *(one for one in fields if one[0] != CSRF_FIELD)])


def _differ(schema: Schema, name: str, values: list[str]) -> bool:
    """Tell whether an option is given several values that do not mean the same."""
    field = next((one for key, one in schema.fields.items() if (one.data_key or key) == name), None)
    if field is None or len(set(values)) == 1:
        return False
    try:
        return any(field.deserialize(value) != field.deserialize(values[0]) for value in values)
    except ValidationError:
        return True


def _refuse_unread() -> None:
    """Raise InvalidInput for what the call does not read: an option that is passed over would be taken for heard."""
    view = current_app.view_functions[str(request.endpoint)]
    documented = getattr(view, "_apidoc", {})
    read_by_schema = {one["in"] for one in documented.get("arguments", {}).get("parameters", ())}
    has_body = "requestBody" in documented.get("manual_doc", {}) or "json" in read_by_schema
    wrong = {} if "query" in read_by_schema else dict.fromkeys(request.args if has_body else _options(request), UNREAD)
    errors = [{"parameter": name, "code": "unknown", "detail": detail} for name, detail in wrong.items()]
    if not has_body:
        errors += [{"parameter": name, "code": "unknown", "detail": UNREAD} for name in request.files]
        if request.mimetype not in FORMS and request.get_data() not in (b"", b"{}"):
            errors.append(
                {"pointer": "", "code": "unknown", "detail": "A body is not read here: send options in the query."}
            )
    if errors:
        detail = "; ".join(f"{error.get('parameter', 'body')}: {error['detail']}" for error in errors[:3])
        raise InvalidInput(f"The request says more than is read. {detail}", errors)


UNREAD = "Not read here: this call takes no options and no file."


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

    def __init__(self, *args: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        self.before_request(lambda: None if request.blueprint == PROBES else _refuse_unread())
        self._prepare_doc_cbks.append(self._prepare_headers_doc)

    @staticmethod
    def _prepare_headers_doc(doc: dict[str, Any], doc_info: dict[str, Any], **_: Any) -> dict[str, Any]:
        """Document headers with the parameters of the query: smorest puts a list in the place of another."""
        headers = doc_info.get("manual_doc", {})
        if "parameters" in headers:
            headers["parameters"] = [*doc.get("parameters", ()), *headers["parameters"]]
        return doc

    def response(self, status_code: int, schema: Any = None, **options: Any) -> Callable[..., Any]:
        """Document the answer, JSON unless told otherwise, and the refusals that every call may give."""
        document = super().response(status_code, schema, **{"content_type": "application/json", **options})
        refusals = self.refusals(400, 413, 422, 500, 503)
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
