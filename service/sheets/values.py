"""Values that only a spreadsheet has."""

from __future__ import annotations


class Percent:
    """A number in a cell formatted as percent: `share` is 0.85 where the cell shows 85%.

    It is not a number, and equals none: 100% is not the level 1. It is no dataclass, since orjson writes one as an
    object: in JSON it is its text, as a date is.
    """

    __slots__ = ("share",)

    def __init__(self, share: float) -> None:
        self.share = float(share)

    def __eq__(self, other: object) -> bool:
        return isinstance(other, Percent) and self.share == other.share

    def __hash__(self) -> int:
        return hash((Percent, self.share))

    def __repr__(self) -> str:
        return f"Percent({self.share})"

    def __str__(self) -> str:
        """Write it as the cell shows it, without rounding: 85%, 0.5%."""
        return f"{self.share * 100:.12g}%"
