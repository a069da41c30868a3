"""The ranked shortlist of a role: to read, and to download in the same order."""

from __future__ import annotations

from collections.abc import Callable
from contextlib import AbstractContextManager
from typing import Any, BinaryIO

from flask import Response, url_for

from service.api.house import house
from service.api.wire import XLSX, Blueprint, download, reply, today_or
from service.schemas.answers import Shortlist, SnapshotHead
from service.schemas.requests import ShortlistPageQuery, ShortlistQuery, download_query
from service.store.work import Work
from service.usecases import decisions, scores, snapshots
from service.usecases.beside import beside_stored
from service.usecases.files import file_name

blueprint = Blueprint("shortlists", __name__, description="Ranked shortlists of the stored candidates")


def _shortlist(role: str, query: dict[str, Any], *, defended: bool = False, **options: Any) -> dict[str, Any]:
    """Return a shortlist with what was decided; `defended` with what each must-have takes and how sure the order is."""
    building = house()
    building.library.get(role)
    (table,) = scores.tables_of([role], query["seniority"], building.library)
    as_of = today_or(query["as_of"], building.today)
    wish = scores.Wish(
        table,
        as_of,
        query["top"],
        query["gate"] == "pass",
        query.get("skip", 0),
        import_id=query["import_id"],
        **options,
    )

    def also(work: Work, found: dict[str, Any]) -> None:
        decisions.beside_shortlist(work, found)
        if defended:
            beside_stored(building, wish)(work, found)

    return scores.stored_shortlist(building, wish, also)


def _asked(query: dict[str, Any]) -> dict[str, Any]:
    """Return what a shortlist was asked by, as its snapshot keeps it."""
    of_import = {"import": query["import_id"]} if query["import_id"] else {}
    return {"top": query["top"], "gate": query["gate"], **of_import}


def _kept(role: str, query: dict[str, Any], *, defended: bool = False, **options: Any) -> dict[str, Any]:
    """Return a shortlist that is taken away, with the receipt that stays."""
    payload = _shortlist(role, query, defended=defended, **options)
    cut = None if payload["shown"] == payload["eligible"] else payload["shown"]
    asked = {**_asked(query), "top": query["top"] or cut}
    return {**payload, "receipt": snapshots.take(house(), payload, "export", asked)["id"]}


@blueprint.post("/shortlists/<role>/snapshots")
@blueprint.arguments(ShortlistQuery, location="query")
@blueprint.response(201, SnapshotHead)
@blueprint.alt_response(404, description="No such role, or no such import")
@blueprint.alt_response(409, description="It is not known who the people of this import are")
def take_snapshot(query: dict[str, Any], role: str) -> Response:
    """Keep the shortlist as it is now, to be read and compared later. What is wished for stands in the query."""
    taken = snapshots.take(house(), _shortlist(role, query), "snapshot", _asked(query))
    response = reply(taken, 201)
    response.headers["Location"] = url_for("audit.show_snapshot", snapshot_id=taken["id"])
    return response


def _file(write: Callable[[BinaryIO], None], payload: dict[str, Any], ending: str, mimetype: str) -> Response:
    """Return a shortlist as a file; name and headers say how many there are, and the receipt."""
    response = download(write, file_name(payload, ending), mimetype)
    response.headers["X-Rolefit-Receipt"] = payload["receipt"]
    response.headers["X-Rolefit-Rows"] = f"{payload['shown']}/{payload['eligible']}"
    return response


def _room(query: dict[str, Any]) -> AbstractContextManager[None]:
    """Take a place for a long list, if one is asked for. Raise TooBusy."""
    with house().store.reading() as work:
        total = work.count_candidates()
    return house().running.making_rows(min(query["top"] or total, total))


@blueprint.get("/shortlists/<role>")
@blueprint.arguments(ShortlistPageQuery, location="query")
@blueprint.response(200, Shortlist)
@blueprint.alt_response(404, description="No such role, or no such import")
@blueprint.alt_response(409, description="It is not known who the people of this import are")
def show(query: dict[str, Any], role: str) -> Response:
    """Rank the stored candidates for a role: the first `top` behind those that `skip` leaves out."""
    with _room(query):
        return reply(_shortlist(role, query))


@blueprint.get("/shortlists/<role>.xlsx")
@blueprint.arguments(download_query(scores.MOST_ROWS["xlsx"]), location="query")
@blueprint.response(200, {"format": "binary", "type": "string"}, content_type=XLSX)
@blueprint.alt_response(404, description="No such role, or no such import")
@blueprint.alt_response(409, description="It is not known who the people of this import are")
def download_workbook(query: dict[str, Any], role: str) -> Response:
    """Download the shortlist as a workbook: all of it up to 10,000 candidates, or the first `top`."""
    from service.reports import shortlist  # noqa: PLC0415 - pandas is loaded when a table is drawn

    rubric = house().library.get(role)
    with _room(query):
        payload = _kept(role, query, defended=True, most=scores.MOST_ROWS["xlsx"], kept=scores.KEPT["xlsx"])
        return _file(lambda file: shortlist.write_workbook(payload, rubric, file), payload, "xlsx", XLSX)


@blueprint.get("/shortlists/<role>.csv")
@blueprint.arguments(download_query(scores.MOST_ROWS["csv"]), location="query")
@blueprint.response(200, {"format": "binary", "type": "string"}, content_type="text/csv")
@blueprint.alt_response(404, description="No such role, or no such import")
@blueprint.alt_response(409, description="It is not known who the people of this import are")
def download_csv(query: dict[str, Any], role: str) -> Response:
    """Download the shortlist as CSV: all of it up to 100,000 candidates, or the first `top`."""
    from service.reports import shortlist  # noqa: PLC0415 - pandas is loaded when a table is drawn

    with _room(query):
        payload = _kept(role, query, most=scores.MOST_ROWS["csv"], kept=scores.KEPT["csv"])
        return _file(lambda file: shortlist.write_csv(payload, file), payload, "csv", "text/csv")
