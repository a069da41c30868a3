"""Scoring candidates that a request brings along."""

from __future__ import annotations

from flask import Response

from service.api.house import house
from service.api.wire import Blueprint, json_body, reply
from service.schemas.answers import Scores
from service.schemas.requests import ScoreRequestSchema
from service.usecases import scores

blueprint = Blueprint("scores", __name__, description="Scoring candidates that the request brings along")


@blueprint.post("/scores")
@blueprint.doc(requestBody={"required": True, "content": {"application/json": {"schema": ScoreRequestSchema}}})
@blueprint.response(200, Scores)
@blueprint.alt_response(400, description="Not JSON that can be relied on")
@blueprint.refusals(413, 415, 422)
def score() -> Response:
    """Score candidates for one role, several, or all. Nothing is stored."""
    return reply(scores.score_request(json_body(), house()))
