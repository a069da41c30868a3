"""How sure the order of a shortlist is, which questions would change it, and who fits elsewhere. Nothing is stored."""

from __future__ import annotations

from typing import Any

from flask import Response

from service.api.house import house
from service.api.whatif import asked_of_pool
from service.api.wire import XLSX, Blueprint, download, reply, today_or
from service.schemas.robustness import (
    Elsewhere,
    ElsewhereQuery,
    QuestionsQuery,
    QuestionsShape,
    RobustnessQuery,
    RobustnessShape,
    RolesFor,
)
from service.usecases import robustness
from service.usecases.pools import Pool, ask_stored
from service.usecases.scores import tables_of

blueprint = Blueprint("robustness", __name__, description="How sure an order is, and what would change it")


@blueprint.get("/shortlists/<role>/robustness")
@blueprint.arguments(RobustnessQuery, location="query")
@blueprint.response(200, RobustnessShape)
@blueprint.alt_response(404, description="No such role")
def how_sure(query: dict[str, Any], role: str) -> Response:
    """Say how often each candidate is first, or in the top k, where weights and unknowns vary; the same each time."""
    options = {name: query[name] for name in ("k", "draws", "sure", "ranked", "shown")}
    return asked_of_pool(role, query, lambda pool: robustness.how_sure(pool, **options))


@blueprint.get("/shortlists/<role>/questions")
@blueprint.arguments(QuestionsQuery, location="query")
@blueprint.response(200, QuestionsShape)
@blueprint.alt_response(404, description="No such role")
def questions(query: dict[str, Any], role: str) -> Response:
    """Say which questions may change the top k most, for each candidate and for all."""
    return asked_of_pool(role, query, lambda pool: robustness.worth_asking(pool, query["k"], query["shown"]))


@blueprint.get("/shortlists/<role>/questions.xlsx")
@blueprint.arguments(QuestionsQuery, location="query")
@blueprint.response(200, {"format": "binary", "type": "string"}, content_type=XLSX)
@blueprint.alt_response(404, description="No such role")
def interview(query: dict[str, Any], role: str) -> Response:
    """Download the questions as a sheet to fill in at interviews."""
    from service.reports import robustness as report  # noqa: PLC0415 - pandas is loaded when a table is drawn

    library, day = house().library, today_or(query["as_of"], house().today)
    (table,) = tables_of([library.get(role).role], query["seniority"], library)

    def ask(pool: Pool) -> dict[str, Any]:
        return robustness.worth_asking(pool, query["k"], query["shown"])

    found = ask_stored(house(), table, day, ask)
    return download(lambda file: report.write_interview(found, file), f"interview-{role}-{day}.xlsx", XLSX)


@blueprint.get("/candidates/<candidate_id>/roles")
@blueprint.response(200, RolesFor)
@blueprint.alt_response(404, description="No such candidate")
def roles_for(candidate_id: str) -> Response:
    """Say how a candidate fits every role and seniority, the best first, and what decides it."""
    with house().store.reading() as work:
        kept = work.person(candidate_id)
    return reply(robustness.roles_for(house(), kept))


@blueprint.get("/pool/roles")
@blueprint.arguments(ElsewhereQuery, location="query")
@blueprint.response(200, Elsewhere)
@blueprint.alt_response(404, description="No such role")
def elsewhere(query: dict[str, Any]) -> Response:
    """Say which role fits each stored candidate best, and who of a role's pool fits another one better."""
    role = house().library.get(query["role"]).role
    return reply(robustness.better_elsewhere(house(), role, query["seniority"], query["shown"]))
