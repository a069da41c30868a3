"""What people write for a level or for years of use, to integers: numbers, words, percent, stars, ticks and years."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction
from functools import cached_property
from typing import NamedTuple

from service.core.policy import TOP
from service.core.rounding import nearest
from service.core.time import Interval, Span
from service.skills.durations import MAY_BEGIN, MAY_END, months_of
from service.skills.names import folded

LONGEST_SAYING = 80
"""Characters; a longer text says no level."""

_NUMBER = re.compile(r"([+-]?\d{1,9}(?:[.,]\d{1,3})?) ?(%|percent|pct\.?|prozent|pour ?cent|por ciento)?")
_RANGE = re.compile(r"(\d(?:[.,]\d)?) ?(?:-|to|bis|a) ?(\d(?:[.,]\d)?)")
_FRACTION = re.compile(r"(\d{1,3}(?:[.,]\d{1,3})?) ?(?:/|out of|of|von|sur|de) ?(\d{1,3})(?: ?(?:stars?|points?))?")
_STARS = re.compile(r"(\d(?:[.,]\d)?) ?(?:stars?|sterne?|etoiles?|estrellas?)")
_SIGNS = re.compile(r"([★⭐✭✮●⬤■◆]*)(½?)([☆✩○◯□◇]*)")
_LEVEL = re.compile(r"^(?:l(?=\d)|(?:lvl|level|niveau|stufe|nivel)(?![a-z]))[ :.#-]*")
_AND = re.compile(r"(.+?)(?: ?[:=(\[–-] ?| to | bis | / ?|/)([^()\[\]]+)[)\]]?")
OF_WHAT = (
    "level", "lvl", "niveau", "stufe", "knowledge", "understanding", "proficiency", "skill", "skills", "user",
    "command", "kenntnisse", "nivel", "connaissances", "conocimientos",
)  # fmt: skip
"""What a level may be said to be one of: `basic knowledge`."""

_OF_WHAT = re.compile(rf"[ -](?:{'|'.join(OF_WHAT)})$")
_LINK = re.compile(r" (?:of|in|with|at|mit|von|de|en)$")
SCALES = (5, 10, 100)
"""The best of a scale that is said, as in 7/10; which way others run is not known."""


OUTSIDE = "outside the scale"

HALF = 5
"""Half a level, in tenths."""


class Reading(NamedTuple):
    """What was read: a level in tenths, months of use, the time of use, or a bare yes.

    `problem` says why nothing could be read, `note` how the name of the skill was.
    """

    level: Interval | None = None
    months: Interval | None = None
    mention: bool = False
    problem: str | None = None
    span: Span | None = None
    note: str | None = None


class OnNoScale(Reading):
    """What was read of a plain number, of which no scale is said beside it: `4`, and not `4/5` or `80 %`."""

    __slots__ = ()

    @property
    def is_outside(self) -> bool:
        """Tell whether the number is outside the scale that it was read on."""
        return bool(self.problem and self.problem.startswith(OUTSIDE))


SILENT = Reading()
"""Nothing was said: blank, "n/a", "?"."""

ABSENT = Reading(level=(0, 0))
"""Known not to be there."""

DIFFERENT = frozenset(("ano", "da", "ne", "nu"))
"""Words that mean yes or no in one language and something else in another."""

IN_ONE_LANGUAGE = "a word that means different things in different languages: write yes or no"
UNREADABLE = "not a level (0 to 5), a word such as 'advanced', yes or no, or years"


@dataclass(frozen=True)
class Words:
    """How levels are written: words with their level in tenths, and the words for yes, no and unknown.

    `names` holds the name and the meaning of each whole level, for legends; `ahead` those words of levels that say one
    right before a skill's name.
    """

    levels: Mapping[str, int]
    yes: frozenset[str]
    no: frozenset[str]
    unknown: frozenset[str]
    names: Mapping[int, tuple[str, str]]
    ahead: frozenset[str] = frozenset()

    def read(self, value: object, best: int = 5) -> Reading:
        """Read what stands in a cell or field for one skill; a plain number is on a scale from 0 to `best`."""
        if value is None:
            return SILENT
        if isinstance(value, bool):
            return Reading(mention=True) if value else ABSENT
        if isinstance(value, int | float):
            return OnNoScale(*_level(value, best))
        text = str(value)
        return self._text(_plain(text), best) if len(text) <= LONGEST_SAYING else Reading(problem=UNREADABLE)

    def before(self, text: str) -> Reading | None:
        """Read what stands before a skill's name, as in "basic Python" or "5 years of Python"; else None.

        Other words of levels are parts of names: low code, master data, high availability.
        """
        text = _LINK.sub("", folded(text)) if len(text) <= LONGEST_SAYING else ""
        if months := months_of(text, bare=False):
            return Reading(months=months)
        found = self._ahead & {text, _OF_WHAT.sub("", text)}
        return self._forms[max(found, key=len)] if found else None

    def may_begin(self, word: str) -> bool:
        """Tell whether something said before a name can begin with a word: a quick look, for most words cannot."""
        word = folded(word).partition("-")[0]
        return word in self._openers or MAY_BEGIN.match(word) is not None

    def may_end(self, words: Sequence[str]) -> bool:
        """Tell whether something said behind a name can end such words: a quick look, as before."""
        return not all(word.isalpha() for word in words) or folded(words[-1]) in self._closers

    @cached_property
    def _openers(self) -> frozenset[str]:
        return frozenset(word.replace("-", " ").split()[0] for word in self._ahead)

    @cached_property
    def _closers(self) -> frozenset[str]:
        said = {form.split()[-1] for form in self._forms if form}
        return frozenset({*said, *OF_WHAT, *MAY_END})

    @cached_property
    def _ahead(self) -> frozenset[str]:
        return frozenset(map(folded, self.ahead))

    @cached_property
    def _forms(self) -> dict[str, Reading]:
        """Return what each word says, by its folded form: unknown comes before yes, no and levels."""
        forms = {_plain(word): Reading(level=(level, level)) for word, level in self.levels.items()}
        forms |= {word: Reading(problem=IN_ONE_LANGUAGE) for word in DIFFERENT}
        forms |= {_plain(word): ABSENT for word in self.no}
        forms |= {_plain(word): Reading(mention=True) for word in self.yes}
        return forms | {_plain(word): SILENT for word in self.unknown}

    def _text(self, text: str, best: int) -> Reading:
        """Read a folded text: one word or figure, or two that are held against each other."""
        if (alone := self._one(text, best)) is not None:
            return alone
        if text.startswith("#"):
            return Reading(problem="an error of the spreadsheet")
        found = _AND.fullmatch(text)
        first, second = (self._one(part, best) for part in found.groups()) if found else (None, None)
        if first and second and second.months and (first.mention or (first.level and text[-1] in ")]")):
            return Reading(level=first.level, months=second.months)
        if not (first and second and first.level and second.level):
            return Reading(problem=UNREADABLE)
        if any(sign.isdigit() for sign in text):
            return _agreed(first.level, second.level)
        return _between(first, second)

    def _one(self, text: str, best: int) -> Reading | None:
        """Read one word or figure; None where it is neither."""
        bare = _LEVEL.sub("", _OF_WHAT.sub("", text))
        return self._forms.get(text) or (self._forms.get(bare) if bare else None) or _figure(bare, best)


def _plain(text: str) -> str:
    """Return a text folded, without what makes a sign an emoji."""
    return folded(text).replace("\ufe0f", "")


def _agreed(first: Interval, second: Interval) -> Reading:
    """Return the level of a number with a word beside it, which must say the same to within half a level."""
    if abs(first[0] - second[0]) <= HALF:
        return Reading(level=first)
    return Reading(problem="the number and the word disagree")


def _figure(text: str, best: int) -> Reading | None:
    """Read a number, a percentage, a fraction, stars or a time of use; None where the text is none of them."""
    if found := _NUMBER.fullmatch(text):
        return _level(_number(found[1]), 100) if found[2] else OnNoScale(*_level(_number(found[1]), best))
    if found := _RANGE.fullmatch(text):
        return OnNoScale(*_between(*(_level(_number(end), best) for end in found.groups())))
    if found := _FRACTION.fullmatch(text):
        return on_scale(_number(found[1]), int(found[2]))
    if found := _STARS.fullmatch(text):
        return _level(_number(found[1]), 5)
    if found := _SIGNS.fullmatch(text):
        return _drawn(*found.groups())
    months = months_of(text, bare=False)
    return Reading(months=months) if months else None


def _drawn(full: str, half: str, empty: str) -> Reading | None:
    """Read stars or dots; without empty ones only stars are a rating, and of five."""
    if not empty and not full.strip("●⬤■◆"):
        return None
    return on_scale(len(full) + len(half) / 2, len(full + half + empty) if empty else 5)


def on_scale(value: float, best: int) -> Reading:
    """Return a figure on a scale that is said."""
    if best not in SCALES:
        return Reading(problem=f"a scale up to {best}, of which only 5, 10 and 100 are read")
    return _level(value, best)


def _between(low: Reading, high: Reading) -> Reading:
    """Return a level known to lie between two."""
    if not low.level or not high.level:
        return low if low.problem else high
    level = (low.level[0], high.level[1])
    return Reading(level=level) if level[0] <= level[1] else Reading(problem="a range that falls")


def _number(text: str) -> float:
    return float(text.replace(",", "."))


def _level(value: float, best: int) -> Reading:
    """Return a figure on a scale from 0 as a level in tenths, rounded to the nearest (halves up)."""
    if not 0 <= value <= best:
        return Reading(problem=f"{OUTSIDE} from 0 to {best}{' %' if best == 100 else ''}")  # noqa: PLR2004
    tenths = nearest(value, Fraction(TOP, best))
    return Reading(level=(tenths, tenths))
