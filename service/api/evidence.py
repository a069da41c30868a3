"""What was read of candidates, and where: for those who wonder at a score, or at what the vocabulary lacks."""

from __future__ import annotations

from typing import Any

from flask import Response

from service.api.house import house
from service.api.wire import Blueprint, json_body, reply, today_or
from service.schemas.answers import EvidenceRead, StoredEvidence, UnknownWords
from service.schemas.requests import AsOfQuery, EvidenceRequestSchema, WordsQuery
from service.usecases import evidence

blueprint = Blueprint("evidence", __name__, description="What was read of candidates, and where")


@blueprint.post("/evidence")
@blueprint.doc(requestBody={"required": True, "content": {"application/json": {"schema": EvidenceRequestSchema}}})
@blueprint.response(200, EvidenceRead)
@blueprint.alt_response(400, description="Not JSON that can be relied on")
@blueprint.alt_response(422, description="Every mistake of the request")
def read() -> Response:
    """Say what is read of the candidates that the request brings along. Nothing is stored."""
    return reply(evidence.evidence_request(json_body(), house()))


@blueprint.get("/candidates/<candidate_id>/evidence")
@blueprint.arguments(AsOfQuery, location="query")
@blueprint.response(200, StoredEvidence)
@blueprint.alt_response(404, description="No such candidate")
def show(query: dict[str, Any], candidate_id: str) -> Response:
    """Say what was read of a stored candidate, or of the one it was merged into."""
    return reply(evidence.stored_evidence(house(), candidate_id, today_or(query["as_of"], house().today)))


@blueprint.get("/unknown-words")
@blueprint.arguments(WordsQuery, location="query")
@blueprint.response(200, UnknownWords)
def unknown_words(query: dict[str, Any]) -> Response:
    """List the words given as skills that are none we know, by how many stored candidates have them."""
    return reply(evidence.stored_unknown_words(house(), query["top"]))
