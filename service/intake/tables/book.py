"""A file of one or more sheets to candidates, with a report on every sheet and column."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from service import storable
from service.errors import RolefitError
from service.intake.candidate import Candidate
from service.intake.draft import Reader
from service.intake.tables import legends
from service.intake.tables.answers import Answers, FindKept
from service.intake.tables.decide import Settled, by_headers, settle
from service.intake.tables.group_rows import People, Table
from service.intake.tables.header_rows import HEADER_WITHIN, LONG, Header, find_header, no_header, understood
from service.intake.tables.headers import folded
from service.intake.tables.pages import AHEAD, Looking, Note, Page, Sheet
from service.intake.tables.profiles import is_blank
from service.intake.tables.questions import Question
from service.intake.tables.report import ReportWriter
from service.intake.tables.rows import Rejected, RowReader
from service.intake.tables.sheet_shapes import READERS

NOTHING_READ = "nothing can be read from this cell: taken as unknown"
NOTES = {
    "formula_without_value": ("a formula without a value", NOTHING_READ),
    "character": ("", storable.REPLACED),
}
"""What is told of a cell by the code of its note: what stands there, if not the note's text, and what becomes of it."""

HIDDEN = ("hidden_rows", "hidden_column")


@dataclass
class Book:
    """Reads the sheets of a file. The `report` is complete when the last candidate has been given.

    Each sheet is looked through first, so that what its columns mean is settled from all of its values.
    """

    reader: Reader
    source: str
    answers: Answers
    report: dict[str, Any]
    kept: FindKept | None = None
    seen: dict[str, tuple[str, str]] = field(default_factory=dict)
    names: list[str] = field(default_factory=list)

    def __post_init__(self) -> None:
        self._writer = ReportWriter(self.report, self.reader)
        self._say = self._writer.say

    def read(self, sheets: Iterable[Sheet], visible: int) -> Iterator[Candidate | Rejected]:
        """Read the visible sheets. Raise InvalidInput where no header is found."""
        pages = [page for sheet in sheets if (page := self._page(sheet))]
        tables = self._tables(pages, is_one=visible <= 1)
        if not tables:
            raise no_header(self.names)
        people = scored = 0
        gained: Counter[int] = Counter()
        for one in self._people(tables):
            if isinstance(one, Candidate):
                people += 1
                has_evidence = bool(one.profile.evidence)
                scored += has_evidence
                if not has_evidence:
                    gained.update(id(question) for question in _waiting(tables))
            for table in tables:
                table.reader.waiting.clear()
            yield one
        self._writer.finish(tables, self.answers)
        self._writer.ask(tables, people, scored, gained)

    def _page(self, sheet: Sheet) -> Page | None:
        """Look through a sheet; None if it is hidden."""
        self.names.append(sheet.name)
        if sheet.hidden:
            self._say(f"The sheet {sheet.name!r} was not read: it is hidden.")
            return None
        chunks = sheet.chunks()
        page = Page(sheet, [])
        for first, chunk in chunks:
            page.top += [(first + place, row) for place, row in enumerate(chunk)]
            if len(page.top) >= AHEAD:
                break
        page.header = self._header(page, {}) if self.kept is not None or not self.answers.columns else None
        self._apply_kept(page)
        if self.answers.columns:
            page.header = self._header(page, self.answers.columns)
        rest = ((first + place, row) for first, chunk in chunks for place, row in enumerate(chunk))
        Looking(self.reader, self.answers, self._say).through(page, rest)
        return page

    def _apply_kept(self, page: Page) -> None:
        """Take up the answers that are kept for a file with these headers."""
        if self.kept is None or self.report["applied_mapping"]:
            return
        for texts in _headers_in(page):
            headers = frozenset(map(folded, texts))
            if len(headers) > 1 and (found := self.kept(headers)):
                name, answers = found
                self.answers = self.answers.over(answers.spelled_as(texts, folded))
                self.report["applied_mapping"] = name
                self._say(f"The answers kept as {name!r} were applied: the file has the same headers.")
                return

    def _header(self, page: Page, columns: Mapping[str, str]) -> Header | None:
        """Return the header of a sheet; a defect in looking for it costs this sheet alone."""
        try:
            return find_header(page.top, self.reader, columns)
        except RolefitError:
            raise
        except Exception as error:  # noqa: BLE001 - whatever it is, it is ours, and no reason to lose a file
            self.reader.on_defect(error)
            self._say(f"The sheet {page.name!r} was not read: the service has a defect here, which it has recorded.")
            return None

    def _tables(self, pages: Sequence[Page], *, is_one: bool) -> list[Table]:
        """Return the sheets that hold candidates; the others are named, or are a legend of them."""
        legend = self._legend_sheets([page for page in pages if page.header is None])
        found = [page for page in pages if page.header]
        return [
            self._table(page, legend, {"sheet": page.name} if len(found) > 1 and not is_one else {}) for page in found
        ]

    def _legend_sheets(self, pages: Iterable[Page]) -> legends.Legend:
        """Return the scale that a sheet of its own explains, and name those that explain none."""
        scale = legends.OURS
        for page in pages:
            by_pairs = bool(legends.NAMED_SO.search(page.name))
            said = [entry for _, cells in page.top for entry in legends.of_row(cells, by_pairs=by_pairs)]
            if said:
                scale = legends.scale_of(said, self.reader.words, f"The sheet {page.name!r}")
            elif any(cell is not None for _, cells in page.top for cell in cells):
                self._say(f"The sheet {page.name!r} was not read: it has no header of candidates.")
        return scale

    def _table(self, page: Page, legend: legends.Legend, at: dict[str, str]) -> Table:
        """Return a sheet as a table whose columns are settled."""
        header = page.header or Header(0, ())
        scale = self._scale(page) if page.legend else legend
        if scale.notice:
            self._say(scale.notice)
        settled = self._settled(page, header, scale, at.get("sheet"))
        header = header._replace(columns=settled.columns)
        reader = READERS.get(header.layout, RowReader)(
            header, self.reader, page.name, self.source, warnings=self.report["warnings"],
            unknown_skills=self._writer.unknown, at=at, settled=settled, seen=self.seen,
            notes=_by_place(page.sheet.notes),
            passed=frozenset(number for number, (kind, _) in page.passed.items() if kind.is_sure or not kind.is_read),
        )  # fmt: skip
        for notice in settled.notices:
            self._say(notice)
        self._writer.questions += settled.questions
        self._writer.add_sheet(page, header, settled, self.answers)
        self._writer.add_passed(page, header)
        return Table(reader, page.rows())

    def _settled(self, page: Page, header: Header, legend: legends.Legend, sheet: str | None) -> Settled:
        """Settle what the columns mean; after a defect in that each is what its header says."""
        try:
            return settle(header.columns, page.profile, self.reader, self.answers, legend, sheet)
        except Exception as error:  # noqa: BLE001 - whatever it is, it is ours, and no reason to lose a file
            self.reader.on_defect(error)
            self._say(
                "The columns were read by their headers alone: the service has a defect here, which it has recorded."
            )
            return by_headers(header.columns, self.reader)

    def _scale(self, page: Page) -> legends.Legend:
        """Return the scale that a sheet's own legend explains."""
        where = f"Row {page.legend[0][0]}" + (f" of the sheet {page.name!r}" if page.name else "")
        return legends.scale_of([said for _, said in page.legend], self.reader.words, where)

    def _people(self, tables: Sequence[Table]) -> Iterator[Candidate | Rejected]:
        """Read the tables: one after the other where they are alike, else put together by person."""
        alike = len({_likeness(table) for table in tables}) < 2  # noqa: PLR2004 - more than one kind
        if alike and not any(table.is_long for table in tables):
            for table in tables:
                yield from filter(None, (table.reader.read(number, cells) for number, cells in table.rows))
            return
        people = People(self._say)
        people.gather(tables)
        yield from people.candidates()


def _headers_in(page: Page) -> Iterator[list[str]]:
    """Yield the headers that a sheet may be known by: of the header found, and of each row that is no part of it.

    Neither row of a header of two says what the columns are.
    """
    header = page.header
    if header:
        yield [column.header for column in header.columns]
    for number, cells in page.top[:HEADER_WITHIN]:
        if header is None or header.rows == 1 or not header.first <= number <= header.row:
            yield [str(cell) for cell in cells if not is_blank(cell)]


def _waiting(tables: Sequence[Table]) -> Iterator[Question]:
    """Yield the questions that cells of the last candidate wait for."""
    cells = ((table.reader.settled, *cell) for table in tables for cell in table.reader.waiting)
    asked = (settled.question_of(place, is_code=is_code) for settled, place, is_code in cells)
    yield from {id(question): question for question in asked if question}.values()


def _likeness(table: Table) -> tuple[Any, ...]:
    """Return what makes two tables of one kind: what their columns were understood as."""
    header = table.reader.header
    return header.layout == LONG, tuple(sorted({(c.kind, c.target) for c in understood(header.columns)}))


def _by_place(notes: Iterable[Note]) -> dict[tuple[int, int], tuple[str, str]]:
    """Return what could not be read as it stands and why, by row and column."""
    told = ((note, *NOTES.get(note.code, ("", NOTHING_READ))) for note in notes if note.code not in HIDDEN)
    return {(note.row, note.column): (text or note.text, why) for note, text, why in told}
