"""A file of one or more sheets to candidates, with a report on every sheet and column."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from itertools import chain, islice
from typing import Any, NamedTuple, Protocol

from service import storable
from service.errors import RolefitError
from service.intake.candidate import Candidate
from service.intake.draft import Reader, short
from service.intake.tables import legends
from service.intake.tables.answers import Answers, FindKept
from service.intake.tables.group_rows import People, Table
from service.intake.tables.header_rows import (
    ACROSS,
    HEADER_WITHIN,
    PAIRS,
    Header,
    Row,
    find_header,
    is_person,
    labels_of,
    no_header,
    turned,
    understood,
)
from service.intake.tables.headers import Column, folded, letters, sent_as, suggestion
from service.intake.tables.rows import AHEAD, Rejected, SheetReader
from service.intake.tables.sheet_shapes import READERS

MOST_SUGGESTIONS = 50
"""Columns not understood for which something near is looked for."""

MOST_LABELS = 1000
"""Rows that are read of a sheet with people across."""

MOST_EXPLAINING = 200
"""Rows of a sheet that are looked at for a legend: a legend is short."""

SAMPLES = 3
"""Values of a column that a report shows."""

SAMPLES_WITHIN = 100
"""Rows in which they are looked for."""

MOST_SAID = 3
"""Words for what is not known that a notice quotes."""

MOST_WORDS = 200
"""Unknown words that a report lists."""

NOTHING_READ = "nothing can be read from this cell: taken as unknown"
NOTES = {
    "formula_without_value": ("a formula without a value", NOTHING_READ),
    "character": ("", storable.REPLACED),
}
"""What is told of a cell by the code of its note: what stands there, if not the note's text, and what becomes of it."""

HIDDEN = ("hidden_rows", "hidden_column")


class Note(Protocol):
    """What a sheet holds beside values."""

    row: int
    column: int
    code: str
    text: str


class Sheet(Protocol):
    """A sheet that comes in chunks of rows; `notes` is complete when the last has been taken."""

    name: str
    hidden: bool
    notes: Sequence[Note]

    def chunks(self) -> Iterator[tuple[int, list[list[Any]]]]:
        """Give (number of the first row, rows)."""


class Page(NamedTuple):
    """A sheet as it came: its first rows, and all of them, each with its number."""

    name: str
    notes: Sequence[Note]
    top: list[Row]
    rows: Iterable[Row]


@dataclass
class Book:
    """Reads the sheets of a file. The `report` is complete when the last candidate has been given."""

    reader: Reader
    source: str
    answers: Answers
    report: dict[str, Any]
    kept: FindKept | None = None
    unknown: Counter[str] = field(default_factory=Counter)
    seen: dict[str, tuple[str, str]] = field(default_factory=dict)
    names: list[str] = field(default_factory=list)
    used: set[str] = field(default_factory=set)
    asked: int = 0

    def read(self, sheets: Iterable[Sheet], visible: int) -> Iterator[Candidate | Rejected]:
        """Read the visible sheets. Only where there are several are they taken in whole, to see what belongs together.

        Raise InvalidInput where no header is found.
        """
        pages = self._pages(sheets, whole=visible > 1)
        tables: list[Table] = []
        for several in [list(pages)] if visible > 1 else ([page] for page in pages):
            read = list(self._tables(several))
            tables += read
            yield from self._people(read)
        if not tables:
            raise no_header(self.names)
        self._finish(tables)

    def _say(self, notice: str) -> None:
        self.report["notices"].append(notice)

    def _pages(self, sheets: Iterable[Sheet], *, whole: bool) -> Iterator[Page]:
        for sheet in sheets:
            self.names.append(sheet.name)
            if sheet.hidden:
                self._say(f"The sheet {sheet.name!r} was not read: it is hidden.")
                continue
            rows = ((first + place, row) for first, chunk in sheet.chunks() for place, row in enumerate(chunk))
            top = list(islice(rows, AHEAD))
            rest = list(rows) if whole else rows
            yield Page(sheet.name, sheet.notes, top, chain(top, rest))

    def _tables(self, pages: Sequence[Page]) -> Iterator[Table]:
        """Yield the sheets that hold candidates; the others are named, or are a legend of them."""
        for page in pages:
            self._apply_kept(page)
        headers = [(page, self._header(page)) for page in pages]
        legend = self._legend_sheets([page for page, header in headers if header is None])
        found = [(page, header) for page, header in headers if header]
        for page, header in found:
            yield self._table(page, header, legend, {"sheet": page.name} if len(found) > 1 else {})

    def _apply_kept(self, page: Page) -> None:
        """Take up the answers that are kept for a file with these headers."""
        if self.kept is None or self.report["applied_mapping"]:
            return
        for _, cells in page.top[:HEADER_WITHIN]:
            texts = [str(cell) for cell in cells if cell is not None and str(cell).strip()]
            headers = frozenset(map(folded, texts))
            if len(headers) > 1 and (found := self.kept(headers)):
                name, answers = found
                self.answers = self.answers.over(answers.spelled_as(texts, folded))
                self.report["applied_mapping"] = name
                self._say(f"The answers kept as {name!r} were applied: the file has the same headers.")
                return

    def _header(self, page: Page) -> Header | None:
        """Return the header of a sheet; a defect in looking for it costs this sheet alone."""
        try:
            return find_header(page.top, self.reader, self.answers.columns)
        except RolefitError:
            raise
        except Exception as error:  # noqa: BLE001 - whatever it is, it is ours, and no reason to lose a file
            self.reader.on_defect(error)
            self._say(f"The sheet {page.name!r} was not read: the service has a defect here, which it has recorded.")
            return None

    def _legend_sheets(self, pages: Iterable[Page]) -> legends.Scale:
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

    def _table(self, page: Page, header: Header, legend: legends.Scale, at: dict[str, str]) -> Table:
        """Return a sheet as a table: turned where people stand across, with what its legend says."""
        explained, passed = _legend_in(page.top, header)
        scale = self._scale(page, explained) if explained else legend
        if scale.notice:
            self._say(scale.notice)
        header, rows = self._upright(page, header, passed)
        reader = READERS.get(header.layout, SheetReader)(
            header, self.reader, page.name, self.source, warnings=self.report["warnings"],
            unknown_skills=self.unknown, at=at, scale=scale, seen=self.seen,
            passed=frozenset() if header.layout == ACROSS else passed,
        )  # fmt: skip
        self._describe(page, header)
        return Table(reader, _below(header.row, rows, page.notes, reader))

    def _scale(self, page: Page, explained: Sequence[tuple[int, legends.Said]]) -> legends.Scale:
        """Return the scale that a sheet's own legend explains."""
        where = f"Row {explained[0][0]}" + (f" of the sheet {page.name!r}" if page.name else "")
        return legends.scale_of([said for _, said in explained], self.reader.words, where)

    def _upright(self, page: Page, header: Header, passed: frozenset[int]) -> tuple[Header, Iterable[Row]]:
        """Return a sheet as rows of people; one with people across is turned, and what is no person is named."""
        if header.layout != ACROSS:
            return header, page.rows
        whole = [(number, cells) for number, cells in page.rows if number not in passed]
        rows = [row for row in whole if row[0] <= MOST_LABELS]
        if len(rows) < len(whole):
            self._say(f"{len(whole) - len(rows)} rows below row {MOST_LABELS} were not read: people stand across.")
        columns = labels_of(rows, header.row - 1, self.reader, self.answers.columns)
        named = [
            column.place for column in columns if column.kind == "field" and column.target in ("name", "external_id")
        ]
        people = []
        for number, cells in turned(rows):
            heads = [cells[place] for place in named if cells[place] is not None]
            if number != header.row and heads and not all(map(is_person, heads)):
                self._say(f"Column {letters(number - 1)} ({short(heads[0])}) was not read: it is no person's.")
            elif number < header.row and any(cell is not None for cell in cells):
                self._say(f"Column {letters(number - 1)} was not read: it stands before the labels.")
            elif number > header.row:
                people.append((number, cells))
        return header._replace(columns=columns), people

    def _describe(self, page: Page, header: Header) -> None:
        """Add a sheet and its columns to the report."""
        if not self.report["sheets"]:
            self.report |= {"sheet": page.name, "header_row": header.row}
        self.report["sheets"].append({"sheet": page.name, "header_row": header.row, "layout": header.layout})
        read = list(turned(page.top)) if header.layout == ACROSS else page.top
        for column in header.columns:
            self.report["columns"].append(self._column(page.name, header, column, read))
        self._say_hidden(page, header)
        across = header.layout == ACROSS
        self.used |= {column.header for column in header.columns}
        self.used |= {str(column.place + 1) if across else column.letter for column in header.columns}

    def _say_hidden(self, page: Page, header: Header) -> None:
        """Say which rows and columns are read that the file does not show."""
        where = f" of the sheet {page.name!r}" if page.name else ""
        shown = {column.place + 1: column for column in header.columns} if header.layout != ACROSS else {}
        columns = [f"{shown[n.column].letter} ({shown[n.column].header})" for n in page.notes
                   if n.code == "hidden_column" and n.column in shown]  # fmt: skip
        if columns:
            self._say(f"Hidden columns{where} were read all the same: {', '.join(columns)}.")
        for note in page.notes:
            if note.code == "hidden_rows":
                self._say(f"Hidden rows{where} were read all the same: {note.text}, the first is row {note.row}.")

    def _column(self, sheet: str, header: Header, column: Column, rows: Iterable[Row]) -> dict[str, Any]:
        place = {"row": column.place + 1, "column": letters(header.row - 1)} if header.layout == ACROSS else {}
        means = column.understood(self.reader)
        is_told = {column.header, column.letter, str(column.place + 1)} & self.answers.columns.keys()
        return {
            "sheet": sheet,
            "column": column.letter,
            "header": column.header,
            "understood_as": means,
            "samples": _samples(rows, header.row, column.place),
            "suggestion": None if means else self._suggestion(column),
            **place,
            **({"sent_as": sent_as(column, self.reader)} if is_told else {}),
        }

    def _suggestion(self, column: Column) -> str | None:
        self.asked += 1
        return suggestion(column.header, self.reader) if self.asked <= MOST_SUGGESTIONS else None

    def _people(self, tables: Sequence[Table]) -> Iterator[Candidate | Rejected]:
        """Read the tables: one after the other where they are alike, else put together by person."""
        alike = len({_likeness(table) for table in tables}) < 2  # noqa: PLR2004 - more than one kind
        if alike and not any(table.is_pairs for table in tables):
            for table in tables:
                yield from filter(None, (table.reader.read(number, cells) for number, cells in table.rows))
            return
        people = People(self._say)
        people.gather(tables)
        yield from people.candidates()

    def _finish(self, tables: Sequence[Table]) -> None:
        """Complete the report."""
        self.report["warnings_total"] = sum(table.reader.warnings_total for table in tables)
        listed = self.unknown.most_common(MOST_WORDS)
        meant = self.reader.suggestions([word for word, _ in listed])
        self.report["unknown_skills"] = [
            {"word": word, "count": count, "suggestion": skill}
            for (word, count), skill in zip(listed, meant, strict=True)
        ]
        for name in self.answers.columns:
            if name not in self.used:
                self._say(f"The mapping names {name!r}, which is no header or column of the file.")
        for table in tables:
            if silent := table.reader.silent:
                self._say(_of_silent(table, silent))
            for column, words in table.reader.said_unknown:
                self._say(_of_unknown(table, column, words))


def _of_silent(table: Table, silent: Sequence[Column]) -> str:
    across = table.reader.header.layout == ACROSS
    named = ", ".join(f"{column.place + 1 if across else column.letter} ({column.header})" for column in silent)
    what = ("rows" if across else "columns") if len(silent) > 1 else ("row" if across else "column")
    where = f" of the sheet {table.name!r}" if table.name else ""
    return f"Nothing stands in the {what} {named}{where}. Colours of cells are not read: write a level, or x."


def _of_unknown(table: Table, column: Column, words: Counter[str]) -> str:
    """Return in words how many cells of a column say that nothing is known: one notice, and none for each cell."""
    across = table.reader.header.layout == ACROSS
    what = f"Row {column.place + 1}" if across else f"Column {column.letter}"
    where = f" of the sheet {table.name!r}" if table.reader.at else ""
    *most, last = [word for word, _ in words.most_common(MOST_SAID)]
    said = f"{', '.join(most)} or {last}" if most else last
    cells = f"{words.total()} cells say" if words.total() > 1 else "1 cell says"
    return f"{what} ({column.header}){where}: {cells} {said}: taken as unknown."


def _likeness(table: Table) -> tuple[Any, ...]:
    """Return what makes two tables of one kind: what their columns were understood as."""
    header = table.reader.header
    return header.layout == PAIRS, tuple(sorted({(c.kind, c.target) for c in understood(header.columns)}))


def _below(row: int, rows: Iterable[Row], notes: Sequence[Note], reader: SheetReader) -> Iterator[Row]:
    """Yield the rows below the header; the reader's notes grow as they come."""
    known = -1
    for number, cells in rows:
        if len(notes) != known:
            reader.notes, known = _by_place(notes), len(notes)
        if number > row:
            yield number, cells


def _by_place(notes: Iterable[Note]) -> dict[tuple[int, int], tuple[str, str]]:
    """Return what could not be read as it stands and why, by row and column."""
    told = ((note, *NOTES.get(note.code, ("", NOTHING_READ))) for note in notes if note.code not in HIDDEN)
    return {(note.row, note.column): (text or note.text, why) for note, text, why in told}


def _legend_in(top: Sequence[Row], header: Header) -> tuple[list[tuple[int, legends.Said]], frozenset[int]]:
    """Return what a sheet's legend says, each with its row, and the rows that are legend and nothing else."""
    said: list[tuple[int, legends.Said]] = []
    passed: set[int] = set()
    announced = False
    known = {column.place for column in understood(header.columns)}
    across = header.layout == ACROSS
    first = min((column.place + 1 for column in header.columns), default=1) if across else header.row
    looked = 0
    for number, cells in top:
        if not across and number == header.row:
            announced = False
            continue
        heading = legends.is_heading(cells)
        announced = heading or (announced and any(cell is not None for cell in cells))
        if not announced and not any(cell.__class__ is str and ("=" in cell or number < first) for cell in cells):
            continue
        looked += 1
        if looked > MOST_EXPLAINING:
            break
        told = legends.of_row(cells, by_pairs=announced or number < first)
        if told or heading:
            passed.add(number)
        elif not across:
            told = [entry for place, cell in enumerate(cells) if place not in known for entry in legends.entries(cell)]
        said += [(number, entry) for entry in told]
    return said, frozenset(passed)


def _samples(rows: Iterable[Row], header: int, place: int) -> list[str]:
    """Return the first values of a column that differ, as short texts."""
    values = (cells[place] for number, cells in rows if number > header and place < len(cells))
    texts = dict.fromkeys(
        short(value) for value in islice(values, SAMPLES_WITHIN) if value is not None and str(value).strip()
    )
    return list(islice(texts, SAMPLES))
