"""Skills in running text: where each is named, and what is said of it there.

One pass of an automaton over the folded text finds names and cues alike. A name that is an ordinary word too counts
only in the company that makes it a skill (rubrics/ambiguous_names.yaml).
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterator, Mapping, Sequence
from typing import NamedTuple

import ahocorasick

from service.skills import senses
from service.skills.cues import CUES
from service.skills.folding import fold, is_hidden
from service.skills.senses import Cue, Prose, Sense
from service.skills.vocabulary import Vocabulary, normalise
from service.skills.words import ABSENT, Reading

QUOTE = 120
"""Characters of a quote at most."""

LONGEST_TEXT = 100_000
"""Characters of a text that are read; a résumé has some 5,000."""

REACH = 90
"""Characters before and behind an ambiguous name in which its company is looked for."""

LETTERS = 3
"""Letters of an ambiguous name up to which it counts only as its rule writes it."""

SHORT = 2
"""Letters of a name so short that many other words begin like it."""

MOST_SHOWN = 40
"""Letters that are shown of a word on either side of hidden characters."""

HIDDEN = "hidden characters stand inside it: not read"


class Found(NamedTuple):
    """A skill that a text tells of: from `start` up to `end`, in characters, with a short quote around it.

    `said` is a plain mention, a level or months of use, or level 0 where the text denies it. `delivered` tells that
    the words around it speak of production.
    """

    skill: str
    start: int
    end: int
    quote: str
    said: Reading
    delivered: bool = False


class Ignored(NamedTuple):
    """A word that names a skill and claims none, and why."""

    word: str
    start: int
    end: int
    why: str


class Text(NamedTuple):
    """What a text tells."""

    skills: tuple[Found, ...] = ()
    ignored: tuple[Ignored, ...] = ()


class AmbiguousName(NamedTuple):
    """A name that is an ordinary word too: written exactly so, it counts in the right company.

    That is another skill beside it in a list, one of the words `near` in its sentence (None: any), or, if it is
    `bold`, a word of use before it ("in Go"). `never` are phrases it is part of that mean something else; `skill` is
    the id of one that lists do not know by this name.
    """

    name: str
    near: frozenset[str] | None
    never: tuple[str, ...] = ()
    bold: bool = False
    skill: str | None = None


class Hit(NamedTuple):
    """A place where a name of a skill stands."""

    start: int
    end: int
    skill: str


class CueHit(NamedTuple):
    """A place where a cue stands, with its phrase as `CUES` has it: the text may write it otherwise."""

    start: int
    end: int
    phrase: str
    skill = ""


_ADDRESS = ("@", "://", "www.", ".com", ".org", ".io/", "\\")
_WORD = re.compile(r"\S+")
_VERSION = re.compile(r"\d{1,3}(?:\.\d{1,3}){0,3}x?(?![\w+#])")
_USE = re.compile(
    r"\b(?:in|with|using|used|use|uses|via|on|know|knows|learned|learnt|wrote|of|both|mainly|mostly|from|into|to|"
    r"plus|including|basic|advanced|expert|proficient|fluent|strong|solid|no|some)\s\Z",
    re.IGNORECASE,
)


_RATED = re.compile(r"\s?[(\[:]\s?\w")


class Finder:
    """Finds the skills of a vocabulary in running text.

    `levels` gives the tenths of words such as "proficient", `ambiguous` the names that need company.
    """

    def __init__(
        self, vocabulary: Vocabulary, levels: Mapping[str, int], ambiguous: Sequence[AmbiguousName] = ()
    ) -> None:
        self._levels = levels
        self._ambiguous = {one.name: one for one in ambiguous}
        self._doubtful = {fold(one.name) for one in ambiguous}
        self._listed = {
            fold(one.name): one._replace(near=frozenset(), bold=False)
            for one in ambiguous
            if len(one.name) > LETTERS and " " not in one.name
        }
        self._automaton = ahocorasick.Automaton()
        for phrase in CUES:
            self._add(phrase, CueHit, phrase)
        for form, skill in _written(vocabulary):
            self._add(form, Hit, skill)
        for one in ambiguous:
            if one.skill:
                self._add(fold(one.name), Hit, one.skill)
        self._automaton.make_automaton()

    def _add(self, form: str, kind: type[Hit | CueHit], what: str) -> None:
        """Add a form to look for; the end of a very short one too, for many words begin like it."""
        for end in (" ", ".", "'") if len(form) <= SHORT else ("",):
            self._automaton.add_word(f" {form}{end}", (len(form) + len(end), len(end), kind, what))

    def places(self, text: str) -> list[Hit]:
        """Return where skills are named in a text, whatever is said of them: for whoever measures the finding."""
        flat = _Flat(text[:LONGEST_TEXT])
        hits = [flat.back(hit) for hit in self._hits(flat.text)]
        told = self._told(Prose(text, self._levels), hits)
        return [hit for hit, sense in told if sense not in (senses.A_TITLE, senses.COMPOUND)]

    def find(self, text: str) -> Text:
        """Return the skills that a text tells of, each once for each thing said of it, in the order of the text."""
        text = text[:LONGEST_TEXT]
        flat = _Flat(text)
        hits = [flat.back(hit) for hit in self._hits(flat.text)]
        prose = Prose(text, self._levels)
        live = prose.live_sentences([hit for hit in hits if isinstance(hit, CueHit)])
        skills: dict[tuple[str, Reading, bool], Found] = {}
        ignored: dict[tuple[str, str], Ignored] = {}
        for hit, sense in self._told(prose, hits):
            if sense.why:
                word = text[hit.start : hit.end]
                ignored.setdefault((hit.skill, sense.why), Ignored(word, hit.start, hit.end, sense.why))
                continue
            delivered = bool(live) and sense.said != ABSENT and prose.sentence(hit.start) in live
            key = (hit.skill, sense.said, delivered)
            if key not in skills:
                skills[key] = Found(hit.skill, hit.start, hit.end, _quote(text, hit), sense.said, delivered)
        return Text(tuple(skills.values()), (*ignored.values(), *_hidden(text)))

    def _hits(self, text: str) -> Iterator[Hit | CueHit]:
        """Yield names and cues in order, the longest of those that begin together, none inside another."""
        folded = f" {fold(_without_addresses(text))} "
        longest: dict[int, Hit | CueHit] = {}
        # Patterns begin with a space, as the folded text does, so that the places are those of the text itself.
        for last, (length, behind, kind, what) in self._automaton.iter(folded):
            start = last - length
            end = _word_end(folded, start, last - behind, versioned=kind is Hit)
            if not end and folded[last + 1] == "." and text[last + 1 : last + 2].isupper():
                end = last  # a sentence begins without a space
            if end and (start not in longest or end >= longest[start].end):
                longest[start] = kind(start, end, what)
        reached = 0
        for start in sorted(longest):
            if start >= reached:
                yield longest[start]
                reached = longest[start].end

    def _told(self, prose: Prose, hits: Sequence[Hit | CueHit]) -> Iterator[tuple[Hit, Sense]]:
        """Yield each name that stands for a skill, with what is said of it."""
        text = prose.text
        admitted = self._admitted(prose, [hit for hit in hits if hit.skill])
        cue: Cue | None = None
        before: tuple[Hit, Sense] | None = None
        for hit, following in zip(hits, _next_names(hits), strict=True):
            if isinstance(hit, CueHit):
                cue = prose.cue(*hit, cue)
            elif hit in admitted:
                told = prose.sense(hit.start, hit.end, cue, following)
                if told is None and before and cue is None:
                    told = senses.spread(before[1], text[before[0].end : hit.start], text, hit.end)
                before, cue = (hit, told or Sense()), None
                yield before

    def _admitted(self, prose: Prose, hits: Sequence[Hit]) -> set[Hit]:
        """Return the names that are skills where they stand: the sure ones, and others in the right company."""
        text = prose.text
        doubtful = [hit for hit in hits if fold(text[hit.start : hit.end]) in self._doubtful]
        admitted = set(hits) - set(doubtful)
        if not doubtful:
            return admitted
        places = {hit: place for place, hit in enumerate(hits)}
        ordered = [hit for hit in doubtful if self._is_possible(text, hit)]
        possible = set(ordered)
        admitted |= {hit for hit in ordered if self._has_company(prose, hit)}
        for hit in (*ordered, *reversed(ordered)):
            if hit in admitted:
                continue
            place = places[hit]
            around = hits[max(0, place - 1) : place + 2]
            if any(
                (other in admitted or (other in possible and self._is_bold(text, hit) and self._is_bold(text, other)))
                and senses.is_listed(text[min(hit.end, other.end) : max(hit.start, other.start)])
                for other in around
                if other != hit
            ):
                admitted.add(hit)
        return admitted

    def _rule(self, text: str, hit: Hit) -> AmbiguousName | None:
        """Return the rule for a name as it is written; written otherwise, a longer one counts in a list alone."""
        written = text[hit.start : hit.end]
        return self._ambiguous.get(written) or self._listed.get(fold(written))

    def _is_bold(self, text: str, hit: Hit) -> bool:
        rule = self._rule(text, hit)
        return rule is not None and rule.bold

    def _is_possible(self, text: str, hit: Hit) -> bool:
        """Tell whether an ambiguous name is written as it must be, and is no part of a phrase that means otherwise."""
        rule = self._rule(text, hit)
        if rule is None:
            return False
        words = fold(text[max(0, hit.start - 30) : hit.end + 30]).replace(".", " ").split()
        around = f" {' '.join(words)} "
        return not any(phrase in around for phrase in rule.never)

    def _has_company(self, prose: Prose, hit: Hit) -> bool:
        """Tell whether the words around an ambiguous name make it a skill."""
        rule = self._rule(prose.text, hit)
        if rule is None or rule.near is None:
            return rule is not None
        if rule.bold and (
            _USE.search(prose.text[max(0, hit.start - 14) : hit.start]) or _RATED.match(prose.text, hit.end)
        ):
            return True
        words = fold(prose.around(hit.start, hit.end, REACH)).replace(".", " ").split()
        return not rule.near.isdisjoint(words)


def _next_names(hits: Sequence[Hit | CueHit]) -> list[int]:
    """Return for each hit where the next name begins; -1 where none does."""
    starts, last = [], -1
    for hit in reversed(hits):
        starts.append(last)
        last = hit.start if hit.skill else last
    return starts[::-1]


def _written(vocabulary: Vocabulary) -> Iterator[tuple[str, str]]:
    """Yield the folded forms in which texts write each name, with its skill; what two skills share is the first's."""
    seen: set[str] = set()
    for skill in vocabulary.skills.values():
        for name in (skill.id.replace("_", " "), skill.name, *skill.aliases):
            bare = _BRACKET.sub("", name).strip()
            for form in _forms(bare if vocabulary.resolve(bare) == skill.id else name):
                if form and form not in seen and vocabulary.resolve(form) in (skill.id, None):
                    seen.add(form)
                    yield form, skill.id


def _forms(name: str) -> Iterator[str]:
    """Yield the forms of one name: as written, without dots, with wide separators, in the other number."""
    folded = " ".join(fold(name).split())
    yield folded
    yield normalise(name)
    if "/" in name:
        yield _WIDE.sub("   ", fold(_SLASH.sub(" / ", name)).strip())
    last = folded.rsplit(" ", maxsplit=1)[-1]
    if not last.isalpha():
        return
    if not last.endswith("s") and (" " in folded or (name.isupper() and len(name) > 2)):  # noqa: PLR2004 - "CVs", not "Rs"
        yield f"{folded}s"
    if " " in folded and last.endswith("s") and not last.endswith("ss"):
        yield folded.removesuffix("s")


_BRACKET = re.compile(r"\([^()]*\)")
_SLASH = re.compile(r"(?:(?<!\s)\s+)?/\s*")
_WIDE = re.compile(r"\s{3,}")


def _word_end(folded: str, start: int, last: int, *, versioned: bool) -> int:
    """Return where a name ends in the text, its version included; 0 where it is only part of a word.

    A cue has no version: "basic6.0" is not the word "basic".
    """
    stop = last + 1
    after = folded[stop]
    may_have = versioned and after.isdigit() and folded[last].isalpha() and last - start > 1
    if may_have and (found := _VERSION.match(folded, stop)):
        return found.end() - 1
    if after in "+#&'\0" or after.isalnum():
        is_possessive = after == "'" and folded[stop + 1 : stop + 3] in ("s ", "s.")
        return last if is_possessive else 0
    if after == "." and folded[stop + 1].isalnum():
        return 0
    return last


class _Flat:
    """A text whose runs of white space are one character, so that a name may be broken over lines; and the way back."""

    def __init__(self, text: str) -> None:
        pieces, place = [], 0
        self._starts, self._lost = [0], [0]
        for run in _RUN.finditer(text):
            kept = 2 if run[0].count("\n") > 1 else 1
            pieces.append(text[place : run.start() + kept])
            place = run.end()
            self._lost.append(self._lost[-1] + len(run[0]) - kept)
            self._starts.append(place - self._lost[-1])
        self.text = "".join((*pieces, text[place:])) if pieces else text

    def back(self, hit: Hit | CueHit) -> Hit | CueHit:
        """Return a hit where it stands in the text as it was."""
        if len(self._starts) == 1:
            return hit
        return hit._replace(start=self._place(hit.start), end=self._place(hit.end - 1) + 1)

    def _place(self, place: int) -> int:
        return place + self._lost[bisect_right(self._starts, place) - 1]


_RUN = re.compile(r"\s{2,}")


def _without_addresses(text: str) -> str:
    """Return a text of the same length in which addresses of mail and pages, and paths, are blotted out."""
    if not any(sign in text for sign in _ADDRESS):
        return text
    return _WORD.sub(lambda word: "\0" * len(word[0]) if _is_address(word[0]) else word[0], text)


def _is_address(word: str) -> bool:
    return any(sign in word for sign in _ADDRESS) and not word.endswith(_ADDRESS)


def _hidden(text: str) -> Iterator[Ignored]:
    """Yield the first word that hidden characters stand inside: nobody sees what it says, so it says nothing."""
    if not text.isascii() and (found := _HIDDEN_INSIDE.search(text)):
        start = found.start()
        while start and found.start() - start < MOST_SHOWN and (text[start - 1].isalnum() or text[start - 1] == "_"):
            start -= 1
        shown = "".join(char for char in text[start : found.end()] if not is_hidden(char))
        yield Ignored(shown, start, found.end(), HIDDEN)


_UNSEEN = "[\u200b-\u200f\u202a-\u202e\u2060-\u2064\ufeff\U000e0000-\U000e007f]"
# A run is looked at from its first character alone: from each of them, a long run would cost its square.
_HIDDEN_INSIDE = re.compile(rf"(?<!{_UNSEEN}){_UNSEEN}+\w{{1,{MOST_SHOWN}}}")


def _quote(text: str, hit: Hit) -> str:
    """Return what stands around a name on one line, cut at words."""
    start = max(0, hit.start - (QUOTE - 2 - hit.end + hit.start) // 2)
    end = min(len(text), max(hit.end, start + QUOTE - 2))
    if start and " " in text[start : hit.start]:
        start = text.index(" ", start) + 1
    if end < len(text) and " " in text[hit.end : end]:
        end = text.rindex(" ", hit.end, end)
    shown = " ".join(text[start:end].split())
    return f"{'…' if start else ''}{shown}{'…' if end < len(text) else ''}"
