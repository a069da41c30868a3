"""Names to skills: what people write, normalised, to the ids that rubrics use. It never guesses."""

from __future__ import annotations

import re
import unicodedata
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from functools import lru_cache
from typing import Any

from service.errors import BrokenRubric

INVISIBLE = re.compile(r"[\u00ad\u200b-\u200f\u202a-\u202e\u2060-\u2064\ufeff\x00-\x08\x0b\x0c\x0e-\x1f\x7f]")
DASHES_AND_QUOTES = str.maketrans("‐‑‒–—−’‘“”`´", "------''\"\"''")
JOINERS = re.compile(r"[\s_/()\[\]{}-]+")
"""What stands between the parts of a name: `CI/CD`, `CI-CD` and `ci cd` are one name, and so is `scikit_learn`."""

MEANINGLESS = re.compile(r"[\"',;:!?*™®©•·]|\.+(?=\s|$)|(?<=\s)\.(?=\s)")
SCRIPT = re.compile(r"\s?\.js\b")
"""`React.js`, `React .js` and `ReactJS` are one name."""

VERSION = re.compile(r"(?<=[a-z]{2})\s*v?\d+(?:\.(?:\d+|x))*\+?$")
BRACKETED = re.compile(r"\s*[(\[{][^()\[\]{}]*[)\]}]")
QUALIFIERS = frozenset(
    "advanced basic basics beginner competent excellent expert expertise experience experienced familiar familiarity "
    "fluent good hands intermediate junior knowledge main of on in with and practical primary proficiency proficient "
    "programming secondary senior skill skilled skills solid strong the using very working language core "
    "development coding level".split()
)
"""Words around a skill's name that are no part of it."""

SEPARATORS = re.compile(r"[,;\n\r\t|•·●▪‣◦]|\s/\s")
OPENING, CLOSING = "([{", ")]}"
CONJUNCTION = re.compile(r"\s+(?:and|&|\+)\s+", re.IGNORECASE)
NAMES_REMEMBERED = 100_000


@dataclass(frozen=True, slots=True)
class Skill:
    """A skill: its id, the name shown, its field, the other names people write, and the skills it proves."""

    id: str
    name: str
    field: str
    aliases: tuple[str, ...] = ()
    implies: tuple[str, ...] = ()


def normalise(name: str) -> str:
    """Return a name as it is compared: case, width, spacing, hyphens and meaningless punctuation taken out."""
    text = unicodedata.normalize("NFKC", INVISIBLE.sub("", name)).casefold().translate(DASHES_AND_QUOTES)
    text = SCRIPT.sub("js", MEANINGLESS.sub("", text).replace("&", " and "))
    return MEANINGLESS.sub("", JOINERS.sub(" ", text).strip()).strip()


class Vocabulary:
    """All skills. Raise BrokenRubric with every collision, unknown id and cycle at once."""

    def __init__(self, skills: Iterable[Skill]) -> None:
        listed = list(skills)
        self.skills: Mapping[str, Skill] = {skill.id: skill for skill in listed}
        self._names = {normalise(name): skill.id for skill in listed for name in _names(skill)}
        if problems := [*_twice(listed), *_collisions(listed), *_unknown(listed, self.skills)]:
            raise _broken(problems)
        self.implied: Mapping[str, frozenset[str]] = {id_: self._reach(id_) for id_ in self.skills}
        if problems := [_fault(id_, "It implies itself.") for id_, reached in self.implied.items() if id_ in reached]:
            raise _broken(problems)
        self.resolve = lru_cache(NAMES_REMEMBERED)(self._resolve)

    def _reach(self, id_: str) -> frozenset[str]:
        """Return all that a skill implies, by way of others too."""
        reached: set[str] = set()
        waiting = list(self.skills[id_].implies)
        while waiting:
            if (next_ := waiting.pop()) not in reached:
                reached.add(next_)
                waiting += self.skills[next_].implies
        return frozenset(reached)

    def _resolve(self, name: str) -> str | None:
        """Return the id of the skill that a name stands for; None where it is none that is known for certain."""
        return next((self._names[form] for form in _forms(name) if form in self._names), None)

    def split(self, text: str) -> list[str]:
        """Return the items of a list of skills as people write it; what is in brackets stays with its item.

        A slash or an "and" separates only where both sides are skills and the whole is none: `C/C++` is two skills,
        `CI/CD` is one. Brackets are opened where they hold skills: `AWS (EC2, S3)`.
        """
        return [part for item in _at_separators(text) for part in self._parts(item)]

    def _parts(self, item: str) -> Iterator[str]:
        """Yield what an item consists of."""
        head, _, rest = item.partition("(")
        inside = _at_separators(rest.rstrip(") "))
        if rest and head.strip() and all(self.resolve(part) for part in inside) and not self.resolve(item):
            yield from (head.strip(), *inside)
            return
        for parts in (item.split("/"), CONJUNCTION.split(item)):
            if len(parts) > 1 and not self._is_name(item) and all(self.resolve(part) for part in parts):
                yield from (part.strip() for part in parts)
                return
        yield item

    def _is_name(self, item: str) -> bool:
        return normalise(item) in self._names


def _names(skill: Skill) -> Iterator[str]:
    """Yield all names of a skill; one with something in brackets goes without it too."""
    yield from (skill.id, skill.name, *skill.aliases)


def _forms(name: str) -> Iterator[str]:
    """Yield the forms in which a name is looked up, the most exact first."""
    yield normalise(name)
    plain = normalise(BRACKETED.sub(" ", name))
    yield plain
    bare = VERSION.sub("", plain)
    yield bare
    words = bare.split()
    while words and words[0] in QUALIFIERS:
        del words[0]
    while words and words[-1] in QUALIFIERS:
        del words[-1]
    yield " ".join(words)
    yield VERSION.sub("", " ".join(words))


def _at_separators(text: str) -> list[str]:
    """Split at separators that stand outside brackets."""
    items, start, depth = [], 0, 0
    stops = {found.start(): found.end() for found in SEPARATORS.finditer(text)}
    for place, letter in enumerate(text):
        depth = max(0, depth + (letter in OPENING) - (letter in CLOSING))
        if depth == 0 and place in stops:
            items.append(text[start:place])
            start = stops[place]
    items.append(text[start:])
    return [item.strip(" -*") for item in items if item.strip(" -*")]


def _twice(skills: Iterable[Skill]) -> Iterator[dict[str, Any]]:
    counted = Counter(skill.id for skill in skills)
    return (_fault(id_, "The id is there twice.") for id_, count in counted.items() if count > 1)


def _collisions(skills: Iterable[Skill]) -> Iterator[dict[str, Any]]:
    """Yield names that two skills claim."""
    owner: dict[str, str] = {}
    for skill in skills:
        for name in _names(skill):
            other = owner.setdefault(normalise(name), skill.id)
            if other != skill.id:
                yield _fault(skill.id, f"The name {name!r} belongs to {other!r} already.")


def _unknown(skills: Iterable[Skill], known: Mapping[str, Skill]) -> Iterator[dict[str, Any]]:
    for skill in skills:
        for id_ in skill.implies:
            if id_ not in known:
                yield _fault(skill.id, f"It implies {id_!r}, which is not there.")


def _fault(id_: str, detail: str) -> dict[str, Any]:
    return {"file": "skills.yaml", "line": None, "field": id_, "code": "broken_rubric", "detail": detail}


def _broken(problems: list[dict[str, Any]]) -> BrokenRubric:
    first = problems[0]
    return BrokenRubric(f"skills.yaml, {first['field']}: {first['detail']} ({len(problems)} mistakes)", problems)
