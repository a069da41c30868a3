"""Readers for sheets that are not a row for each person: people across, and a row for each skill of a person."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from typing import Any

from service.core.policy import Evidence, Origin
from service.core.time import Interval
from service.intake.candidate import Candidate
from service.intake.dates import end_of
from service.intake.draft import over_since, short
from service.intake.tables.header_rows import ACROSS, PAIRS
from service.intake.tables.headers import Column, letters, place_of
from service.intake.tables.rows import NOT_A_SKILL, NOTHING, Cell, Rejected, SheetReader, Who
from service.skills.words import SILENT


class AcrossReader(SheetReader):
    """Reads a sheet that was turned, and says of everything where it stood before."""

    def warn(self, row: int, place: int, value: object, detail: str) -> None:
        """Note that a value could not be read, by its own row and column."""
        super().warn(place + 1, row - 1, value, detail)

    def rejected(self, number: int, cells: list[Any], errors: list[dict[str, Any]]) -> Rejected:
        """Return a column that is not read, and why."""
        row = self._place_of_identity + 1
        upright = [{**error, "row": row, "column": letters(number - 1)} for error in errors]
        return super().rejected(number, cells, upright)._replace(row=row)

    def candidate(self, number: int, cells: list[Any], who: Who) -> Candidate:
        """Read what a column says of the one it is about."""
        candidate = super().candidate(number, cells, who)
        profile = candidate.profile
        evidence = tuple(self._upright_piece(piece, number) for piece in profile.evidence)
        titles = tuple(self._upright_piece(title, number) for title in profile.titles)
        markers = {id_: self._upright_piece(seen, number) for id_, seen in profile.markers.items()}
        row = self._place_of_identity + 1
        return replace(candidate, profile=replace(profile, evidence=evidence, markers=markers, titles=titles, row=row))

    def spot(self, number: int) -> str:
        """Return in words where somebody stands."""
        return f"column {letters(number - 1)}"

    def _in_file(self, row: int, place: int) -> tuple[int, int]:
        return place + 1, row

    def _upright_piece(self, piece: Any, number: int) -> Any:
        """Return evidence, a marker or a title with the column of the person and the row of the skill."""
        origin = Origin(None, self.sheet, place_of(piece.where) + 1)
        return piece._replace(where=letters(number - 1), origin=origin)


class PairsReader(SheetReader):
    """Reads rows that say one thing each: a person, a skill, and what is known of it."""

    def __post_init__(self) -> None:
        super().__post_init__()
        self._skills = [entry for entry in self._skills if entry[0] != self._fields["skills"].place]

    def _evidence(self, row: int, cells: Sequence[Any]) -> tuple[Evidence, ...]:
        """Return what a row says of its skill: its level, its years, or that it is there."""
        name = self._field(cells, "skills")
        others = super()._evidence(row, cells)
        if name is None:
            return others
        if str(name).strip().casefold() in self.reader.words.unknown:
            self.passed_over(self._fields["skills"].place, name)
            return others
        skill, own = self.reader.item(str(name))
        column = self._fields["skills"]
        if skill is None:
            self.warn(row, column.place, name, f"{NOT_A_SKILL}: {short(name)}")
            self.unknown_skills[short(name)] += 1
            return others
        if note := own.note or own.problem:
            self.warn(row, column.place, name, note)
        dated = self._last_used(row, cells)
        said = [self._level(row, cells, skill, str(name)), self._years(row, cells, skill, str(name))]
        pieces = [piece._replace(last_used=dated or piece.last_used) for piece in said if piece]
        if not pieces and not self._is_open(cells):
            mention = self._piece(column._replace(target=skill), "stated", own, short(name))
            pieces = [mention._replace(last_used=dated or over_since(str(name)))]
        return (*pieces, *others)

    def _level(self, row: int, cells: Sequence[Any], skill: str, name: str) -> Evidence | None:
        column, value = self._fields.get("skill_level"), self._field(cells, "skill_level")
        if column is None or value is None:
            return None
        found = self._level_cell(column._replace(target=skill, header=name), value)
        return self._warned(row, column, value, found)

    def _years(self, row: int, cells: Sequence[Any], skill: str, name: str) -> Evidence | None:
        column, value = self._fields.get("skill_years"), self._field(cells, "skill_years")
        if column is None or value is None:
            return None
        found = self._years_cell(column._replace(target=skill, header=f"{name} years"), value)
        return self._warned(row, column, value, found)

    def _warned(self, row: int, column: Column, value: Any, found: Cell) -> Evidence | None:
        if found.problem:
            self.warn(row, column.place, value, found.problem)
        if found is NOTHING:
            self.passed_over(column.place, value)
        return found.evidence[0] if found.evidence else None

    def _last_used(self, row: int, cells: Sequence[Any]) -> Interval | None:
        value = self._field(cells, "skill_last_used")
        if value is None:
            return None
        if self.reader.words.read(value) == SILENT:
            self.passed_over(self._fields["skill_last_used"].place, value)
            return None
        found = end_of(value)
        if found is None:
            self.warn(
                row, self._fields["skill_last_used"].place, value, "not a date that can be read: taken as unknown"
            )
        return found

    def _is_open(self, cells: Sequence[Any]) -> bool:
        """Tell whether the row gives a level or years, and these say nothing: "n/a", "?", or nothing we can read."""
        return any(self._field(cells, name) is not None for name in ("skill_level", "skill_years"))


READERS = {ACROSS: AcrossReader, PAIRS: PairsReader}
"""The reader for a layout; others are read by SheetReader."""
