"""The vocabulary of the rubrics: skills and their names, a user's own over ours."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any

from service.errors import BrokenRubric
from service.rubric_library.files import broken, fault
from service.schemas import faults
from service.skills.finder import AmbiguousName
from service.skills.merging import merged
from service.skills.names import normalise
from service.skills.vocabulary import Skill, Vocabulary


def titles_by_skill(roles: Iterable[Mapping[str, Any]]) -> dict[str, list[str]]:
    """Return the titles of criteria by skill: they are names of it, so that they may head a column."""
    titles: dict[str, list[str]] = {}
    for role in roles:
        for criterion in role["criteria"]:
            titles.setdefault(criterion["id"], []).append(criterion["title"])
    return titles


def skills_of(listed: Iterable[Mapping[str, Any]], titles: Mapping[str, Sequence[str]]) -> list[Skill]:
    """Return skills as read from a file, those that criteria are about with the titles of these."""
    return [
        Skill(
            id=skill["id"],
            name=skill.get("name", ""),
            field=skill.get("field", ""),
            aliases=tuple(_names(skill, titles.get(skill["id"], ()))),
            implies=tuple(skill["implies"]),
        )
        for skill in listed
    ]


def _names(skill: Mapping[str, Any], titles: Iterable[str]) -> Iterator[str]:
    """Yield a skill's aliases, and those titles that say something new."""
    yield from skill["aliases"]
    said = {normalise(name) for name in (skill["id"], skill.get("name", ""), *skill["aliases"])}
    for title in titles:
        if normalise(title) not in said:
            said.add(normalise(title))
            yield title


def extended(ours: Vocabulary, path: Path, theirs: Sequence[Skill]) -> Vocabulary:
    """Return our vocabulary with a user's over it. Raise BrokenRubric with every mistake in the user's file."""
    unnamed = [
        fault(path, ("skills", place), f"The skill {skill.id!r} is new: it needs a name and a field.")
        for place, skill in enumerate(theirs)
        if skill.id not in ours.skills and not (skill.name and skill.field)
    ]
    if unnamed:
        raise broken(unnamed)
    skills = merged(ours.skills.values(), theirs)
    try:
        return Vocabulary(skills)
    except BrokenRubric as error:
        raise broken([_own_fault(one, skills, ours, path, theirs) for one in error.errors]) from None


def _own_fault(
    found: Mapping[str, str], skills: Sequence[Skill], ours: Vocabulary, path: Path, theirs: Sequence[Skill]
) -> dict[str, Any]:
    """Return a fault of a merged vocabulary as one of the user's file: ours alone has none."""
    _, found_at, field = found["field"].split(".")
    ids = [skills[int(found_at)].id, *re.findall(r"\w+", found["detail"])]
    listed = [skill.id for skill in theirs]
    place = int(found_at) - (len(skills) - len(theirs))
    if place < 0:  # a circle is found where it begins, which may be in ours
        place = next((listed.index(id_) for id_ in ids if id_ in listed), 0)
    known = ", ".join(dict.fromkeys(id_ for id_ in ids[1:] if id_ in ours.skills))
    told = f" Rolefit's own vocabulary has: {known}." if known else ""
    return fault(path, ("skills", place, field), f"{found['detail']}{told}")


def nameless(names: Iterable[Mapping[str, Any]], vocabulary: Vocabulary) -> Iterator[tuple[faults.Path, str]]:
    """Yield the ambiguous names that no skill has."""
    for place, one in enumerate(names):
        if vocabulary.resolve(one["skill"] or one["name"]) is None:
            yield ("names", place, "name"), f"No skill of the vocabulary is called {one['name']!r}."


def ambiguous_names(data: Mapping[str, Any]) -> tuple[AmbiguousName, ...]:
    """Return the names that need company; the name of a group stands for its words."""
    groups = data["groups"]

    def words(near: Iterable[str] | None) -> frozenset[str] | None:
        return None if near is None else frozenset(word for name in near for word in groups.get(name, (name,)))

    return tuple(
        AmbiguousName(
            one["name"], words(one["near"]), tuple(f" {phrase} " for phrase in one["never"]), one["bold"], one["skill"]
        )
        for one in data["names"]
    )
