"""Mappings of columns, kept by name, to be used when files are imported."""

from __future__ import annotations

from typing import Any

from flask import Response

from service.api.house import house
from service.api.wire import Blueprint, reply
from service.errors import InvalidInput
from service.schemas.answers import MappingList, MappingShape
from service.schemas.requests import LONGEST_MAPPING_NAME, MappingSchema
from service.usecases import mappings

blueprint = Blueprint("mappings", __name__, description="What the columns of your files mean, kept by name")


@blueprint.get("/mappings")
@blueprint.response(200, MappingList)
def list_mappings() -> Response:
    """List the mappings by name."""
    return reply({"mappings": mappings.list_all(house())})


@blueprint.get("/mappings/<name>")
@blueprint.response(200, MappingShape)
@blueprint.alt_response(404, description="No mapping of this name")
def show(name: str) -> Response:
    """Show a mapping."""
    return reply(mappings.get(house(), name))


@blueprint.put("/mappings/<name>")
@blueprint.arguments(MappingSchema)
@blueprint.response(200, MappingShape)
@blueprint.alt_response(201, schema=MappingShape, description="The name is new")
@blueprint.refusals(413, 415)
def keep(body: dict[str, Any], name: str) -> Response:
    """Keep a mapping under a name, in place of the one that was there."""
    if len(name) > LONGEST_MAPPING_NAME or not name.isprintable():
        detail = f"A name is printable and has at most {LONGEST_MAPPING_NAME} characters."
        raise InvalidInput(detail, [{"parameter": "name", "code": "invalid", "detail": detail}])
    kept, is_new = mappings.keep(house(), name, body["columns"])
    return reply(kept, 201 if is_new else 200)


@blueprint.delete("/mappings/<name>")
@blueprint.response(204)
@blueprint.alt_response(404, description="No mapping of this name")
def delete(name: str) -> Response:
    """Delete a mapping."""
    mappings.delete(house(), name)
    return Response(status=204)
