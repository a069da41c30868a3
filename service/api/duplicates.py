"""The same person twice: likely duplicates, and merging them, which can be undone."""

from __future__ import annotations

import re
from base64 import urlsafe_b64decode, urlsafe_b64encode
from typing import Any

from flask import Response

from service.api.house import house
from service.api.wire import Blueprint, reply
from service.errors import InvalidInput
from service.schemas.answers import CandidateDetail, DuplicateList
from service.schemas.requests import MergeSchema, PageQuery
from service.usecases import candidates, duplicates

blueprint = Blueprint("duplicates", __name__, description="The same person twice")

PAIR = re.compile(r"^([0-9a-f]{32})([0-9a-f]{32})\Z")


@blueprint.get("/duplicates")
@blueprint.arguments(PageQuery, location="query")
@blueprint.response(200, DuplicateList)
def list_duplicates(query: dict[str, Any]) -> Response:
    """List the pairs of stored candidates that are likely one person, a page at a time.

    A page may be shorter than its limit: it counts the pairs looked at.
    """
    pairs, last = duplicates.pairs(house(), _pair(query["cursor"]), query["limit"])
    return reply({"duplicates": pairs, "next_cursor": _cursor(last) if last else None})


@blueprint.post("/candidates/<candidate_id>/merge")
@blueprint.arguments(MergeSchema)
@blueprint.response(200, CandidateDetail)
@blueprint.alt_response(404, description="No such candidate")
@blueprint.alt_response(409, description="One of the two is merged already, or both are the same")
@blueprint.alt_response(422, description="The candidate to merge is not there")
def merge(body: dict[str, Any], candidate_id: str) -> Response:
    """Merge another candidate into this one: its evidence counts here from now on, and says where it is from."""
    duplicates.merge(house(), candidate_id, body["with"])
    return reply(candidates.show(house(), candidate_id))


@blueprint.delete("/candidates/<candidate_id>/merge/<other_id>")
@blueprint.response(204)
@blueprint.alt_response(404, description="No such candidate, or not merged into this one")
def unmerge(candidate_id: str, other_id: str) -> Response:
    """Take a candidate back out of this one: both are as they were."""
    duplicates.unmerge(house(), candidate_id, other_id)
    return Response(status=204)


def _cursor(pair: tuple[str, str]) -> str:
    return urlsafe_b64encode(bytes.fromhex("".join(pair))).decode().rstrip("=")


def _pair(cursor: str | None) -> tuple[str, str] | None:
    """Return the pair that a cursor of ours stands for. Raise InvalidInput for any other text."""
    if cursor is None:
        return None
    try:
        found = PAIR.match(urlsafe_b64decode(cursor + "=" * (-len(cursor) % 4)).hex())
    except ValueError:
        found = None
    if found is None:
        detail = "Not a cursor that this service gave."
        raise InvalidInput(detail, [{"parameter": "cursor", "code": "invalid", "detail": detail}])
    return found[1], found[2]
