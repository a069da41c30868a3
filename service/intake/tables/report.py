"""The report on a file: its columns, what was passed over, what could not be read, and the questions it leaves."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from itertools import islice
from typing import Any

from service.intake.draft import Reader, short
from service.intake.tables.answers import EVERY, Answers
from service.intake.tables.decide import Settled
from service.intake.tables.group_rows import Table
from service.intake.tables.header_rows import TRANSPOSED, Header
from service.intake.tables.headers import Column, letters, sent_as, suggestion
from service.intake.tables.pages import Page
from service.intake.tables.profiles import ColumnProfile
from service.intake.tables.questions import MOST_QUESTIONS, Choice, Question, listed
from service.intake.tables.row_kinds import A_LEGEND

MOST_SUGGESTIONS = 50
"""Columns not understood for which something near is looked for."""

MOST_PASSED = 1000
"""Rows passed over that a report lists."""

MOST_NAMED = 10
"""Rows or columns that a notice names."""

MOST_GROUPS = 200
"""Groups of warnings that a report lists."""

SAMPLES = 3
"""Values of a column that a report shows."""

SAMPLES_WITHIN = 100
"""Distinct values in which they are looked for."""

MOST_SAID = 3
"""Words for what is not known that a notice quotes."""

MOST_TOLD_APART = 4
"""Columns of which each has a notice of its own for what is not known."""

MOST_WORDS = 200
"""Unknown words that a report lists."""


@dataclass
class ReportWriter:
    """Writes the report on a file into `data`, as it is read."""

    data: dict[str, Any]
    reader: Reader
    unknown: Counter[str] = field(default_factory=Counter)
    questions: list[Question] = field(default_factory=list)
    used: set[str] = field(default_factory=set)
    asked: int = 0

    def say(self, notice: str) -> None:
        """Add a notice."""
        self.data["notices"].append(notice)

    def add_passed(self, page: Page, header: Header) -> None:
        """Report the rows that are about no candidate, and ask about those that may be."""
        across = header.layout == TRANSPOSED
        has_totals = any(kind.kind == "total" and kind.is_sure for kind, _ in page.passed.values())
        asked: dict[bool, Counter[str]] = {True: Counter(), False: Counter()}
        for number, (kind, name) in sorted(page.passed.items()):
            if not kind.is_sure and not (has_totals and kind.kind == "total"):
                asked[kind.is_read][name] += 1
            if kind.is_read or kind is A_LEGEND:
                continue
            self.data["passed_over_total"] += 1
            if len(self.data["passed_over"]) < MOST_PASSED:
                place = {"row": header.row, "column": letters(number - 1)} if across else {"row": number}
                self.data["passed_over"].append(
                    {
                        **place,
                        "sheet": page.name or None,
                        "value": short(name),
                        "kind": kind.kind,
                        "detail": kind.detail,
                    }
                )
        others = [number for number, (kind, _) in sorted(page.passed.items()) if kind.kind == "other_table"]
        if others:
            where = f" of the sheet {page.name!r}" if page.name else ""
            self.say(
                f"Another table begins in row {others[0]}{where}: its {len(others) - 1} rows were not read. Put it on "
                "a sheet of its own."
            )
        for is_read, names in asked.items():
            if names:
                self.questions.append(_about_rows(page, names, is_read=is_read))

    def add_sheet(self, page: Page, header: Header, settled: Settled, answers: Answers) -> None:
        """Add a sheet and its columns to the report."""
        if not self.data["sheets"]:
            self.data |= {"sheet": page.name, "header_row": header.row}
        self.data["sheets"].append({"sheet": page.name, "header_row": header.row, "layout": header.layout})
        for column in header.columns:
            self.data["columns"].append(self._column(page, header, column, settled, answers))
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
            self.say(f"Columns without a header{where} were not read: {named}{more}.")

    def _say_hidden(self, page: Page, header: Header) -> None:
        """Say which rows and columns are read that the file does not show."""
        where = f" of the sheet {page.name!r}" if page.name else ""
        shown = {column.place + 1: column for column in header.columns} if header.layout != TRANSPOSED else {}
        columns = [f"{shown[n.column].letter} ({shown[n.column].header})" for n in page.sheet.notes
                   if n.code == "hidden_column" and n.column in shown]  # fmt: skip
        if columns:
            self.say(f"Hidden columns{where} were read all the same: {', '.join(columns)}.")
        for note in page.sheet.notes:
            if note.code == "hidden_rows":
                self.say(f"Hidden rows{where} were read all the same: {note.text}, the first is row {note.row}.")

    def _column(self, page: Page, header: Header, column: Column, settled: Settled, answers: Answers) -> dict[str, Any]:
        across = header.layout == TRANSPOSED
        place = {"row": column.place + 1, "column": letters(header.row - 1)} if across else {}
        means = column.understood(self.reader)
        is_told = {column.header, column.letter, str(column.place + 1)} & answers.columns.keys()
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

    def finish(self, tables: Sequence[Table], answers: Answers) -> None:
        """Complete what is told of the columns and their values."""
        self.data["warnings_total"] = sum(table.reader.warnings_total for table in tables)
        listed = self.unknown.most_common(MOST_WORDS)
        meant = self.reader.suggestions([word for word, _ in listed])
        self.data["unknown_skills"] = [
            {"word": word, "count": count, "suggestion": skill}
            for (word, count), skill in zip(listed, meant, strict=True)
        ]
        self.data["warnings_by_value"] = _by_value(tables)
        for name in {**answers.columns, **answers.scales}:
            if name not in self.used and name != EVERY:
                self.say(f"The mapping names {name!r}, which is no header or column of the file.")
        for table in tables:
            if silent := table.reader.silent:
                self.say(_of_silent(table, silent))
            for notice in _of_unknown(table):
                self.say(notice)
            for place, columns in enumerate(table.reader.settled.twins):
                self.say(_of_twins(table, columns, table.reader.disagree[place], self.reader))

    def ask(self, tables: Sequence[Table], people: int, scored: int, gained: Counter[int]) -> None:
        """Add the questions to the report, with what their answers would do."""
        for table in tables:
            for (place, is_code), count in table.reader.waiting_cells.items():
                question = table.reader.settled.question_of(place, is_code=is_code)
                if question:
                    question.unread += count
        for question in self.questions:
            question.gained = gained[id(question)]
        asked = sorted(self.questions, key=lambda question: (-question.gained, -question.unread))
        self.data["scorable"] = {"people": people, "with_evidence": scored}
        self.data["questions"] = [one.as_data(people, scored) for one in asked[:MOST_QUESTIONS]]
        self.data["questions_total"] = len(asked)


def _about_rows(page: Page, names: Counter[str], *, is_read: bool) -> Question:
    """Return the question whether rows are people's."""
    what = "stand alone in their rows, or are names that examples are written with" if is_read else "may be totals"
    now = "They were read as people." if is_read else "They were passed over."
    told = dict.fromkeys(names)
    count = names.total()
    rows = f"{count:,} {'row is' if count == 1 else 'rows are'}"
    return Question(
        "rows", "people" if is_read else "totals", f"Are these people: {listed(names.most_common())}?",
        f"The names {what}. {now}", (), names.most_common(),
        (
            Choice("they are people", {"rows": dict.fromkeys(told, "person")}, f"{rows} read"),
            Choice("they are no people", {"rows": dict.fromkeys(told, "skip")}, f"{rows} left out"),
        ),
        page.name or None, unread=0 if is_read else count,
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


def _of_twins(table: Table, columns: Sequence[Column], rows: Sequence[int], reader: Reader) -> str:
    """Return in words which columns rate the same skill, and where they differ."""
    across = table.reader.header.layout == TRANSPOSED
    named = " and ".join(f"{c.place + 1 if across else c.letter} ({c.header})" for c in columns)
    skill = reader.vocabulary.skills[columns[0].target].name
    what = "rows" if across else "columns"
    said = f"The {what} {named} rate the same skill, {skill}: all are evidence, and the best counts."
    if not rows:
        return said
    where = [letters(row - 1) if across else str(row) for row in rows[:MOST_NAMED]]
    more = f" and {len(rows) - MOST_NAMED} more" if len(rows) > MOST_NAMED else ""
    return f"{said} They differ in {'columns' if across else 'rows'} {', '.join(where)}{more}."


def _of_silent(table: Table, silent: Sequence[Column]) -> str:
    across = table.reader.header.layout == TRANSPOSED
    named = ", ".join(f"{column.place + 1 if across else column.letter} ({column.header})" for column in silent)
    what = ("rows" if across else "columns") if len(silent) > 1 else ("row" if across else "column")
    where = f" of the sheet {table.name!r}" if table.name else ""
    return f"Nothing stands in the {what} {named}{where}. Colours of cells are not read: write a level, or x."


def _of_unknown(table: Table) -> Iterator[str]:
    """Yield in words how many cells say that nothing is known: by column, or for many columns at once."""
    across = table.reader.header.layout == TRANSPOSED
    where = f" of the sheet {table.name!r}" if table.reader.at else ""
    found = table.reader.said_unknown
    if len(found) > MOST_TOLD_APART:
        words = sum((words for _, words in found), Counter[str]())
        yield f"In {len(found)} {'rows' if across else 'columns'}{where} {_cells_say(words)}: taken as unknown."
        return
    for column, words in found:
        what = f"Row {column.place + 1}" if across else f"Column {column.letter}"
        yield f"{what} ({column.header}){where}: {_cells_say(words)}: taken as unknown."


def _cells_say(words: Counter[str]) -> str:
    """Return how many cells say the most frequent words: `3 cells say n/a or ?`."""
    *most, last = [word for word, _ in words.most_common(MOST_SAID)]
    said = f"{', '.join(most)} or {last}" if most else last
    return f"{words.total()} cells say {said}" if words.total() > 1 else f"1 cell says {said}"


def _samples(profile: ColumnProfile) -> list[str]:
    """Return the most frequent values of a column as short texts."""
    texts = dict.fromkeys(short(value) for value in islice(profile.counts, SAMPLES_WITHIN) if str(value).strip())
    return list(islice(texts, SAMPLES))
