"""Two to five candidates side by side, by criterion."""

from __future__ import annotations

from flask import Response, request

from service.errors import InvalidInput
from service.usecases import scores
from service.usecases.candidates import whole
from service.web import asking, pages

blueprint = pages.blueprint("compare")

FEWEST, MOST = 2, 5


@blueprint.get("/compare")
def show() -> Response:
    """Show the candidates chosen beside one another, with their differences marked."""
    house, ids = pages.house(), list(dict.fromkeys(request.args.getlist("id")))
    if not FEWEST <= len(ids) <= MOST:
        raise InvalidInput(f"Choose {FEWEST} to {MOST} candidates on the shortlist, then compare them.")
    table = asking.table(pages.asked_role())
    with house.store.reading() as work:
        people = [work.candidate(id_) for id_ in ids]
    found = [scores.result(whole(kept, pages.asked_day()), table, pages.asked_day(), kept.id) for kept in people]
    rows = list(zip(*(result["criteria"] for result in found), strict=True))
    return pages.page("compare.html", table=table, results=found, rows=rows)
