"""Layouts: how people and what is said of them are laid out in rows and columns."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field
from itertools import groupby
from random import Random
from typing import Any

from tables.grid import YES, Cell, Claim, Grid, Row, cells
from tables.scales import Scale
from tables.words import CATEGORIES, PAIRS, SKILLS, Language


@dataclass(frozen=True)
class Person:
    """One invented person, with the months of experience as an interval (an open end is None)."""

    name: str
    id: str
    email: str
    years: Any
    months: tuple[int, int | None]


@dataclass
class Draw:
    """All that was drawn for one table; `rate` and `mention` make cells and note what they say."""

    rng: Random
    language: Language
    scale: Scale
    identity: tuple[str, ...]
    people: list[Person]
    skills: list[str]
    claims: list[Claim] = field(default_factory=list)

    def shown(self, skill: str) -> str:
        """Return a skill as somebody writes it: mostly its usual name, at times a short one."""
        usual, *others = SKILLS[skill]
        return self.rng.choice(others) if others and self.rng.random() < 0.15 else usual

    def header(self, skill: str) -> str:
        """Return the header of a skill's ratings."""
        return self.scale.header.format(self.shown(skill))

    def rate(self, person: int, *skills: str, kind: str = "rated", blank: float = 0.12, named: bool = False) -> Cell:
        """Return the cell of a person's rating, empty at times."""
        value, said = self.rng.choice(self.scale.values)
        cell = self.scale.cell(value)
        kinds = ("stated",) if YES in said else (kind, "rated") if 0 in said else (kind,)
        claims = [Claim(person, skill, kinds, said, cell, rating=True, named=named) for skill in skills]
        if self.rng.random() < blank:
            cell.value = cell.style = None
            claims = [claim.silenced() for claim in claims if named]
        self.claims += claims
        return cell

    def mention(self, person: int, skills: Iterable[str], separator: str = ", ") -> Cell:
        """Return a cell that lists skills."""
        skills = list(skills)
        cell = Cell(separator.join(map(self.shown, skills)) or None)
        self.claims += [Claim(person, skill, ("stated",), (YES,), cell) for skill in skills]
        return cell

    def some(self, skills: Sequence[str], least: int = 1, most: int = 4) -> list[str]:
        """Return some of the skills."""
        return self.rng.sample(list(skills), min(len(skills), self.rng.randint(least, most)))

    def pick(self, wordings: Sequence[str]) -> str:
        """Return the usual wording in half of all cases, else any."""
        return wordings[0] if self.rng.random() < 0.4 else self.rng.choice(wordings)

    def id_headers(self) -> list[str]:
        """Return the headers of the columns that say who it is."""
        words = {
            "name": self.language.name, "first": (self.language.first,), "last": (self.language.last,),
            "id": self.language.id, "email": self.language.email, "years": self.language.years,
        }  # fmt: skip
        return [self.pick(words[part]) for part in self.identity]

    def id_cells(self, person: int) -> list[Cell]:
        """Return the cells that say who it is."""
        who = self.people[person]
        first, _, last = who.name.partition(" ")
        parts = {"name": who.name, "first": first, "last": last, "id": who.id, "email": who.email, "years": who.years}
        return cells(parts[part] for part in self.identity)

    def each(self, make: Callable[[int], list[Cell]]) -> list[Row]:
        """Return a row for each person: who it is, then what is made."""
        return [Row(self.id_cells(person) + make(person), "person") for person in range(len(self.people))]


def _table(draw: Draw, headers: Iterable[Any], make: Callable[[int], list[Cell]]) -> Grid:
    """Return a header of one row and a row for each person."""
    head = Row(cells([*draw.id_headers(), *headers]), "header")
    return Grid([head, *draw.each(make)], draw.claims)


def _over(draw: Draw, groups: Iterable[tuple[str, list[str]]], make: Callable[[int], list[Cell]]) -> Grid:
    """Return a header of two rows, the upper one merged over its group, and a row for each person."""
    groups = list(groups)
    who = draw.id_headers()
    upper = [Cell(header, down=2) for header in who]
    for name, parts in groups:
        upper += [Cell(name, across=len(parts)), *(Cell() for _ in parts[1:])]
    lower = [Cell() for _ in who] + cells(part for _, parts in groups for part in parts)
    return Grid([Row(upper, "header"), Row(lower, "header"), *draw.each(make)], draw.claims)


def people_in_rows(draw: Draw) -> Grid:
    """Lay out a column for each skill."""
    return _table(draw, map(draw.header, draw.skills), lambda person: [draw.rate(person, s) for s in draw.skills])


def people_across(draw: Draw) -> Grid:
    """Lay out a row for each skill, a column for each person; it is turned at the end."""
    grid = people_in_rows(draw)
    grid.header[0].value = draw.language.skill
    return grid


def category_over_skill(draw: Draw) -> Grid:
    """Lay out skills under the names of their groups."""
    group = {skill: key for key, skills in CATEGORIES.items() for skill in skills}
    draw.skills = sorted((s for s in draw.skills if s in group), key=group.__getitem__) or ["docker", "kubernetes"]
    names = {key: draw.pick(draw.language.categories[key]) for key in CATEGORIES}
    groups = [(names[key], [draw.header(s) for s in skills])
              for key, skills in groupby(draw.skills, key=lambda s: group.get(s, "tools"))]  # fmt: skip
    return _over(draw, groups, lambda person: [draw.rate(person, s) for s in draw.skills])


def raters_under_skill(draw: Draw) -> Grid:
    """Lay out two columns for each skill: the candidate's own rating and an interviewer's."""
    parts = [draw.pick(draw.language.self_), draw.pick(draw.language.interviewer)]
    draw.skills = draw.skills[:4]

    def make(person: int) -> list[Cell]:
        return [draw.rate(person, s, kind=kind, blank=0.2) for s in draw.skills for kind in ("stated", "rated")]

    return _over(draw, [(draw.header(s), parts) for s in draw.skills], make)


def level_and_years_under_skill(draw: Draw) -> Grid:
    """Lay out the level, the years and at times the last use of each skill."""
    is_dated = draw.rng.random() < 0.5
    parts = [draw.pick(draw.language.level), draw.pick(draw.language.years_of_use)]
    parts += [draw.language.last_used] * is_dated
    draw.skills = draw.skills[:4]

    def make(person: int) -> list[Cell]:
        row = []
        for skill in draw.skills:
            years = draw.rng.choice([1, 2, 3, 6, 8])
            used, last = Cell(years), Cell(2024)
            row += [draw.rate(person, skill), used, *[last] * is_dated]
            draw.claims.append(Claim(person, skill, (), (), used, months=(12 * years, 12 * years)))
            if is_dated:
                draw.claims.append(Claim(person, skill, ("stated", "used"), (YES,), last, optional=True))
        return row

    return _over(draw, [(draw.header(s), parts) for s in draw.skills], make)


def long(draw: Draw) -> Grid:
    """Lay out a row for each person and skill."""
    head = [*draw.id_headers(), draw.language.skill, draw.scale.header.format(draw.pick(draw.language.level))]
    rows = [
        Row([*draw.id_cells(person), Cell(draw.shown(skill)), draw.rate(person, skill, blank=0, named=True)], "person")
        for person in range(len(draw.people))
        for skill in draw.some(draw.skills, 2, 5)
    ]
    return Grid([Row(cells(head), "header"), *rows], draw.claims)


NUMBERED = {
    "en": (("Skill {}", "Skill {} Level"), ("Skill {}", "Level {}"), ("Skill{}", "Rating{}"),
           ("Skill #{}", "Skill #{} Rating")),
    "de": (("Skill {}", "Skill {} Level"), ("Kenntnis {}", "Niveau {}")),
    "fr": (("Compétence {}", "Niveau {}"), ("Compétence {}", "Compétence {} Niveau")),
    "es": (("Habilidad {}", "Nivel {}"), ("Habilidad {}", "Habilidad {} Nivel")),
}  # fmt: skip


def numbered(draw: Draw) -> Grid:
    """Lay out numbered pairs of columns: a skill and its level."""
    skill, level = draw.rng.choice(NUMBERED[draw.language.code])
    count = draw.rng.randint(2, 4)

    def make(person: int) -> list[Cell]:
        some = draw.some(draw.skills, min(2, count), count)
        pairs = [cell for s in some for cell in (Cell(draw.shown(s)), draw.rate(person, s, blank=0.1, named=True))]
        return pairs + cells([None] * (2 * count - len(pairs)))

    return _table(draw, (form.format(n) for n in range(1, count + 1) for form in (skill, level)), make)


def numbered_names(draw: Draw) -> Grid:
    """Lay out numbered columns of skills without levels."""
    skill, _ = draw.rng.choice(NUMBERED[draw.language.code])

    def make(person: int) -> list[Cell]:
        some = [draw.mention(person, [s]) for s in draw.some(draw.skills, 2, 4)]
        return some + cells([None] * (4 - len(some)))

    return _table(draw, (skill.format(n) for n in range(1, 5)), make)


SEPARATORS = (", ", ",", "; ", ";", " | ", "|", " / ", "\n", " • ", " · ", ",\n", " & ")


def one_list(draw: Draw) -> Grid:
    """Lay out one column that lists all skills."""
    separator = draw.rng.choice(SEPARATORS)
    known = [s for s in draw.skills if "/" not in SKILLS[s][0]]
    return _table(draw, [draw.pick(draw.language.skills)],
                  lambda person: [draw.mention(person, draw.some(known, 2, 6), separator)])  # fmt: skip


def list_with_levels(draw: Draw) -> Grid:
    """Lay out one column that lists skills with a level in brackets or after a colon."""
    form = draw.rng.choice(("{} ({})", "{}: {}", "{} ({}/5)"))

    def make(person: int) -> list[Cell]:
        cell, parts = Cell(), []
        for skill in draw.some(draw.skills, 2, 5):
            level = draw.rng.randint(1, 5)
            parts.append(form.format(SKILLS[skill][0], level))
            draw.claims.append(Claim(person, skill, ("stated",), (10 * level,), cell))
        cell.value = ", ".join(parts)
        return [cell]

    return _table(draw, [draw.pick(draw.language.skills)], make)


def categories_with_lists(draw: Draw) -> Grid:
    """Lay out a column for each group of skills, each with a list."""
    keys = draw.some(list(CATEGORIES), 2, 4)
    names = [draw.pick(draw.language.categories[key]) for key in keys]
    return _table(draw, names, lambda person: [draw.mention(person, draw.some(CATEGORIES[key], 1, 3)) for key in keys])


SECOND_LISTS = {
    "en": ("Secondary Skills", "Must have skills", "Mandatory Skills", "Top Skills", "Skills (comma separated)"),
    "de": ("Weitere Kenntnisse", "Skills"), "fr": ("Autres compétences",), "es": ("Otras habilidades",),
}  # fmt: skip


def tracker(draw: Draw) -> Grid:
    """Lay out a recruiter's tracker: two lists of skills among columns that say nothing of skills."""
    extra = draw.rng.sample(draw.language.extra, 3)
    second = draw.rng.choice(SECOND_LISTS[draw.language.code])
    half = len(draw.skills) // 2

    def make(person: int) -> list[Cell]:
        lists = [draw.mention(person, draw.some(skills)) for skills in (draw.skills[:half], draw.skills[half:])]
        return [Cell(extra[0][1]), lists[0], Cell(extra[1][1]), lists[1], Cell(extra[2][1])]

    return _table(draw, [extra[0][0], draw.pick(draw.language.skills), extra[1][0], second, extra[2][0]], make)


SUFFIXES = {
    "en": (("{}_level", "rated"), ("{}_score", "rated"), ("Level of {}", "rated"), ("1. {}", "rated"),
           ("Q1: {}", "rated"), ("Skill: {}", "rated"), ("Skills.{}", "rated"), ("{} (self)", "stated"),
           ("{} self-rating", "stated"),
           ("{} – interviewer", "rated"), ("{} (interviewer)", "rated"), ("{} rating", "rated"),
           ("{} proficiency", "rated"), ("{} skill level", "rated")),
    "de": (("{}-Kenntnisse", "rated"), ("Kenntnisse in {}", "rated"), ("{} (Selbsteinschätzung)", "stated"),
           ("{} Niveau", "rated")),
    "fr": (("Niveau en {}", "rated"), ("Niveau {}", "rated"), ("{} (auto-évaluation)", "stated")),
    "es": (("Nivel de {}", "rated"), ("Conocimientos de {}", "rated"), ("{} (autoevaluación)", "stated")),
}  # fmt: skip


def words_around_skill(draw: Draw) -> Grid:
    """Lay out a column for each skill, whose header says more than the skill."""
    form, kind = draw.rng.choice(SUFFIXES[draw.language.code])
    headers = [form.replace("1", str(n)).format(SKILLS[s][0]) for n, s in enumerate(draw.skills, start=1)]
    return _table(draw, headers, lambda person: [draw.rate(person, s, kind=kind) for s in draw.skills])


QUESTIONS = {
    "en": (("Rate your skills [{}]", "How would you rate your proficiency in the following? [{}]",
            "Please rate your level of experience: [{}]", "Rate your skills ({})"),
           "Which tools have you used? (select all that apply)",
           "How many years of professional experience do you have?"),
    "de": (("Bewerten Sie Ihre Kenntnisse [{}]", "Wie schätzen Sie Ihre Kenntnisse ein? [{}]"),
           "Welche Werkzeuge haben Sie genutzt?", "Wie viele Jahre Berufserfahrung haben Sie?"),
    "fr": (("Évaluez vos compétences [{}]", "Comment évaluez-vous votre niveau ? [{}]"),
           "Quels outils avez-vous utilisés ?", "Combien d'années d'expérience avez-vous ?"),
    "es": (("Califique sus habilidades [{}]", "¿Cómo valora su nivel? [{}]"),
           "¿Qué herramientas ha utilizado?", "¿Cuántos años de experiencia tiene?"),
}  # fmt: skip


TIMESTAMP = {"en": "Timestamp", "de": "Zeitstempel", "fr": "Horodateur", "es": "Marca temporal"}


def form_answers(draw: Draw) -> Grid:
    """Lay out the answers of a form: questions as headers, the candidate's own ratings."""
    rating, tools, years = QUESTIONS[draw.language.code]
    rating = draw.rng.choice(rating)
    asked_years = "years" in draw.identity
    draw.identity = tuple(part for part in draw.identity if part != "years")
    rated, used = draw.skills[:4], ("docker", "git", "airflow", "mlflow")
    headers = [rating.format(draw.shown(s)) for s in rated] + [tools] + [years] * asked_years

    def make(person: int) -> list[Cell]:
        row = [draw.rate(person, s, kind="stated") for s in rated]
        row.append(draw.mention(person, draw.some([s for s in used if s not in rated])))
        return row + [Cell(draw.people[person].years)] * asked_years

    grid = _table(draw, headers, make)
    for row in grid.rows:
        row.cells.insert(0, Cell(TIMESTAMP[draw.language.code] if row.part == "header" else "2026/11/02 9:14:03 AM"))
    draw.identity += ("years",) * asked_years
    return grid


def two_skills_in_a_header(draw: Draw) -> Grid:
    """Lay out ratings of which some count for two skills."""
    pair = draw.rng.choice(PAIRS)
    alone = [s for s in draw.skills if s not in pair][:3]
    columns = [(pair[2], pair[:2]), *((draw.shown(s), (s,)) for s in alone)]
    return _table(draw, (draw.scale.header.format(name) for name, _ in columns),
                  lambda person: [draw.rate(person, *skills) for _, skills in columns])  # fmt: skip


def one_skill_twice(draw: Draw) -> Grid:
    """Lay out two columns for the same skill."""
    skill = draw.rng.choice([s for s in draw.skills if len(SKILLS[s]) > 1] or ["kubernetes"])
    forms = SKILLS[skill] if draw.rng.random() < 0.5 else (SKILLS[skill][0],) * 2
    others = [s for s in draw.skills if s != skill][:3]
    columns = [(forms[0], skill), *((SKILLS[s][0], s) for s in others), (forms[1], skill)]
    return _table(draw, (draw.scale.header.format(name) for name, _ in columns),
                  lambda person: [draw.rate(person, s) for _, s in columns])  # fmt: skip


SENTENCES = (
    ("Built PyTorch training on Kubernetes at Invented Ltd since 2021", ("pytorch", "kubernetes")),
    ("3 years with Spark, 2 years with Kafka", ("spark", "kafka")),
    ("ML Engineer, Invented Ltd (Mar 2021 - Feb 2023): PyTorch on Kubernetes", ("pytorch", "kubernetes")),
    ("Developed data pipelines with Airflow and dbt for four clients", ("airflow", "dbt")),
)


def text_under_experience(draw: Draw) -> Grid:
    """Lay out a column of prose and a list of skills."""
    headers = [draw.rng.choice(("Experience", "Work Experience", "Professional Experience")), "Skills"]
    named = ("python", "sql", "tableau", "git")

    def make(person: int) -> list[Cell]:
        text, skills = draw.rng.choice(SENTENCES)
        cell = Cell(text)
        draw.claims += [Claim(person, skill, (), None, cell) for skill in skills]
        return [cell, draw.mention(person, draw.some(named))]

    return _table(draw, headers, make)


@dataclass(frozen=True)
class Layout:
    """A layout of a table.

    `rated`: it holds ratings of a scale; `by_header`: a header may name the scale; `matrix`: one row for each person
    and one column for each rating; `turned`: rows become columns at the end; `prose`: what is read of its texts is
    compared by skill only, and dates of jobs may state the experience.
    """

    name: str
    lay: Callable[[Draw], Grid]
    rated: bool = True
    by_header: bool = True
    matrix: bool = True
    turned: bool = False
    prose: bool = False
    languages: tuple[str, ...] = ("en", "de", "fr", "es")


LAYOUTS = (
    Layout("people in rows", people_in_rows),
    Layout("people across", people_across, turned=True),
    Layout("category over skill", category_over_skill),
    Layout("raters under skill", raters_under_skill),
    Layout("level and years under skill", level_and_years_under_skill),
    Layout("long", long, matrix=False),
    Layout("numbered", numbered, by_header=False, matrix=False),
    Layout("numbered names", numbered_names, rated=False, matrix=False),
    Layout("one list", one_list, rated=False, matrix=False),
    Layout("list with levels", list_with_levels, rated=False, matrix=False),
    Layout("categories with lists", categories_with_lists, rated=False, matrix=False),
    Layout("tracker", tracker, rated=False, matrix=False),
    Layout("words around skill", words_around_skill, by_header=False),
    Layout("form answers", form_answers, by_header=False, matrix=False),
    Layout("two skills in a header", two_skills_in_a_header),
    Layout("one skill twice", one_skill_twice),
    Layout("text under experience", text_under_experience, rated=False, matrix=False, prose=True, languages=("en",)),
)
"""All layouts."""
