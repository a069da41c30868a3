"""A person's rights: all that is held of them in one piece, and to be forgotten; and forgetting in good time."""

from __future__ import annotations

import datetime as dt
from typing import Any

import orjson

from service.core.time import tick_of
from service.intake.candidate import from_body
from service.store.records import Kept
from service.store.work import Work
from service.usecases import House
from service.usecases.decisions import shown as decision_shown
from service.usecases.kept_reports import without_rows, without_values
from service.usecases.mappings import forget_names
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
            "versions": [version for one in records for version in _versions(work, one)],
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


def _versions(work: Work, kept: Kept) -> list[dict[str, Any]]:
    """Return what is kept of a record as it was before imports updated it, for as long as they can be undone."""
    return [
        {"id": kept.id, "replaced_by": import_id, "content": orjson.loads(body)}
        for import_id, body in work.imported.versions_of(kept.id)
    ]


def _level(house: House, kept: Kept) -> dict[str, Any]:
    (line,) = house.levels.lines([from_body(kept.body)], tick_of(house.today))
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
            if mended := without_rows(report, rows):
                work.mend_report(id_, mended)
    forget_names(work, [one.name for one in (kept, *kept.members)])
    # Expired is whom nobody touched: a file that waits is a new word on them.
    work.delete_candidate(kept.id, lasts=action == "candidate.erase")
    house.note(work, action, kept.id)


def sweep(house: House, days: int, report_days: int, *, dry_run: bool = False) -> dict[str, int]:
    """Erase whom nobody touched for so many days (0: nobody), and what old imports keep of people; tell how many.

    Of imports that ended longer ago than `report_days` go the values in reports, and the versions that they replaced.
    A decision within the time keeps a candidate.
    """
    now = house.now()
    old = now - dt.timedelta(days=report_days)
    with house.store.transaction(keep=not dry_run) as work:
        stale = work.untouched(now - dt.timedelta(days=days)) if days else []
        for id_ in stale:
            _erase(house, work, work.candidate(id_), "candidate.expire")
        emptied = 0
        for id_, report in list(work.reports(before=old)):
            if mended := without_values(report):
                work.mend_report(id_, mended)
                emptied += 1
        versions = work.imported.forget_versions(old)
        work.has_erased |= versions > 0
        done = {"candidates": len(stale), "reports": emptied, "versions": versions}
        if any(done.values()):
            house.note(work, "sweep", "", **done)
    return done
