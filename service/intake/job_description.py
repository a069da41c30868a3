"""A job description, pasted or as JSON Resume's job schema: the skills it asks for, how firmly, and at which level.

A section says how firmly its skills are asked, and words in a sentence say it better. What is about the firm and its
offers asks nothing. Nothing is guessed: what is not understood, or was left out, is told.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Iterator, Mapping, Sequence
from itertools import islice
from typing import Any, NamedTuple

from service.intake import job_words as words
from service.intake.draft import Reader, short
from service.intake.job_sentence import Asked, Levels, Sentence
from service.intake.job_words import DENIED, MUST, NICE, OUT, PLAIN, SHOULD, STUDIED
from service.intake.markup import plain_text
from service.intake.resume_sections import Line, folded, lines
from service.skills.finder import Hit
from service.skills.signs import quote
from service.skills.titles import is_title

MOST_ASIDE = 100
"""Words that are not understood, and remarks, that are told."""

NOT_ASKED = {
    DENIED: "Said not to be needed",
    OUT: "Named where the text is about the firm or its offers",
    STUDIED: "Named as the field of a degree",
}
LONGEST_SENTENCE = 600
LONGEST_HEADING = 60
HEADING_WORDS = 7
ITEM_WORDS = 4
CAPITALS = 5
"""Letters of the shortest line in capitals that is a heading, and no abbreviation."""

_STOP = re.compile(r"[!?]+|(?<!e\.g)(?<!i\.e)(?<!z\.B)(?<!\bincl)(?<!\betc)\.(?=\s|\Z)", re.IGNORECASE)
_GOES_ON = re.compile(r"(?:[,/&(]|\b(?:and|or|with|in|of|using|like|und|oder|mit))\Z", re.IGNORECASE)
_DRAWN = re.compile(r"#{1,6}\s|\*\*|__")
_TITLED = re.compile(r"^(?:job ?title|title|position|role|stelle)\s*:\s*", re.IGNORECASE)


class Ask(NamedTuple):
    """Skills that are asked for, any of which will do: how firmly, at which level or after which months of use."""

    skills: tuple[str, ...]
    requirement: str
    level: int | None
    months: int | None
    quote: str
    where: str
    start: int
    end: int


class Told(NamedTuple):
    """A marker of seniority that a job description speaks of."""

    marker: str
    quote: str
    where: str
    start: int
    end: int


class JobDescription(NamedTuple):
    """What a job description says: its title, what it asks, months of experience in all, markers of seniority."""

    title: str | None
    asks: list[Ask]
    months: int | None
    markers: list[Told]
    unknown: list[str]
    notes: list[str]


def read(data: Mapping[str, Any], reader: Reader) -> JobDescription:
    """Read a job description: text under `text`, or JSON Resume's job schema, each checked by its schema."""
    page = _Page(reader)
    text = data.get("text") or ""
    page.read(text, "/text", PLAIN)
    page.read(data.get("description") or "", "/description", PLAIN)
    for field, kind in (("qualifications", MUST), ("responsibilities", SHOULD)):
        for place, item in enumerate(data.get(field) or ()):
            page.read(item, f"/{field}/{place}", kind)
    for place, skill in enumerate(data.get("skills") or ()):
        page.skill(skill, f"/skills/{place}")
    title = data.get("title") or title_in(text)
    return JobDescription(title, page.asks, page.months, list(page.markers.values()), page.unknown, page.notes)


def title_in(text: str) -> str | None:
    """Return the title that a job description begins with; None where its first lines name no job."""
    for line in islice(lines(text[:2000]), 3):
        bare = _TITLED.sub("", line.bare.strip("#*_ :"))
        is_short = len(bare) <= LONGEST_HEADING and len(bare.split()) <= HEADING_WORDS
        if is_short and is_title(bare) and bare[-1] not in ".!?":
            return bare
    return None


class _Page:
    """What is read of a job description, field by field."""

    def __init__(self, reader: Reader) -> None:
        self.reader = reader
        tenths = {**reader.words.levels, **words.LEVELS}
        self.levels = Levels(tenths, words.level_words([*reader.words.ahead, *words.LEVELS]))
        self.asks: list[Ask] = []
        self.months: int | None = None
        self.markers: dict[str, Told] = {}
        self.unknown: list[str] = []
        self.notes: list[str] = []

    def skill(self, skill: Mapping[str, Any], where: str) -> None:
        """Read an entry of `skills`: its name is a skill or a heading of the keywords, and its level holds for all."""
        said = f" ({skill['level']})" if skill.get("level") else ""
        name, keywords = skill.get("name") or "", skill.get("keywords") or ()
        if not keywords or self.reader.finder.places(name):
            self.read(name + said, f"{where}/name", MUST)
        for place, word in enumerate(keywords):
            self.read(word + said, f"{where}/keywords/{place}", MUST)

    def read(self, text: str, where: str, kind: str) -> None:
        """Read a text; `kind` is that of its section until a heading tells another."""
        text = plain_text(text)
        hits = self.reader.finder.places(text)
        starts = [hit.start for hit in hits]
        implied = self.reader.vocabulary.implied
        for of, start, end in sentences(text, kind, starts):
            inside = hits[bisect_left(starts, start) : bisect_left(starts, end)] or self._alone(text, of, start, end)
            self._sentence(Sentence(text, of, (start, end), inside, self.levels, implied), where)

    def _alone(self, text: str, kind: str, start: int, end: int) -> list[Hit]:
        """Return the skill that a line of a list names and says no more: `Spark`, which in a sentence may be a word."""
        said = text[start:end].strip(" .,;")
        short_enough = kind in (MUST, NICE) and len(said.split()) <= ITEM_WORDS
        skill = self.reader.vocabulary.resolve(said) if short_enough else None
        return [Hit(start, start + len(said), skill)] if skill else []

    def _sentence(self, sentence: Sentence, where: str) -> None:
        for asked in sentence.asked():
            self._asked(asked, sentence, where)
        if sentence.kind == OUT:
            return
        self.months = self.months or sentence.work
        self._markers(sentence, where)
        if sentence.kind in (MUST, NICE) and not sentence.work:
            self._unknown(sentence)

    def _asked(self, asked: Asked, sentence: Sentence, where: str) -> None:
        """Keep what is asked; tell what is not."""
        skills = tuple(hit.skill for hit in asked.hits)
        names = ", ".join(self.reader.vocabulary.skills[skill].name for skill in skills)
        if why := NOT_ASKED.get(asked.requirement):
            self._note(f"{why}, left out: {names}.")
        else:
            start, end = asked.hits[0].start, max(hit.end for hit in asked.hits)
            told = quote(sentence.said, start - sentence.start, end - sentence.start)
            self.asks.append(Ask(skills, asked.requirement, asked.level, asked.months, told, where, start, end))

    def _markers(self, sentence: Sentence, where: str) -> None:
        for sign in self.reader.signs.spoken_of(sentence.said):
            start, end = sentence.start + sign.start, sentence.start + sign.end
            told = Told(sign.marker, sign.quote, where, start, end)
            self.markers.setdefault(sign.marker, told)

    def _unknown(self, sentence: Sentence) -> None:
        """Keep what names no skill: a whole sentence, or items of a list."""
        if len(self.unknown) >= MOST_ASIDE:
            return
        if not sentence.hits and not words.says_no(sentence.said):
            self._aside(sentence.said)
        if not sentence.hits:
            return
        items = self.reader.vocabulary.split(sentence.said)
        if all(len(item.split()) <= ITEM_WORDS for item in items):
            for item in items:
                if (
                    not words.cues(item, 0, len(item))
                    and not self.reader.item(item)[0]
                    and not self.reader.finder.places(item)
                ):
                    self._aside(item)

    def _aside(self, text: str) -> None:
        said = short(text.strip(" .:;-*_#"))
        if len(said) > 1 and said not in self.unknown:
            self.unknown.append(said)

    def _note(self, text: str) -> None:
        if text not in self.notes and len(self.notes) < MOST_ASIDE:
            self.notes.append(text)


def sentences(text: str, kind: str, skills: Sequence[int]) -> Iterator[tuple[str, int, int]]:
    """Yield the sentences of a text: the kind of their section, start and end; `skills` is where skills are named."""
    block: tuple[int, int] | None = None
    for line in lines(text):
        heading = _heading(line, skills)
        start = line.end - len(line.bare)
        if block and not heading and _goes_on(text[max(0, block[1] - 20) : block[1]], line):
            block = block[0], line.end
            continue
        if block:
            yield from _cut(text, kind, *block)
        if heading:
            kind, start = heading
        block = (start, line.end) if start < line.end else None
    if block:
        yield from _cut(text, kind, *block)


def _goes_on(before: str, line: Line) -> bool:
    """Tell whether a line goes on with the sentence of the one before."""
    if line.after_blank or line.bulleted:
        return False
    return line.text[0].islower() or _GOES_ON.search(before) is not None


def _heading(line: Line, skills: Sequence[int]) -> tuple[str, int] | None:
    """Return the kind of section that a line begins, and where what it says behind its heading starts."""
    label, colon, rest = line.text[: LONGEST_HEADING + 1].partition(":")
    is_drawn = _DRAWN.match(line.text) is not None
    if len(label) > LONGEST_HEADING or len(label.split()) > HEADING_WORDS or (line.bulleted and not is_drawn):
        return None
    names_skill = bisect_left(skills, line.start + len(label)) > bisect_left(skills, line.start)
    if names_skill or (not colon and label[-1] in ".,;"):
        return None
    stands_out = is_drawn or (colon and not rest.strip(" *_")) or (label.isupper() and len(label) >= CAPITALS)
    if not stands_out and not colon and any(char.isdigit() for char in label):
        return None
    kind = words.kind_of_heading(folded(label)) or (PLAIN if stands_out else None)
    behind = line.text[len(label) + 1 :].lstrip(" *_")
    return (kind, line.end - len(behind)) if kind else None


def _cut(text: str, kind: str, start: int, end: int) -> Iterator[tuple[str, int, int]]:
    """Yield the sentences of a block; one that does not end is cut, so that none costs more than its length."""
    for found in (*_STOP.finditer(text, start, end), None):
        stop = found.end() if found else end
        while stop - start > LONGEST_SENTENCE:
            space = text.rfind(" ", start + LONGEST_SENTENCE // 2, start + LONGEST_SENTENCE)
            cut = space if space > 0 else start + LONGEST_SENTENCE
            yield kind, start, cut
            start = cut
        if text[start:stop].strip():
            yield kind, start, stop
        start = stop
