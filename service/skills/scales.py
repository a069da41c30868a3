"""Scales of ratings: between which figures somebody rated, and which of the two is the best."""

from __future__ import annotations

import re
from fractions import Fraction
from typing import NamedTuple

from service.core.policy import TOP
from service.core.rounding import nearest

MOST = 1000
"""The largest figure that a scale may end with."""

_WRITTEN = re.compile(r"(\d{1,4})\s*(?:-|–|—|to|\.\.|…)\s*(\d{1,4})")


class Scale(NamedTuple):
    """A scale from its `worst` figure to its `best`; 5 to 1 is one on which 1 is best.

    Levels are proportional to the best figure: on a scale to 10, 7 is level 3.5, whether it begins with 0 or 1. A scale
    that falls is read as its mirror image: of 5 to 1, 1 is level 5 and 5 is level 1.
    """

    worst: int
    best: int

    @property
    def lowest(self) -> int:
        """Return the smallest figure."""
        return min(self)

    @property
    def highest(self) -> int:
        """Return the largest figure."""
        return max(self)

    def level(self, figure: float | Fraction) -> int | None:
        """Return a figure as a level in tenths, rounded to the nearest (halves up); None if it is off the scale.

        0 is on every rising scale: it says that there is nothing.
        """
        rises = self.best > self.worst
        if not (0 if rises else self.lowest) <= figure <= self.highest:
            return None
        risen = figure if rises else self.worst + self.best - Fraction(str(figure))
        return nearest(risen, Fraction(TOP, self.highest))

    def __str__(self) -> str:
        return f"{self.worst}-{self.best}"


FIVE = Scale(0, 5)
TEN = Scale(0, 10)
PERCENT = Scale(0, 100)
SHARES = Scale(0, 1)
"""Shares such as 0.85, as spreadsheets store a percentage."""


PLAIN_TOPS = (5, 10, 20, 100)
"""Tops of scales that rise wherever they begin: on one from 1 to 4 or 1 to 6, 1 may be the best."""


def is_plain(scale: Scale) -> bool:
    """Return whether a written scale leaves no doubt which end is the best: `0-10` and `1-5` do not, `1-4` does."""
    return scale.worst > scale.best or scale.worst == 0 or scale.best in PLAIN_TOPS


def scale_of(text: str) -> Scale | None:
    """Return the scale that a text such as "0-10" writes; None if it writes none."""
    found = _WRITTEN.fullmatch(text.strip())
    if found is None:
        return None
    scale = Scale(int(found[1]), int(found[2]))
    return scale if scale.worst != scale.best and scale.highest <= MOST else None
