"""A first look at a spreadsheet in which no header was found: its columns as they stand, for somebody to say more."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import islice
from pathlib import Path
from typing import Any

from service.intake.tables.headers import letters
from service.sheets.limits import Limits
from service.sheets.reader import Sheet, open_table

ROWS, SAMPLES = 20, 3
"""Rows that are looked at, and values of a column that are shown."""


def first_look(path: Path, filename: str, limits: Limits) -> dict[str, Any]:
    """Return the columns of the first visible sheet that has any: header, sample values, understood as nothing.

    The fullest of the first rows is taken for the header. Raise RolefitError where the file cannot be read.
    """
    with open_table(path, filename, limits) as workbook:
        tops = ((sheet, _top(sheet)) for sheet in workbook.sheets() if not sheet.hidden)
        sheet, top = next(((sheet, top) for sheet, top in tops if top), (None, []))
        name = sheet.name if sheet else ""
    number, header = max(top, key=lambda row: (_filled(row[1]), -row[0]), default=(1, []))
    below = [cells for at, cells in top if at > number]
    return {
        "sheet": name,
        "header_row": number,
        "columns": [_column(place, cell, below) for place, cell in enumerate(header) if cell not in (None, "")],
    }


def _top(sheet: Sheet) -> list[tuple[int, list[Any]]]:
    rows = ((first + place, row) for first, chunk in sheet.chunks() for place, row in enumerate(chunk))
    return [row for row in islice(rows, ROWS) if _filled(row[1])]


def _filled(cells: Sequence[Any]) -> int:
    return sum(cell not in (None, "") for cell in cells)


def _column(place: int, header: Any, below: Sequence[Sequence[Any]]) -> dict[str, Any]:
    values = (cells[place] for cells in below if place < len(cells) and cells[place] not in (None, ""))
    return {
        "column": letters(place),
        "header": str(header),
        "understood_as": None,
        "samples": [str(value) for value in islice(values, SAMPLES)],
    }
