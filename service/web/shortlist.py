"""The shortlist, the heat map, and their downloads: one query, the same rows in the same order."""

from __future__ import annotations

from typing import Any
from urllib.parse import urlencode

from flask import Response, redirect, request, url_for
from werkzeug.datastructures import MultiDict
from werkzeug.wrappers import Response as BaseResponse

from service.core.rubric import Table
from service.errors import InvalidInput, NotFound
from service.usecases import boards, scores, snapshots
from service.usecases.boards import Board, Filters
from service.web import downloads, pages

blueprint = pages.blueprint("shortlist")

PER_PAGE = (50, 100)
MOST_WEIGHT = 20
APART = 20
"""Of those not eligible, how many a page shows; the downloads hold more."""

CHOICES = ("gate", "band", "criterion", "level", "text", "sort", "per_page", "as_of")


@blueprint.get("/shortlists")
def choose() -> BaseResponse:
    """Go to the shortlist of the role that was chosen, with all else that was asked."""
    query = {key: value for key, value in request.args.items() if key != "role" and value}
    return redirect(url_for("shortlist.show", role=pages.asked_role(), **query))


@blueprint.get("/heatmaps")
def choose_heat_map() -> BaseResponse:
    """Go to the heat map of the role that was chosen."""
    return redirect(url_for("shortlist.heat_map", role=pages.asked_role(), seniority=pages.asked_seniority()))


@blueprint.get("/shortlists/<role>")
def show(role: str) -> Response:
    """Show the ranked candidates of a role: the whole page, or the ranking alone for a page that has the rest."""
    board = _board(role)
    per_page = _whole("per_page", PER_PAGE[0], 1, PER_PAGE[-1])
    pages_total = max(1, -(-len(board.shown) // per_page))
    number = min(_whole("page", 1, 1, 10_000), pages_total)
    places = board.shown[(number - 1) * per_page : number * per_page]
    values = {
        "board": board,
        "entries": boards.entries(pages.house(), board, places),
        "apart": [] if pages.is_partial() else _apart(board),
        "changes": boards.changes(board),
        "page_number": number,
        "pages_total": pages_total,
        "query": _query(),
        "link": _link,
        "total": len(board.pool.ids),
        "most_weight": MOST_WEIGHT,
        "filters": _filters(),
    }
    return pages.page("_ranking.html" if pages.is_partial() else "shortlist.html", **values)


@blueprint.get("/shortlists/<role>.<any(xlsx, csv, json):ending>")
def download(role: str, ending: str) -> Response:
    """Download what is shown, all pages of it."""
    board = _board(role)
    payload = boards.payload(pages.house(), board)
    receipt = snapshots.take(pages.house(), payload, "export", {"query": _query()})["id"]
    if ending == "xlsx":
        payload["must_haves"] = boards.must_have_price(board)
    return downloads.shortlist({**payload, "receipt": receipt}, board.table.rubric, ending)


@blueprint.get("/heatmaps/<role>")
def heat_map(role: str) -> Response:
    """Show the pool by criterion, which tells where it is thin."""
    board = _board(role)
    entries = boards.entries(pages.house(), board, board.shown[: PER_PAGE[-1]])
    return pages.page(
        "heatmap.html", board=board, entries=entries, spread=boards.spread(board), total=len(board.pool.ids),
        query=_query(), link=_link,
    )  # fmt: skip


def _apart(board: Board) -> list[dict[str, Any]]:
    """Return the first of those not eligible, with the reason."""
    entries = boards.entries(pages.house(), board, board.apart[:APART])
    return [{**entry, "reason": scores.reason(entry)} for entry in entries]


def _board(role: str) -> Board:
    library = pages.house().library
    if role not in library.rubrics:
        raise NotFound(f"There is no role {role!r}.", code="unknown_role")
    return pages.boards().board(_table(role), pages.asked_day(), _filters())


def _table(role: str) -> Table:
    """Return the role's table, with the weights that the sliders ask for."""
    library = pages.house().library
    own = library.rubrics[role].weights
    asked = {
        "parts": _weights("p.", own.parts, request.args),
        "criteria": _weights("w.", own.criteria, request.args),
    }
    changed = {key: found for key, found in asked.items() if found}
    return scores.tables_of([role], pages.asked_seniority(), library, changed or None)[0]


def _weights(prefix: str, own: Any, sent: MultiDict[str, str]) -> dict[str, int]:
    """Return the weights that were sent and differ from the rubric's own."""
    found = {}
    for name, usual in own.items():
        text = sent.get(prefix + name, "")
        if text.isascii() and text.isdigit() and int(text) <= 1000 and int(text) != usual:  # noqa: PLR2004 - the API's most
            found[name] = int(text)
    return found


def _filters() -> Filters:
    sort = request.args.get("sort", "rank")
    return Filters(
        request.args.get("gate", "any"),
        request.args.get("band") or None,
        request.args.get("criterion") or None,
        _whole("level", 1, 1, 5),
        request.args.get("text", "")[:200],
        sort if sort in boards.SORTS else "rank",
    )


def _whole(name: str, usual: int, least: int, most: int) -> int:
    text = request.args.get(name) or str(usual)
    if not (text.isascii() and text.isdigit()):
        raise InvalidInput(f"{name} is {text!r}, which is not a whole number.")
    return min(max(int(text), least), most)


def _query() -> dict[str, str]:
    """Return what was asked and is not as usual: short addresses, for links and downloads."""
    own = pages.house().library.rubrics[pages.asked_role()].weights
    query = {"seniority": pages.asked_seniority()}
    query |= {name: request.args[name] for name in CHOICES if request.args.get(name)}
    query |= {f"p.{name}": str(w) for name, w in _weights("p.", own.parts, request.args).items()}
    query |= {f"w.{name}": str(w) for name, w in _weights("w.", own.criteria, request.args).items()}
    return query


def _link(path: str, **changes: Any) -> str:
    """Return a path with the query of this page and some changes; None takes a part away."""
    merged = {key: value for key, value in {**_query(), **changes}.items() if value is not None}
    return f"{path}?{urlencode(merged)}"
