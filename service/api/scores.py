"""Scoring candidates that a request brings along."""

from __future__ import annotations

from typing import Any

from flask import Response

from service.api.house import house
from service.api.wire import Blueprint, reply
from service.schemas.answers import Scores
from service.schemas.requests import ScoreRequestSchema
from service.usecases import scores

blueprint = Blueprint("scores", __name__, description="Scoring candidates that the request brings along")


@blueprint.post("/scores")
@blueprint.arguments(ScoreRequestSchema)
@blueprint.response(200, Scores)
@blueprint.alt_response(400, description="Not JSON that can be relied on")
def score(request: dict[str, Any]) -> Response:
    """Score candidates for one role, several, or all. Nothing is stored."""
    building = house()
    return reply(scores.score_request(request, building.library, building.reader, building.today))
