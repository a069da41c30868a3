"""A shortlist as it was, and what has changed since, as a workbook."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from service.reports import wording
from service.sheets.writer import ColumnSpec, File, SheetSpec, write_workbook

STANDING = (
    ColumnSpec("Rank", 9, "integer"),
    ColumnSpec("Name", 28, wrap=True, bold=True),
    ColumnSpec("ID", 14, wrap=True),
    ColumnSpec("Fit", 13, "number", 2, bold=True, bar=(0, 100)),
    ColumnSpec("Fit at most", 13, "number", 2),
    ColumnSpec("Gate", 10, align="center", badges=wording.GATES),
)
MOVES = (
    ColumnSpec("Name", 28, wrap=True, bold=True),
    ColumnSpec("Rank then", 11, "integer"),
    ColumnSpec("Rank now", 11, "integer"),
    ColumnSpec("Fit then", 11, "number", 2),
    ColumnSpec("Fit now", 11, "number", 2),
)


def write_snapshot(found: Mapping[str, Any], file: File) -> None:
    """Write a snapshot: who stood where, who stands elsewhere now, and what it was made by."""
    members = [*found["shortlist"], *found["not_eligible"]]
    sheets = [
        SheetSpec("As it was", list(STANDING), [_member(one) for one in members], freeze=2),
        SheetSpec("Since", list(MOVES), [*map(_move, found["moves"]), *map(_entered, found["entered"])], freeze=1),
        SheetSpec(
            "About", [ColumnSpec("About", 30, wrap=True), ColumnSpec("", 90, wrap=True)], _about(found), filter=False
        ),
    ]
    write_workbook(sheets, file, creator=wording.CREATOR)


def _member(one: Mapping[str, Any]) -> list[Any]:
    who = one["candidate"]
    return [one["rank"], who["name"], who["external_id"], one["fit"], one["fit_high"], one["gate"]]


def _move(one: Mapping[str, Any]) -> list[Any]:
    before, now = one["before"], one["now"]
    return [one["candidate"]["name"], before["rank"], now["rank"], before["fit"], now["fit"]]


def _entered(one: Mapping[str, Any]) -> list[Any]:
    return [one["candidate"]["name"], None, one["rank"], None, one["fit"]]


def _about(found: Mapping[str, Any]) -> list[list[Any]]:
    changed = ", ".join(found["changed"]) or "nothing"
    return [
        ["Role", f"{found['role']}, {found['seniority']}"],
        ["Taken", f"{found['created_at']} by {found['actor']}"],
        ["Identical when made again", "yes" if found["identical"] else "no"],
        ["Changed since", changed],
        *[[name, str(value)] for name, value in found["rules"].items()],
        ["Pool", f"{found['pool_size']} candidates, {found['pool_digest']}"],
        ["Output", found["output_digest"]],
    ]
