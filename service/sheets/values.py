"""Values that only a spreadsheet has."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Percent:
    """A number in a cell formatted as percent: `share` is 0.85 where the cell shows 85%.

    It is not a number, and equals none: 100% is not the level 1.
    """

    share: float

    def __str__(self) -> str:
        """Write it as the cell shows it, without rounding: 85%, 0.5%."""
        return f"{self.share * 100:.12g}%"
