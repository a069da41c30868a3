"""Rubrics drafted from job descriptions, to be edited and published."""

from __future__ import annotations

from flask import Response, request

from service.api.house import house
from service.api.wire import Blueprint, json_body, reply
from service.schemas.bounds import check_bytes
from service.schemas.drafts import JobDescriptionSchema, RubricDraft
from service.usecases import drafts

blueprint = Blueprint("drafts", __name__, description="Rubrics drafted from job descriptions")


@blueprint.post("/roles/drafts")
@blueprint.doc(requestBody={"required": True, "content": {"application/json": {"schema": JobDescriptionSchema}}})
@blueprint.response(200, RubricDraft)
@blueprint.refusals(400, 413, 415, 422)
def draft() -> Response:
    """Draft a rubric from a job description: its text, or JSON Resume's job schema. Nothing is stored."""
    check_bytes(len(request.get_data()))
    return reply(drafts.draft(house(), json_body()))
