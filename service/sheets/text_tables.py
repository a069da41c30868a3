"""Tell a table saved as text from a text: by its lines alone, whatever they are about."""

from __future__ import annotations

import csv
from typing import NamedTuple

LINES = 50
"""Lines that are looked at."""

DELIMITERS = "\t;|,"
LONGEST_HEADER = 200
_REGULAR, _FEWEST = 0.9, 2


class Table(NamedTuple):
    """The first rows of a table, and whether they may be sentences or lists: commas with a space after them."""

    rows: list[list[str]]
    is_loose: bool


def table_of(text: str) -> Table | None:
    """Return the start of a table with two columns or more; None where the lines are no table.

    Of a table, nearly all lines have as many delimiters as the first row that is whole, which has no number and
    nothing twice.
    """
    lines = text.splitlines(keepends=True)
    if lines and lines[0].strip().strip('"').lower().startswith("sep="):
        lines = lines[1:]
    tables = [table for delimiter in DELIMITERS if (table := _table(lines[:LINES], delimiter))]
    return max(tables, key=lambda table: len(table.rows[0]), default=None)


def rows_of(text: str, delimiter: str) -> list[list[str]]:
    """Return the first lines of a text as the rows of a table, blank ones left out."""
    try:
        cells = [[cell.strip() for cell in row] for row in csv.reader(text.splitlines()[:LINES], delimiter=delimiter)]
    except csv.Error:
        return []
    return [row for row in cells if any(row)]


def _table(lines: list[str], delimiter: str) -> Table | None:
    try:
        cells = [[cell.strip() for cell in row] for row in csv.reader(lines, delimiter=delimiter)]
    except csv.Error:
        return None
    rows = [row for row in cells if any(row)]
    begin = next((place for place, row in enumerate(rows) if _is_header(row)), len(rows))
    rows = rows[begin:]
    regular = sum(len(row) == len(rows[0]) for row in rows)
    if len(rows) < _FEWEST or begin > len(lines) // 3 or regular < _REGULAR * len(rows):
        return None
    spaced, all_ = (sum(line.count(mark) for line in lines) for mark in (f"{delimiter} ", delimiter))
    return Table(rows, is_loose=delimiter == "," and spaced * 2 > all_ and not any('"' in line for line in lines))


def _is_header(row: list[str]) -> bool:
    """Tell whether a row may be a header: two texts or more, none twice, none that is a number or a sentence."""
    filled = [cell for cell in row if cell]
    return (
        len(filled) > 1
        and len({cell.lower() for cell in filled}) == len(filled)
        and all(len(cell) <= LONGEST_HEADER and any(map(str.isalpha, cell)) for cell in filled)
        and not any(cell.endswith((".", ":")) for cell in filled)
    )
