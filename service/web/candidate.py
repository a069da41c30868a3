"""A candidate: what counts and why, what to ask, every role, and what people decided."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from typing import Any

from flask import Response, make_response, redirect, request, url_for
from werkzeug.wrappers import Response as BaseResponse

from service.errors import InvalidInput
from service.schemas.requests import MOST_ADJUSTED, VERDICTS
from service.store.decisions import Decision
from service.usecases import boards, decisions, history, robustness, scores, whatif
from service.usecases.candidates import whole
from service.web import asking, pages

blueprint = pages.blueprint("candidate")

TOP, MOST_TOP = 10, 1000
A_YEAR = dt.timedelta(days=365)


@blueprint.get("/candidates/<id_>")
def show(id_: str) -> Response:
    """Show a candidate for the role asked for."""
    house, day = pages.house(), pages.asked_day()
    with house.store.reading() as work:
        kept, decided = work.candidate(id_), work.decisions_on(id_)
        events, survivor = history.of(work, kept), work.people.survivor(id_)
    candidate, table = whole(kept, day), asking.table(pages.asked_role())
    tables = scores.tables_of(house.library.rubrics, pages.asked_seniority(), house.library)
    result = scores.result(candidate, table, day, kept.id)
    return pages.page(
        "candidate.html",
        kept=kept,
        candidate=candidate,
        result=result,
        everywhere=scores.candidate_scores(kept, tables, day)["results"],
        table=table,
        skill_names=house.skill_names,
        adjustment=_last([one for one in decided if one.seniority == pages.asked_seniority()], adjust=True),
        verdict=_last(decided, adjust=False),
        events=events,
        survivor=survivor,
        actor=request.cookies.get("actor", ""),
        verdicts=VERDICTS,
        most_points=MOST_ADJUSTED,
        **_among_others(id_, result),
    )


def _among_others(id_: str, result: Mapping[str, Any]) -> dict[str, Any]:
    """Return what to ask first, and what would change the standing in the pool; nothing of whom the pool lacks."""
    board = asking.board(pages.asked_role())
    pool = boards.as_pool(board)
    if id_ not in pool.places:
        return {"best_questions": [], "goals": [], "top": TOP, "rank": None}
    place, top = pool.places[id_], asking.whole("top", TOP, 1, MOST_TOP)
    fit = asking.whole("fit", min(100, int(result["fit"]) // 10 * 10 + 10), 1, 100)
    wanted: list[dict[str, Any]] = [{"gate": "pass"}, {"top": top}, {"fit": fit}]
    return {
        "best_questions": robustness.worth_asking_one(pool, place, top),
        "goals": whatif.goals(pool, place, wanted),
        "rank": board.ranks.get(place),
        "ranked": len(board.order),
        "top": top,
        "fit": fit,
    }


def _last(decided: list[Decision], *, adjust: bool) -> Decision | None:
    """Return the last adjustment, or the last verdict, for the role asked for."""
    role = pages.asked_role()
    of_role = [one for one in decided if one.role == role and (one.what == "adjust") == adjust]
    return of_role[-1] if of_role else None


@blueprint.post("/candidates/<id_>/decisions")
@pages.reads("what", "reason", "note", "actor", "points", "as_of", "of", "p.*", "w.*")
def decide(id_: str) -> BaseResponse:
    """Keep a decision, then show the candidate again."""
    form, role, seniority = request.values, pages.asked_role(), pages.asked_seniority()
    said = {name: form.get(name, "") for name in ("what", "reason", "note", "actor")}
    points = form.get("points", "").strip()
    if points and said["what"] in VERDICTS:
        raise InvalidInput("Points go with an adjustment by hand alone. Choose that, or leave the points empty.")
    decisions.decide(pages.house(), id_, role, seniority, {**said, "points": _points(points)})
    back = redirect(asking.aside(url_for("candidate.show", id_=id_), role=role) + "#decisions", 303)
    response = make_response(back)
    response.set_cookie("actor", said["actor"].strip()[:100], max_age=A_YEAR, httponly=True, samesite="Strict")
    return response


def _points(text: str) -> float | None:
    """Return a number of points, None where the text is none."""
    try:
        return float(text.replace(",", "."))
    except ValueError:
        return None
