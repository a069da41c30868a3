"""What a column of a spreadsheet is, by its header or by what a user says of it."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from functools import lru_cache
from typing import NamedTuple

from service.errors import InvalidInput
from service.intake.draft import Reader
from service.intake.tables import skill_headers
from service.intake.tables.field_headers import (
    ASKS_WHICH,
    BY_HEADER,
    HEADER_WORDS,
    MAY_BE_TEXT,
    SETS_ASIDE,
    Field,
    field_of,
    folded,
    is_category,
    is_error,
    may_be_text,
    without_marks,
)
from service.intake.tables.header_scales import told
from service.intake.tables.header_words import FIELDS, NEUTRAL, OTHERS
from service.skills.names import REMEMBERED
from service.skills.near import nearest
from service.skills.scales import PERCENT, Scale
from service.skills.vocabulary import Vocabulary

__all__ = ("BY_HEADER", "MAY_BE_TEXT", "SETS_ASIDE", "Column", "folded", "may_be_text", "understand")

IDENTITY = frozenset({"external_id", "name", "first_name", "last_name"})
TEXTS = ("summary", "text", "notes")
"""Fields that hold running text, in which skills are looked for."""

OF_SKILLS = {"skill": "level", "years": "years", "last_used": "last use"}
"""Kinds of columns about a skill that the header names, in words."""

OF_A_PERSON = frozenset({*IDENTITY, "email", "headline"})
"""Fields that another person, a company or a job may have too."""

OF_A_SKILL = frozenset({"skill_level", "skill_years", "skill_last_used"})
"""Fields that speak of the one skill in their row."""

LONGEST = 200
"""Characters of a header that are kept."""

LONGEST_READ = 500
"""Characters of a header that are read: questions of forms are long. A longer cell heads nothing."""

DEFAULT_BEST = 5


TOLD_SCALE = re.compile(r"@(5|10|100)$")
"""What a user may add to the skill of a mapping: the top of the column's scale."""

MOST_WORDS = 14
"""A header has no more words, unless it is a question or ends in brackets."""

_LETTERS = re.compile(r"[^\W\d_]+")
_CAMEL = re.compile(r"(?<=[a-z0-9])(?=[A-Z])|(?<=[a-zA-Z])[./](?=[a-zA-Z])")
_OTHERS = frozenset(OTHERS.split())
_NEUTRAL = frozenset(folded(NEUTRAL).split())

DENIED = re.compile(r"\s*(?:no(?! ?(?:sql|code)\b)|without|kein(?:e|en)?|ohne|sans|sin|aucune?) ", re.IGNORECASE)
"""How a header begins that says what is not there: `No Python experience`."""

MARKER = re.compile(r"^\s*markers?\s*[:\-]\s*", re.IGNORECASE)


class Column(NamedTuple):
    """A column as understood.

    `kind` is field, skill (its level), years, last_used, marker, aside or unknown. `scale` is what the header itself
    says of its figures, None if it says nothing; `rater` who gave them: self, interviewer, or nothing. `also` holds
    further skills that the header names: a value counts for each.

    `number` counts the skills of a row that have a column each: of `Skill 2` and `Skill 2 level` it is 2, 0 where the
    header has none. `category` is what kind of skills a column may list, as `databases`; such a column may hold levels
    too. `unit` is what the figures of a column of years tell: years, or `since` when; blank where the header says
    experience and no more, so that its values may be levels. `unread` is what the header says of its scale, where that
    could not be understood: then the scale must be asked for.
    """

    place: int
    header: str
    kind: str
    target: str
    scale: Scale | None = None
    rater: str = ""
    also: tuple[str, ...] = ()
    number: int = 0
    category: str = ""
    unit: str = ""
    unread: str = ""

    @property
    def letter(self) -> str:
        """Return the column's letters, as Excel shows them."""
        return letters(self.place)

    def understood(self, reader: Reader) -> str | None:
        """Return in words what the column was understood as; None where it was not."""
        if self.kind in OF_SKILLS:
            return f"{OF_SKILLS[self.kind]} of {self._skills(reader)}{_in_words(self.scale)}"
        match self.kind:
            case "marker":
                return f"seniority marker {self.target}"
            case "field":
                return self.target
            case "aside":
                return "set aside: kept, never scored"
        return None

    def _skills(self, reader: Reader) -> str:
        return " and ".join(reader.vocabulary.skills[skill].name for skill in (self.target, *self.also))


def _in_words(scale: Scale | None) -> str:
    if scale is None or (scale.worst < scale.best == DEFAULT_BEST):
        return ""
    if scale.worst > scale.best:
        return f" on a scale on which {scale.best} is best"
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


def understand(place: int, header: object, reader: Reader, over: object = "") -> Column:
    """Return what a column is, by its header and the one over it; a defect in reading costs this column alone."""
    text = shown(header)
    try:
        if not isinstance(header, str):
            return Column(place, text, "unknown", "")
        upper = _bare(over) if isinstance(over, str) else ""
        meaning = _headers(reader.vocabulary).meaning(_bare(header), upper)
        if meaning.kind in OF_SKILLS and DENIED.match(header):
            meaning = _NOTHING
        if meaning.kind in ("unknown", "skill") and (marker := MARKER.sub("", text)) in reader.markers:
            meaning = _NOTHING._replace(kind="marker", target=marker)
        return meaning._replace(place=place, header=text)
    except Exception as error:  # noqa: BLE001 - whatever it is, it is ours, and no reason to lose a file
        reader.on_defect(error)
        return Column(place, text, "unknown", "")


def _bare(header: str) -> str:
    """Return a header on one line, without the marks of footnotes."""
    return without_marks(" ".join(header.split()))


def shown(header: object) -> str:
    """Return a header as text on one line."""
    return " ".join(str(header).split())[:LONGEST]


_NOTHING = Column(0, "", "unknown", "")


class KnownHeaders:
    """Understands headers by a vocabulary, and remembers those that it has met."""

    def __init__(self, vocabulary: Vocabulary) -> None:
        self.vocabulary = vocabulary
        self.words = HEADER_WORDS.union(*(_LETTERS.findall(name) for name in vocabulary.names))
        self._known: dict[tuple[str, str], Column] = {}

    def meaning(self, text: str, over: str) -> Column:
        """Return what a header means, as a column without its place."""
        known = self._known.get((text, over))
        if known is None:
            if len(self._known) >= REMEMBERED:
                self._known.clear()
            known = self._known[text, over] = self._understood(text, over)
        return known

    def _understood(self, text: str, over: str) -> Column:
        apart = _CAMEL.sub(" ", text) if " " not in text else text
        if len(text) > LONGEST_READ or not self._may_mean(text, f"{apart} {over}"):
            return _NOTHING
        over = over if len(over) <= LONGEST_READ and over != text else ""
        return (
            self._alone(text, over)
            or (self._alone(apart, over) if apart != text else None)
            or (self._joined(text, over) if over else None)
            or _NOTHING
        )

    def _may_mean(self, text: str, beside: str) -> bool:
        """Tell whether a text has a word of a header or of a skill: a quick look, for most cells have none."""
        if "@" in text or is_error(text) or (text.count(" ") > MOST_WORDS and text[-1] not in "?])*:"):
            return False
        return (
            not text.isascii()
            or text == "#"
            or not self.words.isdisjoint(map(str.lower, _LETTERS.findall(f"{text} {beside}")))
        )

    def _alone(self, text: str, over: str) -> Column | None:
        """Return what a header names by itself, or a skill together with the header over it."""
        field = field_of(text, folded(text))
        if field and field.number and field.target == "skill_level":
            # `Score (/10)` and `Niveau_10` name a scale and no tenth skill.
            field = field if told(text) == (text, None, "") else None
        if field is None or (over and _says_of_another(field, text)):
            if said := skill_headers.said_of_skill(text, over, self.vocabulary):
                return _of_skill(said, _category(text))
            if field is None:
                return self._level_of_row(text)
        if self._may_be_skill(text, field) and (said := skill_headers.said_of_skill(text, over, self.vocabulary)):
            return _of_skill(said, field.category)
        if over and not _stands_under(field, over):
            return self._joined(text, over)
        return _of_field(field)

    def _level_of_row(self, text: str) -> Column | None:
        """Return the column of levels in a table with a skill in each row, which says a scale or who rates."""
        rest, scale, unread = told(text)
        field = field_of(rest, folded(rest)) if scale or unread else None
        if field and field.number and field.target == "skill_level":
            return _of_field(field)._replace(scale=scale, unread=unread)
        said = None if skill_headers.is_unrated(rest) else skill_headers.level_of_row(text, self.vocabulary)
        if (
            said is None
            or not (said.scale or said.unread or said.rater)
            or (field and field.target not in ("skill_level", "notes"))
        ):
            return None
        level = _NOTHING._replace(kind="field", target="skill_level")
        return level._replace(scale=said.scale, rater=said.rater, unread=said.unread)

    def _may_be_skill(self, text: str, field: Field) -> bool:
        """Tell whether a header understood by its words alone names a skill: `Mobile development`, `Cloud`."""
        if field.category:
            return text.split(maxsplit=1)[0].casefold() not in ASKS_WHICH
        plain = folded(text)
        return not (plain in BY_HEADER or plain in SETS_ASIDE) and self.vocabulary.named(text) is not None

    def _joined(self, text: str, over: str) -> Column | None:
        """Return the field that a header names together with the one over it: `Experience` over `Total (yrs)`."""
        joined = f"{over} {text}"
        field = field_of(joined, folded(joined))
        return _of_field(field) if field else None


def _stands_under(field: Field, over: str) -> bool:
    """Tell whether a header means the same under another: a name under `Manager` is no candidate's."""
    plain = folded(over)
    above = set(plain.split())
    if field.kind == "field" and field.target in OF_A_PERSON:
        return above.isdisjoint(_OTHERS)
    if field.target in ("years_experience", *OF_A_SKILL):
        named = field_of(over, plain)
        return above <= _NEUTRAL or (named is not None and named.kind == "field" and not named.number)
    return True


def _says_of_another(field: Field, text: str) -> bool:
    """Tell whether a header may speak of the skill over it: `Level`, `Years`, `Interviewer`, `Kenntnisse`."""
    if field.number:
        return False
    if field.kind == "aside" or field.target in ("years_experience", *OF_A_SKILL):
        return True
    if field.target == "name":
        return skill_headers.tells_rated(text)
    return field.target in ("skills", "notes") and skill_headers.tells_level(text)


def _of_field(field: Field) -> Column:
    return _NOTHING._replace(kind=field.kind, target=field.target, number=field.number, category=field.category)


def _of_skill(said: skill_headers.Said, category: str) -> Column:
    first, *others = said.skills
    return _NOTHING._replace(
        kind=said.kind, target=first, scale=said.scale, rater=said.rater, also=tuple(others), category=category,
        unit=said.unit, unread=said.unread,
    )  # fmt: skip


def _category(text: str) -> str:
    """Return the kind of skills that a header names which is a skill too, as `cloud`; else blank."""
    plain = folded(text)
    return plain if is_category(set(plain.split())) else ""


@lru_cache(maxsize=2)
def _headers(vocabulary: Vocabulary) -> KnownHeaders:
    return KnownHeaders(vocabulary)


def sent_as(column: Column, reader: Reader) -> str:
    """Return a header that is understood as a column is without being told; its own where there is none."""
    meant = (column.kind, column.target, column.scale)
    others = (text for text in _headers_of(column, reader) if understand(column.place, text, reader)[2:5] == meant)
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
    near = nearest(folded(skill_headers.core_of(header)), names)
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
    top = TOLD_SCALE.search(target)
    scale = Scale(0, int(top[1])) if top else told(text).scale
    return Column(place, text, kind, named, scale, skill_headers.rater_in(text) if kind == "skill" else "")
