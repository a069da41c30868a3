"""A person's rights: all that is held of them in one piece, and to be forgotten; and forgetting in good time."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from typing import Any

import orjson

from service.core.time import tick_of
from service.intake.candidate import from_body
from service.store.records import Kept
from service.store.work import Work
from service.usecases import House
from service.usecases.decisions import shown as decision_shown
from service.usecases.trail import shown as entry_shown


def export(house: House, id_: str) -> dict[str, Any]:
    """Return all that is held of a candidate. Raise NotFound."""
    with house.store.transaction() as work:
        kept = work.candidate(id_)
        records = [kept, *kept.members]
        found = {
            "candidate": id_,
            "exported_at": house.now().isoformat(),
            "records": [_record(one) for one in records],
            "levels": [_level(house, one) for one in records],
            "decisions": [decision_shown(decision) for one in records for decision in work.decisions_on(one.id)],
            "shortlists": [snapshot for one in records for snapshot in work.snapshots.with_candidate(one.id)],
            "trail": [entry_shown(entry) for one in records for entry in work.audit.about(one.id)],
        }
        house.note(work, "candidate.export", id_)
    return found


def _record(kept: Kept) -> dict[str, Any]:
    return {
        "id": kept.id,
        "source": kept.source,
        "external_id": kept.external_id,
        "name": kept.name,
        "created_at": kept.created_at.isoformat(),
        "updated_at": kept.updated_at.isoformat(),
        "merged_into": kept.merged_into,
        "content": orjson.loads(kept.body),
    }


def _level(house: House, kept: Kept) -> dict[str, Any]:
    line = house.levels.line(kept.id, from_body(kept.body), tick_of(house.today))
    return {"id": kept.id, "rubrics": house.levels.board.name, "line": line.line.hex()}


def erase(house: House, id_: str) -> None:
    """Erase a candidate from everything: rows, what is left of them in files, and quotes in reports. Raise NotFound."""
    with house.store.transaction() as work:
        _erase(house, work, work.candidate(id_), "candidate.erase")
    house.tally.erased()


def _erase(house: House, work: Work, kept: Kept, action: str) -> None:
    rows = {
        (profile.sheet, profile.row) for one in (kept, *kept.members) if (profile := from_body(one.body).profile).row
    }
    if rows:
        for id_, report in list(work.reports()):
            if mended := _without(report, rows):
                work.mend_report(id_, mended)
    # Expired is whom nobody touched: a file that waits is a new word on them.
    work.delete_candidate(kept.id, lasts=action == "candidate.erase")
    house.note(work, action, kept.id)


def _without(report: bytes, rows: set[tuple[str | None, int | None]]) -> bytes | None:
    """Return a report without the values that stood in somebody's row; None where it has none of them."""
    kept: dict[str, Any] = orjson.loads(report)
    warnings, sheet = kept["report"]["warnings"], kept["report"]["sheet"]
    lines = {row for _, row in rows}
    found = [one for one in warnings if one.get("row") in lines and one.get("value") is not None]
    for one in found:
        if (one.get("sheet", sheet), one["row"]) in rows or (None, one["row"]) in rows or sheet is None:
            one["value"] = ""
    return orjson.dumps(kept) if found else None


def sweep(house: House, days: int, report_days: int, *, dry_run: bool = False) -> dict[str, int]:
    """Erase whom nobody touched for so many days (0: nobody), and empty old reports of values; tell how many.

    A decision within the time keeps a candidate.
    """
    now = house.now()
    with house.store.transaction(keep=not dry_run) as work:
        stale = work.untouched(now - dt.timedelta(days=days)) if days else []
        for id_ in stale:
            _erase(house, work, work.candidate(id_), "candidate.expire")
        emptied = 0
        for id_, report in list(work.reports(before=now - dt.timedelta(days=report_days))):
            if mended := _emptied(report):
                work.mend_report(id_, mended)
                emptied += 1
        if stale or emptied:
            house.note(work, "sweep", "", candidates=len(stale), reports=emptied)
    return {"candidates": len(stale), "reports": emptied}


def _emptied(report: bytes) -> bytes | None:
    """Return a report without any value of anybody; None where it has none."""
    kept: dict[str, Any] = orjson.loads(report)
    told: Mapping[str, Any] = kept["report"]
    has_values = any(one.get("value") for one in told["warnings"])
    if not has_values and not any(kept["cells"]):
        return None
    for one in told["warnings"]:
        one["value"] = ""
    kept["cells"] = [[] for _ in kept["cells"]]
    return orjson.dumps(kept)
