"""Invented candidates for the benchmarks: the same ones on each run, as varied as real files are."""

from __future__ import annotations

import random
from collections.abc import Iterator
from typing import Any

from openpyxl import Workbook

SKILL_COLUMNS = 35
LEVELS = (*range(6), *range(1, 6), 2.5, 3.5, "3/5", "beginner", "intermediate", "Advanced", "expert", "yes", "2 years")
"""What stands in a level's cell that is not blank; repeated, as levels in a pool are."""

BLANKS = (None, None, None, None, "n/a", "?")
UNKNOWN_SKILLS = ("stakeholder empathy", "Foo 3000", "synergy")
FIRST = ("Ada", "Ben", "Chi", "Dag", "Eve", "Fay", "Gus", "Hao", "Ida", "Jun", "Kim", "Lea", "Mo", "Nia", "Oz", "Pia")
LAST = ("Abel", "Brandt", "Castro", "Dorn", "Egede", "Falk", "Grau", "Holm", "Ivers", "Jonas", "Klein", "Lund")


def skill_names(library: Any, count: int, dice: random.Random) -> list[str]:
    """Return names of skills: of all that the rubrics ask for by an id of their own, then others they know."""
    asked = sorted({skill for rubric in library.rubrics.values() for c in rubric.criteria for skill in c.asked})
    known = [library.vocabulary.skills[id_].name for id_ in asked]
    return dice.sample(known, count)


def rows(library: Any, count: int, skills: int = SKILL_COLUMNS, seed: int = 1) -> Iterator[list[Any]]:
    """Yield a header and rows: id, name, e-mail, years, so many skills (35 make 40 cells), a list of skills."""
    dice = random.Random(seed)
    names = skill_names(library, skills, dice)
    listed = skill_names(library, 60, dice)
    yield ["ID", "Name", "Email", "Years of experience", *names, "Skills"]
    for number in range(count):
        name = f"{dice.choice(FIRST)} {dice.choice(LAST)} {number}"
        email = f"person{number}@example.org"
        years = dice.choice((None, "5+ years", *(dice.randint(0, 200) / 10 for _ in range(8))))
        levels = [dice.choice(BLANKS if dice.random() < 0.4 else LEVELS) for _ in names]
        yield [f"C{number:06}", name, email, years, *levels, _list(dice, listed)]


def _list(dice: random.Random, names: list[str]) -> str | None:
    """Return a cell that lists skills, mostly known, some with a level."""
    chosen = dice.sample(names, dice.randint(0, 8))
    if dice.random() < 0.02:
        chosen.append(dice.choice(UNKNOWN_SKILLS))
    return ", ".join(f"{name} ({dice.randint(1, 5)})" if dice.random() < 0.3 else name for name in chosen) or None


def write_xlsx(library: Any, count: int, path: Any, skills: int = SKILL_COLUMNS) -> None:
    """Write rows as a plain workbook."""
    book = Workbook(write_only=True)
    sheet = book.create_sheet("Candidates")
    for row in rows(library, count, skills):
        sheet.append(row)
    book.save(path)


def person(library: Any, number: int, skills: int = 30) -> dict[str, Any]:
    """Return a native candidate with skills of every kind, jobs and years."""
    dice = random.Random(number)
    names = skill_names(library, skills, dice)
    start = dice.randint(2008, 2022)
    return {
        "external_id": f"P{number:06}",
        "name": f"{dice.choice(FIRST)} {dice.choice(LAST)}",
        "years_experience": dice.choice((None, dice.randint(0, 15))),
        "skills": [_skill(dice, name) for name in names],
        "jobs": [{"title": "Engineer", "start": f"{start}-03", "end": f"{start + 3}-04", "skills": names[:5]}],
    }


def _skill(dice: random.Random, name: str) -> dict[str, Any]:
    said: dict[str, Any] = {"name": name}
    what = dice.random()
    if what < 0.6:
        said["level"] = dice.choice((0, 1, 2, 3, 3, 4, 5, "advanced"))
    elif what < 0.8:
        said["years"] = dice.randint(1, 12)
    if dice.random() < 0.3:
        said["last_used"] = str(dice.randint(2016, 2026))
    if dice.random() < 0.2:
        said["kind"] = dice.choice(("assessed", "rated", "used", "certified"))
    return said
