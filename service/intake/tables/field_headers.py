"""Which field of a candidate a header names, by its words: `Total IT Experience (in yrs)`, `Emp. No.`, `Skill 2`."""

from __future__ import annotations

import re
import unicodedata
from typing import NamedTuple

from service.intake.tables import header_words as words
from service.skills.vocabulary import normalise

APOSTROPHE = re.compile("['’‘`´]")
_RAISED = "⁰¹²³⁴⁵⁶⁷⁸⁹"
_RAISED_MARK = re.compile(rf"\s?(?:\([{_RAISED}]{{1,3}}\)|⁽?[{_RAISED}]{{1,3}}⁾?)(?:[,;](?=\s?[{_RAISED}]))?")
_MARKS = " \t:*†‡§¶"
_NUMBER_SIGN = re.compile(r"#|№|\bn\.?\s?[°º]", re.IGNORECASE)
_ERROR = re.compile(r"#(?:N/?[ADV]|ND|GETTING_DATA|[¡¿]?[^\W_][\w/ ]*[!?])", re.IGNORECASE)


def without_marks(header: str) -> str:
    """Return a header without the marks of footnotes and the colon behind it: `Nom¹`, `Rating2*`, `Name †:`."""
    plain = header if header.isascii() else _RAISED_MARK.sub("", header)
    return plain.rstrip(_MARKS)


def is_error(header: str) -> bool:
    """Tell whether a cell holds an error of a spreadsheet, in any of its languages: `#REF!`, `#N/A`, `#BEZUG!`."""
    return header.startswith("#") and _ERROR.fullmatch(header) is not None


def folded(header: str) -> str:
    """Return a header as headers are compared: normalised, without accents, `d'expérience` as two words."""
    plain = normalise(APOSTROPHE.sub(" ", header if header.isascii() else _RAISED_MARK.sub("", header)))
    if plain.isascii():
        return plain
    return "".join(c for c in unicodedata.normalize("NFKD", plain) if not unicodedata.combining(c))


BY_HEADER = {folded(header): field for field, headers in words.FIELDS.items() for header in headers}
SETS_ASIDE = frozenset(folded(header) for header in words.PERSONAL + words.OURS + words.ROW_NUMBERS)


def _set(listed: str) -> frozenset[str]:
    return frozenset(folded(listed).split())


ARTICLES = _set(words.ARTICLES)
PEOPLE = _set(words.PEOPLE)
OFTEN = {"years_experience": _set(words.YEAR_WORDS), "skills": _set(words.LISTED_FIRST)}
FIELDS = {
    field: (_set(nouns), _set(words.BESIDE[field]) | PEOPLE | OFTEN.get(field, frozenset()))
    for field, nouns in words.NOUNS.items()
}
ID_NOUNS, ID_OF = _set(words.ID_NOUNS), _set(words.ID_OF) - {"candidates"}
MODIFIERS = _set(words.CATEGORY_MODIFIERS)
CATEGORIES, CATEGORY_WORDS = _set(words.CATEGORIES), _set(words.CATEGORY_WORDS)
SPOKEN_TOO = _set(words.SPOKEN_TOO)
ASIDE_NOUNS, ASIDE_WORDS = _set(words.ASIDE_NOUNS), _set(words.ASIDE_WORDS)
LEVELS, LAST = _set(words.LEVEL_WORDS) - {"note", "nota"}, _set(words.LAST_WORDS)
LAST_USED = frozenset(words.LAST_USED)
YEARS, EXPERIENCE = _set(words.YEAR_WORDS), _set(words.EXPERIENCE_WORDS)
TIMES = YEARS | _set("months month monate mois meses mths")
MONTHS = TIMES - YEARS
COUNTED = YEARS - {"year", "y", "an", "ano", "annee", "jahr"}
"""Words for years which, with a number, are those of one of several skills; `Year 1` is the first of a course."""

ENUMERATED = _set(
    "skill technology tool competency competence expertise kompetenz kenntnis fahigkeit technologie outil habilidad "
    "competencia tecnologia herramienta"
)
"""Nouns that stand over one of several columns: `Skill 1`, `Skill 2`."""

WORKED = frozenset({
    "total", "overall", "work", "working", "worked", "professional", "industry", "it", "career", "employed",
    "trabajado",
    "travaille", "gearbeitet",
})  # fmt: skip
"""Words which tell that years are those of all work, where no word for experience does."""

HOW_MANY = _set(
    "in no number how many have has you cuantos ha has combien avez vous wie viele wieviele haben hast sie du"
)
"""Words of the question after them."""

ASKS_WHICH = frozenset({
    "which", "what", "select", "list", "welche", "welchen", "quels", "quelles", "que", "cuales", "seleccione",
})  # fmt: skip
OF_OTHERS = frozenset({"stars", "grade", "grades"})
"""Words for levels which, with a number alone, are of something else: `Grade 12` of a school, `5 stars`."""

NAMES = frozenset({"name", "nom", "nombre", "title", "label"})
MOST_WORDS = 30
_TOP = re.compile(r"\b(?:top|max|maximum|maximal|maximo|up to|bis zu|hasta|jusqu a) ?\d+\b")
_COUNTABLE = "|".join(sorted(ENUMERATED | LEVELS | COUNTED | {"used"}))
_GLUED = re.compile(rf"\b({_COUNTABLE})s?(\d{{1,2}})\b")
_TOGETHER = re.compile(rf"\b(?:{'|'.join(words.TOGETHER)})\b")
_INDEX = re.compile(r"[\[\]./_]+")
FROM_ZERO = 100
"""The number of a skill that is counted as 0, as in `skills[0].level`: one that no other has."""


_LISTS = (
    words.ID_NOUNS, words.CATEGORIES, words.ASIDE_NOUNS, words.LEVEL_WORDS, words.KNOWING, words.YEAR_WORDS, words.SELF,
    words.RATERS, words.LAST_WORDS, words.EXPERIENCE_WORDS, *words.SINCE, *words.TOGETHER, *words.TOGETHER.values(),
    *words.NOUNS.values(),
)  # fmt: skip
HEADER_WORDS = frozenset(re.findall(r"[^\W\d_]+", " ".join((*BY_HEADER, *SETS_ASIDE, *_LISTS))))
"""Words of which every header that is understood has one, or one of a skill's name."""


class Field(NamedTuple):
    """A field as a header names it: `number` of the skill in a row of several, `category` of a list of skills."""

    kind: str
    target: str
    number: int = 0
    category: str = ""


def field_of(header: str, plain: str) -> Field | None:
    """Return the field that a header names, by its text and by the same folded; None where it names none."""
    if _NUMBER_SIGN.search(header):
        plain = folded(_NUMBER_SIGN.sub(" no ", header))
    if plain in BY_HEADER:
        return Field("field", BY_HEADER[plain])
    if plain in SETS_ASIDE:
        return Field("aside", plain)
    listed = _words(plain)
    if not listed or len(listed) > MOST_WORDS:
        return None
    return _numbered(header, listed) or _field(listed, plain)


def may_be_text(header: str) -> bool:
    """Tell whether a header of the years in all may head running text: `Experience`, but not `Experience (years)`."""
    listed = set(_words(folded(header)))
    return (
        listed.isdisjoint(TIMES - {"y"} | {"yoe"})
        and not listed.isdisjoint(FIELDS["years_experience"][0])
        and "no" not in listed
    )


def _words(plain: str) -> list[str]:
    """Return the words of a folded header, those that belong together as one."""
    return _TOGETHER.sub(lambda found: words.TOGETHER[found[0]], plain.replace("%", " % ")).split()


def _field(listed: list[str], plain: str) -> Field | None:
    bare = [word for word in _TOP.sub("top", " ".join(listed)).split() if word not in ARTICLES]
    without_number = bare[:-1] if len(bare) > 1 and bare[-1].isdigit() else bare
    said = set(without_number)
    if target := _of_two_kinds(said):
        return Field("field", target)
    for field, (nouns, others) in FIELDS.items():
        if said & nouns and said <= nouns | others and (without_number is bare or field in ("email", "text")):
            return _sure(field, said)
    if not ASKS_WHICH.isdisjoint(listed[:2]) and is_category(
        said - FIELDS["skills"][1] | said & (CATEGORIES | CATEGORY_WORDS)
    ):
        return Field("field", "skills", category=plain)
    if without_number is bare and is_category(said):
        return Field("field", "skills", category=plain)
    if said & ASIDE_NOUNS and said <= ASIDE_NOUNS | ASIDE_WORDS:
        return Field("aside", plain)
    return None


def _of_two_kinds(said: set[str]) -> str | None:
    """Return the field of a header that needs a word of each of two kinds: an id belongs to a person, years to work."""
    if said & ID_NOUNS and said & ID_OF and said <= ID_NOUNS | ID_OF:
        return "external_id"
    if said & YEARS - {"year"} and said & WORKED and said <= YEARS | WORKED | HOW_MANY:
        return "years_experience"
    return None


def _sure(field: str, said: set[str]) -> Field | None:
    """Return the field; None for months of experience, which would be taken for years."""
    if field == "years_experience" and said & MONTHS and not said & YEARS:
        return None
    return Field("field", field)


def is_category(said: set[str]) -> bool:
    """Tell whether words name a kind of skills: `ML libraries`, `Databases`, but not `Languages` alone."""
    nouns = said & CATEGORIES
    if not nouns or not said <= CATEGORIES | CATEGORY_WORDS | MODIFIERS:
        return False
    return bool(nouns - SPOKEN_TOO or said & CATEGORY_WORDS - CATEGORIES)


def _numbered(header: str, listed: list[str]) -> Field | None:
    """Read a column of one of several skills of a row: `Skill 1`, `Compétence 3`, `skills[0].level`."""
    plain = _TOP.sub(" ", _GLUED.sub(r"\1 \2", " ".join(listed)))
    if _INDEX.search(header):
        plain = _GLUED.sub(r"\1 \2", folded(_INDEX.sub(" ", header)))
    parts = plain.split()
    numbers = [part for part in parts if part.isdigit()]
    if len(numbers) != 1 or len(numbers[0]) > 2:  # noqa: PLR2004 - a hundred skills have no columns of their own
        return None
    said = set(parts) - set(numbers) - ARTICLES - {"n", "no", "nr", "number"}
    names_one = bool(said & (ENUMERATED | {"skills"}))
    of = said - ENUMERATED - NAMES - {"skills", "primary", "secondary", "key", "technical", "top", "main"}
    target = None
    if not of and names_one:
        target = "skills"
    elif of & LEVELS and of <= LEVELS and (names_one or of.isdisjoint(OF_OTHERS)):
        target = "skill_level"
    elif of & (YEARS | EXPERIENCE) and of <= YEARS | EXPERIENCE | {"in"} and (names_one or of <= COUNTED):
        target = "skill_years"
    elif (names_one and "last" in of and of <= LAST) or " ".join(part for part in parts if part in of) in LAST_USED:
        target = "skill_last_used"
    return Field("field", target, number=int(numbers[0]) or FROM_ZERO) if target else None


MAY_BE_TEXT = frozenset(
    plain for plain, field in BY_HEADER.items() if field == "years_experience" and may_be_text(plain)
)
"""Headers of the years in all, folded, that may head running text; `may_be_text` tells it of any header."""
