"""How the ratings of a column are read: by the user's answers, the legend, the labels, and the scale of its numbers."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Any

from service.core.policy import TOP
from service.core.rounding import nearest
from service.intake.tables.labels import NONE as NO_LABELS
from service.intake.tables.labels import Labelled
from service.intake.tables.legends import OURS, Legend
from service.intake.tables.profiles import is_day, number_in
from service.sheets.values import Percent
from service.skills.names import folded
from service.skills.scales import FIVE, PERCENT, SHARES, Scale
from service.skills.words import Reading

BETWEEN = re.compile(r"\d[\d.,]*\s*(?:-|–|—|to|bis|a|à)\s*\d[\d.,]*", re.IGNORECASE)
"""Two numbers on one scale: 3-4."""

A_RATING = re.compile(r"(?:[(\[:=]|\s[-–—])\s*(\d{1,3}(?:[.,]\d)?)\s*[)\]]?$")
"""A plain number behind a name in a list: `Python (8)`, `Python: 8`; `Java 8` is a version."""

OPEN = "a question about it is open: taken as unknown until it is answered"
OPEN_CODE = "a question about what it means is open: taken as unknown until it is answered"
A_SHARE = (
    "between 0 and 1, as Excel keeps a percentage: taken as unknown. Put (%) in the header if it is one, or write a "
    "level from 0 to 5"
)
BESIDE_PERCENT = "a number without % in a column of percentages: taken as unknown"
NOT_A_SHARE = "a percentage below 0% or above 100%"


@dataclass(frozen=True)
class LevelReader:
    """Reads the values of one column of ratings.

    `scale` is None where it is not known: `why_unknown` then says why plain numbers are not read, and is OPEN where a
    question asks for the scale. `values` holds what a user said of values, and `labels` what the column's own labels
    mean, both by folded text. `reads_shares` tells whether a number such as 0.5 is a level, `is_own` whether the
    scale is the column's own, which goes before a legend, and `asked` holds the texts, folded, that are asked about.
    """

    plainly: Callable[..., Reading]
    scale: Scale | None = FIVE
    why_unknown: str = OPEN
    legend: Legend = OURS
    labels: Labelled = NO_LABELS
    values: Mapping[str, Reading] = field(default_factory=dict)
    reads_shares: bool = False
    is_own: bool = False
    asked: frozenset[str] = frozenset()

    def read(self, value: Any) -> Reading:  # noqa: PLR0911 - what comes first counts: the order is the rule
        """Read one value that is not blank."""
        if value.__class__ is Percent:
            return _of_share(value.share)
        text = " ".join(str(value).split())
        if text in self.values:
            return self.values[text]
        number = number_in(value) if value.__class__ is not bool else None
        if number is not None and self.is_own:
            return self._number(number)
        if (explained := self.legend.read(value)) is not None:
            return explained
        if folded(text) in self.asked:
            return Reading(problem=OPEN_CODE)
        if (labelled := self.labels.read(value)) is not None:
            return labelled
        if value.__class__ is bool:
            return self.plainly(value)
        if number is not None:
            return self._number(number)
        if is_day(value):
            return Reading(problem=of_day(value))
        return self._text(value)

    def _number(self, number: float) -> Reading:
        if self.scale is None:
            return Reading(problem=self.why_unknown)
        if 0 < number < 1 and self.scale != SHARES and not self.reads_shares and self.scale in (FIVE, PERCENT):
            return Reading(problem=A_SHARE)
        level = self.scale.level(number)
        if level is None:
            return Reading(problem=f"outside the scale from {self.scale.lowest} to {self.scale.highest}")
        return Reading(level=(level, level))

    def _text(self, value: Any) -> Reading:
        if BETWEEN.fullmatch(str(value).strip()):
            if self.scale is None:
                return Reading(problem=self.why_unknown)
            if self.scale.worst > self.scale.best or self.scale == SHARES:
                return Reading(problem="a range on a scale of its own")
            return self.plainly(value, self.scale.highest)
        return self.plainly(value)


def _of_share(share: float) -> Reading:
    if not 0 <= share <= 1:
        return Reading(problem=NOT_A_SHARE)
    level = nearest(share, TOP)
    return Reading(level=(level, level))


def of_day(value: Any) -> str:
    """Return what is wrong with a date where a level or a number of years belongs."""
    typed = f" of {value.month}/{value.day} or {value.day}/{value.month}" if isinstance(value, dt.date) else ""
    asked = f"did a spreadsheet make it{typed or ' of something like 3/5'}?"
    return f"a date: {asked} Format the column as text and type it again"
