"""Versions of rubrics: downloaded to be edited, sent back, compared, published."""

from __future__ import annotations

from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

import orjson
from flask import Response, current_app, request

from service.api.house import house
from service.api.wire import XLSX, Blueprint, download, json_body, reply
from service.errors import InvalidInput
from service.rubric_library.documents import to_yaml
from service.schemas.answers import Role
from service.schemas.bounds import check_bytes, check_nodes
from service.schemas.versions import (
    DifferenceQuery,
    ExportQuery,
    LintQuery,
    Publication,
    PublishQuery,
    RubricDocuments,
    RubricFile,
    RubricLint,
    RubricUpload,
    VersionList,
    VersionsCompared,
    WithdrawQuery,
)
from service.usecases import versions
from service.usecases.lint import look_over
from service.usecases.pools import ask_stored

YAML = "application/octet-stream"
"""A file of several documents is not what `application/yaml` promises."""

FILE = {"format": "binary", "type": "string"}

blueprint = Blueprint("versions", __name__, description="Versions of rubrics: edited, compared, published")


@blueprint.get("/roles/<role>/versions")
@blueprint.response(200, VersionList)
@blueprint.alt_response(404, description="No such role")
def list_versions(role: str) -> Response:
    """List the versions of a role, the newest first."""
    return reply(versions.versions(house(), role))


@blueprint.get("/roles/<role>/versions/<int:version>")
@blueprint.response(200, Role)
@blueprint.alt_response(404, description="No such role or version")
def show(role: str, version: int) -> Response:
    """Show a role's rubric as it was at a version."""
    return reply(versions.at_version(house(), role, version))


@blueprint.get("/roles/<role>/differences")
@blueprint.arguments(DifferenceQuery, location="query")
@blueprint.response(200, VersionsCompared)
@blueprint.alt_response(404, description="No such role or version")
def compare(query: dict[str, Any], role: str) -> Response:
    """Say what differs between two versions of a role, and who of the stored pool moves."""
    return reply(versions.difference(house(), role, query["before"], query["after"], query["seniority"], query["top"]))


@blueprint.get("/roles/<role>/lint")
@blueprint.arguments(LintQuery, location="query")
@blueprint.response(200, RubricLint)
@blueprint.alt_response(404, description="No such role")
def lint(query: dict[str, Any], role: str) -> Response:
    """Look a rubric over against the stored pool: what tells nobody apart, counts twice, or is worded badly."""
    table = house().library.table(house().library.get(role).role, query["seniority"])
    names = house().skill_names
    return reply(ask_stored(house(), table, house().today, lambda pool: look_over(table, pool, names)))


@blueprint.get("/rubrics.xlsx")
@blueprint.arguments(ExportQuery, location="query")
@blueprint.response(200, FILE, content_type=XLSX)
@blueprint.alt_response(404, description="No such role or version")
def download_workbook(query: dict[str, Any]) -> Response:
    """Download rubrics as a workbook to edit: the matrix, criteria, markers, roles."""
    from service.reports import rubrics  # noqa: PLC0415 - openpyxl is loaded when a workbook is written

    found, of = versions.exported(house(), query.get("role"), query["version"])
    names = house().library.skill_names
    return download(lambda file: rubrics.write(found, of, names, file), _name(query, "xlsx"), XLSX)


@blueprint.get("/rubrics.yaml")
@blueprint.arguments(ExportQuery, location="query")
@blueprint.response(200, FILE, content_type=YAML)
@blueprint.alt_response(404, description="No such role or version")
def download_yaml(query: dict[str, Any]) -> Response:
    """Download rubrics as YAML, a document each, as the files under rubrics/roles."""
    found, _ = versions.exported(house(), query.get("role"), query["version"])
    text = to_yaml(found)
    return download(lambda file: file.write(text.encode()), _name(query, "yaml"), YAML)


@blueprint.get("/rubrics.json")
@blueprint.arguments(ExportQuery, location="query")
@blueprint.response(200, RubricDocuments)
@blueprint.alt_response(404, description="No such role or version")
def download_json(query: dict[str, Any]) -> Response:
    """Download rubrics as JSON: an object with `rubrics`."""
    found, _ = versions.exported(house(), query.get("role"), query["version"])
    return download(lambda file: file.write(orjson.dumps({"rubrics": found})), _name(query, "json"), "application/json")


def _name(query: dict[str, Any], ending: str) -> str:
    of = query.get("role") or "rubrics"
    version = f"-{query['version']}" if query["version"] else ""
    return f"{of}{version}.{ending}"


@blueprint.post("/rubrics")
@blueprint.doc(requestBody={"required": True, "content": {"multipart/form-data": {"schema": RubricUpload}}})
@Blueprint.ARGUMENTS_PARSER.use_args(RubricFile(), location="files")  # smorest documents one part of a body
@blueprint.arguments(PublishQuery, location="query")
@blueprint.response(200, Publication)
@blueprint.refusals(400, 413, 415, 422)
@blueprint.alt_response(409, description="Somebody published since the file was downloaded")
def send(files: dict[str, Any], query: dict[str, Any]) -> Response:
    """Publish rubrics of a file, all or none, or (dry_run) only say what they would change.

    Options are read from the query and from the form alike.
    """
    file = files["file"]
    with house().running.reading_a_file(), TemporaryDirectory(prefix="rolefit-") as folder:
        path = Path(folder) / "rubrics"
        file.save(path)
        sent = versions.read(house(), path, file.filename or "")
    return _published(sent, query)


@blueprint.post("/roles/<role>/versions")
@blueprint.doc(requestBody={"required": True, "content": {"application/json": {"schema": {"type": "object"}}}})
@blueprint.arguments(PublishQuery, location="query")
@blueprint.response(200, Publication)
@blueprint.refusals(400, 413, 415, 422)
@blueprint.alt_response(409, description="Somebody published since the version in the document")
def send_one(query: dict[str, Any], role: str) -> Response:
    """Publish a role's rubric, sent as JSON, or (dry_run) only say what it would change."""
    check_bytes(len(request.get_data()))
    body = json_body(request)
    check_nodes(body)
    if isinstance(body, dict) and body.setdefault("role", role) != role:
        detail = f"The document is of the role {str(body['role'])[:100]!r}."
        raise InvalidInput(detail, [{"pointer": "/role", "code": "invalid", "detail": detail}])
    return _published(versions.as_sent([body]), query)


def _published(sent: versions.Sent, query: dict[str, Any]) -> Response:
    asked = house(), sent, query["seniority"], query["top"]
    if query["dry_run"]:
        return reply(versions.propose(*asked))
    found = versions.publish(*asked, query["note"])
    current_app.extensions["rolefit.houses"].renew()
    return reply(found)


@blueprint.delete("/roles/<role>/versions")
@blueprint.arguments(WithdrawQuery, location="query")
@blueprint.response(204)
@blueprint.alt_response(404, description="No such role")
@blueprint.alt_response(409, description="Nothing of this role was published")
def withdraw(query: dict[str, Any], role: str) -> Response:
    """Put a role back to what the files say; a role of your own is then gone, its versions are kept."""
    versions.withdraw(house(), role, query["note"])
    current_app.extensions["rolefit.houses"].renew()
    return Response(status=204)
