"""A résumé pasted as text: its sections, jobs with their dates, lists of skills, and what its sentences tell.

A skill in a dated job is `used`, what stands in a list is `stated`, and so is all that has no place: a text without
headings and dates claims, and proves nothing.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from itertools import pairwise
from typing import NamedTuple

from service.core.time import Interval, Span
from service.intake.draft import MENTION, Draft, one_field
from service.intake.resume_jobs import BREAKS, Entry, dates_of, entries, is_head, title_in, undated
from service.intake.resume_sections import KIND, Line, Section, folded, sections
from service.skills.durations import months_of
from service.skills.titles import is_title
from service.skills.words import Reading

LONGEST_SENTENCE = 300
"""Characters before a number of years in which is looked for whose they are."""

NAME_WORDS = range(2, 6)
ITEM_WORDS = 6
"""Words of the longest item of a list; a longer one is a sentence."""

SENTENCE = re.compile(r"\s{3}|\t|\b\d{4}\b|[.!?;:]\Z|(?<!^)\b(?:an?|and|the|to|for|with|by|one|two|three|\d+)\b")
"""What no line with a person's title holds."""

LABEL = re.compile(r"([^:,;|]{1,40}):\s*(?=\S)")
STACK = frozenset((
    "environment", "skills", "stack", "tech", "tech stack", "technologies", "technologies used", "tools", "key skills",
    "werkzeuge", "technologien", "technologies utilisees", "environnement technique", "outils", "tecnologias",
    "herramientas",
))  # fmt: skip
"""Labels of a list of skills inside a job."""

WISHED = frozenset((
    "currently learning", "exploring", "interested in", "learning", "next", "to learn", "want to learn",
    "wants to learn", "wish list",
))  # fmt: skip
"""Labels of skills that are not there yet."""

NOVICE = Reading(level=(10, 10))
FAMILIAR = frozenset({"basic", "basics", "exposure to", "familiar", "familiar with", "some experience with"})

TOTAL = re.compile(
    r"(?<![\w.,])(\d{1,2}(?:[.,]\d)?(?:\s*\+)?(?:\s*(?:-|–|to)\s*\d{1,2}(?:\s*\+)?)?\s*)(?:years?|yrs?|jahren?|ans|años)['’]?\s+"
    r"(?:of\s+|d['’]|de\s+)?(?:[^\W\d_]+[\s-]+){0,3}?"
    r"(?:experience|exp|expérience|experiencia|berufserfahrung|erfahrung)\b(?!\s+(?:with|using|mit|avec|con)\b)",
    re.IGNORECASE,
)
"""Years of experience in all, not with a tool."""

_OTHERS = re.compile(
    r"\b(?:our|their|its|we|combined|collectively|collective|cumulative|unser\w*|wir|notre|nos|nous|nuestr[oa]s?|"
    r"nosotros|firma|unternehmen|entreprise|empresa|equipo|équipe|"
    r"(?:an?|the|this|whose|as) (?:[\w'’-]+ ){0,4}?(?:agency|business|company|consultancy|enterprise|firm|group|"
    r"organi[sz]ation|provider|start-?up|team|vendor|leader in)(?! (?:lead|leader|member|manager|player))|"
    r"(?:companies|customers|clients|colleagues|teams?) (?:with|has|have|having)|industry[ -]lead(?:er|ing))\b",
    re.IGNORECASE,
)
_INDUSTRY = re.compile(r"\bindustry\b", re.IGNORECASE)
_OWN = re.compile(r"\b(?:I|I['’]ve|my)(?: [\w'’+-]+){0,3} ?\Z", re.IGNORECASE)
_SENTENCES = re.compile(r"[.!?]\s+")
OF_OTHERS = "years of a company, a team or an industry: not the person's"

_NAME = re.compile(r"[^\W\d_][^\W\d_.'’-]*(?:[.'’-][^\W\d_]*)*")
_TITLED = re.compile(
    r"^(?:name|nom|nombre|curriculum vitae(?: of)?|cv(?: of)?|resume(?: of)?)\s*[:–—-]?\s+", re.IGNORECASE
)


class Stated(NamedTuple):
    """Experience in all, as a text states it: months, and what stands there."""

    months: Interval
    quote: str


@one_field
def read(draft: Draft, text: str, where: str) -> Stated | None:
    """Read a résumé's text into a draft; return the experience in all that it states.

    `where` points to the field; every place is counted in the whole of it.
    """
    text = draft.within(text, where)
    page = _Page(draft, text, where)
    found = sections(text)
    if len(found) == 1:
        page.bare(found[0].lines)
    else:
        for section in found:
            page.section(section)
    return _stated(draft, found, where)


@one_field
def read_experience(draft: Draft, text: str, where: str) -> Stated | None:
    """Read a text that tells of work and nothing else, such as a cell: often a job is one line, dates and all."""
    text = draft.within(text, where)
    page = _Page(draft, text, where)
    found = sections(text)
    lines = [line for section in found for line in section.lines]
    page.experience(lines)
    for line in lines:
        if dated := dates_of(line):
            draft.prose(line.text, "used", where, dated[0], line.start)
    return _stated(draft, found, where)


@one_field
def stated_in(draft: Draft, text: str, where: str) -> Stated | None:
    """Return the experience in all that a text about a person states, in what stands before its sections or sums up."""
    return _stated(draft, sections(draft.within(text, where)), where)


def name_in(text: str) -> str | None:
    """Return the name that a résumé begins with; None where its first line is none."""
    first = next((line.text for section in sections(text[:2000]) for line in section.lines), "")
    name = re.split(r"\s*[|,•·(]|\s+[-–—]\s+|\s{2,}|\t", _TITLED.sub("", first.strip("#*_ ")))[0].strip()
    words = name.split()
    plausible = len(words) in NAME_WORDS and all(_NAME.fullmatch(word) and word[0].isupper() for word in words)
    return None if not plausible or is_title(name) or folded(name) in KIND else name


def _stated(draft: Draft, found: Sequence[Section], where: str) -> Stated | None:
    """Return the person's years of experience that are stated first; those of others are remarked."""
    told = [line for section in found if section.kind in ("top", "summary") for line in section.lines]
    for place, line in enumerate(told):
        # A sentence may have begun in the line above.
        goes_on = place and not line.after_blank and line.text[:1].islower()
        above = f"{told[place - 1].text[-LONGEST_SENTENCE:]} " if goes_on else ""
        is_told = False
        for years in TOTAL.finditer(line.text):
            months = months_of(f"{years[1].strip()} years")
            before = line.text[max(0, years.start() - LONGEST_SENTENCE) : years.start()]
            quote = " ".join(years[0].split())
            if months and not _is_of_others(f"{above}{before}", quote):
                return Stated(months, quote)
            if months and not is_told:
                draft.remark(where, quote, OF_OTHERS)
                is_told = True
    return None


def _is_of_others(before: str, quote: str) -> bool:
    """Tell whether years of experience are a company's, a team's or an industry's, by the sentence they stand in."""
    sentence = _SENTENCES.split(before)[-1]
    if _OWN.search(sentence):
        return False
    if _OTHERS.search(f"{sentence}{quote}"):
        return True
    return _INDUSTRY.search(sentence) is not None and not is_title(sentence)


class _Page:
    """A text being read into a draft."""

    def __init__(self, draft: Draft, text: str, where: str) -> None:
        self.draft = draft
        self.text = text
        self.where = where
        self.readers: Mapping[str, Callable[[list[Line]], None]] = {
            "top": self.top, "experience": self.experience, "projects": self.projects, "skills": self.skills,
            "languages": self.languages, "certifications": self.certifications, "unread": self.unread,
        }  # fmt: skip

    def section(self, section: Section) -> None:
        """Read a section by its kind; one of no special kind only states."""
        self.readers.get(section.kind, self.told)(section.lines)

    def bare(self, lines: list[Line]) -> None:
        """Read a text without headings: jobs only where a title stands beside dates."""
        before, found = entries(lines)
        if any(entry.title is None for entry in found):
            self.top(lines)
            return
        self.top(before)
        for entry in found:
            self.job(entry)

    def told(self, lines: Sequence[Line], kind: str = "stated", span: Span | None = None) -> None:
        """Read lines that stand together as running text."""
        if lines:
            start, end = lines[0].start, lines[-1].end
            self.draft.prose(self.text[start:end], kind, self.where, span, start)

    def top(self, lines: list[Line]) -> None:
        """Read what stands above the first heading: a title among the first lines, and sentences."""
        headline = next(filter(self._headline, lines[:5]), None)
        place = lines.index(headline) if headline else len(lines)
        self.told(lines[:place])
        self.told(lines[place + 1 :])

    def _headline(self, line: Line) -> bool:
        """Add the title that a line gives a person; a sentence, or a line with dates or columns, gives none."""
        found = title_in(line)
        if found is None or len(found[0].split()) > ITEM_WORDS or SENTENCE.search(line.text):
            return False
        self.draft.title(found[0], self.where, None, found[1])
        return True

    def experience(self, lines: list[Line]) -> None:
        """Read jobs; what stands before the first one is only told."""
        before, found = entries(lines)
        self.told(before)
        for entry in found:
            self.job(entry)

    def job(self, entry: Entry) -> None:
        """Read a job: its time, its title, and the skills used in it; then those below it that have no dates."""
        places = undated(entry, self.draft.reader.vocabulary.resolve)
        stops = [*places, len(entry.body)]
        if BREAKS.search(folded(entry.head)):
            self.draft.remark(self.where, entry.head, "a time between jobs: not counted as experience")
        else:
            self.draft.jobs.append(entry.span)
            if entry.title:
                self.draft.title(entry.title, self.where, entry.span, entry.at)
            self.done(entry.body[: stops[0]], "used", entry.span)
        for start, stop in pairwise(stops):
            self.undated(entry.body[start:stop])

    def undated(self, lines: Sequence[Line]) -> None:
        """Read a job whose dates cannot be read: its skills are told, and no more."""
        self.draft.remark(
            self.where, lines[0].text, "a job without dates that can be read: its skills are told undated"
        )
        if title := title_in(lines[0]):
            self.draft.title(title[0], self.where, None, title[1])
        self.done(lines[1:], "stated", None)

    def projects(self, lines: list[Line]) -> None:
        """Read projects: used where they are dated. Their time is no experience."""
        before, found = entries(lines)
        self.told(before)
        for entry in found:
            # A heading after a blank line begins another project, which has no dates.
            heads = (place for place, line in enumerate(entry.body) if line.after_blank and is_head(line))
            stop = next(heads, len(entry.body))
            self.done(entry.body[:stop], "used", entry.span)
            self.told(entry.body[stop:])

    def done(self, lines: Sequence[Line], kind: str, span: Span | None) -> None:
        """Read what was done in a job or project: sentences, and lists under a label such as `Stack:`."""
        together: list[Line] = []
        for line in lines:
            label = LABEL.match(line.bare)
            if label and folded(label[1]) in STACK:
                self.told(together, kind, span)
                together = []
                self.listed(line, kind, span)
            else:
                together.append(line)
        self.told(together, kind, span)

    def skills(self, lines: list[Line]) -> None:
        """Read lists of skills."""
        for line in lines:
            self.listed(line, "stated")

    def listed(self, line: Line, kind: str, span: Span | None = None) -> None:
        """Read a line that lists skills, maybe behind a label that gives their level; a sentence is read as one."""
        label, rest = self._label(line.bare)
        if folded(label) in WISHED:
            self.draft.remark(self.where, line.text, "wished for, not claimed")
            return
        items = self.draft.reader.split(rest)
        if any(len(item.split()) > ITEM_WORDS for item in items):
            self.told([line], kind, span)
            return
        for item, at in self._placed(items, line.end - len(rest), line.end):
            self.draft.skill(item, kind, self.where, self._said(label, item), span=span, at=at)

    def _placed(self, items: Sequence[str], start: int, end: int) -> Iterator[tuple[str, Interval]]:
        """Yield items with their place; one that does not stand there as it was read is given the whole list's."""
        place = start
        for item in items:
            found = self.text.find(item, place, end)
            yield item, ((found, found + len(item)) if found >= 0 else (start, end))
            place = max(place, found)

    def _label(self, text: str) -> tuple[str, str]:
        """Part a label from what it lists; a skill with its level is no label."""
        found = LABEL.match(text)
        if found is None or self.draft.reader.item(found[1].strip())[0]:
            return "", text
        return found[1].strip(), text[found.end() :]

    def _said(self, label: str, item: str) -> Reading | None:
        """Return the level that a label gives its items; None where they have one of their own."""
        if not label or self.draft.reader.item(item)[1] != MENTION:
            return None
        if folded(label) in FAMILIAR:
            return NOVICE
        said = self.draft.reader.words.read(label)
        return said if said.level else None

    def languages(self, lines: list[Line]) -> None:
        """Read the skills among languages; those that people speak are none of ours."""
        for line in lines:
            items = filter(self.draft.reader.vocabulary.resolve, self.draft.reader.vocabulary.split(line.bare))
            for item, at in self._placed(list(items), line.start, line.end):
                self.draft.skill(item, "stated", self.where, at=at)

    def certifications(self, lines: list[Line]) -> None:
        """Read certificates."""
        self.told(lines, "certified")

    def unread(self, lines: list[Line]) -> None:
        """Say that a section is passed over: it speaks of wishes, of other people, or of the person."""
        for line in lines[:1]:
            self.draft.remark(self.where, line.text, "a section about wishes, references or the person: not read")
