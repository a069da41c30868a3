"""How a sheet is laid out: a row for each person, a column for each person, or a row for each skill of a person."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from typing import Any, NamedTuple

from service.errors import InvalidInput
from service.intake.draft import Reader
from service.intake.tables.answers import squeezed
from service.intake.tables.header_words import FIELDS
from service.intake.tables.headers import (
    BY_HEADER,
    IDENTITY,
    OF_A_SKILL,
    SETS_ASIDE,
    TEXTS,
    Column,
    as_told,
    folded,
    letters,
    understand,
)
from service.intake.tables.profiles import is_blank, number_in

HEADER_WITHIN = 60
"""Rows from the top in which the header is looked for."""

LABELS_WITHIN = 3
"""Columns from the left in which the labels of a sheet with people across are looked for."""

LEAST_SKILLS = 2
"""Skills that a column of labels names at least."""

MOSTLY = 0.8
"""The share of cells that hold one skill and no list, in a table with a row for each."""

WHO = IDENTITY | {"email"}
"""Fields that say who a row is about; an e-mail address does where there is nothing else."""

ROWS, LONG, TRANSPOSED = "rows", "pairs", "across"

SEVERAL = frozenset({"skills", *TEXTS})
"""Fields that may have several columns."""

NOT_PEOPLE = frozenset((
    "average", "mean", "median", "total", "sum", "count", "max", "min", "category", "group", "area", "required",
    "target", "owner", "gap", "priority", "minimum", "maximum", "avg", "weight", "weighting",
    "importance", "description", "durchschnitt", "mittelwert", "summe", "kategorie",
    "gewicht", "moyenne", "categorie", "poids", "promedio", "media", "categoria", "peso",
))  # fmt: skip
"""What stands over a column that is no person's, folded."""

Row = tuple[int, list[Any]]
"""A row's number, as Excel counts, and its cells."""


class Header(NamedTuple):
    """The header found: its row as Excel counts, its columns in order, and the layout below it.

    With people across, it is as if the sheet were turned: a `row` is a column, and a column's `place` a row.
    """

    row: int
    columns: tuple[Column, ...]
    layout: str = ROWS
    rows: int = 1

    @property
    def first(self) -> int:
        """Return the number of its first row: a header may have two."""
        return self.row - self.rows + 1


def find_header(top: Sequence[Row], reader: Reader, mapping: Mapping[str, str] | None = None) -> Header | None:
    """Return the header of a sheet that starts with these rows; None where nothing will do.

    A header names a candidate (by name or id) and at least one other column that is understood; of several, it is
    the row of which most is understood, the uppermost of equals. `mapping` tells what headers, or letters of columns,
    mean.
    """
    top = top[:HEADER_WITHIN]
    best = _best_row(top, reader, mapping or {})
    if best and _is_pairs(best, top, reader):
        best = _with_levels(best, top, reader)
        return best._replace(columns=_of_pairs(best.columns), layout=LONG)
    across = _across(top, best, reader, mapping or {})
    if across or best is None:
        return across
    return best._replace(
        columns=tuple(_unknown(c) if c.target in OF_A_SKILL and not c.number else c for c in best.columns)
    )


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


def columns_of(
    cells: Sequence[Any],
    reader: Reader,
    mapping: Mapping[str, str],
    name: Callable[[int], str] = letters,
    over: Sequence[str] = (),
) -> tuple[Column, ...]:
    """Understand every header that is not blank; of two columns for the same field, the first is it.

    `name` gives what a mapping may call a column, by its place, and `over` the headers of the row above.
    """
    columns: list[Column] = []
    taken: set[tuple[str, int]] = set()
    for place, cell in enumerate(cells):
        if cell is None or not str(cell).strip():
            continue
        column = _column(place, cell, reader, mapping, name(place), over[place] if place < len(over) else "")
        key = (column.target, column.number)
        if column.kind == "field" and key in taken and column.target not in SEVERAL:
            column = _unknown(column)
        taken.add(key)
        columns.append(column)
    return _of_one_table(columns)


def _of_one_table(columns: Sequence[Column]) -> tuple[Column, ...]:
    """Return the columns of the first table of a row that heads two, side by side; those of the other are not read."""
    names = [column for column in columns if column.kind == "field" and column.target in WHO]
    places = {column.place for column in columns}
    heads = {folded(column.header) for column in names}
    second = next(
        (c.place for c in columns if c.kind == "unknown" and folded(c.header) in heads and c.place - 1 not in places),
        None,
    )
    if second is None:
        return tuple(columns)
    return tuple(column if column.place < second else _unknown(column) for column in columns)


def _column(place: int, cell: Any, reader: Reader, mapping: Mapping[str, str], name: str, over: str) -> Column:
    """Understand one header; where the header above it says what it means, it is called by both."""
    text = squeezed(cell)
    both = f"{over} / {text}"
    told = mapping.get(both) or mapping.get(text) or mapping.get(name)
    if told:
        return as_told(place, both if both in mapping else cell, told, reader)
    plain = understand(place, cell, reader)
    if over and (column := understand(place, cell, reader, over=over))[2:] != plain[2:]:
        return column._replace(header=both)
    return plain


def _unknown(column: Column) -> Column:
    return column._replace(kind="unknown", target="")


def understood(columns: Iterable[Column]) -> list[Column]:
    """Return the columns that are read."""
    return [column for column in columns if column.kind not in ("unknown", "aside")]


def _meanings(columns: Iterable[Column]) -> set[tuple[Any, ...]]:
    return {(column.kind, column.target, column.rater, column.number) for column in understood(columns)}


def _best_row(top: Sequence[Row], reader: Reader, mapping: Mapping[str, str]) -> Header | None:
    best: Header | None = None
    most = 1
    for heading in _headings(top):
        if heading.over and best and best.row < heading.number - 1:
            continue
        columns = columns_of(heading.cells, reader, mapping, over=heading.over)
        if heading.over and best and not _identity(best.columns) <= _identity(columns):
            continue
        names = [column for column in columns if column.kind == "field" and column.target in WHO]
        known = len(_meanings(columns)) if names and not _holds_a_name(heading, names, reader) else 0
        if known > most or (best and known == most and _parts(heading, best, columns)):
            best, most = Header(heading.number, columns, rows=2 if heading.over else 1), known
    return best or _with_an_empty_corner(top, reader, mapping)


def _with_an_empty_corner(top: Sequence[Row], reader: Reader, mapping: Mapping[str, str]) -> Header | None:
    """Return the header of a matrix whose column of names has none: texts that differ stand there."""
    for at, (number, cells) in enumerate(top):
        columns = columns_of(cells, reader, mapping)
        skills = _meanings(column for column in columns if column.kind == "skill")
        if len(skills) < LEAST_SKILLS or any(column.target in WHO for column in columns):
            continue
        place = min(column.place for column in columns) - 1
        below = [row[place] for _, row in top[at + 1 :] if 0 <= place < len(row) and not is_blank(row[place])]
        if below and all(map(_is_text, below)) and 5 * len({*map(str, below)}) > 4 * len(below):
            return Header(number, (Column(place, "", "field", "name"), *columns))
    return None


def _holds_a_name(heading: _Heading, names: Iterable[Column], reader: Reader) -> bool:
    """Tell whether the lower of two rows says who it is about, and so is no header."""
    lower = [column.place for column in names if column.place in heading.lower]
    return any(understand(place, heading.cells[place], reader).target not in WHO for place in lower)


def _parts(heading: _Heading, best: Header, columns: Sequence[Column]) -> bool:
    """Tell whether a header of two rows says more than its upper row alone: the lower names skills and no person."""
    if not heading.over or best.row != heading.number - 1:
        return False
    lower = [column for column in understood(columns) if column.place in heading.lower]
    return bool(lower)


def _identity(columns: Iterable[Column]) -> set[tuple[int, str]]:
    return {(column.place, column.target) for column in columns if column.target in WHO}


class _Heading(NamedTuple):
    """What may be a header: its row's number, its cells, and the texts that stand over them."""

    number: int
    cells: Sequence[Any]
    over: Sequence[str] = ()
    lower: frozenset[int] = frozenset()


def _headings(top: Sequence[Row]) -> Iterator[_Heading]:
    """Yield what may be a header: each row, and each with the row above it where that stands over several."""
    for place, (number, cells) in enumerate(top):
        yield _Heading(number, cells)
        above = top[place - 1] if place else None
        if above and above[0] == number - 1 and _stands_over(above[1], cells):
            upper = list(_side_by_side(above[1], cells))
            lower = frozenset(at for at, (_, low) in enumerate(upper) if _is_text(low))
            yield _Heading(number, [low if _is_text(low) else high for high, low in upper], list(_spread(upper)), lower)


def _stands_over(upper: Sequence[Any], lower: Sequence[Any]) -> bool:
    """Tell whether two rows may be a header of two: each holds texts, and the lower nothing else."""
    return any(map(_is_text, upper)) and any(map(_is_text, lower)) and all(is_blank(c) or _is_text(c) for c in lower)


def _spread(pairs: Iterable[tuple[Any, Any]]) -> Iterator[str]:
    """Yield the text over each lower cell: that of a merged cell stands over those to its right too."""
    over = ""
    for upper, lower in pairs:
        over = squeezed(upper) if _is_text(upper) else over if _is_text(lower) else ""
        yield over if _is_text(lower) else ""


def _side_by_side(upper: Sequence[Any], lower: Sequence[Any]) -> Iterator[tuple[Any, Any]]:
    width = max(len(upper), len(lower))
    return zip([*upper, *[None] * (width - len(upper))], [*lower, *[None] * (width - len(lower))], strict=True)


def _is_text(cell: Any) -> bool:
    return isinstance(cell, str) and bool(cell.strip()) and number_in(cell) is None


# A row for each skill of a person.


def _is_pairs(header: Header, top: Sequence[Row], reader: Reader) -> bool:
    """Tell whether each row holds one skill, and says so by a column for its level, or by naming people again."""
    skills = [column for column in header.columns if column.target == "skills"]
    if len(skills) != 1 or skills[0].number:
        return False
    listed = [cells[skills[0].place] for _, cells in _below(header, top) if len(cells) > skills[0].place]
    listed = [str(cell) for cell in listed if cell is not None]
    single = sum(len(reader.vocabulary.split(cell)) == 1 for cell in listed)
    if single < MOSTLY * len(listed):
        return False
    return any(column.target in OF_A_SKILL for column in header.columns) or _repeats(header, top)


def _with_levels(header: Header, top: Sequence[Row], reader: Reader) -> Header:
    """Return a table of pairs in which a column headed `Note` or `Value` holds the levels, where no other does."""
    if any(column.target == "skill_level" for column in header.columns):
        return header
    for column in header.columns:
        if column.kind == "unknown" or column.target in TEXTS:
            values = [cells[column.place] for _, cells in _below(header, top) if column.place < len(cells)]
            values = [value for value in values if value is not None]
            rated = sum(is_sign(value) or not reader.said(value).problem for value in values)
            if values and rated >= MOSTLY * len(values):
                level = column._replace(kind="field", target="skill_level")
                return header._replace(columns=tuple(level if one is column else one for one in header.columns))
    return header


def _below(header: Header, top: Sequence[Row]) -> list[Row]:
    return [(number, cells) for number, cells in top if number > header.row]


def _repeats(header: Header, top: Sequence[Row]) -> bool:
    """Tell whether one person is named in two rows."""
    places = [column.place for column in header.columns if column.target in WHO]
    seen: set[tuple[Any, ...]] = set()
    for _, cells in _below(header, top):
        who = tuple(cells[place] if place < len(cells) else None for place in places)
        if any(part is not None for part in who) and who in seen:
            return True
        seen.add(who)
    return False


def _of_pairs(columns: Iterable[Column]) -> tuple[Column, ...]:
    """Return the columns of a table of pairs: its years are those of the skill, unless they are called total."""
    taken = {column.target for column in columns if column.target != "years_experience"}
    told = []
    for column in columns:
        target = _years_of_what(column)
        is_new = target and target not in taken
        told.append(column._replace(kind="field", target=target) if is_new else _unknown(column) if target else column)
        taken.add(target or column.target)
    of_skill = ("skills", *OF_A_SKILL)
    return tuple(column._replace(number=1) if column.target in of_skill else column for column in told)


def _years_of_what(column: Column) -> str | None:
    """Return what a column of years is about, None where it is none."""
    plain = folded(column.header)
    if column.target != "years_experience" and (column.target or BY_HEADER.get(plain) != "years_experience"):
        return None
    return "years_experience" if "tot" in plain else "skill_years"


# People across.


def _across(top: Sequence[Row], best: Header | None, reader: Reader, mapping: Mapping[str, str]) -> Header | None:
    """Return the header of a sheet with skills down and people across, where that is plainer than a row of headers."""
    identity = [column.place for column in best.columns if column.target in WHO] if best else []
    known = len(_meanings(best.columns)) if best else 0
    for place in range(LABELS_WITHIN):
        if identity and place not in identity:
            continue
        columns = labels_of(top, place, reader, mapping)
        skills = [column for column in columns if column.kind in ("skill", "years")]
        # Ids such as C-2101 and C-2102 all name one skill: what counts is how many differ.
        plainer = len(_meanings(skills)) >= LEAST_SKILLS and len(_meanings(columns)) > known
        if plainer and _people_over(top, place, columns) and _levels_beside(top, place, skills, reader):
            return Header(place + 1, columns, TRANSPOSED)
    return None


def labels_of(rows: Sequence[Row], place: int, reader: Reader, mapping: Mapping[str, str]) -> tuple[Column, ...]:
    """Understand the labels in a column as the headers of a turned sheet; the row of names is found where unnamed."""
    cells: list[Any] = [None] * (rows[-1][0] if rows else 0)
    for number, row in rows:
        cells[number - 1] = row[place] if place < len(row) else None
    columns = columns_of(cells, reader, mapping, lambda row: str(row + 1))
    if any(column.target in IDENTITY - {"external_id"} for column in columns):
        return columns
    skills = [column.place for column in columns if column.kind in ("skill", "years")]
    fields = {column.place for column in columns if column.kind == "field" and column.target != "skills"}
    over = [
        row
        for row in rows
        if skills and row[0] <= skills[0] and row[0] - 1 not in fields and any(map(_is_text, row[1][place + 1 :]))
    ]
    if not over:
        return columns
    number, row = over[-1]
    named = Column(number - 1, str(row[place] or "").strip(), "field", "name")
    return tuple(sorted([named, *(column for column in columns if column.place != named.place)]))


def _people_over(rows: Sequence[Row], place: int, columns: Iterable[Column]) -> bool:
    """Tell whether people stand side by side in the row of names."""
    names = [column.place + 1 for column in columns if column.target in WHO and column.target != "external_id"]
    names = names or [column.place + 1 for column in columns if column.target == "external_id"]
    for number, cells in rows:
        if number in names:
            filled = [cell for cell in cells[place + 1 :] if cell is not None]
            people = [cell for cell in filled if is_person(cell)]
            others = sum(str(cell).casefold() in NOT_PEOPLE or folded(str(cell)) in NOT_PEOPLE for cell in filled)
            return bool(people) and 2 * len(people) >= len(filled) - others
    return False


def _levels_beside(rows: Sequence[Row], place: int, skills: Iterable[Column], reader: Reader) -> bool:
    """Tell whether the cells next to the skills are mostly levels, signs or letters."""
    numbers = {column.place + 1 for column in skills}
    others = [cell for number, cells in rows if number in numbers for cell in cells[place + 1 :] if cell is not None]
    levels = sum(is_sign(cell) or not reader.said(cell).problem for cell in others)
    # Words of one's own for levels stand there again and again; other texts differ from cell to cell.
    return 2 * levels >= len(others) or 3 * len({str(cell) for cell in others}) <= len(others)


def is_sign(cell: Any) -> bool:
    """Tell whether a cell holds a letter, a number (with a label or without), or signs such as ++ and ●●○."""
    text = str(cell).strip()
    return len(text) == 1 or text[:1].isdigit() or not any(map(str.isalpha, text))


def is_person(cell: Any) -> bool:
    """Tell whether what stands over a column may be a person: no word for a column of another kind."""
    plain = folded(str(cell))
    return bool(plain) and plain not in BY_HEADER and plain not in SETS_ASIDE and plain not in NOT_PEOPLE


def turned(rows: Sequence[Row]) -> Iterator[Row]:
    """Yield the columns of a sheet as rows; a column's number is its place from 1."""
    height = rows[-1][0] if rows else 0
    width = max((len(cells) for _, cells in rows), default=0)
    by_number = dict(rows)
    for place in range(width):
        yield place + 1, [_at(by_number.get(number), place) for number in range(1, height + 1)]


def _at(cells: Sequence[Any] | None, place: int) -> Any:
    return cells[place] if cells and place < len(cells) else None
