"""The ranked shortlist of a role: to read, and to download in the same order."""

from __future__ import annotations

from contextlib import AbstractContextManager
from typing import Any, BinaryIO

from flask import Response, request, url_for

from service.api.house import house
from service.api.wire import XLSX, Blueprint, download, reply, today_or
from service.errors import InvalidInput
from service.schemas.answers import Shortlist, SnapshotHead
from service.schemas.requests import ShortlistQuery
from service.store.work import Work
from service.usecases import decisions, scores, snapshots
from service.usecases.beside import beside_stored

blueprint = Blueprint("shortlists", __name__, description="Ranked shortlists of the stored candidates")


def _shortlist(role: str, query: dict[str, Any], *, defended: bool = False) -> dict[str, Any]:
    """Return a shortlist with what was decided; `defended` with what each must-have takes and how sure the order is."""
    building = house()
    building.library.get(role)
    (table,) = scores.tables_of([role], query["seniority"], building.library)
    as_of = today_or(query["as_of"], building.today)
    wish = scores.Wish(table, as_of, query["top"], query["gate"] == "pass")

    def also(work: Work, found: dict[str, Any]) -> None:
        decisions.beside_shortlist(work, found)
        if defended:
            beside_stored(building, wish)(work, found)

    return scores.stored_shortlist(building, wish, also)


def _kept(role: str, query: dict[str, Any], *, defended: bool = False) -> dict[str, Any]:
    """Return a shortlist that is taken away, with the receipt that stays."""
    payload = _shortlist(role, query, defended=defended)
    asked = {"top": query["top"], "gate": query["gate"]}
    return {**payload, "receipt": snapshots.take(house(), payload, "export", asked)["id"]}


@blueprint.post("/shortlists/<role>/snapshots")
@blueprint.arguments(ShortlistQuery, location="query")
@blueprint.response(201, SnapshotHead)
@blueprint.alt_response(404, description="No such role")
def take_snapshot(query: dict[str, Any], role: str) -> Response:
    """Keep the shortlist as it is now, to be read and compared later. What is wished for stands in the query."""
    if request.get_data() not in (b"", b"{}"):
        detail = "Send seniority, top, gate and as_of as query parameters: a body is not read."
        raise InvalidInput(detail, [{"pointer": "", "code": "invalid", "detail": detail}])
    asked = {"top": query["top"], "gate": query["gate"]}
    taken = snapshots.take(house(), _shortlist(role, query), "snapshot", asked)
    response = reply(taken, 201)
    response.headers["Location"] = url_for("audit.show_snapshot", snapshot_id=taken["id"])
    return response


def _room(query: dict[str, Any]) -> AbstractContextManager[None]:
    """Take a place for a long list, if one is asked for. Raise TooBusy."""
    with house().store.reading() as work:
        total = work.count_candidates()
    return house().running.making_rows(min(query["top"] or total, total))


def _name(payload: dict[str, Any], ending: str) -> str:
    return f"shortlist-{payload['role']}-{payload['seniority']}-{payload['as_of']}.{ending}"


@blueprint.get("/shortlists/<role>")
@blueprint.arguments(ShortlistQuery, location="query")
@blueprint.response(200, Shortlist)
@blueprint.alt_response(404, description="No such role")
def show(query: dict[str, Any], role: str) -> Response:
    """Rank the stored candidates for a role."""
    with _room(query):
        return reply(_shortlist(role, query))


@blueprint.get("/shortlists/<role>.xlsx")
@blueprint.arguments(ShortlistQuery, location="query")
@blueprint.response(200, {"format": "binary", "type": "string"}, content_type=XLSX)
@blueprint.alt_response(404, description="No such role")
def download_workbook(query: dict[str, Any], role: str) -> Response:
    """Download the shortlist as a workbook."""
    from service.reports import shortlist  # noqa: PLC0415 - pandas is loaded when a table is drawn

    def write(file: BinaryIO) -> None:
        shortlist.write_workbook(payload, rubric, file)

    with _room(query):
        payload, rubric = _kept(role, query, defended=True), house().library.get(role)
        return download(write, _name(payload, "xlsx"), XLSX)


@blueprint.get("/shortlists/<role>.csv")
@blueprint.arguments(ShortlistQuery, location="query")
@blueprint.response(200, {"format": "binary", "type": "string"}, content_type="text/csv")
@blueprint.alt_response(404, description="No such role")
def download_csv(query: dict[str, Any], role: str) -> Response:
    """Download the shortlist as CSV."""
    from service.reports import shortlist  # noqa: PLC0415 - pandas is loaded when a table is drawn

    with _room(query):
        payload = _kept(role, query)
        response = download(lambda file: shortlist.write_csv(payload, file), _name(payload, "csv"), "text/csv")
    response.headers["X-Rolefit-Receipt"] = payload["receipt"]
    return response
