"""Names of skills, as people write them, to the ids rubrics ask for. Exact after normalising, or nothing: no guesses.

What is said of a skill beside its name (a level, a number, years: `Python (4)`, `Go - 3 yrs`) is left to the reader of
levels: such a text resolves to nothing here, so that nobody takes `Python (0)` for a plain mention of Python.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from itertools import product, takewhile, zip_longest
from types import MappingProxyType

from service.errors import BrokenRubric

LONGEST_NAME = 200
"""Characters; a longer text is prose and names no skill."""

REMEMBERED = 65_536
"""How many written forms a vocabulary keeps with their answer, before it starts afresh."""

MOST_QUALIFIERS = 4
"""How many words are taken off either end of a name at most."""

LEADING = frozenset((
    "advanced", "applied", "basic", "deep", "demonstrated", "excellent", "experience", "experienced", "expert",
    "expertise", "familiar", "familiarity", "fluent", "good", "hands", "in", "intermediate", "knowledge", "of", "on",
    "practical", "proficiency", "proficient", "programming", "proven", "skilled", "skills", "solid", "some", "strong",
    "understanding", "using", "with", "working",
))  # fmt: skip
"""Words before a skill's name that do not change which skill it is: `Advanced SQL`, `experience with Python`."""

TRAILING = frozenset((
    "coding", "competence", "competency", "development", "essentials", "experience", "expertise", "fundamentals",
    "knowledge", "language", "programming", "scripting", "skill", "skills", "understanding",
))  # fmt: skip
"""Words after a skill's name that do not change which skill it is; words of a level are not among them."""

ASIDES = TRAILING | frozenset((
    "additional", "core", "essential", "have", "main", "mandatory", "must", "nice", "optional", "preferred",
    "primary", "required", "secondary", "to",
))  # fmt: skip
"""Words in brackets that do not change which skill it is: `Python (primary)`, `R (nice to have)`."""

LABELS = frozenset((
    "additional skills", "core skills", "databases", "expertise", "frameworks", "key skills", "languages",
    "libraries", "main skills", "other", "other skills", "platforms", "primary", "primary skills", "programming",
    "programming languages", "secondary", "secondary skills", "skills", "soft skills", "stack", "tech", "tech stack",
    "technical skills", "technologies", "tools", "tools and technologies",
))  # fmt: skip
"""Headings inside a cell, dropped where a skill follows: `Languages: Python`. Any other stays: `Wants to learn: Go`."""

DENIALS = frozenset({"avoid", "except", "excluding", "lacks", "learning", "never", "no", "not", "without"})
"""Words that deny what follows: such an item stays whole, so that no skill is read out of `no Python / SQL`."""

COMPOUNDS = (
    "a/b", "a/c", "ai/ml", "and/or", "ar/vr", "c/o", "ci/cd", "client/server", "elt/etl", "etl/elt", "go/no", "i/o",
    "m/w", "ml/ai", "n/a", "os/2", "pl/i", "pl/sql", "pub/sub", "r/w", "read/write", "s/4hana", "tcp/ip", "ui/ux",
    "ux/ui", "w/o", "z/os",
)  # fmt: skip
"""Pairs that a slash holds together: no separator, whatever the parts mean alone."""

_SAME = str.maketrans({"♯": "#", **dict.fromkeys("™®©℠'`´‘’‛′ʼ＇")})
_DETACHED = re.compile(r"\b([cf]) (#|\+\+)(?!\w)")
_MEANINGLESS = re.compile(r"[^\w+#.%]+|_+")
_STRAY = re.compile(r"(?<!\b[a-z])#|(?<![\w+])\++")
_DOT = re.compile(r"(?P<keep>(?<=\d)\.(?=\d)|(?<!\S)\.(?=[^\W\d_]))|(?P<join>(?<=\w)\.(?=\w))|\.")
_SCRIPT = re.compile(r"(?<=\w) js\b")

_SAID = re.compile(r"(?:[(\[（:=]|\s[-–—])\s*[~<>+-]?\s*(?!\d+\.(?:\d\d|\d+\.))\d|\d\s*(?:/|out of|of)\s*\d")
"""A number that rates: in brackets, after a colon or dash, or out of a best one."""

_ASIDE = re.compile(r"[(\[]([^()\[\]]*)[)\]]")
_YEARS_AHEAD = re.compile(r"^\d+(?:\.\d+)?\+? (?:years?|yrs?|months?) (?=.)")
_VERSION = re.compile(
    r"v\d+(?:\.\d+)*x?|(?:[1-9]\d*)(?:\.\d+)+x?\+?|\d+x|[1-9]\d*\+|0\.\d\d+(?:\.\d+)*|[6-9]|[1-9]\d{1,3}"
)
"""A version. A lone 0 to 5 is none: it may be a level, which others read."""

_GLUED_VERSION = re.compile(r"^(.*(?:[^\W\d]{3}|[+#]))v?\d+(?:\.\d+)*x?\+?$")
_TAIL = re.compile(
    r"\s*(?:[(\[][^()\[\]]*[)\]]|(?::|\s[-–—])\s*[^:]*|(?<=\s)\d(?:[.,]\d)?|\d+\+?\s*(?:years?|yrs?))\s*$",
    re.IGNORECASE,
)
_SEPARATOR = re.compile(r"[;|\n\r\t\v\f\x85\u2028\u2029；、，•●▪◦‣∙■□►➢➤✓✔❖\uf0b7·]|,(?!(?<=\d,)\d)")
_LOOSE = re.compile(r" / |(?<!/)/(?!/)| (?:and|or) | ?& ?| \+ ", re.IGNORECASE)
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


def normalise(name: str) -> str:
    """Return a name in the form in which names are compared; the form of a form is itself."""
    plain = _plain(name)
    # Dropping a sign can bring together what Unicode then composes, so a second pass settles it.
    return plain if name.isascii() else _plain(plain)


def _plain(text: str) -> str:
    """Fold case and width, and drop the signs that carry no meaning (those of C++, C#, .NET, 3.11 and 80% do)."""
    if not text.isascii() or not text.isprintable():
        text = "".join(c for c in text if c.isspace() or unicodedata.category(c) not in ("Cc", "Cf"))
        text = text.translate(_SAME)
        text = unicodedata.normalize("NFKC", unicodedata.normalize("NFKC", text).casefold())
    text = text.translate(_SAME).casefold().replace("&", " and ")
    text = _DETACHED.sub(r"\1\2", _MEANINGLESS.sub(" ", text))
    text = _DOT.sub(_dot, _STRAY.sub(" ", text))
    return _SCRIPT.sub("js", " ".join(text.split()))


def _dot(found: re.Match[str]) -> str:
    """Keep the dot of 3.11 and .NET, close that of Node.js, and let any other be a space."""
    if found["keep"]:
        return "."
    return "" if found["join"] else " "


@dataclass(frozen=True, slots=True)
class Skill:
    """A skill: what it is called, what else people call it, and the skills whose practice it proves."""

    id: str
    name: str
    field: str
    aliases: tuple[str, ...] = ()
    implies: tuple[str, ...] = ()


class Vocabulary:
    """All skills with their names. `implied` holds for each id every skill it proves, however far removed."""

    def __init__(self, skills: Iterable[Skill]) -> None:
        listed = tuple(skills)
        by_id: dict[str, Skill] = {}
        for skill in listed:
            by_id.setdefault(skill.id, skill)
        self.skills: Mapping[str, Skill] = MappingProxyType(by_id)
        self.implied: Mapping[str, frozenset[str]] = MappingProxyType(
            {id_: _reached(id_, self.skills) for id_ in self.skills}
        )
        self._names = {name: skill.id for skill in reversed(listed) for _, name in _names(skill)}
        self._remembered: dict[str, str | None] = {}
        self._parted: dict[str, tuple[str, ...]] = {}
        if faults := [*_name_faults(listed), *_implication_faults(listed, self.implied)]:
            raise BrokenRubric(f"The vocabulary of skills has faults: {len(faults)}.", faults)

    def resolve(self, name: str) -> str | None:
        """Return the id of the skill a text names; None where it names none, or says more than a name."""
        try:
            return self._remembered[name]
        except KeyError:
            pass
        if len(name) > LONGEST_NAME:
            return None
        if len(self._remembered) >= REMEMBERED:
            self._remembered.clear()
        found = self._remembered[name] = self._find(name)
        return found

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
        items = tuple(item for item in bare if normalise(item))
        if len(cut) <= LONGEST_NAME:
            if len(self._parted) >= REMEMBERED:
                self._parted.clear()
            self._parted[cut] = items
        return items

    def _find(self, name: str) -> str | None:
        """Look a text up: as it stands, then without asides and the words that qualify it."""
        if _SAID.search(name):
            return None
        if found := self._names.get(normalise(name)):
            return found
        words = normalise(_ASIDE.sub(self._aside, name))
        return next((self._names[form] for form in _peeled(words) if form in self._names), None)

    def _aside(self, found: re.Match[str]) -> str:
        """Drop a bracket that only qualifies or names a skill again; keep any other, which may change the meaning."""
        inner = normalise(found[1])
        qualifies = ASIDES.issuperset(inner.split()) or _VERSION.fullmatch(inner)
        return " " if qualifies or inner in self._names else found[0]

    def _knows(self, text: str) -> str | None:
        """Resolve an item, with what may be said of it: `Python (4)`, `SQL - advanced`."""
        if len(text) > LONGEST_NAME:
            return None
        return self.resolve(text) or self.resolve(_TAIL.sub("", text))

    def _open(self, item: str) -> list[str]:
        """Take the skills out of brackets or from behind a label: `AWS (EC2, S3)`, `Languages: Python`."""
        if normalise(item) in self._names:
            return [item]
        label, _, rest = item.partition(":")
        if rest and normalise(label) in LABELS:
            return self._unbracket(_bare(rest))
        if rest and self._lists(label, [rest]):
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


def _peeled(words: str) -> Iterator[str]:
    """Yield a normalised name with ever more qualifiers off its ends, the longest rest first."""
    listed = _YEARS_AHEAD.sub("", words).split()
    ahead = _run(listed, LEADING.__contains__)
    behind = _run(listed[::-1], lambda word: word in TRAILING or _VERSION.fullmatch(word) is not None)
    for first, last in sorted(product(range(ahead + 1), range(behind + 1)), key=sum):
        rest = " ".join(listed[first : len(listed) - last])
        yield rest
        if glued := _GLUED_VERSION.match(rest):
            yield glued[1]


def _run(words: list[str], qualifies: Callable[[str], object]) -> int:
    """Count the words at the start that qualify, up to the most we take off."""
    return sum(1 for _ in takewhile(qualifies, words[:MOST_QUALIFIERS]))


def _names(skill: Skill) -> Iterator[tuple[str, str]]:
    """Yield every name of a skill after normalising, with the field that gives it."""
    yield "id", normalise(skill.id)
    yield "name", normalise(skill.name)
    yield "name", normalise(_ASIDE.sub(" ", skill.name))
    for alias in skill.aliases:
        yield "aliases", normalise(alias)


def _reached(start: str, skills: Mapping[str, Skill]) -> frozenset[str]:
    """Return every skill that one leads to; itself only where the implications go round in a circle."""
    reached: set[str] = set()
    ahead = [start]
    while ahead:
        for proved in skills[ahead.pop()].implies:
            if proved in skills and proved not in reached:
                reached.add(proved)
                ahead.append(proved)
    return frozenset(reached)


def _name_faults(listed: Iterable[Skill]) -> Iterator[dict[str, str]]:
    """Yield a fault for every id given twice, every empty name, and every name that two skills claim."""
    owners: dict[str, str] = {}
    ids: set[str] = set()
    for place, skill in enumerate(listed):
        if skill.id in ids:
            yield _fault(place, "id", "duplicate_id", f"The skill {skill.id!r} is there twice.")
            continue
        ids.add(skill.id)
        for field, name in dict.fromkeys(_names(skill)):
            owner = owners.setdefault(name, skill.id) if name else None
            if not name:
                yield _fault(place, field, "empty_name", f"{skill.id!r} has a name without letters or digits.")
            elif owner != skill.id:
                yield _fault(place, field, "name_taken", f"{skill.id!r} and {owner!r} both claim the name {name!r}.")


def _implication_faults(listed: Iterable[Skill], implied: Mapping[str, frozenset[str]]) -> Iterator[dict[str, str]]:
    """Yield a fault for every unknown skill implied, and one for every circle of implications."""
    told: set[str] = set()
    for place, skill in enumerate(listed):
        for unknown in sorted(set(skill.implies) - set(implied)):
            yield _fault(place, "implies", "unknown_skill", f"{skill.id!r} implies {unknown!r}, which is no skill.")
        if skill.id in implied[skill.id] and skill.id not in told:
            circle = sorted(id_ for id_ in implied[skill.id] if skill.id in implied[id_])
            told.update(circle)
            yield _fault(place, "implies", "implication_cycle", f"These imply each other: {', '.join(circle)}.")


def _fault(place: int, field: str, code: str, detail: str) -> dict[str, str]:
    return {"field": f"skills.{place}.{field}", "code": code, "detail": detail}


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
