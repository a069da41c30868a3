"""The reader for sheets with one person in each column."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from typing import Any

from service.core.policy import Origin
from service.intake.candidate import Candidate
from service.intake.tables.header_rows import TRANSPOSED
from service.intake.tables.headers import letters, place_of
from service.intake.tables.rows import Rejected, RowReader, Who


class TransposedReader(RowReader):
    """Reads a sheet that was turned, and says of everything where it stood before."""

    def warn(self, row: int, place: int, value: object, detail: str) -> None:
        """Note that a value could not be read, by its own row and column."""
        super().warn(place + 1, row - 1, value, detail)

    def _place_of_warning(self, warning: Mapping[str, Any]) -> int:
        return int(warning["row"]) - 1

    def rejected(self, number: int, cells: list[Any], errors: list[dict[str, Any]]) -> Rejected:
        """Return a column that is not read, and why."""
        row = self._place_of_identity + 1
        upright = [{**error, "row": row, "column": letters(number - 1)} for error in errors]
        return super().rejected(number, cells, upright)._replace(row=row)

    def candidate(self, number: int, cells: list[Any], who: Who) -> Candidate:
        """Read what a column says of its person."""
        candidate = super().candidate(number, cells, who)
        profile = candidate.profile
        evidence = tuple(self._upright_piece(piece, number) for piece in profile.evidence)
        titles = tuple(self._upright_piece(title, number) for title in profile.titles)
        markers = {id_: self._upright_piece(seen, number) for id_, seen in profile.markers.items()}
        row = self._place_of_identity + 1
        return replace(candidate, profile=replace(profile, evidence=evidence, markers=markers, titles=titles, row=row))

    def spot(self, number: int) -> str:
        """Return in words where a person's data is."""
        return f"column {letters(number - 1)}"

    def _in_file(self, row: int, place: int) -> tuple[int, int]:
        return place + 1, row

    def _upright_piece(self, piece: Any, number: int) -> Any:
        """Return evidence, a marker or a title with the column of the person and the row of the skill."""
        origin = Origin(None, self.sheet, place_of(piece.where) + 1)
        return piece._replace(where=letters(number - 1), origin=origin)


READERS = {TRANSPOSED: TransposedReader}
"""The reader for a layout; others are read by RowReader."""
