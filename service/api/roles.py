"""Rubrics, the skills matrix and the template: what candidates are scored on."""

from __future__ import annotations

from typing import Any

from flask import Response

from service.api.house import house
from service.api.wire import UNCHANGED, XLSX, Blueprint, download, reply, unless_known
from service.schemas.answers import Matrix, Role, Roles
from service.schemas.requests import TemplateQuery
from service.usecases import rubrics

blueprint = Blueprint("roles", __name__, description="What candidates are scored on")


@blueprint.get("/roles")
@blueprint.response(200, Roles)
@blueprint.alt_response(304, **UNCHANGED)
def list_roles() -> Response:
    """List the roles."""
    return unless_known(reply(rubrics.roles(house().library)))


@blueprint.get("/roles/<role>")
@blueprint.response(200, Role)
@blueprint.alt_response(304, **UNCHANGED)
@blueprint.alt_response(404, description="No such role")
def show_role(role: str) -> Response:
    """Show a role's rubric: criteria, bands, markers, provenance, weights."""
    return unless_known(reply(rubrics.role(house().library.get(role))))


@blueprint.get("/matrix")
@blueprint.response(200, Matrix)
@blueprint.alt_response(304, **UNCHANGED)
def show_matrix() -> Response:
    """Show the skills matrix: a row for each skill, a column for each role."""
    return unless_known(reply(rubrics.matrix(house().library)))


@blueprint.get("/matrix.xlsx")
@blueprint.response(200, {"format": "binary", "type": "string"}, content_type=XLSX)
def download_matrix() -> Response:
    """Download the skills matrix with all criteria and markers as a workbook."""
    from service.reports import matrix  # noqa: PLC0415 - pandas is loaded when a table is drawn

    library = house().library
    rubrics_ = list(library.rubrics.values())
    return download(
        lambda file: matrix.write_workbook(library.matrix, rubrics_, file, library.skill_names),
        "skills-matrix.xlsx",
        XLSX,
    )


@blueprint.get("/templates/candidates.xlsx")
@blueprint.arguments(TemplateQuery, location="query")
@blueprint.response(200, {"format": "binary", "type": "string"}, content_type=XLSX)
@blueprint.alt_response(404, description="No such role")
def download_template(query: dict[str, Any]) -> Response:
    """Download an empty workbook for a role, with drop-downs, a legend and an example."""
    from service.reports import template  # noqa: PLC0415 - pandas is loaded when a table is drawn

    library = house().library
    rubric = library.get(query["role"])
    words = [(level, *named) for level, named in library.words.names.items()]
    return download(lambda file: template.write_template(rubric, file, words), f"candidates-{rubric.role}.xlsx", XLSX)
