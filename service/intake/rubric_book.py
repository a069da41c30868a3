"""A workbook of rubrics, as `reports/rubrics.py` writes it and people edit it, back to documents.

The sheets Roles, Criteria and Markers say all of it; the sheet Matrix says the requirements once more, since that is
what most people change. Of the two that counts which is otherwise than in the rubric that the workbook was made from.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, NamedTuple

from service.core.rubric import REQUIREMENTS, SENIORITIES
from service.errors import InvalidInput
from service.intake.tables.book import Sheet
from service.intake.tables.headers import letters
from service.schemas.bounds import NodeCounter
from service.schemas.faults import Path
from service.skills.expressions import parsed

ROLES = {
    "Role": ("role",),
    "Title": ("title",),
    "Version": ("version",),
    "Summary": ("summary",),
    "Mid from years": ("bands", "mid"),
    "Senior from years": ("bands", "senior"),
    "Provenance": ("provenance",),
}
CRITERIA = {
    "Role": ("role",),
    "Criterion": ("id",),
    "Title": ("title",),
    "Requirement": ("requirement",),
    "Weight": ("weight",),
    "Junior": ("required", "junior"),
    "Mid": ("required", "mid"),
    "Senior": ("required", "senior"),
    "Gate level": ("gate",),
    "Skills that count": ("skills",),
    "What it is for": ("responsibility",),
    "Question": ("question",),
    "Advice": ("advice",),
    "Provenance": ("provenance",),
}
MARKERS = {
    "Role": ("role",),
    "Seniority": ("seniority",),
    "Marker": ("id",),
    "Text": ("text",),
    "Signs": ("signs",),
    "Provenance": ("provenance",),
}
"""Which column holds which field of a document."""

SHEETS = {"roles": ROLES, "criteria": CRITERIA, "markers": MARKERS}
CRITERION, SKILL = "Criterion", "Skill"
NOT_ASKED = ("", "–", "-")
MOST_ROWS = 5_000

Documents = dict[str, dict[str, Any]]
Resolve = Callable[[str], str | None]


class Place(NamedTuple):
    """Where something stands in a workbook."""

    sheet: str
    row: int
    column: str | None = None


class Line(NamedTuple):
    """A row below a header: its number, and its values by the header's words, empty ones left out."""

    number: int
    values: dict[str, Any]


class Table(NamedTuple):
    """A sheet: its name, its columns' letters by header, its lines, and the number of the header's row."""

    name: str
    columns: dict[str, str]
    lines: list[Line]
    head: int


@dataclass
class Reading:
    """What was read so far: documents by role, where each part of them stands, and what is wrong."""

    resolve: Resolve
    documents: Documents = field(default_factory=dict)
    places: dict[tuple[str, Path], tuple[Table, int]] = field(default_factory=dict)
    errors: list[dict[str, Any]] = field(default_factory=list)

    def wrong(self, table: Table, row: int, header: str | None, detail: str) -> None:
        """Note a mistake."""
        place = Place(table.name, row, table.columns.get(header or ""))
        told = {name: value for name, value in place._asdict().items() if value is not None}
        self.errors.append({**told, "code": "invalid", "detail": detail})

    def where(self, role: str, path: Path) -> dict[str, Any]:
        """Return where a part of a role's document stands: sheet, row, and column where it has one."""
        for length in range(len(path), -1, -1):
            if found := self.places.get((role, path[:length])):
                table, row = found
                fields = SHEETS[table.name.lower()]
                rest = path[length:]
                header = next((name for name, steps in fields.items() if rest and steps[: len(rest)] == rest), "")
                column = {"column": table.columns[header]} if header in table.columns else {}
                return {"sheet": table.name, "row": row, **column}
        return {}


def documents(sheets: Iterator[Sheet], base: Mapping[str, Mapping[str, Any]], resolve: Resolve) -> Reading:
    """Return the rubrics of a workbook as documents. `base` holds those that are in force, by role.

    Raise InvalidInput with every mistake that can be seen here; schemas see the rest. Raise RubricsTooLarge where the
    sheets hold too much.
    """
    counter = NodeCounter()
    tables = {table.name.lower(): table for table in (_table(sheet, counter) for sheet in sheets)}
    reading = Reading(resolve)
    for name in SHEETS:
        if name not in tables:
            detail = f"The sheet {name.capitalize()!r} is missing. Edit a workbook that was downloaded here."
            reading.errors.append({"sheet": name.capitalize(), "code": "missing", "detail": detail})
    if not reading.errors:
        _roles(tables["roles"], reading)
        _criteria(tables["criteria"], reading)
        _markers(tables["markers"], reading)
        if "matrix" in tables:
            _matrix(tables["matrix"], reading, base)
            _without_the_removed(reading)
    if reading.errors:
        raise InvalidInput("The workbook cannot be used as it is.", reading.errors)
    return reading


def _table(sheet: Sheet, counter: NodeCounter) -> Table:
    """Return a sheet by its header, which is the first row with `Role` or `Criterion` in front."""
    columns: dict[str, str] = {}
    headers: list[str] = []
    lines: list[Line] = []
    head = 1
    for number, row in _rows(sheet, counter):
        if headers:
            values = {name: value for name, value in zip(headers, row, strict=False) if name and value is not None}
            if values:
                lines.append(Line(number, values))
        elif row and _text(row[0]) in ("Role", CRITERION):
            head, headers = number, [_text(value) for value in row]
            columns = {name: letters(place) for place, name in enumerate(headers) if name}
    return Table(sheet.name, columns, lines, head)


def _rows(sheet: Sheet, counter: NodeCounter) -> Iterator[tuple[int, Sequence[Any]]]:
    for first, rows in sheet.chunks():
        for place, row in enumerate(rows):
            if first + place > MOST_ROWS:
                raise InvalidInput(f"The sheet {sheet.name!r} has more than {MOST_ROWS} rows.")
            for value in row:
                if value is not None:
                    counter.add_cell(value)
            yield first + place, row


def _text(value: Any) -> str:
    return "" if value is None else str(value).strip()


def _number(value: Any) -> Any:
    """Return a number as a number, whole where it is; anything else as it is, for the schema to refuse."""
    try:
        number = float(value)
    except (TypeError, ValueError):
        return value
    return int(number) if number.is_integer() else number


NUMBERS = frozenset(
    {"Version", "Weight", "Mid from years", "Senior from years", "Junior", "Mid", "Senior", "Gate level"}
)


def _filled(line: Line, fields: Mapping[str, Path]) -> dict[str, Any]:
    """Return a document's part from a row."""
    part: dict[str, Any] = {}
    for header, (first, *inner) in fields.items():
        if header in line.values:
            found = line.values[header]
            value = _number(found) if header in NUMBERS else _text(found)
            if inner:
                part.setdefault(first, {})[inner[0]] = value
            else:
                part[first] = value
    return part


def _roles(table: Table, reading: Reading) -> None:
    for line in table.lines:
        part = _filled(line, ROLES)
        role = part.get("role", "")
        if role in reading.documents:
            reading.wrong(table, line.number, "Role", f"The role {role!r} is there twice.")
        empty = {"criteria": [], "markers": {}}
        reading.documents[role] = {**part, **empty, "bands": {"junior": 0, **part.get("bands", {})}}
        reading.places[role, ()] = table, line.number
    if not table.lines:
        reading.wrong(table, 1, None, "There is no role here.")


def _of_role(table: Table, line: Line, reading: Reading) -> dict[str, Any] | None:
    role = _text(line.values.get("Role"))
    if role not in reading.documents:
        reading.wrong(table, line.number, "Role", f"The sheet Roles has no role {role!r}.")
    return reading.documents.get(role)


def _criteria(table: Table, reading: Reading) -> None:
    for line in table.lines:
        document = _of_role(table, line, reading)
        if document is None:
            continue
        part = _filled(line, CRITERIA)
        role = part.pop("role")
        if "skills" in part:
            try:
                part["skills"] = parsed(part["skills"], reading.resolve)
            except ValueError as error:
                reading.wrong(table, line.number, "Skills that count", str(error))
        reading.places[role, ("criteria", len(document["criteria"]))] = table, line.number
        document["criteria"].append(part)


def _markers(table: Table, reading: Reading) -> None:
    for line in table.lines:
        document = _of_role(table, line, reading)
        if document is None:
            continue
        part = _filled(line, MARKERS)
        role, band = part.pop("role"), part.pop("seniority", "")
        if band not in SENIORITIES:
            detail = f"{band!r} is not a seniority. It is one of: {', '.join(SENIORITIES)}."
            reading.wrong(table, line.number, "Seniority", detail)
        part["signs"] = [sign.strip() for sign in part.get("signs", "").split("\n") if sign.strip()]
        of_band = document["markers"].setdefault(band, [])
        reading.places[role, ("markers", band, len(of_band))] = table, line.number
        of_band.append(part)


def _matrix(table: Table, reading: Reading, base: Mapping[str, Mapping[str, Any]]) -> None:
    """Lay what was changed in the matrix over the documents."""
    titled = {one.get("title", role): role for each in (base, reading.documents) for role, one in each.items()}
    asked = {role: _requirements(document) for role, document in base.items()}
    _of_nobody(table, reading, titled.keys() | titled.values())
    for line in table.lines:
        criterion = _text(line.values.get(CRITERION))
        for header in table.columns.keys() - {CRITERION, SKILL}:
            role = titled.get(header, header)
            if role not in reading.documents or role not in base:
                continue
            wanted = _text(line.values.get(header)).lower()
            wanted = "" if wanted in NOT_ASKED else wanted
            was = asked[role].get(criterion, "")
            if wanted == was:
                continue
            if wanted and wanted not in REQUIREMENTS:
                detail = f"{wanted!r} is no requirement. Write {', '.join(REQUIREMENTS)}, or – where it is not asked."
                reading.wrong(table, line.number, header, detail)
                continue
            if wanted and criterion not in asked[role] and not _copied(criterion, base):
                reading.wrong(
                    table, line.number, header, f"No role has the criterion {criterion!r}: add it to Criteria."
                )
                continue
            if not _laid_over(reading.documents[role], criterion, was, wanted, base):
                detail = (
                    f"The sheets Matrix and Criteria disagree on what {criterion!r} is: change it in one of the two."
                )
                reading.wrong(table, line.number, header, detail)


def _of_nobody(table: Table, reading: Reading, known: Collection[str]) -> None:
    """Note the columns that ask something of a role there is not; other columns are notes."""
    for header in table.columns.keys() - {CRITERION, SKILL} - set(known):
        if any(_text(line.values.get(header)).lower() in REQUIREMENTS for line in table.lines):
            reading.wrong(table, table.head, header, f"No role is called {header!r}: this column would change nothing.")


def _requirements(document: Mapping[str, Any]) -> dict[str, str]:
    return {one["id"]: one["requirement"] for one in document["criteria"]}


def _laid_over(
    document: dict[str, Any], criterion: str, was: str, wanted: str, base: Mapping[str, Mapping[str, Any]]
) -> bool:
    """Change the requirement of a criterion, add it or take it out; False where its own row says a third thing."""
    listed = document["criteria"]
    place = next((place for place, one in enumerate(listed) if one.get("id") == criterion), None)
    now = "" if place is None else listed[place].get("requirement", "")
    if now == wanted:
        return True
    if now != was:
        return False
    if place is None:
        listed.append({**_copied(criterion, base), "requirement": wanted, "provenance": "authored"})
        place = len(listed) - 1
    listed[place]["requirement"] = wanted
    if wanted != "must":
        listed[place].pop("gate", None)
    return True


def _without_the_removed(reading: Reading) -> None:
    """Take out the criteria that the matrix gave up, and keep in mind where the others stand."""
    for role, document in reading.documents.items():
        lines = [reading.places.pop((role, ("criteria", place)), None) for place in range(len(document["criteria"]))]
        kept = [(one, line) for one, line in zip(document["criteria"], lines, strict=True) if one.get("requirement")]
        document["criteria"] = [one for one, _ in kept]
        reading.places |= {(role, ("criteria", place)): line for place, (_, line) in enumerate(kept) if line}


def _copied(criterion: str, base: Mapping[str, Mapping[str, Any]]) -> dict[str, Any]:
    """Return a criterion as the first role that has it words it."""
    return next((dict(one) for document in base.values() for one in document["criteria"] if one["id"] == criterion), {})
