"""The process that opens the file: guard, then parser, then frames on standard output.

Started by `reader`, with one JSON object on standard input: path, kind, limits. A frame is four bytes of length
(big-endian) and an orjson list whose first item names it:

    ["book", kind, warnings, visible]        the guard is content; so many sheets are not hidden
    ["sheet", name, hidden, notes]           a note is [row, column, code, text]
    ["rows", first row, rows, percents, notes]
                                             a date is {"d": …}, a date with time {"t": …}; blank is "" or null;
                                             percents are [column from 0, first row, row after the last]
    ["end"]
    ["refused", class, code, sentence, errors]

A parser that aborts, or grows past its memory, ends this process and no other.
"""

from __future__ import annotations

import csv
import datetime as dt
import gc
import io
import math
import os
import posixpath
import re
import resource
import struct
import sys
from array import array
from bisect import bisect_left
from collections.abc import Iterable, Iterator, Mapping
from contextlib import suppress
from types import MappingProxyType
from typing import Any, BinaryIO

import orjson

from service.errors import FileTooLarge, RolefitError, UnreadableFile
from service.sheets import guard, parts, xls
from service.sheets.formulas import unguard
from service.sheets.limits import MEBIBYTE, Limits

CHUNK_ROWS = 1000
EXACT = 2**53
MOST_FRAME = 16 * 1024 * 1024
_HEAD = 64 * 1024
_OLE_HEAD = 1024 * 1024
_LENGTH = struct.Struct(">I")


def main() -> None:
    """Read one file as standard input says, and write its frames."""
    request = orjson.loads(sys.stdin.buffer.read())
    limits = Limits(**request["limits"])
    _confine(limits)
    gc.disable()  # rows come and go by the million, and none is in a cycle
    try:
        with open(request["path"], "rb") as file:  # noqa: PTH123 - pathlib is not needed to start fast
            for frame in frames(file, request["kind"], limits):
                _send(frame)
        _send(orjson.dumps(["end"]))
    except RolefitError as error:
        _send(orjson.dumps(["refused", type(error).__name__, error.code, error.detail, error.errors]))
    sys.stdout.buffer.flush()
    # Nothing is left to tidy: to free the parser's tables one by one would only keep the reader waiting.
    os._exit(0)


def _confine(limits: Limits) -> None:
    """Take away from this process what a hostile file could spend. Where a system lacks a limit, it has none."""
    for what, most in (
        (resource.RLIMIT_AS, limits.memory_bytes),
        (resource.RLIMIT_CPU, limits.cpu_seconds),
        (resource.RLIMIT_CORE, 0),
        (resource.RLIMIT_FSIZE, 0),
    ):
        with suppress(ValueError, OSError):
            resource.setrlimit(what, (most, most))


def _send(frame: bytes) -> None:
    out = sys.stdout.buffer
    out.write(_LENGTH.pack(len(frame)))
    out.write(frame)


def frames(file: BinaryIO, kind: str, limits: Limits) -> Iterator[bytes]:
    """Give every frame of the file but the last; raise the refusal."""
    size = file.seek(0, io.SEEK_END)
    file.seek(0)
    if size > limits.total_bytes:
        raise FileTooLarge(f"The file is larger than {limits.total_bytes // MEBIBYTE} MiB.", code="too_large")
    head = file.read(_OLE_HEAD)
    if not head:
        raise UnreadableFile("The file is empty.", code="empty_file")
    found = guard.kind_of(file, head, kind)
    said = f"The file is named .{kind} but is {guard.NAMES[found]}: it was read as that."
    is_as_named = found == kind or (found == "csv" and kind in guard.TEXTS)
    warnings = [] if is_as_named else [said]
    if found == "csv":
        yield from _csv_frames(file, head[:_HEAD], limits, kind, warnings)
        return
    yield from _book_frames(file, found, limits, warnings)


# ---------------------------------------------------------------- workbooks


def _book_frames(file: BinaryIO, kind: str, limits: Limits, warnings: list[str]) -> Iterator[bytes]:
    findings = xls.inspect(file, limits) if kind == "xls" else guard.inspect_workbook(file, limits, kind)
    remarks = _remarks_by_sheet(findings, kind)
    percents = _by_sheet(findings.percents, findings, kind)
    book, sheets = _open_book(file, limits)
    cut = [part for part, found in findings.remarks.items() if len(found) >= parts.MOST_NOTES]
    visible = sum(not hidden for _, hidden in sheets)
    warnings += ["not every cell that holds an error is listed"] if cut else []
    yield orjson.dumps(["book", kind, warnings, visible])
    room = limits.cells
    for sheet in sheets:
        yield orjson.dumps(["sheet", *sheet, remarks.get(sheet[0], [])])
        found = _open_sheet(book, sheet[0], room, limits)
        room -= _spanned(found)
        yield from _row_frames(_sheet_rows(found), percents=percents.get(sheet[0], {}))
        sys.stdout.buffer.flush()  # before the next sheet takes its time


def _open_book(file: BinaryIO, limits: Limits) -> tuple[Any, list[tuple[str, bool]]]:
    """Open the workbook and list its worksheets: (name, hidden)."""
    # Imported under the limits set above, and never in the process that serves.
    from python_calamine import CalamineError, CalamineWorkbook, SheetTypeEnum, SheetVisibleEnum  # noqa: PLC0415

    file.seek(0)
    try:
        book = CalamineWorkbook.from_filelike(file)
    except CalamineError as error:
        raise _damaged() from error
    sheets = [
        (sheet.name, sheet.visible != SheetVisibleEnum.Visible)
        for sheet in book.sheets_metadata
        if sheet.typ == SheetTypeEnum.WorkSheet
    ]
    if len(sheets) > limits.sheets:
        raise FileTooLarge(
            f"The workbook has {len(sheets)} sheets; at most {limits.sheets} are read. Delete those without data.",
            code="too_many_sheets",
        )
    return book, sheets


def _damaged() -> UnreadableFile:
    return UnreadableFile(f"The workbook is damaged and cannot be read. {parts.RESAVE}", code="not_a_workbook")


def _open_sheet(book: Any, name: str, room: int, limits: Limits) -> Any:
    """Open a sheet; refuse one that spans more cells than the sheets before it have left."""
    from python_calamine import CalamineError  # noqa: PLC0415

    try:
        sheet = book.get_sheet_by_name(name)
    except CalamineError as error:
        raise _damaged() from error
    if _spanned(sheet) > room:
        reach = f"{parts.column_name(sheet.end[1] + 1)}{sheet.end[0] + 1}"
        raise FileTooLarge(
            f"The data of the sheet {name!r} reach to {reach}: with the sheets before it that spans more than "
            f"{limits.cells:,} cells. {parts.TRIM}",
            code="too_many_cells",
        )
    return sheet


def _spanned(sheet: Any) -> int:
    """Count the cells from the first to the last that holds something, the blank ones between them too."""
    return (sheet.end[0] + 1) * (sheet.end[1] + 1) if sheet.end is not None else 0


def _sheet_rows(sheet: Any) -> Iterator[list[Any]]:
    if sheet.end is None:
        return
    # The parser gives empty rows before the first cell, and leaves out empty columns.
    before = [""] * sheet.start[1]
    for row in sheet.iter_rows():
        yield before + [int(cell) if cell.__class__ is float and _is_exact(cell) else cell for cell in row]


def _is_exact(number: float) -> bool:
    """Tell whether a number is whole, and small enough to be the one that was written."""
    return number.is_integer() and abs(number) < EXACT


def _remarks_by_sheet(findings: parts.Findings, kind: str) -> dict[str, list[tuple[Any, ...]]]:
    """Give remarks by the name of the sheet; of an .xlsx, XML is parsed only where there are any."""
    found = {part: [tuple(remark) for remark in sorted(remarks)] for part, remarks in findings.remarks.items()}
    for part, hidden in findings.hidden.items():
        found.setdefault(part, []).extend(_hidden(hidden))
    return _by_sheet(found, findings, kind)


def _by_sheet(found: dict[str, Any], findings: parts.Findings, kind: str) -> dict[str, Any]:
    """Return what was found in the parts of an .xlsx by the names of its sheets; of others it is so already."""
    if kind != "xlsx" or not found:
        return found
    names = _sheet_names(findings.kept)
    return {names[part.lower()]: one for part, one in found.items() if part.lower() in names}


def _hidden(hidden: parts.Hidden) -> Iterator[tuple[int, int, str, str]]:
    """Give a remark for all hidden rows, with the first of them and their number, and one for each column."""
    rows = sorted(set(hidden.rows))
    if rows:
        yield rows[0], 0, "hidden_rows", str(len(rows))
    for column in sorted(set(hidden.columns)):
        yield 0, column, "hidden_column", ""


def _sheet_names(kept: dict[str, bytes]) -> dict[str, str]:
    """Read from the workbook and its relations which part is which sheet."""
    book = next((name for name in kept if name.lower().endswith("workbook.xml")), None)
    relations = next((name for name in kept if name.lower().endswith("workbook.xml.rels")), None)
    if book is None or relations is None:
        return {}
    targets = {
        tag.get("Id"): posixpath.join("/" + posixpath.dirname(book), tag.get("Target", "").replace("\\", "/"))
        for tag in _tags(kept[relations])
    }
    sheets = (
        (tag.get("name"), next((v for k, v in tag.items() if k.endswith("}id")), None)) for tag in _tags(kept[book])
    )
    return {posixpath.normpath(targets[key])[1:].lower(): name for name, key in sheets if name and key in targets}


def _tags(xml: bytes) -> Iterable[Any]:
    from xml.etree import ElementTree as ET  # noqa: PLC0415

    try:
        return list(ET.fromstring(xml).iter())  # noqa: S314 - the guard has refused every DTD
    except ET.ParseError:
        return []


# ---------------------------------------------------------------- rows


def _row_frames(
    rows: Iterable[list[Any]], first: int = 1, percents: Mapping[int, array[int]] = MappingProxyType({})
) -> Iterator[bytes]:
    marked = {column - 1: array("I", sorted(cells)) for column, cells in percents.items()}
    chunk: list[list[Any]] = []
    for row in rows:
        chunk.append(row)
        if len(chunk) == CHUNK_ROWS:
            yield from _frames_of(chunk, first, marked)
            first += len(chunk)
            chunk = []
    if chunk:
        yield from _frames_of(chunk, first, marked)


def _frames_of(rows: list[list[Any]], first: int, marked: Mapping[int, array[int]]) -> Iterator[bytes]:
    """Write rows as one frame, or as two and two again where texts are long."""
    percents = [run for column, cells in marked.items() for run in _runs(column, cells, first, first + len(rows))]
    frame = _rows_frame(first, rows, percents, [])
    if len(frame) > MOST_FRAME and len(rows) > 1:
        half = len(rows) // 2
        yield from _frames_of(rows[:half], first, marked)
        yield from _frames_of(rows[half:], first + half, marked)
        return
    # orjson writes a number that is not finite as null; no other cell becomes null here.
    notes = _infinite(rows, first) if b"null" in frame else []
    yield _rows_frame(first, rows, percents, notes) if notes else frame


def _rows_frame(first: int, rows: list[list[Any]], percents: list[Any], notes: list[Any]) -> bytes:
    said = ["rows", first, rows, percents, notes]
    return orjson.dumps(said, default=_tag, option=orjson.OPT_PASSTHROUGH_DATETIME)


def _runs(column: int, cells: array[int], first: int, end: int) -> Iterator[tuple[int, int, int]]:
    """Yield the runs of marked rows from `first` to before `end`: column, first row, row after the last."""
    place, last = bisect_left(cells, first), bisect_left(cells, end)
    while place < last:
        start = cells[place]
        # Rows may be marked twice, so a longer way than to the end of the run is possible, and harmless.
        length = last - place if cells[last - 1] - start == last - place - 1 else 1
        while place + length < last and cells[place + length] <= start + length:
            length += 1
        place += length
        yield column, start, cells[place - 1] + 1


def _infinite(rows: list[list[Any]], first: int) -> list[tuple[int, int, str, str]]:
    return [
        (first + index, column, "error", str(value))
        for index, row in enumerate(rows)
        for column, value in enumerate(row, 1)
        if isinstance(value, float) and not math.isfinite(value)
    ]


def _tag(value: Any) -> dict[str, str] | str:
    """Write what JSON cannot carry: tagged where it is a date, as ISO text where it is a time or a duration."""
    if isinstance(value, dt.datetime):
        return {"t": value.isoformat()}
    if isinstance(value, dt.date):
        return {"d": value.isoformat()}
    if isinstance(value, dt.time):
        return value.isoformat()
    if isinstance(value, dt.timedelta):
        return _duration(value)
    raise TypeError


def _duration(value: dt.timedelta) -> str:
    """Write a duration as ISO 8601 does, in hours as Excel shows it: PT26H30M0S."""
    seconds = abs(value).total_seconds()
    hours, rest = divmod(int(seconds), 3600)
    sign = "-" if value < dt.timedelta(0) else ""
    return f"{sign}PT{hours}H{rest // 60}M{rest % 60 + seconds % 1:g}S"


# ---------------------------------------------------------------- CSV


def _csv_frames(file: BinaryIO, head: bytes, limits: Limits, told: str, warnings: list[str]) -> Iterator[bytes]:
    shape = guard.inspect_text(file, head, told)
    yield orjson.dumps(["book", "csv", [*warnings, *shape.warnings], 1])
    yield orjson.dumps(["sheet", "", False, []])
    file.seek(0)
    lines = io.TextIOWrapper(file, encoding=shape.encoding, newline="")
    yield from _row_frames(_csv_rows(lines, shape, limits), first=shape.skipped + 1)


def _csv_rows(lines: io.TextIOWrapper, shape: guard.TextShape, limits: Limits) -> Iterator[list[str]]:
    for _ in range(shape.skipped):
        next(lines)
    csv.field_size_limit(limits.cell_characters)
    reader = csv.reader(lines, delimiter=shape.delimiter)
    number, cells, begun = shape.skipped, 0, 0
    try:
        for number, row in enumerate(reader, shape.skipped + 1):
            cells += len(row)
            _check_row(number, len(row), cells, limits)
            spans = reader.line_num - begun
            begun = reader.line_num
            yield [unguard(cell) if cell[:1] == "'" else cell for cell in row]
    except csv.Error as error:
        raise _bad_row(number + 1, error, limits) from error
    if begun and spans > 1 and shape.quotes % 2:
        raise UnreadableFile(
            f"A quotation mark opened in row {number} is never closed, so the rest of the file reads as one cell. "
            "Mend that row, or save the file again from Excel.",
            [{"code": "open_quote", "detail": "A quotation mark is never closed", "row": number}],
            code="open_quote",
        )


def _check_row(number: int, columns: int, cells: int, limits: Limits) -> None:
    for code, found, most, what in (
        ("too_many_rows", number, limits.rows, "rows"),
        ("too_many_columns", columns, limits.columns, "columns"),
        ("too_many_cells", cells, limits.cells, "cells"),
    ):
        if found > most:
            raise FileTooLarge(
                f"At row {number} the file has more than {most:,} {what}, the most that are read. {parts.TRIM}",
                [{"code": code, "detail": f"More than {most:,} {what}", "row": number}],
                code=code,
            )


def _bad_row(number: int, error: csv.Error, limits: Limits) -> RolefitError:
    if re.search("field limit", str(error)):
        return FileTooLarge(
            f"A cell in row {number} holds more than {limits.cell_characters:,} characters. If it should not, look "
            "for a quotation mark that is never closed.",
            [{"code": "cell_too_long", "detail": "The cell is too long", "row": number}],
            code="cell_too_long",
        )
    return UnreadableFile(f"Row {number} cannot be read as CSV. Save the file again from Excel.", code="bad_row")
