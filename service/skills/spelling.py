"""Names of skills with a slip in them: read where only one skill can be meant, else suggested to a person.

Figures behind the rules, over 18,600 English words, 19,000 names of tools and occupations, and all names we know: with
words of five letters 111 words and tools would turn into other skills, with six 33. Most of those differ in the first
letter, which is seldom mistyped; the rest are `NOT_SLIPS`.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from functools import cached_property
from itertools import islice
from typing import NamedTuple

import numpy as np
from rapidfuzz import process
from rapidfuzz.distance import OSA

from service.skills.names import LONGEST_NAME, REMEMBERED, normalise
from service.skills.vocabulary import Vocabulary

LEAST_LETTERS = 6
"""A shorter word is never read as another: too many words of five letters are one edit from a tool."""

LEAST_SUGGESTED = 4
"""Letters; a shorter name gets no suggestion."""

ALIKE = 0.75
"""How alike a name must be to be suggested: finds two slips in 9 letters 99 times in 100, offers 3 to 5 % of the names
of other things something."""

BLOCK = 512
"""Names compared with all others at a time: two megabytes."""

_OTHER_WORDS = """
accesso activex amundson analysts apogee apteryx arango assembla assemble assembled assembles athenz automake automata
automq backed balance biometric booker booster broken bruker buffer casual catching chance change charge chartr chrome
cipher clause clearing closing closure cloudy clutter cluttering coming commutation commute commuting company connex
consent consult contacts containerd contest contracts contrasts convey cursors cursory custom customs datalog datavis
deepest defect derive deriving detnet directv directx diving docked dockers docket dockets docking domains driver
effects ensembl evacuation expended exploding expresses extrema farming fastab fiddle fiddler financials finding
firehouse flatter flitter fluent format genomic geometrix graphml groove grooves handing healthy helicon hiding imagej
imagine indent infernet informatics intercal internals interval jenkinsx jupiter kennel labelimg lading lambdas
leaking leaning leaving lending lighting linkage linked linker linkers literary locker locking logistics looked
looping looser lucent mapthematics marked marker marketo massage master masters mastery mathematica matter mindjet
mixing modems modulus multiply nestos neutral opencl opened openepi openio operator optimal outing packed packet
packing pandora perfect picked picker plplot polaris present presets preventing prince principle produce projection
promoting prophets prophetx protect protection proxied pubnub pulses pytext qualify racked radios ranging rapide
reacts realty reducer refraining remove resorting retaining rigging robert roberto robotc rockets rsview safely sample
scanner scheme scope scoping scrap scrape scraped scrappy scream senior sensory sentient settling shaded shared
simplex sitting solidly sorting spinner spunks squares sslearn stands statistica stored storing stowage strand strands
streak streamlet streamlets string stripe strips studied studios supernet superset supersets survey switch systemd
tablet talend talent teamworks testng though thread threads throughout tracked trading trailing trigon turing turning
unread valley vehicle vertical victor visions vortex waiting whisker window wording
"""
NOT_SLIPS = frozenset(_OTHER_WORDS.split())
"""Words and tools that are one edit from a skill's name, and are no slip."""


UNASKED = ""
"""Stands where a name was not asked for before; no skill has it for an id."""


class Answer(NamedTuple):
    """What a written name is: a skill, which `slip` tells was not written quite so, or else a skill to suggest."""

    skill: str | None = None
    slip: bool = False
    suggestion: str | None = None


class Spelling:
    """Reads names with a slip in them by the names of a vocabulary."""

    def __init__(self, vocabulary: Vocabulary) -> None:
        self.vocabulary = vocabulary
        self._read: dict[str, str | None] = {}
        self._suggested: dict[str, str | None] = {}

    def near(self, name: str) -> str | None:
        """Return the one skill that a name is a single edit from; None where that may be another word, or two skills.

        An edit is a letter left out, added, changed, or swapped with its neighbour, or a space left out or added.
        """
        if len(name) > LONGEST_NAME:
            return None
        if (known := self._read.get(name, UNASKED)) is not UNASKED:
            return known
        _make_room(self._read)
        found = self._read[name] = self._near(name)
        return found

    def suggest(self, name: str) -> str | None:
        """Return the skill whose name is most alike, None where none is alike enough."""
        return self.suggest_all([name])[0]

    def suggest_all(self, names: Sequence[str]) -> list[str | None]:
        """Return for each name the skill whose name is most alike."""
        found = {name: self._suggested.get(name, UNASKED) for name in names}
        for block in _blocks([name for name, skill in found.items() if skill is UNASKED], BLOCK):
            compared = self._compared(block)
            _make_room(self._suggested)
            self._suggested |= compared
            found |= compared
        return [found[name] or None for name in names]

    def resolve_all(self, names: Iterable[str]) -> Iterator[Answer]:
        """Yield what each name is, in their order, holding no more of them than it compares at a time."""
        for block in _blocks(names, 8 * BLOCK):
            known = [self._known(name) for name in block]
            unknown = [name for name, answer in zip(block, known, strict=True) if not answer.skill]
            suggested = dict(zip(unknown, self.suggest_all(unknown), strict=True))
            yield from (
                answer if answer.skill else Answer(suggestion=suggested[name])
                for name, answer in zip(block, known, strict=True)
            )

    def _known(self, name: str) -> Answer:
        if skill := self.vocabulary.resolve(name):
            return Answer(skill)
        skill = self.near(name)
        return Answer(skill, slip=skill is not None)

    def _near(self, name: str) -> str | None:
        """Return the one skill that the first of a name's forms with a slip in it leads to."""
        for form in self.vocabulary.forms(name):
            if skills := {*self._mended(form), *self._closed(form)}:
                return skills.pop() if len(skills) == 1 else None
        return None

    def _mended(self, form: str) -> Iterator[str]:
        """Yield the skills that a form names once the one word in it that no name has is put right."""
        words = form.split()
        strange = [place for place, word in enumerate(words) if word not in self._words]
        if len(strange) != 1 or words[strange[0]] in NOT_SLIPS:
            return
        place = strange[0]
        for word in self._neighbours(words[place]):
            skill = self.vocabulary.names.get(" ".join([*words[:place], word, *words[place + 1 :]]))
            if skill:
                yield skill

    def _closed(self, form: str) -> Iterator[str]:
        """Yield the skill that has a form for its name but for one space."""
        skill, spaces = self._without_spaces.get(form.replace(" ", ""), (None, 0))
        if skill and form not in NOT_SLIPS and abs(spaces - form.count(" ")) == 1:
            yield skill

    def _neighbours(self, word: str) -> set[str]:
        """Return the words one edit from a word, of those long enough, with the same first letter and figures."""
        if len(word) < LEAST_LETTERS:
            return set()
        near = {other for rest in _shortened(word) for other in self._by_rest.get(rest, ())}
        return {
            other
            for other in near
            if other[0] == word[0] and _figures(other) == _figures(word) and OSA.distance(word, other) == 1
        }

    @cached_property
    def _words(self) -> frozenset[str]:
        """Return every word of every name."""
        return frozenset(word for name in self.vocabulary.names for word in name.split())

    @cached_property
    def _by_rest(self) -> dict[str, list[str]]:
        """Return the longer words by what is left of them without one letter, or whole."""
        found: dict[str, list[str]] = defaultdict(list)
        for word in sorted(self._words):
            if len(word) >= LEAST_LETTERS:
                for rest in _shortened(word):
                    found[rest].append(word)
        return dict(found)

    @cached_property
    def _without_spaces(self) -> dict[str, tuple[str | None, int]]:
        """Return the longer names without spaces, with their skill (None for two) and their spaces."""
        found: dict[str, tuple[str | None, int]] = {}
        for name, skill in self.vocabulary.names.items():
            closed = name.replace(" ", "")
            if len(closed) >= LEAST_LETTERS:
                known = found.get(closed)
                found[closed] = (skill if known in (None, (skill, name.count(" "))) else None, name.count(" "))
        return found

    @cached_property
    def _choices(self) -> list[str]:
        return sorted(name for name in self.vocabulary.names if len(name) >= LEAST_SUGGESTED)

    def _compared(self, names: Sequence[str]) -> dict[str, str | None]:
        """Return the most alike of all names for each of some, by one call for all of them."""
        if not self._choices:
            return dict.fromkeys(names)
        forms = [normalise(name) if len(name) <= LONGEST_NAME else "" for name in names]
        alike = process.cdist(
            forms, self._choices, scorer=OSA.normalized_similarity, score_cutoff=ALIKE, dtype=np.float32
        )
        best = alike.argmax(axis=1)
        return {
            name: self.vocabulary.names[self._choices[at]] if len(form) >= LEAST_SUGGESTED and row[at] else None
            for name, form, at, row in zip(names, forms, best, alike, strict=True)
        }


def _shortened(word: str) -> set[str]:
    """Return a word with each of its letters left out in turn, and whole."""
    return {word, *(word[:place] + word[place + 1 :] for place in range(len(word)))}


def _figures(word: str) -> str:
    return "".join(filter(str.isdigit, word))


def _make_room(remembered: dict[str, str | None]) -> None:
    """Forget all before there is too much, by up to a block."""
    if len(remembered) >= REMEMBERED:
        remembered.clear()


def _blocks(names: Iterable[str], size: int) -> Iterator[list[str]]:
    left = iter(names)
    while block := list(islice(left, size)):
        yield block
