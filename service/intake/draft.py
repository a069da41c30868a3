"""A candidate in the making: names become skills here, and what is not understood is kept and said."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from functools import wraps
from inspect import signature
from typing import Any, NamedTuple, ParamSpec, TypeVar

from service.core.policy import Evidence
from service.core.profile import MarkerSeen, Profile, TitleSeen
from service.core.time import Interval, Span
from service.intake.candidate import Job
from service.intake.dates import last_in, span_in, start_of
from service.skills.finder import LONGEST_TEXT, Finder
from service.skills.lists import Piece, denies, headed
from service.skills.names import LONGEST_NAME, folded
from service.skills.signs import Signs
from service.skills.spelling import Spelling
from service.skills.titles import band_of
from service.skills.vocabulary import Vocabulary
from service.skills.words import SILENT, OnNoScale, Reading, Words

BRACKET = re.compile(r"(.*\S)\s*[(\[]([^()\[\]]+)[)\]]")
SIGN = re.compile(r"(?:[:=]|\s[-–—])")
"""What parts a skill from what is said of it: `Python (4)`, then `SQL: advanced` and `Go - 3 yrs`."""

MOST_SAID = 6
"""How many words before or after a name may say something of it: `5 years of Python`, `Rust 2/5`."""

FIGURE = re.compile(r"\d\d")
PARTS = re.compile(r"[,;]|\s[-–—|]\s")
"""What parts two things said of a skill: `advanced, 5 yrs`."""

DASHED = re.compile(r"\s[-–—]\s")
"""Dashes between skills, where each part is a skill and no more: `Python - SQL - Docker`."""

LONGEST_LIST = 2000
"""Characters of a list that may be parted by dashes."""

SEPARATED = re.compile(r"[,;\n]")

UNKNOWN = "not in the vocabulary: kept, but not scored"

OFF_SCALE = "level not read: outside the scale from 0 to 5; send it from 0 to 5, or with its scale (8/10)"
OTHER_SCALE = (
    "level not read: another level of this candidate is outside the scale from 0 to 5, so that this one may be on "
    "another scale too; send all levels from 0 to 5, or each with its scale (8/10)"
)

QUOTE = 120
"""Characters of what was read that are kept as a quote."""

DEFECT = "not read to its end: the service has a defect here, which it has recorded; the rest of the candidate was read"
CUT = f"only the first {LONGEST_TEXT:,} characters are read"

Taken = ParamSpec("Taken")
Given = TypeVar("Given")


def ignored(error: Exception) -> None:
    """Record no defect: for tests, and where nobody counts."""


WISHED = "wished for, or still to be learned: no claim"
UNSAID = "it is said to be unknown: not counted"
"""Why a skill that is named in a list counts for nothing."""

MENTION = Reading(mention=True)
WISH = Reading(problem=WISHED)
_LEARNING = (
    r"(?:(?:i am|i'm|am|is|currently|now|still|just|actively|started|starting) )*(?:learning|exploring|studying)|"
    r"(?:want|wants|wanted|would like|would love|like|love|hope|hopes|hoping|plan|plans|planned|planning|wish|wishes|"
    r"keen|eager|willing|excited|going|about|have|yet|still|ready) to (?:learn|be learn(?:ed|t)|study|try|pick up)|"
    r"to (?:learn|be learn(?:ed|t)|study)|(?:very |highly )?interested|(?:strong |has )?interest|curious|"
    r"(?:lerne|lernt)(?: gerade)?|(?:mochte|will) (?:ich )?lernen|interesse|interessiert|"
    r"(?:en cours d')?apprentissage|(?:a|souhaite|veux) apprendre|(?:quiero|por) aprender|aprendiendo"
)
_WISH_BEHIND = re.compile(
    rf"(?:i )?(?:{_LEARNING}|on (?:my|the) wish ?list|wish ?list|wish|wished for|planned|next|goal|aspiration)"
    r"(?: (?:it|this|now|more|soon|currently|at the moment|phase|stage|next|in learning|in learning it|in it))*[.!]?"
)
_WISH_AHEAD = re.compile(rf"(?:i )?(?:{_LEARNING})(?: (?:in|about|more|an|für|fur|en|learning|using))* ?:? (?=\S)")
"""How a skill in a list is wished for: `Kafka (want to learn)`, `learning Kafka`."""

LACKS = frozenset({"no", "without", "kein", "keine", "sans", "sin"})
"""Words before a skill in a list that say that it is not there."""


class Reader(NamedTuple):
    """What reading needs to know.

    The vocabulary, what reads slips in its names, the words for levels, the markers there are (id to text), and what
    finds skills and markers in running text. `on_defect` is called with each exception that reading a field ends in.
    """

    vocabulary: Vocabulary
    spelling: Spelling
    words: Words
    markers: Mapping[str, str]
    finder: Finder
    signs: Signs
    on_defect: Callable[[Exception], object] = ignored

    def item(self, text: str) -> tuple[str | None, Reading]:
        """Read one item of a list of skills: the skill's id (None where unknown), and what is said of it.

        A name with a slip in it is read, and noted, where only one skill can be meant.
        """
        if len(text) > LONGEST_NAME:
            return None, MENTION
        text = " ".join(text.split())
        if whole := self._whole(text):
            return whole
        tried = []
        for name, said in self._ways(text):
            if skill := self.vocabulary.resolve(name):
                return skill, said
            tried.append((name, said))
        for name, said in tried:
            if skill := self.spelling.near(name):
                return skill, said._replace(note=f"read as {self.vocabulary.skills[skill].name!r}")
        return None, MENTION

    def split(self, text: str) -> list[str]:
        """Return the items of a list of skills; a heading that says something of them stands before each.

        `Expert: Python, SQL` holds `Expert: Python` and `Expert: SQL`, and `Backend: Java, SQL` is Java and SQL.
        """
        dashed = DASHED.split(text) if len(text) <= LONGEST_LIST and not SEPARATED.search(text) else [text]
        if len(dashed) > 1 and all(self.vocabulary.resolve(part.strip()) for part in dashed):
            return [part.strip() for part in dashed]
        if ":" not in text or text.lstrip()[:1] in ("[", "{"):
            return self.vocabulary.split(text)
        return [item for piece in headed(text, self.vocabulary.resolve) for item in self._items(piece)]

    def _items(self, piece: Piece) -> list[str]:
        """Return the items of a piece of a list; a heading that says nothing is dropped where a skill follows."""
        items = self.vocabulary.split(piece.text)
        if piece.heading and (self._said_above(piece.heading) or denies(piece.heading)):
            return [f"{piece.heading}: {item}" for item in items]
        if piece.is_first and not any(self.item(item)[0] for item in items):
            return [f"{piece.heading}: {piece.text}"]
        return items

    def _whole(self, text: str) -> tuple[str, Reading] | None:
        """Read an item that is a name and no more, is denied, doubted or wished for, or stands below a heading."""
        doubted = text.rstrip(")]").endswith("?")
        if doubted and (skill := self.vocabulary.resolve(text.rstrip(" ?([)]"))):
            return skill, SILENT
        if skill := self.vocabulary.named(text):
            return skill, MENTION
        first, _, rest = text.partition(" ")
        if first.casefold() in LACKS and (skill := self.vocabulary.resolve(rest)):
            return skill, Reading(level=(0, 0))
        wish = _WISH_AHEAD.match(folded(text))
        if wish and (skill := self.vocabulary.resolve(folded(text)[wish.end() :])):
            return skill, WISH
        return self._below(*text.split(": ", 1)) if ": " in text else None

    def _below(self, heading: str, text: str) -> tuple[str, Reading] | None:
        """Read an item below a heading that says something of it; what the item says itself is the more exact."""
        above = None if self.vocabulary.resolve(heading) else self._said_above(heading)
        skill, own = self.item(text) if above else (None, MENTION)
        if above is None or skill is None:
            return None
        return skill, own if own._replace(note=None) != MENTION else above._replace(note=own.note)

    def _said_above(self, heading: str) -> Reading | None:
        """Return what a heading says of its items: `Expert`, `Familiar with`, `5 years`, `Learning`; else None."""
        if not any(map(str.isalpha, heading)):
            return None
        said = self.said(heading)
        return self.words.before(heading) if said.problem and said != WISH else said

    def said(self, value: object, best: int = 5) -> Reading:
        """Read what is said of a skill beside its name: as `Words` do, or the time it was used, as in "since 2019"."""
        said = self.words.read(value, best)
        if said.problem and isinstance(value, str) and len(value) <= QUOTE and _WISH_BEHIND.fullmatch(folded(value)):
            return WISH
        if not (said.problem and isinstance(value, str) and FIGURE.search(value[:QUOTE])) or start_of(value):
            return said
        span = span_in(value) if len(value) <= QUOTE else None
        return Reading(span=span) if span else said

    def suggestions(self, words: Sequence[str]) -> list[str | None]:
        """Return for each unknown word the name of the skill that may be meant."""
        skills = self.vocabulary.skills
        try:
            found = self.spelling.suggest_all([self._bare(word) for word in words])
        except Exception as error:  # noqa: BLE001 - a suggestion less is no reason to lose a file
            self.on_defect(error)
            return [None] * len(words)
        return [skills[id_].name if id_ else None for id_ in found]

    def _bare(self, text: str) -> str:
        """Return an item without what is said behind its name."""
        if len(text) > LONGEST_NAME:
            return text
        found = BRACKET.fullmatch(text)
        return found[1] if found else (_signed(text) or [text])[0]

    def _ways(self, text: str) -> Iterator[tuple[str, Reading]]:
        """Yield the ways to part a text into a name and what is said of it: before it, nothing, or behind it."""
        words = text.split(" ")
        if self.words.may_begin(words[0]):
            # The most words that say something come first: `very good Python` before `very`.
            for place in range(min(MOST_SAID, len(words) - 1), 0, -1):
                if before := self.words.before(" ".join(words[:place])):
                    rest = " ".join(words[place:])
                    ways = ((rest, MENTION), *self._behind(rest))
                    yield from ((name, _joined(before, said)) for name, said in ways)
        yield text, MENTION
        yield from self._behind(text)

    def _behind(self, text: str) -> Iterator[tuple[str, Reading]]:
        """Yield the ways to read `Python (4)`, where what cannot be read leaves the mention, then of `Rust 2/5`."""
        if found := BRACKET.fullmatch(text):
            yield found[1], self._parts(found[2])
        words = text.split(" ")
        if not self.words.may_end(words[-MOST_SAID:]):
            return
        behind = [signed] if (signed := _signed(text)) else []
        first = max(1, len(words) - MOST_SAID)
        behind += [(" ".join(words[:place]), " ".join(words[place:])) for place in range(first, len(words))]
        for name, rest in behind:
            said = self._parts(rest)
            if said == WISH or not said.problem or over_since(rest):
                yield name, said

    def _parts(self, text: str) -> Reading:
        """Read what is said, whole or in parts: `advanced, 5 yrs`. What cannot be read leaves the mention."""
        whole = self.said(text)
        if not whole.problem:
            return whole
        said = PARTS.split(text)
        parts = [self.said(part.strip()) for part in said] if len(said) > 1 else [whole]
        level, *others = dict.fromkeys(part.level for part in parts if part.level) or (None,)
        if others:
            return Reading(mention=True, problem="it gives levels that differ")
        months = next((part.months for part in parts if part.months), None)
        span = next((part.span for part in parts if part.span), None)
        if level or months or span:
            return Reading(level, months, span=span)
        if WISH in parts:
            return WISH
        problem = next((part.problem for part in parts if part.problem), None)
        return Reading(mention=any(part.mention for part in parts) or bool(problem), problem=problem)


def _signed(text: str) -> tuple[str, str] | None:
    """Part a name from what is said behind the last colon or sign of equality, or else behind the first dash."""
    last = max(text.rfind(":"), text.rfind("="))
    found = SIGN.search(text, max(1, last))
    if found is None:
        return None
    name, said = text[: found.start()].rstrip(), text[found.end() :].lstrip()
    return (name, said) if name and said else None


def _joined(before: Reading, behind: Reading) -> Reading:
    """Return what is said before and behind a name together; what stands behind it is the more exact."""
    return behind._replace(level=behind.level or before.level, months=behind.months or before.months, mention=False)


def one_field(read: Callable[Taken, Given]) -> Callable[Taken, Given | None]:
    """Let a reader of one field cost no more than the field: an exception in it is recorded, and remarked at its place.

    The reader's first argument is a draft, the second the value, and one called `where` or `at` the place. Or the first
    is a part of a payload, which knows its draft and its place; then `key` names the field in it.
    """

    @wraps(read)
    def guarded(*args: Taken.args, **named: Taken.kwargs) -> Given | None:
        try:
            return read(*args, **named)
        except Exception as error:  # noqa: BLE001 - whatever it is, it is ours, and no reason to lose a candidate
            taken = signature(read).bind(*args, **named).arguments
            first, value = (*taken.values(), "")[:2]
            if isinstance(first, Draft):
                draft, where = first, taken["where"] if "where" in taken else taken["at"]
            else:
                draft, value, where = first.draft, "", first.at(taken["key"]) if "key" in taken else first.where
            draft.reader.on_defect(error)
            draft.remark(where, value, DEFECT)
            return None

    return guarded


class Draft:
    """Collects the evidence of one candidate. `where` is a place in the source, `quote` what stands there."""

    def __init__(self, reader: Reader) -> None:
        self.reader = reader
        self.evidence: list[Evidence] = []
        self.jobs: list[Span] = []
        self.markers: dict[str, MarkerSeen] = {}
        self.titles: list[TitleSeen] = []
        self.remarks: list[dict[str, Any]] = []
        self.unknown: list[str] = []
        self.history: list[Job] = []
        self._cut: set[str] = set()
        self._on_no_scale: set[int] = set()
        self._is_other_scale = False

    def remark(self, where: str, value: object, detail: str) -> None:
        """Say that something could not be read, or was set aside, and why."""
        self.remarks.append({"pointer": where, "value": short(value), "detail": detail})

    def within(self, text: str, where: str) -> str:
        """Return as much of a text as is read, and say once where one is longer."""
        if len(text) <= LONGEST_TEXT:
            return text
        if where not in self._cut:
            self._cut.add(where)
            self.remark(where, text[:QUOTE], CUT)
        return text[:LONGEST_TEXT]

    @one_field
    def skill(
        self,
        name: str,
        kind: str,
        where: str,
        said: Reading | None = None,
        last_used: Interval | None = None,
        span: Span | None = None,
        quote: str | None = None,
        at: Interval | None = None,
    ) -> None:
        """Add what is said of a skill (default: what its name says too, as in "Python (4)").

        A name that the vocabulary does not know is kept as a remark, and so is a wish; a level that cannot be read
        leaves the mention.
        """
        name = self.within(name, where)
        skill, own = self.reader.item(name)
        said = said or own
        if parts := self._parts(name, skill):
            for part in parts:
                self.skill(part, kind, where, None if said is own else said, last_used, span, quote)
            return
        if skill is None:
            self.unknown.append(short(name))
            self.remark(where, name, f"{UNKNOWN}{self._hint(name)}")
            return
        if own.note:
            self.remark(where, name, own.note)
        if why := unclaimed(said):
            self.remark(where, quote or name, why)
            return
        over = None if said.span else over_since(quote or name)
        if said.problem and not over:
            # A number in a name may be a version, as in `Java (8)`: it tells of no scale.
            self.remark(where, quote or name, f"level not read: {said.problem}" if said is own else self.unread(said))
        if isinstance(said, OnNoScale):
            self._on_no_scale.add(len(self.evidence))
        self.evidence.append(
            Evidence(
                skill, kind, said.level, said.months, last_used or over, span or said.span, where,
                quote or short(name), at,
            )
        )  # fmt: skip

    def unread(self, said: Reading) -> str:
        """Return why the level that a field gives is not read.

        Where it is a plain number outside the scale, the other levels may be on another scale too.
        """
        if isinstance(said, OnNoScale) and said.is_outside:
            self._is_other_scale = True
            return OFF_SCALE
        return f"level not read: {said.problem}"

    def _parts(self, name: str, skill: str | None) -> Sequence[str]:
        """Return the items of a text that is a list: it names more skills than the one it would be read as."""
        if skill is not None and not SEPARATED.search(name):
            return ()
        parts = self.reader.split(name)
        # Each part is shorter than the whole, so that this comes to an end.
        if not parts or len(parts[0]) >= len(name):
            return ()
        known = sum(1 for part in parts if self.reader.item(part)[0])
        return parts if known > (skill is not None) else ()

    def _hint(self, name: str) -> str:
        """Return the question whether a known skill is meant by a name that is none."""
        (meant,) = self.reader.suggestions([name])
        return f"; is {meant!r} meant?" if meant else ""

    @one_field
    def prose(self, text: str, kind: str, where: str, span: Span | None = None, before: int = 0) -> None:
        """Add the skills and markers that a running text tells of, each with its place in it.

        `kind` is what a plain mention counts as; words of production beside a skill that is `used` make it
        `delivered`. What the text names without claiming it is a remark. `before` counts the characters of the field
        that stand before the text.
        """
        text = self.within(text, where)
        found = self.reader.finder.find(text)
        for skill in found.skills:
            at = (before + skill.start, before + skill.end)
            told = "delivered" if skill.delivered and kind == "used" else kind
            said = skill.said
            dated = None if kind == "stated" else span
            self.evidence.append(
                Evidence(skill.skill, told, said.level, said.months, None, dated, where, skill.quote, at)
            )
        for ignored in found.ignored:
            self.remark(where, ignored.word, ignored.why)
        self._signs(text, where, before)

    @one_field
    def _signs(self, text: str, where: str, before: int) -> None:
        """Add the markers that a running text tells of."""
        for sign in self.reader.signs.find(text):
            seen = MarkerSeen(met=True, where=where, quote=sign.quote, at=(before + sign.start, before + sign.end))
            self.markers.setdefault(sign.marker, seen)

    @one_field
    def marker(self, id_: str, met: bool | None, where: str) -> None:  # noqa: FBT001 - the value is the news
        """Add a seniority marker that is met or absent; None says nothing."""
        if id_ not in self.reader.markers:
            self.remark(where, id_, "no such seniority marker: kept, but not scored")
        elif met is not None:
            self.markers[id_] = MarkerSeen(met, where, self.reader.markers[id_])

    @one_field
    def title(self, text: str, where: str, span: Span | None = None, at: Interval | None = None) -> None:
        """Add the title of a job with its dates, or of a person: a hint, shown beside the estimate and never scored."""
        if title := short(text):
            self.titles.append(TitleSeen(title, band_of(title), span, where, at))

    def job(self, title: object, organization: object, span: Span | None) -> None:
        """Add a job to the history, by what it was called and with whom; one that says neither is left out."""
        told = [short(text) if isinstance(text, str) and text.strip() else None for text in (title, organization)]
        if any(told):
            self.history.append(Job(*told, span))

    def kept(self) -> dict[str, Any]:
        """Return what a candidate keeps beside the profile: what was set aside, and the history."""
        return {"remarks": tuple(self.remarks), "unknown": tuple(self.unknown), "history": tuple(self.history)}

    def profile(self, months: Interval | None) -> Profile:
        """Return the profile collected. Where one plain level is on no scale from 0 to 5, none of them is read."""
        evidence = tuple(self._without_plain_levels() if self._is_other_scale else self.evidence)
        return Profile(evidence, months, tuple(self.jobs), self.markers, titles=tuple(self.titles))

    def _without_plain_levels(self) -> Iterator[Evidence]:
        """Yield the evidence with a mention in place of each plain level, and nothing in place of a plain 0."""
        for place, piece in enumerate(self.evidence):
            if place not in self._on_no_scale or piece.level is None:
                yield piece
                continue
            self.remark(piece.where, piece.quote, OTHER_SCALE)
            if piece.level[1]:
                yield piece._replace(level=None)


def unclaimed(said: Reading) -> str | None:
    """Return why what is said of a skill is no claim: it is a wish, or said to be unknown; else None."""
    if said.problem == WISHED:
        return WISHED
    return UNSAID if said._replace(note=None) == SILENT else None


def over_since(text: str) -> Interval | None:
    """Return when a skill was used last, where what is said of it tells: `not used since 2015`; else None."""
    return last_in(text) if FIGURE.search(text[:QUOTE]) else None


def quoted(name: object, value: object) -> str:
    """Return what was said of a skill as a short quote: `Python: 4`."""
    return short(f"{name}: {value}")


def short(value: object) -> str:
    """Return a value as a short quote on one line."""
    text = " ".join(str(value).split())
    return text if len(text) <= QUOTE else text[: QUOTE - 1] + "…"
