"""Reports of imports as they are kept. They outlive the people in the file, so they hold of them what can be taken out.

Values of cells stand in the warnings, each with its row, and go with the person of that row. No other part of a kept
report shows a value that no warning shows. Whoever only looks (a dry run) is shown all of it, and nothing is kept.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import orjson

OF_A_COLUMN = {
    "confidence": None, "reason": None, "scale": None, "rater": None, "distinct": None, "filled": None,
}  # fmt: skip
"""What the report of a column says beside what it was understood as."""

ASKED_OF_HEADERS = ("scale", "column")
"""Kinds of questions that can be put without quoting a cell."""


def unread(filename: str) -> dict[str, Any]:
    """Return what is told of a file before anything of it is read."""
    return {
        "file": filename, "sheet": None, "header_row": None, "sheets": [], "columns": [], "warnings": [],
        "warnings_total": 0, "notices": [], "unknown_skills": [], "questions": [], "questions_total": 0,
        "scorable": {"people": 0, "with_evidence": 0}, "passed_over": [], "passed_over_total": 0,
        "warnings_by_value": [], "applied_mapping": None, "answers": {},
    }  # fmt: skip


def completed(report: Mapping[str, Any]) -> dict[str, Any]:
    """Return a report with all that reports tell today: one of an older version has less."""
    columns = [{**column, **_lacking(column, OF_A_COLUMN)} for column in report["columns"]]
    return {**report, "columns": columns, **_lacking(report, {**unread(""), "scorable": None})}


def _lacking(found: Mapping[str, Any], whole: Mapping[str, Any]) -> dict[str, Any]:
    return {name: value for name, value in whole.items() if name not in found}


def to_keep(read: Mapping[str, Any]) -> dict[str, Any]:
    """Return what was read of a file without what would outlive the people in it."""
    questions = [
        {**one, "why": "", "evidence": [], "choices": []}
        for one in read["questions"]
        if one["kind"] in ASKED_OF_HEADERS
    ]
    kept = {
        **read,
        "columns": [column | {"samples": []} for column in read["columns"]],
        "questions": questions,
        "passed_over": [{**one, "value": ""} for one in read["passed_over"]],
    }
    _group(kept)
    return kept


def without_rows(report: bytes, rows: set[tuple[str | None, int | None]]) -> bytes | None:
    """Return a report without the values that stood in somebody's row; None where it has none of them."""
    kept: dict[str, Any] = orjson.loads(report)
    warnings, sheet = kept["report"]["warnings"], kept["report"]["sheet"]
    lines = {row for _, row in rows}
    found = [one for one in warnings if one.get("row") in lines and one.get("value") is not None]
    for one in found:
        if (one.get("sheet", sheet), one["row"]) in rows or (None, one["row"]) in rows or sheet is None:
            one["value"] = ""
    _group(kept["report"])
    return orjson.dumps(kept) if found else None


def without_values(report: bytes) -> bytes | None:
    """Return a report without any value of anybody; None where it has none."""
    kept: dict[str, Any] = orjson.loads(report)
    told: Mapping[str, Any] = kept["report"]
    has_values = any(one.get("value") for one in told["warnings"])
    if not has_values and not any(kept["cells"]):
        return None
    for one in told["warnings"]:
        one["value"] = ""
    _group(kept["report"])
    kept["cells"] = [[] for _ in kept["cells"]]
    return orjson.dumps(kept)


def _group(report: dict[str, Any]) -> None:
    """Take out of the grouped warnings each value that no single warning shows."""
    shown = {one.get("value") for one in report["warnings"]}
    report["warnings_by_value"] = [
        one if one["value"] in shown else {**one, "value": ""} for one in report.get("warnings_by_value", ())
    ]
