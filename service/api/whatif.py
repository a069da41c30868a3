"""What would change it: for a candidate, for a shortlist; and the price of each must-have. Nothing is stored."""

from __future__ import annotations

from typing import Any

from flask import Response

from service.api.house import house
from service.api.wire import Blueprint, reply, today_or
from service.schemas.whatif import (
    CandidateChangesSchema,
    CandidateWhatIf,
    MustHaves,
    PoolQuery,
    RubricChangesSchema,
    ShortlistWhatIf,
)
from service.usecases import must_haves, whatif
from service.usecases.pools import Ask, ask_stored
from service.usecases.scores import tables_of

blueprint = Blueprint("what-if", __name__, description="What would change a standing or a list")


def asked_of_pool(role: str, query: dict[str, Any], ask: Ask) -> Response:
    """Answer what is asked of all stored candidates, for a role and what a query says of the list."""
    library = house().library
    (table,) = tables_of([library.get(role).role], query["seniority"], library)
    return reply(ask_stored(house(), table, today_or(query["as_of"], house().today), ask))


@blueprint.post("/candidates/<candidate_id>/what-if")
@blueprint.arguments(CandidateChangesSchema)
@blueprint.response(200, CandidateWhatIf)
@blueprint.alt_response(404, description="No such candidate or role")
@blueprint.refusals(413, 415)
def of_candidate(asked: dict[str, Any], candidate_id: str) -> Response:
    """Say where a candidate would stand after changes of level, and the fewest changes that reach a goal."""
    return asked_of_pool(
        asked["role"], asked, lambda pool: whatif.candidate(pool, pool.by_id(candidate_id), asked)
    )  # fmt: skip


@blueprint.post("/shortlists/<role>/what-if")
@blueprint.arguments(RubricChangesSchema)
@blueprint.response(200, ShortlistWhatIf)
@blueprint.alt_response(404, description="No such role")
@blueprint.refusals(413, 415)
def of_shortlist(asked: dict[str, Any], role: str) -> Response:
    """Say who would enter and leave a shortlist under other weights, levels, gates or requirements."""
    return asked_of_pool(role, asked, lambda pool: whatif.shortlist(pool, asked, house().library))


@blueprint.get("/shortlists/<role>/must-haves")
@blueprint.arguments(PoolQuery, location="query")
@blueprint.response(200, MustHaves)
@blueprint.alt_response(404, description="No such role")
def price(query: dict[str, Any], role: str) -> Response:
    """Say what each must-have takes from a list, alone and with the others, and which sets nobody meets."""
    return asked_of_pool(role, query, must_haves.price)
