"""What an import tells beside its counts: whom it changed, and who is likely there twice."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from service.intake.candidate import Candidate
from service.store.records import Saved
from service.store.work import Work
from service.usecases import House, duplicates
from service.usecases.candidates import changed

MOST_LISTED = 1000
"""Candidates changed, and likely duplicates, that a report lists; those beyond are counted."""


class News:
    """Collects what became of candidates, chunk by chunk. In a dry run what is new has no id to be found by.

    `bringing` is the import that the candidates come with, where they are hidden still.
    """

    def __init__(self, house: House, *, dry_run: bool, bringing: str = "") -> None:
        self._house, self._dry_run, self._bringing = house, dry_run, bringing
        self._changed: list[dict[str, Any]] = []
        self._likely: list[dict[str, Any]] = []
        self._changed_total = self._likely_total = 0
        self._told: set[frozenset[str]] = set()
        self._unkept: set[str] = set()

    def add(self, work: Work, candidates: Sequence[Candidate], saved: Sequence[Saved]) -> None:
        """Take in what became of a chunk of candidates."""
        if self._dry_run:
            self._unkept |= {one.id for one in saved if one.outcome == "created"}
        likely = duplicates.likely(work, {one.id for one in saved}, self._bringing)
        for place, one in enumerate(saved):  # few are looked at, and some have to be read for it
            if one.outcome == "updated":
                self._add_changed(candidates[place], one)
            if found := self._news_of(one.id, likely.pop(one.id, [])):
                self._add_likely(candidates[place], one, found)

    def report(self) -> dict[str, Any]:
        """Return what was collected."""
        return {
            "changed": self._changed,
            "changed_total": self._changed_total,
            "likely_duplicates": self._likely,
            "likely_duplicates_total": self._likely_total,
        }

    def _add_changed(self, candidate: Candidate, saved: Saved) -> None:
        self._changed_total += 1
        if len(self._changed) < MOST_LISTED:
            self._changed.append({**self._line(candidate, saved), "changes": changed(candidate, saved, self._house)})

    def _add_likely(self, candidate: Candidate, saved: Saved, found: list[dict[str, Any]]) -> None:
        self._likely_total += 1
        if len(self._likely) < MOST_LISTED:
            others = [{**other, "id": self._id(other["id"])} for other in found]
            self._likely.append({**self._line(candidate, saved), "likely_duplicates": others})

    def _news_of(self, id_: str, found: list[dict[str, Any]]) -> list[dict[str, Any]]:
        """Return those of whom the other way round was not told yet."""
        news = [other for other in found if frozenset((id_, other["id"])) not in self._told]
        self._told |= {frozenset((id_, other["id"])) for other in news}
        return news

    def _line(self, candidate: Candidate, saved: Saved) -> dict[str, Any]:
        profile = candidate.profile
        return {"sheet": profile.sheet, "row": profile.row, "id": self._id(saved.id), **candidate.label}

    def _id(self, id_: str) -> str | None:
        return None if id_ in self._unkept else id_


def without_people(report: dict[str, Any]) -> dict[str, Any]:
    """Return a report to keep: it outlives those whom it names, so the lists go and their totals stay."""
    return {**report, "changed": [], "likely_duplicates": []}
