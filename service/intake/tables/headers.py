"""What a column of a spreadsheet is, by its header or by what a user says of it."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator, Mapping
from functools import lru_cache
from typing import NamedTuple

from service.errors import InvalidInput
from service.intake.draft import Reader
from service.intake.tables.header_words import FIELDS, LEVELS, OF, OURS, PERSONAL, YEARS
from service.skills.near import nearest
from service.skills.scales import FIVE, PERCENT, Scale
from service.skills.vocabulary import Vocabulary, normalise

APOSTROPHE = re.compile("['’‘`´]")


def folded(header: str) -> str:
    """Return a header as headers are compared: normalised, without accents, `d'expérience` as two words."""
    plain = normalise(APOSTROPHE.sub(" ", header))
    if plain.isascii():
        return plain
    return "".join(c for c in unicodedata.normalize("NFKD", plain) if not unicodedata.combining(c))


BY_HEADER = {folded(header): field for field, headers in FIELDS.items() for header in headers}
SETS_ASIDE = frozenset(folded(header) for header in PERSONAL + OURS)
IDENTITY = frozenset({"external_id", "name", "first_name", "last_name"})
TEXTS = ("summary", "text", "notes")
"""Fields that hold running text, in which skills are looked for."""

OF_A_SKILL = frozenset({"skill_level", "skill_years", "skill_last_used"})
"""Fields that speak of the one skill in their row."""

YEARS_OF = re.compile(
    rf"^{YEARS}\s+(?:{OF}\s+)?(?P<of>\S.*)$"
    rf"|^(?P<before>.+?)(?<![\s(\[:\-])[\s(\[:\-]+(?:{YEARS}|yoe|exp(?:erience)?\s*\(?(?:in\s+)?(?:years?|yrs?)\)?)(?:\s+(?:of\s+)?(?:exp(?:erience)?|use))?[)\]]?$",
    re.IGNORECASE,
)
SCALE = re.compile(r" ?[(\[] ?(?:level ?)?[01] ?(?:-|–|to|\.\.) ?(?P<best>5|10|100) ?[)\]]| ?\(?(?P<percent>%)\)? ?$")
"""A scale in a header as `shown` gives it, with single spaces."""

LEVEL_WORDS = re.compile(rf"(?<![\s:\-–(\[])[\s:\-–(\[]+(?:skill\s+)?{LEVELS}[)\]]?$", re.IGNORECASE)
LONGEST = 200
"""Characters of a header; a longer cell heads nothing, and is kept by its beginning."""

TOLD_SCALE = re.compile(r"@(5|10|100)$")
"""What a user may add to the skill of a mapping: the top of the column's scale."""

MARKER = re.compile(r"^\s*markers?\s*[:\-]\s*", re.IGNORECASE)


class Column(NamedTuple):
    """A column as understood.

    `kind` is field, skill (its level), years, last_used, marker, aside or unknown. `scale` is what the header itself
    says of its figures, None if it says nothing; `rater` who gave them: self, interviewer, or nothing. `also` holds
    further skills that the header names: a value counts for each. Columns of one `group` (from 1) speak of one skill,
    which one of them names.
    """

    place: int
    header: str
    kind: str
    target: str
    scale: Scale | None = None
    rater: str = ""
    also: tuple[str, ...] = ()
    group: int = 0

    @property
    def letter(self) -> str:
        """Return the column's letters, as Excel shows them."""
        return letters(self.place)

    def understood(self, reader: Reader) -> str | None:
        """Return in words what the column was understood as; None where it was not."""
        match self.kind:
            case "skill":
                name = reader.vocabulary.skills[self.target].name
                return f"level of {name}{_in_words(self.scale)}"
            case "years":
                return f"years of {reader.vocabulary.skills[self.target].name}"
            case "marker":
                return f"seniority marker {self.target}"
            case "field":
                return self.target
            case "aside":
                return "set aside: kept, never scored"
        return None


def _in_words(scale: Scale | None) -> str:
    if scale is None or scale == FIVE:
        return ""
    return " in percent" if scale == PERCENT else f" on a scale to {scale.highest}"


def letters(place: int) -> str:
    """Return the letters of a column, counted from 0: A, B … Z, AA."""
    text = ""
    place += 1
    while place:
        place, rest = divmod(place - 1, 26)
        text = chr(ord("A") + rest) + text
    return text


def place_of(letters: str) -> int:
    """Return the place of a column, counted from 0, by its letters."""
    place = 0
    for letter in letters:
        place = place * 26 + ord(letter) - ord("A") + 1
    return place - 1


def understand(place: int, header: object, reader: Reader, over: str = "") -> Column:
    """Return what a column is, by its header; a defect in reading that costs this column alone."""
    text = shown(header)
    if over:
        return _over(place, text, over, reader)
    try:
        return _understood(place, text, reader)
    except Exception as error:  # noqa: BLE001 - whatever it is, it is ours, and no reason to lose a file
        reader.on_defect(error)
        return Column(place, text, "unknown", "")


def _over(place: int, text: str, over: str, reader: Reader) -> Column:
    plain = understand(place, text, reader)
    upper = understand(place, over, reader)
    if upper.kind == "skill" and (plain.kind == "unknown" or plain.target in OF_A_SKILL or plain.kind == "field"):
        low = folded(text)
        if low in ("self", "own", "candidate"):
            return upper._replace(rater="self")
        if low in ("interviewer", "manager", "lead"):
            return upper._replace(rater="interviewer")
        if plain.target in ("skill_level",):
            return upper
        if plain.target in ("years_experience", "skill_years"):
            return upper._replace(kind="years")
        if plain.target == "skill_last_used":
            return upper._replace(kind="last_used")
    return plain


def _understood(place: int, text: str, reader: Reader) -> Column:
    plain = folded(text)
    if plain in BY_HEADER:
        return Column(place, text, "field", BY_HEADER[plain])
    if plain in SETS_ASIDE:
        return Column(place, text, "aside", plain)
    marker = MARKER.sub("", text)
    if marker in reader.markers:
        return Column(place, text, "marker", marker)
    return _skill_column(place, text, reader) or Column(place, text, "unknown", "")


def shown(header: object) -> str:
    """Return a header as text on one line."""
    return " ".join(str(header).split())[:LONGEST]


def _skill_column(place: int, text: str, reader: Reader) -> Column | None:
    """Return a column of a skill's levels or years; None where the header names no skill."""
    if skill := reader.vocabulary.resolve(text):
        return Column(place, text, "skill", skill)
    if found := YEARS_OF.match(text):
        skill = reader.vocabulary.resolve(found["of"] or found["before"])
        return Column(place, text, "years", skill) if skill else None
    skill = reader.vocabulary.resolve(LEVEL_WORDS.sub("", SCALE.sub("", text)))
    return Column(place, text, "skill", skill, _scale(text)) if skill else None


def _scale(header: str) -> Scale | None:
    """Return the scale that a header names, None where it names none."""
    scale = SCALE.search(header)
    if scale is None:
        return None
    return PERCENT if scale["percent"] else Scale(0, int(scale["best"]))


def sent_as(column: Column, reader: Reader) -> str:
    """Return a header that is understood as a column is without being told; its own where there is none."""
    others = (text for text in _headers_of(column, reader) if understand(column.place, text, reader)[2:] == column[2:])
    return next(others, column.header)


def _headers_of(column: Column, reader: Reader) -> Iterator[str]:
    if column.kind == "field":
        yield from FIELDS[column.target]
    if column.kind == "marker":
        yield f"Marker: {column.target}"
    if column.kind in ("skill", "years"):
        skill = reader.vocabulary.skills[column.target]
        scale = " (%)" if column.scale == PERCENT else f" ({column.scale})" if column.scale else ""
        form = "Years of {}" if column.kind == "years" else f"{{}}{scale}"
        yield from (form.format(name) for name in (skill.name, *skill.aliases))


def suggestion(header: str, reader: Reader) -> str | None:
    """Return the target that a header not understood may have meant: a field or skill of nearly that name."""
    try:
        return _suggestion(header, reader)
    except Exception as error:  # noqa: BLE001 - as above
        reader.on_defect(error)
        return None


def _suggestion(header: str, reader: Reader) -> str | None:
    near = nearest(folded(header), BY_HEADER)
    if near:
        return BY_HEADER[near]
    names = _names_of_skills(reader.vocabulary)
    near = nearest(folded(LEVEL_WORDS.sub("", SCALE.sub("", header))), names)
    return f"skill:{names[near]}" if near else None


@lru_cache(maxsize=2)
def _names_of_skills(vocabulary: Vocabulary) -> dict[str, str]:
    """Return every name of a skill, folded, with the skill's id."""
    return {
        folded(name): skill.id
        for skill in vocabulary.skills.values()
        for name in (skill.id, skill.name, *skill.aliases)
    }


def meaning(target: str, reader: Reader) -> tuple[str, str] | None:
    """Return the kind and the id that a target of a user's mapping names; None where it names nothing we know."""
    if target in FIELDS:
        return "field", target
    if target in reader.markers:
        return "marker", target
    if target == "ignore":
        return "aside", target
    kind = "years" if target.startswith("years:") else "skill"
    named = TOLD_SCALE.sub("", target.removeprefix(f"{kind}:"))
    skill = None if "@" in named else reader.vocabulary.resolve(named)
    return (kind, skill) if skill else None


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
    text = shown(header)
    kind, named = meaning(target, reader) or ("unknown", "")
    told = TOLD_SCALE.search(target)
    return Column(place, text, kind, named, Scale(0, int(told[1])) if told else _scale(text))
