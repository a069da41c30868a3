"""A file of one or more sheets to candidates, with a report on every sheet and column."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from itertools import chain, islice
from typing import Any, Protocol

from service import storable
from service.errors import RolefitError
from service.intake.candidate import Candidate
from service.intake.draft import Reader, short
from service.intake.tables import legends
from service.intake.tables.answers import EVERY, Answers, FindKept
from service.intake.tables.decide import Settled, by_headers, settle
from service.intake.tables.group_rows import People, Table
from service.intake.tables.header_rows import (
    HEADER_WITHIN,
    LONG,
    TRANSPOSED,
    Header,
    Row,
    find_header,
    labels_of,
    no_header,
    turned,
    understood,
)
from service.intake.tables.headers import Column, folded, letters, sent_as, suggestion
from service.intake.tables.profiles import ColumnProfile, TableProfile, is_blank
from service.intake.tables.questions import MOST_QUESTIONS, Choice, Question, listed
from service.intake.tables.row_kinds import A_LEGEND, RowKind, RowSorter
from service.intake.tables.rows import Rejected, RowReader
from service.intake.tables.sheet_shapes import READERS

MOST_SUGGESTIONS = 50
"""Columns not understood for which something near is looked for."""

MOST_LABELS = 1000
"""Rows that are read of a sheet with people across."""

MOST_EXPLAINING = 200
"""Rows of a sheet that are looked at for a legend: a legend is short."""

AHEAD = 5000
"""Rows that are kept in memory to find the header and a legend in them."""

CHUNK = 1000
"""Rows whose columns are counted at a time."""

FEW = 4
"""Cells that a row of a legend has at most, far down."""

MOST_PASSED = 1000
"""Rows passed over that a report lists."""

MOST_NAMED = 10
"""Rows or columns that a notice names."""

MOST_GROUPS = 200
"""Groups of warnings that a report lists."""

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
    """A sheet that comes in chunks of rows, any number of times; `notes` is complete after the first."""

    name: str
    hidden: bool
    notes: Sequence[Note]

    def chunks(self) -> Iterator[tuple[int, list[list[Any]]]]:
        """Give (number of the first row, rows)."""


@dataclass
class Page:
    """A sheet that was looked through once: its first rows, its header, and what stands in its columns."""

    sheet: Sheet
    top: list[Row]
    header: Header | None = None
    profile: TableProfile = field(default_factory=TableProfile)
    passed: dict[int, tuple[RowKind, str]] = field(default_factory=dict)
    legend: list[tuple[int, legends.Said]] = field(default_factory=list)
    turned: list[Row] | None = None

    @property
    def name(self) -> str:
        """Return the name of the sheet."""
        return self.sheet.name

    def rows(self) -> Iterator[Row]:
        """Yield the rows of people and what stands between them, each with its number."""
        first = self.header.row if self.header else 0
        if self.turned is not None:
            return ((number, cells) for number, cells in self.turned if number > first)
        rows = ((at + place, row) for at, chunk in self.sheet.chunks() for place, row in enumerate(chunk))
        return ((number, cells) for number, cells in rows if number > first)


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
    unknown: Counter[str] = field(default_factory=Counter)
    seen: dict[str, tuple[str, str]] = field(default_factory=dict)
    names: list[str] = field(default_factory=list)
    used: set[str] = field(default_factory=set)
    questions: list[Question] = field(default_factory=list)
    asked: int = 0

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
        self._finish(tables)
        self._ask(tables, people, scored, gained)

    def _say(self, notice: str) -> None:
        self.report["notices"].append(notice)

    # Looking through.

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
        self._apply_kept(page)
        page.header = self._header(page)
        rest = ((first + place, row) for first, chunk in chunks for place, row in enumerate(chunk))
        self._look_through(page, rest)
        return page

    def _apply_kept(self, page: Page) -> None:
        """Take up the answers that are kept for a file with these headers."""
        if self.kept is None or self.report["applied_mapping"]:
            return
        for _, cells in page.top[:HEADER_WITHIN]:
            texts = [str(cell) for cell in cells if not is_blank(cell)]
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

    def _look_through(self, page: Page, rest: Iterator[Row]) -> None:
        """Count what stands in the columns of a sheet, but for rows that are about no candidate."""
        if page.header is None:
            for _ in rest:  # the next sheet comes after this one's last row
                pass
            return
        page.legend, of_legend = _legend_in(page.top, page.header)
        if page.header.layout == TRANSPOSED:
            self._turn(page, rest, of_legend)
            of_legend = frozenset()
        page.passed = dict.fromkeys(of_legend, (A_LEGEND, ""))
        sorter = RowSorter(page.header, self.answers.rows, page.turned or page.top)
        rows = page.rows() if page.turned is not None else chain(page.top, rest)
        while chunk := list(islice(rows, CHUNK)):
            self._count(page, sorter, [row for row in chunk if row[0] > page.header.row])

    def _count(self, page: Page, sorter: RowSorter, rows: Sequence[Row]) -> None:
        of_people = []
        for number, cells in rows:
            if number in page.passed:
                continue
            kind = self._kind(sorter, number, cells)
            if (kind is None or kind.kind == "note") and number > AHEAD and (said := _late_legend(cells)):
                page.legend += [(number, entry) for entry in said]
                kind = A_LEGEND
            if kind is None or (kind.is_read and not kind.is_sure):
                of_people.append(cells)
            if kind is not None:
                page.passed[number] = (kind, sorter.name(cells) or "")
        page.profile.add(of_people)

    def _kind(self, sorter: RowSorter, number: int, cells: Sequence[Any]) -> RowKind | None:
        """Return why a row is about no candidate; after a defect in that it is read as one."""
        try:
            return sorter.kind(number, cells)
        except Exception as error:  # noqa: BLE001 - as above
            self.reader.on_defect(error)
            return None

    def _turn(self, page: Page, rest: Iterator[Row], of_legend: frozenset[int]) -> None:
        """Turn a sheet on which people stand across into one with a row for each."""
        header = page.header
        if header is None:
            return
        whole = [(number, cells) for number, cells in chain(page.top, rest) if number not in of_legend]
        rows = [row for row in whole if row[0] <= MOST_LABELS]
        if len(rows) < len(whole):
            self._say(f"{len(whole) - len(rows)} rows below row {MOST_LABELS} were not read: people stand across.")
        page.header = header._replace(columns=labels_of(rows, header.row - 1, self.reader, self.answers.columns))
        page.turned = list(turned(rows))
        for number, cells in page.turned:
            if number < header.row and any(not is_blank(cell) for cell in cells):
                self._say(f"Column {letters(number - 1)} was not read: it stands before the labels.")

    # Settling.

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
            unknown_skills=self.unknown, at=at, settled=settled, seen=self.seen, notes=_by_place(page.sheet.notes),
            passed=frozenset(number for number, (kind, _) in page.passed.items() if kind.is_sure or not kind.is_read),
        )  # fmt: skip
        for notice in settled.notices:
            self._say(notice)
        self.questions += settled.questions
        self._describe(page, header, settled)
        self._say_passed(page, header)
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

    # Reporting.

    def _say_passed(self, page: Page, header: Header) -> None:
        """Report the rows that are about no candidate, and ask about those that may be."""
        across = header.layout == TRANSPOSED
        asked: dict[bool, Counter[str]] = {True: Counter(), False: Counter()}
        said = []
        for number, (kind, name) in sorted(page.passed.items()):
            if not kind.is_sure:
                asked[kind.is_read][name] += 1
            if kind.is_read or kind is A_LEGEND:
                continue
            said.append((number, name))
            self.report["passed_over_total"] += 1
            if len(self.report["passed_over"]) < MOST_PASSED:
                place = {"row": header.row, "column": letters(number - 1)} if across else {"row": number}
                self.report["passed_over"].append(
                    {
                        **place,
                        "sheet": page.name or None,
                        "value": short(name),
                        "kind": kind.kind,
                        "detail": kind.detail,
                    }
                )
        if said:
            self._say(_of_passed(page, said, across=across))
        for is_read, names in asked.items():
            if names:
                self.questions.append(_about_rows(page, names, is_read=is_read))

    def _describe(self, page: Page, header: Header, settled: Settled) -> None:
        """Add a sheet and its columns to the report."""
        if not self.report["sheets"]:
            self.report |= {"sheet": page.name, "header_row": header.row}
        self.report["sheets"].append({"sheet": page.name, "header_row": header.row, "layout": header.layout})
        for column in header.columns:
            self.report["columns"].append(self._column(page, header, column, settled))
        self._say_hidden(page, header)
        self._say_headless(page, header)
        across = header.layout == TRANSPOSED
        self.used |= {column.header for column in header.columns}
        self.used |= {str(column.place + 1) if across else column.letter for column in header.columns}

    def _say_headless(self, page: Page, header: Header) -> None:
        """Say which columns hold values and have no header: they are not read."""
        headed = {column.place for column in header.columns}
        bare = [place for place in page.profile.places() if place not in headed]
        if bare and header.layout != TRANSPOSED:
            where = f" of the sheet {page.name!r}" if page.name else ""
            named = ", ".join(letters(place) for place in bare[:MOST_NAMED])
            more = f" and {len(bare) - MOST_NAMED} more" if len(bare) > MOST_NAMED else ""
            self._say(f"Columns without a header{where} were not read: {named}{more}.")

    def _say_hidden(self, page: Page, header: Header) -> None:
        """Say which rows and columns are read that the file does not show."""
        where = f" of the sheet {page.name!r}" if page.name else ""
        shown = {column.place + 1: column for column in header.columns} if header.layout != TRANSPOSED else {}
        columns = [f"{shown[n.column].letter} ({shown[n.column].header})" for n in page.sheet.notes
                   if n.code == "hidden_column" and n.column in shown]  # fmt: skip
        if columns:
            self._say(f"Hidden columns{where} were read all the same: {', '.join(columns)}.")
        for note in page.sheet.notes:
            if note.code == "hidden_rows":
                self._say(f"Hidden rows{where} were read all the same: {note.text}, the first is row {note.row}.")

    def _column(self, page: Page, header: Header, column: Column, settled: Settled) -> dict[str, Any]:
        across = header.layout == TRANSPOSED
        place = {"row": column.place + 1, "column": letters(header.row - 1)} if across else {}
        means = column.understood(self.reader)
        is_told = {column.header, column.letter, str(column.place + 1)} & self.answers.columns.keys()
        profile, meaning = page.profile[column.place], settled.meanings[column.place]
        return {
            "sheet": page.name,
            "column": column.letter,
            "header": column.header,
            "understood_as": means,
            "confidence": meaning.confidence,
            "reason": meaning.reason,
            "scale": str(column.scale) if column.scale else None,
            "rater": column.rater or None,
            "filled": profile.filled,
            "distinct": len(profile.counts),
            "samples": _samples(profile),
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
        if alike and not any(table.is_long for table in tables):
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
        self.report["warnings_by_value"] = _by_value(tables)
        for name in {**self.answers.columns, **self.answers.scales}:
            if name not in self.used and name != EVERY:
                self._say(f"The mapping names {name!r}, which is no header or column of the file.")
        for table in tables:
            if silent := table.reader.silent:
                self._say(_of_silent(table, silent))
            for column, words in table.reader.said_unknown:
                self._say(_of_unknown(table, column, words))

    def _ask(self, tables: Sequence[Table], people: int, scored: int, gained: Counter[int]) -> None:
        """Add the questions to the report, with what their answers would do."""
        for table in tables:
            for place, count in table.reader.waiting_cells.items():
                table.reader.settled.question_of(place).unread += count
        for question in self.questions:
            question.gained = gained[id(question)]
        asked = sorted(self.questions, key=lambda question: (-question.gained, -question.unread))
        self.report["scorable"] = {"people": people, "with_evidence": scored}
        self.report["questions"] = [one.as_data(people, scored) for one in asked[:MOST_QUESTIONS]]
        self.report["questions_total"] = len(asked)


def _waiting(tables: Sequence[Table]) -> Iterator[Question]:
    """Yield the questions that cells of the last candidate wait for."""
    asked = {id(q): q for t in tables for place in t.reader.waiting for q in [t.reader.settled.question_of(place)]}
    yield from asked.values()


def _late_legend(cells: Sequence[Any]) -> list[legends.Said]:
    """Return what a row far down explains, where it is a legend."""
    filled = sum(not is_blank(cell) for cell in cells)
    return legends.of_row(cells) if 0 < filled <= FEW else []


def _of_passed(page: Page, said: Sequence[tuple[int, str]], *, across: bool) -> str:
    """Return in words which rows were passed over."""
    where = f" of the sheet {page.name!r}" if page.name else ""
    what = "Columns" if across else "Rows"
    shown = ", ".join(letters(number - 1) if across else str(number) for number, _ in said[:MOST_NAMED])
    more = f" and {len(said) - MOST_NAMED} more" if len(said) > MOST_NAMED else ""
    return f"{what}{where} that are no person's were passed over: {shown}{more}."


def _about_rows(page: Page, names: Counter[str], *, is_read: bool) -> Question:
    """Return the question whether rows are people's."""
    what = "stand alone in their rows, or are names that examples are written with" if is_read else "may be totals"
    now = "They were read as people." if is_read else "They were passed over."
    told = dict.fromkeys(names)
    return Question(
        "rows", "people" if is_read else "totals", f"Are these people: {listed(names.most_common())}?",
        f"The names {what}. {now}", (), names.most_common(),
        (
            Choice("they are people", {"rows": dict.fromkeys(told, "person")}),
            Choice("they are no people", {"rows": dict.fromkeys(told, "skip")}),
        ),
        page.name or None, unread=0 if is_read else names.total(),
    )  # fmt: skip


def _by_value(tables: Sequence[Table]) -> list[dict[str, Any]]:
    """Return the warnings grouped by column, value and detail, the most frequent first."""
    found: Counter[tuple[Any, ...]] = Counter()
    first: dict[tuple[Any, ...], int] = {}
    for table in tables:
        for key, count in table.reader.by_value.items():
            found[(table.reader.sheet, *key)] += count
            first.setdefault((table.reader.sheet, *key), table.reader.first_rows[key])
    return [
        {
            "sheet": sheet or None, "column": column, "header": header, "value": value, "detail": detail,
            "count": count, "first_row": first[sheet, column, header, value, detail],
        }
        for (sheet, column, header, value, detail), count in found.most_common(MOST_GROUPS)
    ]  # fmt: skip


def _of_silent(table: Table, silent: Sequence[Column]) -> str:
    across = table.reader.header.layout == TRANSPOSED
    named = ", ".join(f"{column.place + 1 if across else column.letter} ({column.header})" for column in silent)
    what = ("rows" if across else "columns") if len(silent) > 1 else ("row" if across else "column")
    where = f" of the sheet {table.name!r}" if table.name else ""
    return f"Nothing stands in the {what} {named}{where}. Colours of cells are not read: write a level, or x."


def _of_unknown(table: Table, column: Column, words: Counter[str]) -> str:
    """Return in words how many cells of a column say that nothing is known: one notice, and none for each cell."""
    across = table.reader.header.layout == TRANSPOSED
    what = f"Row {column.place + 1}" if across else f"Column {column.letter}"
    where = f" of the sheet {table.name!r}" if table.reader.at else ""
    *most, last = [word for word, _ in words.most_common(MOST_SAID)]
    said = f"{', '.join(most)} or {last}" if most else last
    cells = f"{words.total()} cells say" if words.total() > 1 else "1 cell says"
    return f"{what} ({column.header}){where}: {cells} {said}: taken as unknown."


def _likeness(table: Table) -> tuple[Any, ...]:
    """Return what makes two tables of one kind: what their columns were understood as."""
    header = table.reader.header
    return header.layout == LONG, tuple(sorted({(c.kind, c.target) for c in understood(header.columns)}))


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
    across = header.layout == TRANSPOSED
    first = min((column.place + 1 for column in header.columns), default=1) if across else header.first
    looked = 0
    for number, cells in top:
        if not across and header.first <= number <= header.row:
            announced = False
            continue
        heading = legends.is_heading(cells)
        announced = heading or (announced and any(cell is not None for cell in cells))
        if not announced and not any(
            cell.__class__ is str and ("=" in cell or number < first or legends.NAMED_SO.match(cell)) for cell in cells
        ):
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


def _samples(profile: ColumnProfile) -> list[str]:
    """Return the most frequent values of a column as short texts."""
    texts = dict.fromkeys(short(value) for value in islice(profile.counts, SAMPLES_WITHIN) if str(value).strip())
    return list(islice(texts, SAMPLES))
