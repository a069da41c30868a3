"""What stands in the columns of a table: each distinct value with how often it stands there."""

from __future__ import annotations

import datetime as dt
import re
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from functools import cached_property
from itertools import zip_longest
from typing import Any

from service.sheets.values import Percent

MOST_DISTINCT = 20_000
"""Distinct values of a column that are counted; of a column with more, only numbers are looked at from there on."""

A_NUMBER = re.compile(r"[+-]?\d{1,9}(?:[.,]\d{1,6})?")
A_DAY = re.compile(
    r"\d{1,2}[-/. ](?:jan|feb|mar|mär|apr|may|mai|jun|jul|aug|sep|oct|okt|nov|dec|dez)[a-z]{0,6}\.?(?:[-/. ]\d{2,4})?"
    r"|\d{4}-\d{1,2}-\d{1,2}(?:[ T]\d{1,2}:\d{2}(?::\d{2})?)?|\d{1,2}[/.]\d{1,2}[/.]\d{2,4}",
    re.IGNORECASE,
)
"""A day as spreadsheets write it into text: 5-Mar, 05-Mar-26, 2026-05-03, 3/5/2026."""


def distinct(value: Any) -> Any:
    """Return what tells a value from others: True and 1 are equal, and mean different things."""
    return value if value.__class__ is not bool else repr(value)


def number_in(value: Any) -> float | None:
    """Return the number that a cell holds, written as a number or as text; None if it holds anything else."""
    if value.__class__ is int or value.__class__ is float:
        return float(value)
    if value.__class__ is not str:
        return None
    text = value.strip()
    return float(text.replace(",", ".")) if A_NUMBER.fullmatch(text) else None


def is_blank(cell: Any) -> bool:
    """Tell whether nothing stands in a cell."""
    return cell is None or (cell.__class__ is str and not cell.strip())


def is_day(value: Any) -> bool:
    """Tell whether a cell holds a date, or text that a spreadsheet wrote for one."""
    return isinstance(value, dt.date) or (value.__class__ is str and A_DAY.fullmatch(value.strip()) is not None)


@dataclass
class ColumnProfile:
    """The distinct values of a column with their counts, blanks left out."""

    counts: Counter[Any] = field(default_factory=Counter)
    is_cut: bool = False
    _more: Counter[float] = field(default_factory=Counter)

    def add(self, values: Sequence[Any]) -> None:
        """Count further values."""
        self.__dict__.pop("numbers", None)
        if bool in set(map(type, values)):
            values = [distinct(value) for value in values]
        if self.is_cut:
            self._add_numbers(values)
            return
        self.counts.update(values)
        self.counts.pop(None, None)
        self.is_cut = len(self.counts) > MOST_DISTINCT

    def _add_numbers(self, values: Iterable[Any]) -> None:
        found = [number for value in values if (number := number_in(value)) is not None]
        if found and len(self._more) <= MOST_DISTINCT:
            self._more.update(found)
        elif found:  # the ends are what a scale is told by
            self._more.update((min(found), max(found)))

    @property
    def filled(self) -> int:
        """Return how many cells hold something that was counted."""
        return self.counts.total() + self._more.total()

    @cached_property
    def numbers(self) -> Counter[float]:
        """Return the numbers in the column with their counts."""
        found: Counter[float] = Counter(self._more)
        for value, count in self.counts.items():
            if (number := number_in(value)) is not None:
                found[number] += count
        return found

    @property
    def percents(self) -> int:
        """Return how many cells are formatted as a percentage."""
        return sum(count for value, count in self.counts.items() if value.__class__ is Percent)

    @property
    def days(self) -> int:
        """Return how many cells hold a date."""
        return sum(count for value, count in self.counts.items() if is_day(value))

    def texts(self) -> Iterator[tuple[str, int]]:
        """Yield the texts that are no number, the most frequent first, with their counts."""
        for value, count in self.counts.most_common():
            if value.__class__ is str and value.strip() and number_in(value) is None:
                yield value, count


class TableProfile:
    """The columns of a table by their places."""

    def __init__(self) -> None:
        self._columns: dict[int, ColumnProfile] = {}
        self.rows = 0

    def __getitem__(self, place: int) -> ColumnProfile:
        return self._columns.setdefault(place, ColumnProfile())

    def add(self, rows: Sequence[Sequence[Any]]) -> None:
        """Count the cells of further rows."""
        self.rows += len(rows)
        for place, values in enumerate(zip_longest(*rows)):
            self[place].add(values)

    def places(self) -> list[int]:
        """Return the places of the columns in which something stands."""
        return sorted(place for place, column in self._columns.items() if column.filled)
