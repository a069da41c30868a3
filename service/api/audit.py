"""The trail of what was done, and shortlists as they were."""

from __future__ import annotations

from typing import Any

from flask import Response

from service.api.cursors import cursor_of, position_of
from service.api.house import house
from service.api.wire import XLSX, Blueprint, download, reply
from service.schemas.answers import SnapshotDetail, SnapshotList, Trail
from service.schemas.requests import AuditQuery
from service.usecases import snapshots, trail

blueprint = Blueprint("audit", __name__, description="What was done, by whom; shortlists as they were")


@blueprint.get("/audit")
@blueprint.arguments(AuditQuery, location="query")
@blueprint.response(200, Trail)
def list_entries(query: dict[str, Any]) -> Response:
    """List the trail, the newest first, a page at a time."""
    limit = query["limit"]
    wanted = {name: query[name] for name in ("actor", "action", "object") if query[name]}
    found = trail.page(house(), position_of(query["cursor"]), limit + 1, wanted)
    more = cursor_of(found[limit - 1]["number"]) if len(found) > limit else None
    return reply({"entries": found[:limit], "next_cursor": more})


@blueprint.get("/snapshots")
@blueprint.response(200, SnapshotList)
def list_snapshots() -> Response:
    """List the last snapshots of shortlists, the newest first; each download leaves one."""
    return reply({"snapshots": snapshots.list_all(house())})


@blueprint.get("/snapshots/<snapshot_id>")
@blueprint.response(200, SnapshotDetail)
@blueprint.alt_response(404, description="No such snapshot")
def show_snapshot(snapshot_id: str) -> Response:
    """Show a shortlist as it was, made again from what is known now, and what has changed."""
    return reply(snapshots.show(house(), snapshot_id))


@blueprint.get("/snapshots/<snapshot_id>.xlsx")
@blueprint.response(200, {"format": "binary", "type": "string"}, content_type=XLSX)
@blueprint.alt_response(404, description="No such snapshot")
def download_snapshot(snapshot_id: str) -> Response:
    """Download a shortlist as it was as a workbook, with what has changed."""
    from service.reports import snapshot as report  # noqa: PLC0415 - pandas is loaded when a table is drawn

    found = snapshots.show(house(), snapshot_id)
    name = f"snapshot-{found['role']}-{found['seniority']}-{found['created_at'][:10]}.xlsx"
    with house().running.making_rows(len(found["shortlist"]) + len(found["not_eligible"])):
        return download(lambda file: report.write_snapshot(found, file), name, XLSX)
