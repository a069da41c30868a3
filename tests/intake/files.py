"""Files of candidates for tests, written to a folder and read through the door that imports use."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from openpyxl import Workbook

from service.intake.candidate import Candidate
from service.intake.tables.rows import Rejected
from service.sheets.limits import Limits
from service.usecases.imports import open_file


@dataclass
class Read:
    """All that came of reading a file."""

    people: list[Candidate]
    rejected: list[Rejected]
    report: dict[str, Any]

    def levels(self, place=0):
        """Return what was said of each skill by a candidate: its kind and its level in tenths, else its months."""
        pieces = self.people[place].profile.evidence
        return {piece.skill: (piece.kind, piece.level or piece.months) for piece in pieces}

    @property
    def understood(self):
        """Return what each header was understood as."""
        return {column["header"]: column["understood_as"] for column in self.report["columns"]}

    @property
    def warned(self):
        """Return the places of all warnings, as Excel names cells."""
        return [f"{warning['column']}{warning['row']}" for warning in self.report["warnings"]]


class Files:
    """Writes files into a folder and reads them."""

    def __init__(self, folder, reader):
        self.folder, self.reader = folder, reader

    def book(self, *rows):
        """Write rows as the only sheet of a workbook, to be changed further before it is read."""
        book = Workbook()
        for row in rows:
            book.active.append(row)
        return book

    def xlsx(self, *rows, **options):
        """Read rows that were written into a workbook."""
        return self.saved(self.book(*rows), **options)

    def saved(self, book, **options):
        """Read a workbook."""
        path = self.folder / "candidates.xlsx"
        book.save(path)
        return self.read(path, **options)

    def csv(self, content, **options):
        """Read text or bytes as CSV."""
        path = self.folder / "candidates.csv"
        path.write_bytes(content if isinstance(content, bytes) else content.encode())
        return self.read(path, **options)

    def read(self, path, mapping=None):
        """Read a file to its end."""
        with open_file(path, path.name, self.reader, Limits(), mapping, "upload") as file:
            rows = list(file.rows)
        people = [row for row in rows if isinstance(row, Candidate)]
        return Read(people, [row for row in rows if isinstance(row, Rejected)], file.report)
