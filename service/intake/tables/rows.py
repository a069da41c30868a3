"""Rows of a spreadsheet to candidates, one by one, below a header that is understood.

One bad cell costs a warning and leaves its value unknown; a row is rejected only if it identifies no person.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, NamedTuple, TypeVar

from service import storable
from service.core.policy import Evidence
from service.core.profile import MarkerSeen, Profile, TitleSeen
from service.core.time import Interval, Span
from service.intake.candidate import Candidate, Job
from service.intake.dates import end_of
from service.intake.draft import DEFECT, Draft, Reader, over_since, short
from service.intake.resume_text import read_experience, stated_in
from service.intake.tables.cells import NOT_A_SKILL, NOTHING, REMEMBERED, UNREAD, Cell, CellReader
from service.intake.tables.decide import Settled
from service.intake.tables.header_rows import WHO, Header
from service.intake.tables.header_words import WHOLE_OR_HALF
from service.intake.tables.headers import TEXTS, Column, folded, letters, place_of
from service.intake.tables.levels import of_day
from service.intake.tables.profiles import distinct, is_blank, is_day
from service.intake.tables.row_kinds import MAYBE_HEADING
from service.schemas.candidates import ID_LENGTH, LONGEST_ID, LONGEST_LINE
from service.skills.durations import months_of
from service.skills.titles import band_of
from service.skills.words import SILENT, Reading

ROW_DEFECT = (
    "The row was not read: the service has a defect here, which it has recorded. Shorten or reword its texts, and send "
    "it again."
)
MOST_WARNINGS = 1000
"""Warnings listed in one report; those beyond are counted."""

MOST_KINDS = 10_000
"""Warnings that differ in their column, value or detail, and are counted by them."""

HALVES = ("first_name", "last_name")
EXAMPLE = "EXAMPLE"
"""The id of the template's example row, which is no person."""

CONTACT = ("email", "headline", "company", *TEXTS)

FEW_WORDS = 3
MANY_WORDS = 5
"""Words from which on a cell in a column of years is running text: of one without dates, and of one with dates."""

STATING = ("text", "summary", "headline")
"""Fields that may state the total years of experience."""

WISHED = frozenset({"applied for", "applied role", "target role"})
"""Headers, folded, of the job that a person wants: no title they had."""

Given = TypeVar("Given")


class Rejected(NamedTuple):
    """A row that no candidate can be made of, with its cells as they stood."""

    row: int
    cells: list[Any]
    errors: list[dict[str, Any]]
    sheet: str | None = None


class Ignored(NamedTuple):
    """A row that is as it should be and holds no candidate, such as a webhook that tells of an offer."""

    row: int


class Who(NamedTuple):
    """The person a row is about."""

    external_id: str | None
    name: str | None
    email: str | None = None


class Group(NamedTuple):
    """Columns that speak of one skill, which one of them names."""

    skill: Column
    levels: tuple[Column, ...]
    years: tuple[Column, ...]
    last_used: Column | None

    @property
    def is_list(self) -> bool:
        """Tell whether nothing is said of the skill: its column is a list of skills as any other."""
        return not (self.levels or self.years or self.last_used)


@dataclass
class RowReader:
    """Reads the rows below a header. A value that was read in a column before is not read again: pools repeat.

    `notes` say what could not be read as it stands, and why, by row and column, both counted from 1. `at` names the
    sheet in what is said of a row, where there are several. `settled` is what its columns mean, and `passed` holds the
    rows that are a legend. `seen` holds the ids of the file with where they stand. `by_value` counts the
    warnings by column, header, value and detail, and `first_rows` says where each stands first.
    """

    header: Header
    reader: Reader
    sheet: str
    source: str
    notes: Mapping[tuple[int, int], tuple[str, str]] = field(default_factory=dict)
    warnings: list[dict[str, Any]] = field(default_factory=list)
    warnings_total: int = 0
    unknown_skills: Counter[str] = field(default_factory=Counter)
    at: dict[str, str] = field(default_factory=dict)
    settled: Settled = field(default_factory=lambda: Settled(()))
    passed: frozenset[int] = frozenset()
    seen: dict[str, tuple[str, str]] = field(default_factory=dict)
    by_value: Counter[tuple[str, str, str, str]] = field(default_factory=Counter)
    first_rows: dict[tuple[str, str, str, str], int] = field(default_factory=dict)

    def __post_init__(self) -> None:
        self._fields = {c.target: c for c in reversed(self.header.columns) if c.kind == "field" and not c.number}
        self._groups = list(_groups(self.header.columns))
        self.cells = CellReader(self.reader, self.settled)
        lists = [group.skill for group in self._groups if group.is_list]
        self._groups = [group for group in self._groups if not group.is_list]
        read = {
            column.place: (column, read)
            for column in self.header.columns
            if (not column.number or column in lists) and (read := self.cells.of(column))
        }
        self._reads = {place: read for place, (_, read) in read.items()}
        self._cells: dict[int, dict[Any, Cell]] = {place: {} for place in read}
        self._plain: dict[int, dict[Any, tuple[Evidence, ...]]] = {place: {} for place in read}
        self._skills = [(place, self._plain[place], column) for place, (column, _) in read.items()]
        self._contact = [(key, self._fields[key].place) for key in CONTACT if key in self._fields]
        self._states = [self._fields[key] for key in STATING if key in self._fields]
        self._texts = [column for column in self.header.columns if column.kind == "field" and column.target in TEXTS]
        self._markers = [column for column in self.header.columns if column.kind == "marker"]
        self._extras = _named_apart([c for c in self.header.columns if self._is_extra(c)])
        self._width = max(column.place for column in self.header.columns) + 1
        self._silent_cells: dict[int, Counter[Any]] = defaultdict(Counter)
        self._halves = self._halves_of_a_name()
        self._filled: set[int] = set()
        self._said_of_markers: dict[Any, Reading] = {}
        self._told: list[dict[str, Any]] = []
        self._unknown: list[str] = []
        self._headers = {column.place: column.header for column in self.header.columns}
        self.disagree: dict[int, list[int]] = defaultdict(list)
        self.waiting: set[tuple[int, bool]] = set()
        self.waiting_cells: Counter[tuple[int, bool]] = Counter()

    def read(self, number: int, cells: list[Any]) -> Candidate | Rejected | None:
        """Read one row; None where it is blank, part of a legend, or the template's example."""
        return self.whole_or_rejected(number, cells, lambda: self._read(number, cells))

    def whole_or_rejected(
        self, number: int, cells: list[Any], read: Callable[[], Candidate | Rejected | None]
    ) -> Candidate | Rejected | None:
        """Read what a row says; where that ends in an exception, record the defect and reject this row alone."""
        try:
            return read()
        except Exception as error:  # noqa: BLE001 - as below
            self.reader.on_defect(error)
            self._set_aside()
            errors = [{"row": number, "column": "", "code": "defect", "detail": ROW_DEFECT}]
            return self.rejected(number, cells, errors)

    def _read(self, number: int, cells: list[Any]) -> Candidate | Rejected | None:
        who = self.who(number, cells)
        if not isinstance(who, Who):
            return who
        if errors := self.twice(number, who.external_id):
            return self.rejected(number, cells, errors)
        return self.candidate(number, cells, who)

    def who(self, number: int, cells: list[Any]) -> Who | Rejected | None:
        """Return the person a row is about; None for a row that is not meant to be about a person."""
        filled = len(cells) - cells.count(None)
        if not filled or number in self.passed:
            return None
        cells = self._whole(cells)
        external_id, name = self._identity(cells)
        if external_id == EXAMPLE:
            self.warn(number, self._fields["external_id"].place, EXAMPLE, "the template's example row: not read")
            self._set_aside()
            return None
        if external_id is None and name is None:
            return self.rejected(number, cells, self._without_identity(number))
        if len(external_id or "") > LONGEST_ID:
            column = self._fields["external_id"].letter
            return self.rejected(
                number, cells, [{"row": number, "column": column, "code": "invalid", "detail": ID_LENGTH}]
            )
        if name and len(name) > LONGEST_LINE:
            self.warn(number, self._place_of_identity, name, f"longer than {LONGEST_LINE} characters: the rest is cut")
            name = name[:LONGEST_LINE]
        email = self._field(cells, "email") if "email" in self._fields else None
        return Who(external_id, name, None if email is None else str(email).strip())

    def rejected(self, number: int, cells: list[Any], errors: list[dict[str, Any]]) -> Rejected:
        """Return a row that is not read, and why."""
        return Rejected(number, self._whole(cells), [self.at | error for error in errors], self.sheet)

    def candidate(self, number: int, cells: list[Any], who: Who) -> Candidate:
        """Read what a row says of its person."""
        filled = len(cells) - cells.count(None)
        cells = self._whole(cells)
        external_id, name, _ = who
        if self.notes:
            self._note(number)
        if filled == 1:
            self.warn(number, self._place_of_identity, external_id or name, MAYBE_HEADING.detail)
        draft = self._prose(number, cells) if self._texts else None
        months, jobs, told = self._experience(number, cells)
        if months is None and not jobs:
            months = self._stated(number, cells)
        evidence, markers = self._evidence(number, cells), self._seen_markers(number, cells)
        drafts = [one for one in (draft, told) if one]
        return Candidate(
            source=self.source,
            external_id=external_id,
            name=name,
            profile=Profile(
                evidence=(*evidence, *(piece for one in drafts for piece in one.evidence)) if drafts else evidence,
                months=months,
                jobs=jobs,
                markers={**{id_: seen for one in drafts for id_, seen in one.markers.items()}, **markers},
                sheet=self.sheet,
                row=number,
                titles=self._titles(cells),
            ),
            **self._set_aside(),
            contact={key: str(value) for key, place in self._contact if not is_blank(value := cells[place])},
            extra={name: value for place, name in self._extras if (value := cells[place]) is not None},
            history=(*self._employer(cells), *(job for one in drafts for job in one.history)),
        )

    def _employer(self, cells: Sequence[Any]) -> Iterator[Job]:
        """Yield the job that a column with the employer tells of: duplicates are known by it."""
        company = self._field(cells, "company")
        if company is not None:
            yield Job(None, short(company), None)

    def _whole(self, cells: list[Any]) -> list[Any]:
        """Return a row as wide as the header."""
        return [*cells, *[None] * (self._width - len(cells))]

    def _is_extra(self, column: Column) -> bool:
        """Tell whether a column is kept as it stands: it is not understood, or the field has a column before it."""
        if column.kind == "field" and column.target in TEXTS:
            return column is not self._fields[column.target]
        return column.kind in ("unknown", "aside")

    @property
    def _place_of_identity(self) -> int:
        return next(column.place for column in self.header.columns if column.target in WHO)

    def warn(self, row: int, place: int, value: object, detail: str) -> None:
        """Note that a value could not be read; past the limit it is only counted."""
        self.warnings_total += 1
        warning = {"row": row, "column": letters(place), "value": short(value), "detail": detail}
        self._told.append({"sheet": self.sheet, **warning})
        if len(self.warnings) < MOST_WARNINGS:
            self.warnings.append(self.at | warning)
        self._count(warning)

    def _count(self, warning: Mapping[str, Any]) -> None:
        """Count a warning among those of its column that say the same of the same value."""
        header = self._headers.get(self._place_of_warning(warning), "")
        key = (warning["column"], header, warning["value"], warning["detail"])
        if key in self.by_value or len(self.by_value) < MOST_KINDS:
            self.by_value[key] += 1
            self.first_rows.setdefault(key, warning["row"])

    def _place_of_warning(self, warning: Mapping[str, Any]) -> int:
        return place_of(warning["column"])

    def wait_for(self, place: int, *, is_code: bool) -> None:
        """Note that a cell of the column is not read before a question is answered."""
        self.waiting.add((place, is_code))
        self.waiting_cells[place, is_code] += 1

    def _set_aside(self) -> dict[str, Any]:
        """Return what was set aside since the last candidate, for that candidate to keep."""
        remarks, unknown = tuple(self._told), tuple(self._unknown)
        self._told.clear()
        self._unknown.clear()
        return {"remarks": remarks, "unknown": unknown}

    def _field(self, cells: Sequence[Any], name: str) -> Any:
        """Return the cell of a field, None where it is blank or there is no such column."""
        column = self._fields.get(name)
        value = cells[column.place] if column else None
        return None if value is None or (isinstance(value, str) and not value.strip()) else value

    def _identity(self, cells: Sequence[Any]) -> tuple[str | None, str | None]:
        external_id = self._field(cells, "external_id")
        name = self._field(cells, "name")
        if name is None or self._halves:
            parts = [str(part).strip() for key in self._halves or HALVES if (part := self._field(cells, key))]
            name = _joined(parts) or None
        if external_id is None and name is None and "@" in str(address := self._field(cells, "email")):
            external_id = address
        return (
            None if external_id is None else str(external_id).strip(),
            None if name is None else str(name).strip(),
        )

    def _halves_of_a_name(self) -> tuple[str, str] | None:
        """Return the two columns that make a name where one is headed `Name` and the other holds but half of one."""
        column = self._fields.get("name")
        if column is None or folded(column.header) not in WHOLE_OR_HALF:
            return None
        has_first, has_last = ("first_name" in self._fields, "last_name" in self._fields)
        if has_first == has_last:
            return None
        return ("first_name", "name") if has_first else ("name", "last_name")

    def _without_identity(self, row: int) -> list[dict[str, Any]]:
        """Return why no candidate can be made of a row without a name."""
        columns = ", ".join(sorted(c.letter for key, c in self._fields.items() if key in WHO))
        detail = "The row has neither a name nor an id."
        return [{"row": row, "column": columns, "code": "nobody", "detail": detail}]

    def twice(self, row: int, external_id: str | None) -> list[dict[str, Any]]:
        """Return why a row is not read whose id was there before."""
        here = (self.sheet, self.spot(row))
        if external_id is None or (before := self.seen.setdefault(external_id, here)) == here:
            return []
        where = before[1] if before[0] == self.sheet else f"{before[1]} of the sheet {before[0]!r}"
        detail = f"The id {external_id!r} already stands in {where}: ids must differ."
        return [{"row": row, "column": self._fields["external_id"].letter, "code": "duplicate_id", "detail": detail}]

    def spot(self, number: int) -> str:
        """Return in words where a person's data is."""
        return f"row {number}"

    def _prose(self, row: int, cells: Sequence[Any]) -> Draft:
        """Read the cells of running text."""
        draft = Draft(self.reader)
        for column in self._texts:
            if isinstance(cells[column.place], str):
                draft.prose(cells[column.place], "stated", column.letter)
                for remark in draft.remarks:
                    self.warn(row, column.place, remark["value"], remark["detail"])
                draft.remarks.clear()
        return draft

    def _stated(self, row: int, cells: Sequence[Any]) -> Interval | None:
        """Return the experience in all that a summary, a résumé or a headline states first."""
        if not any(isinstance(cells[column.place], str) for column in self._states):
            return None
        draft = Draft(self.reader)
        for column in self._states:
            value = cells[column.place]
            if is_blank(value) or not isinstance(value, str) or folded(column.header) in WISHED:
                continue
            stated = stated_in(draft, value, column.letter)
            for remark in draft.remarks:
                self.warn(row, column.place, remark["value"], remark["detail"])
            draft.remarks.clear()
            if stated:
                return stated.months
        return None

    def _evidence(self, row: int, cells: Sequence[Any]) -> tuple[Evidence, ...]:
        pieces: list[Evidence] = []
        for place, plain, column in self._skills:
            value = cells[place]
            if value is None:
                continue
            # A value that was read before and is plain: True is left out, which equals 1 and means something else.
            evidence = plain.get(value) if value.__class__ is not bool else None
            pieces += self._cell(row, column, value) if evidence is None else evidence
        for group in self._groups:
            pieces += self._of_group(row, cells, group)
        for place, columns in enumerate(self.settled.twins):
            levels = {piece.level for c in columns for piece in self._plain[c.place].get(cells[c.place], ())}
            if len(levels) > 1:
                self.disagree[place].append(row)
        return tuple(pieces)

    def _cell(self, row: int, column: Column, value: Any) -> tuple[Evidence, ...]:
        """Return what a cell says, reading each distinct value of a column once, and report what it does not say."""
        cache = self._cells[column.place]
        self._filled.add(column.place)
        key = distinct(value)
        said = cache.get(key)
        if said is None:
            if len(cache) >= REMEMBERED:
                cache.clear()
                self._plain[column.place].clear()
            said = cache[key] = self._safely(UNREAD, self._reads[column.place], value)
            if key is value and said is not NOTHING and not said.problem and not said.is_open:
                self._plain[column.place][value] = said.evidence
        if said is NOTHING:
            self.passed_over(column.place, value)
        if said.is_open:
            self.wait_for(column.place, is_code=said.is_code)
        if said.problem:
            self.warn(row, column.place, value, said.problem)
            self.unknown_skills.update(said.unknown)
            self._unknown += said.unknown
        return said.evidence

    def _of_group(self, row: int, cells: Sequence[Any], group: Group) -> list[Evidence]:
        """Return what a row says of the skill that a group of its columns speaks of."""
        name = cells[group.skill.place]
        if is_blank(name):
            return []
        place = group.skill.place
        if str(name).strip().casefold() in self.reader.words.unknown:
            self.passed_over(place, name)
            return []
        skill, own = self.reader.item(str(name))
        if skill is None:
            self.warn(row, place, name, f"{NOT_A_SKILL}: {short(name)}")
            self.unknown_skills[short(name)] += 1
            self._unknown.append(short(name))
            return []
        if note := own.note or own.problem:
            self.warn(row, place, name, note)
        dated = self._last_used(row, cells, group.last_used)
        pieces: list[Evidence] = []
        for column, read in (
            *((c, self.cells.level) for c in group.levels),
            *((c, self.cells.years) for c in group.years),
        ):
            called = f"{name} years" if column in group.years else str(name)
            pieces += self._one(row, cells, column, read, skill, called)
        pieces = [piece._replace(last_used=dated or piece.last_used) for piece in pieces]
        if not pieces and not any(not is_blank(cells[c.place]) for c in (*group.levels, *group.years)):
            mention = self.cells.piece(group.skill._replace(target=skill), "stated", own, short(name))
            pieces = [mention._replace(last_used=dated or over_since(str(name)))]
        return pieces

    def _one(
        self, row: int, cells: Sequence[Any], column: Column, read: Callable[..., Cell], skill: str, called: str
    ) -> Sequence[Evidence]:
        """Read the level or the years of a group's skill."""
        value = cells[column.place]
        if is_blank(value):
            return ()
        found = self._safely(UNREAD, read, column._replace(target=skill, header=called), value)
        if found.problem:
            self.warn(row, column.place, value, found.problem)
        if found is NOTHING:
            self.passed_over(column.place, value)
        if found.is_open:
            self.wait_for(column.place, is_code=found.is_code)
        return found.evidence

    def _last_used(self, row: int, cells: Sequence[Any], column: Column | None) -> Interval | None:
        value = cells[column.place] if column else None
        if column is None or is_blank(value):
            return None
        if self.reader.words.read(value) == SILENT:
            self.passed_over(column.place, value)
            return None
        found = end_of(value)
        if found is None:
            self.warn(row, column.place, value, "not a date that can be read: taken as unknown")
        return found

    def _safely(self, otherwise: Given, read: Callable[..., Given], *values: Any) -> Given:
        """Read a value; where that ends in an exception, record the defect and return what stands for it."""
        try:
            return read(*values)
        except Exception as error:  # noqa: BLE001 - whatever it is, it is ours, and costs one cell
            self.reader.on_defect(error)
            return otherwise

    def passed_over(self, place: int, value: Any) -> None:
        """Count a cell in which something stands that says nothing; one of blanks is blank."""
        if not is_blank(value):
            self._silent_cells[place][distinct(value)] += 1

    def _note(self, row: int) -> None:
        """Warn of cells that held something that was not read as it stands: an error, a formula without a value."""
        for column in self.header.columns:
            found = self.notes.get(self._in_file(row, column.place))
            if found and (column.kind not in ("unknown", "aside") or found[1] == storable.REPLACED):
                self.warn(row, column.place, *found)

    def _in_file(self, row: int, place: int) -> tuple[int, int]:
        """Return row and column of a cell, both counted from 1, as the file has them."""
        return row, place + 1

    def _experience(self, row: int, cells: Sequence[Any]) -> tuple[Interval | None, tuple[Span, ...], Draft | None]:
        """Return the months of work that a row states, the jobs or the time since when, and what a text there tells."""
        value = self._field(cells, "years_experience")
        if value is None:
            return None, (), None
        column = self._fields["years_experience"]
        if str(value).strip().casefold() in self.reader.words.unknown:
            self.passed_over(column.place, value)
            return None, (), None
        if is_day(value):
            self.warn(row, column.place, value, f"{of_day(value)}: taken as unknown")
            return None, (), None
        months = self._safely(None, months_of, value)
        since = None if months else self._safely(SILENT, self.reader.said, value).span
        if months or (since and not is_text(value, MANY_WORDS)):
            return months, (since,) if since else (), None
        if is_text(value):
            return self._told_of_work(row, column, value)
        self.warn(row, column.place, value, "not a number of years: taken as unknown")
        return None, (), None

    def _told_of_work(
        self, row: int, column: Column, text: str
    ) -> tuple[Interval | None, tuple[Span, ...], Draft | None]:
        """Read running text in a column of experience as that part of a résumé."""
        draft = Draft(self.reader)
        stated = read_experience(draft, text, column.letter)
        for remark in draft.remarks:
            self.warn(row, column.place, remark["value"], remark["detail"])
        draft.remarks.clear()
        return stated.months if stated else None, tuple(draft.jobs), draft

    def warn_of_years(self, row: int, cells: Sequence[Any]) -> None:
        """Note that years of experience differ from those that another row gives the same person."""
        told = ("years_experience", *STATING)
        target, value = next((name, value) for name in told if (value := self._field(cells, name)) is not None)
        self.warn(row, self._fields[target].place, value, "another row gives other years: those count")

    def _seen_markers(self, row: int, cells: Sequence[Any]) -> dict[str, MarkerSeen]:
        markers = {}
        for column in self._markers:
            value = cells[column.place]
            said = self._said_of_markers.get(value) if value.__class__ is not bool else None
            if said is None:
                said = self._safely(Reading(problem=DEFECT), self.reader.words.read, value)
                if value.__class__ is str and len(self._said_of_markers) < REMEMBERED:
                    self._said_of_markers[value] = said
            if said.mention or said.level:
                met = said.mention or said.level != (0, 0)
                markers[column.target] = MarkerSeen(met, column.letter, self.reader.markers[column.target])
            elif said.problem:
                self.warn(row, column.place, cells[column.place], "not yes or no: taken as unknown")
        return markers

    def _titles(self, cells: Sequence[Any]) -> tuple[TitleSeen, ...]:
        """Return the title that a row gives: a hint, never scored."""
        value = self._field(cells, "headline")
        if value is None or folded(self._fields["headline"].header) in WISHED:
            return ()
        return (TitleSeen(short(value), band_of(short(value)), where=self._fields["headline"].letter),)

    @property
    def said_unknown(self) -> list[tuple[Column, Counter[str]]]:
        """Return the columns in which cells say that nothing is known, with how often they say so in which words."""
        counted = {place: Counter[str]() for place in self._silent_cells}
        for place, values in self._silent_cells.items():
            for value, count in values.items():
                counted[place][short(value)] += count
        return [(column, counted[column.place]) for column in self.header.columns if column.place in counted]

    @property
    def silent(self) -> list[Column]:
        """Return the columns of levels in which nothing stood, in any row."""
        return [c for c in self.header.columns if c.kind == "skill" and c.place not in self._filled]


def _groups(columns: Iterable[Column]) -> Iterator[Group]:
    """Yield the groups of columns that speak of one skill."""
    by_number: dict[int, dict[str, list[Column]]] = defaultdict(lambda: defaultdict(list))
    for column in columns:
        if column.number:
            by_number[column.number][column.target].append(column)
    for parts in by_number.values():
        if parts["skills"]:
            levels, years, last = (parts[name] for name in ("skill_level", "skill_years", "skill_last_used"))
            yield Group(parts["skills"][0], tuple(levels), tuple(years), last[0] if last else None)


def is_text(value: Any, least: int = FEW_WORDS) -> bool:
    """Tell whether a cell holds running text: words with letters, and not only one."""
    return isinstance(value, str) and sum(any(map(str.isalpha, word)) for word in value.split()) >= least


def _joined(parts: Sequence[str]) -> str:
    """Return the parts of a name as one, without a part that the other holds already."""
    folded_parts = [f" {part.casefold()} " for part in parts]
    own = [p for p, f in zip(parts, folded_parts, strict=True) if not any(f in o and f != o for o in folded_parts)]
    return " ".join(own)


def _named_apart(columns: Iterable[Column]) -> list[tuple[int, str]]:
    """Return the place and a name of each column; of two with one header, the second is named with its letters."""
    names: dict[str, int] = {}
    for column in columns:
        name = f"{column.header} ({column.letter})" if column.header in names else column.header
        names[name] = column.place
    return [(place, name) for name, place in names.items()]
