"""A sentence of a job description: which of the skills it names are asked for, how firmly, and at which level."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Iterator, Mapping, Sequence
from typing import NamedTuple

from service.intake import job_words as words
from service.intake.job_words import DENIED, MUST, NICE, PLAIN, SHOULD, STUDIED, Cue
from service.skills.durations import months_of
from service.skills.finder import Hit

_BRACKET = re.compile(r" ?\(([^()]{1,200})\)")
_PREDICATE = re.compile(r"\b(?:you|know|have|has|need|must|required?|write|use|bring|are)\b", re.IGNORECASE)
_CLAUSE_END = re.compile(
    r"(?:,|(?<![\s,]))\s+(?:(?P<and>and)\s+(?=[^\s,;.][^,;.]{0,59}?\b(?:is|are|would be)\b)|(?:but|while|aber)\s)|;",
    re.IGNORECASE,
)
_BEHIND = re.compile(r"\s?[(\[:–—-]\s?|\s-\s|\s(?:for|seit)\s|,\s", re.IGNORECASE)


class Asked(NamedTuple):
    """Skills of which any will do, with their places."""

    hits: tuple[Hit, ...]
    requirement: str
    level: int | None
    months: int | None


class Levels(NamedTuple):
    """Words of levels with their tenths, and what finds them before a skill."""

    tenths: Mapping[str, int]
    pattern: re.Pattern[str]


class Sentence:
    """One sentence with the skills it names, being asked what it says of them.

    `kind` is that of its section; `levels` finds words of levels and tells what they mean.
    """

    def __init__(
        self, text: str, kind: str, span: tuple[int, int], hits: Sequence[Hit], levels: Levels,
        implied: Mapping[str, frozenset[str]],
    ) -> None:  # fmt: skip
        self.text, self.kind, self.hits = text, kind, hits
        self.start, self.end = span
        self.implied = implied
        self._starts = [hit.start for hit in hits]
        self._cues = [self._aimed(cue) for cue in words.cues(text, *span)]
        self._ends = self._clause_ends()
        self._months: dict[int, int] = {}
        self._level: dict[int, int] = {}
        self.work: int | None = None
        self._read_times()
        self._read_levels(levels)

    @property
    def said(self) -> str:
        """Return the sentence."""
        return self.text[self.start : self.end]

    def asked(self) -> Iterator[Asked]:
        """Yield what is asked, and also what is denied, or named where nothing is asked."""
        firm = self._firm()
        for run in self._runs(firm):
            yield from self._of_run(run, firm[run[0]])

    # How firmly

    def _firm(self) -> list[str]:
        """Return for each skill how firmly it is asked."""
        default = (MUST if words.asks(self.said) else SHOULD) if self.kind == PLAIN else self.kind
        firm: list[str] = []
        for place, hit in enumerate(self.hits):
            linked_to = firm[-1] if place and words.is_listed(self._gap(place)) else None
            firm.append(self._asked(hit, linked_to) or default)
        return firm

    def _asked(self, hit: Hit, linked_to: str | None) -> str | None:
        """Return how firmly a skill is asked; None where nothing tells. What is denied holds for the list it begins."""
        before = self.text[self.start : hit.start]
        if words.is_studied(before):
            return STUDIED
        own = self._own(hit)
        if own != NICE and (words.denies(before) or (linked_to == DENIED and own is None)):
            return DENIED
        return own

    def _own(self, hit: Hit) -> str | None:
        """Return how firmly the words around a skill ask for it; those behind it count more than those ahead."""
        if (bracket := _BRACKET.match(self.text, hit.end, self.end)) and not self._names(*bracket.span()):
            within = [cue.kind for cue in self._cues if bracket.start() < cue.start < bracket.end()]
            if within:
                return _softest(within)
        first, last = self._clause(hit.start)
        inside = [cue for cue in self._cues if first <= cue.start < last]
        behind = [cue for cue in inside if cue.start >= hit.end and not cue.ahead]
        if behind:
            return _softest([cue.kind for cue in behind if not self._names(behind[0].end, cue.start)])
        ahead = [cue.kind for cue in inside if cue.end <= hit.start and cue.ahead]
        return ahead[-1] if ahead else None

    def _aimed(self, cue: Cue) -> Cue:
        """Return a cue, which looks ahead where no skill stands before it in its sentence."""
        return cue if cue.ahead or self._names(self.start, cue.start) else cue._replace(ahead=True)

    def _names(self, start: int, end: int) -> bool:
        """Tell whether a skill is named between two places."""
        return bisect_left(self._starts, end) > bisect_left(self._starts, start)

    def _clause(self, place: int) -> tuple[int, int]:
        """Return where the clause around a place begins and ends."""
        at = bisect_left(self._ends, place + 1)
        return self._ends[at - 1], self._ends[at]

    def _clause_ends(self) -> list[int]:
        """Return where clauses end that each say something of their own, with the sentence's start and end."""
        found = {self.start, self.end}
        stops = list(_CLAUSE_END.finditer(self.text, self.start, self.end))
        for place, stop in enumerate(stops):
            after = stops[place + 1].start() if place + 1 < len(stops) else self.end
            says_more = not stop["and"] or _PREDICATE.search(self.text, self.start, stop.start())
            if says_more and self._names(stop.end(), after):
                found.add(stop.end())
        for bracket in _BRACKET.finditer(self.text, self.start, self.end):
            if any(bracket.start() < cue.start < bracket.end() for cue in self._cues):
                found |= {bracket.start(1), bracket.end()}
        return sorted(found)

    # At which level

    def _read_times(self) -> None:
        """Give times to the skills they stand before or right behind; one of work in all is the sentence's."""
        for start, end, of_work in words.times(self.text, self.start, self.end):
            months = months_of(self.text[start:end].strip("'’"), bare=False)
            place = self._beside(start, end)
            if months and place is not None:
                self._months.setdefault(place, months[0])
            elif months and of_work:
                self.work = self.work or months[0]

    def _read_levels(self, levels: Levels) -> None:
        for found in levels.pattern.finditer(self.text, self.start, self.end):
            place = self._beside(*found.span())
            if place is not None:
                self._level.setdefault(place, levels.tenths[found[0].casefold()])

    def _beside(self, start: int, end: int) -> int | None:
        """Return the skill of which something is said: the next one, or the one it stands right behind."""
        at = bisect_left(self._starts, start)
        if self._is_inside(at, start, end):
            return None
        if at < len(self.hits) and words.is_filler(self.text[end : self.hits[at].start]):
            return at
        return at - 1 if at and _BEHIND.fullmatch(self.text[self.hits[at - 1].end : start]) else None

    def _is_inside(self, at: int, start: int, end: int) -> bool:
        """Tell whether a word belongs to the name of a skill: the `deep` of deep learning is no level."""
        return (at > 0 and start < self.hits[at - 1].end) or (at < len(self.hits) and end > self.hits[at].start)

    # Lists

    def _gap(self, place: int) -> str:
        return self.text[self.hits[place - 1].end : self.hits[place].start]

    def _runs(self, firm: Sequence[str]) -> Iterator[list[int]]:
        """Yield the skills that stand in one list, and are asked alike."""
        run: list[int] = []
        for place in range(len(self.hits)):
            if run and not (words.is_listed(self._gap(place)) and firm[place] == firm[place - 1]):
                yield run
                run = []
            run.append(place)
        if run:
            yield run

    def _of_run(self, run: Sequence[int], requirement: str) -> Iterator[Asked]:
        """Yield what a list asks: one thing where any of it will do, else each. A level said first holds for all."""
        level = next((self._level[place] for place in run if place in self._level), None)
        months = next((self._months[place] for place in run if place in self._months), None)
        gaps = [self._gap(place) for place in run[1:]]
        before = self.text[self.start : self.hits[run[0]].start]
        for places in self._choices(run, words.linked(gaps, before)):
            hits = tuple({self.hits[place].skill: self.hits[place] for place in reversed(places)}.values())[::-1]
            yield Asked(hits, requirement, level, months)

    def _choices(self, run: Sequence[int], parts: Sequence[words.Linked]) -> list[list[int]]:
        """Return the places in a list that are asked as one: those of a choice, with what they are examples of."""
        found: list[list[int]] = []
        for part in parts:
            places = [run[place] for place in part.places]
            if part.examples and found and self._are_examples(places, found[-1][-1]):
                found[-1] += places
            elif part.is_choice:
                found.append(places)
            else:
                found += [[place] for place in places]
        return found

    def _are_examples(self, places: Sequence[int], of: int) -> bool:
        return any(self.hits[of].skill in self.implied[self.hits[place].skill] for place in places)


def _softest(kinds: Sequence[str]) -> str:
    """Return what words behind a skill ask together: "not required, but a plus" is nice to have."""
    return NICE if NICE in kinds else kinds[0]
