"""A candidate in the making: names become skills here, and what is not understood is kept and said."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Any, NamedTuple

from service.core.policy import Evidence
from service.core.profile import MarkerSeen, Profile
from service.core.time import Interval, Span
from service.intake.candidate import Job
from service.skills.finder import Finder
from service.skills.signs import Signs
from service.skills.vocabulary import Vocabulary
from service.skills.words import Reading, Words

ITEMS = (
    re.compile(r"^(.+?)\s*[(\[]([^()\[\]]+)[)\]]$"),
    re.compile(r"^(.+?)\s*(?:[:=]|\s[-–—])\s*([^:=]+)$"),
    re.compile(r"^(.+?)\s+(\S+(?:\s+(?:years?|yrs?|months?))?)$", re.IGNORECASE),
)
"""A skill with something said of it: `Python (4)`, then `SQL: advanced` and `Go - 3 yrs`, then `Rust 2/5`."""

QUOTE = 120
"""Characters of what was read that are kept as a quote."""


MENTION = Reading(mention=True)


class Reader(NamedTuple):
    """What reading needs to know.

    The vocabulary, the words for levels, the markers there are (id to text), and what finds skills and markers in
    running text.
    """

    vocabulary: Vocabulary
    words: Words
    markers: Mapping[str, str]
    finder: Finder
    signs: Signs

    def item(self, text: str) -> tuple[str | None, Reading]:
        """Read one item of a list of skills: the skill's id (None where unknown), and what is said of it."""
        skill = self.vocabulary.resolve(text)
        if skill:
            return skill, MENTION
        for found in filter(None, (pattern.match(text.strip()) for pattern in ITEMS)):
            said, skill = self._said(found[2]), self.vocabulary.resolve(found[1])
            if skill and (not said.problem or found.re is ITEMS[0]):
                return skill, said
        return None, MENTION

    def _said(self, text: str) -> Reading:
        """Read what is said of a skill, in parts: `advanced, 5 yrs`. What cannot be read leaves the mention."""
        parts = [self.words.read(part) for part in text.split(",")]
        level = next((part.level for part in parts if part.level), None)
        months = next((part.months for part in parts if part.months), None)
        if level or months:
            return Reading(level, months)
        problem = next((part.problem for part in parts if part.problem), None)
        return Reading(mention=any(part.mention for part in parts) or bool(problem), problem=problem)


class Draft:
    """Collects the evidence of one candidate. `where` is a place in the source, `quote` what stands there."""

    def __init__(self, reader: Reader) -> None:
        self.reader = reader
        self.evidence: list[Evidence] = []
        self.jobs: list[Span] = []
        self.markers: dict[str, MarkerSeen] = {}
        self.remarks: list[dict[str, Any]] = []
        self.unknown: list[str] = []
        self.history: list[Job] = []

    def remark(self, where: str, value: object, detail: str) -> None:
        """Say that something could not be read, or was set aside, and why."""
        self.remarks.append({"pointer": where, "value": short(value), "detail": detail})

    def skill(
        self,
        name: str,
        kind: str,
        where: str,
        said: Reading | None = None,
        last_used: Interval | None = None,
        span: Span | None = None,
        quote: str | None = None,
    ) -> None:
        """Add what is said of a skill (default: what its name says too, as in "Python (4)").

        A name that the vocabulary does not know is kept as a remark, and a level that cannot be read leaves the
        mention.
        """
        skill, own = self.reader.item(name)
        said = said or own
        if skill is None:
            self.remark(where, name, "not in the vocabulary: kept, but not scored")
            self.unknown.append(short(name))
            return
        if said.problem:
            self.remark(where, name, f"level not read: {said.problem}")
        self.evidence.append(
            Evidence(skill, kind, said.level, said.months, last_used, span, where, quote or short(name))
        )

    def prose(self, text: str, kind: str, where: str, span: Span | None = None) -> None:
        """Add the skills and markers that a running text tells of, each with its place in it.

        `kind` is what a plain mention counts as; words of production beside a skill that is `used` make it
        `delivered`. What the text names without claiming it is a remark.
        """
        found = self.reader.finder.find(text)
        for skill in found.skills:
            at = (skill.start, skill.end)
            told = "delivered" if skill.delivered and kind == "used" else kind
            said = skill.said
            dated = span if kind == "used" else None
            self.evidence.append(
                Evidence(skill.skill, told, said.level, said.months, None, dated, where, skill.quote, at)
            )
        for ignored in found.ignored:
            self.remark(where, ignored.word, ignored.why)
        for sign in self.reader.signs.find(text):
            seen = MarkerSeen(met=True, where=where, quote=sign.quote, at=(sign.start, sign.end))
            self.markers.setdefault(sign.marker, seen)

    def marker(self, id_: str, met: bool | None, where: str) -> None:  # noqa: FBT001 - the value is the news
        """Add a seniority marker that is met or absent; None says nothing."""
        if id_ not in self.reader.markers:
            self.remark(where, id_, "no such seniority marker: kept, but not scored")
        elif met is not None:
            self.markers[id_] = MarkerSeen(met, where, self.reader.markers[id_])

    def job(self, title: object, organization: object, span: Span | None) -> None:
        """Add a job to the history, by what it was called and with whom; one that says neither is left out."""
        told = [short(text) if isinstance(text, str) and text.strip() else None for text in (title, organization)]
        if any(told):
            self.history.append(Job(*told, span))

    def kept(self) -> dict[str, Any]:
        """Return what a candidate keeps beside the profile: what was set aside, and the history."""
        return {"remarks": tuple(self.remarks), "unknown": tuple(self.unknown), "history": tuple(self.history)}

    def profile(self, months: Interval | None) -> Profile:
        """Return the profile collected."""
        return Profile(tuple(self.evidence), months, tuple(self.jobs), self.markers)


def quoted(name: object, value: object) -> str:
    """Return what was said of a skill as a short quote: `Python: 4`."""
    return short(f"{name}: {value}")


def short(value: object) -> str:
    """Return a value as a short quote on one line."""
    text = " ".join(str(value).split())
    return text if len(text) <= QUOTE else text[: QUOTE - 1] + "…"
