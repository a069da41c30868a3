"""Rows of a spreadsheet to candidates: find the header, understand its columns, read row by row.

One bad cell costs a warning and leaves its value unknown; a row is rejected only when nobody can be made of it.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, NamedTuple

from service.core.policy import Evidence
from service.core.profile import MarkerSeen, Profile
from service.core.time import Interval
from service.errors import InvalidInput
from service.intake.candidate import Candidate
from service.intake.draft import Reader, quoted, short
from service.intake.headers import FIELDS, IDENTITY, Column, as_told, letters, understand
from service.skills.words import SILENT, months_of

HEADER_WITHIN = 60
"""Rows from the top in which the header is looked for."""

MOST_WARNINGS = 1000
"""Warnings listed in one report; those beyond are counted."""

REMEMBERED = 10_000
"""Values of a column, and items of lists, that are kept with what they say: pools repeat few, and memory is bounded."""

NOT_A_SKILL = "not in the vocabulary, kept but not scored"
"""How the warning of a word begins that is no skill we know."""

PERCENT = 100
A_SHARE = (
    "between 0 and 1, as Excel keeps a percentage: taken as unknown. Put (%) in the header if it is one, or write a "
    "level from 0 to 5"
)

EXAMPLE = "EXAMPLE"
"""The id of the template's example row, which is nobody."""

CONTACT = ("email", "headline", "notes")


class Header(NamedTuple):
    """The header found: its row as Excel counts, and its columns in order."""

    row: int
    columns: tuple[Column, ...]


class Rejected(NamedTuple):
    """A row that no candidate can be made of, with its cells as they stood."""

    row: int
    cells: list[Any]
    errors: list[dict[str, Any]]


def find_header(
    rows: Sequence[tuple[int, Sequence[Any]]], reader: Reader, mapping: Mapping[str, str] | None = None
) -> Header | None:
    """Return the row whose cells are best understood as a header, the uppermost of equals; None where none will do.

    A header names a candidate (by name or id) and at least one other column that is understood. `mapping` tells what
    headers, or letters of columns, mean.
    """
    best: tuple[int, Header] | None = None
    for number, cells in rows[:HEADER_WITHIN]:
        columns = _columns(cells, reader, mapping or {})
        understood = [column for column in columns if column.kind not in ("unknown", "aside")]
        names = any(column.target in IDENTITY for column in understood if column.kind == "field")
        if names and len(understood) > 1 and (best is None or len(understood) > best[0]):
            best = (len(understood), Header(number, columns))
    return best[1] if best else None


def no_header(sheets: Iterable[str]) -> InvalidInput:
    """Return the error for a file in which no header was found: what was looked for, and where."""
    names = ", ".join(f"{sheet!r}" for sheet in sheets if sheet)
    where = f"in the sheets {names}" if names else "in the file"
    return InvalidInput(
        f"No header row was found {where}. In the first {HEADER_WITHIN} rows a row was looked for with a column for "
        f"the name or id ({', '.join(FIELDS['name'][:3])}, {', '.join(FIELDS['external_id'][:2])} …) and at least one "
        "more that is understood: Skills, years of experience, or a skill such as Python or SQL. "
        "The template shows one that works.",
        code="no_header",
    )


def _columns(cells: Sequence[Any], reader: Reader, mapping: Mapping[str, str]) -> tuple[Column, ...]:
    """Understand every header that is not blank; of two columns for the same field, the first is it."""
    columns: list[Column] = []
    taken: set[str] = set()
    for place, cell in enumerate(cells):
        if cell is None or not str(cell).strip():
            continue
        told = mapping.get(" ".join(str(cell).split())) or mapping.get(letters(place))
        column = as_told(place, cell, told, reader) if told else understand(place, cell, reader)
        if column.kind == "field" and column.target in taken and column.target != "skills":
            column = column._replace(kind="unknown")
        taken.add(column.target)
        columns.append(column)
    return tuple(columns)


class Cell(NamedTuple):
    """What a cell says: evidence, what is wrong with it, and the names in it that are no skill we know."""

    evidence: tuple[Evidence, ...] = ()
    problem: str | None = None
    unknown: tuple[str, ...] = ()


NOTHING = Cell()


@dataclass
class SheetReader:
    """Reads the rows below a header. A value that was read in a column before is not read again: pools repeat.

    `notes` say what could not be read as a value, by row and column, both counted from 1.
    """

    header: Header
    reader: Reader
    sheet: str
    source: str
    notes: Mapping[tuple[int, int], str] = field(default_factory=dict)
    warnings: list[dict[str, Any]] = field(default_factory=list)
    warnings_total: int = 0
    unknown_skills: Counter[str] = field(default_factory=Counter)

    def __post_init__(self) -> None:
        self._fields = {c.target: c for c in reversed(self.header.columns) if c.kind == "field"}
        read = {"skill": self._level_cell, "years": self._years_cell}
        self._skills: list[tuple[int, dict[Any, Cell], Callable[[Any], Cell]]] = []
        for column in self.header.columns:
            if column.kind in read:
                self._skills.append((column.place, {}, _bound(read[column.kind], column)))
            elif column.kind == "field" and column.target == "skills":
                self._skills.append((column.place, {}, _bound(self._list_cell, column)))
        self._markers = [column for column in self.header.columns if column.kind == "marker"]
        self._extras = _named_apart([c for c in self.header.columns if c.kind in ("unknown", "aside")])
        self._understood = [column for column in self.header.columns if column.kind not in ("unknown", "aside")]
        self._width = max(column.place for column in self.header.columns) + 1
        self._items: dict[tuple[int, str], Cell] = {}
        self._seen: dict[str, int] = {}
        self._told: list[dict[str, Any]] = []
        self._unknown: list[str] = []

    def read(self, number: int, cells: list[Any]) -> Candidate | Rejected | None:
        """Read one row; None where it is blank, or the template's example."""
        filled = len(cells) - cells.count(None)
        if not filled:
            return None
        cells = [*cells, *[None] * (self._width - len(cells))]
        external_id, name = self._identity(cells)
        if external_id == EXAMPLE:
            self.warn(number, self._fields["external_id"].place, EXAMPLE, "the template's example row: not read")
            self._set_aside()
            return None
        errors = self._faults(number, external_id, name)
        if errors:
            return Rejected(number, cells, errors)
        if self.notes:
            self._note(number)
        if filled == 1:
            self.warn(number, self._place_of_identity, external_id or name, "a name and nothing else: is it a heading?")
        profile = Profile(
            evidence=self._evidence(number, cells),
            months=self._months(number, cells),
            markers=self._seen_markers(number, cells),
            sheet=self.sheet,
            row=number,
        )
        return Candidate(
            source=self.source,
            external_id=external_id,
            name=name,
            profile=profile,
            **self._set_aside(),
            contact={key: str(value) for key in CONTACT if (value := self._field(cells, key)) is not None},
            extra={name: value for place, name in self._extras if (value := cells[place]) is not None},
        )

    @property
    def _place_of_identity(self) -> int:
        return next(column.place for column in self.header.columns if column.target in IDENTITY)

    def warn(self, row: int, place: int, value: object, detail: str) -> None:
        """Note that a value could not be read; past the limit it is only counted."""
        self.warnings_total += 1
        warning = {"row": row, "column": letters(place), "value": short(value), "detail": detail}
        self._told.append({"sheet": self.sheet, **warning})
        if len(self.warnings) < MOST_WARNINGS:
            self.warnings.append(warning)

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
        if name is None:
            parts = [str(part).strip() for key in ("first_name", "last_name") if (part := self._field(cells, key))]
            name = " ".join(parts) or None
        return (
            None if external_id is None else str(external_id).strip()[:200],
            None if name is None else str(name).strip()[:500],
        )

    def _faults(self, row: int, external_id: str | None, name: str | None) -> list[dict[str, Any]]:
        """Return why no candidate can be made of a row."""
        if external_id is None and name is None:
            columns = ", ".join(sorted(c.letter for key, c in self._fields.items() if key in IDENTITY))
            return [
                {"row": row, "column": columns, "code": "nobody", "detail": "The row has neither a name nor an id."}
            ]
        if external_id is not None and self._seen.setdefault(external_id, row) != row:
            detail = f"The id {external_id!r} already stands in row {self._seen[external_id]}: ids must differ."
            return [{
                "row": row, "column": self._fields["external_id"].letter, "code": "duplicate_id", "detail": detail,
            }]  # fmt: skip
        return []

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
                said = cache[key] = read(value)
            pieces += said.evidence
            if said.problem:
                self.warn(row, place, value, said.problem)
                self.unknown_skills.update(said.unknown)
                self._unknown += said.unknown
        return tuple(pieces)

    def _note(self, row: int) -> None:
        """Warn of cells that look blank to the reader, but held an error or a formula without a value."""
        for column in self._understood:
            if found := self.notes.get((row, column.place + 1)):
                self.warn(row, column.place, found, "nothing can be read from this cell: taken as unknown")

    def _level_cell(self, column: Column, value: Any) -> Cell:
        if isinstance(value, float) and 0 < value < 1:
            if column.best != PERCENT:
                return Cell(problem=A_SHARE)
            value *= PERCENT
        said = self.reader.words.read(value, column.best)
        if said.problem:
            return Cell(problem=f"{said.problem}: taken as unknown")
        if not (said.level or said.months or said.mention):
            return NOTHING
        kind = "rated" if said.level else "stated"
        quote = quoted(column.header, value)
        return Cell((Evidence(column.target, kind, said.level, said.months, where=column.letter, quote=quote),))

    def _years_cell(self, column: Column, value: Any) -> Cell:
        if self.reader.words.read(value) == SILENT:
            return NOTHING
        months = months_of(value)
        if months is None:
            return Cell(problem="not a number of years: taken as unknown")
        quote = quoted(column.header, value)
        return Cell((Evidence(column.target, "stated", None, months, where=column.letter, quote=quote),))

    def _list_cell(self, column: Column, value: Any) -> Cell:
        """Read a cell that lists skills."""
        if str(value).strip().casefold() in self.reader.words.unknown:
            return NOTHING
        items = [self._item(column, item) for item in self.reader.vocabulary.split(str(value))]
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
            cell = self._items[key] = self._item_cell(column, item)
        return cell

    def _item_cell(self, column: Column, item: str) -> Cell:
        skill, said = self.reader.item(item)
        if skill is None:
            return Cell(unknown=(short(item),))
        problem = f"{short(item)}: {said.problem}, so it counts as a mention" if said.problem else None
        if not (said.level or said.months or said.mention):
            return Cell(problem=problem)
        evidence = Evidence(skill, "stated", said.level, said.months, where=column.letter, quote=short(item))
        return Cell((evidence,), problem)

    def _months(self, row: int, cells: Sequence[Any]) -> Interval | None:
        value = self._field(cells, "years_experience")
        if value is None or str(value).strip().casefold() in self.reader.words.unknown:
            return None
        months = months_of(value)
        if months is None:
            self.warn(row, self._fields["years_experience"].place, value, "not a number of years: taken as unknown")
        return months

    def _seen_markers(self, row: int, cells: Sequence[Any]) -> dict[str, MarkerSeen]:
        markers = {}
        for column in self._markers:
            said = self.reader.words.read(cells[column.place])
            if said.mention or said.level:
                met = said.mention or said.level != (0, 0)
                markers[column.target] = MarkerSeen(met, column.letter, self.reader.markers[column.target])
            elif said.problem:
                self.warn(row, column.place, cells[column.place], "not yes or no: taken as unknown")
        return markers

    def report_columns(self) -> list[dict[str, Any]]:
        """Return how each column was understood."""
        return [
            {"column": c.letter, "header": c.header, "understood_as": c.understood(self.reader)}
            for c in self.header.columns
        ]


def _named_apart(columns: Iterable[Column]) -> list[tuple[int, str]]:
    """Return the place and a name of each column; of two with one header, the second is named with its letters."""
    names: dict[str, int] = {}
    for column in columns:
        name = f"{column.header} ({column.letter})" if column.header in names else column.header
        names[name] = column.place
    return [(place, name) for name, place in names.items()]


def _bound(method: Callable[[Column, Any], Cell], column: Column) -> Callable[[Any], Cell]:
    return lambda value: method(column, value)


def buffered(
    chunks: Iterator[tuple[int, list[list[Any]]]],
) -> tuple[list[tuple[int, list[Any]]], Iterator[tuple[int, list[Any]]]]:
    """Return the first rows with their numbers, in which a header is looked for, and an iterator over all rows."""
    numbered = ((first + place, row) for first, rows in chunks for place, row in enumerate(rows))
    top: list[tuple[int, list[Any]]] = []
    for item in numbered:
        top.append(item)
        if len(top) >= HEADER_WITHIN:
            break
    return top, _chained(top, numbered)


def _chained(top: list[Any], rest: Iterator[Any]) -> Iterator[Any]:
    yield from top
    yield from rest
