"""A table as it is written: cells with a value, what they say of people, and the files they are written to."""

from __future__ import annotations

import csv
import datetime as dt
import io
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Any

from openpyxl import Workbook
from openpyxl.utils import get_column_letter

YES = "yes"
"""What a cell says that names a skill and no level."""

Said = tuple[int | str, ...]
"""The readings of a cell that are right: levels in tenths or `YES`. Empty: the cell says nothing."""


@dataclass(eq=False)
class Cell:
    """One cell. `style` is a number format of Excel, `across` and `down` make it a merged cell."""

    value: Any = None
    style: str | None = None
    across: int = 1
    down: int = 1


@dataclass
class Row:
    """A row of cells and its part in the table: `header`, `person` or `other` (no person's, no header)."""

    cells: list[Cell]
    part: str = "other"


@dataclass(eq=False)
class Claim:
    """What one cell says of one person's skill: the kinds of evidence and the readings that are right.

    `months` is set where the cell states a time of use. `said` None accepts whatever is read of the skill. `rating`:
    the cell stands in a column of ratings; `named`: the skill stands in a cell of its own, so that a reader may take
    it as mentioned where the rating is not known: then the claim is `optional`.
    """

    person: int
    skill: str
    kinds: tuple[str, ...]
    said: Said | None
    cell: Cell
    months: tuple[int, int] | None = None
    rating: bool = False
    named: bool = False
    optional: bool = False

    def silenced(self) -> Claim:
        """Return what is left of a rating that is not known: at most a mention."""
        return replace(self, kinds=("stated",), said=(YES,), optional=True)


@dataclass
class Grid:
    """The rows of the main sheet, other sheets before and after it, and the claims of its cells."""

    rows: list[Row]
    claims: list[Claim] = field(default_factory=list)
    sheets: list[tuple[str, list[Row]]] = field(default_factory=list)
    loose: list[Cell] = field(default_factory=list)
    """Cells that hold a value nobody can read: unknown, and the report has to say so."""

    def place_of(self, cell: Cell) -> tuple[int, str] | None:
        """Return the row's number and the column's letters of a cell of the main sheet, None for other cells."""
        for number, row in enumerate(self.rows, start=1):
            for column, other in enumerate(row.cells, start=1):
                if other is cell:
                    return number, get_column_letter(column)
        return None

    @property
    def header(self) -> list[Cell]:
        """Return the cells of the first row of the header."""
        return next(row.cells for row in self.rows if row.part == "header")

    def first(self, part: str) -> int:
        """Return the index of the first row with a part."""
        return next((index for index, row in enumerate(self.rows) if row.part == part), len(self.rows))

    def after_last(self, part: str) -> int:
        """Return the index after the last row with a part."""
        return max((index for index, row in enumerate(self.rows) if row.part == part), default=-1) + 1

    def transpose(self) -> None:
        """Turn rows into columns: the header becomes the first column."""
        width = max(len(row.cells) for row in self.rows)
        padded = [row.cells + [Cell() for _ in range(width - len(row.cells))] for row in self.rows]
        self.rows = [
            Row(list(column), "person" if at else "header") for at, column in enumerate(zip(*padded, strict=True))
        ]


def cells(values: Iterable[Any]) -> list[Cell]:
    """Return a cell for each value; a cell stays what it is."""
    return [value if isinstance(value, Cell) else Cell(value) for value in values]


def row_of(*values: Any, part: str = "other") -> Row:
    """Return a row of values."""
    return Row(cells(values), part)


def write_xlsx(grid: Grid, path: Path) -> None:
    """Write all sheets as a workbook."""
    book = Workbook()
    book.remove(book.active)
    for title, rows in [("Candidates", grid.rows), *grid.sheets]:
        sheet = book.create_sheet(title)
        for at, row in enumerate(rows, start=1):
            for column, cell in enumerate(row.cells, start=1):
                _fill(sheet, at, column, cell)
    book.save(path)


def _fill(sheet: Any, at: int, column: int, cell: Cell) -> None:
    if cell.value is not None:
        sheet.cell(at, column).value = cell.value
    if cell.style:
        sheet.cell(at, column).number_format = cell.style
    if cell.across > 1 or cell.down > 1:
        sheet.merge_cells(
            start_row=at, start_column=column, end_row=at + cell.down - 1, end_column=column + cell.across - 1
        )


def text_writer(delimiter: str, encoding: str) -> Callable[[Grid, Path], None]:
    """Return what writes the main sheet as text with a delimiter in an encoding."""

    def write(grid: Grid, path: Path) -> None:
        out = io.StringIO()
        width = max(len(row.cells) for row in grid.rows)
        writer = csv.writer(out, delimiter=delimiter, lineterminator="\r\n")
        for row in grid.rows:
            shown = [_shown(cell) for cell in row.cells]
            writer.writerow(shown + [""] * (width - len(shown)))
        path.write_bytes(out.getvalue().encode(encoding))

    return write


def _shown(cell: Cell) -> str:
    """Return a value as Excel saves it in a CSV file."""
    if cell.value is None:
        return ""
    if isinstance(cell.value, dt.date):
        return cell.value.strftime("%d-%b")
    if isinstance(cell.value, bool):
        return str(cell.value).upper()
    if cell.style == "0%":
        return f"{cell.value:.0%}"
    return str(cell.value)
