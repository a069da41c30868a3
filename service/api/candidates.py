"""Candidates from pipelines: stored, listed, read, scored, erased."""

from __future__ import annotations

from typing import Any

from flask import Response, request
from marshmallow import ValidationError

from service.api.cursors import cursor_of, position_of
from service.api.house import house
from service.api.idempotency import DOCUMENTED, keeper, once
from service.api.imports import told as import_told
from service.api.imports import wants_job
from service.api.wire import NDJSON, Blueprint, json_body, reply, today_or
from service.errors import InvalidInput
from service.intake.events import event_of
from service.intake.formats import beside, unwrap
from service.schemas import faults
from service.schemas.answers import CandidateDetail, CandidateList, CandidateScores, Export, Import, Outcomes
from service.schemas.requests import CandidatesQuery, FormatQuery, SeniorityQuery
from service.usecases import candidates, imports, jobs, rights, scores

blueprint = Blueprint("candidates", __name__, description="Candidates from pipelines")

BODY = {
    "requestBody": {
        "required": True,
        "description": (
            "One candidate, a list, or an object with `candidates` (`data`, `results`); in any format that is read. "
            "As `application/x-ndjson` one to a line. Of several candidates each loses only its bad values, which are "
            "listed in `ignored`; a single one with a bad value is refused. A webhook is read if it carries the whole "
            "candidate; any other (an offer, a job, a ping, a deletion) is `ignored` with the reason, and stores and "
            "erases nothing."
        ),
        "content": {
            "application/json": {
                "schema": {"oneOf": [{"type": "object"}, {"type": "array", "items": {"type": "object"}}]},
                "example": {"external_id": "c-1", "name": "Ada Example", "skills": {"Python": 4}},
            },
            "application/x-ndjson": {"schema": {"type": "string"}},
        },
    }
}


@blueprint.post("/candidates")
@blueprint.doc(**BODY, **DOCUMENTED)
@blueprint.arguments(FormatQuery, location="query")
@blueprint.response(200, Outcomes)
@blueprint.alt_response(201, schema=Outcomes, description="At least one candidate was created")
@blueprint.alt_response(202, schema=Import, description="Many are on disk: ask at `Location` how far it is")
@blueprint.alt_response(400, description="Not JSON that can be relied on, or a malformed key")
@blueprint.refusals(413, 415)
@blueprint.alt_response(409, description="The first request under this key is at work, or its answer erased")
@once()
def store(query: dict[str, Any]) -> Response:
    """Store one candidate or a list; each item has its outcome, and the good ones are kept."""
    body = json_body(lines=True)
    _must_be_meant(body)
    items, at, said = _items(body)
    form, source = _said_once("format", query, said), _said_once("source", query, said)
    if wants_job(request.content_length or 0):
        return _put_off(form, source)
    ignored = beside(body, at, said)
    return _told(candidates.keep(items, house(), at, form, source, keeper(_told), ignored=ignored))


def _must_be_meant(body: Any) -> None:
    """Raise InvalidInput where a dry run is asked for: this call stores what it is sent."""
    if isinstance(body, dict) and "dry_run" in body:
        detail = (
            "This call has no dry run: it stores what it is sent. POST /evidence says what is read, and stores nothing."
        )
        raise InvalidInput(detail, [{"pointer": "/dry_run", "code": "invalid", "detail": detail}])


def _said_once(name: str, query: dict[str, Any], said: dict[str, Any]) -> str | None:
    """Return an option of the query or the body. Raise InvalidInput where the two do not say the same."""
    if query[name] and said[name] and query[name] != said[name]:
        detail = f"{name} is {query[name]!r} in the query and {said[name]!r} in the body. Say it once."
        raise InvalidInput(detail, [{"pointer": f"/{name}", "code": "invalid", "detail": detail}])
    return query[name] or said[name]


def _put_off(form: str | None, source: str | None) -> Response:
    """Leave what was sent to the worker, as a file of candidates would be."""
    raw, name = request.get_data(), "candidates.ndjson" if request.mimetype in NDJSON else "candidates.json"
    also = keeper(import_told)
    report = jobs.enqueue(house(), lambda to: to.write_bytes(raw), name, source=source, form=form, also=also)
    return import_told(report)


def _told(outcomes: dict[str, Any]) -> Response:
    return reply(outcomes, 201 if outcomes["counts"]["created"] else 200)


def _items(body: Any) -> tuple[list[Any], str | None, dict[str, Any]]:
    """Return the candidates of a body, the pointer to their list, and what was said beside them."""
    said: dict[str, Any] = {}
    items, at = unwrap(body)
    if isinstance(body, dict) and "candidates" in body and event_of(body) is None:
        items, at = body["candidates"], "/candidates"
        said = {name: body[name] for name in ("format", "source") if name in body}
    if not isinstance(items, list) or not items:
        raise InvalidInput("Send a candidate or a list of candidates that is not empty.", [
            {"pointer": at, "code": "invalid", "detail": "Not a list with at least one candidate."},
        ])  # fmt: skip
    try:
        return items, at, FormatQuery().load(said)
    except ValidationError as error:
        found = faults.flatten(error.messages)
        errors = [{"pointer": faults.pointer(path), "code": "invalid", "detail": detail} for path, detail in found]
        raise InvalidInput("The request cannot be used as it is.", errors) from None


@blueprint.get("/candidates")
@blueprint.arguments(CandidatesQuery, location="query")
@blueprint.response(200, CandidateList)
@blueprint.alt_response(404, description="No import of the id in `import`")
@blueprint.alt_response(409, description="It is not known who the people of this import are")
def list_candidates(query: dict[str, Any]) -> Response:
    """List candidates, a page at a time, in the order they came; those of one import where it is named."""
    limit, import_id = query["limit"], query["import_id"]
    with house().store.reading() as work:
        if import_id:
            imports.people_known(work, import_id)
        found = work.candidates(position_of(query["cursor"]), limit + 1, import_id)
        total = work.count_candidates(import_id)
    more = len(found) > limit
    return reply({
        "candidates": [candidates.summary(kept) for kept in found[:limit]],
        "total": total,
        "next_cursor": cursor_of(found[limit - 1].cursor) if more else None,
        **({"filters": {"import": import_id}} if import_id else {}),
    })  # fmt: skip


@blueprint.get("/candidates/<candidate_id>")
@blueprint.response(200, CandidateDetail)
@blueprint.alt_response(404, description="No such candidate")
def show(candidate_id: str) -> Response:
    """Show what is kept of a candidate; one that was merged names the candidate that it counts for."""
    return reply(candidates.show(house(), candidate_id))


@blueprint.delete("/candidates/<candidate_id>")
@blueprint.response(204)
@blueprint.alt_response(404, description="No such candidate")
def erase(candidate_id: str) -> Response:
    """Erase a candidate with all records merged into it; one that was merged goes alone."""
    rights.erase(house(), candidate_id)
    return Response(status=204)


@blueprint.get("/candidates/<candidate_id>/export")
@blueprint.response(200, Export)
@blueprint.alt_response(404, description="No such candidate")
def export(candidate_id: str) -> Response:
    """Export all that is held of a candidate: records, decisions, shortlists, trail."""
    response = reply(rights.export(house(), candidate_id))
    response.headers["Content-Disposition"] = f'attachment; filename="candidate-{candidate_id}.json"'
    return response


@blueprint.get("/candidates/<candidate_id>/scores")
@blueprint.arguments(SeniorityQuery, location="query")
@blueprint.response(200, CandidateScores)
@blueprint.alt_response(404, description="No such candidate or role")
def show_scores(query: dict[str, Any], candidate_id: str) -> Response:
    """Score a stored candidate, or the one it was merged into, for a role, or for every role, the best first."""
    library = house().library
    roles = [library.get(query["role"]).role] if "role" in query else list(library.rubrics)
    tables = scores.tables_of(roles, query["seniority"], library)
    with house().store.reading() as work:
        kept = work.person(candidate_id)
    return reply(scores.candidate_scores(kept, tables, today_or(query["as_of"], house().today)))
