"""The ranked shortlist of a role: to read, and to download in the same order."""

from __future__ import annotations

from typing import Any, BinaryIO

from flask import Response, url_for

from service.api.house import house
from service.api.wire import XLSX, Blueprint, download, reply, today_or
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
    asked = {"top": query["top"], "gate": query["gate"]}
    taken = snapshots.take(house(), _shortlist(role, query), "snapshot", asked)
    response = reply(taken, 201)
    response.headers["Location"] = url_for("audit.show_snapshot", snapshot_id=taken["id"])
    return response


def _name(payload: dict[str, Any], ending: str) -> str:
    return f"shortlist-{payload['role']}-{payload['seniority']}-{payload['as_of']}.{ending}"


@blueprint.get("/shortlists/<role>")
@blueprint.arguments(ShortlistQuery, location="query")
@blueprint.response(200, Shortlist)
@blueprint.alt_response(404, description="No such role")
def show(query: dict[str, Any], role: str) -> Response:
    """Rank the stored candidates for a role."""
    return reply(_shortlist(role, query))


@blueprint.get("/shortlists/<role>.xlsx")
@blueprint.arguments(ShortlistQuery, location="query")
@blueprint.response(200, {"format": "binary", "type": "string"}, content_type=XLSX)
@blueprint.alt_response(404, description="No such role")
def download_workbook(query: dict[str, Any], role: str) -> Response:
    """Download the shortlist as a workbook."""
    from service.reports import shortlist  # noqa: PLC0415 - pandas is loaded when a table is drawn

    payload, rubric = _kept(role, query, defended=True), house().library.get(role)

    def write(file: BinaryIO) -> None:
        shortlist.write_workbook(payload, rubric, file)

    return download(write, _name(payload, "xlsx"), XLSX)


@blueprint.get("/shortlists/<role>.csv")
@blueprint.arguments(ShortlistQuery, location="query")
@blueprint.response(200, {"format": "binary", "type": "string"}, content_type="text/csv")
@blueprint.alt_response(404, description="No such role")
def download_csv(query: dict[str, Any], role: str) -> Response:
    """Download the shortlist as CSV."""
    from service.reports import shortlist  # noqa: PLC0415 - pandas is loaded when a table is drawn

    payload = _kept(role, query)
    response = download(lambda file: shortlist.write_csv(payload, file), _name(payload, "csv"), "text/csv")
    response.headers["X-Rolefit-Receipt"] = payload["receipt"]
    return response
