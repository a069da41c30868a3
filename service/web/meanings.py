"""What columns, scales and values may mean, by the names that people choose from; a mapping holds the codes."""

from __future__ import annotations

import math
from collections.abc import Iterator, Mapping
from functools import lru_cache
from typing import Any, NamedTuple

from service.intake.draft import Reader
from service.intake.tables.headers import meaning
from service.rubric_library import Library

FIELDS = {
    "name": "Full name",
    "first_name": "First name",
    "last_name": "Last name",
    "external_id": "Id of the person",
    "email": "E-mail address",
    "years_experience": "Years of experience in total",
    "skills": "List of skills",
    "headline": "Job title",
    "company": "Employer",
    "summary": "Summary",
    "text": "Resume text",
    "notes": "Notes",
    "skill_level": "Level of the skill named in the row",
    "skill_years": "Years of the skill named in the row",
    "skill_last_used": "Last use of the skill named in the row",
}
IGNORE = "Not of use: keep, don’t score"

LEVELS = {
    "unknown": "unknown",
    "0": "0 none",
    "1": "1 novice",
    "2": "2 advanced beginner",
    "3": "3 competent",
    "4": "4 proficient",
    "5": "5 expert",
    "yes": "yes, has it",
    "no": "no, does not have it",
}
"""What a value may mean, and how it is shown."""

SCALES = {
    "0-5": "0 to 5, 5 is best",
    "0-10": "0 to 10, 10 is best",
    "0-100": "0 to 100, 100 is best",
    "1-4": "1 to 4, 4 is best",
    "5-1": "1 to 5, 1 is best",
    "0-1": "shares such as 0.85",
}
RATERS = {"self": "the person", "interviewer": "an interviewer"}
YEARS = "years of "
SURE, LIKELY = 0.9, 0.6
"""From which confidence on a column is said to be sure, or likely."""


class Meaning(NamedTuple):
    """What a column may mean: its name, the target in a mapping, and what such a column holds."""

    name: str
    target: str
    holds: str


@lru_cache(maxsize=8)
def meanings(library: Library) -> dict[str, Meaning]:
    """Return all that a column may mean, by its name in lower case, in the order of a list to choose from."""
    by_name: dict[str, Meaning] = {}
    for one in _meanings(library):
        by_name.setdefault(one.name.casefold(), one)
    return by_name


def _meanings(library: Library) -> Iterator[Meaning]:
    yield Meaning(IGNORE, "ignore", "")
    for target, name in FIELDS.items():
        yield Meaning(name, target, "about the person")
    skills = sorted(library.vocabulary.skills.values(), key=lambda skill: skill.name.casefold())
    for skill in skills:
        yield Meaning(skill.name, f"skill:{skill.id}", "how good they are at it")
    for skill in skills:
        yield Meaning(f"Years of {skill.name}", f"years:{skill.id}", "how long they have used it")
    for id_, text in library.marker_titles.items():
        yield Meaning(text, id_, "a sign of seniority")


def target_of(text: str, library: Library, reader: Reader) -> str | None:
    """Return the target that a name stands for: one of the list, another name of a skill, or a code. None if none."""
    said = " ".join(text.split())
    known = meanings(library).get(said.casefold())
    if known:
        return known.target
    if meaning(said, reader) and (":" in said or not library.skill_id(said)):
        return said
    kind, name = ("years", said[len(YEARS) :]) if said.casefold().startswith(YEARS) else ("skill", said)
    skill = library.skill_id(name)
    return f"{kind}:{skill}" if skill else None


def name_of(target: str, library: Library) -> str:
    """Return the name of a target; the target itself if it has none."""
    return _names(library).get(target, target)


@lru_cache(maxsize=8)
def _names(library: Library) -> dict[str, str]:
    return {one.target: one.name for one in meanings(library).values()}


def understood_words(column: Mapping[str, Any]) -> str:
    """Return what a column of a report was understood as, in plain words."""
    means = str(column["understood_as"])
    return FIELDS.get(means) or means[:1].upper() + means[1:]


def confidence_words(confidence: float | None) -> str:
    """Return how sure the understanding of a column is; nothing where it was not measured."""
    if confidence is None:
        return ""
    return "sure" if confidence >= SURE else "likely" if confidence >= LIKELY else "not sure"


def scale_words(scale: str) -> str:
    """Return a scale in words."""
    worst, _, best = scale.partition("-")
    return SCALES.get(scale) or f"{min(worst, best, key=int)} to {max(worst, best, key=int)}, {best} is best"


def level_words(value: float | str) -> str:
    """Return what a value means in words: "3 competent", "3.3, competent to proficient", "unknown"."""
    code = level_code(value)
    if code in LEVELS:
        return LEVELS[code]
    low, high = (LEVELS[f"{end}"][2:] for end in (math.floor(float(code)), math.ceil(float(code))))
    return f"{code}, {low} to {high}"


def level_code(value: float | str) -> str:
    """Return what a value means as a form sends it."""
    return value if isinstance(value, str) else f"{value:g}"


FILTERS = {
    "understood_words": understood_words,
    "confidence_words": confidence_words,
    "scale_words": scale_words,
    "level_words": level_words,
    "level_code": level_code,
}
