"""What a column of a spreadsheet is, by its header: the words people put there."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import NamedTuple

from service.errors import InvalidInput
from service.intake.draft import Reader
from service.skills.vocabulary import normalise

FIELDS: Mapping[str, tuple[str, ...]] = {
    "external_id": (
        "id", "external id", "candidate id", "applicant id", "person id", "employee id", "reference", "candidate ref",
        "ref", "candidate number", "candidate no", "application id", "ats id",
    ),
    "name": ("name", "full name", "candidate", "candidate name", "applicant", "applicant name", "person", "employee"),
    "first_name": ("first name", "firstname", "given name", "forename"),
    "last_name": ("last name", "lastname", "surname", "family name"),
    "email": ("email", "e mail", "mail", "email address", "e mail address"),
    "years_experience": (
        "years", "years of experience",
        "years of exp",
        "yrs of exp",
        "exp in years",
        "exp in yrs",
        "total exp", "years experience", "years exp", "yrs", "yrs exp", "yrs of experience", "yoe",
        "experience", "experience years", "experience yrs", "experience in years", "total experience", "total years",
        "total years of experience", "exp", "exp years", "exp yrs", "work experience", "work experience years",
        "relevant experience", "years relevant",
    ),
    "skills": (
        "skills", "skill", "skill set", "skillset", "key skills", "main skills", "technical skills", "tech skills",
        "technologies", "tech stack", "stack", "tools", "tools and technologies", "competencies", "core skills",
        "other skills", "further skills", "skills list", "list of skills",
    ),
    "headline": (
        "headline", "title", "job title", "current title", "current role", "role", "position", "current position",
        "current job", "applied for", "applied role", "target role",
    ),
    "notes": ("notes", "note", "comments", "comment", "remarks", "remark", "recruiter notes", "interviewer notes"),
}  # fmt: skip
"""Fields of a candidate, with their headers after normalising."""

PERSONAL = frozenset((
    "gender", "sex", "age", "date of birth", "dob", "birth date", "birthday", "year of birth", "nationality",
    "citizenship", "marital status", "photo", "picture", "address", "city", "country", "location", "phone", "mobile",
    "telephone", "school", "university", "graduation year", "ethnicity", "religion", "pronouns",
))  # fmt: skip
"""What is said of a person, never of the work: kept apart, never scored."""

OURS = frozenset({"what to mend", "row in your file"})
"""Columns that our workbook of rejected rows adds: sent again, they are passed over."""

BY_HEADER = {normalise(header): field for field, headers in FIELDS.items() for header in headers}
SETS_ASIDE = frozenset(normalise(header) for header in PERSONAL | OURS)
IDENTITY = frozenset({"external_id", "name", "first_name", "last_name"})

YEARS_OF = re.compile(
    r"^(?:years?|yrs?)\s+(?:of|with|in)\s+(?P<of>.+)$"
    r"|^(?P<before>.+?)[\s(\[:\-]+(?:years?|yrs?|yoe|exp(?:erience)?\s*\(?(?:in\s+)?(?:years?|yrs?)\)?)(?:\s+(?:of\s+)?(?:exp(?:erience)?|use))?[)\]]?$",
    re.IGNORECASE,
)
SCALE = re.compile(
    r"\s*[(\[]\s*(?:level\s*)?[01]\s*(?:-|–|to|\.\.)\s*(?P<best>5|10|100)\s*[)\]]|\s*\(?(?P<percent>%)\)?\s*$"
)
LEVEL_WORDS = re.compile(
    r"[\s:\-–(\[]+(?:skill\s+)?(?:level|rating|score|proficiency|grade|points)[)\]]?$", re.IGNORECASE
)
MARKER = re.compile(r"^\s*markers?\s*[:\-]\s*", re.IGNORECASE)


class Column(NamedTuple):
    """A column as understood. `kind` is field, skill, years, marker or unknown; `best` the top of a level's scale."""

    place: int
    header: str
    kind: str
    target: str
    best: int = 5

    @property
    def letter(self) -> str:
        """Return the column's letters, as Excel shows them."""
        return letters(self.place)

    def understood(self, reader: Reader) -> str | None:
        """Return in words what the column was understood as; None where it was not."""
        match self.kind:
            case "skill":
                name = reader.vocabulary.skills[self.target].name
                scale = {5: "", 10: " on a scale to 10", 100: " in percent"}[self.best]
                return f"level of {name}{scale}"
            case "years":
                return f"years of {reader.vocabulary.skills[self.target].name}"
            case "marker":
                return f"seniority marker {self.target}"
            case "field":
                return self.target
            case "aside":
                return "set aside: kept, never scored"
        return None


def letters(place: int) -> str:
    """Return the letters of a column, counted from 0: A, B … Z, AA."""
    text = ""
    place += 1
    while place:
        place, rest = divmod(place - 1, 26)
        text = chr(ord("A") + rest) + text
    return text


def understand(place: int, header: object, reader: Reader) -> Column:
    """Return what a column is, by its header."""
    text = " ".join(str(header).split()) if header is not None else ""
    plain = normalise(text)
    if plain in BY_HEADER:
        return Column(place, text, "field", BY_HEADER[plain])
    if plain in SETS_ASIDE:
        return Column(place, text, "aside", plain)
    marker = MARKER.sub("", text)
    if marker in reader.markers:
        return Column(place, text, "marker", marker)
    return _skill_column(place, text, reader) or Column(place, text, "unknown", "")


def _skill_column(place: int, text: str, reader: Reader) -> Column | None:
    """Return a column of a skill's levels or years; None where the header names no skill."""
    if skill := reader.vocabulary.resolve(text):
        return Column(place, text, "skill", skill)
    if found := YEARS_OF.match(text):
        skill = reader.vocabulary.resolve(found["of"] or found["before"])
        return Column(place, text, "years", skill) if skill else None
    skill = reader.vocabulary.resolve(LEVEL_WORDS.sub("", SCALE.sub("", text)))
    return Column(place, text, "skill", skill, _best(text)) if skill else None


def _best(header: str) -> int:
    """Return the top of the scale that a header names, 5 where it names none."""
    scale = SCALE.search(header)
    if scale is None:
        return 5
    return 100 if scale["percent"] else int(scale["best"])


def meaning(target: str, reader: Reader) -> tuple[str, str] | None:
    """Return the kind and the id that a target of a user's mapping names; None where it names nothing we know."""
    if target in FIELDS:
        return "field", target
    if target in reader.markers:
        return "marker", target
    if target == "ignore":
        return "aside", target
    skill = reader.vocabulary.resolve(target.removeprefix("skill:"))
    return ("skill", skill) if skill else None


def check_mapping(mapping: Mapping[str, str], reader: Reader) -> None:
    """Raise InvalidInput with every target of a user's mapping that is nothing we know."""
    wrong = [
        f"{header!r} is to mean {target!r}, which is no field, skill or seniority marker."
        for header, target in mapping.items()
        if meaning(target, reader) is None
    ]
    if wrong:
        errors = [{"parameter": "mapping", "code": "unknown_target", "detail": detail} for detail in wrong]
        raise InvalidInput(f"The mapping cannot be used. {wrong[0]}", errors, code="unknown_target")


def as_told(place: int, header: object, target: str, reader: Reader) -> Column:
    """Return what a column is by the user's own mapping, which `check_mapping` has passed."""
    text = " ".join(str(header).split())
    kind, named = meaning(target, reader) or ("unknown", "")
    return Column(place, text, kind, named, _best(text))
