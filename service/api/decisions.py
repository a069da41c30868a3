"""What people decide on candidates: kept as said, with who and why; the program decides nothing."""

from __future__ import annotations

from typing import Any

from flask import Response

from service.api.house import house
from service.api.idempotency import DOCUMENTED, keeper, once
from service.api.wire import Blueprint, reply
from service.schemas.answers import Decisions, DecisionShape
from service.schemas.requests import DecisionSchema
from service.usecases import decisions

blueprint = Blueprint("decisions", __name__, description="Decisions of people on candidates")


@blueprint.post("/candidates/<candidate_id>/decisions")
@blueprint.doc(**DOCUMENTED)
@blueprint.arguments(DecisionSchema)
@blueprint.response(201, DecisionShape)
@blueprint.alt_response(404, description="No such candidate or role")
@blueprint.alt_response(409, description="The first request under this key is at work, or its answer erased")
@blueprint.refusals(413, 415)
@once()
def decide(said: dict[str, Any], candidate_id: str) -> Response:
    """Keep a verdict on a candidate for a role, or points to show beside the computed fit; always with a reason."""
    role, seniority = said.pop("role"), said.pop("seniority")
    return _told(decisions.decide(house(), candidate_id, role, seniority, said, keeper(_told)))


def _told(decision: dict[str, Any]) -> Response:
    return reply(decision, 201)


@blueprint.get("/candidates/<candidate_id>/decisions")
@blueprint.response(200, Decisions)
@blueprint.alt_response(404, description="No such candidate")
def show(candidate_id: str) -> Response:
    """List what was decided on a candidate, the oldest first."""
    return reply({"decisions": decisions.on(house(), candidate_id)})
