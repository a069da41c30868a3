"""What people decided or prefer, beside the ranking and the weights. Nothing is applied."""

from __future__ import annotations

from typing import Any

from flask import Response

from service.api.whatif import asked_of_pool
from service.api.wire import Blueprint
from service.schemas.preferences import Agreement, PreferencesSchema, WeightsProposal
from service.schemas.whatif import PoolQuery
from service.usecases import preferences

blueprint = Blueprint("preferences", __name__, description="Decisions of people beside the ranking")


@blueprint.get("/shortlists/<role>/agreement")
@blueprint.arguments(PoolQuery, location="query")
@blueprint.response(200, Agreement)
@blueprint.alt_response(404, description="No such role")
def agreement(query: dict[str, Any], role: str) -> Response:
    """Say how well a ranking goes with what people decided, and where it does not."""
    return asked_of_pool(role, query, preferences.agreement)


@blueprint.post("/shortlists/<role>/weights-proposal")
@blueprint.arguments(PreferencesSchema)
@blueprint.response(200, WeightsProposal)
@blueprint.alt_response(404, description="No such role")
@blueprint.refusals(413, 415)
def weights(asked: dict[str, Any], role: str) -> Response:
    """Propose weights that go with pairs and decisions, and the pair to ask of next; a person decides to use them."""
    return asked_of_pool(role, asked, lambda pool: preferences.weights(pool, asked))
