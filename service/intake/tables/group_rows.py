"""Rows of several tables, or several rows of one, put together by the person they are about."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, field, replace
from functools import partial
from typing import Any, NamedTuple

from service.core.policy import Origin
from service.core.profile import MarkerSeen, Profile, TitleSeen
from service.intake.candidate import Candidate
from service.intake.tables.header_rows import LONG, Row
from service.intake.tables.headers import IDENTITY
from service.intake.tables.rows import Rejected, RowReader, Who

JOINED_BY = ("external_id", "email", "name")
"""What tables may have in common, the surest first."""

IN_WORDS = {"external_id": "id", "email": "e-mail", "name": "name"}


class Table(NamedTuple):
    """A table of a file: its reader, and its rows."""

    reader: RowReader
    rows: Iterable[Row]

    @property
    def name(self) -> str:
        """Return the name of its sheet."""
        return self.reader.sheet

    @property
    def is_long(self) -> bool:
        """Tell whether a person has many rows in it."""
        return self.reader.header.layout == LONG

    @property
    def keys(self) -> tuple[str, ...]:
        """Return what it tells people apart by, the surest first."""
        targets = {column.target for column in self.reader.header.columns if column.kind == "field"}
        has = targets | ({"name"} if targets & (IDENTITY - {"external_id"}) else set())
        return tuple(key for key in JOINED_BY if key in has)


class Part(NamedTuple):
    """A row of a person."""

    table: Table
    number: int
    cells: list[Any]
    who: Who


@dataclass
class People:
    """The people met so far, each with the rows about them."""

    say: Callable[[str], None]
    parts: list[list[Part]] = field(default_factory=list)
    rejected: list[Rejected] = field(default_factory=list)
    by: dict[str, dict[Any, list[int]]] = field(default_factory=lambda: defaultdict(lambda: defaultdict(list)))

    def gather(self, tables: Sequence[Table]) -> None:
        """Take in all tables: the one of people first, then what the others say of them."""
        main = max(tables, key=lambda table: (table.reader.header.layout != LONG, _said_of_people(table)))
        self._main(main)
        for table in tables:
            if table is not main:
                self._join(table, main)

    def candidates(self) -> Iterator[Candidate | Rejected]:
        """Yield a candidate for each person, after the rows that were rejected."""
        yield from self.rejected
        for parts in self.parts:
            first = parts[0]
            read = partial(_together, parts)
            yield first.table.reader.whole_or_rejected(first.number, first.cells, read)

    def _main(self, table: Table) -> None:
        for part in self._parts_of(table):
            key = ("pairs", part.who.external_id or (_key(part.who.name), _key(part.who.email)))
            known = self.by["rows"].get(key) if table.is_long else None
            if known:
                self.parts[known[0]].append(part)
            elif errors := [] if table.is_long else table.reader.twice(part.number, part.who.external_id):
                self.rejected.append(table.reader.rejected(part.number, part.cells, errors))
            else:
                self.by["rows"][key].append(len(self.parts))
                self._add(part)

    def _add(self, part: Part) -> None:
        for name in JOINED_BY:
            if (key := _key(getattr(part.who, name))) is not None:
                self.by[name][key].append(len(self.parts))
        self.parts.append([part])

    def _parts_of(self, table: Table) -> Iterator[Part]:
        """Yield the rows of a table that are about a person; in a table of pairs a name holds for the rows below it."""
        above: Part | None = None
        filled_in = 0
        for number, cells in table.rows:
            who = table.reader.who(number, cells)
            if isinstance(who, Rejected) and table.is_long and above and above.number == number - 1:
                above = Part(table, number, cells, above.who)
                filled_in += 1
                yield above
            elif isinstance(who, Rejected):
                self.rejected.append(who)
            elif who:
                above = Part(table, number, cells, who)
                yield above
        if filled_in:
            self.say(f"{_in(table)}{filled_in} rows without a name were read as the person's above them.")

    def _join(self, table: Table, main: Table) -> None:
        """Add what a table says to the people it names; a person not met before is new."""
        by = next((key for key in table.keys if key in main.keys), None)
        if by is None:
            self.say(
                f"The sheet {table.name!r} was not read: it has neither an id, an e-mail nor a name in common with the "
                f"sheet {main.name!r}."
            )
            return
        parts = list(self._parts_of(table))
        times = Counter() if table.is_long else Counter(_key(getattr(part.who, by)) for part in parts)
        met = len(self.parts)
        joined = {place for part in parts if (place := self._place(part, by, times)) is not None}
        old, new = sum(place < met for place in joined), len(self.parts) - met
        alone = f", {new} stand there only" if new else ""
        self.say(f"The sheet {table.name!r} was joined to {main.name!r} by {IN_WORDS[by]}: {old} found{alone}.")

    def _place(self, part: Part, by: str, times: Counter[Any]) -> int | None:
        """Put a row to its person and return the person's place; None if it may be another's."""
        key = _key(getattr(part.who, by))
        found = self.by[by].get(key, []) if key is not None else []
        if len(found) > 1 or (key is not None and times[key] > 1):
            self.rejected.append(_ambiguous(part, by, [self.parts[place][0] for place in found]))
            return None
        if not found:
            self._add(part)
            return len(self.parts) - 1
        self.parts[found[0]].append(part)
        return found[0]


def _together(parts: Sequence[Part]) -> Candidate:
    return together([part.table.reader.candidate(part.number, part.cells, part.who) for part in parts], parts)


def _in(table: Table) -> str:
    return f"In the sheet {table.name!r}, " if table.name else ""


def _said_of_people(table: Table) -> int:
    """Count the columns that are of a person and not of a skill."""
    return sum(column.kind == "field" and column.target != "skills" for column in table.reader.header.columns)


def _key(value: str | None) -> str | None:
    return " ".join(value.casefold().split()) or None if value else None


def _ambiguous(part: Part, by: str, found: Sequence[Part]) -> Rejected:
    word, value = IN_WORDS[by], getattr(part.who, by)
    places = [f"{other.table.reader.spot(other.number)} of the sheet {other.table.name!r}" for other in found]
    where = f"in {' and '.join(places)}" if len(places) > 1 else "more than once"
    detail = f"The {word} {value!r} stands {where}: whose row this is cannot be told. Give both sheets a column of ids."
    column = next((c.letter for c in part.table.reader.header.columns if c.target in (by, "first_name")), "")
    error = {"row": part.number, "column": column, "code": f"ambiguous_{word.replace('-', '')}", "detail": detail}
    return part.table.reader.rejected(part.number, part.cells, [error])


def together(read: Sequence[Candidate], parts: Sequence[Part]) -> Candidate:
    """Return one candidate of all that was read of them; what stands elsewhere says where."""
    first, *others = read
    if not others:
        return first
    profile = first.profile
    months = [(part, one.profile.months) for part, one in zip(parts, read, strict=True) if one.profile.months]
    for part, other in months:
        if other != months[0][1]:
            part.table.reader.warn_of_years(part.number, part.cells)
    whole = Profile(
        evidence=tuple(piece for one in read for piece in _placed(one.profile.evidence, one, profile)),
        months=months[0][1] if months else None,
        jobs=next((one.profile.jobs for one in read if one.profile.jobs), ()),
        markers=_markers(read, profile),
        titles=_titles(read, profile),
        sheet=profile.sheet,
        row=profile.row,
    )
    return replace(
        first,
        external_id=next((one.external_id for one in read if one.external_id), None),
        name=next((one.name for one in read if one.name), None),
        profile=whole,
        contact=_united(one.contact for one in read),
        extra=_united(one.extra for one in read),
    )


def _placed(seen: Iterable[Any], one: Candidate, first: Profile) -> Iterator[Any]:
    """Yield what was read of a part, each saying where unless that is where the candidate was."""
    here = (one.profile.sheet, one.profile.row)
    origin = None if here == (first.sheet, first.row) else Origin(None, *here)
    return (piece if piece.origin or origin is None else piece._replace(origin=origin) for piece in seen)


def _titles(read: Iterable[Candidate], first: Profile) -> tuple[TitleSeen, ...]:
    """Return the titles of all parts; one that every row repeats is one."""
    titles: dict[str, TitleSeen] = {}
    for one in read:
        for title in _placed(one.profile.titles, one, first):
            titles.setdefault(title.title, title)
    return tuple(titles.values())


def _markers(read: Sequence[Candidate], first: Profile) -> dict[str, MarkerSeen]:
    """Return the markers of all parts; of one read twice, the first counts."""
    markers: dict[str, MarkerSeen] = {}
    for one in reversed(read):
        markers |= zip(one.profile.markers, _placed(one.profile.markers.values(), one, first), strict=True)
    return markers


def _united(mappings: Iterable[Any]) -> dict[str, Any]:
    """Return all that is kept aside; of a name that says several things, each is kept once."""
    several: dict[str, list[Any]] = {}
    for mapping in mappings:
        for name, value in mapping.items():
            if value not in several.setdefault(name, []):
                several[name].append(value)
    return {name: values[0] if len(values) == 1 else "; ".join(map(str, values)) for name, values in several.items()}
