"""Lists of skills, as they stand in one cell, taken apart without breaking "C/C++", "CI/CD" or "AWS (EC2, S3)"."""

from __future__ import annotations

import re
from collections.abc import Callable
from itertools import zip_longest
from typing import NamedTuple

from service.skills.names import LONGEST_NAME, REMEMBERED, normalise

LABELS = frozenset((
    "additional skills", "core skills", "databases", "expertise", "frameworks", "key skills", "languages",
    "libraries", "main skills", "other", "other skills", "platforms", "primary", "primary skills", "programming",
    "programming languages", "secondary", "secondary skills", "skills", "soft skills", "stack", "tech", "tech stack",
    "technical skills", "technologies", "tools", "tools and technologies",
))  # fmt: skip
"""Headings inside a cell, dropped where a skill follows: `Languages: Python`. Any other stays: `Wants to learn: Go`."""

DENIALS = frozenset({"avoid", "except", "excluding", "lacks", "learning", "never", "no", "not", "without"})
"""Words that deny what follows: such an item stays whole, so that no skill is read out of `no Python / SQL`."""

ABSENCE = DENIALS | frozenset((
    "asked", "cannot", "dont", "dropped", "former", "formerly", "future", "gap", "gaps", "goal",
    "goals", "interest", "interested", "interests", "lack", "learn", "missing", "need", "needed", "needs", "next",
    "none", "old", "outdated", "past", "plan", "planned", "required", "requirements", "requires", "team",
    "to", "unknown", "vacancy", "want", "wanted", "wants", "weak", "weakness", "weaknesses", "wish", "wished", "wishes",
))  # fmt: skip
"""Words of a heading under which nothing is claimed: `Gaps: Kafka`, `Wants to learn: Go`."""

FILLERS = frozenset({"", "and more", "and others", "etc", "more", "others", "usw"})
"""What ends a list and names nothing."""

COMPOUNDS = (
    "a/b", "a/c", "ai/ml", "ar/vr", "c/o", "ci/cd", "client/server", "elt/etl", "etl/elt", "go/no", "i/o",
    "m/w", "ml/ai", "n/a", "os/2", "pl/i", "pl/sql", "pub/sub", "r/w", "read/write", "s/4hana", "tcp/ip", "ui/ux",
    "ux/ui", "w/o", "z/os",
)  # fmt: skip
"""Pairs that a slash holds together: no separator, whatever the parts mean alone."""

_TAIL = re.compile(
    r"(?<!\s)\s*(?:(?:[(\[][^()\[\]]*[)\]]|(?<=\s)\d(?:[.,]\d)?|\d{1,9}\+?\s*(?:years?|yrs?))\s*|(?::|\s[-–—])[^:]{0,200})$",
    re.IGNORECASE,
)
_SEPARATOR = re.compile(
    r"[;|\n\r\t\v\f\x85\u2028\u2029；、，•▪◦‣∙►➢➤✓✔❖\uf0b7·]|(?<![●○■□])[●■□](?![●○■□])|,(?!(?<=\d,)\d)"
)
_LINES = re.compile(r"[\n\r\v\f\x85\u2028\u2029]")
_WIDE = re.compile(r"[;|\t；•▪◦‣∙►➢➤✓✔❖\uf0b7·]")
_HEADING = re.compile(r"(?=[^:]*[^\W\d_])([^:,;|]{1,40}?)\s*:(?!//)\s*(.*)", re.DOTALL)
_HEADING_WORDS = 5
_LOOSE = re.compile(r" / |(?<!/)/(?!/)| (?:and/or|and|or) | ?& ?| \+ ", re.IGNORECASE)
_PAIRS = "|".join(COMPOUNDS).replace("/", " ?/ ?")
_HELD = re.compile(rf"(?<!\w)(?:{_PAIRS})(?!\w)|\d ?/ ?\d|\b(?:https?://|www\.)\S+", re.IGNORECASE)
_BULLET = re.compile(r"^(?:(?:[-–—*+]|\d{1,2}[.)])\s+|(?:and|or)\s+|&\s*)+", re.IGNORECASE)
_BRACKETS = {"(": ")", "[": "]", "（": "）"}
_QUOTES = " \"'“”"
_PAIR = re.compile(r"\([^()\[\]（）]*\)|\[[^()\[\]（）]*\]|（[^()\[\]（）]*）")
_BRACKET = re.compile(r"[()\[\]（）]")
_MASK = "\0"
_MOST_JOINED = 4
_MOST_OPENED = 4


class Lists:
    """Takes lists apart. `resolve` knows which texts name a skill in any way, `named` which do as they stand."""

    def __init__(self, resolve: Callable[[str], str | None], named: Callable[[str], str | None]) -> None:
        self.resolve = resolve
        self.named = named
        self._parted: dict[str, tuple[str, ...]] = {}

    def split(self, text: str) -> list[str]:
        """Return the items of a list of skills in their order; levels in brackets stay with their skill."""
        text = text.strip()
        if text[:1] + text[-1:] in ("[]", "{}"):
            text = text[1:-1]
        return [item for cut in _cut(text, _SEPARATOR) for item in self._items(cut.strip())]

    def _items(self, cut: str) -> tuple[str, ...]:
        """Return the items between two separators; lists differ, and what they list repeats."""
        if (known := self._parted.get(cut)) is not None:
            return known
        bare = (_bare(item) for piece in self._open(_bare(cut)) for item in self._part(piece))
        items = tuple(item for item in bare if normalise(item) not in FILLERS)
        if len(cut) <= LONGEST_NAME:
            if len(self._parted) >= REMEMBERED:
                self._parted.clear()
            self._parted[cut] = items
        return items

    def _knows(self, text: str) -> str | None:
        """Resolve an item, with what may be said of it: `Python (4)`, `SQL - advanced`."""
        if len(text) > LONGEST_NAME:
            return None
        return self.resolve(text) or self.resolve(_TAIL.sub("", text))

    def _open(self, item: str) -> list[str]:
        """Take the skills out of brackets or from behind a label: `AWS (EC2, S3)`, `Languages: Python`."""
        if self.named(item):
            return [item]
        label, _, rest = item.partition(":")
        if rest and normalise(label) in LABELS:
            return self._unbracket(_bare(rest))
        if rest and self._knows(label) and self._knows(rest):
            return [label, rest]
        return self._unbracket(item)

    def _unbracket(self, item: str) -> list[str]:
        """Set skills in brackets beside the skill before them; what else the brackets say stays with it."""
        for start, end in _bracketed(item)[:_MOST_OPENED]:
            inner = [part for cut in _cut(item[start + 1 : end], _SEPARATOR) for part in self._part(_bare(cut))]
            skills = [] if any(map(_denies, inner)) else [part for part in inner if self._knows(part)]
            outer = f"{item[:start].rstrip()}{item[end + 1 :]}".strip()
            if normalise(outer) in LABELS and len(skills) == len(inner) > 0:
                return skills
            if self._lists(outer, skills):
                rest = ", ".join(part for part in inner if part not in skills)
                said = f" ({rest})" if rest else ""
                return [f"{item[:start].rstrip()}{said}{item[end + 1 :]}", *skills]
        return [item]

    def _lists(self, outer: str, inner: list[str]) -> bool:
        """Tell whether `inner` names further skills beside `outer`, which is one; a lone letter may be a grade."""
        known = self._knows(outer)
        others = {self._knows(part) for part in inner} - {known, None}
        return bool(known and others) and any(len(part.strip()) > 1 for part in inner)

    def _part(self, item: str) -> list[str]:
        """Part an item at a slash, `and`, `or`, `&` or ` + `, unless these belong to a name."""
        if self.resolve(item) or _denies(item):
            return [item]
        parts, signs = self._rejoined(*_loose(item))
        items = parts[:1]
        for sign, part in zip(signs, parts[1:], strict=True):
            if self._parts_at(sign, items[-1], part):
                items.append(part)
            else:
                items[-1] += sign + part
        return items

    def _rejoined(self, parts: list[str], signs: list[str]) -> tuple[list[str], list[str]]:
        """Put parts together again that are one name, the longest first: `CI`, `CD`, `MLOps` → `CI/CD`, `MLOps`."""
        whole: list[str] = []
        between: list[str] = []
        place = 0
        while place < len(parts):
            for stop in range(min(len(parts), place + _MOST_JOINED), place, -1):
                joined = _join(parts[place:stop], signs[place : stop - 1])
                if stop == place + 1 or self._knows(joined):
                    break
            whole.append(joined)
            between += signs[stop - 1 : stop]
            place = stop
        return whole, between

    def _parts_at(self, sign: str, before: str, after: str) -> bool:
        """Tell whether a sign parts two items: a wide slash always, `and` between skills, a slash beside a sure one."""
        if sign == " / ":
            return not after[:1].isdigit() or self._knows(after) is not None
        known = [part for part in (before, after) if self._knows(part)]
        # A lone C or R beside a slash may be part of anything ("C/O"), a longer name may not.
        return len(known) == 2 or (sign == "/" and any(len(part.strip()) > 2 for part in known))  # noqa: PLR2004


class Piece(NamedTuple):
    """A piece of a list, the heading that it stands under (blank: none), and whether the heading stands before it."""

    heading: str
    text: str
    is_first: bool = False


def headed(text: str, names: Callable[[str], object]) -> list[Piece]:
    """Return what stands between the separators of a list, each with its heading: `Expert: Python, SQL`.

    A heading holds up to the next one or the end of its line, and not across a wider separator than the comma; one
    that has a line of its own holds for the lines below it, up to a blank one. `names` tells what names a skill, and
    heads nothing: `AWS: EC2`.
    """
    pieces: list[Piece] = []
    above = ""
    for line in _LINES.split(text):
        heading, rest = _heading(line, names)
        if not rest.strip():
            above = heading
            continue
        above = "" if heading else above
        # Between commas a semicolon is the wider sign; without any it is the only one.
        for group in _cut(line, _WIDE) if "," in line else [line]:
            under = above
            for cut in _cut(group, _SEPARATOR):
                heading, rest = _heading(cut, names)
                under = heading or under
                pieces.append(Piece(under, rest.strip(), bool(heading)))
    return [piece for piece in pieces if piece.text]


def _heading(cut: str, names: Callable[[str], object]) -> tuple[str, str]:
    """Part a heading from what stands behind it; blank where there is none."""
    cut = _bare(cut)
    found = _HEADING.fullmatch(cut)
    if found is None or len(found[1].split()) > _HEADING_WORDS or names(found[1]):
        return "", cut
    return found[1], found[2]


def denies(heading: str) -> bool:
    """Tell whether a heading says of its items that they are not there, or not theirs who is spoken of."""
    return not ABSENCE.isdisjoint(normalise(heading).split())


def _bracketed(text: str) -> list[tuple[int, int]]:
    """Return where outermost brackets open and close; one that never closes is no bracket."""
    pending: list[tuple[int, str]] = []
    found: list[tuple[int, int]] = []
    for place, sign in enumerate(text):
        if sign in _BRACKETS:
            pending.append((place, _BRACKETS[sign]))
        elif pending and sign == pending[-1][1]:
            start = pending.pop()[0]
            while found and found[-1][0] > start:
                found.pop()
            found.append((start, place))
    return found


def _masked(text: str) -> str:
    """Return a text of the same length in which nothing inside brackets is seen."""
    # Nearly all brackets are plain pairs, and one search settles them; the rest are taken letter by letter.
    plain = _PAIR.sub(lambda found: _MASK * len(found[0]), text)
    if not _BRACKET.search(plain):
        return plain
    pieces, place = [], 0
    for start, end in _bracketed(text):
        pieces += [text[place:start], _MASK * (end + 1 - start)]
        place = end + 1
    return "".join([*pieces, text[place:]])


def _cut(text: str, sign: re.Pattern[str]) -> list[str]:
    """Cut a text at a sign wherever it stands outside brackets."""
    bounds = [(found.start(), found.end()) for found in sign.finditer(_masked(text))]
    starts = [0, *(end for _, end in bounds)]
    stops = [*(start for start, _ in bounds), len(text)]
    return [text[start:stop] for start, stop in zip(starts, stops, strict=True)]


def _denies(item: str) -> bool:
    """Tell whether an item says that a skill is not there."""
    return bool(DENIALS.intersection(normalise(item[:LONGEST_NAME]).split()[:1]))


def _loose(text: str) -> tuple[list[str], list[str]]:
    """Cut a text at the signs that may part two skills; return the parts and the signs between them."""
    view = _HELD.sub(lambda found: _MASK * len(found[0]), _masked(text))
    bounds = [found.span() for found in _LOOSE.finditer(view)]
    parts = [text[a:b] for a, b in zip([0, *(e for _, e in bounds)], [*(s for s, _ in bounds), len(text)], strict=True)]
    return parts, [text[start:stop] for start, stop in bounds]


def _join(parts: list[str], signs: list[str]) -> str:
    """Put parts together with the signs that stood between them."""
    return "".join(piece for pair in zip_longest(parts, signs, fillvalue="") for piece in pair)


def _bare(item: str) -> str:
    """Return an item without bullets, leading `and`, quotes and space around it."""
    return _BULLET.sub("", " ".join(item.split()).strip(_QUOTES)).strip(_QUOTES).rstrip(". ")
