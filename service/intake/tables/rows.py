"""Rows of a spreadsheet to candidates, one by one, below a header that is understood.

One bad cell costs a warning and leaves its value unknown; a row is rejected only when nobody can be made of it.
"""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, NamedTuple, TypeVar

from service import storable
from service.core.policy import Evidence
from service.core.profile import MarkerSeen, Profile, TitleSeen
from service.core.time import Interval, Span
from service.intake.candidate import Candidate
from service.intake.draft import DEFECT, MENTION, Draft, Reader, over_since, quoted, short, unclaimed
from service.intake.resume_text import stated_in
from service.intake.tables.header_rows import Header
from service.intake.tables.header_words import WHOLE_OR_HALF
from service.intake.tables.headers import IDENTITY, TEXTS, Column, folded, letters
from service.intake.tables.legends import OURS, Legend, of_row
from service.schemas.candidates import ID_LENGTH, LONGEST_ID, LONGEST_LINE
from service.skills.durations import months_of
from service.skills.scales import PERCENT
from service.skills.titles import band_of
from service.skills.words import SILENT, Reading

ROW_DEFECT = (
    "The row was not read: the service has a defect here, which it has recorded. Shorten or reword its texts, and send "
    "it again."
)
MOST_WARNINGS = 1000
"""Warnings listed in one report; those beyond are counted."""

REMEMBERED = 10_000
"""Values of a column, and items of lists, that are kept with what they say: pools repeat few, and memory is bounded."""

NOT_A_SKILL = "not in the vocabulary, kept but not scored"
"""How the warning of a word begins that is no skill we know."""

DEFAULT_BEST = 5
HALVES = ("first_name", "last_name")
A_FIGURE = re.compile(r"(?<!\w)\d(?![\w+])(?!\s*(?:\+\s*)?(?:years?|yrs?|months?|mos?)\b)")
A_SHARE = (
    "between 0 and 1, as Excel keeps a percentage: taken as unknown. Put (%) in the header if it is one, or write a "
    "level from 0 to 5"
)

EXAMPLE = "EXAMPLE"
"""The id of the template's example row, which is nobody."""

CONTACT = ("email", "headline", "company", *TEXTS)

STATING = ("text", "summary", "headline")
"""Fields in which somebody may state the years of experience in all."""

WISHED = frozenset({"applied for", "applied role", "target role"})
"""Headers, folded, of the job that somebody wants: no title that they had."""

AHEAD = 5000
"""Rows that are looked at for a legend before the first is read; one further down comes too late."""

FEW = 4
"""Cells that a row of a legend has at most."""


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
    """Whom a row is about."""

    external_id: str | None
    name: str | None
    email: str | None = None


class Cell(NamedTuple):
    """What a cell says: evidence, what is wrong with it, and the names in it that are no skill we know."""

    evidence: tuple[Evidence, ...] = ()
    problem: str | None = None
    unknown: tuple[str, ...] = ()


NOTHING = Cell()
UNREAD = Cell(problem=DEFECT)


@dataclass
class SheetReader:
    """Reads the rows below a header. A value that was read in a column before is not read again: pools repeat.

    `notes` say what could not be read as it stands, and why, by row and column, both counted from 1. `at` names the
    sheet in what is said of a row, where there are several. `scale` is what a legend says of figures, and `passed`
    holds the rows that are the legend. `seen` holds the ids of the file with where they stand.
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
    scale: Legend = OURS
    passed: frozenset[int] = frozenset()
    seen: dict[str, tuple[str, str]] = field(default_factory=dict)

    def __post_init__(self) -> None:
        self._fields = {c.target: c for c in reversed(self.header.columns) if c.kind == "field"}
        read = {"skill": self._level_cell, "years": self._years_cell}
        self._skills: list[tuple[int, dict[Any, Cell], Callable[[Any], Cell]]] = []
        for column in self.header.columns:
            if column.kind in read:
                self._skills.append((column.place, {}, _bound(read[column.kind], column)))
            elif column.kind == "field" and column.target == "skills":
                self._skills.append((column.place, {}, _bound(self._list_cell, column)))
        self._texts = [column for column in self.header.columns if column.kind == "field" and column.target in TEXTS]
        self._markers = [column for column in self.header.columns if column.kind == "marker"]
        self._extras = _named_apart([c for c in self.header.columns if self._is_extra(c)])
        self._width = max(column.place for column in self.header.columns) + 1
        self._items: dict[tuple[int, str], Cell] = {}
        self._silent_cells: dict[int, Counter[str]] = defaultdict(Counter)
        self._halves = self._halves_of_a_name()
        self._told: list[dict[str, Any]] = []
        self._unknown: list[str] = []

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
        """Return whom a row is about; None where it is about nobody, and is not meant to be."""
        filled = len(cells) - cells.count(None)
        if not filled or number in self.passed or (number > AHEAD and filled <= FEW and self._is_legend(number, cells)):
            return None
        cells = self._whole(cells)
        external_id, name = self._identity(cells)
        if external_id == EXAMPLE:
            self.warn(number, self._fields["external_id"].place, EXAMPLE, "the template's example row: not read")
            self._set_aside()
            return None
        if external_id is None and name is None:
            return self.rejected(number, cells, self._nobody(number))
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
        """Read what a row says of the one it is about."""
        filled = len(cells) - cells.count(None)
        cells = self._whole(cells)
        external_id, name, _ = who
        if self.notes:
            self._note(number)
        if filled == 1:
            self.warn(number, self._place_of_identity, external_id or name, "a name and nothing else: is it a heading?")
        months, jobs = self._experience(number, cells)
        draft = self._prose(number, cells) if self._texts else None
        if months is None and not jobs:
            months = self._stated(number, cells)
        evidence, markers = self._evidence(number, cells), self._seen_markers(number, cells)
        return Candidate(
            source=self.source,
            external_id=external_id,
            name=name,
            profile=Profile(
                evidence=(*evidence, *draft.evidence) if draft else evidence,
                months=months,
                jobs=jobs,
                markers={**draft.markers, **markers} if draft else markers,
                sheet=self.sheet,
                row=number,
                titles=self._titles(cells),
            ),
            **self._set_aside(),
            contact={key: str(value) for key in CONTACT if (value := self._field(cells, key)) is not None},
            extra={name: value for place, name in self._extras if (value := cells[place]) is not None},
        )

    def _whole(self, cells: list[Any]) -> list[Any]:
        """Return a row as wide as the header."""
        return [*cells, *[None] * (self._width - len(cells))]

    def _is_extra(self, column: Column) -> bool:
        """Tell whether a column is kept as it stands: it is not understood, or the field has a column before it."""
        if column.kind == "field" and column.target in TEXTS:
            return column is not self._fields[column.target]
        return column.kind in ("unknown", "aside")

    def _is_legend(self, number: int, cells: Sequence[Any]) -> bool:
        """Tell whether a row far down is a legend, and say that it came too late."""
        if not of_row(cells):
            return False
        place, text = next((place, cell) for place, cell in enumerate(cells) if cell is not None)
        self.warn(number, place, text, "a legend this far down is not used: put it above the header")
        return True

    @property
    def _place_of_identity(self) -> int:
        return next(column.place for column in self.header.columns if column.target in IDENTITY)

    def warn(self, row: int, place: int, value: object, detail: str) -> None:
        """Note that a value could not be read; past the limit it is only counted."""
        self.warnings_total += 1
        warning = {"row": row, "column": letters(place), "value": short(value), "detail": detail}
        self._told.append({"sheet": self.sheet, **warning})
        if len(self.warnings) < MOST_WARNINGS:
            self.warnings.append(self.at | warning)

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

    def _nobody(self, row: int) -> list[dict[str, Any]]:
        """Return why no candidate can be made of a row without a name."""
        columns = ", ".join(sorted(c.letter for key, c in self._fields.items() if key in IDENTITY))
        return [{"row": row, "column": columns, "code": "nobody", "detail": "The row has neither a name nor an id."}]

    def twice(self, row: int, external_id: str | None) -> list[dict[str, Any]]:
        """Return why a row is not read whose id was there before."""
        here = (self.sheet, self.spot(row))
        if external_id is None or (before := self.seen.setdefault(external_id, here)) == here:
            return []
        where = before[1] if before[0] == self.sheet else f"{before[1]} of the sheet {before[0]!r}"
        detail = f"The id {external_id!r} already stands in {where}: ids must differ."
        return [{"row": row, "column": self._fields["external_id"].letter, "code": "duplicate_id", "detail": detail}]

    def spot(self, number: int) -> str:
        """Return in words where somebody stands."""
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
        draft = Draft(self.reader)
        for name in STATING:
            value, column = self._field(cells, name), self._fields.get(name)
            if column is None or not isinstance(value, str) or folded(column.header) in WISHED:
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
        for place, cache, read in self._skills:
            value = cells[place]
            if value is None:
                continue
            key = value if value.__class__ is not bool else repr(value)  # True and 1 are one key, and two meanings
            said = cache.get(key)
            if said is None:
                if len(cache) >= REMEMBERED:
                    cache.clear()
                said = cache[key] = self._safely(UNREAD, read, value)
            pieces += said.evidence
            if said is NOTHING:
                self.passed_over(place, value)
            if said.problem:
                self.warn(row, place, value, said.problem)
                self.unknown_skills.update(said.unknown)
                self._unknown += said.unknown
        return tuple(pieces)

    def _safely(self, otherwise: Given, read: Callable[..., Given], *values: Any) -> Given:
        """Read a value; where that ends in an exception, record the defect and return what stands for it."""
        try:
            return read(*values)
        except Exception as error:  # noqa: BLE001 - whatever it is, it is ours, and costs one cell
            self.reader.on_defect(error)
            return otherwise

    def passed_over(self, place: int, value: Any) -> None:
        """Count a cell in which something stands that says nothing; one of blanks is blank."""
        if word := str(value).strip():
            self._silent_cells[place][short(word)] += 1

    def _note(self, row: int) -> None:
        """Warn of cells that held something that was not read as it stands: an error, a formula without a value."""
        for column in self.header.columns:
            found = self.notes.get(self._in_file(row, column.place))
            if found and (column.kind not in ("unknown", "aside") or found[1] == storable.REPLACED):
                self.warn(row, column.place, *found)

    def _in_file(self, row: int, place: int) -> tuple[int, int]:
        """Return row and column of a cell, both counted from 1, as the file has them."""
        return row, place + 1

    def _level_cell(self, column: Column, value: Any) -> Cell:
        if isinstance(value, float) and 0 < value < 1:
            if column.scale != PERCENT:
                return Cell(problem=A_SHARE)
            value *= 100
        said = self._said(value, column.scale.highest if column.scale else DEFAULT_BEST)
        if said.problem and (over := over_since(str(value))):
            mention = self._piece(column, "stated", MENTION, quoted(column.header, value))
            return Cell((mention._replace(last_used=over),))
        if said.problem:
            return Cell(problem=f"{said.problem}: taken as unknown")
        if not (said.level or said.months or said.span or said.mention):
            return NOTHING
        return Cell((self._piece(column, "rated" if said.level else "stated", said, quoted(column.header, value)),))

    def _said(self, value: Any, best: int) -> Reading:
        """Read a level, by the legend unless the column's own header names a scale."""
        explained = self.scale.read(value) if best == DEFAULT_BEST else None
        return explained or self.reader.said(value, best)

    def _years_cell(self, column: Column, value: Any) -> Cell:
        said = self.reader.said(value)
        if said == SILENT:
            return NOTHING
        used = Reading(months=months_of(value), span=said.span)
        if not (used.months or used.span):
            return Cell(problem="not a number of years: taken as unknown")
        return Cell((self._piece(column, "stated", used, quoted(column.header, value)),))

    def _piece(self, column: Column, kind: str, said: Reading, quote: str) -> Evidence:
        """Return what a cell says of its column's skill as evidence."""
        return Evidence(column.target, kind, said.level, said.months, None, said.span, column.letter, quote)

    def _list_cell(self, column: Column, value: Any) -> Cell:
        """Read a cell that lists skills."""
        if str(value).strip().casefold() in self.reader.words.unknown:
            return NOTHING
        items = [self._item(column, item) for item in self.reader.split(str(value))]
        unknown = tuple(name for item in items for name in item.unknown)
        problems = [item.problem for item in items if item.problem]
        if unknown:
            problems.append(f"{NOT_A_SKILL}: {', '.join(unknown)}")
        return Cell(tuple(piece for item in items for piece in item.evidence), "; ".join(problems) or None, unknown)

    def _item(self, column: Column, item: str) -> Cell:
        """Read one item of a list, and but once: lists differ from row to row, and what they list repeats."""
        key = (column.place, item)
        if (cell := self._items.get(key)) is None:
            if len(self._items) >= REMEMBERED:
                self._items.clear()
            cell = self._items[key] = self._by_legend(item, self._item_cell(column, item))
        return cell

    def _by_legend(self, item: str, cell: Cell) -> Cell:
        """Leave the mention alone of a skill in a list whose figure a legend may turn round."""
        has_level = any(piece.level for piece in cell.evidence)
        if self.scale.is_ours or not has_level or not A_FIGURE.search(item):
            return cell
        problem = f"{short(item)}: the legend is not used in lists, so it counts as a mention"
        return cell._replace(evidence=tuple(piece._replace(level=None) for piece in cell.evidence), problem=problem)

    def _item_cell(self, column: Column, item: str) -> Cell:
        skill, said = self.reader.item(item)
        if skill is None:
            return Cell(unknown=(short(item),))
        if why := unclaimed(said):
            return Cell(problem=f"{short(item)}: {why}")
        over = None if said.span else over_since(item)
        wrong = f"{said.problem}, so it counts as a mention" if said.problem and not over else None
        notes = "; ".join(f"{short(item)}: {note}" for note in (said.note, wrong) if note) or None
        piece = self._piece(column._replace(target=skill), "stated", said, short(item))
        return Cell((piece._replace(last_used=over),), notes)

    def _experience(self, row: int, cells: Sequence[Any]) -> tuple[Interval | None, tuple[Span, ...]]:
        """Return the months of work that a row states, or the time since when."""
        value = self._field(cells, "years_experience")
        if value is None:
            return None, ()
        if str(value).strip().casefold() in self.reader.words.unknown:
            self.passed_over(self._fields["years_experience"].place, value)
            return None, ()
        months = self._safely(None, months_of, value)
        since = None if months else self._safely(SILENT, self.reader.said, value).span
        if not (months or since):
            self.warn(row, self._fields["years_experience"].place, value, "not a number of years: taken as unknown")
        return months, (since,) if since else ()

    def warn_of_years(self, row: int, cells: Sequence[Any]) -> None:
        """Note that years of experience differ from those that another row gives the same person."""
        told = ("years_experience", *STATING)
        target, value = next((name, value) for name in told if (value := self._field(cells, name)) is not None)
        self.warn(row, self._fields[target].place, value, "another row gives other years: those count")

    def _seen_markers(self, row: int, cells: Sequence[Any]) -> dict[str, MarkerSeen]:
        markers = {}
        for column in self._markers:
            said = self._safely(Reading(problem=DEFECT), self.reader.words.read, cells[column.place])
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
        counted = self._silent_cells
        return [(column, counted[column.place]) for column in self.header.columns if column.place in counted]

    @property
    def silent(self) -> list[Column]:
        """Return the columns of levels in which nothing stood, in any row."""
        empty = {place for place, cache, _ in self._skills if not cache}
        return [column for column in self.header.columns if column.kind == "skill" and column.place in empty]


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


def _bound(method: Callable[[Column, Any], Cell], column: Column) -> Callable[[Any], Cell]:
    return lambda value: method(column, value)
