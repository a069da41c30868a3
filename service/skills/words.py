"""What people write for a level or for years of use, to integers: numbers, words, percent, ticks and years."""

from __future__ import annotations

import re
from collections.abc import Hashable, Mapping
from dataclasses import dataclass
from functools import lru_cache
from typing import NamedTuple

from service.core.policy import TOP
from service.core.time import Interval

NUMBER = re.compile(r"^([+-]?\d+(?:[.,]\d+)?)\s*(%?)$")
RANGE = re.compile(r"^(\d(?:[.,]\d)?)\s*(?:-|–|to)\s*(\d(?:[.,]\d)?)$")
UNIT = re.compile(r"[a-z]")
FRACTION = re.compile(r"^(\d+(?:[.,]\d+)?)\s*(?:/|out of|of)\s*(5|10|100)$")
YEARS = re.compile(
    r"^[>~]?\s*(\d+(?:[.,]\d+)?)(?:\s*(?:-|–|to)\s*(\d+(?:[.,]\d+)?))?\s*\+?\s*"
    r"(years?|yrs?|y|months?|mos?|m)\.?(?:\s+(?:of\s+)?(?:experience|exp\.?|use))?$"
)
MOST_YEARS = 70
"""More years of work than this are a slip of the keyboard."""


class Reading(NamedTuple):
    """What was read: a level in tenths, months of use, or a bare yes. `problem` says why nothing could be read."""

    level: Interval | None = None
    months: Interval | None = None
    mention: bool = False
    problem: str | None = None


SILENT = Reading()
"""Nothing was said: blank, "n/a", "?"."""

ABSENT = Reading(level=(0, 0))
"""Known not to be there."""

UNREADABLE = "not a level (0 to 5), a word such as 'advanced', yes or no, or years"


@dataclass(frozen=True)
class Words:
    """How levels are written: words with their level in tenths, and the words for yes, no and unknown.

    `names` holds the name and the meaning of each whole level, for legends.
    """

    levels: Mapping[str, int]
    yes: frozenset[str]
    no: frozenset[str]
    unknown: frozenset[str]
    names: Mapping[int, tuple[str, str]]

    def read(self, value: object, best: int = 5) -> Reading:
        """Read what stands in a cell or field for one skill; a plain number is on a scale from 0 to `best`."""
        if value is None:
            return SILENT
        if isinstance(value, bool):
            return Reading(mention=True) if value else ABSENT
        if isinstance(value, int | float):
            return _level(value, best)
        text = " ".join(str(value).split()).casefold()
        return self._word(text) or _figure(text, best) or Reading(problem=UNREADABLE)

    def _word(self, text: str) -> Reading | None:
        """Read a word: for unknown, yes, no, an error of the spreadsheet, or a level."""
        if text in self.unknown:
            return SILENT
        if text.startswith("#"):
            return Reading(problem="an error of the spreadsheet")
        if text in self.yes:
            return Reading(mention=True)
        if text in self.no:
            return ABSENT
        level = self.levels.get(text)
        return None if level is None else Reading(level=(level, level))


def _figure(text: str, best: int) -> Reading | None:
    """Read a number, a percentage, a fraction or a time of use; None where the text is none of them."""
    if found := NUMBER.match(text):
        return _level(_number(found[1]), 100 if found[2] else best)
    if found := RANGE.match(text):
        return _between(*(_level(_number(end), best) for end in found.groups()))
    if found := FRACTION.match(text):
        return _level(_number(found[1]), int(found[2]))
    months = months_of(text) if UNIT.search(text) else None
    return Reading(months=months) if months else None


def _between(low: Reading, high: Reading) -> Reading:
    """Return a level known to lie between two."""
    if not low.level or not high.level:
        return low if low.problem else high
    level = (low.level[0], high.level[1])
    return Reading(level=level) if level[0] <= level[1] else Reading(problem="a range that falls")


def _number(text: str) -> float:
    return float(text.replace(",", "."))


def _level(value: float, best: int) -> Reading:
    """Return a figure on a scale from 0 as a level in tenths, rounded to the nearest (halves up)."""
    if not 0 <= value <= best:
        return Reading(problem=f"outside the scale from 0 to {best}{' %' if best == 100 else ''}")  # noqa: PLR2004
    tenths = int(value * TOP / best + 0.5)
    return Reading(level=(tenths, tenths))


@lru_cache(maxsize=4096, typed=True)
def months_of(value: Hashable) -> Interval | None:
    """Return a time of work or use in months, as an interval; a plain number is years; else None."""
    if isinstance(value, bool) or value is None:
        return None
    text = " ".join(str(value).split()).casefold()
    found = YEARS.match(text if UNIT.search(text.replace(" to ", "")) else f"{text} years")
    if found is None:
        return None
    first, second, unit = found.groups()
    per_unit = 1 if unit.startswith("m") else 12
    low = int(_number(first) * per_unit + 0.5)
    high = int(_number(second) * per_unit + 0.5) if second else low
    return (low, high) if low <= high <= MOST_YEARS * 12 else None
