"""What else a list is asked: how sure its order is, what to ask people, what must-haves take, who fits elsewhere."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from io import BytesIO
from typing import Any, NamedTuple

from flask import Response, request, send_file

from service.core.rubric import Table
from service.errors import InvalidInput
from service.usecases import boards, must_haves, robustness
from service.web import asking, downloads, pages

blueprint = pages.blueprint("views")

USUAL_TOP, MOST_TOP = 10, 1000
DRAWS = 1000
LEAST_SHOWN = 50
ASKED_SHOWN = 30

CLEAR = 0.9
"""From which chance of being ahead of the next on two candidates are no longer one band."""

FELT = 0.5
"""Points of 100 from which another weight is worth a word."""

MOST_FIRST = 5


class Sure(NamedTuple):
    """How sure somebody is of the weights, in words and as the draws take it."""

    words: str
    sure: float
    ranked: bool = False


SURE = {
    "exact": Sure("exactly these: only what is unknown varies", 1.0),
    "very": Sure("quite sure: they vary a little", 0.95),
    "usual": Sure("fairly sure (usual)", 0.8),
    "half": Sure("half sure", 0.5),
    "order": Sure("only of their order", 0.8, ranked=True),
    "none": Sure("not at all: any weights", 0.0),
}


@blueprint.get("/shortlists/<role>/robustness")
def how_sure(role: str) -> Response:
    """Show how far the order hangs on weights and on what nobody knows."""
    board, k, sure = asking.board(role), _top(), _sure()
    asked = {"draws": DRAWS, "sure": sure.sure, "ranked": sure.ranked, "shown": max(LEAST_SHOWN, 2 * k)}
    found = robustness.how_sure(boards.as_pool(board), k=k, **asked)
    entries = found["shortlist"]
    return pages.page(
        "robustness.html",
        board=board,
        found=found,
        bands=bands(entries),
        last=max((entry["ranks"][1] for entry in entries), default=1),
        stay=[entry for entry in entries[:k] if entry["verdict"] == "likely"],
        contenders=[entry for entry in entries[k:] if entry["verdict"] != "unlikely"],
        valued=[(entry, valued(entry, board.table)) for entry in _often_first(entries)],
        ways=SURE,
        way=request.args.get("sure") or "usual",
    )


def _top() -> int:
    return asking.whole("k", USUAL_TOP, 1, MOST_TOP)


def _sure() -> Sure:
    """Return how sure one is of the weights. Raise InvalidInput."""
    asked = request.args.get("sure") or "usual"
    if asked not in SURE:
        raise InvalidInput(f"How sure one is of the weights is one of: {', '.join(SURE)}.")
    return SURE[asked]


def bands(entries: Sequence[Mapping[str, Any]]) -> list[list[Mapping[str, Any]]]:
    """Return the ranked in bands: whoever ends one is ahead of whoever begins the next in nine draws of ten."""
    found: list[list[Mapping[str, Any]]] = []
    for entry in entries:
        if not found or _is_clear(found[-1][-1], entry):
            found.append([])
        found[-1].append(entry)
    return found


def _is_clear(one: Mapping[str, Any], following: Mapping[str, Any]) -> bool:
    return bool(one["ahead_of_next"] >= CLEAR or one["group"] < following["group"])


def _often_first(entries: Iterable[Mapping[str, Any]]) -> list[Mapping[str, Any]]:
    """Return whom the draws put first most often."""
    return sorted((entry for entry in entries if entry["first"]), key=lambda entry: -entry["first"])[:MOST_FIRST]


def valued(entry: Mapping[str, Any], table: Table) -> dict[str, list[dict[str, Any]]]:
    """Return what one must value more, and what less, than these weights do for a candidate to be first."""
    rows = [
        {"title": row.title, "weight": entry["central_weights"][row.id], "usual": full / 100}
        for row, full in zip(table.rows, table.full, strict=True)
    ]
    rows.sort(key=lambda row: row["usual"] - row["weight"])
    more = [row for row in rows if row["weight"] - row["usual"] >= FELT]
    less = [row for row in reversed(rows) if row["usual"] - row["weight"] >= FELT]
    return {"more": more[:3], "less": less[:2]}


@blueprint.get("/shortlists/<role>/questions")
def questions(role: str) -> Response:
    """Show the questions that may change the list most, for all and for each candidate."""
    board = asking.board(role)
    found = robustness.worth_asking(boards.as_pool(board), _top(), ASKED_SHOWN)
    return pages.page("questions.html", board=board, found=found)


@blueprint.get("/shortlists/<role>/questions.xlsx")
def interview(role: str) -> Response:
    """Download the questions as a sheet to fill in at interviews."""
    from service.reports import robustness as report  # noqa: PLC0415 - pandas is loaded when a table is drawn

    board, file = asking.board(role), BytesIO()
    report.write_interview(robustness.worth_asking(boards.as_pool(board), _top(), robustness.MOST_SHOWN), file)
    file.seek(0)
    name = f"interview-{role}-{pages.asked_seniority()}-{board.as_of}.xlsx"
    return send_file(file, downloads.KINDS["xlsx"], as_attachment=True, download_name=name, max_age=0)


@blueprint.get("/shortlists/<role>/must-haves")
def price(role: str) -> Response:
    """Show what each must-have takes from the list."""
    board = asking.board(role)
    found = must_haves.price(boards.as_pool(board))
    titles = {row["criterion"]: row["title"] for row in found["must_haves"]}
    return pages.page("must_haves.html", board=board, found=found, titles=titles)


@blueprint.get("/shortlists/<role>/elsewhere")
def elsewhere(role: str) -> Response:
    """Show which role fits each candidate best, and who of this list fits another one better."""
    board = asking.board(role)
    found = robustness.better_elsewhere(pages.house(), role, pages.asked_seniority(), LEAST_SHOWN)
    return pages.page("elsewhere.html", board=board, found=found, better_by=robustness.BETTER_BY)
