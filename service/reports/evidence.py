"""What was read of candidates, as tables: a row for each piece of evidence, marker, unknown word and thing ignored.

Every function takes the payload of `usecases.evidence.listing`. A place in a spreadsheet is named as people name it,
`Candidates!C7`; one in JSON by its pointer.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from itertools import islice
from typing import Any

from service.reports import wording
from service.sheets.writer import ColumnSpec, File, SheetSpec
from service.sheets.writer import write_csv as write_table
from service.sheets.writer import write_workbook as write_sheets

Payload = Mapping[str, Any]
Entry = Mapping[str, Any]
Row = list[Any]

MOST_ROWS = 1_000_000
"""Rows of a sheet: Excel has room for few more."""

WHO = (ColumnSpec("Candidate", 26, wrap=True, bold=True), ColumnSpec("ID", 14, wrap=True))
WHERE = (
    ColumnSpec("Where", 34, wrap=True, comment="Sheet, column and row; or a pointer into JSON."),
    ColumnSpec("From character", 11, "integer"),
    ColumnSpec("To character", 11, "integer"),
)
EVIDENCE = (
    *WHO,
    ColumnSpec("Skill", 30, wrap=True, bold=True),
    ColumnSpec("Level", 10, "number", align="right", comment="Of the skill, over all its evidence; ? is not known."),
    ColumnSpec("Evidence", 12),
    ColumnSpec("Said", 24, wrap=True, comment="The level or years that were said, and when it was used last."),
    ColumnSpec("Counts as", 10, "number"),
    ColumnSpec("Quote", 50, wrap=True),
    *WHERE,
)
MARKERS = (
    *WHO,
    ColumnSpec("Seniority", 12, align="center", badges=wording.SENIORITIES),
    ColumnSpec("Marker", 50, wrap=True),
    ColumnSpec("State", 10),
    ColumnSpec("Quote", 50, wrap=True),
    *WHERE,
)
IGNORED = (*WHO, ColumnSpec("What", 40, wrap=True), ColumnSpec("Why", 60, wrap=True), WHERE[0])
WORDS = (
    ColumnSpec("Word", 40, wrap=True, bold=True, comment="Given as a skill, and not in the vocabulary."),
    ColumnSpec("Candidates", 13, "integer"),
)


def write_workbook(payload: Payload, file: File) -> None:
    """Write what was read as a workbook of four sheets."""
    sheets = [
        _sheet("Evidence", EVIDENCE, evidence_rows, payload),
        _sheet("Markers", MARKERS, marker_rows, payload),
        SheetSpec("Unknown words", WORDS, [[word["word"], word["count"]] for word in payload["unknown_words"]]),
        _sheet("Ignored", IGNORED, ignored_rows, payload),
    ]
    write_sheets(sheets, file, creator=wording.CREATOR)


def write_csv(payload: Payload, file: File) -> None:
    """Write the evidence as CSV."""
    write_table([spec.header for spec in EVIDENCE], evidence_rows(payload), file)


def _sheet(
    title: str, columns: Sequence[ColumnSpec], rows: Callable[[Payload], Iterator[Row]], payload: Payload
) -> SheetSpec:
    """Return a sheet; one that is longer than a sheet can be says so above its header."""
    listed = list(islice(rows(payload), MOST_ROWS + 1))
    notes = [f"Only the first {MOST_ROWS:,} rows: write .csv or .json for all."] if len(listed) > MOST_ROWS else []
    return SheetSpec(title, columns, listed[:MOST_ROWS], notes=notes, freeze=1)


def evidence_rows(payload: Payload) -> Iterator[Row]:
    """Yield a row for each piece of evidence; a skill that is only implied has one that says by which."""
    for entry in payload["results"]:
        names = skill_names(entry)
        for skill in entry["skills"]:
            told = [*_who(entry), skill["name"], shown_level(skill)]
            for piece in skill["evidence"]:
                yield [*told, piece["kind"], said(piece), counts_as(piece), piece["quote"], *_where(piece["source"])]
            if not skill["evidence"]:
                by = ", ".join(names[id_] for id_ in skill["implied_by"])
                yield [*told, "implied", f"by {by}", None, None, None, None, None]


def marker_rows(payload: Payload) -> Iterator[Row]:
    """Yield a row for each marker that is known."""
    for entry in payload["results"]:
        for marker in entry["markers"]:
            for seen in marker["evidence"]:
                told = [marker["band"], marker["text"], marker["state"], seen["quote"]]
                yield [*_who(entry), *told, *_where(seen["source"])]


def ignored_rows(payload: Payload) -> Iterator[Row]:
    """Yield a row for each thing that was set aside."""
    for entry in payload["results"]:
        for remark in entry["ignored"]:
            yield [*_who(entry), remark["value"], remark["detail"], place(remark)]


def _who(entry: Entry) -> Row:
    return [entry["candidate"]["name"], entry["candidate"]["external_id"]]


def _where(source: Mapping[str, Any]) -> Row:
    return [place(source), source.get("start"), source.get("end")]


def shown_level(skill: Mapping[str, Any]) -> float | int | str:
    """Return the level of a skill: a figure, the ends it lies between, or "?"."""
    return wording.shown(skill["level"], skill["level_high"], wording.TOP_LEVEL)


def skill_names(entry: Entry) -> dict[str, str]:
    """Return the names of the skills of a candidate, by their ids."""
    return {skill["skill"]: skill["name"] for skill in entry["skills"]}


def counts_as(piece: Mapping[str, Any]) -> float | int | None:
    """Return the level that a piece of evidence counts as; None where it says nothing of the level."""
    return None if piece["counts_as"] is None else wording.number(piece["counts_as"])


def said(piece: Mapping[str, Any]) -> str:
    """Return what a piece of evidence says, in words: "level 4, 3 years, last used 2023"."""
    parts = []
    if piece["level"] is not None:
        parts.append(f"level {wording.shown(piece['level'], piece['level_high'], wording.TOP_LEVEL + 1)}")
    if piece["years"] is not None:
        parts.append(f"{wording.number(piece['years'])} years")
    if piece["last_used"]:
        parts.append("in use at present" if piece["last_used"] == "present" else f"last used {piece['last_used']}")
    return ", ".join(parts) or "named"


def place(source: Mapping[str, Any]) -> str:
    """Return where something stood: `Candidates!C7`, or a pointer; ahead of it the record, where that is another."""
    record = f"record {source['record']}, " if source.get("record") else ""
    if source.get("row") is None:
        return record + (source.get("pointer") or "the whole candidate")
    sheet = f"{source['sheet']}!" if source.get("sheet") else ""
    return f"{record}{sheet}{source.get('column', '')}{source['row']}"
