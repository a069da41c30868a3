"""Rows of an import that could not be read, as a workbook to mend and send again."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from service.reports import wording
from service.sheets.writer import ColumnSpec, File, Marked, SheetSpec, place_of, width_for, write_workbook

MEND, ROW = "What to mend", "Row in your file"
WRONG, HELP = "F9CFCB", "FFF4D6"
LOOKED_AT = 200
"""Rows that a column's width is judged by."""


def write_rejected(header: Sequence[str], rows: Sequence[Mapping[str, Any]], file: File) -> None:
    """Write rejected rows with their own columns and what to mend in each.

    `rows` are `{"row", "cells", "errors": [{"column", "detail"}]}`; a column is named by its letters or its header.
    What an earlier answer of ours added to the file is left out, so that it does not pile up.
    """
    own = [place for place, title in enumerate(header) if title not in (MEND, ROW)]
    columns = [
        ColumnSpec(
            MEND, 56, wrap=True, comment="Mend the marked cells and send this file again. This column is not read."
        ),
        ColumnSpec(ROW, 13, "integer", comment="The row's number in the file that you sent."),
        *(_column(header[place], place, rows) for place in own),
    ]
    sheet = SheetSpec("Rejected rows", columns, _rows(header, rows, own), freeze=2)
    write_workbook([sheet], file, creator=wording.CREATOR)


def _column(title: str, place: int, rows: Sequence[Mapping[str, Any]]) -> ColumnSpec:
    """Return a column as wide as its texts. Its kind leaves each value what it was: 12 a number, "012" a text."""
    texts = [title, *(row["cells"][place] for row in rows[:LOOKED_AT] if place < len(row["cells"]))]
    return ColumnSpec(title, width_for(texts, least=12) + 2, "number", align="left", wrap=True)


def _rows(header: Sequence[str], rows: Sequence[Mapping[str, Any]], own: Sequence[int]) -> Iterator[list[Any]]:
    for row in rows:
        cells = row["cells"]
        wrong = {place for error in row["errors"] if (place := _place(error.get("column"), header)) is not None}
        values = [(cells[place] if place < len(cells) else None, place in wrong) for place in own]
        mended = [Marked(value, WRONG, bold=True) if is_wrong else value for value, is_wrong in values]
        yield [Marked(_advice(row["errors"], header), HELP), row["row"], *mended]


def _advice(errors: Sequence[Mapping[str, Any]], header: Sequence[str]) -> str:
    """Return a line for each error, with the header of the column that it is about."""
    lines = []
    for error in errors:
        place = _place(error.get("column"), header)
        about = "" if place is None or not header[place] else f"{header[place]}: "
        lines.append(f"{about}{error['detail']}")
    return "\n".join(lines)


def _place(column: str | None, header: Sequence[str]) -> int | None:
    """Return the place of a column named by its letters, or by its header where those lead out of the table."""
    if not column:
        return None
    place = place_of(column)
    if place is not None and place < len(header):
        return place
    return header.index(column) if column in header else None
