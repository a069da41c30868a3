"""The sheets of a file, looked through once: header, shape, what stands in the columns, and rows about no candidate."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field
from itertools import chain, islice
from typing import Any, Protocol

from service.intake.draft import Reader
from service.intake.tables import legends
from service.intake.tables.answers import Answers
from service.intake.tables.header_rows import TRANSPOSED, Header, Row, labels_of, turned, understood
from service.intake.tables.headers import letters
from service.intake.tables.profiles import TableProfile, is_blank, number_in
from service.intake.tables.row_kinds import A_LEGEND, RowKind, RowSorter

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


class Note(Protocol):
    """What a sheet holds in addition to values."""

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
class Looking:
    """Looks through the rows of a sheet, once its header is found. `say` takes notices."""

    reader: Reader
    answers: Answers
    say: Callable[[str], None]

    def through(self, page: Page, rest: Iterator[Row]) -> None:
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
        sorter = RowSorter(page.header, self.answers.rows, page.turned or page.top, self.reader)
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
            self.say(f"{len(whole) - len(rows)} rows below row {MOST_LABELS} were not read: people stand across.")
        page.header = header._replace(columns=labels_of(rows, header.row - 1, self.reader, self.answers.columns))
        page.turned = list(turned(rows))
        for number, cells in page.turned:
            if number < header.row and any(not is_blank(cell) for cell in cells):
                self.say(f"Column {letters(number - 1)} was not read: it stands before the labels.")


def _late_legend(cells: Sequence[Any]) -> list[legends.Said]:
    """Return what a row far down explains, where it is a legend."""
    filled = sum(not is_blank(cell) for cell in cells)
    return legends.of_row(cells) if 0 < filled <= FEW else []


def _pairs_below(top: Sequence[Row], header: Header) -> frozenset[int]:
    """Return the rows below the people that hold a small number and a text, and nothing else: a legend by lines."""
    names = [column.place for column in header.columns if column.target == "name"]
    if len(understood(header.columns)) < FEW - 1 or not names:
        return frozenset()
    place = names[0]
    below = [(number, cells) for number, cells in top if number > header.row and place < len(cells)]
    numbered = [(number, cells) for number, cells in below if _is_small(cells[place])]
    pairs = [number for number, cells in numbered if _is_pair([cell for cell in cells if not is_blank(cell)])]
    return frozenset(pairs) if len(pairs) > 1 and len(numbered) == len(pairs) else frozenset()


def _is_pair(filled: Sequence[Any]) -> bool:
    """Tell whether a row holds a small number and a text."""
    is_two = len(filled) == FEW // 2
    return is_two and _is_small(filled[0]) and filled[1].__class__ is str and number_in(filled[1]) is None


def _is_small(value: Any) -> bool:
    number = number_in(value)
    return number is not None and 0 <= number <= 10 and number.is_integer()  # noqa: PLR2004 - of a legend


def _legend_in(top: Sequence[Row], header: Header) -> tuple[list[tuple[int, legends.Said]], frozenset[int]]:
    """Return what a sheet's legend says, each with its row, and the rows that are legend and nothing else."""
    said: list[tuple[int, legends.Said]] = []
    passed: set[int] = set()
    announced = False
    known = {column.place for column in understood(header.columns)}
    across = header.layout == TRANSPOSED
    first = min((column.place + 1 for column in header.columns), default=1) if across else header.first
    pairs = _pairs_below(top, header) if not across else frozenset()
    looked = 0
    for number, cells in top:
        if not across and header.first <= number <= header.row:
            announced = False
            continue
        heading = legends.is_heading(cells)
        announced = heading or (announced and any(cell is not None for cell in cells))
        if (
            not announced
            and number not in pairs
            and not any(
                cell.__class__ is str and ("=" in cell or number < first or legends.NAMED_SO.match(cell))
                for cell in cells
            )
        ):
            continue
        looked += 1
        if looked > MOST_EXPLAINING:
            break
        told = legends.of_row(cells, by_pairs=announced or number < first or number in pairs)
        if told or heading:
            passed.add(number)
        elif not across:
            told = [entry for place, cell in enumerate(cells) if place not in known for entry in legends.entries(cell)]
        said += [(number, entry) for entry in told]
    return said, frozenset(passed)
