"""The shortlist, the heat map, and their downloads: one query, the same rows in the same order."""

from __future__ import annotations

from typing import Any

from flask import Response, redirect, request, url_for
from werkzeug.wrappers import Response as BaseResponse

from service.usecases import boards, imports, scores, snapshots
from service.usecases.beside import beside
from service.usecases.boards import Board
from service.web import asking, downloads, pages

blueprint = pages.blueprint("shortlist")

PER_PAGE = (50, 100)
MOST_WEIGHT = 20
VIEWS = frozenset({
    "shortlist.heat_map", "views.how_sure", "views.questions", "views.price", "views.elsewhere",
})  # fmt: skip
NOT_KEPT = ("role", "view", "of")
APART = 20
"""Of those not eligible, how many a page shows; the downloads hold more."""


@blueprint.get("/shortlists")
def choose() -> BaseResponse:
    """Go to the shortlist of the role that was chosen, or another view of it, with all else that was asked.

    Weights stay behind where the role is no longer the one that they were set for, `of`; so does a skill that the role
    does not ask for.
    """
    role, asked = pages.asked_role(), request.args
    view = asked["view"] if asked.get("view") in VIEWS else "shortlist.show"
    left = NOT_KEPT if asked.get("criterion") in asking.criteria(role) else (*NOT_KEPT, "criterion")
    is_other = asked.get("of", role) != role
    query = {
        key: value
        for key, value in asked.items()
        if value and key not in left and not (is_other and key.startswith(("p.", "w.")))
    }
    return redirect(url_for(view, role=role, **query))


@blueprint.get("/shortlists/<role>")
def show(role: str) -> Response:
    """Show the ranked candidates of a role: the whole page, or what another question changes of it."""
    board = asking.board(role, asking.filters())
    per_page = asking.whole("per_page", PER_PAGE[0], 1, PER_PAGE[-1])
    pages_total = max(1, -(-len(board.shown) // per_page))
    number = min(asking.whole("page", 1, 1, 10_000), pages_total)
    places = board.shown[(number - 1) * per_page : number * per_page]
    values = {
        "board": board,
        "entries": boards.entries(pages.house(), board, places),
        "apart": _apart(board),
        "changes": boards.changes(board),
        "page_number": number,
        "pages_total": pages_total,
        "total": len(board.pool.ids),
        "most_weight": MOST_WEIGHT,
        "filters": asking.filters(),
        "is_undone": _is_undone(request.args.get("import")),
    }
    return pages.page("_reranked.html" if pages.is_partial() else "shortlist.html", **values)


def _is_undone(import_id: str | None) -> bool:
    """Tell whether the people shown are those of an import that was undone."""
    if not import_id or pages.is_partial():
        return False
    return bool(imports.get_import(pages.house(), import_id)["state"] == imports.UNDONE)


@blueprint.get("/shortlists/<role>.<any(xlsx, csv, json):ending>")
def download(role: str, ending: str) -> Response:
    """Download what is shown, all pages of it."""
    filters = asking.filters()
    board = asking.board(role, filters)
    with pages.house().running.making_rows(len(board.shown) + len(board.apart)):
        payload = boards.payload(pages.house(), board, filters, ending)
        asked = {"query": asking.query()} | ({"top": None} if payload["shown"] == payload["eligible"] else {})
        receipt = snapshots.take(pages.house(), payload, "export", asked)["id"]
        if ending == "xlsx":
            payload |= beside(boards.as_pool(board))
        return downloads.shortlist({**payload, "receipt": receipt}, board.table.rubric, ending)


@blueprint.get("/heatmaps/<role>")
def heat_map(role: str) -> Response:
    """Show the pool by criterion, which tells where it is thin."""
    board = asking.board(role, asking.filters())
    entries = boards.entries(pages.house(), board, board.shown[: PER_PAGE[-1]])
    return pages.page(
        "heatmap.html", board=board, entries=entries, spread=boards.spread(board), total=len(board.pool.ids),
    )  # fmt: skip


def _apart(board: Board) -> list[dict[str, Any]]:
    """Return the first of those not eligible, with the reason."""
    entries = boards.entries(pages.house(), board, board.apart[:APART])
    return [{**entry, "reason": scores.reason(entry)} for entry in entries]
