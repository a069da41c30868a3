"""Mappings of columns, kept by name, to be used when files are imported."""

from __future__ import annotations

from typing import Any

from flask import Response, request

from service.api.house import house
from service.api.marks import IF_MATCH, IF_NONE_MATCH, as_seen, marked
from service.api.wire import UNCHANGED, Blueprint, reply
from service.errors import InvalidInput
from service.schemas.answers import MappingList, MappingShape
from service.schemas.requests import LONGEST_MAPPING_NAME, MappingSchema
from service.usecases import mappings

CHANGED = "It is not as `If-Match` or `If-None-Match` says"

blueprint = Blueprint("mappings", __name__, description="What the columns of your files mean, kept by name")


@blueprint.get("/mappings")
@blueprint.response(200, MappingList)
def list_mappings() -> Response:
    """List the mappings by name."""
    return reply({"mappings": mappings.list_all(house())})


@blueprint.get("/mappings/<name>")
@blueprint.response(200, MappingShape)
@blueprint.alt_response(304, **UNCHANGED)
@blueprint.alt_response(404, description="No mapping of this name")
def show(name: str) -> Response:
    """Show a mapping, with its mark."""
    return marked(mappings.get(house(), name)).make_conditional(request)


@blueprint.put("/mappings/<name>")
@blueprint.doc(parameters=[IF_MATCH, IF_NONE_MATCH])
@blueprint.arguments(MappingSchema)
@blueprint.response(200, MappingShape)
@blueprint.alt_response(201, schema=MappingShape, description="The name is new")
@blueprint.alt_response(412, description=CHANGED)
@blueprint.refusals(413, 415)
def keep(body: dict[str, Any], name: str) -> Response:
    """Keep a mapping under a name, in place of the one that was there."""
    if len(name) > LONGEST_MAPPING_NAME or not name.isprintable():
        detail = f"A name is printable and has at most {LONGEST_MAPPING_NAME} characters."
        raise InvalidInput(detail, [{"parameter": "name", "code": "invalid", "detail": detail}])
    kept, is_new = mappings.keep(house(), name, body, as_seen())
    return marked(kept, 201 if is_new else 200)


@blueprint.delete("/mappings/<name>")
@blueprint.doc(parameters=[IF_MATCH])
@blueprint.response(204)
@blueprint.alt_response(404, description="No mapping of this name")
@blueprint.alt_response(412, description=CHANGED)
@blueprint.refusals(422)
def delete(name: str) -> Response:
    """Delete a mapping."""
    mappings.delete(house(), name, as_seen())
    return Response(status=204)
