"""What one cell of a table says, by what its column means: a level, years of use, or a list of skills."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable
from typing import Any, NamedTuple

from service.core.policy import Evidence
from service.intake.dates import end_of
from service.intake.draft import DEFECT, MENTION, Reader, over_since, quoted, short, unclaimed
from service.intake.tables.decide import Settled
from service.intake.tables.headers import Column
from service.intake.tables.levels import A_RATING, OPEN, OPEN_CODE, of_day
from service.intake.tables.profiles import is_day, number_in
from service.skills.durations import months_of
from service.skills.scales import FIVE
from service.skills.words import SILENT, Reading

REMEMBERED = 10_000
"""Values of a column, and items of lists, that are kept with what they say: pools repeat few, and memory is bounded."""

NOT_A_SKILL = "not in the vocabulary, kept but not scored"
"""How the warning of a word begins that is no skill we know."""

A_FIGURE = re.compile(r"(?<!\w)\d(?![\w+])(?!\s*(?:\+\s*)?(?:years?|yrs?|months?|mos?)\b)")
STATED, RATED = "stated", "rated"


class Cell(NamedTuple):
    """What a cell says: evidence, what is wrong with it, and the names in it that are no skill we know.

    `is_open` tells whether a question to the sender is about it, `is_code` whether that asks what the value means.
    """

    evidence: tuple[Evidence, ...] = ()
    problem: str | None = None
    unknown: tuple[str, ...] = ()
    is_open: bool = False
    is_code: bool = False


NOTHING = Cell()
UNREAD = Cell(problem=DEFECT)
WAITING = Cell(is_open=True)
WAITING_CODE = Cell(is_open=True, is_code=True)

ReadCell = Callable[[Any], Cell]


class CellReader:
    """Reads cells of a table whose columns are settled; each distinct value of a column is read once."""

    def __init__(self, reader: Reader, settled: Settled) -> None:
        self._reader, self._settled = reader, settled
        self._items: dict[tuple[int, str], Cell] = {}

    def of(self, column: Column) -> ReadCell | None:
        """Return what reads the cells of a column as evidence; None if the column holds none."""
        if column.kind == "skill":
            return lambda value: self.level(column, value)
        if column.kind == "years":
            return lambda value: self.years(column, value)
        if column.kind == "last_used":
            return lambda value: self.last_used(column, value)
        if column.kind == "field" and column.target == "skills":
            return lambda value: self.skills(column, value)
        return None

    def level(self, column: Column, value: Any) -> Cell:
        """Read a rating."""
        said = self._settled.levels[column.place].read(value)
        if said.problem in (OPEN, OPEN_CODE):
            return WAITING if said.problem == OPEN else WAITING_CODE
        if said.problem and (over := over_since(str(value))):
            return Cell(self._pieces(column, STATED, MENTION, value, last_used=over))
        if said.problem:
            return Cell(problem=f"{said.problem}: taken as unknown")
        if not (said.level or said.months or said.span or said.mention):
            return NOTHING
        kind = RATED if said.level and column.rater != "self" else STATED
        return Cell(self._pieces(column, kind, said, value))

    def years(self, column: Column, value: Any) -> Cell:
        """Read years of use; a number waits where it is asked whether it is years or a rating."""
        if column.place in self._settled.open_scales and number_in(value) is not None:
            return WAITING
        if is_day(value):
            return Cell(problem=f"{of_day(value)}: taken as unknown")
        said = self._reader.said(value)
        if said == SILENT:
            return NOTHING
        used = Reading(months=months_of(value), span=said.span)
        if not (used.months or used.span):
            return Cell(problem="not a number of years: taken as unknown")
        return Cell(self._pieces(column, STATED, used, value))

    def last_used(self, column: Column, value: Any) -> Cell:
        """Read when a skill was used last."""
        if self._reader.words.read(value) == SILENT:
            return NOTHING
        when = end_of(value)
        if when is None:
            return Cell(problem="not a date that can be read: taken as unknown")
        return Cell(self._pieces(column, STATED, MENTION, value, last_used=when))

    def skills(self, column: Column, value: Any) -> Cell:
        """Read a list of skills."""
        if str(value).strip().casefold() in self._reader.words.unknown:
            return NOTHING
        items = [self._item(column, item) for item in self._reader.split(str(value))]
        unknown = tuple(name for item in items for name in item.unknown)
        problems = [item.problem for item in items if item.problem]
        if unknown:
            problems.append(f"{NOT_A_SKILL}: {', '.join(unknown)}")
        evidence = tuple(piece for item in items for piece in item.evidence)
        return Cell(evidence, "; ".join(problems) or None, unknown, any(item.is_open for item in items))

    def piece(self, column: Column, kind: str, said: Reading, quote: str, **more: Any) -> Evidence:
        """Return what a cell says of its column's skill as evidence."""
        last_used = more.get("last_used")
        return Evidence(column.target, kind, said.level, said.months, last_used, said.span, column.letter, quote)

    def _pieces(self, column: Column, kind: str, said: Reading, value: Any, **more: Any) -> tuple[Evidence, ...]:
        """Return evidence for each skill that the header names."""
        first = self.piece(column, kind, said, quoted(column.header, value), **more)
        return (first, *(first._replace(skill=skill) for skill in column.also))

    def _item(self, column: Column, item: str) -> Cell:
        """Read one item of a list, and but once: lists differ from row to row, and what they list repeats."""
        key = (column.place, item)
        if (cell := self._items.get(key)) is None:
            if len(self._items) >= REMEMBERED:
                self._items.clear()
            cell = self._items[key] = self._read_item(column, item)
        return cell

    def _read_item(self, column: Column, item: str) -> Cell:
        scale = self._settled.list_scales.get(column.place, FIVE)
        rating = A_RATING.search(item) if scale != FIVE else None
        if rating is None:
            return self._by_legend(item, self._plain_item(column, item))
        name = self._plain_item(column, item[: rating.start()])
        if scale is None:
            return name._replace(is_open=True)
        level = scale.level(float(rating[1].replace(",", ".")))
        if level is None:
            problem = f"{short(item)}: outside the scale from {scale.lowest} to {scale.highest}"
            return name._replace(problem=problem)
        pieces = tuple(piece._replace(level=(level, level), quote=short(item)) for piece in name.evidence)
        return name._replace(evidence=pieces)

    def _by_legend(self, item: str, cell: Cell) -> Cell:
        """Leave the mention alone of a skill in a list whose figure a legend may turn round."""
        has_level = any(piece.level for piece in cell.evidence)
        if self._settled.legend.is_ours or not has_level or not A_FIGURE.search(item):
            return cell
        problem = f"{short(item)}: the legend is not used in lists, so it counts as a mention"
        return cell._replace(evidence=_mentions(cell.evidence), problem=problem)

    def _plain_item(self, column: Column, item: str) -> Cell:
        skill, said = self._reader.item(item)
        if skill is None:
            return Cell(unknown=(short(item),))
        if why := unclaimed(said):
            return Cell(problem=f"{short(item)}: {why}")
        over = None if said.span else over_since(item)
        wrong = f"{said.problem}, so it counts as a mention" if said.problem and not over else None
        notes = "; ".join(f"{short(item)}: {note}" for note in (said.note, wrong) if note) or None
        piece = self.piece(column._replace(target=skill), STATED, said, short(item), last_used=over)
        return Cell((piece,), notes)


def _mentions(pieces: Iterable[Evidence]) -> tuple[Evidence, ...]:
    return tuple(piece._replace(level=None) for piece in pieces)
