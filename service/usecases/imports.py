"""Files of candidates: read with a report on every column and row, kept, or only looked at."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Iterator, Mapping
from contextlib import contextmanager
from itertools import islice
from pathlib import Path
from typing import Any, NamedTuple
from uuid import uuid4

import orjson

from service.errors import InvalidInput
from service.intake.candidate import Candidate
from service.intake.draft import Reader
from service.intake.headers import check_mapping
from service.intake.sheet import MOST_WARNINGS, Rejected, SheetReader, buffered, find_header, no_header
from service.schemas import strict_json
from service.sheets.limits import Limits
from service.sheets.reader import Sheet, open_table
from service.store.store import Work
from service.usecases import House
from service.usecases.candidates import OUTCOMES, read_batch, record
from service.usecases.news import News, without_people

CHUNK = 1000
"""Candidates read and saved at a time."""

JSON_ENDINGS = frozenset({".json", ".ndjson", ".jsonl"})

NOTE_TEXTS = {"error": "", "formula_without_value": "a formula without a value"}


class FileRead(NamedTuple):
    """A file being read: its candidates and rejected rows as they come, and the report, complete at their end."""

    rows: Iterator[Candidate | Rejected]
    report: dict[str, Any]


@contextmanager
def open_file(
    path: Path, filename: str, reader: Reader, limits: Limits, mapping: Mapping[str, str] | None, source: str
) -> Iterator[FileRead]:
    """Open a file of candidates: a spreadsheet or JSON, by its name. Raise RolefitError where it cannot be read."""
    report: dict[str, Any] = {
        "file": filename, "sheet": None, "header_row": None, "columns": [], "warnings": [], "warnings_total": 0,
        "notices": [], "unknown_skills": [],
    }  # fmt: skip
    if Path(filename).suffix.lower() in JSON_ENDINGS:
        yield FileRead(_json_rows(path, filename, reader, report, source), report)
        return
    check_mapping(mapping or {}, reader)
    with open_table(path, filename, limits) as workbook:
        report["notices"] += workbook.warnings
        yield FileRead(_sheet_rows(workbook.sheets(), reader, report, mapping, source), report)


def _sheet_rows(
    sheets: Iterable[Sheet], reader: Reader, report: dict[str, Any], mapping: Mapping[str, str] | None, source: str
) -> Iterator[Candidate | Rejected]:
    """Read the first visible sheet that has a header of candidates; the others are named in the report."""
    names, found = [], None
    for sheet in sheets:
        names.append(sheet.name)
        if found or sheet.hidden:
            why = "it is hidden" if sheet.hidden else f"the candidates were read from {found!r}"
            report["notices"].append(f"The sheet {sheet.name!r} was not read: {why}.")
            continue
        top, rows = buffered(sheet.chunks())
        header = find_header(top, reader, mapping)
        if header is None:
            continue
        found = sheet.name or "the file"
        rows_of = SheetReader(header, reader, sheet.name, source)
        report |= {"sheet": sheet.name, "header_row": header.row, "columns": rows_of.report_columns()}
        for number, cells in rows:
            if len(sheet.notes) != len(rows_of.notes):
                rows_of.notes = _notes(sheet)
            if number > header.row and (row := rows_of.read(number, cells)):
                yield row
        report |= {
            "warnings": rows_of.warnings,
            "warnings_total": rows_of.warnings_total,
            "unknown_skills": [
                {"word": word, "count": count} for word, count in rows_of.unknown_skills.most_common(200)
            ],
        }
    if not found:
        raise no_header(names)


def _notes(sheet: Sheet) -> dict[tuple[int, int], str]:
    """Return what the reader could not read as a value, by row and place of the column."""
    return {(note.row, note.column): NOTE_TEXTS.get(note.code) or note.text for note in sheet.notes}


def _json_rows(
    path: Path, filename: str, reader: Reader, report: dict[str, Any], source: str
) -> Iterator[Candidate | Rejected]:
    """Read candidates from JSON: one, a list, an object with `candidates`, or one to a line."""
    items, at = _items(path.read_bytes(), lines=not filename.lower().endswith(".json"))
    batch = read_batch(items, reader, at, source=source)
    for _, candidate in batch.candidates:
        report["warnings"] += candidate.remarks[: MOST_WARNINGS - len(report["warnings"])]
        report["warnings_total"] += len(candidate.remarks)
        yield candidate
    for rejected in batch.rejected:
        yield Rejected(rejected["index"] + 1, [orjson.dumps(items[rejected["index"]]).decode()], rejected["errors"])


def _items(raw: bytes, *, lines: bool) -> tuple[list[Any], str | None]:
    """Return the candidates in JSON text, and the pointer to the list they stand in; None for one alone."""
    if lines:
        return [strict_json.loads(line) for line in raw.splitlines() if line.strip()], ""
    data = strict_json.loads(raw)
    if isinstance(data, dict) and isinstance(data.get("candidates"), list):
        return data["candidates"], "/candidates"
    return (data, "") if isinstance(data, list) else ([data], None)


def import_file(
    house: House,
    path: Path,
    filename: str,
    *,
    dry_run: bool = False,
    mapping: Mapping[str, str] | None = None,
    source: str = "upload",
) -> dict[str, Any]:
    """Import a file: what can be read is kept, the rest is reported. A dry run reports the same and keeps nothing.

    All of it is kept in one transaction, so that lists and shortlists see an import wholly or not at all.
    """
    counts = {"rows": 0, **dict.fromkeys(OUTCOMES, 0)}
    rejected: list[Rejected] = []
    id_ = uuid4().hex
    with (
        open_file(path, filename, house.reader, house.limits, mapping, source) as file,
        house.store.transaction(keep=not dry_run) as work,
    ):
        news = _save(work, file.rows, counts, rejected, News(house, dry_run=dry_run), house)
        report = {**_report(id_, file.report, counts, rejected, dry_run=dry_run), **news.report()}
        kept = {"report": without_people(report), "cells": [row.cells for row in rejected]}
        work.save_import(id_, filename, _digest(path), "done", counts, orjson.dumps(kept, default=str), house.now())
    return report


def _save(
    work: Work,
    rows: Iterator[Candidate | Rejected],
    counts: dict[str, int],
    rejected: list[Rejected],
    news: News,
    house: House,
) -> News:
    """Save candidates chunk by chunk, counting what became of each row."""
    while chunk := list(islice(rows, CHUNK)):
        counts["rows"] += len(chunk)
        rejected += [row for row in chunk if isinstance(row, Rejected)]
        candidates = [row for row in chunk if isinstance(row, Candidate)]
        saved = work.save_candidates([record(row) for row in candidates], house.now())
        for one in saved:
            counts[one.outcome] += 1
        news.add(work, candidates, saved)
    counts["rejected"] = len(rejected)
    if not counts["rows"]:
        raise InvalidInput("The file has a header, but no candidates below it.", code="no_candidates")
    return news


def _report(
    id_: str, read: Mapping[str, Any], counts: Mapping[str, int], rejected: Iterable[Rejected], *, dry_run: bool
) -> dict[str, Any]:
    return {
        "id": None if dry_run else id_,
        "state": "dry_run" if dry_run else "done",
        "counts": dict(counts),
        "rejected": [{"row": row.row, "errors": row.errors} for row in rejected],
        **read,
    }


def _digest(path: Path) -> str:
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()


def get_import(house: House, id_: str) -> dict[str, Any]:
    """Return the report of an import."""
    return _kept(house, id_)["report"]


def rejected_rows(house: House, id_: str) -> tuple[list[str], list[dict[str, Any]]]:
    """Return the header of an import's file, and its rejected rows with their cells and what to mend."""
    kept = _kept(house, id_)
    report = kept["report"]
    rows = [{**row, "cells": cells} for row, cells in zip(report["rejected"], kept["cells"], strict=True)]
    return _header(report["columns"]), rows


def _kept(house: House, id_: str) -> dict[str, Any]:
    with house.store.reading() as work:
        return orjson.loads(work.get_import(id_).report)


def _header(columns: Iterable[Mapping[str, Any]]) -> list[str]:
    """Return the header's cells in their places; places without a header are blank."""
    by_place = {_place(column["column"]): column["header"] for column in columns}
    return [by_place.get(place, "") for place in range(max(by_place, default=0) + 1)] if by_place else ["JSON"]


def _place(letters: str) -> int:
    place = 0
    for letter in letters:
        place = place * 26 + ord(letter) - ord("A") + 1
    return place - 1
