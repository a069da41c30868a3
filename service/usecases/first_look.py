"""A first look at a spreadsheet: its first rows, or its columns as they stand where no header was found."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import islice
from pathlib import Path
from typing import Any

from service.intake.tables.headers import letters
from service.sheets.limits import Limits
from service.sheets.reader import Note, Sheet, Workbook, open_table

ROWS, SAMPLES = 20, 3
"""Rows that are looked at, and values of a column that are shown."""


@dataclass
class FirstRows:
    """A sheet that ends after its first rows when it is read; `report` is told so if the sheet has more.

    It is looked through whole: what its columns mean is settled from all of their values, however large the file.
    """

    sheet: Sheet
    rows: int
    report: dict[str, Any]
    is_looked_through: bool = False

    @property
    def name(self) -> str:
        """Return the name of the sheet."""
        return self.sheet.name

    @property
    def hidden(self) -> bool:
        """Tell whether the sheet is hidden."""
        return self.sheet.hidden

    @property
    def notes(self) -> Sequence[Note]:
        """Return what the sheet holds beside values."""
        return self.sheet.notes

    def chunks(self) -> Iterator[tuple[int, list[list[Any]]]]:
        """Give (number of the first row, rows): all of them the first time, then the first ones."""
        if not self.is_looked_through:
            self.is_looked_through = True
            yield from self.sheet.chunks()
            return
        for first, rows in self.sheet.chunks():
            left = self.rows - first + 1
            if left < len(rows):
                self.report["first_rows"] = self.rows
                yield first, rows[:left]
                return
            yield first, rows


def first_rows(workbook: Workbook, rows: int, report: dict[str, Any]) -> Iterator[FirstRows]:
    """Give the sheets of a workbook, each read to its first rows."""
    return (FirstRows(sheet, rows, report) for sheet in workbook.sheets())


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
