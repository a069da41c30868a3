"""A candidate: what counts and why, what to ask, every role, and what people decided."""

from __future__ import annotations

import datetime as dt

from flask import Response, make_response, redirect, request, url_for
from werkzeug.wrappers import Response as BaseResponse

from service.schemas.requests import MOST_ADJUSTED, VERDICTS
from service.store.decisions import Decision
from service.store.records import Kept
from service.usecases import decisions, scores
from service.usecases.candidates import whole
from service.web import pages

blueprint = pages.blueprint("candidate")

A_YEAR = dt.timedelta(days=365)


@blueprint.get("/candidates/<id_>")
def show(id_: str) -> Response:
    """Show a candidate for the role asked for."""
    house, day = pages.house(), pages.asked_day()
    with house.store.reading() as work:
        kept, decided = work.candidate(id_), work.decisions_on(id_)
    candidate = whole(kept, day)
    tables = scores.tables_of(house.library.rubrics, pages.asked_seniority(), house.library)
    everywhere = scores.candidate_scores(kept, tables, day)["results"]
    result = next(found for found in everywhere if found["role"] == pages.asked_role())
    return pages.page(
        "candidate.html",
        kept=kept,
        candidate=candidate,
        result=result,
        everywhere=everywhere,
        skill_names=house.skill_names,
        decided=decided,
        adjustment=_last(decided, adjust=True),
        verdict=_last(decided, adjust=False),
        history=_history(kept, decided),
        actor=request.cookies.get("actor", ""),
        verdicts=VERDICTS,
        most_points=MOST_ADJUSTED,
    )


def _last(decided: list[Decision], *, adjust: bool) -> Decision | None:
    """Return the last adjustment, or the last verdict, for the role asked for."""
    role = pages.asked_role()
    of_role = [one for one in decided if one.role == role and (one.what == "adjust") == adjust]
    return of_role[-1] if of_role else None


def _history(kept: Kept, decided: list[Decision]) -> list[tuple[dt.datetime, str]]:
    """Return what happened to a candidate, the newest first."""
    told = [(kept.created_at, f"Came in from {kept.source}")]
    if kept.updated_at != kept.created_at:
        told.append((kept.updated_at, "Brought up to date"))
    told += [(one.at, f"{_said(one)} for {one.role} by {one.actor}: {one.reason}") for one in decided]
    return sorted(told, reverse=True)


def _said(decision: Decision) -> str:
    if decision.points is None:
        return {"shortlist": "Shortlisted", "hold": "Put on hold", "decline": "Declined"}[decision.what]
    return f"Adjusted by {decision.points / 100:+g}"


@blueprint.post("/candidates/<id_>/decisions")
def decide(id_: str) -> BaseResponse:
    """Keep a decision, then show the candidate again."""
    form, role, seniority = request.form, pages.asked_role(), pages.asked_seniority()
    said = {name: form.get(name, "") for name in ("what", "reason", "note", "actor")}
    decisions.decide(pages.house(), id_, role, seniority, {**said, "points": _points(form.get("points", ""))})
    back = redirect(url_for("candidate.show", id_=id_, role=role, seniority=seniority) + "#decisions", 303)
    response = make_response(back)
    response.set_cookie("actor", said["actor"].strip()[:100], max_age=A_YEAR, httponly=True, samesite="Strict")
    return response


def _points(text: str) -> float | None:
    """Return a number of points, None where the text is none."""
    try:
        return float(text.replace(",", "."))
    except ValueError:
        return None
