"""Seniority markers in running text: the phrases that tell of one.

A phrase is words in their order within one sentence: `mentored~|coached~ … junior*`. `|` parts alternatives, `*`
stands for any ending, `…` for up to six words between; `led~` is led, leads and leading. Articles are passed over
anywhere, and a possessive between two words. A phrase that begins with `not` rules its marker out in that sentence:
`not together|alongside`. What a sentence denies, wishes, asks or says of others is nobody's doing: see `claims`.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from itertools import pairwise
from typing import NamedTuple

import ahocorasick

from service.skills.claims import BARRIERS, claimed
from service.skills.clauses import ARTICLES, WORD, Clause, clauses, pieces

BETWEEN = 6
"""Words that `…` may stand for."""

QUOTE = 120
"""Characters of a quote."""

IRREGULAR = {
    "broke": ("breaks", "breaking"), "brought": ("brings", "bringing"), "built": ("builds", "building"),
    "cast": ("casts", "casting"), "chose": ("chooses", "choosing"), "did": ("does", "doing"),
    "drove": ("drives", "driving"), "gave": ("gives", "giving"), "held": ("holds", "holding"),
    "kept": ("keeps", "keeping"), "led": ("leads", "leading"), "made": ("makes", "making"),
    "ran": ("runs", "running"), "set": ("sets", "setting"), "took": ("takes", "taking"),
    "told": ("tells", "telling"), "wrote": ("writes", "writing"),
}  # fmt: skip
"""Verbs with a past of their own, and their other forms."""

SUBJECTS = frozenset({"i", "we"})
BESIDE = frozenset({"also", "and", "currently", "now", "often", "regularly", "still"})
"""Words between somebody who speaks of themselves and what they say they do."""

POSSESSIVES = frozenset({"my", "our", "their", "its", "his", "her"})
REMEMBERED = 65_536
LONGEST_WORD = 40

_WHITE = re.compile(r"\s+")


class Sign(NamedTuple):
    """A phrase that tells of a marker: from `start` up to `end`, in characters, with a short quote around it."""

    marker: str
    start: int
    end: int
    quote: str


class Step(NamedTuple):
    """One word of a phrase: what it may be, how it may begin, and whether words may stand before it."""

    words: frozenset[str]
    stems: tuple[str, ...]
    loose: bool

    @property
    def meant(self) -> tuple[frozenset[str], tuple[str, ...]]:
        """Return what the word may be, wherever it stands."""
        return self.words, self.stems


class Phrase(NamedTuple):
    """A phrase of a marker; one that `excludes` rules the marker out where it stands."""

    marker: str
    steps: tuple[Step, ...]
    excludes: bool = False


class Plan(NamedTuple):
    """A phrase as it is looked for: the number of each of its words among all of them, and which are loose."""

    phrase: Phrase
    numbers: tuple[int, ...]
    needed: frozenset[int]
    loose: tuple[bool, ...]


def parse(text: str, marker: str = "") -> Phrase:
    """Return a phrase as it is matched. Raise ValueError with what is wrong with it."""
    words = text.casefold().replace("...", "…").replace("…", " … ").split()
    excludes = words[:1] == ["not"]
    words = words[1:] if excludes else words
    if not words or "…" in (words[0], words[-1]):
        raise ValueError("A sign begins and ends with a word.")
    steps = [_step(word, loose=before == "…") for before, word in zip(["", *words], words, strict=False) if word != "…"]
    return Phrase(marker, tuple(steps), excludes)


def _step(text: str, *, loose: bool) -> Step:
    options = text.split("|")
    if not all(WORD.fullmatch(option.rstrip("*~")) and option not in ARTICLES for option in options):
        raise ValueError(f"{text!r} is no word, nor words parted by | with * or ~ as an ending; articles are left out.")
    whole = frozenset(form for option in options if option[-1] != "*" for form in _forms(option))
    return Step(whole, tuple(option[:-1] for option in options if option[-1] == "*"), loose)


def _forms(option: str) -> tuple[str, ...]:
    """Return a word alone, or with `~` all that its past can be said of: `led~`, `designed~`, `shipped~`."""
    past = option.rstrip("~")
    if past == option:
        return (past,)
    if past in IRREGULAR:
        return (past, *IRREGULAR[past])
    if past.endswith("ied"):
        return (past, f"{past[:-3]}ies", f"{past[:-3]}ying")
    if not past.endswith("ed"):
        raise ValueError(f"{option!r}: ~ stands after a past tense that is known: owned~, led~.")
    single = past[:-3] if past[-3] == past[-4:-3] else past[:-2]
    return (past, f"{single}s", f"{past[:-1]}s", f"{past[:-2]}ing")


class Signs:
    """Finds the signs of seniority markers; `phrases` holds those of each marker, by its id."""

    def __init__(self, phrases: Mapping[str, Sequence[str]]) -> None:
        self.phrases = phrases
        # Phrases share their words: each is numbered once, so that a word of a text is looked up once for all of them.
        numbers: dict[tuple[frozenset[str], tuple[str, ...]], int] = {}
        self._plans: dict[int, list[Plan]] = defaultdict(list)
        for phrase in (parse(text, marker) for marker, texts in sorted(phrases.items()) for text in texts):
            own = tuple(numbers.setdefault(step.meant, len(numbers)) for step in phrase.steps)
            loose = tuple(step.loose for step in phrase.steps)
            self._plans[own[0]].append(Plan(phrase, own, frozenset(own), loose))
        self._whole: dict[str, set[int]] = defaultdict(set)
        self._stems: dict[str, set[int]] = defaultdict(set)
        for (words, stems), number in numbers.items():
            for word in words:
                self._whole[word].add(number)
            for stem in stems:
                self._stems[stem].add(number)
        self._lengths = sorted({len(stem) for stem in self._stems})
        self._known: dict[str, frozenset[int]] = {}
        self._beginnings = self._automaton(numbers)

    def _automaton(self, numbers: Mapping[tuple[frozenset[str], tuple[str, ...]], int]) -> ahocorasick.Automaton:
        """Return what finds in a text anything that a phrase may begin with, said of oneself too (`mentor`)."""
        automaton = ahocorasick.Automaton()
        for (words, stems), number in numbers.items():
            if number in self._plans:
                for word in (*words, *stems):
                    automaton.add_word(word.removesuffix("s"), True)
        automaton.make_automaton()
        return automaton

    def find(self, text: str) -> list[Sign]:
        """Return the first sign of each marker that a text tells of."""
        found: dict[str, Sign] = {}
        telling = (piece for piece in pieces(text) if self._may_tell(text[slice(*piece)].lower()))
        told = (clause for piece in telling for clause in clauses(text, *piece))
        for clause in told:
            for marker, (start, end) in self._told(clause, found).items():
                first, last = clause.words[start].start, clause.words[end - 1].end
                found[marker] = Sign(marker, first, last, quote(text, first, last))
        return sorted(found.values(), key=lambda sign: (sign.start, sign.marker))

    def spoken_of(self, text: str) -> list[Sign]:
        """Return the first sign of each marker that a text speaks of, whoever does it: an advert's "will mentor"."""
        found: dict[str, Sign] = {}
        for clause in clauses(text):
            fits = [self._fitting(word.text) | self._fitting(_third(word.text)) for word in clause.words]
            for phrase, start, end in self._fitted([word.text for word in clause.words], fits):
                first, last = clause.words[start].start, clause.words[end - 1].end
                if not phrase.excludes:
                    found.setdefault(phrase.marker, Sign(phrase.marker, first, last, quote(text, first, last)))
        return sorted(found.values(), key=lambda sign: (sign.start, sign.marker))

    def _may_tell(self, piece: str) -> bool:
        """Tell whether a piece of a text holds what any phrase begins with: many do not, and are passed over."""
        return next(self._beginnings.iter(piece), None) is not None

    def _told(self, clause: Clause, known: Mapping[str, Sign]) -> dict[str, tuple[int, int]]:
        """Return the markers that a clause tells of, with the places of the first word and after the last."""
        told: dict[str, tuple[int, int]] = {}
        excluded: set[str] = set()
        for phrase, start, end in self._matches(clause):
            if phrase.excludes:
                excluded.add(phrase.marker)
            elif phrase.marker not in known and phrase.marker not in told and claimed(clause, start, end):
                told[phrase.marker] = start, end
        return {marker: place for marker, place in told.items() if marker not in excluded}

    def _matches(self, clause: Clause) -> Iterator[tuple[Phrase, int, int]]:
        words = self._told_of([word.text for word in clause.words])
        return self._fitted(words, [self._fitting(word) for word in words])

    def _fitted(self, words: Sequence[str], fits: Sequence[frozenset[int]]) -> Iterator[tuple[Phrase, int, int]]:
        """Yield the phrases whose words stand in a clause, from the place of their first word up to the last."""
        there = frozenset().union(*fits)
        reach: list[int] = []
        for start, numbers in enumerate(fits):
            for number in numbers:
                for plan in self._plans.get(number, ()):
                    if plan.needed <= there:
                        reach = reach or _reach(words)
                        if end := _end(words, fits, reach, start, plan):
                            yield plan.phrase, start, end

    def _told_of(self, words: list[str]) -> list[str]:
        """Return words with what somebody says of themselves (`I mentor and own`) as it is said of them (`mentors`)."""
        if SUBJECTS.isdisjoint(words):
            return words
        told, speaks = words[:1], words[0] in SUBJECTS
        for before, word in pairwise(words):
            is_verb = before in SUBJECTS or (speaks and before in BESIDE)
            third = _third(word)
            told.append(third if is_verb and third in self._whole else word)
            speaks |= word in SUBJECTS
        return told

    def _fitting(self, word: str) -> frozenset[int]:
        """Return the numbers of the words of phrases that a word fits; texts repeat their words."""
        if (known := self._known.get(word)) is not None:
            return known
        if len(word) > LONGEST_WORD:
            return frozenset()
        stems = (self._stems.get(word[:length], ()) for length in self._lengths)
        found = frozenset(self._whole.get(word, ())).union(*stems)
        if len(self._known) >= REMEMBERED:
            self._known.clear()
        self._known[word] = found
        return found


def _third(verb: str) -> str:
    if verb.endswith("y") and verb[-2:-1] not in "aeiou":
        return f"{verb[:-1]}ies"
    return f"{verb}es" if verb.endswith(("ch", "sh", "s", "x")) else f"{verb}s"


def _end(
    words: Sequence[str], fits: Sequence[frozenset[int]], reach: Sequence[int], start: int, plan: Plan
) -> int | None:
    """Return the place after the last word of a phrase that begins at `start`; None where it is not there."""
    places = {start + 1}
    for number, loose in zip(plan.numbers[1:], plan.loose[1:], strict=True):
        ahead = (range(place, reach[place] if loose else _next(words, place)) for place in places)
        places = {there + 1 for window in ahead for there in window if number in fits[there]}
        if not places:
            return None
    return min(places)


def _reach(words: Sequence[str]) -> list[int]:
    """Return for each place up to where a phrase may go on from it: nothing is looked for beyond a denial."""
    reach = [len(words)] * (len(words) + 1)
    for place in range(len(words) - 1, -1, -1):
        barred = words[place] in BARRIERS or words[place].endswith("n't")
        reach[place] = place + 1 if barred else min(reach[place + 1], place + BETWEEN + 1)
    return reach


def _next(words: Sequence[str], place: int) -> int:
    """Return up to where the word after stands: a possessive may come between."""
    return min(place + (2 if words[place : place + 1] and words[place] in POSSESSIVES else 1), len(words))


def quote(text: str, start: int, end: int) -> str:
    """Return what stands around a place in a text on one line, cut at words, in at most 120 characters."""
    room = max(0, QUOTE - 2 - (end - start)) // 2
    first, last = max(0, start - room), min(len(text), end + room, start + QUOTE - 2)
    before, here, after = text[first:start], text[start:last], text[end:last]
    if first:
        before = before.partition(" ")[2] if " " in before else ""
    if last < len(text) and " " in after:
        here = here[: len(here) - len(after) + after.rfind(" ")]
    line = _WHITE.sub(" ", before + here).strip()
    return f"{'…' if first else ''}{line}{'…' if last < len(text) else ''}"
