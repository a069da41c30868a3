"""Names of skills, as people write them, to the ids rubrics ask for. Exact after normalising, or nothing: no guesses.

What is said of a skill beside its name (a level, a number, years: `Python (4)`, `Go - 3 yrs`) is left to the reader of
levels: such a text resolves to nothing here, so that nobody takes `Python (0)` for a plain mention of Python.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from types import MappingProxyType

from service.errors import BrokenRubric
from service.skills.lists import Lists
from service.skills.names import ASIDE, ASIDES, LONGEST_NAME, REMEMBERED, SAID, VERSION, normalise, peeled


@dataclass(frozen=True, slots=True)
class Skill:
    """A skill: what it is called, what else people call it, and the skills whose practice it proves."""

    id: str
    name: str
    field: str
    aliases: tuple[str, ...] = ()
    implies: tuple[str, ...] = ()


class Vocabulary:
    """All skills with their names.

    `names` holds the id by every normalised name, `implied` for each id every skill it proves, however far removed.
    """

    def __init__(self, skills: Iterable[Skill]) -> None:
        listed = tuple(skills)
        by_id: dict[str, Skill] = {}
        for skill in listed:
            by_id.setdefault(skill.id, skill)
        self.skills: Mapping[str, Skill] = MappingProxyType(by_id)
        self.implied: Mapping[str, frozenset[str]] = MappingProxyType(
            {id_: _reached(id_, self.skills) for id_ in self.skills}
        )
        self.names: Mapping[str, str] = MappingProxyType(
            {name: skill.id for skill in reversed(listed) for _, name in _names(skill)}
        )
        self._remembered: dict[str, str | None] = {}
        self._plainly: dict[str, str | None] = {}
        self._lists = Lists(self._resolve, self.named)
        if faults := [*_name_faults(listed), *_implication_faults(listed, self.implied)]:
            raise BrokenRubric(f"The vocabulary of skills has faults: {len(faults)}.", faults)

    def resolve(self, name: str) -> str | None:
        """Return the id of the skill a text names; None where it names none, or says more than a name."""
        return self._resolve(name) or (self._twice(name) if "/" in name else None)

    def _resolve(self, name: str) -> str | None:
        """Return the id of the skill that a text names once."""
        return _recalled(self._remembered, name, self._find)

    def _twice(self, name: str) -> str | None:
        """Return the id of a skill that a text names more than once, as in `React.js/ReactJS`."""
        skills = {self.named(part) for part in name.split("/")}
        return skills.pop() if len(skills) == 1 else None

    def named(self, text: str) -> str | None:
        """Return the id of the skill that has a text for a name, with nothing taken off."""
        return _recalled(self._plainly, text, self._is_name_of)

    def _is_name_of(self, text: str) -> str | None:
        return None if SAID.search(text) else self.names.get(normalise(text))

    def split(self, text: str) -> list[str]:
        """Return the items of a list of skills in their order; levels in brackets stay with their skill."""
        return self._lists.split(text)

    def forms(self, name: str) -> Iterator[str]:
        """Yield a name normalised, then without asides and ever more of the words that qualify it.

        Nothing where more than a name is said.
        """
        if SAID.search(name):
            return
        yield normalise(name)
        yield from peeled(normalise(ASIDE.sub(self._aside, name)))

    def _find(self, name: str) -> str | None:
        """Look a text up by the first of its forms that is a name."""
        return next((self.names[form] for form in self.forms(name) if form in self.names), None)

    def _aside(self, found: re.Match[str]) -> str:
        """Drop a bracket that only qualifies or names a skill again; keep any other, which may change the meaning."""
        inner = normalise(found[1])
        qualifies = ASIDES.issuperset(inner.split()) or VERSION.fullmatch(inner)
        return " " if qualifies or inner in self.names else found[0]


def _recalled(memory: dict[str, str | None], text: str, look: Callable[[str], str | None]) -> str | None:
    """Return what a text names, looked up where it is not remembered: a pool repeats few names."""
    try:
        return memory[text]
    except KeyError:  # asked at once: another thread may clear it at any moment
        pass
    if len(text) > LONGEST_NAME:
        return None
    if len(memory) >= REMEMBERED:
        memory.clear()
    found = memory[text] = look(text)
    return found


def _names(skill: Skill) -> Iterator[tuple[str, str]]:
    """Yield every name of a skill after normalising, with the field that gives it."""
    yield "id", normalise(skill.id)
    yield "name", normalise(skill.name)
    yield "name", normalise(ASIDE.sub(" ", skill.name))
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
